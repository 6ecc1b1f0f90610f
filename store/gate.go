package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"bestie/shop"
)

// Gate returns why and until when a lane stands still; the zero Gate is open.
func (db *DB) Gate(ctx context.Context, lane shop.Lane) (g shop.Gate, err error) {
	return gateOf(ctx, steady{db.w}, lane)
}

func gateOf(ctx context.Context, q querier, lane shop.Lane) (g shop.Gate, err error) {
	var until, level int64
	err = q.QueryRowContext(ctx, "SELECT closed_until, reason, strikes, level, level_until FROM gates WHERE lane = $1", lane).
		Scan(&until, &g.Reason, &g.Strikes, &g.Level, &level)
	if errors.Is(err, sql.ErrNoRows) {
		return g, nil
	}
	g.Until, g.LevelUntil = at(until), at(level)
	return g, err
}

// SetGate closes a lane until an instant, or notes that it is open again. A gate
// is only ever prolonged, not shortened, except by opening it.
func (db *DB) SetGate(ctx context.Context, lane shop.Lane, g shop.Gate) error {
	return db.tx(ctx, func(tx *transaction) error { return setGate(ctx, tx, lane, g) })
}

func setGate(ctx context.Context, tx *transaction, lane shop.Lane, g shop.Gate) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO gates (lane, closed_until, reason, strikes) VALUES ($1, $2, $3, $4)
		ON CONFLICT (lane) DO UPDATE SET reason = CASE WHEN $2 >= closed_until THEN excluded.reason ELSE reason END, strikes = excluded.strikes,
			closed_until = CASE WHEN $2 = 0 THEN 0 ELSE MAX(closed_until, excluded.closed_until) END`,
		lane, ms(g.Until), g.Reason, g.Strikes)
	return err
}

// Trip draws back: it closes the promos and raises the level of g, and writes the alerts
// about it in the same transaction, so that no crash leaves a stop that nobody was told
// of. While a level lasts it is neither lowered nor shortened.
func (db *DB) Trip(ctx context.Context, now time.Time, g shop.Gate, newID func() string, alerts []shop.Draft) error {
	return db.tx(ctx, func(tx *transaction) error {
		if err := setGate(ctx, tx, shop.LanePromo, g); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE gates SET level = MAX($1, CASE WHEN level_until > $3 THEN level ELSE 0 END),
				level_until = MAX($2, CASE WHEN level_until > $3 THEN level_until ELSE 0 END),
				judged_from = closed_until WHERE lane = 'promo'`, g.Level, ms(g.LevelUntil), ms(now))
		return errors.Join(err, queueAll(ctx, tx, now, newID, alerts))
	})
}

// openPromos lets promos leave again by the word of a person. A level beyond them ends
// at its own time.
const openPromos = `INSERT INTO gates (lane, closed_until, reason, judged_from) VALUES ('promo', 0, '', $1)
	ON CONFLICT (lane) DO UPDATE SET closed_until = 0, reason = '', strikes = 0, judged_from = excluded.judged_from`

// LastWrote is when a person last wrote to us; zero for never.
func (db *DB) LastWrote(ctx context.Context, person int64) (time.Time, error) {
	var v sql.NullInt64
	err := steady{db.w}.QueryRowContext(ctx, "SELECT MAX(sent_at) FROM inbox WHERE person_id = $1 AND from_me = 0", person).Scan(&v)
	return nullAt(v), err
}

// PromoHealth is how the latest promos were received. It looks at a bounded number of
// them, so that the last of a campaign costs what the first does.
func (db *DB) PromoHealth(ctx context.Context, now time.Time) (h shop.PromoHealth, err error) {
	err = db.r.QueryRowContext(ctx, `WITH latest AS (SELECT person_id, status, tried_at FROM outbox
			WHERE lane = 'promo' AND tried_at >= MAX($1, COALESCE((SELECT judged_from FROM gates WHERE lane = 'promo'), 0))
				AND status IN ('sent', 'delivered', 'read', 'unknown') ORDER BY tried_at DESC LIMIT $2 + 0)
		SELECT COUNT(*) FILTER (WHERE tried_at <= $3), COUNT(*) FILTER (WHERE tried_at <= $3 AND status IN ('delivered', 'read')), COUNT(*),
			COUNT(*) FILTER (WHERE EXISTS (SELECT 1 FROM consents WHERE person_id = latest.person_id AND granted = 0 AND at >= latest.tried_at))
		FROM latest`, ms(now.AddDate(0, 0, -7)), shop.HealthOf, ms(now.Add(-shop.HealthGrace))).Scan(&h.Sent, &h.Arrived, &h.Tried, &h.Stopped)
	return h, err
}
