package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"bestie/shop"
)

// act writes the steps of an admin, in order.
func (db *DB) act(ctx context.Context, tx *transaction, now time.Time, steps []shop.Action) error {
	for _, a := range steps {
		if err := db.step(ctx, tx, now, a); err != nil {
			return fmt.Errorf("%s of a ticket: %w", a.Kind, err)
		}
	}
	return nil
}

func (db *DB) step(ctx context.Context, tx *transaction, now time.Time, a shop.Action) error {
	switch a.Kind {
	case shop.ActClaim:
		return claim(ctx, tx, now, a)
	case shop.ActPass:
		_, err := tx.ExecContext(ctx, "UPDATE tickets SET division = $1 WHERE id = $2", a.Division, a.Ticket)
		return err
	case shop.ActPromise:
		return promise(ctx, tx, now, a)
	case shop.ActClose:
		return closeTicket(ctx, tx, now, a)
	case shop.ActAsk:
		return askRating(ctx, tx, now, a.Ticket)
	case shop.ActErase:
		return grantErasure(ctx, tx, now, a)
	case shop.ActBotOn, shop.ActBotOff:
		return pause(ctx, tx, a.Ticket, a.Until)
	case shop.ActPromoSend, shop.ActPromoSkip:
		_, err := answerSlots(ctx, tx, now, a.Ticket, a.Kind == shop.ActPromoSend)
		return err
	case shop.ActPromoCode, shop.ActPromoMistake, shop.ActPromoMove, shop.ActPromoLook, shop.ActPromoTest, shop.ActPromoReport, shop.ActPromoPicture:
		return stepCampaign(ctx, tx, now, a)
	}
	return fmt.Errorf("nobody knows how to %q", a.Kind)
}

// claim gives a chat to an admin.
func claim(ctx context.Context, tx *transaction, now time.Time, a shop.Action) error {
	if _, err := tx.ExecContext(ctx, "UPDATE tickets SET claimed_by = $1, claimed_at = $2 WHERE id = $3", a.To, ms(now), a.Ticket); err != nil {
		return err
	}
	return pause(ctx, tx, a.Ticket, a.Until)
}

func personOf(ctx context.Context, q querier, ticket int64) (person int64, err error) {
	err = q.QueryRowContext(ctx, "SELECT person_id FROM tickets WHERE id = $1", ticket).Scan(&person)
	return person, err
}

