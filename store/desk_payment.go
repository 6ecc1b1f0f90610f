package store

import (
	"context"
	"encoding/json"

	"bestie/shop"
)

// loadPayment reads what a ticket about a payment stands for, and the books of whom it
// is. Two tickets of one dropshipper share the books, so that steps of one turn add up.
func loadPayment(ctx context.Context, tx *transaction, d *shop.Desk, v *shop.TicketView) error {
	found, err := payments(ctx, tx, "p.ticket_id = $1", v.ID)
	if err != nil || len(found) == 0 {
		return err
	}
	p := found[0]
	var flags string
	if err = tx.QueryRowContext(ctx, "SELECT flags FROM payments WHERE id = $1", p.ID).Scan(&flags); err != nil {
		return err
	}
	if err = json.Unmarshal([]byte(flags), &p.Flagged); err != nil {
		return err
	}
	v.Payment, v.Amount = &p, p.Transfer()
	for i := range d.Tickets {
		if books := d.Tickets[i].Books; books != nil && books.PersonID == p.PersonID {
			v.Books = books
			return nil
		}
	}
	v.Books, err = loadAccount(ctx, tx, p.PersonID, nil)
	return err
}
