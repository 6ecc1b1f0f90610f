package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"bestie/shop"
)

// Bounds of working hours.
const (
	mostHours   = 21  // items of hours.week
	mostOwnDays = 120 // items of hours.days
	mostRange   = 62  // days of one range
	closedWord  = "closed"
	openWord    = "open"
	rangeMark   = ".."
	stretchHint = "08:00-12:00 (an end that is not later is on the next day)"
)

// weekKind is the working hours of a week. A weekday may not be named twice; one that
// is not named is closed.
func weekKind(at func(*Config) *shop.Hours) settingKind {
	return settingKind{
		allowed: fmt.Sprintf(`1 to %d items such as "mon-fri 08:00-12:00 13:00-17:00" or "minggu closed", each weekday once; one stretch is %s`, mostHours, stretchHint),
		shape:   shapeList,
		set: func(c *Config, v rawValue) []Mistake {
			var week [7][]shop.Stretch
			var named [7]bool
			_, mistakes := scalars(v, mostHours, func(s string) (any, error) {
				days, stretches, err := parseWeekdays(s)
				if err != nil {
					return nil, err
				}
				for _, d := range days {
					if named[d] {
						return nil, refusal("names " + weekdays[d][0] + " a second time")
					}
					named[d], week[d] = true, stretches
				}
				return nil, nil
			})
			if len(mistakes) > 0 {
				return mistakes
			}
			for i := range week {
				if week[i] == nil {
					week[i] = []shop.Stretch{}
				}
			}
			at(c).Week = week
			return nil
		},
		show: func(c *Config) string { return showWeek(at(c).Week) },
	}
}

// parseWeekdays reads "mon-fri 08:00-12:00 13:00-17:00".
func parseWeekdays(s string) ([]time.Weekday, []shop.Stretch, error) {
	words := strings.Fields(strings.ToLower(s))
	if len(words) < 2 {
		return nil, nil, refusal("is not a weekday with hours")
	}
	first, last, ranged := strings.Cut(words[0], "-")
	if !ranged {
		last = first
	}
	from, ok := weekdayOf(first)
	until, also := weekdayOf(last)
	if !ok || !also {
		return nil, nil, refusal("names no weekday")
	}
	days := []time.Weekday{from}
	for from != until {
		from = (from + 1) % 7
		days = append(days, from)
	}
	if len(words) == 2 && words[1] == closedWord {
		return days, []shop.Stretch{}, nil
	}
	stretches, err := parseStretches(words[1:])
	return days, stretches, err
}

func weekdayOf(word string) (time.Weekday, bool) {
	i := slices.IndexFunc(weekdays[:], func(names []string) bool { return slices.Contains(names, word) })
	return time.Weekday(i), i >= 0
}

// parseStretches reads the hours of one day in order.
func parseStretches(words []string) (out []shop.Stretch, err error) {
	end := time.Duration(0)
	for i, word := range words {
		first, last, ok := strings.Cut(word, "-")
		from, wrong := parseClock(first)
		until, also := parseClock(last)
		if !ok || wrong != nil || also != nil || from >= day {
			return nil, refusal("has no hours in " + quote(word))
		}
		if until <= from {
			until += day
		}
		if until > from+day || i > 0 && from <= end {
			return nil, refusal("has hours that overlap, touch or are out of order at " + quote(word))
		}
		end = until
		out = append(out, shop.Stretch{From: from, Until: until})
	}
	if len(out) > 1 && end > out[0].From+day {
		return nil, refusal("has hours that run into the next day's")
	}
	return out, nil
}

// showStretches writes the hours of one day as parseStretches reads them.
func showStretches(all []shop.Stretch) string {
	if len(all) == 0 {
		return closedWord
	}
	words := make([]string, len(all))
	for i, s := range all {
		until := s.Until
		if until > day {
			until -= day
		}
		words[i] = formatClock(s.From) + "-" + formatClock(until)
	}
	return strings.Join(words, " ")
}

