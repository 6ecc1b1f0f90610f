package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"bestie/shop"
)

// AddCampaign stores an approved campaign with the slots in which it is sent.
func (db *DB) AddCampaign(ctx context.Context, c shop.Campaign, slots []shop.PlannedSlot) (id int64, err error) {
	err = db.tx(ctx, func(tx *transaction) error {
		err := tx.QueryRowContext(ctx, `INSERT INTO campaigns (name, wordings, state, created_at, approved_at)
			VALUES ($1, json_array($2), 'scheduled', $3, $3) RETURNING id`, c.Name, c.Text, ms(c.ApprovedAt)).Scan(&id)
		if err != nil {
			return err
		}
		for _, s := range slots {
			if _, err = tx.ExecContext(ctx, "INSERT INTO campaign_slots (campaign_id, starts_at, second) VALUES ($1, $2, $3)", id, ms(s.At), s.Second); err != nil {
				return err
			}
		}
		return nil
	})
	return id, err
}

// NextSlot is the instant of the next due slot; ok is false when none is planned.
func (db *DB) NextSlot(ctx context.Context) (time.Time, bool, error) {
	return earliest(ctx, steady{db.w}, "SELECT MIN(starts_at) FROM campaign_slots WHERE state = 'due'")
}

// SlotAfter is the campaign's next slot after one; ok is false when it was the last.
func (db *DB) SlotAfter(ctx context.Context, campaign int64, after time.Time) (time.Time, bool, error) {
	return earliest(ctx, db.r, "SELECT MIN(starts_at) FROM campaign_slots WHERE campaign_id = $1 AND state = 'due' AND starts_at > $2", campaign, ms(after))
}

// PromoCounts is how many promos left today and how many wait.
func (db *DB) PromoCounts(ctx context.Context, now time.Time) (sent, left int, err error) {
	err = db.r.QueryRowContext(ctx, `SELECT COUNT(*) FILTER (WHERE tried_at >= $1 AND status IN ('sent', 'delivered', 'read', 'unknown')),
		COUNT(*) FILTER (WHERE due_at IS NOT NULL) FROM outbox WHERE lane = 'promo' AND (tried_at >= $1 OR due_at IS NOT NULL)`,
		ms(shop.Midnight(now))).Scan(&sent, &left)
	return sent, left, err
}

// DueSlot is the earliest slot whose instant has come.
func (db *DB) DueSlot(ctx context.Context, now time.Time) (c shop.Campaign, s shop.PlannedSlot, ok bool, err error) {
	var starts, approved int64
	err = db.r.QueryRowContext(ctx, `SELECT c.id, c.name, c.wordings ->> 0, c.approved_at, s.starts_at, s.second
		FROM campaign_slots s JOIN campaigns c ON c.id = s.campaign_id WHERE s.state = 'due' AND s.starts_at <= $1
		ORDER BY s.starts_at, c.id LIMIT 1`, ms(now)).Scan(&c.ID, &c.Name, &c.Text, &approved, &starts, &s.Second)
	if errors.Is(err, sql.ErrNoRows) {
		return c, s, false, nil
	}
	c.ApprovedAt, s.At = at(approved), at(starts)
	return c, s, err == nil, err
}

// Candidates lists everybody with consent who has written to us and has no row
// of this campaign yet, with the hours they write at and the promos they got.
func (db *DB) Candidates(ctx context.Context, campaign int64, now time.Time) ([]shop.Candidate, error) {
	list, err := collect(ctx, db.r, func(rows *sql.Rows) (c shop.Candidate, err error) {
		err = rows.Scan(&c.Person.ID, &c.Person.LID, &c.Person.Phone, &c.Person.Name, &c.Person.PushName)
		return c, err
	}, `SELECT `+personColumns+` FROM people p
		WHERE (SELECT granted FROM consents WHERE person_id = p.id ORDER BY id DESC LIMIT 1) = 1
		AND EXISTS (SELECT 1 FROM inbox WHERE person_id = p.id AND from_me = 0)
		AND NOT EXISTS (SELECT 1 FROM outbox WHERE campaign_id = $1 AND person_id = p.id)
		AND NOT EXISTS (SELECT 1 FROM person_roles WHERE person_id = p.id AND role <> 'dropshipper')
		AND NOT EXISTS (SELECT 1 FROM conversations WHERE person_id = p.id AND complaint_at > $2)
		ORDER BY id`, campaign, ms(now.Add(-shop.ComplaintRest)))
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].Wrote, err = writingHours(ctx, db.r, list[i].Person.ID); err != nil {
			return nil, err
		}
		if list[i].History, err = promoPlanned(ctx, db.r, list[i].Person.ID, now); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// writingHours counts a person's messages by hour of the day in WIB (UTC+7, no
// daylight saving).
func writingHours(ctx context.Context, q querier, person int64) (hours [24]int, err error) {
	type count struct{ hour, n int }
	counts, err := collect(ctx, q, func(rows *sql.Rows) (c count, err error) { return c, rows.Scan(&c.hour, &c.n) },
		"SELECT (sent_at / 3600000 + 7) % 24 AS hour, COUNT(*) FROM inbox WHERE person_id = $1 AND from_me = 0 GROUP BY hour", person)
	for _, c := range counts {
		hours[c.hour] = c.n
	}
	return hours, err
}