// pause silences the bot in the chat of a ticket until an instant: what it has not said
// yet it does not say. The zero time lets it speak again, also where the loop guard had
// silenced it.
func pause(ctx context.Context, tx *transaction, ticket int64, until time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO conversations (person_id, paused_until) SELECT person_id, $2 FROM tickets WHERE id = $1
		ON CONFLICT (person_id) DO UPDATE SET paused_until = $2, muted_until = CASE WHEN $2 = 0 THEN 0 ELSE muted_until END`, ticket, ms(until))
	if err != nil || until.IsZero() {
		return err
	}
	person, err := personOf(ctx, tx, ticket)
	if err != nil {
		return err
	}
	return cancelReplies(ctx, tx, person)
}

// closeTicket ends the talk: the bot speaks again, what it had asked is forgotten, and
// a wait to which no answer is on its way is cancelled.
func closeTicket(ctx context.Context, tx *transaction, now time.Time, a shop.Action) error {
	if err := retract(ctx, tx, a.Ticket); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE tickets SET closed_at = $1, closed_by = NULLIF($2, 0), promised_at = NULL WHERE id = $3 AND closed_at IS NULL",
		ms(now), a.Admin, a.Ticket); err != nil {
		return err
	}
	if err := pause(ctx, tx, a.Ticket, time.Time{}); err != nil {
		return err
	}
	person, err := personOf(ctx, tx, a.Ticket)
	if err != nil {
		return err
	}
	if _, err = tx.ExecContext(ctx, "UPDATE conversations SET answered = 0, ended_at = MAX(ended_at, $2), memory = json_remove(memory, '$.menu', '$.form'), unfinished_at = 0 WHERE person_id = $1", person, ms(now)); err != nil {
		return err
	}
	w, err := openWait(ctx, tx, person)
	if err != nil || w == nil {
		return err
	}
	var answering bool
	if err = tx.QueryRowContext(ctx, "SELECT "+answerUnderWay+" FROM waits w WHERE w.id = $1", w.ID).Scan(&answering); err != nil || answering {
		return err
	}
	return endWait(ctx, tx, *w, now, "cancelled")
}

// answerUnderWay tells, as a column, that the words of an admin which answer the wait
// w are on their way.
const answerUnderWay = `EXISTS (SELECT 1 FROM outbox o WHERE o.wait_id = w.id AND o.answers = 1 AND o.author_id IS NOT NULL
	AND (o.status IN ('queued', 'sending') OR o.due_at IS NOT NULL))`

// wordSent is told that the words of an admin have reached a customer: they answer
// what was asked before they were written, also where only a person may, and keep
// what was promised.
func (db *DB) wordSent(ctx context.Context, tx *transaction, o shop.OutRow) error {
	w, err := openWait(ctx, tx, o.Person.ID)
	if err != nil {
		return err
	}
	if w == nil || w.Since.After(o.Created) {
		return db.answeredByHuman(ctx, tx, o.Person.ID, shop.Wait{}, o.SentAt, o.Author)
	}
	if err = noteHuman(ctx, tx, w.ID, o.Person.ID, o.SentAt, o.Author); err != nil {
		return err
	}
	if err = db.markMet(ctx, tx, w.ID, w.Since, o.SentAt); err != nil {
		return err
	}
	if err = db.nextQuestion(ctx, tx, *w, o.ID, o.SentAt); err != nil {
		return err
	}
	return letGo(ctx, tx, *w)
}

// noteHuman puts on record that a person answered, and who: the author of the words,
// else whoever has the chat, else nobody we know, at the shop phone.
func noteHuman(ctx context.Context, tx *transaction, wait, person int64, when time.Time, author int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE waits SET human_at = $1, human_by = COALESCE(NULLIF($2, 0),
		(SELECT claimed_by FROM tickets WHERE person_id = $3 AND kind = 'chat' AND closed_at IS NULL)) WHERE id = $4 AND human_at IS NULL`,
		ms(when), author, person, wait)
	if err != nil {
		return err
	}
	return keepPromise(ctx, tx, person, when)
}

// NextSilent is the instant at which some ticket may have been silent for a day.
func (db *DB) NextSilent(ctx context.Context) (time.Time, bool, error) {
	return earliest(ctx, db.w, "SELECT MIN(check_at) FROM tickets WHERE closed_at IS NULL")
}

// mostSilent bounds the tickets of one transaction.
const mostSilent = 200

// CloseSilent closes the tickets in whose chat nobody has written for
// shop.TicketLife, and puts the others off; one whose customer waits, or was promised
// something, stays, and so does that of a campaign that is not over. It returns how many it looked at.
func (db *DB) CloseSilent(ctx context.Context, now time.Time) (n int, err error) {
	err = db.tx(ctx, func(tx *transaction) error {
		type due struct{ id, last int64 }
		tickets, err := collect(ctx, tx, func(rows *sql.Rows) (d due, err error) { return d, rows.Scan(&d.id, &d.last) },
			`SELECT k.id, CASE WHEN EXISTS (SELECT 1 FROM waits w WHERE w.person_id = k.person_id AND w.ended_at IS NULL) OR k.promised_at > $1
				OR EXISTS (SELECT 1 FROM campaigns g WHERE g.ticket_id = k.id AND g.state NOT IN ('finished', 'cancelled', 'missed')) THEN $1
				ELSE MAX(k.opened_at, COALESCE(k.claimed_at, 0),
					COALESCE((SELECT MAX(i.received_at) FROM inbox i WHERE i.person_id = k.person_id), 0),
					COALESCE((SELECT MAX(o.created_at) FROM outbox o WHERE o.person_id = k.person_id AND o.lane = 'reply'), 0)) END
			FROM tickets k WHERE k.closed_at IS NULL AND k.check_at <= $1 ORDER BY k.check_at, k.id LIMIT $2 + 0`, ms(now), mostSilent)
		if err != nil {
			return err
		}
		n = len(tickets)
		for _, d := range tickets {
			quiet := at(d.last).Add(shop.TicketLife)
			if quiet.After(now) {
				_, err = tx.ExecContext(ctx, "UPDATE tickets SET check_at = $1 WHERE id = $2", ms(quiet), d.id)
			} else {
				err = closeTicket(ctx, tx, now, shop.Action{Ticket: d.id})
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}
