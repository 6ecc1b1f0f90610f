package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"bestie/shop"
)

const outColumns = "o.id, o.message_id, o.lane, o.text, o.file, o.quote_id, o.created_at, o.attempts, o.status = 'unknown', o.exempt, o.answers, COALESCE(o.author_id, 0), COALESCE(o.campaign_id, 0), COALESCE(o.purchase, 0), COALESCE(c.expiry, 0), p.id, COALESCE(p.lid, ''), COALESCE(p.phone, ''), p.name, p.push_name"

const outJoin = " FROM outbox o JOIN people p ON p.id = o.person_id LEFT JOIN conversations c ON c.person_id = o.person_id "

func scanOut(row interface{ Scan(...any) error }) (o shop.OutRow, err error) {
	var created int64
	var file string
	err = row.Scan(&o.ID, &o.MessageID, &o.Lane, &o.Text, &file, &o.QuoteID, &created, &o.Attempts, &o.Unknown, &o.Exempt, &o.Answers, &o.Author, &o.Campaign, &o.Purchase, &o.Expiry,
		&o.Person.ID, &o.Person.LID, &o.Person.Phone, &o.Person.Name, &o.Person.PushName)
	o.Created = at(created)
	if err == nil && file != "" {
		err = json.Unmarshal([]byte(file), &o.File)
	}
	return o, err
}

// NextOut is the row to send next: alerts before replies before promos, then the
// longest due. Closed lanes are passed over.
func (db *DB) NextOut(ctx context.Context, now time.Time) (o shop.OutRow, ok bool, err error) {
	o, err = scanOut(steady{db.w}.QueryRowContext(ctx, "SELECT "+outColumns+outJoin+`WHERE o.due_at <= $1
		AND NOT EXISTS (SELECT 1 FROM gates g WHERE g.lane = o.lane AND g.closed_until > $1)
		ORDER BY o.rank, o.due_at, o.id LIMIT 1`, ms(now)))
	if errors.Is(err, sql.ErrNoRows) {
		return o, false, nil
	}
	return o, err == nil, err
}

// NextOutDue is the instant at which some row may be sent, gates considered.
func (db *DB) NextOutDue(ctx context.Context) (time.Time, bool, error) {
	return earliest(ctx, steady{db.w}, `SELECT MIN(MAX(due, COALESCE(closed_until, 0)))
		FROM (SELECT lane, MIN(due_at) AS due FROM outbox WHERE due_at IS NOT NULL GROUP BY rank) o LEFT JOIN gates g ON g.lane = o.lane`)
}

// Upcoming lists replies that are written and due within the delay of typing:
// the chats in which the bot is typing. What was put off for longer is none.
func (db *DB) Upcoming(ctx context.Context, now time.Time) ([]shop.OutRow, error) {
	return collect(ctx, steady{db.w}, func(rows *sql.Rows) (shop.OutRow, error) { return scanOut(rows) },
		"SELECT "+outColumns+outJoin+"WHERE o.rank = 1 AND o.due_at > $1 AND o.due_at <= $2 AND o.status = 'queued' ORDER BY o.due_at, o.id LIMIT 50",
		ms(now), ms(now.Add(longestDelay)))
}

// Claim moves a row to sending; false when somebody else ended it meanwhile. If
// its reader has written meanwhile, a promo is not claimed either: it may be a STOP. If
// the server has just taken another row, done, that is put on record in the same
// transaction: one commit a message instead of two. done may be nil.
func (db *DB) Claim(ctx context.Context, id int64, now time.Time, done *shop.OutRow) (ok bool, err error) {
	err = db.tx(ctx, func(tx *transaction) error {
		if done != nil {
			if err := db.sent(ctx, tx, *done); err != nil {
				return err
			}
		}
		res, err := tx.ExecContext(ctx, `UPDATE outbox SET status = 'sending', due_at = NULL, attempts = attempts + 1, tried_at = $1
			WHERE id = $2 AND due_at IS NOT NULL AND (rank < 2 OR NOT EXISTS
				(SELECT 1 FROM inbox i WHERE i.person_id = outbox.person_id AND i.from_me = 0 AND i.due_at IS NOT NULL))`, ms(now), id)
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		ok = n == 1
		return err
	})
	return ok && err == nil, err
}

