package shop

import "time"

// Day is a date in WIB, counted in days since 1 January 1970. WIB is UTC+7 all year,
// so every day has 24 hours.
type Day int

const (
	wibAhead   = 7 * 3600 // seconds
	secondsDay = 24 * 3600
)

// DayOf is the date of an instant in WIB.
func DayOf(t time.Time) Day {
	seconds := t.Unix() + wibAhead
	day := seconds / secondsDay
	if seconds%secondsDay < 0 {
		day--
	}
	return Day(day)
}

// DayAt is a date by its parts; those that are too large run on, as in time.Date.
func DayAt(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsDay)
}

// Start is the midnight in WIB with which the day begins.
func (d Day) Start() time.Time { return time.Unix(int64(d)*secondsDay-wibAhead, 0).In(WIB) }

// Weekday is its day of the week.
func (d Day) Weekday() time.Weekday { return time.Weekday(((int(d)+4)%7 + 7) % 7) }

// String is the date as 2026-12-25.
func (d Day) String() string { return d.Start().Format(time.DateOnly) }
