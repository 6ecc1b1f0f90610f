package shop

import "time"

// Span is a stretch of time from an instant up to another, which is not part of it.
type Span struct{ From, To time.Time }

// Holds tells whether an instant lies in the span.
func (s Span) Holds(t time.Time) bool { return !t.Before(s.From) && t.Before(s.To) }
