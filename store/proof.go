package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"bestie/shop"
)

// addProof notes that a picture is to be fetched. The same message is noted once.
func addProof(ctx context.Context, tx *transaction, now time.Time, person int64, s shop.ProofStep) error {
	said, err := json.Marshal(s.Transfer)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO proofs (payment_id, person_id, inbox_id, at, due_at, transfer, reference, moment)
		VALUES ($1, $2, $3, $4, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
		s.Payment, person, s.Message, ms(now), string(said), s.Transfer.Reference, s.Transfer.Moment())
	return err
}

// NextProof is the instant at which a picture is to be fetched; ok is false when none waits.
func (db *DB) NextProof(ctx context.Context) (time.Time, bool, error) {
	return earliest(ctx, steady{db.w}, "SELECT MIN(due_at) FROM proofs WHERE due_at IS NOT NULL")
}

// DueProof is the picture to fetch now that has waited longest.
func (db *DB) DueProof(ctx context.Context, now time.Time) (p shop.Proof, ok bool, err error) {
	var taken, opened int64
	var said string
	pay := &p.Payment
	err = db.r.QueryRowContext(ctx, `SELECT f.id, f.at, f.attempts, f.transfer, COALESCE(i.raw, x''), `+peopleColumns+`,
			COALESCE(d.shop, y.shop), COALESCE(d.bank_account, ''),
			y.id, COALESCE(y.ticket_id, 0), COALESCE(k.number, 0), y.person_id, y.amount, y.code, y.state, y.opened_at
		FROM proofs f JOIN inbox i ON i.id = f.inbox_id JOIN people p ON p.id = f.person_id JOIN payments y ON y.id = f.payment_id
			LEFT JOIN dropshippers d ON d.person_id = y.person_id LEFT JOIN tickets k ON k.id = y.ticket_id
		WHERE f.due_at <= $1 ORDER BY f.due_at, f.id LIMIT 1`, ms(now)).
		Scan(&p.ID, &taken, &p.Attempts, &said, &p.Raw, &p.Person.ID, &p.Person.LID, &p.Person.Phone, &p.Person.Name, &p.Person.PushName,
			&p.Shop, &p.Account,
			&pay.ID, &pay.Ticket, &pay.Number, &pay.PersonID, &pay.Amount, &pay.Code, &pay.State, &opened)
	if errors.Is(err, sql.ErrNoRows) {
		return p, false, nil
	} else if err != nil {
		return p, false, err
	}
	p.At, pay.OpenedAt = at(taken), at(opened)
	return p, true, json.Unmarshal([]byte(said), &p.Transfer)
}

// mostLooks is how many earlier pictures a new one is compared with, the latest first;
// an exact copy is found however old it is.
const mostLooks = 500

// EarlierProofs finds other payments whose proof is the same picture, or says the same
// bank reference, or the same amount at the same minute.
func (db *DB) EarlierProofs(ctx context.Context, p shop.Proof) (e shop.Earlier, err error) {
	if e, err = db.sameProofs(ctx, p); err != nil {
		return e, err
	}
	found, err := payments(ctx, db.r, "p.id IN ($1, $2, $3)", e.Picture, e.Reference, e.Moment)
	for _, same := range found {
		if e.Payments == nil {
			e.Payments = map[int64]shop.Payment{}
		}
		e.Payments[same.ID] = same
	}
	return e, err
}

func (db *DB) sameProofs(ctx context.Context, p shop.Proof) (e shop.Earlier, err error) {
	// 0 when there is none; a column of its own so that each finds its index.
	const other = "COALESCE((SELECT payment_id FROM proofs WHERE payment_id <> $1 AND "
	err = db.r.QueryRowContext(ctx, "SELECT "+other+"sha256 = $2 AND sha256 <> x'' LIMIT 1), 0), "+
		other+"reference = $3 AND reference <> '' LIMIT 1), 0), "+other+"moment = $4 AND moment <> '' LIMIT 1), 0)",
		p.Payment.ID, p.Picture.SHA256, p.Transfer.Reference, p.Transfer.Moment()).Scan(&e.Picture, &e.Reference, &e.Moment)
	if err != nil || e.Picture != 0 || len(p.Picture.Look.Light) == 0 {
		return e, err
	}
	rows, err := db.r.QueryContext(ctx, "SELECT payment_id, look FROM proofs WHERE payment_id <> $1 AND look <> x'' ORDER BY id DESC LIMIT "+strconv.Itoa(mostLooks), p.Payment.ID)
	if err != nil {
		return e, err
	}
	defer rows.Close()
	for rows.Next() {
		var payment int64
		var look sql.RawBytes
		if err = rows.Scan(&payment, &look); err != nil {
			return e, err
		}
		if shop.StoredLook(bytes.Clone(look)).Same(p.Picture.Look) {
			e.Picture = payment
			return e, rows.Close()
		}
	}
	return e, rows.Err()
}

// ProofAgain puts a picture off that could not be fetched.
func (db *DB) ProofAgain(ctx context.Context, p shop.Proof, again time.Time) error {
	return db.exec(ctx, "UPDATE proofs SET due_at = $1, attempts = attempts + 1 WHERE id = $2", ms(again), p.ID)
}

// ProofTaken puts on record what was found out about a picture and writes the messages
// about it, in one transaction: it is told once.
func (db *DB) ProofTaken(ctx context.Context, now time.Time, p shop.Proof, flags []shop.Flag, newID func() string, drafts []shop.Draft) error {
	odd, err := json.Marshal(append([]shop.Flag{}, flags...))
	if err != nil {
		return err
	}
	return db.tx(ctx, func(tx *transaction) error {
		res, err := tx.ExecContext(ctx, "UPDATE proofs SET due_at = NULL, path = $1, sha256 = $2, look = $3 WHERE id = $4 AND due_at IS NOT NULL",
			p.Picture.Path, blob(p.Picture.SHA256), blob(p.Picture.Look.Stored()), p.ID)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err
		}
		// The looks of pictures that nothing is compared with any more take room.
		if _, err = tx.ExecContext(ctx, "UPDATE proofs SET look = x'' WHERE id BETWEEN $1 - $2 - 50 AND $1 - $2", p.ID, mostLooks); err != nil {
			return err
		}
		if _, err = tx.ExecContext(ctx, "UPDATE payments SET flags = $1 WHERE id = $2", string(odd), p.Payment.ID); err != nil {
			return err
		}
		return queueAll(ctx, tx, now, newID, drafts)
	})
}

// blob is bytes for a column that is never NULL.
func blob(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}
