package main

import (
	"fmt"
	"strings"
	"time"

	"bestie/shop"
)

// ShiftItem is one item of the roster and the line of the file where it begins, 0
// when it comes from elsewhere.
type ShiftItem struct {
	shop.Shift
	line int
}

// AbsenceItem is one item of the absences and its line.
type AbsenceItem struct {
	shop.Absence
	line int
}

const (
	mostShifts   = 100
	mostAbsences = 200
)

// plan is who works when. The people come from the database, where they have IDs.
func (c *Config) plan() (p shop.Plan) {
	for _, s := range c.Roster {
		p.Shifts = append(p.Shifts, s.Shift)
	}
	for _, a := range c.Absences {
		p.Absences = append(p.Absences, a.Absence)
	}
	return p
}

// people are the admins as the books have them, without IDs.
func (c *Config) people() []shop.Person {
	people := make([]shop.Person, len(c.Admins))
	for i, a := range c.Admins {
		people[i] = shop.Person{Name: a.Name, Address: shop.Address{Phone: a.Phone}, Roles: a.Roles}
	}
	return people
}

const (
	shiftDaysAllowed  = "mon, sat-sun, [mon, wed], every day"
	shiftHoursAllowed = `two times such as "08:00-16:00", over midnight too (WIB)`
	adminNameAllowed  = "the name of somebody under admins"
)

// rosterKind is the list of shifts.
func rosterKind() settingKind {
	return settingKind{
		allowed: fmt.Sprintf("up to %d shifts, each {days: %s; hours: %s; duty, second, supervisor, pic: %s}", mostShifts, shiftDaysAllowed, shiftHoursAllowed, adminNameAllowed),
		shape:   shapeList,
		set: func(c *Config, v rawValue) []Mistake {
			shifts, mistakes := readItems(v, mostShifts, readShift)
			if len(mistakes) == 0 {
				c.Roster = shifts
			}
			return mistakes
		},
		show: func(c *Config) string {
			if len(c.Roster) == 0 {
				return ""
			}
			return showList(c.Roster, func(s ShiftItem) string { return showShift(s.Shift) })
		},
	}
}

func readShift(v rawValue) (ShiftItem, []Mistake) {
	s := ShiftItem{line: v.line}
	s.Days = allDays
	var span [2]time.Duration
	mistakes := readItem(
		v, "a shift",
		itemKey{"days", false, func(v rawValue) (problem, _ string) {
			s.Days, problem = readShiftDays(v)
			return problem, shiftDaysAllowed
		}},
		must(part("hours", &span, parseShiftHours, shiftHoursAllowed)),
		must(part("duty", &s.Duty, parseName, adminNameAllowed)),
		part("second", &s.Second, parseName, adminNameAllowed),
		part("supervisor", &s.Supervisor, parseName, adminNameAllowed),
		part("pic", &s.PIC, parseName, adminNameAllowed),
	)
	s.From, s.Until = span[0], span[1]
	return s, mistakes
}

// parseShiftHours reads "22:00-06.00" as two times since midnight.
func parseShiftHours(s string) (span [2]time.Duration, err error) {
	from, until, ok := strings.Cut(strings.ReplaceAll(s, "–", "-"), "-")
	if !ok {
		return span, refusal("is not a span of the clock")
	}
	for i, text := range []string{from, until} {
		if span[i], err = parseClock(strings.TrimSpace(text)); err != nil {
			return span, refusal("has a wrong time, " + quote(strings.TrimSpace(text)))
		}
	}
	if span[0] == day {
		return span, refusal("begins at 24:00, which is 00:00 of the next day")
	}
	return span, nil
}

func showShift(s shop.Shift) string {
	text := fmt.Sprintf(`{days: %s, hours: "%s-%s", duty: %q`, showShiftDays(s.Days), formatClock(s.From), formatClock(s.Until), s.Duty)
	for _, post := range [][2]string{{"second", s.Second}, {"supervisor", s.Supervisor}, {"pic", s.PIC}} {
		if post[1] != "" {
			text += fmt.Sprintf(", %s: %q", post[0], post[1])
		}
	}
	return text + "}"
}

// absencesKind is the list of who is away when.
func absencesKind() settingKind {
	return settingKind{
		allowed: fmt.Sprintf("up to %d absences, each {name, from: 2026-12-24, to: 2026-12-26 (that day included), stand_in}", mostAbsences),
		shape:   shapeList,
		set: func(c *Config, v rawValue) []Mistake {
			absences, mistakes := readItems(v, mostAbsences, readAbsence)
			if len(mistakes) == 0 {
				c.Absences = absences
			}
			return mistakes
		},
		show: func(c *Config) string {
			if len(c.Absences) == 0 {
				return ""
			}
			return showList(c.Absences, func(a AbsenceItem) string { return showAbsence(a.Absence) })
		},
	}
}

func readAbsence(v rawValue) (AbsenceItem, []Mistake) {
	a := AbsenceItem{line: v.line}
	const dateAllowed = "a day such as 2026-12-24"
	mistakes := readItem(
		v, "an absence",
		must(part("name", &a.Person, parseName, adminNameAllowed)),
		must(part("from", &a.From, parseMidnight, dateAllowed)),
		part("to", &a.To, parseMidnight, dateAllowed),
		part("stand_in", &a.StandIn, parseName, adminNameAllowed),
	)
	if a.To.IsZero() {
		a.To = a.From
	}
	if a.To.Before(a.From) && len(mistakes) == 0 {
		mistakes = append(mistakes, Mistake{Key: ".to", Line: v.line, Problem: a.To.Format(time.DateOnly) + " is before from, " + a.From.Format(time.DateOnly)})
	}
	return a, mistakes
}

// parseMidnight reads a day of the calendar as its midnight in WIB.
func parseMidnight(s string) (time.Time, error) {
	t, err := time.ParseInLocation(time.DateOnly, s, shop.WIB)
	if err != nil {
		return t, refusal("is no day of the calendar")
	}
	return t, nil
}

func showAbsence(a shop.Absence) string {
	text := fmt.Sprintf("{name: %q, from: %s, to: %s", a.Person, a.From.Format(time.DateOnly), a.To.Format(time.DateOnly))
	if a.StandIn != "" {
		text += fmt.Sprintf(", stand_in: %q", a.StandIn)
	}
	return text + "}"
}
