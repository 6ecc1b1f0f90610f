package shop

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestSLASteps(t *testing.T) {
	sla, since := DefaultSLA(), day(mon, 10, 0)
	for _, c := range []struct {
		name  string
		age   time.Duration
		paged int
		want  string // level.round@seconds
		then  int
	}{
		{"young", 149 * time.Second, 0, "", 0},
		{"first level", 150 * time.Second, 0, "1.0@150", 1},
		{"entered already", 209 * time.Second, 1, "", 1},
		{"second", 210 * time.Second, 1, "2.0@210", 2},
		{"after an outage: every level", 5 * time.Minute, 0, "1.0@150 2.0@210 3.0@270 4.0@300", 4},
		{"the first round", 10 * time.Minute, 4, "4.1@600", 5},
		{"of rounds that nobody looked at the last", 27 * time.Minute, 3, "4.0@300 4.4@1500", 8},
		{"a day later nobody is reminded", 48 * time.Hour, 290, "4.288@86700", 292},
		{"never more", 72 * time.Hour, 292, "", 292},
		{"between rounds", 14 * time.Minute, 5, "", 5},
	} {
		steps, paged := sla.Steps(Wait{Since: since, Paged: c.paged}, since.Add(c.age))
		got := ""
		for _, s := range steps {
			got += fmt.Sprintf(" %d.%d@%.0f", s.Level, s.Round, s.At.Sub(since).Seconds())
		}
		if got != "" {
			got = got[1:]
		}
		if got != c.want || paged != c.then {
			t.Errorf("%s: %q then %d", c.name, got, paged)
		}
	}
	if _, ok := (SLA{}).Next(Wait{Since: since}); ok {
		t.Error("without levels somebody is paged")
	}
}

// drawSLA has levels in ascending order, as a configuration must.
func drawSLA(t *rapid.T) SLA {
	s := SLA{Target: time.Duration(rapid.IntRange(60, 900).Draw(t, "target")) * time.Second}
	s.Repeat = time.Duration(rapid.SampledFrom([]int{0, 60, 300}).Draw(t, "repeat")) * time.Second
	var after []int
	for range rapid.IntRange(1, 6).Draw(t, "levels") {
		after = append(after, rapid.IntRange(1, 1200).Draw(t, "after"))
	}
	slices.Sort(after)
	for i, sec := range slices.Compact(after) {
		s.Levels = append(s.Levels, Level{After: time.Duration(sec) * time.Second, Rank: Rank(1 + i%4)})
	}
	return s
}

// Looked at whenever it says and at random instants, every level comes once, in
// order, never early; rounds only rise, and only after the last level.
func TestSLAStepsComeOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sla := drawSLA(t)
		w := Wait{Since: day(mon, 10, 0)}
		now := w.Since
		var all []Step
		for range rapid.IntRange(1, 12).Draw(t, "looks") {
			next, ok := sla.Next(w)
			if ok && rapid.Bool().Draw(t, "in time") && next.After(now) {
				now = next
			} else {
				now = now.Add(time.Duration(rapid.IntRange(0, 700).Draw(t, "late")) * time.Second)
			}
			steps, paged := sla.Steps(w, now)
			if (len(steps) > 0) != (ok && !next.After(now)) {
				t.Fatalf("next at %v %t, at %v: %v", next, ok, now, steps)
			}
			all = append(all, steps...)
			w.Paged = paged
		}
		for i, s := range all {
			want := w.Since.Add(sla.Levels[s.Level-1].After + time.Duration(s.Round)*sla.Repeat)
			if !s.At.Equal(want) || s.At.After(now) {
				t.Fatalf("%+v, want %v", s, want)
			}
			if i < len(sla.Levels) && (s.Level != i+1 || s.Round != 0) {
				t.Fatalf("place %d: %+v", i, s)
			}
			if i >= len(sla.Levels) && (s.Level != len(sla.Levels) || s.Round <= all[i-1].Round) {
				t.Fatalf("place %d: %+v after %+v", i, s, all[i-1])
			}
		}
		ended := now.Sub(w.Since) > remindFor
		if next, ok := sla.Next(w); ok && !next.After(now) || !ok && sla.Repeat > 0 && !ended {
			t.Fatalf("next at %v %t", next, ok)
		}
	})
}
