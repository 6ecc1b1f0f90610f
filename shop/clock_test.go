package shop

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestWaitState(t *testing.T) {
	sla, since := DefaultSLA(), atWIB(11, 24, 10, 0)
	after := func(d time.Duration) time.Time { return since.Add(d) }
	const m = time.Minute
	for _, c := range []struct {
		name string
		w    Clocked
		now  time.Time
		want WaitState
	}{
		{"young", Clocked{}, after(2 * m), WaitPending},
		{"paged", Clocked{Paged: 1}, after(3 * m), WaitWarned},
		{"broken", Clocked{Paged: 4}, after(5 * m), WaitBreached},
		{"broken, though nobody was paged", Clocked{}, after(5 * m), WaitBreached},
		{"in time", Clocked{Answered: after(5 * m), Ended: after(5 * m)}, after(9 * m), WaitMet},
		{"late", Clocked{Answered: after(5*m + 1), Ended: after(6 * m)}, after(9 * m), WaitLate},
		{"answered in time, ended later by a person", Clocked{Answered: after(m), Human: after(9 * m), Ended: after(9 * m)}, after(9 * m), WaitMet},
		{"answered, but a person is wanted", Clocked{Answered: after(m), Paged: 1}, after(3 * m), WaitWarned},
		{"goodbye", Clocked{Ended: after(m)}, after(9 * m), WaitCancelled},
	} {
		c.w.Since = since
		if got := sla.State(c.w, c.now); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	sla.Hours = split()
	if got := sla.State(Clocked{Since: atWIB(11, 24, 16, 58)}, atWIB(11, 25, 7, 59)); got != WaitPending {
		t.Errorf("overnight: %s", got)
	}
}

func TestConversationEnds(t *testing.T) {
	at := func(h int) time.Time { return atWIB(11, 24, 0, 0).Add(time.Duration(h) * time.Hour) }
	var c Conversation
	hear := func(h int, want time.Time) {
		t.Helper()
		if c.Hear(at(h)); !c.EndedAt.Equal(want) {
			t.Errorf("after %d h: ended %v, want %v", h, c.EndedAt, want)
		}
	}
	hear(1, time.Time{})
	hear(24, time.Time{})
	hear(20, time.Time{}) // late delivery
	hear(48, at(48))      // a day after 24
	c.End(at(50))
	hear(51, at(50))
	c.End(at(49)) // noted late: nothing goes back
	hear(99, at(75))
}

// What is cut out is exactly the working time in which an outage was on, whatever
// overlaps; counted minute by minute.
func TestWithoutOutages(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := drawHours(t)
		from := atWIB(12, 20, 0, 0)
		minutes := rapid.IntRange(0, 2*1440).Draw(t, "minutes")
		var outages []Outage
		for range rapid.IntRange(0, 5).Draw(t, "outages") {
			o := Outage{From: from.Add(time.Duration(rapid.IntRange(-600, 2*1440).Draw(t, "began")) * time.Minute)}
			if rapid.IntRange(0, 3).Draw(t, "over") > 0 {
				o.Until = o.From.Add(time.Duration(rapid.IntRange(0, 900).Draw(t, "length")) * time.Minute)
			}
			outages = append(outages, o)
		}
		want := time.Duration(0)
		for m := range minutes {
			at := from.Add(time.Duration(m) * time.Minute)
			down := false
			for _, o := range outages {
				down = down || !at.Before(o.From) && (o.Until.IsZero() || at.Before(o.Until))
			}
			if !down && naivelyOpen(h, at) {
				want += time.Minute
			}
		}
		if got := h.Without(outages, from, from.Add(time.Duration(minutes)*time.Minute)); got != want {
			t.Fatalf("%v, counted %v", got, want)
		}
	})
}
