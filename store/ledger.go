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
	err := q.QueryRowContext(ctx, "SELECT shop, credit_limit, bank_account FROM dropshippers WHERE person_id = $1", person).Scan(&d.Shop, &d.Limit, &d.BankAccount)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	d.Used, err = balance(ctx, q, shop.ReceivableAccount(person))
	return &d, err
}

// balance is the sum of an account's entries; an account without any has 0.
func balance(ctx context.Context, q querier, account string) (sum shop.Rupiah, err error) {
	err = q.QueryRowContext(ctx, "SELECT COALESCE(SUM(amount), 0) FROM entries WHERE account = $1", account).Scan(&sum)
	return sum, err
}

// Post books a balanced posting. A reference that is booked already is left as
// it is and reported with false: a retry never books twice.
func (db *DB) Post(ctx context.Context, p shop.Posting) (booked bool, err error) {
	err = db.tx(ctx, func(tx *transaction) error {
		booked, err = post(ctx, tx, p)
		return err
	})
	return booked && err == nil, err
}

func post(ctx context.Context, tx *transaction, p shop.Posting) (booked bool, err error) {
	if err = p.Check(); err != nil {
		return false, fmt.Errorf("posting %s: %w", p.Reference, err)
	}
	var id int64
	err = tx.QueryRowContext(ctx, "INSERT INTO postings (reference, reason, actor, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING id",
		p.Reference, p.Reason, p.Actor, ms(p.At)).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	for i, e := range p.Entries {
		if _, err = tx.ExecContext(ctx, "INSERT INTO entries (posting_id, line, account, amount) VALUES ($1, $2, $3, $4)", id, i+1, e.Account, e.Amount); err != nil {
			return false, err
		}
	}
	return true, nil
}
