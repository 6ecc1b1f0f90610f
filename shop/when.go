package shop

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Days and months as people write them, Indonesian and English, by their first letters.
var (
	dayStems = [7][]string{
		{"minggu", "ahad", "sun", "sunday"},
		{"senin", "senen", "mon", "monday"},
		{"selasa", "tue", "tuesday"},
		{"rabu", "rebo", "wed", "wednesday"},
		{"kamis", "kemis", "thu", "thursday"},
		{"jumat", "jum'at", "jum’at", "jumaat", "fri", "friday"},
		{"sabtu", "setu", "sat", "saturday"},
	}
	monthStems = [12]string{"jan", "feb", "mar", "apr", "mei|may", "jun", "jul", "agu|ags|aug", "sep", "okt|oct", "nov", "des|dec"}

	isoDate   = regexp.MustCompile(`\b(\d{4})-(\d{1,2})-(\d{1,2})\b`)
	slashDate = regexp.MustCompile(`\b(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}))?\b`)
	wordDate  = regexp.MustCompile(`\b(\d{1,2}) +([a-z]{3,9})(?: +(\d{4}))?\b`)
	clockTime = regexp.MustCompile(`(?:\bjam +|\bpukul +|\bpkl\.? *)?\b(\d{1,2})[.:](\d{2})\b|\b(?:jam|pukul|pkl\.?) *(\d{1,2})\b|\b(\d{1,2}) +(?:pagi|siang|sore|malam|am|pm)\b`)
	clockPart = regexp.MustCompile(`(\d)(am|pm)\b`)
	partOfDay = regexp.MustCompile(`\b(pagi|siang|sore|malam|am|pm)\b`)
)

// ParseWhen reads a day, and a time of it if one is named, as admins write them: "Rabu
// 17.00", "Friday", "25 Nov jam 7 malam", "2026-11-25 17:00", "besok". A weekday is the
// next one, today included as long as its time has not come; "Rabu depan" is that of the
// week that begins next Monday. A weekday that is not that of the date beside it is
// refused, as is everything else that names no day. The error is an *Error.
func ParseWhen(text string, now time.Time) (time.Time, error) {
	said := clockPart.ReplaceAllString(strings.ToLower(strings.TrimSpace(text)), "$1 $2")
	rest, clock, timed := cutClock(said)
	day, ok := dayOf(strings.TrimSpace(rest), now)
	if !ok || !timed && clockTime.MatchString(rest) {
		return time.Time{}, &Error{Code: "when_unreadable", Sentence: strconv.Quote(text) + " is no day", Hint: `"Rabu 17.00", "25 Nov" or "2026-11-25 17:00"`}
	}
	t := day.Add(clock)
	if timed && !t.After(now) && isWeekday(rest) {
		t = t.AddDate(0, 0, 7)
	}
	return t, nil
}

// cutClock takes the time of day out of a text.
func cutClock(s string) (rest string, clock time.Duration, ok bool) {
	s = isoDate.ReplaceAllStringFunc(s, func(d string) string { return " " + d + " " })
	for _, m := range clockTime.FindAllStringSubmatchIndex(s, -1) {
		part := func(i int) int {
			if m[i] < 0 {
				return 0
			}
			n, _ := strconv.Atoi(s[m[i]:m[i+1]])
			return n
		}
		h, min := part(2)+part(6)+part(8), part(4)
		rest = s[:m[0]] + " " + s[m[1]:]
		switch p := partOfDay.FindString(s); {
		case h < 12 && (p == "sore" || p == "malam" || p == "pm"), p == "siang" && h < 6:
			h += 12
		}
		if h > 23 || min > 59 {
			continue
		}
		return partOfDay.ReplaceAllString(rest, " "), time.Duration(h)*time.Hour + time.Duration(min)*time.Minute, true
	}
	return s, 0, false
}

// dayOf is the midnight of the day that is named; with no name, of today.
func dayOf(s string, now time.Time) (time.Time, bool) {
	today := Midnight(now)
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' || r == '.' })
	if day, ok, named := namedDate(s, today); named {
		for _, w := range words {
			if d, is := weekdayOf(w); is && d != int(day.Weekday()) {
				return today, false
			}
		}
		return day, ok
	}
	for _, w := range words {
		switch w {
		case "besok", "bsk", "tomorrow":
			return today.AddDate(0, 0, 1), true
		case "lusa":
			return today.AddDate(0, 0, 2), true
		case "ini", "today", "nanti":
			return today, true
		}
		d, ok := weekdayOf(w)
		ahead := (d - int(today.Weekday()) + 7) % 7
		if ok && slices.ContainsFunc(words, func(w string) bool { return w == "depan" || w == "next" }) {
			monday := 7 - (int(today.Weekday())+6)%7
			return today.AddDate(0, 0, monday+(d+6)%7), w != "minggu" // "minggu depan" is next week
		}
		if ok {
			return today.AddDate(0, 0, ahead), true
		}
	}
	return today, len(words) == 0
}

// namedDate is the date in a text; named tells that there is one, be it right or not.
func namedDate(s string, today time.Time) (day time.Time, ok, named bool) {
	if m := isoDate.FindStringSubmatch(s); m != nil {
		day, ok = dateOf(m[3], m[2], m[1], today)
		return day, ok, true
	}
	if m := slashDate.FindStringSubmatch(s); m != nil {
		day, ok = dateOf(m[1], m[2], m[3], today)
		return day, ok, true
	}
	m := wordDate.FindStringSubmatch(s)
	for i, stems := range monthStems {
		for stem := range strings.SplitSeq(stems, "|") {
			if m != nil && strings.HasPrefix(m[2], stem) {
				day, ok = dateOf(m[1], strconv.Itoa(i+1), m[3], today)
				return day, ok, true
			}
		}
	}
	return today, false, false
}

func isWeekday(s string) bool {
	for w := range strings.FieldsSeq(s) {
		if _, ok := weekdayOf(strings.Trim(w, ",.")); ok {
			return true
		}
	}
	return false
}

// weekdayOf reads a weekday, also one with a letter too many, too few or wrong.
func weekdayOf(w string) (day int, ok bool) {
	for d, names := range dayStems {
		for _, n := range names {
			if w == n || len(n) == 3 && strings.HasPrefix(w, n) && strings.HasSuffix(w, "day") || len(w) >= 3 && len(n) > 3 && strings.HasPrefix(n, w) {
				return d, true
			}
		}
	}
	for d, names := range dayStems {
		for _, n := range names {
			if len(n) > 3 && len(w) > 2 && oneSlip(w, n) {
				return d, true
			}
		}
	}
	return 0, false
}

// oneSlip tells that one letter more, less or other makes a word of another.
func oneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return a[min(i+1, len(a)):] == b[min(i+1, len(b)):]
	}
	return a[i:] == b[i+1:]
}

// dateOf is a date; without a year, the next one that is not long past.
func dateOf(day, month, year string, today time.Time) (time.Time, bool) {
	d, _ := strconv.Atoi(day)
	m, _ := strconv.Atoi(month)
	y, _ := strconv.Atoi(year)
	named := y != 0
	if !named {
		y = today.Year()
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, WIB)
	if t.Day() != d || int(t.Month()) != m {
		return today, false
	}
	if !named && t.Before(today.AddDate(0, -6, 0)) {
		t = t.AddDate(1, 0, 0)
	}
	return t, true
}
