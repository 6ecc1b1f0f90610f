package shop

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestSLADue(t *testing.T) {
	sla, since := DefaultSLA(), day(mon, 10, 0)
	for _, c := range []struct {
		name  string
		age   time.Duration
		paged int
		index int // -1: nothing is due
	}{
		{"young", 149 * time.Second, 0, -1},
		{"first level", 150 * time.Second, 0, 0},
		{"paged already", 209 * time.Second, 1, -1},
		{"second", 210 * time.Second, 1, 1},
		{"third", 270 * time.Second, 2, 2},
		{"breach", 5 * time.Minute, 3, 3},
		{"all paged", time.Hour, 4, -1},
		{"after an outage: the highest alone", 4 * time.Minute, 0, 1},
		{"after a long outage", 3 * time.Hour, 1, 3},
		{"fewer levels than before", time.Hour, 9, -1},
	} {
		level, index, ok := sla.Due(Wait{Since: since, Paged: c.paged}, since.Add(c.age))
		if ok != (c.index >= 0) || ok && (index != c.index || level != sla.Levels[c.index]) {
			t.Errorf("%s: %v %d %t", c.name, level, index, ok)
		}
	}
}

// drawSLA has levels in ascending order, as a configuration must.
func drawSLA(t *rapid.T) SLA {
	s := SLA{Target: time.Duration(rapid.IntRange(60, 900).Draw(t, "target")) * time.Second}
	var after []int
	for range rapid.IntRange(1, 6).Draw(t, "levels") {
		after = append(after, rapid.IntRange(1, 1200).Draw(t, "after"))
	}
	slices.Sort(after)
	for i, sec := range slices.Compact(after) {
		s.Levels = append(s.Levels, Level{time.Duration(sec) * time.Second, Rank(1 + i%4)})
	}
	return s
}

// Looked at whenever it says and at random instants, every level is paged once,
// in order, never early; levels that fell due between two looks become one.
func TestSLAPagesEveryLevelOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sla := drawSLA(t)
		w := Wait{Since: day(mon, 10, 0)}
		now := w.Since
		covered := 0
		for w.Paged < len(sla.Levels) {
			next, ok := sla.Next(w)
			if !ok {
				t.Fatal("levels are left, but none is next")
			}
			if rapid.Bool().Draw(t, "in time") && next.After(now) {
				now = next
			} else {
				now = now.Add(time.Duration(rapid.IntRange(0, 700).Draw(t, "late")) * time.Second)
			}
			level, index, due := sla.Due(w, now)
			if due != !next.After(now) {
				t.Fatalf("next at %v, at %v due: %t", next, now, due)
			}
			if !due {
				continue
			}
			if index < w.Paged || level.After > now.Sub(w.Since) || index+1 < len(sla.Levels) && sla.Levels[index+1].After <= now.Sub(w.Since) {
				t.Fatalf("paged %d, age %v: level %d", w.Paged, now.Sub(w.Since), index)
			}
			covered += index + 1 - w.Paged
			w.Paged = index + 1
		}
		if covered != len(sla.Levels) {
			t.Fatalf("%d of %d levels", covered, len(sla.Levels))
		}
		if _, _, due := sla.Due(w, now.AddDate(1, 0, 0)); due {
			t.Fatal("a level came twice")
		}
		if _, ok := sla.Next(w); ok {
			t.Fatal("all levels are paged, but one is next")
		}
	})
}

func TestSLAMet(t *testing.T) {
	since := day(mon, 10, 0)
	for after, want := range map[time.Duration]bool{0: true, 5 * time.Minute: true, 5*time.Minute + time.Millisecond: false} {
		if got := DefaultSLA().Met(since, since.Add(after)); got != want {
			t.Errorf("answered after %v: %t", after, got)
		}
	}
}

func staff(id int64, role Role) Person { return Person{ID: id, Roles: []Role{role}} }

func TestRoster(t *testing.T) {
	duty, second, supervisor, owner := staff(1, RoleDuty), staff(2, RoleSecond), staff(3, RoleSupervisor), staff(4, RoleOwner)
	for _, c := range []struct {
		name   string
		roster Roster
		want   [4][]int64 // by rank
	}{
		{"full", Roster{duty, second, supervisor, owner}, [4][]int64{{1}, {1, 2}, {3}, {4}}},
		{"in any order", Roster{owner, supervisor, second, duty}, [4][]int64{{1}, {1, 2}, {3}, {4}}},
		{"one admin gets all levels", Roster{duty}, [4][]int64{{1}, {1}, {1}, {1}}},
		{"two admins", Roster{duty, second}, [4][]int64{{1}, {1, 2}, {1}, {1}}},
		{"no duty admin", Roster{second, owner}, [4][]int64{{2}, {2}, {2}, {4}}},
		{"owner alone", Roster{owner}, [4][]int64{{4}, {4}, {4}, {4}}},
		{"one person, two roles", Roster{duty, staff(1, RoleSecond)}, [4][]int64{{1}, {1}, {1}, {1}}},
		{"two on duty: the first", Roster{duty, staff(5, RoleDuty)}, [4][]int64{{1}, {1}, {1}, {1}}},
		{"nobody", nil, [4][]int64{}},
	} {
		var got [4][]int64
		for i := range got {
			for _, p := range c.roster.For(Rank(i + 1)) {
				got[i] = append(got[i], p.ID)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

// While anybody is on the list every rank reaches somebody, and nobody twice.
func TestRosterNeverLosesAPage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var r Roster
		for range rapid.IntRange(1, 6).Draw(t, "entries") {
			r = append(r, staff(rapid.Int64Range(1, 4).Draw(t, "person"), rapid.SampledFrom([]Role{RoleDuty, RoleSecond, RoleSupervisor, RoleOwner}).Draw(t, "role")))
		}
		rank := Rank(rapid.IntRange(1, 6).Draw(t, "rank"))
		p := Page{Roster: r, Level: Level{Rank: rank}}
		for range rapid.IntRange(0, 3).Draw(t, "missed") {
			p.Missed = append(p.Missed, Level{Rank: Rank(rapid.IntRange(1, 4).Draw(t, "missed rank"))})
		}
		before := slices.Clone(p.Missed)
		seen := map[int64]bool{}
		for _, person := range p.Recipients() {
			if seen[person.ID] {
				t.Fatalf("%d twice", person.ID)
			}
			seen[person.ID] = true
		}
		if len(r.For(rank)) == 0 || len(seen) == 0 {
			t.Fatal("the page is lost")
		}
		if !slices.Equal(before, p.Missed) {
			t.Fatal("the page was changed by asking it")
		}
	})
}