// PutBack undoes a Claim after which nothing left the process: the try does not
// count, and the row is due again at once, in its old place.
func (db *DB) PutBack(ctx context.Context, o shop.OutRow, now time.Time) error {
	return db.tx(ctx, func(tx *transaction) error {
		_, err := tx.ExecContext(ctx, `UPDATE outbox SET status = $1, due_at = MIN(created_at, $2), attempts = attempts - 1,
			tried_at = CASE WHEN attempts > 1 THEN tried_at END WHERE id = $3 AND status = 'sending'`, waiting(o.Unknown), ms(now), o.ID)
		return err
	})
}

// rankOf is the order of a lane, as the column rank has it.
func rankOf(lane shop.Lane) int {
	switch lane {
	case shop.LaneAlert:
		return 0
	case shop.LaneReply:
		return 1
	}
	return 2
}

// waiting is the status of a row that is due again: unknown if it may have been
// delivered, else queued.
func waiting(unknown bool) string {
	if unknown {
		return "unknown"
	}
	return "queued"
}

// Sent marks a row as taken by the server at its SentAt and ends the wait it
// answers.
func (db *DB) Sent(ctx context.Context, o shop.OutRow) error {
	return db.tx(ctx, func(tx *transaction) error { return db.sent(ctx, tx, o) })
}

func (db *DB) sent(ctx context.Context, tx *transaction, o shop.OutRow) error {
	if _, err := tx.ExecContext(ctx, "UPDATE outbox SET status = 'sent', sent_at = $1 WHERE id = $2 AND status = 'sending'", ms(o.SentAt), o.ID); err != nil {
		return err
	}
	if !o.Answers {
		return nil
	}
	if o.Author != 0 {
		return db.wordSent(ctx, tx, o)
	}
	return db.answerSent(ctx, tx, o.ID, o.SentAt)
}

