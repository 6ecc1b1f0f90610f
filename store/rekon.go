package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"bestie/shop"
)

// wantedRekons reads the daily reports of a dropshipper if a message may be about them.
func wantedRekons(ctx context.Context, q querier, t shop.Turn) ([]shop.Rekon, error) {
	if !slices.ContainsFunc(t.Messages, func(m shop.Message) bool { return shop.WantsRekons(m.Text) }) {
		return nil, nil
	}
	today := shop.DayOf(t.Now)
	return rekons(ctx, q, t.Person.ID, today-shop.RekonDays+1, today)
}

// Rekons are the daily reports of a dropshipper from one day to another, both included,
// oldest first.
func (db *DB) Rekons(ctx context.Context, person int64, from, to shop.Day) ([]shop.Rekon, error) {
	return rekons(ctx, db.r, person, from, to)
}

func rekons(ctx context.Context, q querier, person int64, from, to shop.Day) ([]shop.Rekon, error) {
	return collect(ctx, q, func(rows *sql.Rows) (r shop.Rekon, err error) {
		var day string
		var written int64
		if err = rows.Scan(&r.Platform, &day, &r.Orders, &r.Items, &r.Sales, &r.Cancelled, &written); err != nil {
			return r, err
		}
		start, err := time.ParseInLocation(time.DateOnly, day, shop.WIB)
		r.Day, r.At = shop.DayOf(start), at(written)
		return r, err
	}, `SELECT platform, day, orders, items, sales, cancelled, at FROM rekons
		WHERE person_id = $1 AND day BETWEEN $2 AND $3 ORDER BY day, platform`, person, from.String(), to.String())
}

// writeRekon keeps a report; it replaces that of the same day and platform.
func writeRekon(ctx context.Context, tx *transaction, person int64, r shop.Rekon) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO rekons (person_id, platform, day, orders, items, sales, cancelled, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (person_id, platform, day) DO UPDATE SET orders = $4, items = $5, sales = $6, cancelled = $7, at = $8`,
		person, r.Platform, r.Day.String(), r.Orders, r.Items, r.Sales, r.Cancelled, ms(r.At))
	return err
}

// Unreported are the dropshippers who reported something in the week before a day and
// nothing for the day itself: whoever never reports is not reminded. Who is suspended, or
// asked for no reminders, is not among them.
func (db *DB) Unreported(ctx context.Context, day shop.Day) ([]int64, error) {
	return collect(ctx, db.r, scanInt, `SELECT d.person_id FROM dropshippers d WHERE d.suspended_at = 0 AND d.reminders = 1
		AND EXISTS (SELECT 1 FROM rekons r WHERE r.person_id = d.person_id AND r.day >= $2 AND r.day < $1)
		AND NOT EXISTS (SELECT 1 FROM rekons r WHERE r.person_id = d.person_id AND r.day = $1) ORDER BY d.person_id`,
		day.String(), (day - 7).String())
}
