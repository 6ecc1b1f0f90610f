package store

import (
	"context"
	"database/sql"
	"time"

	"bestie/shop"
)

// promise notes that an admin promised the customer of a ticket to write before an
// instant. A promise made anew takes the place of one that is still open.
func promise(ctx context.Context, tx *transaction, now time.Time, a shop.Action) error {
	if err := retract(ctx, tx, a.Ticket); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO promises (ticket_id, admin_id, made_at, due_at, next_at) VALUES ($1, $2, $3, $4, $4)",
		a.Ticket, a.Admin, ms(now), ms(a.Until)); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "UPDATE tickets SET promised_at = $1, promised_by = $2 WHERE id = $3", ms(a.Until), a.Admin, a.Ticket)
	return err
}

// retract ends the reminders about a ticket; what was missed stays so.
func retract(ctx context.Context, tx *transaction, ticket int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE promises SET state = CASE state WHEN 'open' THEN 'withdrawn' ELSE state END, next_at = NULL
		WHERE ticket_id = $1 AND next_at IS NOT NULL`, ticket)
	return err
}

// keepPromise is told that a person wrote to a customer: in time that keeps what was
// promised, also when it is learnt later; too late it only ends the reminders.
func keepPromise(ctx context.Context, tx *transaction, person int64, when time.Time) error {
	_, err := tx.ExecContext(ctx, `UPDATE promises SET answered_at = $1, next_at = NULL, state = CASE WHEN $1 <= due_at THEN 'kept' ELSE 'missed' END
		WHERE ticket_id IN (SELECT id FROM tickets WHERE person_id = $2 AND closed_at IS NULL AND promised_at IS NOT NULL)
		AND state IN ('open', 'missed') AND answered_at IS NULL AND made_at <= $1`, ms(when), person)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE tickets SET promised_at = NULL WHERE person_id = $1 AND promised_at IS NOT NULL
		AND NOT EXISTS (SELECT 1 FROM promises p WHERE p.ticket_id = tickets.id AND p.answered_at IS NULL AND p.state IN ('open', 'missed'))`, person)
	return err
}

// NextPromise is the instant of the next reminder; ok is false when there is none.
func (db *DB) NextPromise(ctx context.Context) (time.Time, bool, error) {
	return earliest(ctx, db.w, "SELECT MIN(next_at) FROM promises WHERE next_at IS NOT NULL")
}

// PromiseDue hands out the promises whose instant has passed without a human reply,
// notes them as missed and writes the reminders that compose makes: first to the
// admin who promised, after shop.PromiseGrace to the supervisor. It returns how many
// there were.
func (db *DB) PromiseDue(ctx context.Context, now time.Time, newID func() string, compose func(shop.Promise) ([]shop.Draft, error)) (n int, err error) {
	err = db.tx(ctx, func(tx *transaction) error {
		due, err := collect(ctx, tx, func(rows *sql.Rows) (d duePromise, err error) { return d, d.scan(rows) },
			"SELECT "+ticketColumns+", "+peopleColumns+`, a.id, COALESCE(a.lid, ''), COALESCE(a.phone, ''), a.name, a.push_name, m.id, m.due_at, m.state = 'missed'
			FROM promises m JOIN tickets k ON k.id = m.ticket_id JOIN people p ON p.id = k.person_id JOIN people a ON a.id = m.admin_id
			WHERE m.next_at <= $1 ORDER BY m.next_at, m.id LIMIT 200`, ms(now))
		if err != nil || len(due) == 0 {
			return err
		}
		everybody, err := db.roster(ctx, tx, now)
		if err != nil {
			return err
		}
		n = len(due)
		for _, d := range due {
			d.Roster = everybody
			next := any(ms(now.Add(shop.PromiseGrace)))
			if d.Reminded {
				next = nil
			}
			if _, err = tx.ExecContext(ctx, "UPDATE promises SET state = 'missed', next_at = $1 WHERE id = $2", next, d.id); err != nil {
				return err
			}
			drafts, err := compose(d.Promise)
			if err != nil {
				return err
			}
			if err = queueAll(ctx, tx, now, newID, drafts); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// duePromise is a promise with its row.
type duePromise struct {
	shop.Promise
	id int64
}

func (d *duePromise) scan(rows *sql.Rows) (err error) {
	var due int64
	p, a := &d.Person, &d.Admin
	d.Ticket, err = scanTicket(rows, &p.ID, &p.LID, &p.Phone, &p.Name, &p.PushName, &a.ID, &a.LID, &a.Phone, &a.Name, &a.PushName, &d.id, &due, &d.Reminded)
	d.Due = at(due)
	return err
}
