package main

import (
	"fmt"
	"slices"
	"strings"

	"bestie/shop"
)

// ranks are who is paged, in order, and what happens where nobody has the role.
var ranks = []struct {
	role   shop.Role
	name   string
	absent string
}{
	{shop.RoleDuty, "admin", "the first person of the list is paged first"},
	{shop.RoleSecond, "second", "nobody is added at the second level"},
	{shop.RoleSupervisor, "supervisor", "the duty admin is paged in their place"},
	{shop.RoleOwner, "owner", "a broken promise reaches the duty admin alone"},
}

// roster looks at who is paged, now and in the next two weeks.
func (p *patient) roster() {
	if len(p.config.Admins) == 0 {
		p.red("roster", "nobody is paged when a customer waits", "name at least one person under admins")
		return
	}
	plan := p.config.plan()
	plan.People = p.config.people()
	watches := plan.Watches(p.now, p.now.AddDate(0, 0, shop.PlanAhead))
	var missing, absent []string
	for _, rank := range ranks {
		if rank.role == shop.RoleDuty && len(plan.Shifts) > 0 {
			continue // a gap, if nobody has it
		}
		if !slices.ContainsFunc(plan.People, func(a shop.Person) bool { return a.Has(rank.role) }) && !everHeld(watches, rank.role) {
			missing, absent = append(missing, rank.name), append(absent, rank.absent)
		}
	}
	if len(missing) > 0 {
		p.note("roster", "roster: no "+strings.Join(missing, ", "), strings.Join(absent, "; "))
	}
	gaps := p.gaps(plan)
	p.idle(plan)
	switch {
	case len(missing)+gaps > 0:
	case len(plan.Shifts) == 0:
		p.ok("roster", "roster is complete")
	default:
		p.ok("roster", "roster: %s, somebody is on duty at every instant of the next %d days", plural(len(plan.Shifts), "shift"), shop.PlanAhead)
	}
}

func everHeld(watches []shop.Watch, role shop.Role) bool {
	return slices.ContainsFunc(watches, func(w shop.Watch) bool {
		_, ok := w.Roster.With(role)
		return ok
	})
}

// gaps tells when nobody will be on duty, and returns how often. A gap is red when
// there is no owner to be paged instead.
func (p *patient) gaps(plan shop.Plan) int {
	gaps := slices.DeleteFunc(plan.Gaps(p.now, p.now.AddDate(0, 0, shop.PlanAhead)), func(g shop.Interval) bool {
		return p.config.SLA.Hours.Elapsed(g.From, g.To) == 0 // closed: nobody is paged
	})
	if len(plan.Shifts)+len(plan.Absences) == 0 {
		gaps = nil
	}
	for _, g := range gaps {
		at := plan.At(g.From)
		tell, hint := p.red, "there is no owner: whoever comes first is paged; name one under admins, or put a shift or a stand-in there"
		if _, ok := at.With(shop.RoleOwner); ok {
			tell, hint = p.note, at.For(shop.RankDuty)[0].Name+" is paged instead; put a shift or a stand-in there"
		}
		tell("roster gap", fmt.Sprintf("roster: nobody is on duty from %s to %s", wib(g.From), wib(g.To)), hint)
	}
	return len(gaps)
}

// idle names people who are never paged: without a role, on no shift, nobody's
// stand-in.
func (p *patient) idle(plan shop.Plan) {
	var names []string
	for _, a := range plan.People {
		is := func(name string) bool { return strings.EqualFold(name, a.Name) }
		if len(a.Roles) > 0 && (len(plan.Shifts) == 0 || !slices.Equal(a.Roles, []shop.Role{shop.RoleDuty})) ||
			slices.ContainsFunc(plan.Shifts, func(s shop.Shift) bool { return is(s.Duty) || is(s.Second) || is(s.Supervisor) || is(s.PIC) }) ||
			slices.ContainsFunc(plan.Absences, func(s shop.Absence) bool { return is(s.StandIn) }) {
			continue
		}
		names = append(names, a.Name)
	}
	if len(names) > 0 {
		p.note("roster idle", "roster: never paged: "+strings.Join(names, ", "), "they may give commands; to be paged they need a shift or another role")
	}
}
