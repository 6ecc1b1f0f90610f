package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"bestie/shop"
)

// Receive commits one incoming message. It returns only when the row is safe on
// disk, so that the caller may acknowledge the message to WhatsApp; a message
// that is already there is no error. debounce is how long its chat may stay
// quiet before it is handled, so that a burst of short messages is one turn.
// new is false for a message that was there before.
//
// What WhatsApp brings back of our own sends (they stand in the outbox) is
// dropped: only what a person typed on the shop phone is kept.
func (db *DB) Receive(ctx context.Context, now time.Time, debounce time.Duration, m shop.Incoming) (isNew bool, err error) {
	err = db.tx(ctx, func(tx *transaction) error {
		if m.FromMe {
			own, err := isOwn(ctx, tx, m.ID)
			if err != nil || own {
				return err
			}
		}
		pushName := m.PushName
		if m.FromMe {
			pushName = "" // it is ours
		}
		p, err := meet(ctx, tx, now, m.Chat, pushName)
		if err != nil {
			return err
		}
		if err = keepTimer(ctx, tx, p.ID, m); err != nil {
			return err
		}
		if err = correct(ctx, tx, p.ID, now, m); err != nil {
			return err
		}
		if isNew, err = insertInbox(ctx, tx, p.ID, now, db.patient(debounce), m); err != nil || !isNew {
			return err
		}
		return addHour(ctx, tx, p.ID, m)
	})
	return isNew, err
}

// placeholderWait is how long a message that could not be decrypted may take to
// come again readable before its sender is asked to repeat it.
const placeholderWait = 2 * time.Minute

// correct applies an edit or a deletion to a message that was not handled yet,
// if it is the same side's. What was handled stays as it was answered.
func correct(ctx context.Context, tx *transaction, person int64, now time.Time, m shop.Incoming) (err error) {
	const target = " WHERE account = $2 AND person_id = $3 AND from_me = $4 AND message_id = $5 AND handled_at IS NULL"
	switch m.Kind {
	case shop.KindEdit:
		_, err = tx.ExecContext(ctx, "UPDATE inbox SET text = $1"+target, m.Text, m.Account, person, m.FromMe, m.TargetID)
	case shop.KindRevoke:
		_, err = tx.ExecContext(ctx, "UPDATE inbox SET handled_at = $1, due_at = NULL"+target, ms(now), m.Account, person, m.FromMe, m.TargetID)
	}
	return err
}

func isOwn(ctx context.Context, q querier, messageID string) (bool, error) {
	var one int
	err := q.QueryRowContext(ctx, "SELECT 1 FROM outbox WHERE message_id = $1", messageID).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// insertInbox writes the row. A message that could not be decrypted leaves a
// placeholder which the real one, under the same ID, replaces.
func insertInbox(ctx context.Context, tx *transaction, person int64, now time.Time, debounce time.Duration, m shop.Incoming) (bool, error) {
	due, handled := any(ms(now.Add(debounce))), any(nil)
	switch {
	case m.Kind.Mute():
		due, handled = nil, ms(now)
	case m.Kind == shop.KindPlaceholder:
		due = ms(now.Add(placeholderWait))
	case m.FromMe:
		due = ms(now)
	}
	res, err := tx.ExecContext(ctx, `
		INSERT INTO inbox (account, person_id, from_me, message_id, device, kind, text, file_name, quoted_id, target_id,
			detail, verified, sent_at, received_at, due_at, handled_at, raw, forwarded)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
		ON CONFLICT (account, person_id, from_me, message_id) DO UPDATE
			SET kind = excluded.kind, text = excluded.text, file_name = excluded.file_name, quoted_id = excluded.quoted_id,
				target_id = excluded.target_id, detail = excluded.detail, verified = excluded.verified, received_at = excluded.received_at,
				due_at = excluded.due_at, handled_at = excluded.handled_at, turn_id = NULL, raw = excluded.raw,
				forwarded = excluded.forwarded
			WHERE inbox.kind = 'placeholder' AND excluded.kind <> 'placeholder'`,
		m.Account, person, m.FromMe, m.ID, m.Device, m.Kind, m.Text, m.FileName, m.QuotedID, m.TargetID,
		m.Detail, m.VerifiedName, ms(m.SentAt), ms(now), due, handled, m.Raw, m.Forwarded)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// keepTimer remembers the chat's disappearing-message timer, which stands
// nowhere on the server (field guide, section 4).
func keepTimer(ctx context.Context, tx *transaction, person int64, m shop.Incoming) error {
	if m.Expiry == 0 && m.Kind != shop.KindTimer {
		return nil
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO conversations (person_id, expiry) VALUES ($1, $2)
		ON CONFLICT (person_id) DO UPDATE SET expiry = excluded.expiry WHERE expiry <> excluded.expiry`, person, m.Expiry)
	return err
}

// Receipt moves messages of ours forward, never back. A delivery proves that an
// answer arrived which nobody acknowledged: it ends the wait like any other.
func (db *DB) Receipt(ctx context.Context, r shop.Receipt) error {
	return db.tx(ctx, func(tx *transaction) error {
		for _, id := range r.MessageIDs {
			if err := db.receipt(ctx, tx, r.Kind, id, r.At); err != nil {
				return err
			}
		}
		return nil
	})
}

func (db *DB) receipt(ctx context.Context, tx *transaction, kind shop.ReceiptKind, messageID string, when time.Time) error {
	stmt := `UPDATE outbox SET status = 'delivered', delivered_at = $1, due_at = NULL
		WHERE message_id = $2 AND status IN ('sending', 'sent', 'unknown') RETURNING id, answers AND sent_at IS NULL`
	if kind == shop.ReceiptRead {
		stmt = `UPDATE outbox SET status = 'read', read_at = $1, delivered_at = COALESCE(delivered_at, $1), due_at = NULL
			WHERE message_id = $2 AND status IN ('sending', 'sent', 'delivered', 'unknown') RETURNING id, answers AND sent_at IS NULL`
	}
	var row int64
	var unsettled bool // an answer of which nobody knew that it had left
	err := tx.QueryRowContext(ctx, stmt, ms(when), messageID).Scan(&row, &unsettled)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // not ours, or further already
	} else if err != nil || !unsettled {
		return err
	}
	return db.answerSent(ctx, tx, row, when)
}

func earliest(ctx context.Context, q querier, query string, args ...any) (time.Time, bool, error) {
	var v sql.NullInt64
	if err := q.QueryRowContext(ctx, query, args...).Scan(&v); err != nil {
		return time.Time{}, false, err
	}
	return nullAt(v), v.Valid, nil
}
