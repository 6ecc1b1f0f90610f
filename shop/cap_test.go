package shop

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestCapFrees(t *testing.T) {
	now := day(wed, 17, 0)
	for _, c := range []struct {
		name string
		got  PromoHistory
		want time.Time
	}{
		{"nothing yet", nil, now},
		{"one this morning", PromoHistory{day(wed, 8, 0)}, day(thu, 0, 0)},
		{"one last night", PromoHistory{day(tue, 23, 59)}, now},
		{"two: the first leaves the seven days", PromoHistory{day(sat-7, 17, 0), day(tue, 17, 0)}, day(sat, 0, 0)},
		{"Friday and Wednesday", PromoHistory{day(fri-7, 17, 0), day(wed, 8, 0)}, day(fri, 0, 0)},
		{"exactly a week ago", PromoHistory{day(wed-7, 17, 0), day(fri-7, 17, 0)}, now},
		{"two on one day count once", PromoHistory{day(mon, 17, 0), day(mon, 19, 0)}, now},
	} {
		if got := c.got.CapFrees(now); !got.Equal(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// capsHold counts again, naively: one a day, two in any seven days.
func capsHold(h PromoHistory) bool {
	perDay := map[time.Time]int{}
	for _, at := range h {
		perDay[Midnight(at)]++
	}
	for first := day(mon-14, 0, 0); first.Before(day(mon+60, 0, 0)); first = first.AddDate(0, 0, 1) {
		if perDay[first] > 1 {
			return false
		}
		week := 0
		for i := range 7 {
			week += perDay[first.AddDate(0, 0, i)]
		}
		if week > 2 {
			return false
		}
	}
	return true
}

// Whoever sends only when the caps allow it never breaks them, and no earlier
// day would have been allowed.
func TestCapsAreKeptAndNotTighterThanNeeded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var h PromoHistory
		now := drawInstant(t)
		for range rapid.IntRange(1, 8).Draw(t, "promos") {
			now = now.Add(time.Duration(rapid.IntRange(0, 100).Draw(t, "hours")) * time.Hour)
			frees := h.CapFrees(now)
			if frees.Before(now) {
				t.Fatalf("CapFrees(%v) = %v", now, frees)
			}
			for at := now; at.Before(frees); at = Midnight(at).AddDate(0, 0, 1) {
				if capsHold(append(h[:len(h):len(h)], at)) {
					t.Fatalf("after %v: not before %v, though %v is allowed", h, frees, at)
				}
			}
			now = frees
			if h = append(h, now); !capsHold(h) {
				t.Fatalf("the caps are broken: %v", h)
			}
		}
	})
}
