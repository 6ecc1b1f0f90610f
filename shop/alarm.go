package shop

import "time"

// Alarm is one message by a second channel, beside WhatsApp: a pager on the same
// number dies with it.
type Alarm struct {
	ID       int64
	Channel  int // the place in the configuration, from 1
	Text     string
	Created  time.Time
	Attempts int // tries so far, all of them failed
}

// Bounds of the tries of one alarm.
const (
	alarmFirstWait = 5 * time.Second
	alarmMostWait  = 10 * time.Minute
	// AlarmLife is how long an alarm is tried: a day later nobody is helped by it.
	AlarmLife = 24 * time.Hour
)

// Retry is when an alarm that has just failed once more is tried again: after 5, 10,
// 20 … seconds, at most ten minutes; ok is false when it is given up.
func (a Alarm) Retry(now time.Time) (at time.Time, ok bool) {
	at = now.Add(min(alarmFirstWait<<min(a.Attempts, 10), alarmMostWait))
	return at, at.Sub(a.Created) < AlarmLife
}
