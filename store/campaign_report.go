package store

import (
	"context"
	"database/sql"
	"time"

	"bestie/shop"
)

// CampaignReport works out what a campaign came to as it stands at now, from the rows of
// everybody in it; ok is false when there is none. It reads one snapshot, beside which
// the writer goes on, and keeps nobody in memory.
func (db *DB) CampaignReport(ctx context.Context, now time.Time, campaign int64) (r shop.CampaignReport, ok bool, err error) {
	err = db.snapshot(ctx, func(q querier) error {
		c, found, err := optional(scanCampaign(q.QueryRowContext(ctx, campaignColumns+" FROM campaigns c WHERE c.id = $1", campaign)))
		if ok = found; err != nil || !found {
			return err
		}
		sum := shop.NewCampaignReport(c, now)
		take := func(rows *sql.Rows) error {
			p, err := scanPromoFate(rows)
			sum.Add(p)
			return err
		}
		if err = each(ctx, q, take, promoFates, campaign, shop.PromoWindow.Milliseconds()); err != nil {
			return err
		}
		if err = each(ctx, q, take, promosUnwritten, campaign); err != nil {
			return err
		}
		r = sum.Finish()
		return nil
	})
	return r, ok, err
}

// A promo's window begins with the whole second in which it left, for WhatsApp tells of
// messages to the second. It ends PromoWindow ($2) later, or with the next promo that may
// have reached the person: no promo waits for longer than ten days.
const (
	promoFates = `SELECT COALESCE(f.fate, ''), f.status, f.reason, f.wording, f.sent,
		(SELECT MIN(sent_at) FROM inbox WHERE person_id = f.person_id AND from_me = 0 AND sent_at >= f.sent AND sent_at < f.until
			AND kind IN (` + replyKinds + `)),
		(SELECT MIN(at) FROM consents WHERE person_id = f.person_id AND granted = 0 AND at >= f.sent AND at < f.until),
		COALESCE((SELECT complaint_at FROM conversations WHERE person_id = f.person_id AND complaint_at >= f.sent AND complaint_at < f.until),
			(SELECT MIN(since) FROM waits WHERE person_id = f.person_id AND intent IN (` + complaintIntents + `) AND since >= f.sent AND since < f.until)),
		(SELECT MIN(placed_at) FROM orders WHERE person_id = f.person_id AND state <> 'cancelled' AND placed_at >= f.sent AND placed_at < f.until)
	FROM (
		SELECT e.*, MIN(e.sent + $2, COALESCE((SELECT MIN(COALESCE(n.sent_at, n.tried_at)) FROM outbox n
			WHERE n.person_id = e.person_id AND n.lane = 'promo' AND n.id <> e.id AND n.created_at BETWEEN e.sent - 864000000 AND e.sent + $2
				AND n.status IN ('sent', 'delivered', 'read', 'unknown')
				AND (COALESCE(n.sent_at, n.tried_at), n.id) > (e.exact, e.id)), e.sent + $2) / 1000 * 1000) AS until
		FROM (
			SELECT o.id, o.person_id, p.fate, o.status, o.reason, o.wording, COALESCE(o.sent_at, o.tried_at) AS exact,
				COALESCE(o.sent_at, o.tried_at) / 1000 * 1000 AS sent
			FROM outbox o LEFT JOIN campaign_people p ON p.campaign_id = o.campaign_id AND p.person_id = o.person_id
			WHERE o.campaign_id = $1) e) f`
	promosUnwritten = `SELECT p.fate, '', '', p.wording, NULL, NULL, NULL, NULL, NULL FROM campaign_people p
		WHERE p.campaign_id = $1 AND NOT EXISTS (SELECT 1 FROM outbox WHERE campaign_id = $1 AND person_id = p.person_id)`
	// replyKinds are what a person says of themselves, also by a reaction or a press.
	replyKinds = `'text', 'image', 'video', 'voice', 'audio', 'document', 'sticker', 'location', 'contact', 'poll_vote', 'reaction', 'button', 'cart', 'product', 'view_once', 'call'`
	// complaintIntents are those that open a complaint (shop.Conversation.ComplaintAt).
	complaintIntents = `'komplain_marah'`
)

func scanPromoFate(rows *sql.Rows) (p shop.PromoFate, err error) {
	var sent, replied, stopped, complained, ordered sql.NullInt64
	err = rows.Scan(&p.Fate, &p.Status, &p.Reason, &p.Wording, &sent, &replied, &stopped, &complained, &ordered)
	p.Sent, p.Replied, p.Stopped, p.Complained, p.Ordered = nullAt(sent), nullAt(replied), nullAt(stopped), nullAt(complained), nullAt(ordered)
	return p, err
}

// promiseReports notes that the author of a campaign that has just ended is to hear of it,
// if anything of it left. A campaign ends once, so each is written once.
func promiseReports(ctx context.Context, tx *transaction, now time.Time, campaign int64) error {
	var author, last sql.NullInt64
	err := tx.QueryRowContext(ctx, `SELECT created_by, (SELECT MAX(tried_at) FROM outbox WHERE campaign_id = $1 AND status IN ('sending', 'sent', 'delivered', 'read', 'unknown'))
		FROM campaigns WHERE id = $1`, campaign).Scan(&author, &last)
	if err != nil || !author.Valid || !last.Valid {
		return err
	}
	r := shop.DuePromoReport{Campaign: campaign, Person: author.Int64, Kind: shop.PromoReportEvening}
	evening, final := shop.PromoReportTimes(now, at(last.Int64))
	if err = promiseReport(ctx, tx, r, evening); err != nil {
		return err
	}
	r.Kind = shop.PromoReportFinal
	return promiseReport(ctx, tx, r, final)
}

func promiseReport(ctx context.Context, tx *transaction, r shop.DuePromoReport, due time.Time) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO campaign_reports (campaign_id, person_id, kind, due_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
		r.Campaign, r.Person, r.Kind, ms(due))
	return err
}

// NextPromoReport is the report on a campaign that is due first, and when; ok is false
// when none is.
func (db *DB) NextPromoReport(ctx context.Context) (r shop.DuePromoReport, due time.Time, ok bool, err error) {
	list, err := collect(ctx, db.r, func(rows *sql.Rows) (r shop.DuePromoReport, err error) {
		var v int64
		err = rows.Scan(&r.Campaign, &r.Person, &r.Kind, &v)
		due = at(v)
		return r, err
	}, "SELECT campaign_id, person_id, kind, due_at FROM campaign_reports ORDER BY due_at, campaign_id LIMIT 1")
	if err != nil || len(list) == 0 {
		return r, due, false, err
	}
	return list[0], due, true, nil
}

// WritePromoReport writes the messages of a report that is due and forgets that it was,
// in one transaction: a crash loses neither and doubles none.
func (db *DB) WritePromoReport(ctx context.Context, now time.Time, r shop.DuePromoReport, newID func() string, drafts []shop.Draft) error {
	return db.tx(ctx, func(tx *transaction) error {
		res, err := tx.ExecContext(ctx, "DELETE FROM campaign_reports WHERE campaign_id = $1 AND person_id = $2 AND kind = $3", r.Campaign, r.Person, r.Kind)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err
		}
		return queueAll(ctx, tx, now, newID, drafts)
	})
}
