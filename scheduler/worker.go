package scheduler

import (
	"context"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/rs/zerolog"
)

// Step does everything that is due at now and returns the instant at which
// something is due next; the zero time means that nothing is known to be due.
type Step func(ctx context.Context, now time.Time) (next time.Time, err error)

// retryAfter is how long a worker rests after an error, on the program's clock.
const retryAfter = 5 * time.Second

// Worker runs one Step, one call at a time, whenever it is woken or due. It knows
// at every moment whether it is idle, which is how a rehearsal on a virtual clock
// learns that the program is quiet.
type Worker struct {
	name  string
	step  Step
	clock clockwork.Clock
	log   zerolog.Logger
	rearm func()

	mu      sync.Mutex
	wake    chan struct{}
	pending bool // woken, the step that answers has not begun
	running bool
	next    time.Time
	turns   uint64 // grows with every wake and every step

	failing failing
}

// Wake makes the worker look for due work soon. It never blocks, and the worker
// counts as busy from this call on, so that whoever sees the cause of the wake
// also sees the worker busy.
func (w *Worker) Wake() {
	w.mu.Lock()
	w.pending = true
	w.turns++
	w.mu.Unlock()
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// due returns the instant at which the worker wants to run, if it has one.
func (w *Worker) due() (time.Time, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.next, !w.next.IsZero()
}

// idle tells whether the worker has nothing to do at now; turns changes whenever
// it did something.
func (w *Worker) idle(now time.Time) (idle bool, turns uint64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return !w.pending && !w.running && (w.next.IsZero() || w.next.After(now)), w.turns
}

// run works until ctx ends.
func (w *Worker) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-w.wake:
		}
		for again := true; again && ctx.Err() == nil; {
			again = w.once(ctx)
		}
	}
}

// once runs the step and tells whether it must run again at once.
func (w *Worker) once(ctx context.Context) (again bool) {
	w.mu.Lock()
	w.pending, w.running = false, true
	w.mu.Unlock()
	now := w.clock.Now()
	next, err := w.safely(ctx, now)
	if ctx.Err() == nil {
		w.failing.note(w.log, w.name, err)
		if err != nil {
			next = now.Add(retryAfter)
		}
	}
	w.mu.Lock()
	w.next = next
	w.mu.Unlock()
	w.rearm() // before the worker counts as idle: the metronome must know
	w.mu.Lock()
	defer w.mu.Unlock()
	w.running = false
	w.turns++
	return w.pending || !next.IsZero() && !next.After(w.clock.Now())
}

// safely turns a panic of the step into an error: one bad row must not end the
// program for everybody else.
func (w *Worker) safely(ctx context.Context, now time.Time) (next time.Time, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &panicError{value: r}
		}
	}()
	return w.step(ctx, now)
}

// failing is the error with which something fails again and again, "" while it
// works. The log gets its beginning and its end: a full disk fails for hours.
type failing string

func (f *failing) note(log zerolog.Logger, worker string, err error) {
	switch {
	case err == nil && *f != "":
		log.Info().Str("worker", worker).Msg("work goes on")
		*f = ""
	case err != nil && string(*f) != err.Error():
		log.Error().Err(err).Str("worker", worker).Msg("work failed and will be tried again")
		*f = failing(err.Error())
	}
}
