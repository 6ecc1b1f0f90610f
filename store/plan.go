package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"bestie/shop"
)

// planChunk is how many people one transaction puts on record: replies wait for it no
// longer than for one of their own.
const planChunk = 250

// PreviewPlan is what PlanCampaign would do, with nothing written.
func (db *DB) PreviewPlan(ctx context.Context, now time.Time, c shop.Campaign, by shop.Planning) (shop.CampaignPlan, error) {
	return db.place(ctx, now, c, by, false, func(shop.Placement) error { return nil })
}

// place lets the planner decide about everybody in the campaign's audience; again: only
// about those whom an earlier plan chose.
func (db *DB) place(ctx context.Context, now time.Time, c shop.Campaign, by shop.Planning, again bool, each func(shop.Placement) error) (shop.CampaignPlan, error) {
	audience := shop.Segment{}
	if c.Audience != "" {
		var err error
		if audience, err = shop.ParseSegment(c.Audience); err != nil {
			return shop.CampaignPlan{}, err
		}
	}
	booked, err := db.promosBooked(ctx, now, c.ID)
	if err != nil {
		return shop.CampaignPlan{}, err
	}
	planner := shop.NewPlanner(by.Promo, now, by.Link, booked, c)
	err = db.Audience(ctx, now, audience, c.ID, func(who shop.Candidate) error {
		if again {
			if _, chosen, err := db.WhyPromo(ctx, c.ID, who.Person.ID); err != nil || !chosen {
				return err
			}
		}
		return each(planner.Place(who))
	})
	return planner.Plan(), err
}

// promosBooked counts by day what was tried today, what waits and what other campaigns
// have planned.
func (db *DB) promosBooked(ctx context.Context, now time.Time, campaign int64) (map[time.Time]int, error) {
	type day struct {
		at time.Time
		n  int
	}
	days, err := collect(ctx, db.r, func(rows *sql.Rows) (d day, err error) {
		var v int64
		err = rows.Scan(&v, &d.n)
		d.at = at(v)
		return d, err
	}, `SELECT t, COUNT(*) FROM (
			SELECT $1 AS t FROM outbox WHERE lane = 'promo' AND tried_at >= $1 AND status <> 'failed'
			UNION ALL SELECT MAX(due_at, $1) FROM outbox WHERE rank = 2 AND due_at IS NOT NULL
			UNION ALL SELECT p.slot_at FROM campaigns c JOIN campaign_people p ON p.campaign_id = c.id
				WHERE c.state IN ('approved', 'scheduled', 'running', 'paused') AND c.id <> $2 AND p.written = 0 AND p.slot_at >= $1)
		GROUP BY t`, ms(shop.Midnight(now)), campaign)
	booked := map[time.Time]int{}
	for _, d := range days {
		booked[shop.Midnight(d.at)] += d.n
	}
	return booked, err
}

// Unplanned is the approved campaign that has waited longest for its plan.
func (db *DB) Unplanned(ctx context.Context) (c shop.Campaign, ok bool, err error) {
	return optional(scanCampaign(db.r.QueryRowContext(ctx, campaignColumns+" FROM campaigns c WHERE c.state = 'approved' ORDER BY c.approved_at, c.id LIMIT 1")))
}

