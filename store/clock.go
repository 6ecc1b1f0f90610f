package store

import (
	"context"
	"database/sql"
	"time"

	"bestie/shop"
)

// SetBack repairs what was put off before the machine's clock went back by a span:
// without it, everything written in the last minutes before would wait until the
// clock has caught up.
func (db *DB) SetBack(ctx context.Context, now time.Time, by time.Duration) error {
	return db.tx(ctx, func(tx *transaction) error {
		for _, stmt := range []string{
			"UPDATE inbox SET due_at = due_at - $2, received_at = received_at - $2 WHERE due_at > $1 AND received_at > $1",
			"UPDATE waits SET since = since - $2 WHERE ended_at IS NULL AND since > $1",
			"UPDATE outbox SET due_at = due_at - $2 WHERE due_at > $1 AND (created_at > $1 OR tried_at > $1)",
			"UPDATE promises SET made_at = made_at - $2, due_at = due_at - $2, next_at = next_at - $2 WHERE next_at > $1 AND made_at > $1",
			"UPDATE tickets SET check_at = check_at - $2 WHERE closed_at IS NULL AND opened_at > $1",
			"UPDATE outages SET from_at = from_at - $2, until_at = until_at - $2 WHERE from_at > $1",
			"UPDATE outages SET until_at = MAX(from_at, until_at - $2) WHERE until_at > $1",
			"UPDATE pages SET due_at = due_at - $2 WHERE state = 'due' AND due_at > $1",
			"UPDATE alarms SET due_at = due_at - $2, created_at = created_at - $2 WHERE due_at > $1 AND created_at > $1",
		} {
			if _, err := tx.ExecContext(ctx, stmt, ms(now), by.Milliseconds()); err != nil {
				return err
			}
		}
		waits, err := collect(ctx, tx, func(rows *sql.Rows) (shop.Wait, error) { return scanWait(rows) },
			"SELECT "+waitColumns+" FROM waits w WHERE w.next_page_at > $1", ms(now))
		for _, w := range waits {
			if err = db.postpone(ctx, tx, w); err != nil {
				return err
			}
		}
		return err
	})
}