// promoHistory is when a person got promos in the last week, other than row.
// What may have been delivered counts as delivered. A promo that waits for longer
// than eight days is stale, so that none of them was written more than ten before.
func promoHistory(ctx context.Context, q querier, person, row int64, now time.Time) (shop.PromoHistory, error) {
	week := shop.Midnight(now).AddDate(0, 0, -7)
	return instants(ctx, q, `SELECT tried_at FROM outbox WHERE person_id = $1 AND id <> $2 AND lane = 'promo' AND tried_at > $3 AND created_at > $4
		AND status IN ('sending', 'sent', 'delivered', 'read', 'unknown')`, person, row, ms(week), ms(week.AddDate(0, 0, -10)))
}

// promoPlanned is promoHistory with what is still on its way: whom a campaign
// chooses must not depend on how fast another one is sent.
func promoPlanned(ctx context.Context, q querier, person int64, now time.Time) (shop.PromoHistory, error) {
	return instants(ctx, q, `SELECT COALESCE(tried_at, created_at) AS t FROM outbox WHERE person_id = $1 AND lane = 'promo' AND t > $2
		AND status IN ('queued', 'sending', 'sent', 'delivered', 'read', 'unknown')`, person, ms(shop.Midnight(now).AddDate(0, 0, -7)))
}

func instants(ctx context.Context, q querier, query string, args ...any) (shop.PromoHistory, error) {
	return collect(ctx, q, func(rows *sql.Rows) (time.Time, error) {
		var v int64
		err := rows.Scan(&v)
		return at(v), err
	}, query, args...)
}

// WriteSlot puts the promos of one slot into the outbox, in the order given, and
// closes the slot. The unique key (campaign, person) keeps a person from getting
// the campaign twice, whatever happens.
func (db *DB) WriteSlot(ctx context.Context, now time.Time, c shop.Campaign, s shop.PlannedSlot, to []shop.Person, text string, newID func() string) error {
	return db.tx(ctx, func(tx *transaction) error {
		for _, p := range to {
			_, err := tx.ExecContext(ctx, `INSERT INTO outbox (message_id, person_id, lane, text, created_at, due_at, campaign_id)
				VALUES ($1, $2, 'promo', $3, $4, $4, $5) ON CONFLICT DO NOTHING`, newID(), p.ID, text, ms(now), c.ID)
			if err != nil {
				return err
			}
		}
		return closeSlot(ctx, tx, c.ID, s.At, "written")
	})
}

// MissSlots marks the due slots of a campaign from one instant to another, both
// included, as missed and writes the alerts about it.
func (db *DB) MissSlots(ctx context.Context, now time.Time, c shop.Campaign, from, to time.Time, newID func() string, alerts []shop.Draft) error {
	return db.tx(ctx, func(tx *transaction) error {
		if err := queueAll(ctx, tx, now, newID, alerts); err != nil {
			return err
		}
		_, err := missSlots(ctx, tx, "campaign_id = $1 AND starts_at BETWEEN $2 AND $3", c.ID, ms(from), ms(to))
		return err
	})
}

// missSlots marks the due slots for which a condition holds.
func missSlots(ctx context.Context, tx *transaction, where string, args ...any) (int, error) {
	type slot struct{ campaign, starts int64 }
	slots, err := collect(ctx, tx, func(rows *sql.Rows) (s slot, err error) { return s, rows.Scan(&s.campaign, &s.starts) },
		"SELECT campaign_id, starts_at FROM campaign_slots WHERE state = 'due' AND "+where, args...)
	for _, s := range slots {
		if err = closeSlot(ctx, tx, s.campaign, at(s.starts), "missed"); err != nil {
			return 0, err
		}
	}
	return len(slots), err
}

// closeSlot ends a slot and moves its campaign: running while slots are left,
// then finished, or missed when none was ever written.
func closeSlot(ctx context.Context, tx *transaction, campaign int64, starts time.Time, state string) error {
	if _, err := tx.ExecContext(ctx, "UPDATE campaign_slots SET state = $1 WHERE campaign_id = $2 AND starts_at = $3", state, campaign, ms(starts)); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE campaigns SET state = CASE
			WHEN EXISTS (SELECT 1 FROM campaign_slots WHERE campaign_id = $1 AND state = 'due') THEN 'running'
			WHEN EXISTS (SELECT 1 FROM campaign_slots WHERE campaign_id = $1 AND state = 'written') THEN 'finished'
			ELSE 'missed' END
		WHERE id = $1 AND state IN ('scheduled', 'running')`, campaign)
	return err
}

// PromoFacts gathers what decides about sending one promo at this instant.
func (db *DB) PromoFacts(ctx context.Context, o shop.OutRow, now time.Time) (f shop.PromoFacts, err error) {
	if f.Consent, err = consent(ctx, db.r, o.Person.ID); err != nil {
		return f, err
	}
	if f.History, err = promoHistory(ctx, db.r, o.Person.ID, o.ID, now); err != nil {
		return f, err
	}
	var last sql.NullInt64
	var complaint int64
	err = db.r.QueryRowContext(ctx, `SELECT
			EXISTS (SELECT 1 FROM inbox WHERE person_id = $1 AND from_me = 0),
			(SELECT COUNT(*) FROM outbox WHERE lane = 'promo' AND tried_at >= $2 AND status <> 'failed'),
			(SELECT MAX(tried_at) FROM outbox WHERE lane = 'promo' AND tried_at IS NOT NULL),
			COALESCE((SELECT complaint_at FROM conversations WHERE person_id = $1), 0)`,
		o.Person.ID, ms(shop.Midnight(now))).Scan(&f.Wrote, &f.SentToday, &last, &complaint)
	f.LastAt = nullAt(last)
	f.Complaint = shop.Conversation{ComplaintAt: at(complaint)}.OpenComplaint(now)
	return f, err
}
