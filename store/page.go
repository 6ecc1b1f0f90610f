package store

import (
	"context"
	"database/sql"
	"time"

	"bestie/shop"
)

// NextPage is the instant of the next page; ok is false when nobody waits.
func (db *DB) NextPage(ctx context.Context) (time.Time, bool, error) {
	return earliest(ctx, steady{db.w}, "SELECT MIN(next_page_at) FROM waits WHERE next_page_at IS NOT NULL")
}

// PageDue hands out the waits whose next level has come, writes the pages that
// compose makes of them and moves each wait to its next level. compose gets one
// wait, or all of them if they are more than shop.PageAlone. PageDue returns how
// many waits were paged.
func (db *DB) PageDue(ctx context.Context, now time.Time, newID func() string, compose func([]shop.Page) ([]shop.Draft, error)) (n int, err error) {
	for {
		did, err := db.pageSome(ctx, now, newID, compose)
		if err != nil || did == 0 {
			return n, err
		}
		n += did
	}
}

// mostPages bounds the waits of one transaction.
const mostPages = 500

func (db *DB) pageSome(ctx context.Context, now time.Time, newID func() string, compose func([]shop.Page) ([]shop.Draft, error)) (did int, err error) {
	err = db.tx(ctx, func(tx *transaction) error {
		waits, err := collect(ctx, tx, func(rows *sql.Rows) (shop.Wait, error) { return scanWait(rows) },
			"SELECT "+waitColumns+" FROM waits w WHERE w.next_page_at <= $1 ORDER BY w.next_page_at, w.id LIMIT $2 + 0", ms(now), mostPages)
		if err != nil || len(waits) == 0 {
			return err
		}
		about := int64(0)
		if len(waits) <= shop.PageAlone {
			waits, about = waits[:1], waits[0].ID
		}
		did = len(waits)
		pages, err := db.loadPages(ctx, tx, now, waits)
		if err != nil || len(pages) == 0 {
			return err
		}
		drafts, err := compose(pages)
		if err != nil {
			return err
		}
		for _, d := range drafts {
			if err = queue(ctx, tx, now, newID(), d, about, 0); err != nil {
				return err
			}
		}
		return nil
	})
	return did, err
}

// loadPages makes the pages about waits and moves each to its next level. A wait
// that has none due is only put off.
func (db *DB) loadPages(ctx context.Context, tx *transaction, now time.Time, waits []shop.Wait) (pages []shop.Page, err error) {
	everybody, err := db.roster(ctx, tx, now)
	if err != nil {
		return nil, err
	}
	for _, w := range waits {
		level, index, ok := db.sla.Due(w, now)
		if !ok {
			if err = db.postpone(ctx, tx, w); err != nil {
				return nil, err
			}
			continue
		}
		p := shop.Page{Now: now, Wait: w, Roster: everybody, Level: level, Missed: db.sla.Levels[w.Paged:index], Breach: level.After >= db.sla.Target}
		if p.Person, err = scanPerson(tx.QueryRowContext(ctx, "SELECT "+personColumns+" FROM people WHERE id = $1", w.PersonID)); err != nil {
			return nil, err
		}
		if p.Menu, err = unchosen(ctx, tx, w); err != nil {
			return nil, err
		}
		ticket, err := openTicket(ctx, tx, w.PersonID, now)
		if err != nil {
			return nil, err
		}
		p.Wait.Number = ticket.Number
		if err = db.movePaged(ctx, tx, p.Wait, index+1, p.Breach); err != nil {
			return nil, err
		}
		pages = append(pages, p)
	}
	return pages, nil
}

// unchosen tells that somebody who waits was offered choices because they were not
// understood, and has not chosen.
func unchosen(ctx context.Context, tx *transaction, w shop.Wait) (open bool, err error) {
	err = tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM conversations
		WHERE person_id = $1 AND memory <> '{}' AND json_extract(memory, '$.menu.unsure'))`, w.PersonID).Scan(&open)
	return open, err
}

// postpone sets a wait to its next level when none is due: the levels have been
// set to later instants since it began, or the clock was wrong.
func (db *DB) postpone(ctx context.Context, tx *transaction, w shop.Wait) error {
	_, err := tx.ExecContext(ctx, "UPDATE waits SET next_page_at = $1 WHERE id = $2", db.nextPage(w), w.ID)
	return err
}

// nextPage is the instant of a wait's next level as it is stored, NULL after the
// last.
func (db *DB) nextPage(w shop.Wait) any {
	if t, ok := db.sla.Next(w); ok {
		return ms(t)
	}
	return nil
}

func (db *DB) movePaged(ctx context.Context, tx *transaction, w shop.Wait, paged int, breach bool) error {
	w.Paged = paged
	state := "warned"
	if breach {
		state = "breached"
	}
	_, err := tx.ExecContext(ctx, "UPDATE waits SET paged = $1, next_page_at = $2, state = $3 WHERE id = $4", paged, db.nextPage(w), state, w.ID)
	return err
}
