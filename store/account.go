package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"
	"time"

	"bestie/shop"
)

// loadAccount reads all that a decision about a dropshipper's money looks at; nil when
// the person has no shop. It costs the same however long the ledger is: balances and
// open rows only.
func loadAccount(ctx context.Context, q querier, person int64, messages []shop.Message) (*shop.Account, error) {
	d, err := dropshipper(ctx, q, person)
	if d == nil || err != nil {
		return nil, err
	}
	a := &shop.Account{Dropshipper: *d, Codes: map[int]bool{}, Known: map[string]bool{}}
	err = q.QueryRowContext(ctx, `SELECT -COALESCE((SELECT amount FROM balances WHERE account = $1), 0), -COALESCE((SELECT amount FROM balances WHERE account = $2), 0),
			COALESCE((SELECT MAX(id) FROM postings), 0), 1 + COALESCE((SELECT MAX(id) FROM orders), 0), 1 + COALESCE((SELECT MAX(id) FROM payments), 0)`,
		shop.PendingAccount(person), shop.DepositAccount(person)).Scan(&a.Pending, &a.Deposit, &a.Head, &a.NextOrder, &a.NextPayment)
	if err != nil {
		return nil, err
	}
	if a.Payments, err = payments(ctx, q, "p.person_id = $1 AND p.state = 'pending' ORDER BY p.id", person); err != nil {
		return nil, err
	}
	codes, err := collect(ctx, q, scanInt, "SELECT code FROM payments WHERE state = 'pending'")
	if err != nil {
		return nil, err
	}
	for _, code := range codes {
		a.Codes[int(code)] = true
	}
	if err = loadOrders(ctx, q, a); err != nil {
		return nil, err
	}
	wanted := false
	for _, m := range messages {
		wanted = wanted || shop.WantsLines(m.Text)
		known, err := collect(ctx, q, scanText, `SELECT source FROM orders WHERE source = $1 OR source > $1 || '#' AND source < $1 || '$'
			UNION ALL SELECT source FROM payments WHERE source = $1`, m.MessageID)
		if err != nil {
			return nil, err
		}
		for _, source := range known {
			a.Known[source] = true
		}
	}
	if wanted {
		a.Lines, err = lines(ctx, q, person, time.Time{}, shop.MostLines)
	}
	return a, err
}

func scanInt(rows *sql.Rows) (n int64, err error)      { return n, rows.Scan(&n) }
func scanText(rows *sql.Rows) (text string, err error) { return text, rows.Scan(&text) }

// loadOrders reads the orders that are parked or may still be taken back, and finds those
// that are not paid: payments pay the oldest first, so that what is owed is the newest.
func loadOrders(ctx context.Context, q querier, a *shop.Account) (err error) {
	if a.Parked, err = orders(ctx, q, "person_id = $1 AND state = 'parked' AND dropship = 1 ORDER BY id", a.PersonID); err != nil {
		return err
	}
	newest, err := orders(ctx, q, `person_id = $1 AND dropship = 1 AND state IN ('placed', 'packed', 'shipped', 'done')
		ORDER BY id DESC LIMIT $2 + 0`, a.PersonID, shop.MostOpen)
	if err != nil {
		return err
	}
	owed := a.Used
	for last := int64(0); len(newest) > 0; {
		for _, o := range newest {
			if last == 0 {
				a.Open = append(a.Open, o)
			}
			if rest := min(owed, o.Total); rest > 0 {
				a.Unpaid = append(a.Unpaid, shop.Unpaid{Order: o, Rest: rest})
				owed -= rest
			}
		}
		if owed <= 0 || len(newest) < shop.MostOpen {
			break
		}
		last = newest[len(newest)-1].ID
		newest, err = orders(ctx, q, `person_id = $1 AND dropship = 1 AND state IN ('placed', 'packed', 'shipped', 'done') AND id < $3
			ORDER BY id DESC LIMIT $2 + 0`, a.PersonID, shop.MostOpen, last)
		if err != nil {
			return err
		}
	}
	turnRound(a.Open)
	turnRound(a.Unpaid)
	if len(a.Unpaid) > 0 {
		a.DueSince = a.Unpaid[0].Order.PlacedAt
	}
	return nil
}

func turnRound[T any](all []T) {
	for i, j := 0, len(all)-1; i < j; i, j = i+1, j-1 {
		all[i], all[j] = all[j], all[i]
	}
}

// Account is what the books say of a dropshipper, with the last lines of the statement;
// nil when the person has no shop.
func (db *DB) Account(ctx context.Context, person int64) (*shop.Account, error) {
	return loadAccount(ctx, db.r, person, nil)
}

const orderColumns = `id, person_id, dropship, source, items, recipient, phone, address, note, total, state, ordered_at, placed_at, changed_at, receipt, payment`

func orders(ctx context.Context, q querier, where string, args ...any) ([]shop.Order, error) {
	return collect(ctx, q, func(rows *sql.Rows) (o shop.Order, err error) {
		var items string
		var ordered, placed, changed int64
		err = rows.Scan(&o.ID, &o.PersonID, &o.Dropship, &o.Source, &items, &o.Recipient, &o.Phone, &o.Address, &o.Note, &o.Total, &o.State,
			&ordered, &placed, &changed, &o.Receipt, &o.Payment)
		if err == nil {
			err = json.Unmarshal([]byte(items), &o.Items)
		}
		o.OrderedAt, o.PlacedAt, o.ChangedAt = at(ordered), at(placed), at(changed)
		return o, err
	}, "SELECT "+orderColumns+" FROM orders WHERE "+where, args...)
}

func payments(ctx context.Context, q querier, where string, args ...any) ([]shop.Payment, error) {
	return collect(ctx, q, func(rows *sql.Rows) (p shop.Payment, err error) {
		var opened, expires, closed int64
		err = rows.Scan(&p.ID, &p.Ticket, &p.Number, &p.PersonID, &p.Source, &p.Amount, &p.Code, &p.Shop, &p.State, &opened, &expires, &closed,
			&p.ClosedBy, &p.Received, &p.Reason)
		p.OpenedAt, p.ExpiresAt, p.ClosedAt = at(opened), at(expires), at(closed)
		return p, err
	}, `SELECT p.id, COALESCE(p.ticket_id, 0), COALESCE(k.number, 0), p.person_id, p.source, p.amount, p.code, p.shop, p.state, p.opened_at, p.expires_at,
			COALESCE(p.closed_at, 0), COALESCE(p.closed_by, 0), p.received, p.reason
		FROM payments p LEFT JOIN tickets k ON k.id = p.ticket_id WHERE `+strings.TrimSpace(where), args...)
}
