package shop

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

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
		step := Step{Rank: rank, Round: rapid.IntRange(0, 2).Draw(t, "round")}
		before := slices.Clone(r)
		claimer := rapid.Int64Range(0, 4).Draw(t, "claimer")
		seen := map[int64]bool{}
		for i, id := range step.Recipients(r, claimer) {
			if seen[id] || claimer != 0 && i == 0 && id != claimer {
				t.Fatalf("%d at place %d", id, i)
			}
			seen[id] = true
		}
		if len(r.For(rank)) == 0 || len(seen) == 0 {
			t.Fatal("the page is lost")
		}
		if step.Round > 0 && !seen[r.For(RankDuty)[0].ID] {
			t.Fatal("the duty admin does not hear a round")
		}
		if !cmp.Equal(before, r) {
			t.Fatal("the roster was changed by asking it")
		}
	})
}
