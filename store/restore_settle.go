package store

import (
	"context"
	"errors"
	"time"

	"github.com/rs/zerolog"

	"bestie/shop"
)

// How long promos rest after a restore. Whom the lost days' promos reached is
// forgotten, and nobody gets more than two in any seven days; if it is also
// forgotten who opted out, a person has to decide.
const promoRest = 7 * 24 * time.Hour

// settle ends what was under way when the copy was made. Nobody knows what was
// sent and answered since, and nothing may be said twice: a person looks instead.
func settle(ctx context.Context, fresh, place string, now time.Time, r *Restored) (err error) {
	db, err := open(ctx, fresh, zerolog.Nop())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }() // leaves no -wal and no -shm
	rest := promoRest
	if r.OptOuts, r.Forgot = db.takeOptOuts(ctx, place); r.Forgot != nil {
		rest = shop.UntilAllowed
	}
	return db.tx(ctx, func(tx *transaction) (err error) {
		if r.Erased, err = eraseAgain(ctx, tx, now); err != nil {
			return err
		}
		for _, step := range []struct {
			count *int
			stmt  string
			args  []any
		}{
			{&r.Messages, "UPDATE outbox SET status = 'cancelled', due_at = NULL, reason = 'restored from a copy' WHERE status = 'queued'", nil},
			{&r.Messages, "UPDATE outbox SET due_at = NULL, reason = 'restored from a copy' WHERE status = 'unknown' AND due_at IS NOT NULL", nil},
			{&r.Messages, "UPDATE outbox SET status = 'unknown', reason = 'restored from a copy' WHERE status = 'sending'", nil},
			{&r.Messages, "UPDATE purchase_orders SET due = '' WHERE due <> ''", nil},
			{nil, "UPDATE inbox SET handled_at = $1, due_at = NULL WHERE due_at IS NOT NULL", []any{ms(now)}},
			{&r.Waits, "UPDATE waits SET state = 'cancelled', ended_at = $1, next_page_at = NULL WHERE ended_at IS NULL", []any{ms(now)}},
			{nil, "UPDATE tickets SET promised_at = NULL WHERE promised_at IS NOT NULL", nil},
			{nil, "UPDATE promises SET state = CASE state WHEN 'open' THEN 'withdrawn' ELSE state END, next_at = NULL WHERE next_at IS NOT NULL", nil},
			{nil, "UPDATE campaigns SET state = 'cancelled' WHERE state IN ('approved', 'scheduled', 'running', 'paused')", nil},
			{&r.Slots, "UPDATE campaign_slots SET state = 'cancelled' WHERE state IN ('due', 'running', 'asked')", nil},
			{nil, `INSERT INTO gates (lane, closed_until, reason) VALUES ('promo', $1, 'restored from a copy')
				ON CONFLICT (lane) DO UPDATE SET closed_until = MAX(closed_until, excluded.closed_until), reason = excluded.reason`, []any{ms(now.Add(rest))}},
			{nil, "DELETE FROM settings WHERE key IN ($1, $2)", []any{SettingHeartbeat, SettingState}},
		} {
			result, err := tx.ExecContext(ctx, step.stmt, step.args...)
			if err != nil {
				return err
			}
			n, err := result.RowsAffected()
			if err != nil {
				return err
			}
			if step.count != nil {
				*step.count += int(n)
			}
		}
		return nil
	})
}

// takeOptOuts brings over what must not be forgotten of the time after the copy was made:
// what people said of promos, for an opt-out holds for ever (field guide, section 5,
// rule 6), who was asked about them, which happens once in a lifetime, and the digests of
// the ledger, and whose data were erased. Consents of lists stay behind: a list taken by mistake may be why the copy is
// wanted. Whom the copy does not know cannot get a promo. n is how many people opted out.
func (db *DB) takeOptOuts(ctx context.Context, place string) (n int, err error) {
	if err = checkFile(ctx, place); err != nil {
		return 0, err
	}
	if _, err = db.w.ExecContext(ctx, "ATTACH DATABASE $1 AS before", place); err != nil {
		return 0, err
	}
	err = db.tx(ctx, func(tx *transaction) error {
		if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM before.consents c`+sameSince+` AND c.granted = 0
			AND c.id = (SELECT MAX(id) FROM before.consents WHERE person_id = q.id)`).Scan(&n); err != nil {
			return err
		}
		for _, stmt := range []string{
			`INSERT INTO consents (person_id, granted, at, source, question, words)
				SELECT p.id, c.granted, c.at, c.source, c.question, c.words FROM before.consents c` + sameSince + ` AND (c.granted = 0 OR c.source = 'chat') ORDER BY c.id`,
			`INSERT INTO consent_asks (person_id, at, words) SELECT p.id, a.at, a.words
				FROM before.consent_asks a JOIN before.people q ON q.id = a.person_id JOIN people p ON p.lid = q.lid OR p.phone = q.phone WHERE true ON CONFLICT DO NOTHING`,
			// The ledger has to meet the last digest that the owner was sent, also as a copy.
			`INSERT INTO settings (key, value) SELECT key, value FROM before.settings WHERE key = '` + settingErasureKey + `' ON CONFLICT DO UPDATE SET value = excluded.value`,
			`INSERT INTO erased (hash, at) SELECT hash, at FROM before.erased WHERE true ON CONFLICT DO UPDATE SET at = excluded.at`,
			`INSERT INTO ledger_digests (day, at, postings, entries, outstanding, head)
				SELECT day, at, postings, entries, outstanding, head FROM before.ledger_digests WHERE true ON CONFLICT DO NOTHING`,
		} {
			if _, err := tx.ExecContext(ctx, stmt); err != nil {
				return err
			}
		}
		return nil
	})
	_, detach := db.w.ExecContext(ctx, "DETACH DATABASE before")
	return n, errors.Join(err, detach)
}

// sameSince finds the people of the file of before in the copy, with the entries that the
// copy lacks.
const sameSince = ` JOIN before.people q ON q.id = c.person_id JOIN people p ON p.lid = q.lid OR p.phone = q.phone
	WHERE NOT EXISTS (SELECT 1 FROM consents k WHERE k.person_id = p.id AND k.granted = c.granted AND k.at = c.at)`
