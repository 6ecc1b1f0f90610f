package templates

import (
	"strings"
	"time"

	"bestie/shop"
)

// OnDuty answers "jaga": who answers for the desk now, until when, who comes next.
type OnDuty struct {
	Now    time.Time
	Roster shop.Roster
	Next   *shop.Watch     // when somebody else, or nobody, is on duty; nil when no change is near
	Gaps   []shop.Interval // to come today and tomorrow, in which nobody is on duty
	Shifts bool            // the shop has shifts; without them everybody has their role at all hours
	Away   []string
}

// OnDutyOf is who is on duty at an instant, by the plan.
func OnDutyOf(p shop.Plan, now time.Time) OnDuty {
	d := OnDuty{Now: now, Roster: p.At(now), Shifts: len(p.Shifts) > 0, Away: p.Away(now)}
	duty, _ := d.Roster.With(shop.RoleDuty)
	for _, w := range p.Watches(now, now.AddDate(0, 0, shop.PlanAhead)) {
		if next, _ := w.Roster.With(shop.RoleDuty); next.ID != duty.ID {
			d.Next = &w
			break
		}
	}
	d.Gaps = p.Gaps(now, shop.Midnight(now).AddDate(0, 0, 2))
	if d.Roster.Gap() && len(d.Gaps) > 0 {
		d.Gaps = d.Gaps[1:] // the present one is told already
	}
	return d
}

// When writes an instant as somebody would today: "22.00", "besok 06.00".
func (d OnDuty) When(t time.Time) string {
	switch day := shop.Midnight(t); {
	case day.Equal(shop.Midnight(d.Now)):
		return shop.Clock(t)
	case day.Equal(shop.Midnight(d.Now).AddDate(0, 0, 1)):
		return "besok " + shop.Clock(t)
	}
	return shop.DateClock(t)
}

// Until writes the end of something that lasts: a midnight is the end of the day
// before it, "besok 24.00".
func (d OnDuty) Until(t time.Time) string {
	if t.Equal(shop.Midnight(t)) {
		return strings.TrimSuffix(d.When(t.Add(-time.Nanosecond)), "23.59") + "24.00"
	}
	return d.When(t)
}

// DutyDay answers "jaga besok": who is on duty on a day, from midnight to midnight.
type DutyDay struct {
	Day     time.Time
	Watches []shop.Watch
	Away    []string
}

// DutyDayOf is the day of an instant by the plan.
func DutyDayOf(p shop.Plan, t time.Time) DutyDay {
	day := shop.Midnight(t)
	return DutyDay{day, p.Watches(day, day.AddDate(0, 0, 1)), p.Away(day)}
}

// Until is the end of a watch; the end of a day is 24.00.
func (d DutyDay) Until(w shop.Watch) string {
	if w.To.Equal(d.Day.AddDate(0, 0, 1)) {
		return "24.00"
	}
	return shop.Clock(w.To)
}

// NoSuchDay answers "jaga" with a day that is none.
type NoSuchDay struct{ Words string }

func (OnDuty) text() string    { return "on_duty" }
func (DutyDay) text() string   { return "duty_day" }
func (NoSuchDay) text() string { return "no_such_day" }

// holderOf is the name of who has a role in a roster, "" for nobody.
func holderOf(r shop.Roster, role shop.Role) string {
	p, _ := r.With(role)
	return p.Name
}

// pagedOf is the name of who is paged first.
func pagedOf(r shop.Roster) string {
	for _, p := range r.For(shop.RankDuty) {
		return p.Name
	}
	return ""
}

func rosterSamples() []Text {
	at := time.Date(2026, 11, 25, 17, 0, 0, 0, shop.WIB)
	const h = time.Hour
	person := func(id int64, name string, roles ...shop.Role) shop.Person {
		return shop.Person{ID: id, Name: name, Roles: roles}
	}
	p := shop.Plan{People: []shop.Person{person(1, "Sari", shop.RoleDuty), person(2, "Dewi", shop.RoleSupervisor), person(3, "Budi", shop.RoleOwner)}}
	out := []Text{OnDutyOf(p, at), OnDuty{Now: at}, DutyDayOf(p, at), DutyDay{Day: at, Watches: make([]shop.Watch, 1)}, NoSuchDay{"kemisan"}, NoSuchDay{}}
	p.Shifts = []shop.Shift{{Days: []time.Weekday{time.Wednesday}, From: 8 * h, Until: 20 * h, Duty: "Sari", Second: "Dewi", PIC: "Budi"}, {Days: []time.Weekday{time.Friday}, Until: 20 * h, Duty: "Dewi"}}
	p.Absences = []shop.Absence{{Person: "Dewi", From: shop.Midnight(at), To: shop.Midnight(at)}}
	for _, after := range []time.Duration{0, 4 * h, 24 * h, 48 * h} {
		out = append(out, OnDutyOf(p, at.Add(after)), DutyDayOf(p, at.Add(after)))
	}
	return out
}

// listed joins names as a sentence does: "Sari, Dewi dan Budi".
func listed(names []string) string {
	if last := len(names) - 1; last > 0 {
		return strings.Join(names[:last], ", ") + " dan " + names[last]
	}
	return strings.Join(names, "")
}
