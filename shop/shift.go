package shop

import (
	"slices"
	"strings"
	"time"
)

// Shift is a span of the clock, WIB, on some days of the week, and who has the desk
// then (domain facts, section 7). People are named as among the admins; letter case
// does not matter. Who is not named ("") is whoever has the role at all hours.
type Shift struct {
	Days        []time.Weekday // on which it begins
	From, Until time.Duration  // since midnight, up to 24 hours; an Until that is not later is on the next day

	Duty, Second, Supervisor, PIC string
}

// length is how long the shift lasts; one that ends when it begins lasts a day.
func (s Shift) length() time.Duration {
	if s.Until <= s.From {
		return s.Until + 24*time.Hour - s.From
	}
	return s.Until - s.From
}

// on returns the shift's span if it begins on the day of WIB whose midnight is
// given.
func (s Shift) on(midnight time.Time) (Interval, bool) {
	if !slices.Contains(s.Days, midnight.Weekday()) {
		return Interval{}, false
	}
	from := midnight.Add(s.From)
	return Interval{from, from.Add(s.length())}, true
}

// LastEnd is when the last of the shifts that begin on a day of WIB ends; ok is false
// when none does.
func LastEnd(shifts []Shift, midnight time.Time) (end time.Time, ok bool) {
	for _, s := range shifts {
		if span, begins := s.on(midnight); begins && span.To.After(end) {
			end, ok = span.To, true
		}
	}
	return end, ok
}

// around tells whether the shift runs at an instant, and returns the midnight of the
// day on which it began.
func (s Shift) around(now time.Time) (began time.Time, ok bool) {
	today := Midnight(now)
	for _, day := range []time.Time{today.AddDate(0, 0, -1), today} {
		if span, ok := s.on(day); ok && span.Holds(now) {
			return day, true
		}
	}
	return time.Time{}, false
}

// Overlap finds an instant of the week at which both shifts run: the weekday and
// the time since its midnight at which the overlap begins.
func (s Shift) Overlap(o Shift) (day time.Weekday, at time.Duration, ok bool) {
	for _, pair := range [][2]Shift{{s, o}, {o, s}} {
		for _, day := range pair[0].Days {
			// Any week will do: WIB has no summer time.
			from := time.Date(2026, 1, 4+int(day), 0, 0, 0, 0, WIB).Add(pair[0].From)
			if _, ok := pair[1].around(from); ok {
				return from.Weekday(), from.Sub(Midnight(from)), true
			}
		}
	}
	return 0, 0, false
}

// Absence is a person away for some days of WIB, both included. While a
// shift runs, the day on which it began counts: a night shift is one piece.
type Absence struct {
	Person  string // as among the admins
	From    time.Time
	To      time.Time // midnights in WIB
	StandIn string    // who takes over; "" for nobody in particular
}

// on tells whether the absence counts on the day whose midnight is given.
func (a Absence) on(midnight time.Time) bool {
	return !midnight.Before(a.From) && !midnight.After(a.To)
}

// sameName compares names as admins write them.
func sameName(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }
