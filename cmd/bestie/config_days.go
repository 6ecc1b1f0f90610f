package main

import (
	"slices"
	"strings"
	"time"
)

var allDays = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

// everyDay are the words for all days of the week.
var everyDay = []string{"every day", "daily", "all", "setiap hari", "tiap hari"}

// readShiftDays reads weekdays: one word, "mon-fri", several with commas, or a list of
// these. The days come out from Monday on, each once.
func readShiftDays(v rawValue) (days []time.Weekday, problem string) {
	items := v.items
	if v.shape == shapeScalar {
		items = []rawValue{v}
	} else if v.shape != shapeList || len(v.items) == 0 {
		return nil, "found " + v.found() + " where weekdays belong"
	}
	for _, item := range items {
		found, problem, _ := readScalar(item, parseDays, "")
		if problem != "" {
			return nil, problem
		}
		days = append(days, found...)
	}
	return slices.DeleteFunc(slices.Clone(allDays), func(d time.Weekday) bool { return !slices.Contains(days, d) }), ""
}

// parseDays reads "mon", "sabtu", "fri-mon", "mon, wed" or "every day".
func parseDays(s string) (days []time.Weekday, err error) {
	s = strings.ToLower(strings.Join(strings.Fields(s), " "))
	if slices.Contains(everyDay, s) {
		return allDays, nil
	}
	for _, word := range strings.Split(strings.ReplaceAll(s, "–", "-"), ",") {
		first, last, span := strings.Cut(word, "-")
		from, ok := weekdayNamed(first)
		to := from
		if ok && span {
			to, ok = weekdayNamed(last)
		}
		if !ok {
			return nil, refusal("names no weekday")
		}
		for d := from; ; d = (d + 1) % 7 {
			days = append(days, d)
			if d == to {
				break
			}
		}
	}
	return days, nil
}

func weekdayNamed(word string) (time.Weekday, bool) {
	at := slices.IndexFunc(weekdays[:], func(names []string) bool { return slices.Contains(names, strings.TrimSpace(word)) })
	return time.Weekday(max(at, 0)), at >= 0
}

// showShiftDays writes days in a row as a span.
func showShiftDays(days []time.Weekday) string {
	if len(days) == len(allDays) {
		return everyDay[0]
	}
	var words []string
	for i := 0; i < len(days); i++ {
		first := i
		for i+1 < len(days) && days[i+1] == (days[i]+1)%7 {
			i++
		}
		word := weekdays[days[first]][0]
		if i > first {
			word += "-" + weekdays[days[i]][0]
		}
		words = append(words, word)
	}
	if len(words) == 1 {
		return words[0]
	}
	return "[" + strings.Join(words, ", ") + "]"
}
