package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"bestie/shop"
)

var clockForm = regexp.MustCompile(`^(\d{1,2})[:.](\d{2})$`)

// parseClock reads a time of day, 17:00 or 17.00, as time since midnight; 24:00
// is the end of the day.
func parseClock(s string) (time.Duration, error) {
	parts := clockForm.FindStringSubmatch(s)
	if parts == nil {
		return 0, refusal("is not a time of day")
	}
	hour, _ := strconv.Atoi(parts[1]) // two digits at most: cannot fail
	minute, _ := strconv.Atoi(parts[2])
	if minute > 59 || hour > 24 || hour == 24 && minute > 0 {
		return 0, refusal("is not a time of day")
	}
	return time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute, nil
}

func formatClock(d time.Duration) string {
	return fmt.Sprintf("%02d:%02d", int(d/time.Hour), int(d%time.Hour/time.Minute))
}

// clockKind is a time of day in WIB within bounds, both included.
func clockKind(at func(*Config) *time.Duration, least, most time.Duration) settingKind {
	return scalar(at, formatClock(least)+" to "+formatClock(most)+" (WIB)", func(s string) (time.Duration, error) {
		d, err := parseClock(s)
		if err != nil {
			return 0, err
		}
		if d < least || d > most {
			return 0, outOfBounds
		}
		return d, nil
	}, func(d time.Duration) string { return strconv.Quote(formatClock(d)) })
}

// weekdays are the names of the days from Sunday on; the first one is how we
// write it.
var weekdays = [7][]string{
	{"sun", "sunday", "minggu", "ahad", "min"},
	{"mon", "monday", "senin", "sen"},
	{"tue", "tuesday", "selasa", "sel"},
	{"wed", "wednesday", "rabu", "rab"},
	{"thu", "thursday", "kamis", "kam"},
	{"fri", "friday", "jumat", "jum'at", "jum"},
	{"sat", "saturday", "sabtu", "sab"},
}

// parseSlot reads a weekday in English or Indonesian and a time of day.
func parseSlot(s string) (shop.Slot, error) {
	words := strings.Fields(strings.ToLower(s))
	if len(words) != 2 {
		return shop.Slot{}, refusal("is not a weekday and a time")
	}
	at, err := parseClock(words[1])
	if err != nil || at >= day {
		return shop.Slot{}, refusal("has no time of day")
	}
	for weekday, names := range weekdays {
		for _, name := range names {
			if name == words[0] {
				return shop.Slot{Weekday: time.Weekday(weekday), Hour: int(at / time.Hour), Minute: int(at % time.Hour / time.Minute)}, nil
			}
		}
	}
	return shop.Slot{}, refusal("names no weekday")
}

func formatSlot(s shop.Slot) string {
	return fmt.Sprintf("%s %02d:%02d", weekdays[s.Weekday][0], s.Hour, s.Minute)
}
