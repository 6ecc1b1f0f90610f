package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"bestie/shop"
)

// ExplainPromo explains what a campaign does with one person, for people: whether the query
// chooses them and which of its conditions do not hold, what speaks against a promo, and
// what was planned and sent. campaign 0 asks about the query alone.
func (db *DB) ExplainPromo(ctx context.Context, now time.Time, s shop.Segment, campaign int64, p shop.Person) (w shop.PromoWhy, err error) {
	if w.Conditions, w.Own, err = db.conditions(ctx, now, s, p.ID); err != nil {
		return w, err
	}
	chunk, err := db.audienceChunk(ctx, now, campaign, audienceColumns+" WHERE p.id = $1", []any{p.ID})
	if err != nil || len(chunk) == 0 {
		return w, err
	}
	w.Candidate = chunk[0]
	if w.Consent, err = lastConsent(ctx, db.r, p.ID); err != nil || campaign == 0 {
		return w, err
	}
	var fate, status sql.NullString
	var slot, tried sql.NullInt64
	err = db.r.QueryRowContext(ctx, `SELECT n.fate, n.slot_at, o.status, o.tried_at FROM (SELECT $1 AS campaign, $2 AS person) x
		LEFT JOIN campaign_people n ON n.campaign_id = x.campaign AND n.person_id = x.person
		LEFT JOIN outbox o ON o.campaign_id = x.campaign AND o.person_id = x.person`, campaign, p.ID).Scan(&fate, &slot, &status, &tried)
	w.Planned, w.Slot, w.Status, w.Tried = shop.Fate(fate.String), nullAt(slot), status.String, nullAt(tried)
	return w, err
}

// conditions tells which conditions of a segment hold for a person, and whether they are
// one of the shop's own people.
func (db *DB) conditions(ctx context.Context, now time.Time, s shop.Segment, person int64) (list []shop.HeldCondition, own bool, err error) {
	b, err := db.segmentQuery(ctx, db.r, now, s)
	if err != nil {
		return nil, false, err
	}
	columns := []string{"NOT (" + outsiders + ")"}
	held, into := make([]bool, len(s)), []any{&own}
	for i, c := range s {
		columns, into = append(columns, b.one(c)), append(into, &held[i])
	}
	err = db.r.QueryRowContext(ctx, "SELECT "+strings.Join(columns, ", ")+" FROM people p WHERE p.id = "+b.bind(person), b.args...).Scan(into...)
	for i, c := range s {
		list = append(list, shop.HeldCondition{Condition: c, Holds: held[i]})
	}
	return list, own, err
}

// lastConsent is the entry in force, nil when there is none.
func lastConsent(ctx context.Context, q querier, person int64) (*shop.Consent, error) {
	c := shop.Consent{PersonID: person}
	var when int64
	err := q.QueryRowContext(ctx, "SELECT granted, at, source, words FROM consents WHERE person_id = $1 ORDER BY id DESC LIMIT 1", person).
		Scan(&c.Granted, &when, &c.Source, &c.Words)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	c.At = at(when)
	return &c, err
}
