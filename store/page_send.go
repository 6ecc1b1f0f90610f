package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"bestie/shop"
)

// Compose makes one message of the chats that an admin is paged about, the longest
// waiting first; all is how many there are, should they not all be listed.
type Compose = func(pages []shop.Page, all int) (string, error)

// SendPages makes, for every admin who may be paged now, one message of all entries
// that are due, and drops those that nobody needs any more: the wait ended, or
// somebody claimed the chat. An admin gets a page at most every SLA.Gap; what is due
// sooner joins the next one. It returns how many messages it wrote and the instant at
// which to ask again, zero if nothing is left.
func (db *DB) SendPages(ctx context.Context, now time.Time, newID func() string, compose Compose) (n int, next time.Time, err error) {
	err = db.tx(ctx, func(tx *transaction) error {
		n, next = 0, time.Time{}
		admins, err := collect(ctx, tx, func(rows *sql.Rows) (id int64, err error) { return id, rows.Scan(&id) },
			"SELECT admin_id FROM pages WHERE state = 'due' GROUP BY admin_id")
		if err != nil {
			return err
		}
		for _, admin := range admins {
			free, err := db.freeAt(ctx, tx, admin, now)
			if err != nil {
				return err
			}
			if free.After(now) {
				if next.IsZero() || free.Before(next) {
					next = free
				}
				continue
			}
			wrote, err := db.pageAdmin(ctx, tx, now, admin, newID, compose)
			if err != nil {
				return err
			}
			if wrote {
				n++
			}
		}
		return nil
	})
	return n, next, err
}

// pageMessage tells that a row o of the outbox is a page: about a wait, or about
// entries.
const pageMessage = "(o.wait_id IS NOT NULL OR EXISTS (SELECT 1 FROM pages g WHERE g.outbox_id = o.id))"

// unread tells that a row o of the outbox is a message of entries that has not been
// tried: at $2 the next one may still take its place.
const unread = "o.status = 'queued' AND o.attempts = 0 AND o.due_at <= $2 AND EXISTS (SELECT 1 FROM pages g WHERE g.outbox_id = o.id)"

// settling is how long to wait for a page whose fate is being decided.
const settling = 500 * time.Millisecond

// freeAt is when an admin may be paged: a gap after the last page, whatever it was
// about, and not while one is still to be sent. What was written after now does not
// count: the clock was ahead and has been corrected.
func (db *DB) freeAt(ctx context.Context, tx *transaction, admin int64, now time.Time) (time.Time, error) {
	var last, pending int64
	err := tx.QueryRowContext(ctx, `SELECT
			COALESCE(MAX(MAX(o.created_at, COALESCE(o.tried_at, 0))) FILTER (WHERE o.attempts > 0 OR o.due_at IS NOT NULL), 0),
			COALESCE(MAX(COALESCE(o.due_at, 1)) FILTER (WHERE o.due_at IS NOT NULL OR o.status = 'sending'), 0)
		FROM outbox o WHERE o.person_id = $1 AND o.lane = 'alert' AND o.created_at > $3 AND o.created_at <= $2 AND NOT (`+unread+") AND "+pageMessage,
		admin, ms(now), dayBefore(now)).Scan(&last, &pending)
	free := at(last).Add(db.sla.Gap)
	if last == 0 {
		free = time.Time{}
	}
	if pending != 0 {
		for _, t := range []time.Time{at(pending), now.Add(settling)} {
			if t.After(free) {
				free = t
			}
		}
	}
	return free, err
}

// pageAdmin writes the message of one admin; false when there is nothing to say.
func (db *DB) pageAdmin(ctx context.Context, tx *transaction, now time.Time, admin int64, newID func() string, compose Compose) (bool, error) {
	if err := giveBack(ctx, tx, admin, now); err != nil {
		return false, err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE pages SET state = 'dropped' WHERE admin_id = $1 AND state = 'due' AND "+pointless("$2"),
		admin, ms(now.Add(-db.sla.Claim))); err != nil {
		return false, err
	}
	pages, all, err := db.loadPages(ctx, tx, now, "g.admin_id = $1 AND g.state = 'due' AND g.due_at <= $2", admin, ms(now))
	if err != nil || all == 0 {
		return false, err
	}
	d := shop.Draft{To: admin, Lane: shop.LaneAlert, Exempt: true}
	about := int64(0)
	if all == 1 {
		about, d.AboutWait, d.Ticket = pages[0].Wait.ID, true, pages[0].Ticket
	}
	if d.Text, err = compose(pages, all); err != nil {
		return false, err
	}
	id := newID()
	if err = queue(ctx, tx, now, id, d, about, 0); err != nil {
		return false, err
	}
	_, err = tx.ExecContext(ctx, `UPDATE pages SET state = 'written', outbox_id = (SELECT id FROM outbox WHERE message_id = $3)
		WHERE admin_id = $1 AND state = 'due' AND due_at <= $2`, admin, ms(now), id)
	return true, err
}

