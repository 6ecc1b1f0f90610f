package store

import (
	"context"
	"database/sql"
	"time"

	"bestie/shop"
)

// OpenOutage notes that customers cannot reach us since an instant; nothing if that is
// on record. It stays open until CloseOutage, over restarts and crashes.
func (db *DB) OpenOutage(ctx context.Context, from time.Time, reason string) error {
	return db.exec(ctx, "INSERT INTO outages (from_at, reason) SELECT $1, $2 WHERE NOT EXISTS (SELECT 1 FROM outages WHERE until_at IS NULL)", ms(from), reason)
}

// CloseOutage ends the one that is open, if there is one. One that lasted only a
// moment, or would end before it began because a clock was set back, is none.
func (db *DB) CloseOutage(ctx context.Context, until time.Time) error {
	return db.tx(ctx, func(tx *transaction) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM outages WHERE until_at IS NULL AND from_at > $1", ms(until.Add(-shop.OutageMoment)))
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE outages SET until_at = $1 WHERE until_at IS NULL", ms(until))
		return err
	})
}

// Outages lists the outages that touch a span of time, in order.
func (db *DB) Outages(ctx context.Context, from, to time.Time) ([]shop.Outage, error) {
	return collect(ctx, db.r, func(rows *sql.Rows) (o shop.Outage, err error) {
		var began int64
		var ended sql.NullInt64
		err = rows.Scan(&began, &ended, &o.Reason)
		o.From, o.Until = at(began), nullAt(ended)
		return o, err
	}, "SELECT from_at, until_at, reason FROM outages WHERE from_at < $2 AND (until_at IS NULL OR until_at > $1) ORDER BY from_at, id", ms(from), ms(to))
}

// LastSign is the last instant at which the program is known to have been running: its
// heartbeat, or what it wrote down after that. Zero if it never ran.
func (db *DB) LastSign(ctx context.Context) (time.Time, error) {
	last, err := db.LastBeat(ctx)
	if err != nil {
		return last, err
	}
	var wrote int64
	err = db.r.QueryRowContext(ctx, `SELECT MAX(COALESCE((SELECT received_at FROM inbox ORDER BY id DESC LIMIT 1), 0),
		COALESCE((SELECT MAX(created_at, COALESCE(tried_at, 0)) FROM outbox ORDER BY id DESC LIMIT 1), 0))`).Scan(&wrote)
	if sign := at(wrote); err == nil && !last.IsZero() && sign.After(last) {
		return sign, nil
	}
	return last, err
}
