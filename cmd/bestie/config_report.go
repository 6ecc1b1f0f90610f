package main

import (
	"strconv"
	"time"

	"bestie/scheduler"
	"bestie/shop"
)

// ReportConfig says when reports leave by themselves.
type ReportConfig struct {
	Daily  time.Duration // time since midnight (WIB); reportOff: never; reportShift: with the shift
	Weekly time.Duration // on Mondays
}

const (
	reportOff   time.Duration = -1
	reportShift time.Duration = -2 // at the end of the last shift that begins on a day
)

// noShift is when the report of a day without shifts leaves.
const noShift = 21 * time.Hour

// policy is what the reporter obeys.
func (r ReportConfig) policy(shifts []shop.Shift) scheduler.ReportPolicy {
	if r.Daily != reportShift {
		return scheduler.ReportPolicy{Daily: r.Daily, Weekly: r.Weekly}
	}
	return scheduler.ReportPolicy{Daily: noShift, Weekly: r.Weekly, Shifts: shifts}
}

// dailyReportKind is dailyKind, or with the shift.
func dailyReportKind(at func(*Config) *time.Duration) settingKind {
	return reportKind(at, "shift (at the end of the last shift that begins on a day; 21:00 without one), a time of day such as 21:00 (WIB), or off",
		map[string]time.Duration{"off": reportOff, "shift": reportShift})
}

// dailyKind is a time of day in WIB, or off.
func dailyKind(at func(*Config) *time.Duration) settingKind {
	return reportKind(at, "a time of day such as 21:00 (WIB), or off", map[string]time.Duration{"off": reportOff})
}

// remindKind is a time of the working day in WIB, or off.
func remindKind(at func(*Config) *time.Duration) settingKind {
	return dayClockKind(at, "a time of day from 08:00 to 19:59 (WIB), or off", map[string]time.Duration{"off": reportOff}, 8*hour, 20*hour)
}

// reportKind is a time of day in WIB or one of some words.
func reportKind(at func(*Config) *time.Duration, allowed string, words map[string]time.Duration) settingKind {
	return dayClockKind(at, allowed, words, 0, day)
}

// dayClockKind is the same from one time of day to before another.
func dayClockKind(at func(*Config) *time.Duration, allowed string, words map[string]time.Duration, from, to time.Duration) settingKind {
	return scalar(at, allowed, func(s string) (time.Duration, error) {
		if d, ok := words[s]; ok {
			return d, nil
		}
		d, err := parseClock(s)
		if err == nil && (d < from || d >= to) {
			err = outOfBounds
		}
		return d, err
	}, func(d time.Duration) string {
		for word, value := range words {
			if d == value {
				return strconv.Quote(word)
			}
		}
		return strconv.Quote(formatClock(d))
	})
}