// giveBack takes the messages to an admin that have not left yet, because the
// connection was lost, out of the queue: their entries join the next one, which tells
// the true ages.
func giveBack(ctx context.Context, tx *transaction, admin int64, now time.Time) error {
	rows, err := collect(ctx, tx, func(rows *sql.Rows) (id int64, err error) { return id, rows.Scan(&id) },
		"SELECT o.id FROM outbox o WHERE o.person_id = $1 AND o.lane = 'alert' AND "+unread, admin, ms(now))
	if err != nil {
		return err
	}
	for _, row := range rows {
		if _, err = tx.ExecContext(ctx, "UPDATE pages SET state = 'due', outbox_id = NULL WHERE outbox_id = $1", row); err != nil {
			return err
		}
		if _, err = tx.ExecContext(ctx, drop+"'joined the next page' WHERE id = $1", row); err != nil {
			return err
		}
	}
	return nil
}

// pointless tells that an entry of the table pages needs nobody any more: its wait
// ended, or the chat was claimed after the instant since, a claim ago.
func pointless(since string) string {
	return `EXISTS (SELECT 1 FROM waits w LEFT JOIN tickets k ON k.person_id = w.person_id AND k.kind = 'chat' AND k.closed_at IS NULL
		WHERE w.id = pages.wait_id AND (w.ended_at IS NOT NULL OR k.claimed_at > ` + since + "))"
}

// mostListed bounds the chats that one message is made of.
const mostListed = 100

// loadPages makes the pages about the entries g that a condition finds, one for each
// wait, the longest first, and tells of how many waits there are.
func (db *DB) loadPages(ctx context.Context, tx *transaction, now time.Time, which string, args ...any) (pages []shop.Page, all int, err error) {
	pages, err = collect(ctx, tx, func(rows *sql.Rows) (p shop.Page, err error) {
		var level int
		x := &p.Person
		p.Now = now
		p.Wait, err = scanWait(rows, &p.Ticket, &level, &p.Round, &all, &p.Menu, &x.ID, &x.LID, &x.Phone, &x.Name, &x.PushName)
		p.Breach = db.sla.Breached(level)
		if level > 0 && len(db.sla.Levels) > 0 {
			p.Rank = db.sla.Levels[min(level, len(db.sla.Levels))-1].Rank
		}
		return p, err
	}, "SELECT "+waitColumns+`,
			COALESCE((SELECT k.id FROM tickets k WHERE k.person_id = w.person_id AND k.kind = 'chat' AND k.closed_at IS NULL), 0),
			MAX(g.level), MAX(g.round), COUNT(*) OVER (), `+unchosen+`,
			p.id, COALESCE(p.lid, ''), COALESCE(p.phone, ''), p.name, p.push_name
		FROM pages g JOIN waits w ON w.id = g.wait_id JOIN people p ON p.id = w.person_id
		WHERE `+which+" GROUP BY w.id ORDER BY w.since, w.id LIMIT "+fmt.Sprint(mostListed), args...)
	return pages, all, err
}

// unchosen tells, as a column, that somebody who waits was offered choices because
// they were not understood, and has not chosen.
const unchosen = `EXISTS (SELECT 1 FROM conversations c WHERE c.person_id = w.person_id AND c.memory <> '{}' AND json_extract(c.memory, '$.menu.unsure'))`

// quiet drops the pages about a wait that have not left: those that are due, and
// messages that are about no other open wait.
func quiet(ctx context.Context, tx *transaction, wait int64) error {
	if _, err := tx.ExecContext(ctx, "UPDATE pages SET state = CASE state WHEN 'due' THEN 'dropped' ELSE state END, alarm = 0 WHERE wait_id = $1 AND (state = 'due' OR alarm = 1)", wait); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, drop+`'answered' WHERE id IN (SELECT outbox_id FROM pages WHERE wait_id = $1 AND outbox_id IS NOT NULL) AND due_at IS NOT NULL
		AND NOT EXISTS (SELECT 1 FROM pages g JOIN waits w ON w.id = g.wait_id WHERE g.outbox_id = outbox.id AND w.ended_at IS NULL AND w.id <> $1)`, wait)
	return err
}
