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
func (db *DB) RegisterDropshipper(ctx context.Context, now time.Time, phone, name string, d shop.Dropshipper) (shop.Person, error) {
	p, err := db.Register(ctx, now, phone, name, shop.RoleDropshipper)
	if err != nil {
		return p, err
	}
	return p, db.tx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO dropshippers (person_id, shop, credit_limit, bank_account) VALUES ($1, $2, $3, $4)
			ON CONFLICT (person_id) DO UPDATE SET shop = $2, credit_limit = $3, bank_account = $4`, p.ID, d.Shop, d.Limit, d.BankAccount)
		return err
	})
}

// dropshipper loads limit and balance; nil when the person has no shop.
func dropshipper(ctx context.Context, q querier, person int64) (*shop.Dropshipper, error) {
	d := shop.Dropshipper{PersonID: person}
	err := q.QueryRowContext(ctx, `SELECT shop, credit_limit, bank_account, (SELECT COALESCE(SUM(amount), 0) FROM entries WHERE account = $2)
		FROM dropshippers WHERE person_id = $1`, person, shop.ReceivableAccount(person)).Scan(&d.Shop, &d.Limit, &d.BankAccount, &d.Used)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &d, err
}

// Post books a balanced posting. A reference that is booked already is left as
// it is and reported with false: a retry never books twice.
func (db *DB) Post(ctx context.Context, p shop.Posting) (booked bool, err error) {
	if err = p.Check(); err != nil {
		return false, fmt.Errorf("posting %s: %w", p.Reference, err)
	}
	err = db.tx(ctx, func(tx *sql.Tx) error {
		var id int64
		err := tx.QueryRowContext(ctx, "INSERT INTO postings (reference, reason, actor, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING id",
			p.Reference, p.Reason, p.Actor, ms(p.At)).Scan(&id)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		} else if err != nil {
			return err
		}
		for i, e := range p.Entries {
			if _, err = tx.ExecContext(ctx, "INSERT INTO entries (posting_id, line, account, amount) VALUES ($1, $2, $3, $4)", id, i+1, e.Account, e.Amount); err != nil {
				return err
			}
		}
		booked = true
		return nil
	})
	return booked, err
}
