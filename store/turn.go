package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"bestie/shop"
	"bestie/store/sqlite"
)

// Turns takes up to most chats, those first whose messages have waited longest,
// lets decide look at everything known about each and writes the outcomes: the
// new state, the outgoing rows and the mark that the messages were handled. All
// of it is one transaction, so that a rush of chats costs one commit. It returns
// how many chats were handled; 0 when nothing is due. newID makes message IDs.
//
// A chat's messages are handled in the order of WhatsApp's time, then of arrival. If
// the turn of one chat cannot be written, none is, and the error is a
// *shop.TurnError that names the chat.
func (db *DB) Turns(ctx context.Context, now time.Time, most int, newID func() string, decide func(shop.Turn) (shop.Outcome, error)) (n int, err error) {
	err = db.tx(ctx, func(tx *transaction) error {
		chats, err := db.nextChats(ctx, tx, now, most)
		if err != nil {
			return err
		}
		for _, person := range chats {
			if err = db.turn(ctx, tx, now, person, newID, decide); err != nil {
				return blame(person, err)
			}
		}
		n = len(chats)
		return nil
	})
	if err != nil {
		return 0, err
	}
	return n, nil
}

// blame names the chat whose turn failed, unless the database did.
func blame(person int64, err error) error {
	if sqlite.Failed(err) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &shop.TurnError{Person: person, Cause: err}
}

func (db *DB) turn(ctx context.Context, tx *transaction, now time.Time, person int64, newID func() string, decide func(shop.Turn) (shop.Outcome, error)) error {
	t, err := db.loadTurn(ctx, tx, person, now)
	if err != nil {
		return fmt.Errorf("loading a turn: %w", err)
	}
	out, err := decide(t)
	if err != nil {
		return fmt.Errorf("deciding a turn: %w", err)
	}
	if err = db.writeOutcome(ctx, tx, t, out, newID); err != nil {
		return fmt.Errorf("writing a turn: %w", err)
	}
	return nil
}

// PutOff lets the messages of a chat wait until an instant, so that those of others
// are handled. A new message of theirs ends that.
func (db *DB) PutOff(ctx context.Context, person int64, until time.Time) error {
	return db.exec(ctx, "UPDATE inbox SET due_at = MAX(due_at, $1) WHERE person_id = $2 AND due_at IS NOT NULL", ms(until), person)
}

// burstLimit bounds how long a burst may put off its own answer: after this the
// oldest message is handled with whatever has come.
const burstLimit = 15 * time.Second

// patient is how long a chat may be waited for, at most half of the time after which
// its first page leaves: an answer must not come too late because more might be said.
func (db *DB) patient(wanted time.Duration) time.Duration {
	if levels := db.sla.Levels; len(levels) > 0 {
		return min(wanted, levels[0].After/2)
	}
	return wanted
}

// readyChats is when each chat with waiting messages may be handled ($1 is
// the longest burst): at once what was typed on the shop phone, else when the burst is
// over or has lasted too long. A message that could not be decrypted yet holds up
// nothing but itself. One group a person, in the order of inbox_waiting: nothing is
// sorted.
const readyChats = `SELECT person_id, MIN(
		COALESCE(MIN(due_at) FILTER (WHERE from_me = 1 OR kind = 'placeholder'), 9e15),
		COALESCE(MIN(MAX(due_at) FILTER (WHERE kind <> 'placeholder'), MAX(MIN(due_at) FILTER (WHERE kind <> 'placeholder'),
			MIN(received_at) FILTER (WHERE kind <> 'placeholder') + $1)), 9e15)) AS ready
	FROM inbox WHERE due_at IS NOT NULL GROUP BY person_id`

// NextInbox is the instant at which the next chat may be handled; ok is false
// when none waits. Turns takes a chat exactly from that instant on.
func (db *DB) NextInbox(ctx context.Context) (time.Time, bool, error) {
	return earliest(ctx, steady{db.w}, "SELECT MIN(ready) FROM ("+readyChats+")", db.patient(burstLimit).Milliseconds())
}

