package shop

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// at is an instant of 2026 in WIB.
func atWIB(month time.Month, day, hour, minute int) time.Time {
	return time.Date(2026, month, day, hour, minute, 0, 0, WIB)
}

func stretch(from, until int) Stretch {
	return Stretch{time.Duration(from) * time.Hour, time.Duration(until) * time.Hour}
}

// split is Monday to Friday 8-12 and 13-17, Saturday from 20 over midnight to 2.
func split() Hours {
	h := Hours{}
	for d := time.Monday; d <= time.Friday; d++ {
		h.Week[d] = []Stretch{stretch(8, 12), stretch(13, 17)}
	}
	h.Week[time.Saturday] = []Stretch{stretch(20, 26)}
	return h
}

func TestHours(t *testing.T) {
	h := split()
	own := split()
	own.Own = map[Day]OwnDay{
		DayAt(2026, 11, 25): {},                                     // a Wednesday, closed
		DayAt(2026, 11, 29): {Stretches: []Stretch{stretch(9, 10)}}, // a Sunday, open
		DayAt(2026, 12, 25): {Usual: true},                          // Christmas, a Friday
	}
	through := split()
	through.Holidays = HolidaysOpen
	joint := split()
	joint.JointLeave = true
	const minute = time.Minute
	for _, c := range []struct {
		name     string
		hours    Hours
		from, to time.Time
		want     time.Duration
	}{
		{"always", Hours{}, atWIB(12, 25, 3, 0), atWIB(12, 25, 4, 0), time.Hour},
		{"backwards", h, atWIB(11, 24, 10, 0), atWIB(11, 24, 9, 0), 0},
		{"over lunch", h, atWIB(11, 24, 11, 58), atWIB(11, 24, 13, 3), 5 * minute},
		{"overnight", h, atWIB(11, 24, 16, 59), atWIB(11, 25, 8, 1), 2 * minute},
		{"over the weekend", h, atWIB(11, 20, 16, 0), atWIB(11, 23, 9, 0), 8 * time.Hour},
		{"the second half of a night shift", h, atWIB(11, 22, 1, 0), atWIB(11, 22, 5, 0), time.Hour},
		{"christmas", h, atWIB(12, 24, 16, 0), atWIB(12, 26, 12, 0), time.Hour},
		{"christmas at no set hours", Hours{}, atWIB(12, 25, 0, 0), atWIB(12, 26, 0, 0), 24 * time.Hour},
		{"christmas closed at no set hours", Hours{Holidays: HolidaysClosed}, atWIB(12, 24, 0, 0), atWIB(12, 26, 0, 0), 24 * time.Hour},
		{"open on christmas", through, atWIB(12, 25, 0, 0), atWIB(12, 26, 0, 0), 8 * time.Hour},
		{"joint leave is an ordinary day", h, atWIB(12, 24, 0, 0), atWIB(12, 25, 0, 0), 8 * time.Hour},
		{"joint leave kept", joint, atWIB(12, 24, 0, 0), atWIB(12, 25, 0, 0), 0},
		{"own day closed", own, atWIB(11, 25, 0, 0), atWIB(11, 26, 0, 0), 0},
		{"own day open", own, atWIB(11, 29, 0, 0), atWIB(11, 30, 0, 0), 2*time.Hour + time.Hour},
		{"own day as usual", own, atWIB(12, 25, 0, 0), atWIB(12, 26, 0, 0), 8 * time.Hour},
	} {
		if got := c.hours.Elapsed(c.from, c.to); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	for _, c := range []struct {
		name       string
		from, want time.Time
		worked     time.Duration
	}{
		{"the breach waits for the end of lunch", atWIB(11, 24, 11, 58), atWIB(11, 24, 13, 3), 5 * minute},
		{"at the closing minute itself", atWIB(11, 24, 16, 55), atWIB(11, 24, 17, 0), 5 * minute},
		{"after a holiday and a day", atWIB(12, 24, 18, 0), atWIB(12, 26, 20, 5), 5 * minute},
		{"nothing to work", atWIB(11, 22, 12, 0), atWIB(11, 22, 12, 0), 0},
	} {
		if got := h.After(c.from, c.worked); !got.Equal(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	if h.Open(atWIB(11, 24, 12, 0)) || !h.Open(atWIB(11, 24, 13, 0)) || h.Open(atWIB(11, 24, 17, 0)) || h.Open(atWIB(12, 25, 9, 0)) {
		t.Error("open at the wrong times")
	}
}

// drawHours has stretches of whole minutes, some over midnight, that may overlap
// those of the next day.
func drawHours(t *rapid.T) Hours {
	h := Hours{Holidays: rapid.SampledFrom([]HolidayRule{HolidaysAuto, HolidaysClosed, HolidaysOpen}).Draw(t, "holidays"), JointLeave: rapid.Bool().Draw(t, "joint")}
	draw := func() (out []Stretch) {
		at := 0
		for range rapid.IntRange(0, 3).Draw(t, "stretches") {
			from := at + rapid.IntRange(1, 500).Draw(t, "from")
			until := from + rapid.IntRange(1, 700).Draw(t, "length")
			if from >= 1440 {
				break
			}
			out = append(out, Stretch{time.Duration(from) * time.Minute, time.Duration(until) * time.Minute})
			at = until
		}
		return out
	}
	for i := range h.Week {
		h.Week[i] = draw()
	}
	h.Own = map[Day]OwnDay{}
	for range rapid.IntRange(0, 4).Draw(t, "own days") {
		h.Own[DayAt(2026, 12, rapid.IntRange(1, 31).Draw(t, "day"))] = OwnDay{Usual: rapid.Bool().Draw(t, "usual"), Stretches: draw()}
	}
	return h
}

// open is a naive look at one minute: it belongs to a stretch of its day or of the
// day before.
func naivelyOpen(h Hours, at time.Time) bool {
	for back := range 2 {
		day := DayOf(at) - Day(back)
		since := at.Sub(day.Start())
		if slices.ContainsFunc(h.On(day), func(s Stretch) bool { return s.From <= since && since < s.Until }) {
			return true
		}
	}
	return false
}

// Elapsed is what counting the minutes gives, and After is its inverse: the earliest
// instant with so much working time behind it.
func TestHoursElapsedAndAfterAreInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := drawHours(t)
		from := atWIB(12, 20, 0, 0).Add(time.Duration(rapid.IntRange(0, 5*1440).Draw(t, "from")) * time.Minute)
		minutes := rapid.IntRange(0, 5*1440).Draw(t, "minutes")
		to := from.Add(time.Duration(minutes) * time.Minute)
		naive := time.Duration(0)
		for m := range minutes {
			if naivelyOpen(h, from.Add(time.Duration(m)*time.Minute)) {
				naive += time.Minute
			}
		}
		if got := h.Elapsed(from, to); got != naive {
			t.Fatalf("%v, counted %v", got, naive)
		}
		if back := h.After(from, naive); back.After(to) || h.Elapsed(from, back) != naive {
			t.Fatalf("after %v: %v, later than %v", naive, back, to)
		}
		if h.Never() {
			return
		}
		worked := time.Duration(rapid.Int64Range(0, int64(40*time.Hour)).Draw(t, "worked"))
		at := h.After(from, worked)
		if got := h.Elapsed(from, at); got != worked {
			t.Fatalf("worked %v, elapsed %v until %v", worked, got, at)
		}
		if worked > 0 && h.Elapsed(from, at.Add(-1)) >= worked {
			t.Fatalf("%v is not the earliest instant", at)
		}
	})
}

