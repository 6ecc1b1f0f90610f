package scheduler

import (
	"testing"
	"time"

	"bestie/shop"
)

// Late replies leave one by one, in order, each at its own instant; fresh ones do not
// wait for them; a clock that was ahead leaves no trace.
func TestLateRepliesAreSpaced(t *testing.T) {
	start := time.Date(2026, 11, 24, 10, 0, 0, 0, shop.WIB)
	g, late := shop.DefaultGuards(), shop.OutRow{Created: start.Add(-time.Hour)}
	var s spacing
	due := make([]time.Time, 300)
	for i := range due {
		due[i] = s.at(late, start, g)
	}
	for i, at := range due {
		if want := start.Add(time.Duration(i) * 2 * time.Second); !at.Equal(want) {
			t.Fatalf("reply %d leaves at %v, want %v", i, at, want)
		}
		if got := s.at(late, at, g); i > 0 && !got.Equal(at) {
			t.Fatalf("reply %d is put off again at its own instant: %v", i, got)
		}
	}
	now := due[len(due)-1]
	if got := s.at(shop.OutRow{Created: now.Add(-prompt)}, now, g); !got.Equal(now) {
		t.Errorf("a fresh one waits until %v", got)
	}
	if got := s.at(late, start.AddDate(-1, 0, 0), g); !got.Equal(start.AddDate(-1, 0, 0)) {
		t.Errorf("after the clock was set back: %v", got)
	}
}
