package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"bestie/shop"
)

// AddConsent puts a consent or its withdrawal on record.
func (db *DB) AddConsent(ctx context.Context, c shop.Consent) error {
	return db.tx(ctx, func(tx *transaction) error { return addConsent(ctx, tx, c) })
}

// addConsent writes the record; a withdrawal also drops the promos that have
// not left yet.
func addConsent(ctx context.Context, tx *transaction, c shop.Consent) error {
	if _, err := tx.ExecContext(ctx, "INSERT INTO consents (person_id, granted, at, source, question, words) VALUES ($1, $2, $3, $4, $5, $6)",
		c.PersonID, c.Granted, ms(c.At), c.Source, c.Question, c.Words); err != nil || c.Granted {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE outbox SET status = 'cancelled', due_at = NULL, reason = 'opted out'
		WHERE rank = 2 AND person_id = $1 AND due_at IS NOT NULL`, c.PersonID)
	return err
}

// writeConsents puts on record what a turn says of promos: what the person wants, in the
// order in which they said it, and that they were asked.
func writeConsents(ctx context.Context, tx *transaction, now time.Time, person int64, out shop.Outcome) error {
	for _, c := range out.Consents {
		if err := addConsent(ctx, tx, c); err != nil {
			return err
		}
	}
	if out.AskConsent == "" {
		return nil
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO consent_asks (person_id, at, words) VALUES ($1, $2, $3)", person, ms(now), out.AskConsent)
	return err
}

// lastSaid is the last message of ours that has left for a person; nil when none has, or
// when nobody knows whether the last one did. Its instant is that of the try: a receipt may
// be on record before sent_at is.
func lastSaid(ctx context.Context, q querier, person int64) (*shop.Said, error) {
	var said shop.Said
	var left int64
	var certain bool
	err := q.QueryRowContext(ctx, `SELECT text, tried_at, status IN ('sent', 'delivered', 'read') FROM outbox
		WHERE person_id = $1 AND tried_at IS NOT NULL AND status IN ('sending', 'sent', 'delivered', 'read', 'unknown')
		ORDER BY tried_at DESC, id DESC LIMIT 1`, person).Scan(&said.Text, &left, &certain)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !certain {
		return nil, nil
	}
	said.At = at(left)
	return &said, err
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
	if !granted.Valid {
		return shop.ConsentNone
	}
	return shop.ConsentStateOf(granted.Bool)
}

// Consents is everything on record about a person's consent, oldest first.
func (db *DB) Consents(ctx context.Context, person int64) (chain []shop.Consent, err error) {
	err = db.EachConsent(ctx, person, func(_ shop.Person, c shop.Consent) error {
		chain = append(chain, c)
		return nil
	})
	return chain, err
}

// EachConsent calls for every entry of a person, 0 for everybody: people in the order in
// which we met them, and of each the oldest entry first. An error of the caller's ends it.
func (db *DB) EachConsent(ctx context.Context, person int64, call func(shop.Person, shop.Consent) error) error {
	rows, err := db.r.QueryContext(ctx, `SELECT p.id, COALESCE(p.lid, ''), COALESCE(p.phone, ''), p.name, p.push_name, c.granted, c.at, c.source, c.question, c.words
		FROM consents c JOIN people p ON p.id = c.person_id WHERE $1 IN (0, p.id) ORDER BY p.id, c.id`, person)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // rows.Err tells what went wrong
	for rows.Next() {
		var p shop.Person
		var c shop.Consent
		var when int64
		if err = rows.Scan(&p.ID, &p.LID, &p.Phone, &p.Name, &p.PushName, &c.Granted, &when, &c.Source, &c.Question, &c.Words); err != nil {
			return err
		}
		c.PersonID, c.At = p.ID, at(when)
		if err = call(p, c); err != nil {
			return err
		}
	}
	return rows.Err()
}

// ConsentAsked is when and in which words a person was asked whether promos are welcome;
// ok is false when they never were.
func (db *DB) ConsentAsked(ctx context.Context, person int64) (ask shop.OpenAsk, ok bool, err error) {
	var when int64
	err = db.r.QueryRowContext(ctx, "SELECT at, words FROM consent_asks WHERE person_id = $1", person).Scan(&when, &ask.Words)
	if errors.Is(err, sql.ErrNoRows) {
		return ask, false, nil
	}
	ask.At = at(when)
	return ask, err == nil, err
}
