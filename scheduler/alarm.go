package scheduler

import (
	"context"
	"sync"
	"time"

	"github.com/rs/zerolog"

	"bestie/shop"
)

// AlarmStore is what the alarms need of the database.
type AlarmStore interface {
	DueAlarms(ctx context.Context, now time.Time) ([]shop.Alarm, error)
	NextAlarm(ctx context.Context) (time.Time, bool, error)
	AlarmSent(ctx context.Context, id int64, now time.Time) error
	AlarmFailed(ctx context.Context, a shop.Alarm, again time.Time) error
}

// Channel tells people something by another way than WhatsApp: the channel with this
// place in the configuration, from 1. It has a deadline of its own, and its error
// holds no address.
type Channel func(ctx context.Context, channel int, text string) error

// Alarms sends what also goes out by the second channels. An alarm is on record as
// sent after the channel took it: a crash in between sends it twice, and none is lost.
type Alarms struct {
	Store AlarmStore
	Send  Channel
	Log   zerolog.Logger

	mu sync.Mutex // the end of the program drains beside the worker
}

// Step tries every alarm that is due. A channel that fails is left alone for a while,
// with everything that waits for it.
func (a *Alarms) Step(ctx context.Context, now time.Time) (time.Time, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for {
		due, err := a.Store.DueAlarms(ctx, now)
		if err != nil {
			return time.Time{}, err
		}
		if len(due) == 0 {
			break
		}
		failed := map[int]bool{}
		for _, alarm := range due {
			if failed[alarm.Channel] {
				continue
			}
			if failed[alarm.Channel], err = a.try(ctx, alarm, now); err != nil {
				return time.Time{}, err
			}
		}
	}
	next, _, err := a.Store.NextAlarm(ctx)
	return next, err
}

// try sends one alarm and puts on record what became of it.
func (a *Alarms) try(ctx context.Context, alarm shop.Alarm, now time.Time) (failed bool, err error) {
	line := func(e *zerolog.Event) *zerolog.Event {
		return e.Int64("alarm", alarm.ID).Int("channel", alarm.Channel).Int("tries", alarm.Attempts+1)
	}
	cause := a.Send(ctx, alarm.Channel, alarm.Text)
	if cause == nil {
		line(a.Log.Info()).Msg("an alarm went out by a second channel")
		return false, a.Store.AlarmSent(context.WithoutCancel(ctx), alarm.ID, now)
	}
	again, ok := alarm.Retry(now)
	if ok {
		line(a.Log.Warn()).Err(cause).Time("again", again).Msg("an alarm could not be sent")
		return true, a.Store.AlarmFailed(context.WithoutCancel(ctx), alarm, again)
	}
	line(a.Log.Error()).Err(cause).Msg("an alarm is given up after a day")
	return true, a.Store.AlarmFailed(context.WithoutCancel(ctx), alarm, time.Time{})
}
