package main

import (
	"fmt"
	"slices"
	"strings"
)

// brokenRoster lists what in the roster and the absences does not fit the admins or
// each other.
func (c *Config) brokenRoster() (out []Mistake) {
	named := func(list, key, name string, i, line int) {
		if m, wrong := c.unknownAdmin(name); wrong {
			m.Key, m.Line = fmt.Sprintf("%s[%d].%s", list, i, key), line
			out = append(out, m)
		}
	}
	for i, s := range c.Roster {
		for _, post := range [][2]string{{"duty", s.Duty}, {"second", s.Second}, {"supervisor", s.Supervisor}, {"pic", s.PIC}} {
			named("roster", post[0], post[1], i, s.line)
		}
		for j, o := range c.Roster[:i] {
			if day, at, overlap := o.Overlap(s.Shift); overlap && !strings.EqualFold(o.Duty, s.Duty) {
				out = append(out, Mistake{
					Key: fmt.Sprintf("roster[%d].hours", i), Line: s.line,
					Problem: fmt.Sprintf("overlaps roster[%d] on %s from %s, but %s and %s cannot both be on duty", j, weekdays[day][0], formatClock(at), o.Duty, s.Duty),
					Allowed: "shifts that follow each other, or one of the two as second",
				})
			}
		}
	}
	for i, a := range c.Absences {
		named("absences", "name", a.Person, i, a.line)
		named("absences", "stand_in", a.StandIn, i, a.line)
		if strings.EqualFold(a.Person, a.StandIn) {
			out = append(out, Mistake{Key: fmt.Sprintf("absences[%d].stand_in", i), Line: a.line, Problem: a.Person + " cannot stand in for themselves"})
		}
	}
	return out
}

// unknownAdmin tells what is wrong with a name that should be one of the admins'.
func (c *Config) unknownAdmin(name string) (m Mistake, wrong bool) {
	if name == "" {
		return m, false
	}
	var names []string
	for _, a := range c.Admins {
		if strings.EqualFold(a.Name, name) {
			names = append(names, a.Name)
		}
	}
	switch len(names) {
	case 1:
		return m, false
	case 0:
		m.Problem = "nobody under admins is called " + quote(name)
		for _, a := range c.Admins {
			names = append(names, a.Name)
		}
		if near := nearest(name, names); near != "" {
			m.Problem += ", did you mean " + near + "?"
		}
		slices.Sort(names)
		m.Allowed = strings.Join(slices.Compact(names), ", ")
	default:
		m.Problem = fmt.Sprintf("%d people under admins are called %s", len(names), quote(name))
		m.Allowed = "a name that only one of them has"
	}
	return m, true
}
