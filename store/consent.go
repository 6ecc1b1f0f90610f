package store

import (
	"context"
	"database/sql"
	"errors"

	"bestie/shop"
)

// AddConsent puts a consent or its withdrawal on record.
func (db *DB) AddConsent(ctx context.Context, c shop.Consent) error {
	return db.tx(ctx, func(tx *transaction) error { return addConsent(ctx, tx, c) })
}

// addConsent writes the record; a withdrawal also drops the promos that have
// not left yet.
func addConsent(ctx context.Context, tx *transaction, c shop.Consent) error {
	if _, err := tx.ExecContext(ctx, "INSERT INTO consents (person_id, granted, at, source, words) VALUES ($1, $2, $3, $4, $5)",
		c.PersonID, c.Granted, ms(c.At), c.Source, c.Words); err != nil || c.Granted {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE outbox SET status = 'cancelled', due_at = NULL, reason = 'opted out'
		WHERE rank = 2 AND person_id = $1 AND due_at IS NOT NULL`, c.PersonID)
	return err
}

func consent(ctx context.Context, q querier, person int64) (shop.ConsentState, error) {
	var granted sql.NullBool
	err := q.QueryRowContext(ctx, "SELECT granted FROM consents WHERE person_id = $1 ORDER BY id DESC LIMIT 1", person).Scan(&granted)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return shop.ConsentNone, err
	}
	return consentState(granted), nil
}

// consentState reads the last record; NULL when there is none.
func consentState(granted sql.NullBool) shop.ConsentState {
	switch {
	case !granted.Valid:
		return shop.ConsentNone
	case granted.Bool:
		return shop.ConsentIn
	}
	return shop.ConsentOut
}
