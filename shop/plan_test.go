package shop

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var (
	everyDay = []time.Weekday{0, 1, 2, 3, 4, 5, 6}
	sari     = Person{ID: 1, Name: "Sari", Roles: []Role{RoleDuty}}
	dewi     = Person{ID: 2, Name: "Dewi", Roles: []Role{RoleSecond}}
	tuti     = Person{ID: 3, Name: "Tuti", Roles: []Role{RoleSupervisor}}
	budi     = Person{ID: 4, Name: "Budi", Roles: []Role{RoleOwner}}
	rani     = Person{ID: 5, Name: "Rani", Roles: []Role{RoleStaff}}
	team     = []Person{sari, dewi, tuti, budi, rani}
)

// posts writes a roster as who holds each role: "Sari+Dewi Tuti Budi pic Sari", - for
// nobody.
func posts(r Roster) string {
	name := func(role Role) string {
		if p, ok := r.With(role); ok {
			return p.Name
		}
		return "-"
	}
	return fmt.Sprintf("%s+%s %s %s pic %s", name(RoleDuty), name(RoleSecond), name(RoleSupervisor), name(RoleOwner), name(RolePIC))
}

// called is who is paged at each rank: "Sari|Sari Dewi|Tuti|Budi".
func called(r Roster) string {
	var ranks []string
	for rank := RankDuty; rank <= RankOwner; rank++ {
		var names []string
		for _, p := range r.For(rank) {
			names = append(names, p.Name)
		}
		ranks = append(ranks, strings.Join(names, " "))
	}
	return strings.Join(ranks, "|")
}

// wib is an instant of January 2026: the 5th is a Monday.
func wib(d, hour, minute int) time.Time { return time.Date(2026, 1, d, hour, minute, 0, 0, WIB) }

