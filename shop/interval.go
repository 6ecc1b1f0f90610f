package shop

import "time"

// Interval is a stretch of time from an instant up to another, which is not part of it.
type Interval struct{ From, To time.Time }

// Holds tells whether an instant lies in the span.
func (s Interval) Holds(t time.Time) bool { return !t.Before(s.From) && t.Before(s.To) }
