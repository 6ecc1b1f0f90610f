package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"bestie/shop"
)

// NextSlot is the instant of the next slot to be served; ok is false when none is planned.
func (db *DB) NextSlot(ctx context.Context) (time.Time, bool, error) {
	return earliest(ctx, db.r, `SELECT MIN(s.starts_at) FROM campaign_slots s JOIN campaigns c ON c.id = s.campaign_id
		WHERE s.state IN ('due', 'running') AND c.state IN ('scheduled', 'running')`)
}

// DueSlot is the earliest slot whose instant has come and that is not done, with its
// campaign. begun tells that some of it was written, or that an admin said to send it late.
func (db *DB) DueSlot(ctx context.Context, now time.Time) (c shop.Campaign, starts time.Time, begun, ok bool, err error) {
	var v int64
	row := db.r.QueryRowContext(ctx, campaignColumns+`, s.starts_at, s.state = 'running'
		FROM campaign_slots s JOIN campaigns c ON c.id = s.campaign_id
		WHERE s.state IN ('due', 'running') AND s.starts_at <= $1 AND c.state IN ('scheduled', 'running')
		ORDER BY s.starts_at, c.id LIMIT 1`, ms(now))
	c, ok, err = optional(scanCampaign(row, &v, &begun))
	return c, at(v), begun, ok, err
}

// PromosWaiting is how many promos of campaigns that run wait in the outbox.
func (db *DB) PromosWaiting(ctx context.Context) (n int, err error) {
	err = db.r.QueryRowContext(ctx, `SELECT COUNT(*) FROM outbox o JOIN campaigns c ON c.id = o.campaign_id
		WHERE o.rank = 2 AND o.due_at IS NOT NULL AND c.state = 'running'`).Scan(&n)
	return n, err
}

// WriteBatch puts the promos of the next people of a slot, at most so many, into the
// outbox, each as compose words it, and tells how many. The slot is done when nobody is
// left. The unique key (campaign, person) keeps a person from getting the campaign twice,
// whatever happens.
func (db *DB) WriteBatch(ctx context.Context, now time.Time, c shop.Campaign, starts time.Time, most int, newID func() string, compose func(who shop.Candidate, wording int) string) (n int, err error) {
	var file string
	if c.Image != nil {
		b, err := json.Marshal(c.Image)
		if err != nil {
			return 0, err
		}
		file = string(b)
	}
	type next struct {
		who     shop.Candidate
		wording int
	}
	err = db.tx(ctx, func(tx *transaction) error {
		list, err := collect(ctx, tx, func(rows *sql.Rows) (p next, err error) {
			w := &p.who.Person
			err = rows.Scan(&p.wording, &w.ID, &w.LID, &w.Phone, &w.Name, &w.PushName, &p.who.Product, &p.who.City, &p.who.Shop)
			return p, err
		}, "SELECT q.wording, "+peopleColumns+","+wordsColumns+`
			FROM campaign_people q JOIN people p ON p.id = q.person_id
			WHERE q.campaign_id = $1 AND q.slot_at = $2 AND q.written = 0 ORDER BY q.position LIMIT $3 + 0`, c.ID, ms(starts), most)
		if err != nil {
			return err
		}
		for _, p := range list {
			if _, err = tx.ExecContext(ctx, `INSERT INTO outbox (message_id, person_id, lane, text, file, created_at, due_at, campaign_id, wording)
				VALUES ($1, $2, 'promo', $3, $4, $5, $5, $6, $7) ON CONFLICT DO NOTHING`,
				newID(), p.who.Person.ID, compose(p.who, p.wording), file, ms(now), c.ID, p.wording); err != nil {
				return err
			}
			if _, err = tx.ExecContext(ctx, "UPDATE campaign_people SET written = 1 WHERE campaign_id = $1 AND person_id = $2", c.ID, p.who.Person.ID); err != nil {
				return err
			}
		}
		n = len(list)
		state := "running"
		if n < most {
			state = "written"
		}
		if _, err = tx.ExecContext(ctx, "UPDATE campaign_slots SET state = $1 WHERE campaign_id = $2 AND starts_at = $3 AND state <> $1", state, c.ID, ms(starts)); err != nil {
			return err
		}
		return moveCampaign(ctx, tx, now, c.ID, shop.CampaignRunning, "")
	})
	return n, err
}

// Replan gives a campaign back to the planner, which places everybody who is left anew.
func (db *DB) Replan(ctx context.Context, now time.Time, campaign int64, why string) error {
	return db.tx(ctx, func(tx *transaction) error { return moveCampaign(ctx, tx, now, campaign, shop.CampaignApproved, why) })
}

// AskSlots notes that the slots of a campaign that began before an instant were missed,
// and writes the alerts that ask what shall become of them.
func (db *DB) AskSlots(ctx context.Context, now time.Time, campaign int64, before time.Time, newID func() string, alerts []shop.Draft) error {
	return db.tx(ctx, func(tx *transaction) error {
		if err := queueAll(ctx, tx, now, newID, alerts); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "UPDATE campaign_slots SET state = 'asked' WHERE campaign_id = $1 AND state = 'due' AND starts_at <= $2", campaign, ms(before))
		return err
	})
}

// answerSlots takes the word of an admin about the missed slots of the campaign with a
// ticket: send them now, as far as the evening goes, or never. It tells how many there were.
func answerSlots(ctx context.Context, tx *transaction, now time.Time, ticket int64, send bool) (int, error) {
	const which = "state = 'asked' AND campaign_id = (SELECT id FROM campaigns WHERE ticket_id = $1)"
	if !send {
		return missSlots(ctx, tx, now, which, ticket)
	}
	res, err := tx.ExecContext(ctx, "UPDATE campaign_slots SET state = 'running' WHERE "+which, ticket)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}

// missSlots ends the slots for which a condition holds; their people get nothing.
func missSlots(ctx context.Context, tx *transaction, now time.Time, where string, args ...any) (int, error) {
	type slot struct{ campaign, starts int64 }
	slots, err := collect(ctx, tx, func(rows *sql.Rows) (s slot, err error) { return s, rows.Scan(&s.campaign, &s.starts) },
		"SELECT campaign_id, starts_at FROM campaign_slots WHERE "+where, args...)
	for _, s := range slots {
		for _, stmt := range []string{
			"UPDATE campaign_slots SET state = 'missed' WHERE campaign_id = $1 AND starts_at = $2",
			"UPDATE campaign_people SET fate = 'missed', slot_at = NULL WHERE campaign_id = $1 AND slot_at = $2 AND written = 0",
		} {
			if _, err = tx.ExecContext(ctx, stmt, s.campaign, s.starts); err != nil {
				return 0, err
			}
		}
		if err = endCampaign(ctx, tx, now, s.campaign); err != nil {
			return 0, err
		}
	}
	return len(slots), err
}
