package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"bestie/shop"
)

// Report works out the desk's figures for a period as they stand at now. All of it is
// read from one snapshot by a reader, beside which the writer goes on; rows are
// counted one by one and not kept.
func (db *DB) Report(ctx context.Context, p shop.Period, now time.Time) (r shop.Report, err error) {
	err = db.snapshot(ctx, func(q querier) error {
		outages, err := gaps(ctx, q, p)
		if err != nil {
			return err
		}
		t := shop.NewTally(p, now, db.sla, outages)
		for _, count := range []func(context.Context, querier, shop.Period, *shop.Tally) error{countWaits, countClaims, countRatings, countEvents} {
			if err = count(ctx, q, p, t); err != nil {
				return err
			}
		}
		names, err := adminNames(ctx, q)
		if err != nil {
			return err
		}
		said, err := effects(ctx, q, p.From, p.To)
		r = t.Report(func(id int64) string { return names[id] }, said)
		return err
	})
	return r, err
}

// snapshot reads the database as it is at one moment, on a reader. Without ReadOnly the
// transaction would take the writer's lock.
func (db *DB) snapshot(ctx context.Context, read func(q querier) error) (err error) {
	tx, err := db.r.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, tx.Rollback()) }() // also after a panic: readers are few
	return read(tx)
}

// each hands every row of a query to a function.
func each(ctx context.Context, q querier, take func(rows *sql.Rows) error, query string, args ...any) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err = take(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// gaps are the outages that may have kept a question of the period waiting: also those
// after it, for its answer may be late.
func gaps(ctx context.Context, q querier, p shop.Period) ([]shop.Outage, error) {
	return collect(ctx, q, func(rows *sql.Rows) (g shop.Outage, err error) {
		var from int64
		var until sql.NullInt64
		err = rows.Scan(&from, &until)
		g.From, g.Until = at(from), nullAt(until)
		return g, err
	}, "SELECT from_at, until_at FROM outages WHERE until_at IS NULL OR until_at > $1 ORDER BY from_at", ms(p.From))
}

// countWaits reads the questions of the period and those of two days around it, which
// tell whether a subject came up again.
func countWaits(ctx context.Context, q querier, p shop.Period, t *shop.Tally) error {
	return each(ctx, q, func(rows *sql.Rows) error {
		var w shop.WaitFact
		var since int64
		var answered, human sql.NullInt64
		err := rows.Scan(&w.ID, &w.PersonID, &w.Name, &since, &w.Intent, &w.First, &w.NeedsHuman, &w.Cancelled, &answered, &human, &w.HumanBy)
		w.Since, w.AnsweredAt, w.HumanAt = at(since), nullAt(answered), nullAt(human)
		if err == nil {
			t.Wait(w)
		}
		return err
	}, `SELECT w.id, w.person_id, CASE WHEN p.name <> '' THEN p.name ELSE p.push_name END, w.since, w.intent, w.first, w.needs_human,
			w.state = 'cancelled', w.answered_at, w.human_at, COALESCE(w.human_by, 0)
		FROM waits w JOIN people p ON p.id = w.person_id WHERE w.since >= $1 AND w.since < $2 ORDER BY w.person_id, w.since, w.id`,
		ms(p.From.Add(-shop.SameSubject)), ms(p.To.Add(shop.SameSubject))+1)
}

func countClaims(ctx context.Context, q querier, p shop.Period, t *shop.Tally) error {
	return each(ctx, q, func(rows *sql.Rows) error {
		var c shop.ClaimFact
		var when int64
		err := rows.Scan(&c.Admin, &when)
		c.At = at(when)
		if err == nil {
			t.Claim(c)
		}
		return err
	}, "SELECT claimed_by, claimed_at FROM tickets WHERE claimed_at >= $1 AND claimed_at < $2", ms(p.From), ms(p.To))
}

func countRatings(ctx context.Context, q querier, p shop.Period, t *shop.Tally) error {
	return each(ctx, q, func(rows *sql.Rows) error {
		var r shop.RatingFact
		var when int64
		err := rows.Scan(&r.Admin, &when, &r.Score)
		r.AskedAt = at(when)
		if err == nil {
			t.Rating(r)
		}
		return err
	}, `SELECT COALESCE(k.claimed_by, k.closed_by, 0), r.asked_at, COALESCE(r.score, 0)
		FROM ratings r JOIN tickets k ON k.id = r.ticket_id WHERE r.asked_at >= $1 AND r.asked_at < $2`, ms(p.From), ms(p.To))
}

// countEvents reads what was written in the chats in which a person answered a question
// of the period or of the day before it, and who claimed them.
func countEvents(ctx context.Context, q querier, p shop.Period, t *shop.Tally) error {
	from, to := p.From.AddDate(0, 0, -1), p.To.AddDate(0, 0, 1)
	return each(ctx, q, func(rows *sql.Rows) error {
		var e shop.DeskEvent
		var when int64
		var kind shop.Kind
		err := rows.Scan(&e.PersonID, &when, &e.Kind, &kind)
		e.At = at(when)
		if err == nil && (e.Kind == shop.EventPerson && kind.Content() || e.Kind != shop.EventPerson && !kind.Mute()) {
			t.Event(e)
		}
		return err
	}, `WITH chats AS MATERIALIZED (SELECT DISTINCT person_id FROM waits WHERE since >= $1 AND since < $2 AND human_at IS NOT NULL)
		SELECT person_id, sent_at AS at, from_me AS what, kind FROM inbox
			WHERE person_id IN (SELECT person_id FROM chats) AND sent_at >= $1 AND sent_at < $2
		UNION ALL SELECT person_id, sent_at, 1, 'text' FROM outbox
			WHERE author_id IS NOT NULL AND lane = 'reply' AND created_at >= $1 AND sent_at < $2 AND person_id IN (SELECT person_id FROM chats)
		UNION ALL SELECT person_id, claimed_at, 2, '' FROM tickets WHERE claimed_at >= $1 AND claimed_at < $2 AND kind = 'chat'
		ORDER BY 1, 2, 3`, ms(from), ms(to))
}

// adminNames is what everybody is called who may have worked at the desk.
func adminNames(ctx context.Context, q querier) (map[int64]string, error) {
	names := map[int64]string{}
	err := each(ctx, q, func(rows *sql.Rows) error {
		var id int64
		var name string
		err := rows.Scan(&id, &name)
		names[id] = name
		return err
	}, `SELECT id, CASE WHEN name <> '' THEN name ELSE push_name END FROM people WHERE id IN (
		SELECT person_id FROM person_roles UNION SELECT human_by FROM waits WHERE human_by IS NOT NULL
		UNION SELECT claimed_by FROM tickets UNION SELECT closed_by FROM tickets)`)
	return names, err
}
