package scheduler

import (
	"context"
	"sync"
	"time"

	"bestie/shop"
)

// OutageStore is what the outage watch needs of the database.
type OutageStore interface {
	OpenOutage(ctx context.Context, from time.Time, reason string) error
	CloseOutage(ctx context.Context, until time.Time) error
}

// OutageWatch puts on record when customers could not reach us: the session was away
// for longer than shop.OutageMoment, the program did not run, or the machine slept.
// What is open stays open over a crash and ends when the session is back.
type OutageWatch struct {
	Store OutageStore
	// Asleep is after how long without a step the process was not running, though it did
	// not end: the machine slept, or its clock was set ahead. 0: never, where time passes
	// in leaps.
	Asleep time.Duration

	mu   sync.Mutex
	up   bool
	down shop.Outage   // the present one, or since when all is well (From); zero: nothing is known
	over []shop.Outage // ended, and not on record yet

	last time.Time // the last step; only Step uses it
	seen record
}

// record is what the database holds of an open outage, as far as the watch knows.
type record int

const (
	unknownRecord record = iota
	noneOpen
	oneOpen
)

// Changed tells the watch how the session is from an instant on; reason says why it is
// away. Only a change between up and down counts.
func (w *OutageWatch) Changed(up bool, since time.Time, reason string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if up == w.up && !w.down.From.IsZero() {
		return
	}
	if up && since.Sub(w.down.From) >= shop.OutageMoment && !w.down.From.IsZero() {
		w.down.Until = since
		w.over = append(w.over, w.down)
	}
	w.up, w.down = up, shop.Outage{From: since, Reason: reason}
}

// present is how things are; what is over is handed out once. A clock that was set
// back makes the present state begin now.
func (w *OutageWatch) present(now time.Time) (up bool, o shop.Outage, over []shop.Outage) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.down.From.After(now) {
		w.down.From = now
	}
	over, w.over = w.over, nil
	return w.up, w.down, over
}

// again keeps what could not be put on record for the next step.
func (w *OutageWatch) again(over []shop.Outage) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.over = append(over, w.over...)
}

// Step opens and closes. An error is tried again with the next step.
func (w *OutageWatch) Step(ctx context.Context, now time.Time) (time.Time, error) {
	up, o, over := w.present(now)
	if o.From.IsZero() {
		return time.Time{}, nil
	}
	if up && !w.last.IsZero() && w.Asleep > 0 && now.Sub(later(w.last, o.From)) > w.Asleep {
		over = append(over, shop.Outage{From: later(w.last, o.From), Until: now, Reason: "asleep"})
	}
	w.last = now
	for i, past := range over {
		if err := w.keep(ctx, past); err != nil {
			w.again(over[i:])
			return time.Time{}, err
		}
	}
	if up {
		return time.Time{}, w.close(ctx, o.From)
	}
	if due := o.From.Add(shop.OutageMoment); now.Before(due) {
		return due, nil
	}
	return time.Time{}, w.open(ctx, o)
}

// keep puts an outage on record that is over.
func (w *OutageWatch) keep(ctx context.Context, o shop.Outage) error {
	if err := w.open(ctx, o); err != nil {
		return err
	}
	return w.close(ctx, o.Until)
}

func (w *OutageWatch) open(ctx context.Context, o shop.Outage) error {
	if w.seen == oneOpen {
		return nil
	}
	err := w.Store.OpenOutage(ctx, o.From, o.Reason)
	if err == nil {
		w.seen = oneOpen
	}
	return err
}

func (w *OutageWatch) close(ctx context.Context, until time.Time) error {
	if w.seen == noneOpen {
		return nil
	}
	err := w.Store.CloseOutage(ctx, until)
	if err == nil {
		w.seen = noneOpen
	}
	return err
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