// PlanCampaign gives everybody in the audience of an approved campaign, whom it was not
// written to yet, their slot or the reason why not. It takes many short transactions:
// killed in the middle it begins anew. Planned again, after an evening that was too short
// or a pause, it stays with the people who were chosen when it was approved. In the last one the campaign is scheduled, or
// ends because nobody gets it, and the drafts that tell makes of the plan are written.
func (db *DB) PlanCampaign(ctx context.Context, now time.Time, c shop.Campaign, by shop.Planning, newID func() string, tell func(shop.CampaignPlan) ([]shop.Draft, error)) (plan shop.CampaignPlan, err error) {
	var again bool
	if err = db.r.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM campaign_events WHERE campaign_id = $1 AND state = 'scheduled')", c.ID).Scan(&again); err != nil {
		return plan, err
	}
	if !again {
		if err = db.unplan(ctx, c.ID); err != nil {
			return plan, err
		}
	}
	var chunk []shop.Placement
	flush := func() error {
		err := db.keepPlacements(ctx, c, chunk, by.Rand)
		chunk = chunk[:0]
		return err
	}
	plan, err = db.place(ctx, now, c, by, again, func(p shop.Placement) error {
		if chunk = append(chunk, p); len(chunk) < planChunk {
			return nil
		}
		return flush()
	})
	if err = errors.Join(err, flush()); err != nil {
		return plan, err
	}
	drafts, err := tell(plan)
	if err != nil {
		return plan, err
	}
	return plan, db.tx(ctx, func(tx *transaction) error {
		var state shop.CampaignState
		if err := tx.QueryRowContext(ctx, "SELECT state FROM campaigns WHERE id = $1", c.ID).Scan(&state); err != nil || state != shop.CampaignApproved {
			return err // somebody stopped it meanwhile
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM campaign_slots WHERE campaign_id = $1 AND state IN ('due', 'running', 'asked')", c.ID); err != nil {
			return err
		}
		for _, s := range plan.Slots {
			if _, err := tx.ExecContext(ctx, `INSERT INTO campaign_slots (campaign_id, starts_at) VALUES ($1, $2)
				ON CONFLICT DO UPDATE SET state = 'due'`, c.ID, ms(s.At)); err != nil {
				return err
			}
		}
		if err := moveCampaign(ctx, tx, now, c.ID, shop.CampaignScheduled, plan.String()); err != nil {
			return err
		}
		return errors.Join(endCampaign(ctx, tx, now, c.ID), queueAll(ctx, tx, now, newID, drafts))
	})
}

// unplan forgets whom a campaign meant to write to and has not.
func (db *DB) unplan(ctx context.Context, campaign int64) error {
	for {
		var n int64
		err := db.tx(ctx, func(tx *transaction) error {
			res, err := tx.ExecContext(ctx, `DELETE FROM campaign_people WHERE campaign_id = $1 AND person_id IN
				(SELECT person_id FROM campaign_people WHERE campaign_id = $1 AND written = 0 LIMIT 1000)`, campaign)
			if err != nil {
				return err
			}
			n, err = res.RowsAffected()
			return err
		})
		if err != nil || n < 1000 {
			return err
		}
	}
}

func (db *DB) keepPlacements(ctx context.Context, c shop.Campaign, list []shop.Placement, dice func(n int) int) error {
	if len(list) == 0 {
		return nil
	}
	rows := make([][5]any, len(list))
	for i, p := range list {
		var slot any
		if p.Fate == shop.FateSafe {
			slot = ms(p.Slot)
		}
		rows[i] = [5]any{p.Person, p.Fate, slot, dice(1<<31 - 1), dice(max(1, len(c.Wordings)))}
	}
	text, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	return db.tx(ctx, func(tx *transaction) error { // one statement: half the time of one a person
		_, err := tx.ExecContext(ctx, `INSERT INTO campaign_people (campaign_id, person_id, fate, slot_at, position, wording)
			SELECT $1, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each($2) WHERE 1
			ON CONFLICT DO UPDATE SET fate = excluded.fate, slot_at = excluded.slot_at, position = excluded.position WHERE written = 0`, c.ID, string(text))
		return err
	})
}

// Placed is what a campaign did or will do with one person.
type Placed struct {
	Fate    shop.Fate
	Slot    time.Time // zero unless Fate is FateSafe
	Written bool      // their promo stands in the outbox
}

// WhyPromo is what the plan of a campaign says of a person; ok is false for somebody whom
// it did not choose.
func (db *DB) WhyPromo(ctx context.Context, campaign, person int64) (p Placed, ok bool, err error) {
	var slot sql.NullInt64
	err = db.r.QueryRowContext(ctx, "SELECT fate, slot_at, written FROM campaign_people WHERE campaign_id = $1 AND person_id = $2", campaign, person).Scan(&p.Fate, &slot, &p.Written)
	if errors.Is(err, sql.ErrNoRows) {
		return p, false, nil
	}
	p.Slot = nullAt(slot)
	return p, err == nil, err
}
