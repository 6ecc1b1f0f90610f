package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"bestie/shop"
)

// writeBooking writes what a step changed in the books, all of it or nothing.
func writeBooking(ctx context.Context, tx *transaction, b shop.Booking, now time.Time) error {
	for _, o := range b.Orders {
		if err := writeOrder(ctx, tx, o); err != nil {
			return fmt.Errorf("order %d: %w", o.ID, err)
		}
	}
	for _, p := range b.Payments {
		if err := writePayment(ctx, tx, p, now); err != nil {
			return fmt.Errorf("payment %d: %w", p.ID, err)
		}
	}
	for _, p := range b.Postings {
		booked, err := post(ctx, tx, p)
		if err != nil {
			return err
		} else if !booked { // it was decided on a view that did not know of it
			return fmt.Errorf("posting %s: %w", p.Reference, errBooked)
		}
	}
	return nil
}

// writeOrder adds an order, or moves it: what was ordered never changes.
func writeOrder(ctx context.Context, tx *transaction, o shop.Order) error {
	items, err := json.Marshal(o.Items)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO orders (`+orderColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
		ON CONFLICT (id) DO UPDATE SET state = $11, placed_at = $13, changed_at = $14, receipt = $15`,
		o.ID, o.PersonID, o.Dropship, o.Source, string(items), o.Recipient, o.Phone, o.Address, o.Note, o.Total, o.State,
		ms(o.OrderedAt), ms(o.PlacedAt), ms(o.ChangedAt), o.Receipt, o.Payment)
	if err != nil {
		return err
	}
	if err = hand(ctx, tx, o); err != nil {
		return err
	}
	return noteOrder(ctx, tx, o)
}

// writePayment opens a payment under a ticket of its own, or closes both.
func writePayment(ctx context.Context, tx *transaction, p shop.Payment, now time.Time) error {
	if p.State != shop.PaymentPending {
		_, err := tx.ExecContext(ctx, `UPDATE payments SET state = $2, closed_at = $3, closed_by = NULLIF($4, 0), received = $5, reason = $6 WHERE id = $1`,
			p.ID, p.State, ms(p.ClosedAt), p.ClosedBy, p.Received, p.Reason)
		if err == nil {
			_, err = tx.ExecContext(ctx, `UPDATE tickets SET promised_at = NULL, closed_at = $2, closed_by = NULLIF($3, 0)
				WHERE id = (SELECT ticket_id FROM payments WHERE id = $1) AND closed_at IS NULL`, p.ID, ms(p.ClosedAt), p.ClosedBy)
		}
		return err
	}
	if p.Ticket == 0 {
		err := tx.QueryRowContext(ctx, "INSERT INTO tickets (number, kind, person_id, opened_at) VALUES ("+nextNumber+", 'payment', $2, $3) RETURNING id",
			dayBefore(now), p.PersonID, ms(now)).Scan(&p.Ticket)
		if err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO payments (id, ticket_id, person_id, source, amount, code, shop, opened_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, p.ID, p.Ticket, p.PersonID, p.Source, p.Amount, p.Code, p.Shop, ms(p.OpenedAt), ms(p.ExpiresAt))
	return err
}

// Book lets decide look at what the books say of a dropshipper and writes what it
// decides, with the messages about it, in one transaction. For a person without a shop
// nothing is decided.
func (db *DB) Book(ctx context.Context, now time.Time, person int64, newID func() string, decide func(*shop.Account) (shop.Booking, []shop.Draft, error)) error {
	return db.tx(ctx, func(tx *transaction) error {
		a, err := loadAccount(ctx, tx, person, nil)
		if err != nil || a == nil {
			return err
		}
		return book(ctx, tx, now, a, newID, decide)
	})
}

func book(ctx context.Context, tx *transaction, now time.Time, a *shop.Account, newID func() string, decide func(*shop.Account) (shop.Booking, []shop.Draft, error)) error {
	b, drafts, err := decide(a)
	if err != nil {
		return err
	}
	if err = writeBooking(ctx, tx, b, now); err != nil {
		return err
	}
	return queueAll(ctx, tx, now, newID, drafts)
}

// release books the parked orders that a higher limit or the end of a suspension lets go.
func release(ctx context.Context, tx *transaction, now time.Time, person int64) error {
	a, err := loadAccount(ctx, tx, person, nil)
	if err != nil || a == nil {
		return err
	}
	return writeBooking(ctx, tx, a.Release(0, now), now)
}
