package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"bestie/shop"
)

const waitColumns = "w.id, w.person_id, " + waitNumber + ", w.since, w.words, w.paged, w.needs_human, w.called"

// waitNumber is the number under which admins know the chat of a wait.
const waitNumber = "COALESCE((SELECT number FROM tickets k WHERE k.person_id = w.person_id AND k.kind = 'chat' AND k.closed_at IS NULL), 0)"

func scanWait(row interface{ Scan(...any) error }, more ...any) (w shop.Wait, err error) {
	var since int64
	err = row.Scan(append([]any{&w.ID, &w.PersonID, &w.Number, &since, &w.Words, &w.Paged, &w.Human, &w.Called}, more...)...)
	w.Since = at(since)
	return w, err
}

func openWait(ctx context.Context, q querier, person int64) (*shop.Wait, error) {
	w, err := scanWait(q.QueryRowContext(ctx, "SELECT "+waitColumns+" FROM waits w WHERE w.person_id = $1 AND w.ended_at IS NULL", person))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &w, err
}

// moveWait opens, ends or numbers the wait of a turn and returns its ID, 0 when
// there is none.
func (db *DB) moveWait(ctx context.Context, tx *transaction, t shop.Turn, out shop.Outcome) (int64, error) {
	var w shop.Wait
	if t.Wait != nil {
		w = *t.Wait
	}
	if !out.Human.IsZero() {
		return 0, db.answeredByHuman(ctx, tx, t.Person.ID, w, out.Human, 0)
	}
	if out.CancelWait && w.ID != 0 {
		return 0, endWait(ctx, tx, w, t.Now, "cancelled")
	}
	if out.StartWait && w.ID == 0 {
		w = shop.Wait{PersonID: t.Person.ID, Since: out.WaitSince, Words: out.WaitWords, Intent: out.WaitIntent, Human: out.NeedsHuman}
		if err := db.startWait(ctx, tx, &w, out.NoPages, pagesFrom(t.Now, out)); err != nil {
			return 0, err
		}
	} else if out.StartWait {
		if err := askedAgain(ctx, tx, w, out); err != nil {
			return 0, err
		}
	}
	if out.Held && w.ID != 0 {
		if _, err := tx.ExecContext(ctx, "UPDATE waits SET held = 1 WHERE id = $1", w.ID); err != nil {
			return 0, err
		}
	}
	if out.Number != 0 && w.ID != 0 {
		if _, err := openTicket(ctx, tx, t.Person.ID, t.Now); err != nil {
			return 0, err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE waits SET called = 1 WHERE id = $1", w.ID); err != nil {
			return 0, err
		}
	}
	return w.ID, nil
}

// askedAgain notes a further question of somebody who waits already. While an
// answer to an earlier turn is on its way it is kept apart, to become a wait of
// its own when that answer has gone; else it belongs to the wait that runs.
func askedAgain(ctx context.Context, tx *transaction, w shop.Wait, out shop.Outcome) error {
	res, err := tx.ExecContext(ctx, `UPDATE waits SET needs_human = MAX(needs_human, $2), intent = IIF(intent = '', $3, intent)
		WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM outbox WHERE wait_id = $1 AND answers = 1 AND (author_id IS NOT NULL OR waits.needs_human = 0)
			AND (status IN ('queued', 'sending') OR due_at IS NOT NULL))`, w.ID, out.NeedsHuman, out.WaitIntent)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n > 0 {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO questions (wait_id, after, since, words, intent, needs_human)
		VALUES ($1, (SELECT MAX(id) FROM outbox), $2, $3, $4, $5)`, w.ID, ms(out.WaitSince), out.WaitWords, out.WaitIntent, out.NeedsHuman)
	return err
}

// answerSent ends the wait that an outgoing row has just answered. What was asked
// after the row was written is a new wait, to which the answers and pages written
// since belong; a wait that only a person ends goes on, with the answer on record.
func (db *DB) answerSent(ctx context.Context, tx *transaction, row int64, sent time.Time) error {
	var asked, paged bool
	w, err := scanWait(tx.QueryRowContext(ctx, "SELECT "+waitColumns+`, EXISTS (SELECT 1 FROM questions q WHERE q.wait_id = w.id),
			EXISTS (SELECT 1 FROM outbox a WHERE a.wait_id = w.id AND a.answers = 0 AND a.due_at IS NOT NULL)
		FROM outbox o JOIN waits w ON w.id = o.wait_id WHERE o.id = $1 AND w.ended_at IS NULL`, row), &asked, &paged)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	} else if err != nil {
		return err
	}
	if w.Human {
		_, err = tx.ExecContext(ctx, "UPDATE waits SET answered_at = COALESCE(answered_at, $1) WHERE id = $2", ms(sent), w.ID)
		return err
	}
	if err = db.markMet(ctx, tx, w.ID, w.Since, sent); err != nil || !asked && !paged && w.Paged == 0 {
		return err
	}
	if err = db.nextQuestion(ctx, tx, w, row, sent); err != nil {
		return err
	}
	return letGo(ctx, tx, w)
}

// nextQuestion makes the first question that came after an outgoing row the wait
// that follows; the questions after it follow that one.
func (db *DB) nextQuestion(ctx context.Context, tx *transaction, answered shop.Wait, row int64, sent time.Time) error {
	next := shop.Wait{PersonID: answered.PersonID}
	var question, after, since int64
	err := tx.QueryRowContext(ctx, `SELECT id, after, since, words, intent, needs_human FROM questions WHERE wait_id = $1 AND after >= $2
		ORDER BY after, id LIMIT 1`, answered.ID, row).Scan(&question, &after, &since, &next.Words, &next.Intent, &next.Human)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	} else if err != nil {
		return err
	}
	next.Since = at(since)
	if err = db.startWait(ctx, tx, &next, false, sent); err != nil {
		return err
	}
	if _, err = tx.ExecContext(ctx, "UPDATE questions SET wait_id = $1 WHERE wait_id = $2 AND id > $3", next.ID, answered.ID, question); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE outbox SET wait_id = $1 WHERE wait_id = $2 AND id > $3
		AND (status IN ('queued', 'sending') OR due_at IS NOT NULL)`, next.ID, answered.ID, after)
	return err
}

