package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"bestie/shop"
)

// stepCampaign writes what an admin does to the campaign of a ticket.
func stepCampaign(ctx context.Context, tx *transaction, now time.Time, a shop.Action) error {
	var id int64
	if err := tx.QueryRowContext(ctx, "SELECT id FROM campaigns WHERE ticket_id = $1", a.Ticket).Scan(&id); err != nil {
		return err
	}
	var err error
	switch a.Kind {
	case shop.ActPromoCode:
		_, err = tx.ExecContext(ctx, `INSERT INTO campaign_codes (campaign_id, person_id, hash, expires_at) VALUES ($1, $2, $3, $4)
			ON CONFLICT DO UPDATE SET hash = excluded.hash, expires_at = excluded.expires_at, tries = 0`, id, a.Admin, a.Hash, ms(a.Until))
	case shop.ActPromoMistake:
		_, err = tx.ExecContext(ctx, "UPDATE campaign_codes SET tries = tries + 1 WHERE campaign_id = $1 AND person_id = $2", id, a.Admin)
	case shop.ActPromoLook, shop.ActPromoTest:
		kind := map[shop.ActionKind]string{shop.ActPromoLook: "look", shop.ActPromoTest: "test"}[a.Kind]
		_, err = tx.ExecContext(ctx, "INSERT INTO campaign_looks (campaign_id, person_id, kind) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", id, a.Admin, kind)
	case shop.ActPromoReport:
		err = promiseReport(ctx, tx, shop.DuePromoReport{Campaign: id, Person: a.Admin, Kind: shop.PromoReportAsked}, now)
	case shop.ActPromoPicture:
		err = awaitPicture(ctx, tx, now, id, a.Admin, a.Picture)
	case shop.ActPromoMove:
		_, err = stepTo(ctx, tx, now, id, a.State, a.Admin)
	}
	return err
}

