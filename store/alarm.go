package store

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"time"

	"bestie/shop"
)

// SetChannels sets how many second channels there are, none unless set. Call it
// before the first message.
func (db *DB) SetChannels(n int) { db.channels = n }

// RaiseAlarm writes an alarm for every second channel. The reference names what it is
// about: the same reference is raised once.
func (db *DB) RaiseAlarm(ctx context.Context, now time.Time, reference, text string) error {
	return db.tx(ctx, func(tx *transaction) error { return db.raise(ctx, tx, now, reference, text) })
}

func (db *DB) raise(ctx context.Context, tx *transaction, now time.Time, reference, text string) error {
	for channel := 1; channel <= db.channels; channel++ {
		if _, err := tx.ExecContext(ctx, `INSERT INTO alarms (reference, channel, text, created_at, due_at) VALUES ($1, $2, $3, $4, $4)
			ON CONFLICT DO NOTHING`, reference, strconv.Itoa(channel), text, ms(now)); err != nil {
			return err
		}
	}
	return nil
}

// AlarmPages makes one alarm of the entries that are still to be told by the second
// channels, at most every SLA.Gap, and none of those that nobody needs any more. It
// returns the instant at which to ask again, zero if nothing is left.
func (db *DB) AlarmPages(ctx context.Context, now time.Time, compose Compose) (next time.Time, err error) {
	err = db.tx(ctx, func(tx *transaction) error {
		var last, newest int64
		err := tx.QueryRowContext(ctx, `SELECT COALESCE((SELECT created_at FROM alarms WHERE reference LIKE 'page %' ORDER BY id DESC LIMIT 1), 0),
			COALESCE((SELECT MAX(id) FROM pages WHERE alarm = 1), 0)`).Scan(&last, &newest)
		next = time.Time{}
		if err != nil || newest == 0 {
			return err
		}
		if free := at(last).Add(db.sla.Gap); last <= ms(now) && free.After(now) {
			next = free
			return nil
		}
		if _, err = tx.ExecContext(ctx, "UPDATE pages SET alarm = 0 WHERE alarm = 1 AND "+pointless("$1"), ms(now.Add(-db.sla.Claim))); err != nil {
			return err
		}
		pages, all, err := db.loadPages(ctx, tx, now, "g.alarm = 1")
		if err != nil || all == 0 {
			return err
		}
		text, err := compose(pages, all)
		if err != nil {
			return err
		}
		if err = db.raise(ctx, tx, now, fmt.Sprint("page ", newest), text); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE pages SET alarm = 0 WHERE alarm = 1")
		return err
	})
	return next, err
}

// NextAlarm is the instant of the next try of an alarm; ok is false when none waits.
func (db *DB) NextAlarm(ctx context.Context) (time.Time, bool, error) {
	return earliest(ctx, db.w, "SELECT MIN(due_at) FROM alarms WHERE due_at IS NOT NULL")
}

// mostAlarms bounds the alarms that are handed out at once.
const mostAlarms = 20

// DueAlarms lists alarms to try now, the oldest first.
func (db *DB) DueAlarms(ctx context.Context, now time.Time) ([]shop.Alarm, error) {
	return collect(ctx, db.w, func(rows *sql.Rows) (a shop.Alarm, err error) {
		var created int64
		err = rows.Scan(&a.ID, &a.Channel, &a.Text, &created, &a.Attempts)
		a.Created = at(created)
		return a, err
	}, "SELECT id, CAST(channel AS INTEGER), text, created_at, attempts FROM alarms WHERE due_at <= $1 ORDER BY due_at, id LIMIT "+strconv.Itoa(mostAlarms), ms(now))
}

// AlarmSent notes that a channel took an alarm.
func (db *DB) AlarmSent(ctx context.Context, id int64, now time.Time) error {
	return db.exec(ctx, "UPDATE alarms SET sent_at = $1, due_at = NULL WHERE id = $2", ms(now), id)
}

// AlarmFailed notes a try that failed and puts off everything else for that channel:
// the others need not wait for it. The zero instant gives the alarm up.
func (db *DB) AlarmFailed(ctx context.Context, a shop.Alarm, again time.Time) error {
	return db.tx(ctx, func(tx *transaction) error {
		var due any
		if !again.IsZero() {
			due = ms(again)
		}
		if _, err := tx.ExecContext(ctx, "UPDATE alarms SET attempts = attempts + 1, due_at = $1 WHERE id = $2", due, a.ID); err != nil || due == nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "UPDATE alarms SET due_at = MAX(due_at, $1) WHERE due_at IS NOT NULL AND channel = $2", due, strconv.Itoa(a.Channel))
		return err
	})
}

// settingLost is when the connection was lost, while an alarm about it is out.
const settingLost = "link_lost_at"

// LinkLost raises the alarm about a lost connection and remembers that it is out. The
// same loss is told once, and once more if its state gets worse.
func (db *DB) LinkLost(ctx context.Context, now, since time.Time, state, text string) error {
	return db.tx(ctx, func(tx *transaction) error {
		if _, err := tx.ExecContext(ctx, "INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT DO NOTHING", settingLost, ms(since)); err != nil {
			return err
		}
		var lost string
		if err := tx.QueryRowContext(ctx, "SELECT value FROM settings WHERE key = $1", settingLost).Scan(&lost); err != nil {
			return err
		}
		return db.raise(ctx, tx, now, "lost "+lost+" "+state, text)
	})
}

// LinkBack raises the alarm that the connection is back, with the text that compose
// makes of how long it was away, if an alarm about its loss is out.
func (db *DB) LinkBack(ctx context.Context, now time.Time, compose func(away time.Duration) (string, error)) error {
	since, err := db.Instant(ctx, settingLost)
	if err != nil || since.IsZero() {
		return err
	}
	return db.tx(ctx, func(tx *transaction) error {
		text, err := compose(now.Sub(since))
		if err != nil {
			return err
		}
		if err = db.raise(ctx, tx, now, fmt.Sprint("back ", ms(since)), text); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "DELETE FROM settings WHERE key = $1", settingLost)
		return err
	})
}
