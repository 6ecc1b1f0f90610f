package store

import (
	"context"
	"database/sql"
	"time"

	"bestie/shop"
)

// moveCampaign moves a live campaign and notes it; one that is in the state already, or
// that somebody stopped meanwhile, stays as it is.
func moveCampaign(ctx context.Context, tx *transaction, now time.Time, campaign int64, to shop.CampaignState, note string) error {
	res, err := tx.ExecContext(ctx, `UPDATE campaigns SET state = $1 WHERE id = $2 AND state <> $1
		AND (state IN ('approved', 'scheduled', 'running') OR state = 'paused' AND $1 IN ('finished', 'missed'))`, to, campaign)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err
	}
	if _, err = tx.ExecContext(ctx, "INSERT INTO campaign_events (campaign_id, at, state, note) VALUES ($1, $2, $3, $4)", campaign, ms(now), to, note); err != nil || !to.Over() {
		return err
	}
	return promiseReports(ctx, tx, now, campaign)
}

// endCampaign ends a campaign of which no slot is left and no promo waits: finished, or
// missed if nobody was ever written to.
func endCampaign(ctx context.Context, tx *transaction, now time.Time, campaign int64) error {
	var left, wrote bool
	err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM campaign_slots WHERE campaign_id = $1 AND state IN ('due', 'running', 'asked'))
			OR EXISTS (SELECT 1 FROM outbox WHERE rank = 2 AND due_at IS NOT NULL AND campaign_id = $1)
			OR EXISTS (SELECT 1 FROM outbox WHERE status = 'sending' AND campaign_id = $1),
		EXISTS (SELECT 1 FROM outbox WHERE campaign_id = $1)`, campaign).Scan(&left, &wrote)
	if err != nil || left {
		return err
	}
	to := shop.CampaignMissed
	if wrote {
		to = shop.CampaignFinished
	}
	return moveCampaign(ctx, tx, now, campaign, to, "")
}

// EndCampaigns ends the campaigns that are over: nothing is left of them to be sent, or
// their time is.
func (db *DB) EndCampaigns(ctx context.Context, now time.Time) error {
	over, err := collect(ctx, db.r, func(rows *sql.Rows) (id int64, err error) { return id, rows.Scan(&id) }, `SELECT id FROM campaigns c WHERE state IN ('scheduled', 'running', 'paused') AND expires_at BETWEEN 1 AND $1
		OR state IN ('scheduled', 'running') AND (NOT EXISTS (SELECT 1 FROM campaign_slots WHERE campaign_id = c.id AND state IN ('due', 'running', 'asked'))
			AND NOT EXISTS (SELECT 1 FROM outbox WHERE rank = 2 AND due_at IS NOT NULL AND campaign_id = c.id)
			AND NOT EXISTS (SELECT 1 FROM outbox WHERE status = 'sending' AND campaign_id = c.id))`, ms(now))
	if err != nil || len(over) == 0 {
		return err
	}
	return db.tx(ctx, func(tx *transaction) error {
		for _, id := range over {
			if _, err := missSlots(ctx, tx, now, `state IN ('due', 'running', 'asked') AND campaign_id = $1
				AND EXISTS (SELECT 1 FROM campaigns WHERE id = $1 AND expires_at BETWEEN 1 AND $2)`, id, ms(now)); err != nil {
				return err
			}
			if err := endCampaign(ctx, tx, now, id); err != nil {
				return err
			}
		}
		return nil
	})
}