// stepTo moves a campaign because somebody said so. A cancelled one takes its promos that
// have not left out of the queue; a paused one keeps them there, where they are held. moved
// is false when it may not move so: somebody was faster.
func stepTo(ctx context.Context, tx *transaction, now time.Time, id int64, to shop.CampaignState, by int64) (moved bool, err error) {
	var from shop.CampaignState
	if err = tx.QueryRowContext(ctx, "SELECT state FROM campaigns WHERE id = $1", id).Scan(&from); err != nil || !from.MayBecome(to) {
		return false, err
	}
	var person any
	if by != 0 {
		person = by
	}
	if from == shop.CampaignDraft && to == shop.CampaignApproved {
		_, err = tx.ExecContext(ctx, "UPDATE campaigns SET state = $1, approved_at = $2, approved_by = $3 WHERE id = $4", to, ms(now), person, id)
	} else {
		_, err = tx.ExecContext(ctx, "UPDATE campaigns SET state = $1 WHERE id = $2", to, id)
	}
	if err == nil && to == shop.CampaignCancelled {
		if _, err = tx.ExecContext(ctx, drop+"'the campaign was cancelled' WHERE rank = 2 AND due_at IS NOT NULL AND campaign_id = $1", id); err == nil {
			_, err = tx.ExecContext(ctx, "UPDATE campaign_slots SET state = 'cancelled' WHERE campaign_id = $1 AND state IN ('due', 'running', 'asked')", id)
		}
		if err == nil {
			err = promiseReports(ctx, tx, now, id)
		}
	}
	if err != nil {
		return false, err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO campaign_events (campaign_id, at, state, by_id) VALUES ($1, $2, $3, $4)", id, ms(now), to, person)
	return true, err
}

// MoveCampaign moves a campaign from the command line, by nobody in particular.
func (db *DB) MoveCampaign(ctx context.Context, now time.Time, id int64, to shop.CampaignState) error {
	return db.tx(ctx, func(tx *transaction) error {
		moved, err := stepTo(ctx, tx, now, id, to, 0)
		if err == nil && !moved {
			var state shop.CampaignState
			err = tx.QueryRowContext(ctx, "SELECT state FROM campaigns WHERE id = $1", id).Scan(&state)
			err = errors.Join(err, &shop.Error{Code: "promo_state", Sentence: fmt.Sprintf("the campaign is %s and cannot become %s", state, to), Hint: "see: bestie broadcast list"})
		}
		return err
	})
}

// CampaignByNumber finds the latest campaign whose ticket has a number.
func (db *DB) CampaignByNumber(ctx context.Context, number int) (shop.Campaign, bool, error) {
	return optional(scanCampaign(db.r.QueryRowContext(ctx, campaignColumns+` FROM campaigns c JOIN tickets k ON k.id = c.ticket_id
		WHERE k.number = $1 ORDER BY c.id DESC LIMIT 1`, number)))
}

// Campaigns are the latest, newest first.
func (db *DB) Campaigns(ctx context.Context, most int) ([]shop.Campaign, error) {
	return campaigns(ctx, db.r, most)
}

func campaigns(ctx context.Context, q querier, most int) ([]shop.Campaign, error) {
	return collect(ctx, q, func(rows *sql.Rows) (shop.Campaign, error) { return scanCampaign(rows) },
		campaignColumns+" FROM campaigns c ORDER BY c.state IN ('finished', 'cancelled', 'missed'), c.id DESC LIMIT $1 + 0", most)
}

// loadCampaigns reads what an admin who writes about promos may mean.
func loadCampaigns(ctx context.Context, tx *transaction, t shop.Turn, d *shop.Desk) (err error) {
	for _, m := range t.Messages {
		if !strings.Contains(strings.ToLower(m.Text[:min(len(m.Text), numberWithin)]), "pro") {
			continue
		}
		if d.NextNumber, err = followingNumber(ctx, tx, t.Now); err != nil {
			return err
		}
		d.Campaigns, err = campaigns(ctx, tx, shop.CampaignsShown)
		return err
	}
	return nil
}

// loadCampaign reads the campaign of a ticket, and the code that an admin was sent for it.
func loadCampaign(ctx context.Context, tx *transaction, admin int64, v *shop.TicketView) error {
	c, ok, err := optional(scanCampaign(tx.QueryRowContext(ctx, campaignColumns+" FROM campaigns c WHERE c.ticket_id = $1", v.ID)))
	if err != nil || !ok {
		return err
	}
	v.Campaign = &c
	err = tx.QueryRowContext(ctx, "SELECT COALESCE((SELECT inbox_id FROM campaign_pictures WHERE campaign_id = $1), 0)", c.ID).Scan(&c.Picture)
	if err != nil {
		return err
	}
	var code shop.CampaignCode
	var expires int64
	err = tx.QueryRowContext(ctx, "SELECT hash, expires_at, tries FROM campaign_codes WHERE campaign_id = $1 AND person_id = $2", c.ID, admin).Scan(&code.Hash, &expires, &code.Tries)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	code.ExpiresAt = at(expires)
	v.Code = &code
	return err
}

// NextLook is somebody who wants to see a campaign, or, if test, to be sent its wordings.
func (db *DB) NextLook(ctx context.Context) (c shop.Campaign, p shop.Person, test, ok bool, err error) {
	c, ok, err = optional(scanCampaign(db.r.QueryRowContext(ctx, campaignColumns+", q.kind = 'test', "+peopleColumns+`
		FROM campaign_looks q JOIN campaigns c ON c.id = q.campaign_id JOIN people p ON p.id = q.person_id LIMIT 1`), &test, &p.ID, &p.LID, &p.Phone, &p.Name, &p.PushName))
	return c, p, test, ok, err
}

// AnswerLook writes what they see, and forgets that they wanted to.
func (db *DB) AnswerLook(ctx context.Context, now time.Time, campaign, person int64, test bool, newID func() string, drafts []shop.Draft) error {
	return db.tx(ctx, func(tx *transaction) error {
		res, err := tx.ExecContext(ctx, "DELETE FROM campaign_looks WHERE campaign_id = $1 AND person_id = $2 AND (kind = 'test') = $3", campaign, person, test)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err
		}
		return queueAll(ctx, tx, now, newID, drafts)
	})
}
