package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"bestie/shop"
)

// addHour counts a message of theirs in a person's writing hours.
func addHour(ctx context.Context, tx *transaction, person int64, m shop.Incoming) error {
	if m.FromMe || m.Kind.Mute() || m.Kind == shop.KindPlaceholder {
		return nil
	}
	h, err := writingHours(ctx, tx, person)
	if err != nil {
		return err
	}
	h.Add(m.SentAt)
	weights, err := json.Marshal(h.Weights)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO writing_hours (person_id, at, weights) VALUES ($1, $2, $3)
		ON CONFLICT (person_id) DO UPDATE SET at = excluded.at, weights = excluded.weights`, person, ms(h.At), string(weights))
	return err
}

// writingHours are zero for somebody who never wrote.
func writingHours(ctx context.Context, q querier, person int64) (h shop.WritingHours, err error) {
	var newest int64
	var weights []byte
	err = q.QueryRowContext(ctx, "SELECT at, weights FROM writing_hours WHERE person_id = $1", person).Scan(&newest, &weights)
	if errors.Is(err, sql.ErrNoRows) {
		return h, nil
	} else if err != nil {
		return h, err
	}
	h.At = at(newest).In(time.UTC)
	return h, json.Unmarshal(weights, &h.Weights)
}
