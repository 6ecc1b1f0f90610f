package shop

import (
	"slices"
	"time"
)

// Gap tells that nobody is on duty: the owner is paged instead.
func (r Roster) Gap() bool { return len(r.first(RoleDuty)) == 0 }

// Watch is a stretch of time in which the same people answer for the desk.
type Watch struct {
	Interval
	Roster Roster
}

// Changes are the instants after from, up to and including to, at which the roster
// may change, in order: between two of them At is constant.
func (p Plan) Changes(from, to time.Time) (at []time.Time) {
	add := func(t time.Time) {
		if t.After(from) && !t.After(to) {
			at = append(at, t)
		}
	}
	for day := Midnight(from).AddDate(0, 0, -1); !day.After(to); day = day.AddDate(0, 0, 1) {
		for _, s := range p.Shifts {
			if span, ok := s.on(day); ok {
				add(span.From)
				add(span.To)
			}
		}
	}
	for _, a := range p.Absences {
		add(a.From)
		add(a.To.AddDate(0, 0, 1))
	}
	slices.SortFunc(at, time.Time.Compare)
	return slices.CompactFunc(at, time.Time.Equal)
}

// Watches cuts a span of time into stretches of one roster each, without holes.
func (p Plan) Watches(from, to time.Time) (out []Watch) {
	if !from.Before(to) {
		return nil
	}
	for _, at := range append([]time.Time{from}, p.Changes(from, to)...) {
		r := p.At(at)
		if last := len(out) - 1; last >= 0 && slices.EqualFunc(out[last].Roster, r, samePost) || !at.Before(to) {
			continue
		} else if last >= 0 {
			out[last].To = at
		}
		out = append(out, Watch{Interval{at, to}, r})
	}
	return out
}

func samePost(a, b Person) bool {
	return a.ID == b.ID && a.Name == b.Name && slices.Equal(a.Roles, b.Roles)
}

// Gaps are the stretches of a span of time in which nobody is on duty.
func (p Plan) Gaps(from, to time.Time) (out []Interval) {
	for _, w := range p.Watches(from, to) {
		if !w.Roster.Gap() {
			continue
		}
		if last := len(out) - 1; last >= 0 && out[last].To.Equal(w.From) {
			out[last].To = w.To
			continue
		}
		out = append(out, w.Interval)
	}
	return out
}

// PlanAhead is how many days ahead a plan is looked at: for gaps, and for who comes
// next.
const PlanAhead = 14

// Away names who is absent on the day of an instant, each once.
func (p Plan) Away(now time.Time) (names []string) {
	day := Midnight(now)
	for _, a := range p.Absences {
		if i := p.place(a.Person); i != nobody && a.on(day) && !slices.Contains(names, p.People[i].Name) {
			names = append(names, p.People[i].Name)
		}
	}
	return names
}
