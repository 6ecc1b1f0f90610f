package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"bestie/shop"
)

const ticketColumns = `k.id, k.number, k.kind, k.person_id, k.opened_at, COALESCE(k.claimed_by, 0), COALESCE(k.claimed_at, 0), k.division,
	COALESCE(k.promised_at, 0), COALESCE(k.promised_by, 0), COALESCE(k.closed_at, 0)`

func scanTicket(row interface{ Scan(...any) error }, more ...any) (k shop.Ticket, err error) {
	var opened, claimed, promised, closed int64
	err = row.Scan(append([]any{
		&k.ID, &k.Number, &k.Kind, &k.PersonID, &opened, &k.ClaimedBy, &claimed, &k.Division,
		&promised, &k.PromisedBy, &closed,
	}, more...)...)
	k.OpenedAt, k.ClaimedAt, k.PromisedAt, k.ClosedAt = at(opened), at(claimed), at(promised), at(closed)
	return k, err
}

// chatTicket is the open ticket of a person's chat, nil when there is none.
func chatTicket(ctx context.Context, q querier, person int64) (*shop.Ticket, error) {
	k, err := scanTicket(q.QueryRowContext(ctx, "SELECT "+ticketColumns+" FROM tickets k WHERE k.person_id = $1 AND k.kind = 'chat' AND k.closed_at IS NULL", person))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &k, err
}

// nextNumber is, as a column, the number of the next ticket: small, and not used by
// any that is open or was opened within the last day ($1 is the instant a day ago).
const nextNumber = `(SELECT 1 + MAX(COALESCE((SELECT MAX(number) FROM tickets WHERE closed_at IS NULL), 0),
	COALESCE((SELECT MAX(number) FROM tickets WHERE opened_at > $1), 0)))`

// openTicket returns the open ticket of a person's chat, opened now if there is none.
func openTicket(ctx context.Context, tx *sql.Tx, person int64, now time.Time) (shop.Ticket, error) {
	k, err := chatTicket(ctx, tx, person)
	if err == nil && k == nil {
		if _, err = tx.ExecContext(ctx, "INSERT INTO tickets (number, person_id, opened_at) VALUES ("+nextNumber+", $2, $3)",
			dayBefore(now), person, ms(now)); err == nil {
			k, err = chatTicket(ctx, tx, person)
		}
	}
	if err != nil {
		return shop.Ticket{}, err
	}
	return *k, nil
}
