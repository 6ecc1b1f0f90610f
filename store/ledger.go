package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"bestie/shop"
)

// RegisterDropshipper gives a registered person a shop and a credit limit, or
// changes them.
func (db *DB) RegisterDropshipper(ctx context.Context, now time.Time, phone, name string, d shop.Dropshipper) (p shop.Person, err error) {
	err = db.tx(ctx, func(tx *transaction) error {
		p, err = register(ctx, tx, now, phone, name, shop.RoleDropshipper)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO dropshippers (person_id, shop, credit_limit, bank_account) VALUES ($1, $2, $3, $4)
			ON CONFLICT (person_id) DO UPDATE SET shop = $2, credit_limit = $3, bank_account = $4`, p.ID, d.Shop, d.Limit, d.BankAccount)
		return err
	})
	return p, err
}

// dropshipper loads limit and balance; nil when the person has no shop.
func dropshipper(ctx context.Context, q querier, person int64) (*shop.Dropshipper, error) {
	d := shop.Dropshipper{PersonID: person}
	var suspended int64
	var reminders bool
	err := q.QueryRowContext(ctx, "SELECT shop, credit_limit, bank_account, suspended_at, reminders, tell_buyer FROM dropshippers WHERE person_id = $1", person).
		Scan(&d.Shop, &d.Limit, &d.BankAccount, &suspended, &reminders, &d.TellBuyer)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	d.Suspended, d.Quiet = at(suspended), !reminders
	d.Used, err = balance(ctx, q, shop.CreditAccount(person))
	return &d, err
}

// balance is what an account stands at; an account without entries has 0.
func balance(ctx context.Context, q querier, account string) (sum shop.Rupiah, err error) {
	err = q.QueryRowContext(ctx, "SELECT COALESCE((SELECT amount FROM balances WHERE account = $1), 0)", account).Scan(&sum)
	return sum, err
}

// Post books a balanced posting. A reference that is booked already with the same content
// is reported with false: a retry never books twice. With other content it is an error.
func (db *DB) Post(ctx context.Context, p shop.Posting) (booked bool, err error) {
	err = db.tx(ctx, func(tx *transaction) error {
		booked, err = post(ctx, tx, p)
		return err
	})
	return booked && err == nil, err
}

// errBooked is returned for a reference that is booked with other content.
var errBooked = errors.New("this reference is booked already, and says something else")

// post books a posting as the next of the ledger, with its hash and the balances.
func post(ctx context.Context, tx *transaction, p shop.Posting) (booked bool, err error) {
	if err = p.Check(); err != nil {
		return false, fmt.Errorf("posting %s: %w", p.Reference, err)
	}
	known, err := postingOf(ctx, tx, p.Reference)
	if err != nil {
		return false, err
	} else if known != nil {
		if !known.Same(p) {
			return false, fmt.Errorf("posting %s: %w", p.Reference, errBooked)
		}
		return false, nil
	}
	last, before, err := head(ctx, tx)
	if err != nil {
		return false, err
	}
	if p.Number == 0 {
		p.Number = last + 1
	} else if p.Number != last+1 { // what was told to people would not be true
		return false, fmt.Errorf("posting %s: it was decided as number %d and would be %d", p.Reference, p.Number, last+1)
	}
	p.Hash = p.Chained(before)
	_, err = tx.ExecContext(ctx, "INSERT INTO postings (id, reference, reason, actor, source, at, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)",
		p.Number, p.Reference, p.Reason, p.Actor, p.Source, ms(p.At), p.Hash[:])
	if err != nil {
		return false, err
	}
	for i, e := range p.Entries {
		var after shop.Rupiah
		err = tx.QueryRowContext(ctx, `INSERT INTO balances (account, amount, entries) VALUES ($1, $2, 1)
			ON CONFLICT DO UPDATE SET amount = amount + $2, entries = entries + 1 RETURNING amount`, e.Account, e.Amount).Scan(&after)
		if err != nil {
			return false, err
		}
		if _, err = tx.ExecContext(ctx, "INSERT INTO entries (posting_id, line, account, amount, balance) VALUES ($1, $2, $3, $4, $5)",
			p.Number, i+1, e.Account, e.Amount, after); err != nil {
			return false, err
		}
	}
	return true, nil
}

// head is the number and the hash of the ledger's last posting; zero when it is empty.
func head(ctx context.Context, q querier) (number int64, hash shop.Hash, err error) {
	var sum []byte
	err = q.QueryRowContext(ctx, "SELECT id, hash FROM postings ORDER BY id DESC LIMIT 1").Scan(&number, &sum)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, hash, nil
	}
	copy(hash[:], sum)
	return number, hash, err
}

// postingOf is the posting that was booked under a reference, nil when none was.
func postingOf(ctx context.Context, q querier, reference string) (*shop.Posting, error) {
	p := shop.Posting{Reference: reference}
	var when int64
	var sum []byte
	err := q.QueryRowContext(ctx, "SELECT id, reason, actor, source, at, hash FROM postings WHERE reference = $1", reference).
		Scan(&p.Number, &p.Reason, &p.Actor, &p.Source, &when, &sum)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	p.At = at(when)
	copy(p.Hash[:], sum)
	p.Entries, err = collect(ctx, q, func(rows *sql.Rows) (e shop.Entry, err error) {
		return e, rows.Scan(&e.Account, &e.Amount)
	}, "SELECT account, amount FROM entries WHERE posting_id = $1 ORDER BY line", p.Number)
	return &p, err
}

// Reverse corrects a posting by its opposite. The same posting is reversed once.
func (db *DB) Reverse(ctx context.Context, now time.Time, reference, actor, reason string) (booked bool, err error) {
	err = db.tx(ctx, func(tx *transaction) error {
		p, err := postingOf(ctx, tx, reference)
		if err != nil {
			return err
		} else if p == nil {
			return &shop.Error{Code: "posting_unknown", Sentence: "Nothing is booked as " + reference + ".", Hint: "Look at `bestie ledger show`."}
		}
		booked, err = post(ctx, tx, p.Reverse(actor, reason, now))
		return err
	})
	return booked && err == nil, err
}
