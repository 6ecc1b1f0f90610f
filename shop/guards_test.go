package shop

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestReplyAt(t *testing.T) {
	now := day(mon, 10, 0)
	g := DefaultGuards()
	for _, c := range []struct {
		name string
		f    ReplyFacts
		wait time.Duration
		drop bool
	}{
		{"first reply", ReplyFacts{}, 0, false},
		{"one just before", ReplyFacts{LastAt: now.Add(-time.Second), Minute: 1}, 2 * time.Second, false},
		{"gap kept", ReplyFacts{LastAt: now.Add(-3 * time.Second), Minute: 1}, 0, false},
		{"five in a minute", ReplyFacts{Minute: 5, Hour: 5, Day: 5}, 0, false},
		{"six in a minute", ReplyFacts{Minute: 6, Hour: 6, Day: 6}, 10 * time.Second, false},
		{"thirty in an hour", ReplyFacts{Hour: 30, Day: 30}, 5 * time.Minute, false},
		{"hundred in a day", ReplyFacts{Day: 100}, time.Hour, false},
		{"the longest wait counts", ReplyFacts{Minute: 6, Hour: 30, Day: 100, Global: 30}, time.Hour, false},
		{"everybody is busy", ReplyFacts{Global: 30}, 2 * time.Second, false},
		{"said just before", ReplyFacts{SameTextAt: now.Add(-9 * time.Minute)}, 0, true},
		{"said long ago", ReplyFacts{SameTextAt: now.Add(-10 * time.Minute)}, 0, false},
	} {
		at, drop := g.ReplyAt(c.f, now)
		if got := at.Sub(now); got != c.wait || drop != c.drop {
			t.Errorf("%s: %v, %t, want %v, %t", c.name, got, drop, c.wait, c.drop)
		}
	}
}

// A reply is never sent in the past or within the gap, and one that passes is
// within every limit.
func TestReplyAtKeepsTheLimits(t *testing.T) {
	g := DefaultGuards()
	count := rapid.IntRange(0, 120)
	rapid.Check(t, func(t *rapid.T) {
		now := drawInstant(t)
		ago := func(what string) time.Time {
			if rapid.Bool().Draw(t, what) {
				return time.Time{}
			}
			return now.Add(-time.Duration(rapid.IntRange(-5, 1200).Draw(t, what+" ago")) * time.Second)
		}
		f := ReplyFacts{
			LastAt: ago("last"), SameTextAt: ago("same"), Minute: count.Draw(t, "minute"), Hour: count.Draw(t, "hour"),
			Day: count.Draw(t, "day"), Global: count.Draw(t, "global"),
		}
		at, drop := g.ReplyAt(f, now)
		switch {
		case at.Before(now):
			t.Fatalf("%v is before %v", at, now)
		case drop:
			if f.SameTextAt.IsZero() || now.Sub(f.SameTextAt) >= g.SameText {
				t.Fatal("dropped, though it was not said just before")
			}
		case !f.LastAt.IsZero() && at.Sub(f.LastAt) < g.PerChatGap:
			t.Fatalf("%v after the last one", at.Sub(f.LastAt))
		case at.Equal(now) && (f.Minute >= g.PerChatMinute || f.Hour >= g.PerChatHour || f.Day >= g.PerChatDay || f.Global >= g.GlobalMinute):
			t.Fatalf("passes with %+v", f)
		}
	})
}