func showWeek(week [7][]shop.Stretch) string {
	if week[0] == nil {
		return ""
	}
	var items []string
	for i := range week {
		d := (i + 1) % 7 // from Monday on
		items = append(items, fmt.Sprintf("%q", weekdays[d][0]+" "+showStretches(week[d])))
	}
	return showList(items, func(s string) string { return s })
}

// ownDaysKind is the list of dates about which the owner decided.
func ownDaysKind(at func(*Config) *shop.Hours) settingKind {
	return settingKind{
		allowed: fmt.Sprintf(`up to %d items such as "2026-12-24 08:00-12:00", "2027-03-08..2027-03-14 closed" or "2027-05-01 open", each date once`, mostOwnDays),
		shape:   shapeList,
		set: func(c *Config, v rawValue) []Mistake {
			own := map[shop.Day]shop.OwnDay{}
			_, mistakes := scalars(v, mostOwnDays, func(s string) (any, error) {
				first, last, what, err := parseOwnDays(s)
				for d := first; err == nil && d <= last; d++ {
					if _, twice := own[d]; twice {
						return nil, refusal("decides about " + d.String() + " a second time")
					}
					own[d] = what
				}
				return nil, err
			})
			if len(mistakes) == 0 {
				at(c).Own = own
			}
			return mistakes
		},
		show: func(c *Config) string { return showOwnDays(at(c).Own) },
	}
}

// parseOwnDays reads a date or a range of dates and what it decides.
func parseOwnDays(s string) (first, last shop.Day, what shop.OwnDay, err error) {
	words := strings.Fields(strings.ToLower(s))
	if len(words) < 2 {
		return 0, 0, what, refusal("is not a date with hours")
	}
	from, until, ranged := strings.Cut(words[0], rangeMark)
	if !ranged {
		until = from
	}
	if first, err = parseDay(from); err != nil {
		return 0, 0, what, err
	}
	if last, err = parseDay(until); err != nil {
		return 0, 0, what, err
	}
	if last < first || last-first >= mostRange {
		return 0, 0, what, refusal(fmt.Sprintf("is not a range of 1 to %d days", mostRange))
	}
	switch word := words[1]; {
	case len(words) == 2 && word == closedWord:
	case len(words) == 2 && word == openWord:
		what.Usual = true
	default:
		what.Stretches, err = parseStretches(words[1:])
	}
	return first, last, what, err
}

func parseDay(s string) (shop.Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 2000 || t.Year() > 2100 {
		return 0, refusal("has no date like 2026-12-24")
	}
	return shop.DayAt(t.Date()), nil
}

func showOwnDays(own map[shop.Day]shop.OwnDay) string {
	if len(own) == 0 {
		return ""
	}
	var items []string
	for d, what := range own {
		word := showStretches(what.Stretches)
		if what.Usual {
			word = openWord
		}
		items = append(items, fmt.Sprintf("%q", d.String()+" "+word))
	}
	slices.Sort(items)
	return showList(items, func(s string) string { return s })
}

const autoWord = "auto"

// holidaysKind is what national holidays do to the clocks.
func holidaysKind(at func(*Config) *shop.Hours) settingKind {
	return scalar(func(c *Config) *shop.HolidayRule { return &at(c).Holidays }, autoWord+", "+closedWord+", "+openWord, func(s string) (shop.HolidayRule, error) {
		switch strings.ToLower(s) {
		case autoWord:
			return shop.HolidaysAuto, nil
		case closedWord:
			return shop.HolidaysClosed, nil
		case openWord:
			return shop.HolidaysOpen, nil
		}
		return "", refusal("is none of them")
	}, func(r shop.HolidayRule) string {
		if r == shop.HolidaysAuto {
			return autoWord
		}
		return string(r)
	})
}

// jointKind is whether the days of cuti bersama are closed.
func jointKind(at func(*Config) *shop.Hours) settingKind {
	return scalar(func(c *Config) *bool { return &at(c).JointLeave }, closedWord+", "+openWord, func(s string) (bool, error) {
		switch strings.ToLower(s) {
		case closedWord:
			return true, nil
		case openWord:
			return false, nil
		}
		return false, refusal("is none of them")
	}, func(closed bool) string {
		if closed {
			return closedWord
		}
		return openWord
	})
}
