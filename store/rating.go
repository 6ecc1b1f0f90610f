package store

import (
	"context"
	"encoding/json"
	"time"

	"bestie/shop"
)

// askRating notes that the customer of a ticket was asked how the service was; a
// ticket is asked about once.
func askRating(ctx context.Context, tx *transaction, now time.Time, ticket int64) error {
	asked := shop.OpenRating{Ticket: ticket, AskedAt: now}
	if err := tx.QueryRowContext(ctx, "SELECT number FROM tickets WHERE id = $1", ticket).Scan(&asked.Number); err != nil {
		return err
	}
	open, err := json.Marshal(asked)
	if err != nil {
		return err
	}
	if _, err = tx.ExecContext(ctx, "INSERT INTO ratings (ticket_id, person_id, asked_at) SELECT id, person_id, $2 FROM tickets WHERE id = $1",
		ticket, ms(now)); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO conversations (person_id, memory) SELECT person_id, json_set('{}', '$.rating', json($2)) FROM tickets WHERE id = $1
		ON CONFLICT (person_id) DO UPDATE SET memory = json_set(memory, '$.rating', json($2))`, ticket, string(open))
	return err
}

// rate keeps what the customer said: a score once, later a comment.
func rate(ctx context.Context, tx *transaction, now time.Time, r shop.Rating) error {
	if r.Score > 0 {
		_, err := tx.ExecContext(ctx, "UPDATE ratings SET score = $1, rated_at = $2 WHERE ticket_id = $3 AND score IS NULL", r.Score, ms(now), r.Ticket)
		if err != nil {
			return err
		}
	}
	if r.Comment == "" {
		return nil
	}
	_, err := tx.ExecContext(ctx, "UPDATE ratings SET comment = $1 WHERE ticket_id = $2", r.Comment, r.Ticket)
	return err
}
