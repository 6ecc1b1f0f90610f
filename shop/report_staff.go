package shop

import "math"

// Staff is how many people a shop needs.
type Staff struct {
	PerDay    float64 // the figure it was worked out from
	All       bool    // one person does everything
	CS        int
	Marketing int
	Shipping  int
	More      bool // the rule ends here: at least that many
}

// StaffFor is the rule of thumb of domain facts, section 7, by orders a day: up to 10
// one person, up to 30 one CS, up to 50 two CS, one for marketing, one for shipping.
// Above that the rule says nothing, and More is set.
func StaffFor(perDay float64) Staff {
	switch {
	case perDay <= 10:
		return Staff{PerDay: perDay, All: true}
	case perDay <= 30:
		return Staff{PerDay: perDay, CS: 1}
	}
	return Staff{PerDay: perDay, CS: 2, Marketing: 1, Shipping: 1, More: perDay > 50}
}

// Staff is the advice that follows from a report. Orders are not known: it takes
// conversations a day in their place, which errs on the side of more people.
func (r Report) Staff() Staff {
	if len(r.Days) == 0 {
		return StaffFor(0)
	}
	days := math.Max(1, r.Period.To.Sub(r.Period.From).Hours()/24)
	return StaffFor(float64(r.Conversations) / days)
}

// Busiest is the hour of the day with the most questions, the earliest of several; ok
// is false when there were none.
func (r Report) Busiest() (hour int, ok bool) {
	for i, v := range r.Hours {
		if v.Asked > r.Hours[hour].Asked {
			hour = i
		}
	}
	return hour, r.Hours[hour].Asked > 0
}
