package main

import (
	"strconv"
	"time"
)

// ReportConfig says when reports leave by themselves.
type ReportConfig struct {
	Daily  time.Duration // time since midnight (WIB); reportOff: never
	Weekly time.Duration // on Mondays
}

const reportOff time.Duration = -1

// dailyKind is a time of day in WIB, or off.
func dailyKind(at func(*Config) *time.Duration) settingKind {
	return scalar(at, "a time of day such as 21:00 (WIB), or off", func(s string) (time.Duration, error) {
		if s == "off" {
			return reportOff, nil
		}
		d, err := parseClock(s)
		if err == nil && d >= day {
			err = outOfBounds
		}
		return d, err
	}, func(d time.Duration) string {
		if d == reportOff {
			return strconv.Quote("off")
		}
		return strconv.Quote(formatClock(d))
	})
}
