package store

import (
	"context"
	"database/sql"
	"time"

	"bestie/shop"
)

// Lines is a person's statement since an instant: at most so many lines, the newest,
// oldest first.
func (db *DB) Lines(ctx context.Context, person int64, since time.Time, most int) ([]shop.Line, error) {
	return lines(ctx, db.r, person, since, most)
}

// lines walks back from what is owed now, over the person's own entries only: it costs
// the same however long the ledger of all is.
func lines(ctx context.Context, q querier, person int64, since time.Time, most int) ([]shop.Line, error) {
	owed, err := balance(ctx, q, shop.CreditAccount(person))
	if err != nil {
		return nil, err
	}
	deposit, err := balance(ctx, q, shop.DepositAccount(person))
	if err != nil {
		return nil, err
	}
	owed += deposit
	all, err := collect(ctx, q, func(rows *sql.Rows) (l shop.Line, err error) {
		var when int64
		err = rows.Scan(&l.Number, &l.Reference, &l.Reason, &when, &l.Amount)
		l.At, l.Owed = at(when), owed
		owed -= l.Amount
		return l, err
	}, `SELECT p.id, p.reference, p.reason, p.at, e.amount FROM (
			SELECT posting_id, SUM(amount) AS amount FROM (
				SELECT * FROM (SELECT posting_id, line, amount FROM entries WHERE account = $1 ORDER BY posting_id DESC, line DESC LIMIT $3 * 2 + 0)
				UNION ALL
				SELECT * FROM (SELECT posting_id, line, amount FROM entries WHERE account = $2 ORDER BY posting_id DESC, line DESC LIMIT $3 * 2 + 0))
			GROUP BY posting_id ORDER BY posting_id DESC LIMIT $3 + 0) e
		JOIN postings p ON p.id = e.posting_id ORDER BY p.id DESC`, shop.CreditAccount(person), shop.DepositAccount(person), most)
	if err != nil {
		return nil, err
	}
	turnRound(all)
	for len(all) > 0 && all[0].At.Before(since) {
		all = all[1:]
	}
	return all, nil
}