// answerTime is how long an answer that is written may take to leave before
// somebody is paged about its question: after an outage a level has long come.
const answerTime = 20 * time.Second

// pagesFrom is the instant before which nobody is paged about a wait that begins
// with this outcome.
func pagesFrom(now time.Time, out shop.Outcome) time.Time {
	for _, d := range out.Drafts {
		if d.Answers {
			return now.Add(answerTime)
		}
	}
	return now
}

func (db *DB) startWait(ctx context.Context, tx *transaction, w *shop.Wait, noPages bool, from time.Time) error {
	next := any(nil)
	if t, ok := db.sla.Next(*w); ok && !noPages {
		next = max(ms(t), ms(from))
	}
	return tx.QueryRowContext(ctx, `INSERT INTO waits (person_id, since, words, intent, next_page_at, needs_human, first) VALUES ($1, $2, $3, $4, $5, $6,
			COALESCE((SELECT since FROM waits WHERE person_id = $1 ORDER BY id DESC LIMIT 1), 0)
				<= COALESCE((SELECT ended_at FROM conversations WHERE person_id = $1), 0)) RETURNING id`,
		w.PersonID, ms(w.Since), w.Words, w.Intent, next, w.Human).Scan(&w.ID)
}

// answeredByHuman ends the open wait; without one it notes the human's reply to
// the latest wait, which the bot may have ended, so that both figures stand
// apart (domain facts, section 1). author is the admin whose words the bot sent, 0 for
// what was typed on the shop phone.
func (db *DB) answeredByHuman(ctx context.Context, tx *transaction, person int64, w shop.Wait, when time.Time, author int64) error {
	if w.ID != 0 {
		if when.Before(w.Since) { // typed before the message it seems to answer: late sync
			return nil
		}
		if err := noteHuman(ctx, tx, w.ID, person, when, author); err != nil {
			return err
		}
		return db.meetWait(ctx, tx, w, when)
	}
	var last int64
	err := tx.QueryRowContext(ctx, "SELECT COALESCE((SELECT id FROM waits WHERE id = (SELECT MAX(id) FROM waits WHERE person_id = $1) AND since <= $2), 0)",
		person, ms(when)).Scan(&last)
	if err != nil {
		return err
	}
	return noteHuman(ctx, tx, last, person, when, author)
}

// meetWait ends a wait with an answer, in time or late, and drops the pages
// about it.
func (db *DB) meetWait(ctx context.Context, tx *transaction, w shop.Wait, answered time.Time) error {
	if err := db.markMet(ctx, tx, w.ID, w.Since, answered); err != nil {
		return err
	}
	return letGo(ctx, tx, w)
}

// markMet closes a wait, in time or late.
func (db *DB) markMet(ctx context.Context, tx *transaction, id int64, since, answered time.Time) error {
	state := db.sla.State(shop.Clocked{Since: since, Answered: answered, Ended: answered}, answered)
	_, err := tx.ExecContext(ctx, "UPDATE waits SET ended_at = $1, next_page_at = NULL, answered_at = COALESCE(answered_at, $1), state = $2 WHERE id = $3",
		ms(answered), state, id)
	return err
}

// endWait closes a wait without an answer and drops the pages about it.
func endWait(ctx context.Context, tx *transaction, w shop.Wait, when time.Time, state string) error {
	if _, err := tx.ExecContext(ctx, "UPDATE waits SET ended_at = $1, next_page_at = NULL, state = $2 WHERE id = $3", ms(when), state, w.ID); err != nil {
		return err
	}
	return letGo(ctx, tx, w)
}

// letGo drops what belongs to an ended wait: the pages about it and the holding reply
// that have not left, and the questions that were waiting behind it.
func letGo(ctx context.Context, tx *transaction, w shop.Wait) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM questions WHERE wait_id = $1", w.ID); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, drop+"'answered' WHERE wait_id = $1 AND answers = 0 AND due_at IS NOT NULL", w.ID)
	if err != nil || w.Paged == 0 {
		return err
	}
	return quiet(ctx, tx, w.ID)
}
