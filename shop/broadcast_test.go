package shop

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Monday to Sunday of one week, WIB.
func day(d, hour, minute int) time.Time { return time.Date(2026, 11, 22+d, hour, minute, 0, 0, WIB) }

const (
	mon = 1 + iota
	tue
	wed
	thu
	fri
	sat
	sun
)

func TestSlotNextAfter(t *testing.T) {
	slot := Slot{time.Wednesday, 17, 0}
	for _, c := range []struct{ now, want time.Time }{
		{day(mon, 10, 0), day(wed, 17, 0)},
		{day(wed, 16, 59), day(wed, 17, 0)},
		{day(wed, 17, 0), day(wed, 17, 0)},
		{day(wed, 17, 0).Add(time.Millisecond), day(wed+7, 17, 0)},
		{day(sun, 23, 59), day(wed+7, 17, 0)},
		{day(tue, 23, 30).UTC(), day(wed, 17, 0)}, // Tuesday in WIB, whatever the zone of the argument
	} {
		if got := slot.NextAfter(c.now); !got.Equal(c.want) {
			t.Errorf("NextAfter(%v) = %v, want %v", c.now, got, c.want)
		}
	}
}

func TestNextOpen(t *testing.T) {
	early := DefaultPromo()
	early.Slots = []Slot{{time.Wednesday, 7, 0}}
	never := DefaultPromo()
	never.Slots = []Slot{{time.Wednesday, 22, 0}}
	for _, c := range []struct {
		name      string
		p         Promo
		now, want time.Time
	}{
		{"before the evening", DefaultPromo(), day(wed, 16, 59), day(wed, 17, 0)},
		{"at the first slot", DefaultPromo(), day(wed, 17, 0), day(wed, 17, 0)},
		{"between the slots", DefaultPromo(), day(wed, 18, 30), day(wed, 18, 30)},
		{"last minute", DefaultPromo(), day(wed, 20, 59), day(wed, 20, 59)},
		{"the evening is over", DefaultPromo(), day(wed, 21, 0), day(fri, 17, 0)},
		{"weekend", DefaultPromo(), day(sat, 18, 0), day(wed+7, 17, 0)},
		{"slot before the window", early, day(wed, 7, 0), day(wed, 8, 0)},
		{"slot before the window, waited", early, day(wed, 7, 59), day(wed, 8, 0)},
		{"slot before the window, open", early, day(wed, 8, 0), day(wed, 8, 0)},
		{"slot after the window", never, day(wed, 20, 0), day(wed+7, 20, 0)},
		{"no slots", Promo{}, day(wed, 17, 0), day(wed+7, 17, 0)},
	} {
		if got := c.p.NextOpen(c.now); !got.Equal(c.want) {
			t.Errorf("%s: NextOpen = %v, want %v", c.name, got, c.want)
		}
	}
}

func drawInstant(t *rapid.T) time.Time {
	return day(mon, 0, 0).Add(time.Duration(rapid.Int64Range(0, int64(14*24*time.Hour/time.Second)).Draw(t, "now")) * time.Second)
}

// The opening is open, in the future, and nothing before it is.
func TestNextOpenIsTheFirstOpenInstant(t *testing.T) {
	p := DefaultPromo()
	open := func(at time.Time) bool {
		at = at.In(WIB)
		return (at.Weekday() == time.Wednesday || at.Weekday() == time.Friday) && at.Hour() >= 17 && at.Hour() < 21
	}
	rapid.Check(t, func(t *rapid.T) {
		now := drawInstant(t)
		next := p.NextOpen(now)
		if next.Before(now) || !open(next) || !p.NextOpen(next).Equal(next) {
			t.Fatalf("NextOpen(%v) = %v", now, next)
		}
		for at := now; at.Before(next); at = at.Add(10 * time.Minute) {
			if open(at) {
				t.Fatalf("NextOpen(%v) = %v, but %v is open", now, next, at)
			}
		}
	})
}

func TestDailyCap(t *testing.T) {
	const week = 7 * 24 * time.Hour
	p := DefaultPromo()
	for age, want := range map[time.Duration]int{
		-time.Hour: 0, -3 * week: 0, 0: 0, week - 1: 0, week: 20, 2*week - 1: 20, 2 * week: 50, 3 * week: 62, 4 * week: 77,
		5 * week: 96, 9 * week: 200, 52 * week: 200, 520 * week: 200,
	} {
		if got := p.DailyCap(age); got != want {
			t.Errorf("DailyCap(%v) = %d, want %d", age, got, want)
		}
	}
	p.CapCeiling = 10
	if got := p.DailyCap(week); got != 10 {
		t.Errorf("above the ceiling: %d", got)
	}
}

func TestDailyCapGrowsToTheCeiling(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Promo{
			CapWeeks:   rapid.SliceOfN(rapid.IntRange(0, 300), 0, 5).Draw(t, "weeks"),
			CapGrowth:  rapid.IntRange(0, 100).Draw(t, "growth"),
			CapCeiling: rapid.IntRange(1, 300).Draw(t, "ceiling"),
		}
		slices.Sort(p.CapWeeks)
		last := 0
		for hours := 0; hours < 24*7*60; hours += 11 {
			got := p.DailyCap(time.Duration(hours) * time.Hour)
			if got < last || got > p.CapCeiling {
				t.Fatalf("after %d h: %d, before: %d, ceiling %d", hours, got, last, p.CapCeiling)
			}
			last = got
		}
	})
}

func TestPreferredHour(t *testing.T) {
	wrote := func(hours ...int) (w [24]int) {
		for _, h := range hours {
			w[h]++
		}
		return w
	}
	for _, c := range []struct {
		name  string
		hours []int
		wrote [24]int
		want  int
	}{
		{"nobody knows", []int{17, 19}, wrote(), 19},
		{"mornings only", []int{17, 19}, wrote(7, 8, 9), 19},
		{"afternoons", []int{17, 19}, wrote(13, 16, 17), 17},
		{"evenings", []int{17, 19}, wrote(20, 21, 17), 19},
		{"even", []int{17, 19}, wrote(16, 20), 19},
		{"in the middle", []int{17, 19}, wrote(18), 19},
		{"in any order", []int{19, 17}, wrote(), 19},
		{"three", []int{12, 17, 19}, wrote(13, 14), 12},
		{"no slots", nil, wrote(17), 0},
	} {
		if got := PreferredHour(c.hours, c.wrote); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

// Everybody belongs to one of the hours, whatever the order in which they are
// given, and whoever writes at one hour alone to the nearest.
func TestPreferredHourIsOneOfThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hours := rapid.SliceOfNDistinct(rapid.IntRange(12, 22), 1, 4, rapid.ID).Draw(t, "hours")
		var wrote [24]int
		for i := range wrote {
			wrote[i] = rapid.IntRange(0, 5).Draw(t, "wrote")
		}
		got := PreferredHour(hours, wrote)
		if !slices.Contains(hours, got) {
			t.Fatalf("%d is none of %v", got, hours)
		}
		slices.Reverse(hours)
		if again := PreferredHour(hours, wrote); again != got {
			t.Fatalf("%d, in another order %d", got, again)
		}
		at := rapid.IntRange(12, 23).Draw(t, "at")
		lone := PreferredHour(hours, func() (w [24]int) { w[at] = 1; return w }())
		for _, h := range hours {
			if distance(at, h) < distance(at, lone) {
				t.Fatalf("writes at %d, belongs to %d, though %d is nearer", at, lone, h)
			}
		}
	})
}
