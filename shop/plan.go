package shop

import (
	"slices"
	"time"
)

// Plan is who works for the desk and when: the people with the roles they have at
// all hours, the shifts, and who is away. Without shifts everybody is on duty by
// role.
type Plan struct {
	People   []Person // in the order in which they were named
	Shifts   []Shift
	Absences []Absence
}

// At is who answers for the desk at an instant; nothing else decides it. Who is away
// is replaced by their stand-in, a duty admin without one by the second admin. In a
// gap, when no duty admin is left, nobody has RoleDuty and the owner stands first,
// then the supervisor, so that Roster.For pages them instead. The roster is empty
// only if the plan has no people.
func (p Plan) At(now time.Time) Roster {
	h := p.holders(now)
	order := make([]int, len(p.People))
	for i := range order {
		order[i] = i
	}
	if h.duty == nobody {
		slices.SortStableFunc(order, func(a, b int) int { return p.inGap(h, a) - p.inGap(h, b) })
	}
	r := make(Roster, len(order))
	for at, i := range order {
		r[at] = p.People[i]
		r[at].Roles = h.roles(i)
	}
	return r
}

// holders are who holds each role, as places in Plan.People.
type holders struct {
	duty, second, supervisor, owner, pic int

	day time.Time // whose absences count: that on which the shift began, else today
}

// nobody is the place of a role that is not held.
const nobody = -1

func (p Plan) holders(now time.Time) (h holders) {
	shift, day, ok := p.shiftAt(now)
	if !ok {
		day = Midnight(now)
	}
	h = holders{
		duty: p.present(shift.Duty, day), second: p.present(shift.Second, day), pic: p.present(shift.PIC, day),
		supervisor: p.present(shift.Supervisor, day), owner: p.standing(RoleOwner, day), day: day,
	}
	if len(p.Shifts) == 0 {
		h.duty = p.always(day)
	}
	if h.second == nobody && (ok || len(p.Shifts) == 0) {
		h.second = p.standing(RoleSecond, day)
	}
	if h.second == h.duty {
		h.second = nobody
	}
	if h.duty == nobody {
		h.duty, h.second = h.second, nobody
	}
	if h.supervisor == nobody {
		h.supervisor = p.standing(RoleSupervisor, day)
	}
	if h.pic == nobody {
		h.pic = h.duty
	}
	return h
}

// roles are what the person at a place is at the instant.
func (h holders) roles(i int) []Role {
	roles := []Role{RoleStaff}
	for _, post := range [...]struct {
		role   Role
		holder int
	}{{RoleDuty, h.duty}, {RoleSecond, h.second}, {RoleSupervisor, h.supervisor}, {RoleOwner, h.owner}, {RolePIC, h.pic}} {
		if post.holder == i {
			roles = append(roles, post.role)
		}
	}
	return roles
}

// inGap orders people by who is paged when no duty admin is there: who is away comes
// after everybody else.
func (p Plan) inGap(h holders, i int) int {
	switch here := p.replace(i, h.day) == i; {
	case i == h.owner:
		return 0
	case i == h.supervisor:
		return 1
	case here:
		return 2
	case p.People[i].Has(RoleOwner):
		return 3
	default:
		return 4
	}
}

// shiftAt returns the shift that runs at an instant, the one named first if there are
// several, and the midnight of the day on which it began.
func (p Plan) shiftAt(now time.Time) (s Shift, began time.Time, ok bool) {
	for _, s := range p.Shifts {
		if began, ok := s.around(now); ok {
			return s, began, true
		}
	}
	return Shift{}, time.Time{}, false
}

// always is the duty admin of a plan without shifts: whoever has the role, or the
// first of all if nobody was given it.
func (p Plan) always(day time.Time) int {
	if slices.ContainsFunc(p.People, func(a Person) bool { return a.Has(RoleDuty) }) {
		return p.standing(RoleDuty, day)
	}
	for i := range p.People {
		if i := p.replace(i, day); i != nobody {
			return i
		}
	}
	return nobody
}

// standing is who has a role at all hours, or stands in for them, on a day.
func (p Plan) standing(role Role, day time.Time) int {
	for i := range p.People {
		if p.People[i].Has(role) {
			if i := p.replace(i, day); i != nobody {
				return i
			}
		}
	}
	return nobody
}

// present is the place of who was named, or of who stands in for them, on a day.
func (p Plan) present(name string, day time.Time) int { return p.replace(p.place(name), day) }

// replace follows stand-ins until somebody is there; a stand-in may be away too.
func (p Plan) replace(i int, day time.Time) int {
	for range p.People {
		if i == nobody {
			break
		}
		at := slices.IndexFunc(p.Absences, func(a Absence) bool { return a.on(day) && sameName(a.Person, p.People[i].Name) })
		if at < 0 {
			return i
		}
		i = p.place(p.Absences[at].StandIn)
	}
	return nobody
}

// place is where a name stands among the people.
func (p Plan) place(name string) int {
	if name == "" {
		return nobody
	}
	return slices.IndexFunc(p.People, func(a Person) bool { return sameName(a.Name, name) })
}