func TestWhoIsOnDuty(t *testing.T) {
	const h = time.Hour
	shifts := []Shift{
		{Days: everyDay, From: 6 * h, Until: 14 * h, Duty: "sari", Second: "Dewi"},
		{Days: everyDay, From: 14 * h, Until: 22 * h, Duty: "Dewi", Second: "Rani", PIC: "Rani"},
		{Days: []time.Weekday{time.Monday, time.Tuesday}, From: 22 * h, Until: 6 * h, Duty: "Rani", Supervisor: "Budi"},
	}
	away := func(name string, from, to int, standIn string) []Absence {
		return []Absence{{name, wib(from, 0, 0), wib(to, 0, 0), standIn}}
	}
	for _, c := range []struct {
		name   string
		people []Person
		shifts []Shift
		away   []Absence
		at     time.Time
		posts  string
		called string
	}{
		{"no shifts: by role", team, nil, nil, wib(5, 3, 0), "Sari+Dewi Tuti Budi pic Sari", "Sari|Sari Dewi|Tuti|Budi"},
		{"no shifts, nobody has the duty: the first named", []Person{tuti, budi}, nil, nil, wib(5, 3, 0), "Tuti+- Tuti Budi pic Tuti", "Tuti|Tuti|Tuti|Budi"},
		{"no shifts, one person", []Person{rani}, nil, nil, wib(5, 3, 0), "Rani+- - - pic Rani", "Rani|Rani|Rani|Rani"},
		{"no shifts, duty away: the second", team, nil, away("Sari", 5, 5, ""), wib(5, 3, 0), "Dewi+- Tuti Budi pic Dewi", "Dewi|Dewi|Tuti|Budi"},
		{"no shifts, duty away with a stand-in", team, nil, away("Sari", 5, 5, "Rani"), wib(5, 3, 0), "Rani+Dewi Tuti Budi pic Rani", "Rani|Rani Dewi|Tuti|Budi"},
		{"no shifts, nobody left: a gap", []Person{sari, budi}, nil, away("Sari", 5, 5, ""), wib(5, 3, 0), "-+- - Budi pic -", "Budi|Budi|Budi|Budi"},
		{"nobody has the duty, the first is away", []Person{tuti, rani}, nil, away("Tuti", 5, 5, ""), wib(5, 3, 0), "Rani+- - - pic Rani", "Rani|Rani|Rani|Rani"},
		{"the last second before", team, shifts, nil, wib(5, 14, 0).Add(-1), "Sari+Dewi Tuti Budi pic Sari", "Sari|Sari Dewi|Tuti|Budi"},
		{"the change", team, shifts, nil, wib(5, 14, 0), "Dewi+Rani Tuti Budi pic Rani", "Dewi|Dewi Rani|Tuti|Budi"},
		{"over midnight", team, shifts, nil, wib(6, 0, 0), "Rani+Dewi Budi Budi pic Rani", "Rani|Rani Dewi|Budi|Budi"},
		{"its last second", team, shifts, nil, wib(6, 6, 0).Add(-1), "Rani+Dewi Budi Budi pic Rani", "Rani|Rani Dewi|Budi|Budi"},
		{"no shift on Sunday night: a gap", team, shifts, nil, wib(5, 3, 0), "-+- Tuti Budi pic -", "Budi|Budi|Tuti|Budi"},
		{"a gap without owner", []Person{sari, dewi, tuti, rani}, shifts, nil, wib(5, 3, 0), "-+- Tuti - pic -", "Tuti|Tuti|Tuti|Tuti"},
		{"a gap without owner and supervisor", []Person{sari, dewi, rani}, shifts, nil, wib(5, 3, 0), "-+- - - pic -", "Sari|Sari|Sari|Sari"},
		{"a gap, the owner away", team, shifts, away("Budi", 5, 5, ""), wib(5, 3, 0), "-+- Tuti - pic -", "Tuti|Tuti|Tuti|Tuti"},
		{"a gap, the owner away with a stand-in", team, shifts, away("Budi", 5, 5, "Sari"), wib(5, 3, 0), "-+- Tuti Sari pic -", "Sari|Sari|Tuti|Sari"},
		{"a gap, who is away comes last", []Person{sari, dewi}, shifts, away("Sari", 5, 5, ""), wib(5, 3, 0), "-+- - - pic -", "Dewi|Dewi|Dewi|Dewi"},
		{"everybody away: a page is not lost", []Person{sari, budi}, shifts, append(away("Sari", 5, 5, ""), away("Budi", 5, 5, "")...), wib(5, 8, 0), "-+- - - pic -", "Budi|Budi|Budi|Budi"},
		{"duty away: the second", team, shifts, away("SARI", 4, 5, ""), wib(5, 8, 0), "Dewi+- Tuti Budi pic Dewi", "Dewi|Dewi|Tuti|Budi"},
		{"duty away: the stand-in", team, shifts, away("Sari", 4, 5, "Rani"), wib(5, 8, 0), "Rani+Dewi Tuti Budi pic Rani", "Rani|Rani Dewi|Tuti|Budi"},
		{"the stand-in is the second", team, shifts, away("Sari", 4, 5, "Dewi"), wib(5, 8, 0), "Dewi+- Tuti Budi pic Dewi", "Dewi|Dewi|Tuti|Budi"},
		{"the stand-in is away too", team, shifts, append(away("Sari", 4, 5, "Rani"), away("Rani", 5, 5, "Tuti")...), wib(5, 8, 0), "Tuti+Dewi Tuti Budi pic Tuti", "Tuti|Tuti Dewi|Tuti|Budi"},
		{"two stand in for each other, both away", team, shifts, append(away("Sari", 4, 5, "Rani"), away("Rani", 5, 5, "Sari")...), wib(5, 8, 0), "Dewi+- Tuti Budi pic Dewi", "Dewi|Dewi|Tuti|Budi"},
		{"second away: the second of all hours", team, shifts, away("Rani", 5, 5, ""), wib(5, 15, 0), "Dewi+- Tuti Budi pic Dewi", "Dewi|Dewi|Tuti|Budi"},
		{"supervisor away", team, shifts, away("Tuti", 5, 5, ""), wib(5, 8, 0), "Sari+Dewi - Budi pic Sari", "Sari|Sari Dewi|Sari|Budi"},
		{"back the day after", team, shifts, away("Sari", 4, 5, ""), wib(6, 6, 0), "Sari+Dewi Tuti Budi pic Sari", "Sari|Sari Dewi|Tuti|Budi"},
		{"an absence begins with a shift, not within it", team, shifts, away("Rani", 6, 6, "Sari"), wib(6, 3, 0), "Rani+Dewi Budi Budi pic Rani", "Rani|Rani Dewi|Budi|Budi"},
		{"an absence lasts to the end of the night", team, shifts, away("Rani", 6, 6, "Sari"), wib(7, 3, 0), "Sari+Dewi Budi Budi pic Sari", "Sari|Sari Dewi|Budi|Budi"},
		{"nor does the second of all hours begin within it", team, shifts, append(away("Rani", 6, 6, ""), away("Dewi", 6, 6, "")...), wib(7, 3, 0), "-+- Budi Budi pic -", "Budi|Budi|Budi|Budi"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := Plan{c.people, c.shifts, c.away}.At(c.at)
			if got := posts(r); got != c.posts {
				t.Errorf("on duty %q, want %q", got, c.posts)
			}
			if got := called(r); got != c.called {
				t.Errorf("paged %q, want %q", got, c.called)
			}
			if r.Gap() != strings.HasPrefix(c.posts, "-") || len(r) != len(c.people) {
				t.Errorf("gap %v, %d people", r.Gap(), len(r))
			}
		})
	}
}

