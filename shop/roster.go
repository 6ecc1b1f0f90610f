package shop

// Roster is everybody who works for the desk at one instant. Their roles are those
// of the instant; who has no better claim is paged in the order of the list.
// Plan.At makes it.
type Roster []Person

// Rank says how high a page goes; it grows with the customer's age in the queue
// (domain facts, section 1; config key sla.levels).
type Rank int

// The ranks of the four default levels.
const (
	RankDuty       Rank = 1 // the duty admin
	RankSecond     Rank = 2 // the duty admin again, and the second admin
	RankSupervisor Rank = 3 // the supervisor
	RankOwner      Rank = 4 // the owner: the promise is broken
)

// For returns who is paged at a rank. A missing second admin is left out; a
// missing supervisor or owner falls back to the duty admin, and a missing duty
// admin to whoever is there: a page is never lost while anybody is on the list.
func (r Roster) For(rank Rank) []Person {
	duty := r.first(RoleDuty)
	if len(duty) == 0 && len(r) > 0 {
		duty = r[:1]
	}
	switch rank {
	case RankDuty:
		return duty
	case RankSecond:
		second := r.first(RoleSecond)
		if len(second) > 0 && len(duty) > 0 && second[0].ID == duty[0].ID {
			second = nil
		}
		return append(append([]Person{}, duty...), second...)
	case RankSupervisor:
		return orElse(r.first(RoleSupervisor), duty)
	default:
		return orElse(r.first(RoleOwner), duty)
	}
}

// With returns who has a role at this instant; ok is false when nobody has.
func (r Roster) With(role Role) (p Person, ok bool) {
	if found := r.first(role); len(found) > 0 {
		return found[0], true
	}
	return Person{}, false
}

func (r Roster) first(role Role) []Person {
	for i := range r {
		if r[i].Has(role) {
			return r[i : i+1]
		}
	}
	return nil
}

func orElse(a, b []Person) []Person {
	if len(a) > 0 {
		return a
	}
	return b
}
