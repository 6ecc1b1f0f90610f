package scheduler

import (
	"time"

	"bestie/shop"
)

// spacing keeps replies that are late anyway from leaving together: after an outage, or
// when a full minute has passed, hundreds may be due at one instant, and a burst looks
// like spam (field guide, section 3, "Backlog"). Fresh answers do not wait for them.
type spacing struct {
	last time.Time // when the last late reply was let pass
	slot time.Time // the last instant that was given away
}

// prompt is how old a reply may be and still count as fresh: a burst of messages and
// the time of typing are over by then.
const prompt = 20 * time.Second

// mostSpaced bounds the row of late replies; a longer one can only be the trace of a
// clock that was ahead.
const mostSpaced = 12 * time.Hour

// at is now if the row may leave, else its place in the row of those that are late.
func (s *spacing) at(row shop.OutRow, now time.Time, g shop.Guards) time.Time {
	if now.Sub(row.Created) <= prompt || g.GlobalMinute <= 0 {
		return now
	}
	gap := time.Minute / time.Duration(g.GlobalMinute)
	if since := now.Sub(s.last); since >= gap || since < 0 {
		s.last = now
		return now
	}
	if s.slot.Before(s.last) || s.slot.Sub(now) > mostSpaced {
		s.slot = s.last
	}
	s.slot = s.slot.Add(gap)
	return s.slot
}
