package scheduler

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-co-op/gocron/v2"
	"github.com/jonboulle/clockwork"
	"github.com/rs/zerolog"

	"bestie/shop"
)

// Beat is the longest time between two looks at what is due.
const Beat = 30 * time.Second

// stopTimeout is longer than one send may take (field guide, section 10).
const stopTimeout = 100 * time.Second

type panicError struct{ value any }

func (e *panicError) Error() string { return fmt.Sprintf("panic: %v", e.value) }

// Metronome wakes the workers: one gocron job whose interval is always the time
// to the next due instant, and never longer than Beat. An interval is used, not
// a one-time job, because gocron v2.21.2 never returns from scheduling a
// one-time job whose instant passes meanwhile (scheduler.go:selectNewJob). Each
// interval is a new job: a changed one that has just fired is scheduled once more
// from its new instant and then comes too late (selectExecJobsOutForRescheduling).
type Metronome struct {
	clock   clockwork.Clock
	cron    gocron.Scheduler
	log     zerolog.Logger
	beat    func(ctx context.Context, now time.Time) error
	workers []*Worker

	mu    sync.Mutex
	job   gocron.Job
	armed time.Time // when the job fires next
	task  gocron.Task
	fired atomic.Int64 // ticks that nobody has worked off yet
	done  sync.WaitGroup
	ill   failing // whether the heartbeat can be written
	stop  context.CancelFunc
}

// NewMetronome makes a stopped metronome. beat is called about every 30 seconds
// (the heartbeat that `bestie health` reads) and may be nil.
func NewMetronome(clock clockwork.Clock, log zerolog.Logger, beat func(ctx context.Context, now time.Time) error) (*Metronome, error) {
	cron, err := gocron.NewScheduler(gocron.WithClock(clock), gocron.WithLocation(shop.WIB), gocron.WithStopTimeout(stopTimeout))
	if err != nil {
		return nil, fmt.Errorf("gocron: %w", err)
	}
	return &Metronome{clock: clock, cron: cron, log: log, beat: beat}, nil
}

// Add makes a worker. All workers are added before Start.
func (m *Metronome) Add(name string, step Step) *Worker {
	w := &Worker{name: name, step: step, clock: m.clock, log: m.log, rearm: m.arm, wake: make(chan struct{}, 1)}
	m.workers = append(m.workers, w)
	return w
}

// Start begins to work, until Stop; every worker looks for due work once at once.
// ctx bounds the start alone.
func (m *Metronome) Start(ctx context.Context) error {
	ctx, m.stop = context.WithCancel(context.WithoutCancel(ctx))
	// Not the job's own context: that one ends as soon as the next job is set.
	m.task = gocron.NewTask(func() { m.tick(ctx) })
	m.cron.Start()
	m.mu.Lock()
	err := m.set(m.clock.Now(), Beat)
	m.mu.Unlock()
	if err != nil {
		return fmt.Errorf("gocron: %w", err)
	}
	for _, w := range m.workers {
		w.Wake()
		m.done.Go(func() { w.run(ctx) })
	}
	return nil
}

// set makes the job that fires after a span, instead of the one before. The
// caller holds mu.
func (m *Metronome) set(now time.Time, after time.Duration) error {
	job, err := m.cron.NewJob(gocron.DurationJob(max(after, time.Millisecond)), m.task, gocron.WithName("tick"))
	if err != nil {
		return err
	}
	old := m.job
	m.job, m.armed = job, now.Add(after)
	if old == nil {
		return nil
	}
	return m.cron.RemoveJob(old.ID())
}

// Stop ends all work and waits for the steps that run.
func (m *Metronome) Stop() error {
	if m.stop != nil {
		m.stop()
	}
	m.done.Wait()
	return m.cron.Shutdown()
}

// tick is the gocron job, one at a time; what fires meanwhile makes it go round
// once more, for the job may have been set anew while it ran. That is not left to
// gocron's singleton mode: it keeps a goroutine and a queue of 1000 places for
// every job that ever fired, also after the job was removed (executor.go:start,
// singletonRunners).
func (m *Metronome) tick(ctx context.Context) {
	if m.fired.Add(1) > 1 {
		return
	}
	for {
		seen := m.fired.Load()
		if err := m.beatSafely(ctx); ctx.Err() == nil {
			m.ill.note(m.log, "heartbeat", err)
		}
		for _, w := range m.workers {
			w.Wake()
		}
		if m.fired.CompareAndSwap(seen, 0) {
			return
		}
	}
}

// beatSafely turns a panic into an error: the ticks go on.
func (m *Metronome) beatSafely(ctx context.Context) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &panicError{value: r}
		}
	}()
	if m.beat == nil {
		return nil
	}
	return m.beat(ctx, m.clock.Now())
}

// arm sets the job to the next due instant if it would fire too late.
func (m *Metronome) arm() {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.clock.Now()
	want := now.Add(Beat)
	if next, ok := m.Next(); ok && next.Before(want) {
		want = next
	}
	if m.job == nil || m.armed.After(now) && !m.armed.After(want) {
		return
	}
	if err := m.set(now, want.Sub(now)); err != nil {
		m.log.Error().Err(err).Msg("the metronome could not be set; it goes on at its old interval")
	}
}

// Next is the earliest instant at which some worker has something to do.
func (m *Metronome) Next() (next time.Time, ok bool) {
	for _, w := range m.workers {
		if t, has := w.due(); has && (!ok || t.Before(next)) {
			next, ok = t, true
		}
	}
	return next, ok
}

// Busy names the workers that have something to do at now, and returns a number
// that changes whenever any of them did anything.
func (m *Metronome) Busy(now time.Time) (names []string, turns uint64) {
	for _, w := range m.workers {
		idle, n := w.idle(now)
		turns += n
		if !idle {
			names = append(names, w.name)
		}
	}
	return names, turns
}
