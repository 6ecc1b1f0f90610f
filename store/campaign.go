package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"bestie/shop"
)

// AddCampaign stores a campaign: a draft, or, with ApprovedAt, one that the broadcaster
// plans. With an author it has a ticket, by whose number admins call it.
func (db *DB) AddCampaign(ctx context.Context, c shop.Campaign) (id int64, err error) {
	err = db.tx(ctx, func(tx *transaction) error {
		if c.CreatedBy != 0 && c.Number == 0 {
			if c.Number, err = followingNumber(ctx, tx, firstOf(c.CreatedAt, c.ApprovedAt)); err != nil {
				return err
			}
		}
		id, err = addCampaign(ctx, tx, c)
		return err
	})
	return id, err
}

// followingNumber is the number that the next ticket gets.
func followingNumber(ctx context.Context, q querier, now time.Time) (n int, err error) {
	err = q.QueryRowContext(ctx, "SELECT "+nextNumber, dayBefore(now)).Scan(&n)
	return n, err
}

func firstOf(created, approved time.Time) time.Time {
	if created.IsZero() {
		return approved
	}
	return created
}

func addCampaign(ctx context.Context, tx *transaction, c shop.Campaign) (id int64, err error) {
	wordings := c.Wordings
	if len(wordings) == 0 {
		wordings = []string{c.Text}
	}
	texts, err := json.Marshal(wordings)
	if err != nil {
		return 0, err
	}
	image := ""
	if c.Image != nil {
		file, err := json.Marshal(c.Image)
		if err != nil {
			return 0, err
		}
		image = string(file)
	}
	created, state, kind := firstOf(c.CreatedAt, c.ApprovedAt), shop.CampaignDraft, c.Kind
	var ticket, author, approved any
	if !c.ApprovedAt.IsZero() {
		state, approved = shop.CampaignApproved, ms(c.ApprovedAt)
	}
	if kind == "" {
		kind = shop.CampaignPromo
	}
	if c.CreatedBy != 0 {
		author = c.CreatedBy
		res, err := tx.ExecContext(ctx, "INSERT INTO tickets (number, kind, person_id, opened_at, check_at) VALUES ($1, 'promo', $2, $3, $4)",
			c.Number, c.CreatedBy, ms(created), ms(created.Add(shop.TicketLife)))
		if err != nil {
			return 0, err
		}
		if ticket, err = res.LastInsertId(); err != nil {
			return 0, err
		}
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO campaigns (ticket_id, name, kind, audience, wordings, offer, deadline, call, image, state, created_at, created_by, approved_at, not_before, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id`,
		ticket, c.Name, kind, c.Audience, string(texts), c.Offer, c.Deadline, c.Call, image, state, ms(created), author, approved,
		msOrZero(c.NotBefore), msOrZero(c.ExpiresAt)).Scan(&id)
	if err != nil {
		return 0, err
	}
	if c.Picture != 0 {
		if err = awaitPicture(ctx, tx, created, id, c.CreatedBy, c.Picture); err != nil {
			return 0, err
		}
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO campaign_events (campaign_id, at, state, by_id) VALUES ($1, $2, $3, $4)", id, ms(created), state, author)
	return id, err
}

// msOrZero is the column of an instant that 0 stands for none of.
func msOrZero(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return ms(t)
}

const campaignColumns = `SELECT c.id, COALESCE(c.ticket_id, 0), COALESCE((SELECT number FROM tickets WHERE id = c.ticket_id), 0), c.name, c.kind, c.audience, c.wordings,
	c.offer, c.deadline, c.call, c.image, c.not_before, c.expires_at, c.state, COALESCE(c.created_by, 0), COALESCE(c.approved_by, 0), c.created_at, COALESCE(c.approved_at, 0)`

// scanCampaign reads campaignColumns and what the query adds to them.
func scanCampaign(row interface{ Scan(...any) error }, more ...any) (c shop.Campaign, err error) {
	var notBefore, expires, created, approved int64
	var wordings, image string
	err = row.Scan(append([]any{
		&c.ID, &c.Ticket, &c.Number, &c.Name, &c.Kind, &c.Audience, &wordings, &c.Offer, &c.Deadline, &c.Call, &image,
		&notBefore, &expires, &c.State, &c.CreatedBy, &c.ApprovedBy, &created, &approved,
	}, more...)...)
	if err != nil {
		return c, err
	}
	if err = json.Unmarshal([]byte(wordings), &c.Wordings); err == nil && image != "" {
		err = json.Unmarshal([]byte(image), &c.Image)
	}
	if len(c.Wordings) > 0 {
		c.Text = c.Wordings[0]
	}
	c.CreatedAt, c.ApprovedAt = at(created), at(approved)
	if notBefore != 0 {
		c.NotBefore = at(notBefore)
	}
	if expires != 0 {
		c.ExpiresAt = at(expires)
	}
	return c, err
}

// optional tells what is not there from what cannot be read.
func optional(c shop.Campaign, err error) (shop.Campaign, bool, error) {
	if errors.Is(err, sql.ErrNoRows) {
		return c, false, nil
	}
	return c, err == nil, err
}

// Campaign reads one; ok is false when there is none.
func (db *DB) Campaign(ctx context.Context, id int64) (c shop.Campaign, ok bool, err error) {
	return optional(scanCampaign(db.r.QueryRowContext(ctx, campaignColumns+" FROM campaigns c WHERE c.id = $1", id)))
}

// PromoCounts is how many promos left today and how many wait.
func (db *DB) PromoCounts(ctx context.Context, now time.Time) (sent, left int, err error) {
	err = db.r.QueryRowContext(ctx, `SELECT COUNT(*) FILTER (WHERE tried_at >= $1 AND status IN ('sent', 'delivered', 'read', 'unknown')),
		COUNT(*) FILTER (WHERE due_at IS NOT NULL) FROM outbox WHERE lane = 'promo' AND (tried_at >= $1 OR due_at IS NOT NULL)`,
		ms(shop.Midnight(now))).Scan(&sent, &left)
	return sent, left, err
}

// promoHistory is when a person got promos in the last week, other than row.
// What may have been delivered counts as delivered. A promo that waits for longer
// than eight days is stale, so that none of them was written more than ten before.
func promoHistory(ctx context.Context, q querier, person, row int64, now time.Time) (shop.PromoHistory, error) {
	week := shop.Midnight(now).AddDate(0, 0, -7)
	return instants(ctx, q, `SELECT tried_at FROM outbox WHERE person_id = $1 AND id <> $2 AND lane = 'promo' AND +tried_at > $3 AND created_at > $4
		AND status IN ('sending', 'sent', 'delivered', 'read', 'unknown')`, person, row, ms(week), ms(week.AddDate(0, 0, -10)))
}

func instants(ctx context.Context, q querier, query string, args ...any) (shop.PromoHistory, error) {
	return collect(ctx, q, func(rows *sql.Rows) (time.Time, error) {
		var v int64
		err := rows.Scan(&v)
		return at(v), err
	}, query, args...)
}

// PromoFacts gathers what decides about sending one promo at this instant.
func (db *DB) PromoFacts(ctx context.Context, o shop.OutRow, now time.Time) (f shop.PromoFacts, err error) {
	if f.Consent, err = consent(ctx, db.r, o.Person.ID); err != nil {
		return f, err
	}
	if f.History, err = promoHistory(ctx, db.r, o.Person.ID, o.ID, now); err != nil {
		return f, err
	}
	var complaint, expires int64
	err = db.r.QueryRowContext(ctx, `SELECT
			EXISTS (SELECT 1 FROM inbox WHERE person_id = $1 AND from_me = 0),
			EXISTS (SELECT 1 FROM inbox WHERE person_id = $1 AND from_me = 0 AND due_at IS NOT NULL),
			(SELECT COUNT(*) FROM outbox WHERE lane = 'promo' AND tried_at >= $2 AND status <> 'failed'),
			COALESCE((SELECT complaint_at FROM conversations WHERE person_id = $1), 0),
			COALESCE((SELECT state FROM campaigns WHERE id = $3), ''), COALESCE((SELECT expires_at FROM campaigns WHERE id = $3), 0),
			(SELECT COUNT(*) FROM waits WHERE ended_at IS NULL)`,
		o.Person.ID, ms(shop.Midnight(now)), o.Campaign).Scan(&f.Wrote, &f.Unread, &f.SentToday, &complaint, &f.Campaign, &expires, &f.Unanswered)
	if expires != 0 {
		f.Expires = at(expires)
	}
	f.Complaint = shop.Conversation{ComplaintAt: at(complaint)}.OpenComplaint(now)
	return f, err
}
