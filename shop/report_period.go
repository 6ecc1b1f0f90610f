package shop

import (
	"fmt"
	"time"
)

// Period is from one instant up to, not including, another.
type Period struct{ From, To time.Time }

// Has tells that an instant lies in the period.
func (p Period) Has(t time.Time) bool { return !t.Before(p.From) && t.Before(p.To) }

// Span is a period that is asked for by name.
type Span string

// The spans: today, and the last 7 and 30 days with today, by the calendar of WIB.
const (
	SpanDay   Span = "hari"
	SpanWeek  Span = "minggu"
	SpanMonth Span = "bulan"
)

// Days is how many days the span has, today included; 0 for what is no span.
func (s Span) Days() int {
	switch s {
	case SpanDay:
		return 1
	case SpanWeek:
		return 7
	case SpanMonth:
		return 30
	}
	return 0
}

// Period is the span that ends now: whole days, the last one up to now.
func (s Span) Period(now time.Time) Period {
	return Period{From: Midnight(now).AddDate(0, 0, 1-s.Days()), To: now}
}

// String writes a period for people: "Selasa, 24 Nov 00.00 s.d. 17.00", or with both
// days where they differ.
func (p Period) String() string {
	last := p.To.Add(-time.Nanosecond)
	if Midnight(p.From).Equal(Midnight(last)) {
		return fmt.Sprintf("%s s.d. %s", DateClock(p.From), clockOfEnd(p.To))
	}
	return fmt.Sprintf("%s s.d. %s %s", DateClock(p.From), Date(last), clockOfEnd(p.To))
}

// clockOfEnd is the time of day at which a period ends; midnight belongs to the day before.
func clockOfEnd(t time.Time) string {
	if t.Equal(Midnight(t)) {
		return "24.00"
	}
	return Clock(t)
}

// ReportRequest is a report that an admin asked for in chat.
type ReportRequest struct {
	ID       int64
	PersonID int64
	Span     Span
	AskedAt  time.Time
}
