package bot

import (
	"slices"
	"strings"
	"time"

	"bestie/shop"
	"bestie/templates"
)

// onDuty answers "jaga", "jadwal" and "siapa jaga": who is on duty now, or on the day
// that was named.
func (c *turn) onDuty(args []string) templates.Text {
	words := slices.DeleteFunc(slices.Clone(args), func(w string) bool { return slices.Contains(dutyFillers, trimmed(w)) })
	switch {
	case len(words) == 0:
		return templates.OnDutyOf(c.Plan, c.Now)
	case len(words) == 1:
		if day, ok := dayNamed(trimmed(words[0]), c.Now); ok {
			return templates.DutyDayOf(c.Plan, day)
		}
	}
	return templates.NoSuchDay{Words: strings.Join(words, " ")}
}

// dutyFillers say nothing about the day.
var dutyFillers = []string{"", "jaga", "jadwal", "jadwalnya", "piket", "shift", "siapa", "yang", "yg", "hari", "sekarang", "skrg", "lagi", "ya", "kak", "min", "dong"}

func trimmed(word string) string { return strings.Trim(word, "?!.,") }

// weekdayNames are the days as admins write them, from Sunday on.
var weekdayNames = [7][]string{
	{"minggu", "ahad", "mgg"},
	{"senin", "senen", "sen"},
	{"selasa", "sel"},
	{"rabu", "rebo", "rab"},
	{"kamis", "kemis", "kam"},
	{"jumat", "jum'at", "jumaat", "jum"},
	{"sabtu", "sab"},
}

// dayNamed is the day that a word means: today, one of the next ones, or the next day
// of the week of that name, which may be today.
func dayNamed(word string, now time.Time) (day time.Time, ok bool) {
	today := shop.Midnight(now)
	switch word {
	case "ini", "today":
		return today, true
	case "besok", "bsk", "besuk":
		return today.AddDate(0, 0, 1), true
	case "lusa":
		return today.AddDate(0, 0, 2), true
	}
	for weekday, names := range weekdayNames {
		if slices.Contains(names, word) {
			return today.AddDate(0, 0, (weekday-int(today.Weekday())+7)%7), true
		}
	}
	return day, false
}
