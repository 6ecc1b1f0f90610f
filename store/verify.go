package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"bestie/shop"
)

// Verify recomputes the whole ledger: numbers without gaps, entries that add up to zero,
// running balances, the chain of hashes, the last digest that was sent, the balances kept,
// and that orders and payments are booked as they stand. It reads one state of the file
// and holds up nobody; its memory grows with the accounts, not with the entries.
func (db *DB) Verify(ctx context.Context) (found shop.Audit, err error) {
	tx, err := db.r.BeginTx(ctx, nil)
	if err != nil {
		return found, err
	}
	defer func() { _ = tx.Rollback() }() // it only read
	q := steady{tx}
	last, err := lastDigest(ctx, q)
	if err != nil {
		return found, err
	}
	a := shop.NewAuditor(last)
	if err = ledger(ctx, q, a.Next); err != nil {
		return found, err
	}
	if err = auditKept(ctx, q, a); err != nil {
		return found, err
	}
	var outstanding shop.Rupiah
	err = q.QueryRowContext(ctx, "SELECT COALESCE(SUM(amount), 0) FROM balances WHERE account GLOB 'credit:*'").Scan(&outstanding)
	if err != nil {
		return found, err
	}
	if found = a.End(outstanding); found.Broken == nil {
		found.Broken, err = auditBooks(ctx, q)
	}
	return found, err
}

// lastDigest is the digest that was sent last, nil before the first.
func lastDigest(ctx context.Context, q querier) (*shop.Mark, error) {
	var m shop.Mark
	var sum []byte
	err := q.QueryRowContext(ctx, "SELECT day, postings, entries, head FROM ledger_digests ORDER BY day DESC LIMIT 1").Scan(&m.Day, &m.Postings, &m.Entries, &sum)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	copy(m.Head[:], sum)
	return &m, err
}

// Ledger streams all postings in order, each with its entries as they stand, until each
// says false.
func (db *DB) Ledger(ctx context.Context, each func(shop.Posting, []shop.Booked) bool) error {
	return ledger(ctx, steady{db.r}, each)
}

func ledger(ctx context.Context, q querier, each func(shop.Posting, []shop.Booked) bool) error {
	rows, err := q.QueryContext(ctx, `SELECT p.id, p.reference, p.reason, p.actor, p.source, p.at, p.hash, COALESCE(e.line, 0), COALESCE(e.account, ''),
		COALESCE(e.amount, 0), COALESCE(e.balance, 0) FROM postings p LEFT JOIN entries e ON e.posting_id = p.id ORDER BY p.id, e.line`)
	if err != nil {
		return err
	}
	defer rows.Close()
	var p shop.Posting
	var entries []shop.Booked
	for n := 0; rows.Next(); n++ {
		var next shop.Posting
		var e shop.Booked
		var when int64
		var sum sql.RawBytes
		if err = rows.Scan(&next.Number, &next.Reference, &next.Reason, &next.Actor, &next.Source, &when, &sum, &e.Line, &e.Account, &e.Amount, &e.Balance); err != nil {
			return err
		}
		if n > 0 && next.Number != p.Number {
			if !each(p, entries) || ctx.Err() != nil {
				return ctx.Err()
			}
			entries = entries[:0]
		}
		if n == 0 || next.Number != p.Number {
			p, p.At = next, at(when)
			if len(sum) == len(p.Hash) {
				copy(p.Hash[:], sum)
			}
		}
		if e.Line != 0 || e.Account != "" {
			entries = append(entries, e)
		}
	}
	if err = rows.Err(); err == nil && p.Number != 0 {
		each(p, entries)
	}
	return err
}

func auditKept(ctx context.Context, q querier, a *shop.Auditor) error {
	rows, err := q.QueryContext(ctx, "SELECT account, amount, entries FROM balances ORDER BY account")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var account string
		var amount shop.Rupiah
		var entries int64
		if err = rows.Scan(&account, &amount, &entries); err != nil {
			return err
		}
		a.Kept(account, amount, entries)
	}
	return rows.Err()
}

// unbooked finds orders and payments that the ledger does not say the same of, and
// entries that belong to no posting.
var unbooked = []struct{ what, query string }{
	{"order %d is not booked with its total", `SELECT o.id FROM orders o WHERE o.dropship = 1 AND o.placed_at > 0 AND NOT EXISTS (
		SELECT 1 FROM postings p JOIN entries e ON e.posting_id = p.id WHERE p.reference = 'order:' || o.id AND e.account = 'sales' AND e.amount = -o.total)`},
	{"order %d was taken back and its charge was not", `SELECT o.id FROM orders o WHERE o.dropship = 1 AND o.placed_at > 0 AND o.state IN ('cancelled', 'returned')
		AND NOT EXISTS (SELECT 1 FROM postings p WHERE p.reference IN ('cancel:' || o.id, 'return:' || o.id))`},
	{"payment %d is not announced in the ledger", `SELECT y.id FROM payments y WHERE NOT EXISTS (SELECT 1 FROM postings p WHERE p.reference = 'pay:' || y.id || ':open')`},
	{"payment %d is not closed in the ledger as it stands", `SELECT y.id FROM payments y WHERE y.state <> 'pending' AND NOT EXISTS (SELECT 1 FROM postings p
		WHERE p.reference = 'pay:' || y.id || CASE y.state WHEN 'posted' THEN ':post' WHEN 'void' THEN ':void' ELSE ':reject' END)`},
	{"entries name posting %d, which does not exist", "SELECT e.posting_id FROM entries e WHERE NOT EXISTS (SELECT 1 FROM postings p WHERE p.id = e.posting_id)"},
}

func auditBooks(ctx context.Context, q querier) (*shop.Break, error) {
	for _, c := range unbooked {
		ids, err := collect(ctx, q, scanInt, c.query+" ORDER BY 1 LIMIT 1")
		if err != nil {
			return nil, err
		}
		if len(ids) > 0 {
			return &shop.Break{What: strings.TrimSpace(fmt.Sprintf(c.what, ids[0]))}, nil
		}
	}
	return nil, nil
}
