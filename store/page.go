package store

import (
	"context"
	"database/sql"
	"time"

	"bestie/shop"
)

// NextPage is the instant at which the next wait reaches a step; ok is false when
// none will.
func (db *DB) NextPage(ctx context.Context) (time.Time, bool, error) {
	return earliest(ctx, steady{db.w}, "SELECT MIN(next_page_at) FROM waits WHERE next_page_at IS NOT NULL")
}

// PagesWaiting tells whether entries wait to be told to admins, and whether any wait
// for the second channels.
func (db *DB) PagesWaiting(ctx context.Context) (admins, channels bool, err error) {
	err = steady{db.w}.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pages WHERE state = 'due'), EXISTS (SELECT 1 FROM pages WHERE alarm = 1)").
		Scan(&admins, &channels)
	return admins, channels, err
}

// mostPages bounds the waits of one transaction.
const mostPages = 500

// EnterPages writes an entry for everybody who is to be paged about each step that
// has come (docs/states.md), in order, and moves the waits to their next step. It
// needs no connection: what is due is on record at its time. hold makes the holding
// reply of a level that has one; nil: not now. It returns how many waits it looked
// at.
func (db *DB) EnterPages(ctx context.Context, now time.Time, newID func() string, hold func(shop.Person) (shop.Draft, error)) (n int, err error) {
	for {
		did, err := db.enterSome(ctx, now, newID, hold)
		n += did
		if err != nil || did < mostPages {
			return n, err
		}
	}
}

func (db *DB) enterSome(ctx context.Context, now time.Time, newID func() string, hold func(shop.Person) (shop.Draft, error)) (did int, err error) {
	err = db.tx(ctx, func(tx *transaction) error {
		waits, err := collect(ctx, tx, scanReached, "SELECT "+waitColumns+`, w.held, COALESCE(k.claimed_at, 0), COALESCE(k.claimed_by, 0), COALESCE(k.promised_at, 0)
			FROM waits w LEFT JOIN tickets k ON k.person_id = w.person_id AND k.kind = 'chat' AND k.closed_at IS NULL
			WHERE w.next_page_at <= $1 ORDER BY w.next_page_at, w.id LIMIT $2 + 0`, ms(now), mostPages)
		did = len(waits)
		if err != nil || did == 0 {
			return err
		}
		everybody, err := db.roster(ctx, tx, now)
		if err != nil {
			return err
		}
		e := entry{db: db, tx: tx, now: now, roster: everybody, newID: newID, hold: hold}
		for _, w := range waits {
			if err = e.enter(ctx, w); err != nil {
				return err
			}
		}
		return nil
	})
	return did, err
}

// reached is a wait whose next step has come.
type reached struct {
	shop.Wait
	held    bool
	claimed time.Time // zero for never
	claimer int64
	// promised is when the customer was promised to hear from us, zero for no promise:
	// until then, and a moment longer, its own reminders go before pages.
	promised time.Time
}

func scanReached(rows *sql.Rows) (w reached, err error) {
	var claimed, promised int64
	w.Wait, err = scanWait(rows, &w.held, &claimed, &w.claimer, &promised)
	w.claimed, w.promised = at(claimed), at(promised)
	return w, err
}

// entry is the writing of entries at one instant.
type entry struct {
	db     *DB
	tx     *transaction
	now    time.Time
	roster shop.Roster
	newID  func() string
	hold   func(shop.Person) (shop.Draft, error)
	holds  int // how many holding replies were written
}

// enter writes the entries of one wait. A claim silences them: what its age demanded
// meanwhile is due when the claim ends.
func (e *entry) enter(ctx context.Context, w reached) error {
	var claimEnds time.Time
	if !w.claimed.IsZero() {
		claimEnds = w.claimed.Add(e.db.sla.Claim)
	}
	if kept := w.promised.Add(shop.PromiseGrace); !w.promised.IsZero() && kept.After(claimEnds) {
		claimEnds = kept
	}
	if claimEnds.After(e.now) {
		_, err := e.tx.ExecContext(ctx, "UPDATE waits SET next_page_at = $1 WHERE id = $2", ms(claimEnds), w.ID)
		return err
	}
	steps, paged := e.db.sla.Steps(w.Wait, e.now)
	if len(steps) == 0 { // the levels have been set to later instants, or the clock was wrong
		return e.db.postpone(ctx, e.tx, w.Wait)
	}
	if w.Number == 0 {
		if _, err := openTicket(ctx, e.tx, w.PersonID, e.now); err != nil {
			return err
		}
	}
	hold := false
	for _, step := range steps {
		due := step.At
		if claimEnds.After(due) {
			due = claimEnds
		}
		if err := e.write(ctx, w, step, due); err != nil {
			return err
		}
		hold = hold || step.Hold && step.Round == 0 && e.now.Sub(step.At) < holdAgain
	}
	if err := e.db.movePaged(ctx, e.tx, w.Wait, paged, e.db.sla.Breached(steps[len(steps)-1].Level)); err != nil || !hold || w.held || e.hold == nil {
		return err
	}
	return e.holdOn(ctx, w)
}

func (e *entry) write(ctx context.Context, w reached, step shop.Step, due time.Time) error {
	alarm := step.Alarms() && e.db.channels > 0
	for _, admin := range step.Recipients(e.roster, w.claimer) {
		if _, err := e.tx.ExecContext(ctx, `INSERT INTO pages (wait_id, level, round, admin_id, due_at, alarm) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT DO NOTHING`, w.ID, step.Level, step.Round, admin, ms(due), alarm); err != nil {
			return err
		}
		alarm = false // one entry of the step is enough for the second channels
	}
	return nil
}

// holdAgain is how long the bot says nothing more after a reply, and how late a holding
// reply may be; holdPace is the least time between two holding replies, to whomever.
const (
	holdAgain = 2 * time.Minute
	holdPace  = 2 * time.Second
)

// holdOn writes the holding reply of a wait, once, unless the bot is silent in the
// chat, has just spoken there or is about to. It is for a level that has just come:
// after an outage hundreds must not be written to.
func (e *entry) holdOn(ctx context.Context, w reached) error {
	var silent bool
	err := e.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM conversations WHERE person_id = $1 AND (paused_until > $2 OR muted_until > $2))
		OR EXISTS (SELECT 1 FROM outbox WHERE person_id = $1 AND lane = 'reply' AND (due_at IS NOT NULL
			OR created_at > $3 AND author_id IS NULL AND status NOT IN ('failed', 'cancelled')))`,
		w.PersonID, ms(e.now), ms(e.now.Add(-holdAgain))).Scan(&silent)
	if err != nil || silent {
		return err
	}
	person, err := scanPerson(e.tx.QueryRowContext(ctx, "SELECT "+personColumns+" FROM people WHERE id = $1", w.PersonID))
	if err != nil {
		return err
	}
	d, err := e.hold(person)
	if err != nil {
		return err
	}
	d.Delay = time.Duration(e.holds) * holdPace
	e.holds++
	if err = queue(ctx, e.tx, e.now, e.newID(), d, w.ID, 0); err != nil {
		return err
	}
	_, err = e.tx.ExecContext(ctx, "UPDATE waits SET held = 1 WHERE id = $1", w.ID)
	return err
}

// postpone sets a wait to its next step when none is due.
func (db *DB) postpone(ctx context.Context, tx *transaction, w shop.Wait) error {
	_, err := tx.ExecContext(ctx, "UPDATE waits SET next_page_at = $1 WHERE id = $2", db.nextPage(w), w.ID)
	return err
}

// nextPage is the instant of a wait's next step as it is stored, NULL after the
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
