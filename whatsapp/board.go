package whatsapp

import (
	"sync"
	"time"
)

// board holds the present Status and tells every change, one after the other.
type board struct {
	clock func() time.Time
	tell  func(Status)
	ended chan struct{} // closed with the first permanent state

	telling sync.Mutex // held from a change until it has been told
	mu      sync.Mutex // guards now
	now     Status
}

func newBoard(clock func() time.Time, tell func(Status), first State) *board {
	b := &board{clock: clock, tell: tell, ended: make(chan struct{})}
	b.now = Status{State: first, Since: clock()}
	return b
}

func (b *board) status() Status {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.now
}

// set enters a state. A permanent one is left only for StateClosed, and
// StateClosed not at all.
func (b *board) set(s State, detail string, until time.Time) bool {
	return b.change(s, detail, until, func(old State) bool {
		return old != StateClosed && (!old.Permanent() || s == StateClosed)
	})
}

// advance enters a state of ordinary life (connecting to disconnected). It
// never ends a wait: a late event of the old connection must not hide a ban.
func (b *board) advance(s State, detail string) bool {
	return b.change(s, detail, time.Time{}, func(old State) bool {
		return old != StateClosed && !old.Permanent() && !old.waits()
	})
}

func (b *board) change(s State, detail string, until time.Time, allowed func(old State) bool) bool {
	b.telling.Lock()
	defer b.telling.Unlock()

	b.mu.Lock()
	old := b.now
	if !allowed(old.State) || old.State == s && old.Until.Equal(until) { // another detail is no change
		b.mu.Unlock()
		return false
	}
	next := Status{State: s, Since: b.clock(), Until: until, Detail: detail}
	if old.State == s {
		next.Since = old.Since
	}
	b.now = next
	b.mu.Unlock()

	b.tell(next)
	if s.Permanent() {
		close(b.ended)
	}
	return true
}