// Defer puts a row off, and with it the later rows of the same lane to the same
// person, so that nothing overtakes. status is queued for a row that never left
// and unknown for the one retry of a row that may have.
func (db *DB) Defer(ctx context.Context, o shop.OutRow, until time.Time, unknown bool) error {
	return db.tx(ctx, func(tx *transaction) error {
		if _, err := tx.ExecContext(ctx, "UPDATE outbox SET status = $1, due_at = $2 WHERE id = $3 AND status IN ('queued', 'sending', 'unknown')", waiting(unknown), ms(until), o.ID); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE outbox SET due_at = $1 WHERE rank = $3 AND person_id = $2 AND id > $4 AND status = 'queued' AND due_at < $1`,
			ms(until), o.Person.ID, rankOf(o.Lane), o.ID)
		return err
	})
}

// End gives a row its last state without a delivery: failed, unknown or
// cancelled, with the server's code and a reason, and writes the alerts about it
// in the same transaction. A row that a receipt has moved on meanwhile stays as it
// is, and nobody is told.
func (db *DB) End(ctx context.Context, o shop.OutRow, now time.Time, status string, code int, reason string, newID func() string, alerts []shop.Draft) error {
	return db.tx(ctx, func(tx *transaction) error {
		res, err := tx.ExecContext(ctx, `UPDATE outbox SET status = $1, due_at = NULL, code = $2, reason = $3
			WHERE id = $4 AND status IN ('queued', 'sending', 'unknown')`, status, code, reason, o.ID)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err
		}
		return queueAll(ctx, tx, now, newID, alerts)
	})
}

// EndStale takes the replies written before an instant out of the queue and writes
// the alerts that compose makes of the people who do not get them.
func (db *DB) EndStale(ctx context.Context, now, before time.Time, newID func() string, compose func([]shop.Person) ([]shop.Draft, error)) error {
	return db.tx(ctx, func(tx *transaction) error {
		const which = "rank = 1 AND due_at IS NOT NULL AND created_at <= $1"
		people, err := collect(ctx, tx, func(rows *sql.Rows) (shop.Person, error) { return scanPerson(rows) },
			"SELECT "+personColumns+" FROM people WHERE id IN (SELECT person_id FROM outbox WHERE "+which+") ORDER BY id", ms(before))
		if err != nil || len(people) == 0 {
			return err
		}
		if _, err = tx.ExecContext(ctx, drop+"'too old to be sent' WHERE "+which, ms(before)); err != nil {
			return err
		}
		alerts, err := compose(people)
		if err != nil {
			return err
		}
		return queueAll(ctx, tx, now, newID, alerts)
	})
}

// Waiting is how many messages of a lane are still to be sent.
func (db *DB) Waiting(ctx context.Context, lane shop.Lane) (n int, err error) {
	err = db.r.QueryRowContext(ctx, "SELECT COUNT(*) FROM outbox WHERE lane = $1 AND due_at IS NOT NULL", lane).Scan(&n)
	return n, err
}

// Alert writes alerts that no turn asked for: the connection, a gate, a slot.
func (db *DB) Alert(ctx context.Context, now time.Time, newID func() string, alerts []shop.Draft) error {
	return db.tx(ctx, func(tx *transaction) error { return queueAll(ctx, tx, now, newID, alerts) })
}

// queueAll writes alerts that are not about a wait.
func queueAll(ctx context.Context, tx *transaction, now time.Time, newID func() string, alerts []shop.Draft) error {
	for _, a := range alerts {
		if err := queue(ctx, tx, now, newID(), a, 0, 0); err != nil {
			return err
		}
	}
	return nil
}

// Recover settles rows that were being sent when their sender ended: they may
// have been delivered. It is called at start, before anything is sent. Replies and
// alerts are shown to the outbox once more, which tries them again under the same
// message ID if they are young enough; promos never are (field guide, section 4).
// They are due since they were written: what came after them does not overtake.
func (db *DB) Recover(ctx context.Context, now time.Time) error {
	return db.tx(ctx, func(tx *transaction) error {
		_, err := tx.ExecContext(ctx, `UPDATE outbox SET status = 'unknown', reason = 'the sender ended while sending',
			due_at = CASE WHEN lane <> 'promo' THEN MIN(created_at, $1) END WHERE status = 'sending'`, ms(now))
		return err
	})
}

// ReplyFacts gathers what the loop guards need to know about a reply. What was tried
// after now does not count: the clock was ahead and has been corrected. Replies
// older than two days are never tried, which lets the index find the rest.
func (db *DB) ReplyFacts(ctx context.Context, o shop.OutRow, now time.Time) (f shop.ReplyFacts, err error) {
	var last, same sql.NullInt64
	err = steady{db.w}.QueryRowContext(ctx, `SELECT MAX(tried_at), COUNT(*) FILTER (WHERE tried_at > $2), COUNT(*) FILTER (WHERE tried_at > $3), COUNT(*),
			MAX(tried_at) FILTER (WHERE text = $5)
		FROM outbox WHERE person_id = $1 AND lane = 'reply' AND created_at > $8 AND exempt = 0 AND tried_at > $4 AND tried_at <= $7 AND id <> $6 AND status NOT IN ('failed', 'cancelled')`,
		o.Person.ID, ms(now.Add(-time.Minute)), ms(now.Add(-time.Hour)), ms(now.AddDate(0, 0, -1)), o.Text, o.ID, ms(now), ms(now.AddDate(0, 0, -2))).
		Scan(&last, &f.Minute, &f.Hour, &f.Day, &same)
	if err != nil {
		return f, err
	}
	f.LastAt, f.SameTextAt = nullAt(last), nullAt(same)
	err = steady{db.w}.QueryRowContext(ctx, "SELECT COUNT(*) FROM outbox WHERE lane = 'reply' AND tried_at > $1 AND tried_at <= $3 AND id <> $2", ms(now.Add(-time.Minute)), o.ID, ms(now)).Scan(&f.Global)
	return f, err
}