func TestOverlap(t *testing.T) {
	const h = time.Hour
	days := func(d ...time.Weekday) []time.Weekday { return d }
	for _, c := range []struct {
		name string
		a, b Shift
		want string
	}{
		{"one after the other", Shift{Days: everyDay, From: 6 * h, Until: 14 * h}, Shift{Days: everyDay, From: 14 * h, Until: 6 * h}, ""},
		{"other days", Shift{Days: days(1), Until: 24 * h}, Shift{Days: days(2), Until: 24 * h}, ""},
		{"within", Shift{Days: days(1, 3), From: 6 * h, Until: 14 * h}, Shift{Days: days(3), From: 8 * h, Until: 9 * h}, "Wednesday 8h0m0s"},
		{"around", Shift{Days: days(3), From: 8 * h, Until: 9 * h}, Shift{Days: days(3), From: 6 * h, Until: 14 * h}, "Wednesday 8h0m0s"},
		{"over midnight", Shift{Days: days(6), From: 22 * h, Until: 6 * h}, Shift{Days: days(0), From: 5 * h, Until: 14 * h}, "Sunday 5h0m0s"},
		{"over the end of the week", Shift{Days: days(0), From: 0, Until: 14 * h}, Shift{Days: days(6), From: 20 * h, Until: 20 * h}, "Sunday 0s"},
		{"the same", Shift{Days: days(2), From: h, Until: h}, Shift{Days: days(2), From: h, Until: h}, "Tuesday 1h0m0s"},
	} {
		got := ""
		if day, at, ok := c.a.Overlap(c.b); ok {
			got = fmt.Sprint(day, " ", at)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestGaps(t *testing.T) {
	const h = time.Hour
	p := Plan{People: team, Shifts: []Shift{
		{Days: everyDay, From: 0, Until: 8 * h, Duty: "Rani"},
		{Days: []time.Weekday{1, 2, 3, 4, 5}, From: 8 * h, Until: 17 * h, Duty: "Sari"},
		{Days: []time.Weekday{1, 2, 3, 4, 5}, From: 17 * h, Until: 0, Duty: "Sari", Supervisor: "Budi"},
	}, Absences: []Absence{{"Sari", wib(6, 0, 0), wib(6, 0, 0), ""}}}
	var got []string
	for _, s := range p.Gaps(wib(5, 12, 0), wib(11, 9, 0)) {
		got = append(got, s.From.In(WIB).Format("2 15:04-")+s.To.In(WIB).Format("2 15:04"))
	}
	// Tuesday: Sari is away and nobody is second there but Dewi, who is it at all hours.
	want := []string{"10 08:00-11 00:00", "11 08:00-11 09:00"}
	if !slices.Equal(got, want) {
		t.Errorf("gaps %q, want %q", got, want)
	}
	p.People = []Person{sari, budi, rani}
	if got := p.Gaps(wib(5, 12, 0), wib(9, 0, 0)); len(got) != 1 || !got[0].From.Equal(wib(6, 8, 0)) || !got[0].To.Equal(wib(7, 0, 0)) {
		t.Errorf("two shifts of somebody who is away are one gap: %v", got)
	}
	p = Plan{People: []Person{sari, budi}, Absences: []Absence{{"Sari", wib(6, 0, 0), wib(7, 0, 0), ""}}}
	if got := p.Gaps(wib(5, 12, 0), wib(9, 0, 0)); len(got) != 1 || !got[0].From.Equal(wib(6, 0, 0)) || !got[0].To.Equal(wib(8, 0, 0)) {
		t.Errorf("an absence of two days without shifts: %v", got)
	}
	if got := p.Gaps(wib(6, 9, 0), wib(6, 9, 0)); got != nil {
		t.Errorf("an empty span has the gaps %v", got)
	}
}

func drawPlan(t *rapid.T) (p Plan) {
	n := rapid.IntRange(1, 6).Draw(t, "people")
	name := func(i int) string { return string(rune('A' + i)) }
	person := rapid.Custom(func(t *rapid.T) string { return name(rapid.IntRange(0, n-1).Draw(t, "who")) })
	maybe := rapid.OneOf(rapid.Just(""), person)
	for i := range n {
		roles := rapid.SliceOfNDistinct(rapid.SampledFrom([]Role{RoleDuty, RoleSecond, RoleSupervisor, RoleOwner, RoleStaff}), 0, 3, rapid.ID).Draw(t, "roles")
		p.People = append(p.People, Person{ID: int64(i + 1), Name: name(i), Roles: roles})
	}
	clock := rapid.Custom(func(t *rapid.T) time.Duration {
		return time.Duration(rapid.IntRange(0, 96).Draw(t, "quarter")) * 15 * time.Minute
	})
	day := rapid.IntRange(1, 20)
	for range rapid.IntRange(0, 5).Draw(t, "shifts") {
		p.Shifts = append(p.Shifts, Shift{
			Days: rapid.SliceOfNDistinct(rapid.SampledFrom(everyDay), 1, 7, rapid.ID).Draw(t, "days"),
			From: clock.Draw(t, "from") % (24 * time.Hour), Until: clock.Draw(t, "until"),
			Duty: person.Draw(t, "duty"), Second: maybe.Draw(t, "second"), Supervisor: maybe.Draw(t, "supervisor"), PIC: maybe.Draw(t, "pic"),
		})
	}
	for range rapid.IntRange(0, 4).Draw(t, "absences") {
		from := day.Draw(t, "first day")
		p.Absences = append(p.Absences, Absence{person.Draw(t, "absent"), wib(from, 0, 0), wib(from+rapid.IntRange(0, 5).Draw(t, "days"), 0, 0), maybe.Draw(t, "stand-in")})
	}
	return p
}

func drawMoment(t *rapid.T, label string) time.Time {
	return wib(1, 0, 0).Add(time.Duration(rapid.IntRange(0, 20*24*60*60).Draw(t, label)) * time.Second)
}

// Somebody is paged at every rank and every instant while anybody is named, everybody
// stays on the list, nobody has two places of duty, and who is away is not called
// while anybody else is there.
func TestSomebodyIsAlwaysThere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, now := drawPlan(t), drawMoment(t, "now")
		r := p.At(now)
		if len(r) != len(p.People) {
			t.Fatalf("%d of %d people", len(r), len(p.People))
		}
		day := p.holders(now).day
		away := func(name string) bool {
			return slices.ContainsFunc(p.Absences, func(a Absence) bool { return a.Person == name && a.on(day) })
		}
		anybody := slices.ContainsFunc(p.People, func(a Person) bool { return !away(a.Name) })
		for rank := RankDuty; rank <= RankOwner; rank++ {
			if len(r.For(rank)) == 0 {
				t.Fatalf("nobody is paged at rank %d", rank)
			}
			for _, person := range r.For(rank) {
				if anybody && away(person.Name) {
					t.Fatalf("%s is away and paged at rank %d", person.Name, rank)
				}
			}
		}
		duty, _ := r.With(RoleDuty)
		if second, ok := r.With(RoleSecond); ok && second.ID == duty.ID {
			t.Fatal("the second is the duty admin")
		}
		seen := map[Role]int{}
		for _, person := range r {
			if !person.IsAdmin() {
				t.Fatalf("%s is no admin any more", person.Name)
			}
			for _, role := range person.Roles {
				seen[role]++
			}
		}
		delete(seen, RoleStaff)
		for role, n := range seen {
			if n > 1 {
				t.Fatalf("%d people are %s", n, role)
			}
		}
	})
}

