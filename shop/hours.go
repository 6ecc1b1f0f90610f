package shop

import (
	"iter"
	"math"
	"time"
)

// Stretch is working time of one day, as time since its midnight (WIB): From is
// within the day, Until later than it and up to 24 hours later. A stretch over
// midnight belongs to the day on which it begins.
type Stretch struct{ From, Until time.Duration }

// OwnDay is what the shop decided about one date, before week and holidays: open as
// on the weekday (Usual), at other hours, or not at all.
type OwnDay struct {
	Usual     bool
	Stretches []Stretch // ascending, none touches another; none: closed
}

// Hours is when the SLA clocks run (domain facts, section 1). The zero value is
// always: 24 hours on every day of the year.
type Hours struct {
	// Week is the working time of every weekday from Sunday on, each ascending; a day
	// without any is closed. All nil: at all hours.
	Week [7][]Stretch
	Own  map[Day]OwnDay
	// Holidays says what becomes of national holidays; JointLeave closes the days of
	// cuti bersama as well (Holidays()).
	Holidays   HolidayRule
	JointLeave bool
}

// HolidayRule says whether the shop keeps national holidays.
type HolidayRule string

// The rules. Who has no hours is open on holidays too, unless the owner says otherwise.
const (
	HolidaysAuto   HolidayRule = "" // closed if the week has hours of its own
	HolidaysClosed HolidayRule = "closed"
	HolidaysOpen   HolidayRule = "open"
)

// KeepsHolidays tells whether national holidays are closed.
func (h Hours) KeepsHolidays() bool {
	return h.Holidays == HolidaysClosed || h.Holidays == HolidaysAuto && !h.anyHour()
}

// wholeDay is a day without a closed minute.
var wholeDay = []Stretch{{0, 24 * time.Hour}}

// Always tells that the clocks never stand still.
func (h Hours) Always() bool {
	return h.anyHour() && len(h.Own) == 0 && !h.JointLeave && h.Holidays != HolidaysClosed
}

// anyHour tells that no weekday has hours of its own.
func (h Hours) anyHour() bool {
	for _, day := range h.Week {
		if day != nil {
			return false
		}
	}
	return true
}

// On is the working time that begins on a day; none when it is closed.
func (h Hours) On(d Day) []Stretch {
	own, decided := h.Own[d]
	if decided && !own.Usual {
		return own.Stretches
	}
	if holiday, ok := HolidayOn(d); ok && !decided {
		if holiday.Joint && h.JointLeave || !holiday.Joint && h.KeepsHolidays() {
			return nil
		}
	}
	if h.anyHour() {
		return wholeDay
	}
	return h.Week[d.Weekday()]
}

// Open tells whether an instant is working time.
func (h Hours) Open(t time.Time) bool {
	for from := range h.work(t) {
		return from == 0
	}
	return false
}

// farthest bounds every search: about a hundred years, whatever the hours say.
const farthest = 36525

// work yields the working time from an instant on, in order and without overlap,
// counted from the instant. It ends after a hundred years.
func (h Hours) work(start time.Time) iter.Seq2[time.Duration, time.Duration] {
	return func(yield func(from, until time.Duration) bool) {
		first := DayOf(start)
		done := time.Duration(0)
		for i := -1; i <= farthest; i++ {
			midnight := first.Start().Sub(start) + time.Duration(i)*24*time.Hour
			for _, s := range h.On(first + Day(i)) {
				from, until := max(done, midnight+s.From), midnight+s.Until
				if until <= from {
					continue
				}
				if done = until; !yield(from, until) {
					return
				}
			}
		}
	}
}

// Elapsed is the working time between two instants, 0 if to is not after from.
func (h Hours) Elapsed(from, to time.Time) (sum time.Duration) {
	all := max(0, to.Sub(from))
	if h.Always() {
		return all
	}
	for begin, end := range h.work(from) {
		if begin >= all {
			break
		}
		sum += min(end, all) - begin
	}
	return sum
}

// After is the first instant at which so much working time has gone by since from;
// from itself for none. It undoes Elapsed: Elapsed(from, After(from, d)) is d. Hours
// that never come (Never) end the search after about a hundred years.
func (h Hours) After(from time.Time, worked time.Duration) time.Time {
	if worked <= 0 || h.Always() {
		return from.Add(max(0, worked))
	}
	for begin, end := range h.work(from) {
		if end-begin >= worked {
			return from.Add(begin + worked)
		}
		worked -= end - begin
	}
	return from.Add(math.MaxInt64)
}

// Never tells that the shop has no working time in an ordinary week, so that a clock
// would stand still for ever. A week of which nothing is said is always open.
func (h Hours) Never() bool {
	for _, day := range h.Week {
		for _, s := range day {
			if s.Until > s.From {
				return false
			}
		}
	}
	return !h.anyHour()
}
