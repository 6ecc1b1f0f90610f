package store

import (
	"context"
	"database/sql"
	"strconv"
	"time"

	"bestie/shop"
)

// settingDigest holds the instant for which the last digest was due.
const settingDigest = "ledger_digest_at"

// Digest notes what was found of the ledger when its digest was due, and writes the messages about it
// and the alarm, "" for none, in one transaction. A ledger that contradicts itself gets
// no digest: the last one stays what it has to meet.
func (db *DB) Digest(ctx context.Context, now, due time.Time, found shop.Audit, newID func() string, drafts []shop.Draft, alarm string) error {
	day := due.In(shop.WIB).Format(time.DateOnly)
	return db.tx(ctx, func(tx *transaction) error {
		if _, err := tx.ExecContext(ctx, putSetting, settingDigest, strconv.FormatInt(ms(due), 10)); err != nil {
			return err
		}
		if found.Broken == nil || found.Broken.Digest {
			_, err := tx.ExecContext(ctx, `INSERT INTO ledger_digests (day, at, postings, entries, outstanding, head) VALUES ($1, $2, $3, $4, $5, $6)
				ON CONFLICT DO UPDATE SET at = $2, postings = $3, entries = $4, outstanding = $5, head = $6`,
				day, ms(now), found.Postings, found.Entries, found.Outstanding, found.Head[:])
			if err != nil {
				return err
			}
		}
		if alarm != "" {
			if err := db.raise(ctx, tx, now, "ledger "+day, alarm); err != nil {
				return err
			}
		}
		return queueAll(ctx, tx, now, newID, drafts)
	})
}

// paymentDue is a payment that waited too long, and whose it is.
type paymentDue struct {
	payment, person int64
	proven          bool // a picture of the transfer came
}

// VoidPayment closes the payment that has waited longest beyond its time, with the
// messages about it, in one transaction. proven tells compose that a picture of the transfer
// had come. It returns how many it closed: 0 or 1.
func (db *DB) VoidPayment(ctx context.Context, now time.Time, newID func() string, compose func(a shop.Account, p shop.Payment, proven bool) ([]shop.Draft, error)) (n int, err error) {
	err = db.tx(ctx, func(tx *transaction) error {
		n = 0
		due, err := collect(ctx, tx, func(rows *sql.Rows) (d paymentDue, err error) {
			return d, rows.Scan(&d.payment, &d.person, &d.proven)
		}, "SELECT id, person_id, EXISTS (SELECT 1 FROM proofs f WHERE f.payment_id = payments.id) FROM payments WHERE state = 'pending' AND expires_at <= $1 ORDER BY expires_at, id LIMIT 1", ms(now))
		if err != nil || len(due) == 0 {
			return err
		}
		a, err := loadAccount(ctx, tx, due[0].person, nil)
		if err != nil {
			return err
		} else if a == nil {
			return &shop.Error{Code: "no_account", Sentence: "a payment waits of somebody who is no dropshipper", Hint: "register the number again: bestie dropship add"}
		}
		n = 1
		return book(ctx, tx, now, a, newID, func(a *shop.Account) (shop.Booking, []shop.Draft, error) {
			b := a.Void(shop.Payment{ID: due[0].payment}, "expired", 0, now)
			drafts, err := compose(*a, b.Payments[0], due[0].proven)
			return b, drafts, err
		})
	})
	return n, err
}

// NextVoid is when the next payment will have waited too long; false when none waits.
func (db *DB) NextVoid(ctx context.Context) (time.Time, bool, error) {
	return earliest(ctx, steady{db.w}, "SELECT MIN(expires_at) FROM payments WHERE state = 'pending'")
}

// Debtors are the dropshippers who owe something, want to be reminded and were not
// reminded as often as the cap allows in the last seven days, nor today.
func (db *DB) Debtors(ctx context.Context, now time.Time, most int) ([]int64, error) {
	return collect(ctx, db.r, scanInt, `SELECT d.person_id FROM dropshippers d JOIN balances b ON b.account = 'credit:' || d.person_id
		WHERE b.amount > 0 AND d.reminders = 1 AND (SELECT COUNT(*) FROM reminders r WHERE r.person_id = d.person_id AND r.at > $1) < $2
			AND NOT EXISTS (SELECT 1 FROM reminders r WHERE r.person_id = d.person_id AND r.at >= $3) ORDER BY d.person_id`,
		ms(now.AddDate(0, 0, -7)), most, ms(shop.Midnight(now)))
}

// Remind writes what compose says to a debtor, if it says anything, and counts it.
func (db *DB) Remind(ctx context.Context, now time.Time, person int64, newID func() string, compose func(shop.Account) ([]shop.Draft, error)) error {
	return db.tx(ctx, func(tx *transaction) error {
		a, err := loadAccount(ctx, tx, person, nil)
		if err != nil || a == nil || a.Quiet {
			return err
		}
		drafts, err := compose(*a)
		if err != nil || len(drafts) == 0 {
			return err
		}
		if _, err = tx.ExecContext(ctx, "INSERT INTO reminders (person_id, at) VALUES ($1, $2) ON CONFLICT DO NOTHING", person, ms(now)); err != nil {
			return err
		}
		return queueAll(ctx, tx, now, newID, drafts)
	})
}