// Between two changes nothing changes, and the gaps are exactly the instants at which
// nobody is on duty.
func TestGapsAndChangesAgreeWithAt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t)
		from := drawMoment(t, "from")
		to := from.Add(time.Duration(rapid.IntRange(1, 14*24*60).Draw(t, "minutes")) * time.Minute)
		gaps, edges := p.Gaps(from, to), append(append([]time.Time{from}, p.Changes(from, to)...), to)
		for i := range 20 {
			at := from.Add(time.Duration(rapid.Int64Range(0, int64(to.Sub(from)-1)).Draw(t, fmt.Sprint("at", i))))
			in := slices.ContainsFunc(gaps, func(s Interval) bool { return s.Holds(at) })
			if in != p.At(at).Gap() {
				t.Fatalf("at %v: in a gap %v, At says %v", at, in, p.At(at).Gap())
			}
			next := slices.IndexFunc(edges, func(e time.Time) bool { return e.After(at) })
			if a, b := posts(p.At(at)), posts(p.At(edges[next-1])); a != b {
				t.Fatalf("changed from %s to %s after %v", b, a, edges[next-1])
			}
		}
		for i, g := range gaps {
			if !g.From.Before(g.To) || g.From.Before(from) || g.To.After(to) || i > 0 && !gaps[i-1].To.Before(g.From) {
				t.Fatalf("gaps out of order: %v", gaps)
			}
		}
		watches := p.Watches(from, to)
		for i, w := range watches {
			if i > 0 && !watches[i-1].To.Equal(w.From) || !w.From.Before(w.To) {
				t.Fatalf("holes in %v", watches)
			}
		}
		if !watches[0].From.Equal(from) || !watches[len(watches)-1].To.Equal(to) {
			t.Fatal("the watches do not cover the span")
		}
	})
}

// Without shifts and absences the same people are paged as by their roles alone.
func TestNoPlanIsByRole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, now := drawPlan(t), drawMoment(t, "now")
		p.Shifts, p.Absences = nil, nil
		if got, want := called(p.At(now)), called(p.People); got != want {
			t.Fatalf("paged %s, by role %s", got, want)
		}
	})
}

func BenchmarkPlanAt(b *testing.B) {
	p := Plan{People: slices.Concat(team, team, team, team)}
	for i := range 21 {
		p.Shifts = append(p.Shifts, Shift{Days: everyDay[i%7 : i%7+1], From: time.Duration(i%3) * 8 * time.Hour, Until: time.Duration(i%3+1) * 8 * time.Hour, Duty: "Sari"})
		p.Absences = append(p.Absences, Absence{"Dewi", wib(i+1, 0, 0), wib(i+1, 0, 0), ""})
	}
	for b.Loop() {
		p.At(wib(5, 23, 0))
	}
}