// nextChats are the chats that have been ready longest. A limit that is a bare
// variable would be planned anew for every value, at the price of the rest of the
// turn's reads: SQLite looks at it to choose a plan.
func (db *DB) nextChats(ctx context.Context, q querier, now time.Time, most int) ([]int64, error) {
	return collect(ctx, q, func(rows *sql.Rows) (person int64, err error) { return person, rows.Scan(&person) },
		"SELECT person_id FROM ("+readyChats+") WHERE ready <= $2 ORDER BY ready, person_id LIMIT $3 + 0",
		db.patient(burstLimit).Milliseconds(), ms(now), most)
}

// saveConversation writes a conversation; wrote is when the person last wrote, zero when
// only others did.
func saveConversation(ctx context.Context, tx *transaction, c shop.Conversation, wrote time.Time) error {
	memory, err := remembered(c.Memory)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO conversations (person_id, paused_until, muted_until, complaint_at, greeted_at, last_in_text, last_in_at, last_call_at, answered, memory,
			heard_at, ended_at, wrote_at, unfinished_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		ON CONFLICT (person_id) DO UPDATE SET paused_until = $2, muted_until = $3, complaint_at = $4, greeted_at = $5,
			last_in_text = $6, last_in_at = $7, last_call_at = $8, answered = $9, memory = $10, heard_at = $11, ended_at = $12, wrote_at = MAX(wrote_at, $13), unfinished_at = $14`,
		c.PersonID, ms(c.PausedUntil), ms(c.MutedUntil), ms(c.ComplaintAt), ms(c.GreetedAt), c.LastInText, ms(c.LastInAt), ms(c.LastCallAt), c.Answered, memory,
		ms(c.HeardAt), ms(c.EndedAt), ms(wrote), ms(c.Memory.Unfinished()))
	return err
}

// lastWritten is when the person of a chat last wrote in a turn.
func lastWritten(messages []shop.Message) (last time.Time) {
	for _, m := range messages {
		if !m.FromMe && m.SentAt.After(last) {
			last = m.SentAt
		}
	}
	return last
}

// nothing is a memory that holds nothing, as most do.
const nothing = "{}"

// remembered is a memory as it is stored.
func remembered(m shop.Memory) (string, error) {
	if m.IsZero() {
		return nothing, nil
	}
	b, err := json.Marshal(m)
	return string(b), err
}

// writeOutcome turns a decision into rows.
func (db *DB) writeOutcome(ctx context.Context, tx *transaction, t shop.Turn, out shop.Outcome, newID func() string) error {
	turn := t.Messages[0].ID
	for _, m := range t.Messages {
		if _, err := tx.ExecContext(ctx, "UPDATE inbox SET handled_at = $1, due_at = NULL, turn_id = $2 WHERE id = $3", ms(t.Now), turn, m.ID); err != nil {
			return err
		}
	}
	out.Conversation.PersonID = t.Person.ID
	if err := saveConversation(ctx, tx, out.Conversation, lastWritten(t.Messages)); err != nil {
		return err
	}
	if err := noteTurn(ctx, tx, t, out.Conversation.Memory); err != nil {
		return err
	}
	if err := writeConsents(ctx, tx, t.Now, t.Person.ID, out); err != nil {
		return err
	}
	for _, tag := range out.Tags {
		if _, err := tx.ExecContext(ctx, "INSERT INTO person_tags (person_id, tag) VALUES ($1, $2) ON CONFLICT DO NOTHING", t.Person.ID, tag); err != nil {
			return err
		}
	}
	if out.OpenPromos {
		if _, err := tx.ExecContext(ctx, openPromos, ms(t.Now)); err != nil {
			return err
		}
	}
	if out.Rating != nil {
		if err := rate(ctx, tx, t.Now, *out.Rating); err != nil {
			return err
		}
	}
	if out.Cancel {
		if err := cancelReplies(ctx, tx, t.Person.ID); err != nil {
			return err
		}
	}
	wait, err := db.moveWait(ctx, tx, t, out)
	if err != nil {
		return err
	}
	for _, c := range out.Campaigns {
		if _, err := addCampaign(ctx, tx, c); err != nil {
			return err
		}
	}
	for _, b := range out.Bookings {
		if err := writeBooking(ctx, tx, b, t.Now); err != nil {
			return err
		}
	}
	if err := writeMoves(ctx, tx, t.Person.ID, out); err != nil {
		return err
	}
	for _, r := range out.Rekons {
		if err := writeRekon(ctx, tx, t.Person.ID, r); err != nil {
			return err
		}
	}
	if out.Report != "" {
		if err := askReport(ctx, tx, t.Person.ID, out.Report, t.Now); err != nil {
			return err
		}
	}
	for _, c := range out.Shops {
		if err := changeShop(ctx, tx, t.Now, t.Person.ID, c); err != nil {
			return err
		}
	}
	for _, p := range out.Proofs {
		if err := addProof(ctx, tx, t.Now, t.Person.ID, p); err != nil {
			return err
		}
	}
	for _, d := range out.Drafts {
		if err := queue(ctx, tx, t.Now, newID(), d, wait, turn); err != nil {
			return err
		}
	}
	return db.act(ctx, tx, t.Now, out.Desk)
}

// longestDelay is more than a draft ever waits to be typed.
const longestDelay = 15 * time.Second

// queue writes one outgoing row of a turn, 0 for none. Pages about a wait and
// answers to it carry the wait, so that an answer ends it when it is sent and a
// page is dropped when it has ended. To one person messages of one lane leave in
// the order in which they were written, whatever their delays; one that was put
// off for longer than that after a refusal is overtaken.
func queue(ctx context.Context, tx *transaction, now time.Time, id string, d shop.Draft, wait, turn int64) error {
	var about, by any
	if wait != 0 && (d.AboutWait || d.Answers) {
		about = wait
	}
	if turn != 0 {
		by = turn
	}
	if d.Answers && d.Author != 0 { // an admin answers in a chat that is not theirs
		w, err := openWait(ctx, tx, d.To)
		if err != nil {
			return err
		} else if w != nil {
			about = w.ID
		}
	}
	parts, file, err := recorded(d)
	if err != nil {
		return err
	}
	ticket := d.Ticket
	if ticket == 0 && about != nil && d.AboutWait {
		err = tx.QueryRowContext(ctx, "SELECT COALESCE((SELECT k.id FROM waits w JOIN tickets k ON k.person_id = w.person_id AND k.kind = 'chat' AND k.closed_at IS NULL WHERE w.id = $1), 0)", wait).Scan(&ticket)
		if err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO outbox (message_id, person_id, lane, text, quote_id, created_at, due_at, exempt, answers, wait_id,
			parts, file, turn_id, ticket_id, author_id, purchase)
		VALUES ($1, $2, $3, $4, $5, $6,
			MAX($7, COALESCE((SELECT MAX(due_at) FROM outbox WHERE rank = $15 AND person_id = $2 AND due_at <= $8), 0)),
			$9, $10, $11, $12, $13, $14, NULLIF($16, 0), NULLIF($17, 0), NULLIF($18, 0))`,
		id, d.To, d.Lane, d.Text, d.QuoteID, ms(now), ms(now.Add(d.Delay)), ms(now.Add(longestDelay)), d.Exempt, d.Answers, about,
		parts, file, by, rankOf(d.Lane), ticket, d.Author, d.Purchase)
	return err
}

// recorded is how the parts and the file of a draft are stored: as JSON, "[]" and ""
// for none.
func recorded(d shop.Draft) (parts, file string, err error) {
	parts = "[]"
	if len(d.Parts) > 0 {
		b, err := json.Marshal(d.Parts)
		if err != nil {
			return "", "", err
		}
		parts = string(b)
	}
	if d.File != nil {
		b, err := json.Marshal(d.File)
		if err != nil {
			return "", "", err
		}
		file = string(b)
	}
	return parts, file, nil
}

// cancelReplies drops what the bot has not sent yet: a person took over.
func cancelReplies(ctx context.Context, tx *transaction, person int64) error {
	_, err := tx.ExecContext(ctx, drop+"'takeover' WHERE rank = 1 AND person_id = $1 AND due_at IS NOT NULL AND exempt = 0", person)
	return err
}

// drop takes rows out of the queue for the reason that follows. What may have
// been delivered already stays unknown and is not tried again.
const drop = "UPDATE outbox SET status = CASE status WHEN 'queued' THEN 'cancelled' ELSE status END, due_at = NULL, reason = "