// Hours that never come, or every day of which the owner closed, end the search.
func TestHoursThatNeverCome(t *testing.T) {
	h := Hours{}
	h.Week[time.Monday] = []Stretch{{time.Hour, time.Hour}}
	closed := Hours{Week: [7][]Stretch{time.Sunday: {}}}
	if !h.Never() || !closed.Never() || closed.Always() || (Hours{}).Never() || split().Never() {
		t.Error("never is wrong")
	}
	if at := h.After(atWIB(11, 23, 0, 0), time.Second); at.Year() < 2126 {
		t.Errorf("open at %v", at)
	}
	if got := h.Elapsed(atWIB(11, 23, 0, 0), atWIB(11, 30, 0, 0)); got != 0 {
		t.Error(got)
	}
}

// The clock of the promise stands still while the shop is closed.
func TestSLAThroughHours(t *testing.T) {
	sla := DefaultSLA()
	sla.Hours = split()
	w := Wait{Since: atWIB(11, 24, 11, 58)}
	if at, ok := sla.Next(w); !ok || !at.Equal(atWIB(11, 24, 13, 0).Add(30*time.Second)) {
		t.Errorf("first level at %v", at)
	}
	if steps, _ := sla.Steps(w, atWIB(11, 24, 13, 0)); len(steps) > 0 {
		t.Error("paged during lunch")
	}
	if steps, _ := sla.Steps(w, atWIB(11, 24, 13, 3)); len(steps) != len(sla.Levels) {
		t.Errorf("at the breach: %v", steps)
	}
	if !sla.Met(w.Since, atWIB(11, 24, 13, 3)) || sla.Met(w.Since, atWIB(11, 24, 13, 4)) {
		t.Error("met is wrong")
	}
}

// The list is in order, without a day twice, and each year has all its holidays.
func TestHolidays(t *testing.T) {
	all := Holidays()
	for i, h := range all {
		if i > 0 && all[i-1].Day >= h.Day || h.Day > HolidaysUntil {
			t.Errorf("%v %s is out of order", h.Day, h.Name)
		}
	}
	count := map[[2]int]int{}
	for _, h := range all {
		joint := 0
		if h.Joint {
			joint = 1
		}
		count[[2]int{h.Day.Start().Year(), joint}]++
	}
	if count[[2]int{2026, 0}] != 17 || count[[2]int{2026, 1}] != 8 || count[[2]int{2027, 0}] != 17 {
		t.Error(count)
	}
	if next, ok := NextHoliday(DayAt(2026, 11, 23)); !ok || next.Day.String() != "2026-12-25" {
		t.Errorf("%v after November 2026", next)
	}
	if _, ok := NextHoliday(HolidaysUntil + 1); ok {
		t.Error("a holiday after the end of the list")
	}
	if got := DayAt(2026, 12, 25).Weekday(); got != time.Friday || DayAt(1969, 12, 31).Weekday() != time.Wednesday {
		t.Error(got)
	}
	if DayOf(atWIB(12, 25, 0, 0)) != DayAt(2026, 12, 25) || DayOf(atWIB(12, 25, 0, 0).Add(-1)) != DayAt(2026, 12, 24) {
		t.Error("a day does not begin at midnight in WIB")
	}
}

func BenchmarkHoursAfter(b *testing.B) {
	h, from := split(), atWIB(12, 24, 16, 58)
	for b.Loop() {
		h.After(from, 5*time.Minute)
	}
}
