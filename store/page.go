package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"bestie/shop"
)

// NextPage is the instant of the next page; ok is false when nobody waits.
func (db *DB) NextPage(ctx context.Context) (time.Time, bool, error) {
	return earliest(ctx, db.w, "SELECT MIN(next_page_at) FROM waits WHERE next_page_at IS NOT NULL")
}

// PageDue hands out the waits whose next level has come, writes the pages that
// compose makes of them and moves each wait to its next level, one wait per
// transaction. It returns how many waits were paged.
func (db *DB) PageDue(ctx context.Context, now time.Time, newID func() string, compose func(shop.Page) ([]shop.Draft, error)) (n int, err error) {
	for {
		did, err := db.pageOne(ctx, now, newID, compose)
		if err != nil || !did {
			return n, err
		}
		n++
	}
}

func (db *DB) pageOne(ctx context.Context, now time.Time, newID func() string, compose func(shop.Page) ([]shop.Draft, error)) (did bool, err error) {
	err = db.tx(ctx, func(tx *sql.Tx) error {
		p, err := loadPage(ctx, tx, now)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		} else if err != nil {
			return err
		}
		did = true
		level, index, ok := db.sla.Due(p.Wait, now)
		if !ok {
			return db.postpone(ctx, tx, p.Wait)
		}
		p.Level, p.Missed, p.Breach = level, db.sla.Levels[p.Wait.Paged:index], level.After >= db.sla.Target
		drafts, err := compose(p)
		if err != nil {
			return err
		}
		for _, d := range drafts {
			if err = queue(ctx, tx, now, newID(), d, p.Wait.ID, 0); err != nil {
				return err
			}
		}
		return db.movePaged(ctx, tx, p.Wait, index+1, p.Breach)
	})
	return did, err
}

func loadPage(ctx context.Context, tx *sql.Tx, now time.Time) (p shop.Page, err error) {
	p.Now = now
	p.Wait, err = scanWait(tx.QueryRowContext(ctx, "SELECT "+waitColumns+" FROM waits w WHERE w.next_page_at <= $1 ORDER BY w.next_page_at, w.id LIMIT 1", ms(now)))
	if err != nil {
		return p, err
	}
	if p.Person, err = scanPerson(tx.QueryRowContext(ctx, "SELECT "+personColumns+" FROM people WHERE id = $1", p.Wait.PersonID)); err != nil {
		return p, err
	}
	if p.Roster, err = roster(ctx, tx); err != nil {
		return p, err
	}
	if p.Wait.Number == 0 {
		err = tx.QueryRowContext(ctx, "SELECT "+nextNumber, dayBefore(now)).Scan(&p.Wait.Number)
	}
	return p, err
}

// postpone sets a wait to its next level when none is due: the levels have been
// set to later instants since it began.
func (db *DB) postpone(ctx context.Context, tx *sql.Tx, w shop.Wait) error {
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

func (db *DB) movePaged(ctx context.Context, tx *sql.Tx, w shop.Wait, paged int, breach bool) error {
	w.Paged = paged
	state := "warned"
	if breach {
		state = "breached"
	}
	_, err := tx.ExecContext(ctx, "UPDATE waits SET paged = $1, next_page_at = $2, number = $3, state = $4 WHERE id = $5", paged, db.nextPage(w), w.Number, state, w.ID)
	return err
}
