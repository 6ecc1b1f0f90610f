package store

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"time"

	"bestie/shop"
)

// Erase makes a person nobody, in one transaction: what they wrote and what we wrote to
// them and about them, their names, number, pictures and addresses go; the figures that
// books and reports need stay under a row without a name. Who is tied (shop.Ties) is
// refused with a *shop.Error. It is done for good: the bytes are overwritten in the file,
// and in the write-ahead log as soon as no reader needs it.
func (db *DB) Erase(ctx context.Context, now time.Time, person int64) error {
	err := db.tx(ctx, func(tx *transaction) error {
		ties, err := personTies(ctx, tx, person)
		if err != nil {
			return err
		}
		if ties.Any() {
			return &shop.Error{Code: "tied", Sentence: "open business needs the data of this person", Hint: "settle what they owe, their payments and orders first"}
		}
		return erase(ctx, tx, now, person)
	})
	if err != nil {
		return err
	}
	_, err = db.w.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	return err
}

func erase(ctx context.Context, tx *transaction, now time.Time, person int64) error {
	p, err := scanPerson(tx.QueryRowContext(ctx, "SELECT "+personColumns+" FROM people WHERE id = $1", person))
	if err != nil {
		return err
	}
	if err = rememberErased(ctx, tx, now, p.Address); err != nil {
		return err
	}
	for _, s := range append(aboutThem(p, now), ofThem(p.ID, now)...) {
		if _, err = tx.ExecContext(ctx, s.stmt, s.args...); err != nil {
			return fmt.Errorf("erasing, %.40s: %w", s.stmt, err)
		}
	}
	return nil
}

// statement is one step of an erasure.
type statement struct {
	stmt string
	args []any
}

// aboutThem takes away what others were told about a person and said about them: messages
// that belong to their ticket, wait or order, that were written while they waited in the
// queue, or that hold their name or number.
func aboutThem(p shop.Person, now time.Time) []statement {
	const staff = `(SELECT person_id FROM person_roles WHERE role IN (` + adminRoles + `) UNION SELECT person_id FROM divisions)`
	out := []statement{
		{drop + `'erased' WHERE due_at IS NOT NULL AND person_id <> $1 AND (ticket_id IN (SELECT id FROM tickets WHERE person_id = $1)
			OR wait_id IN (SELECT id FROM waits WHERE person_id = $1))`, []any{p.ID}},
		{`UPDATE outbox SET text = '', file = '' WHERE due_at IS NULL AND (person_id = $1 OR ticket_id IN (SELECT id FROM tickets WHERE person_id = $1)
			OR wait_id IN (SELECT id FROM waits WHERE person_id = $1) OR id IN (SELECT outbox_id FROM pages WHERE wait_id IN (SELECT id FROM waits WHERE person_id = $1))
			OR purchase IN (SELECT number FROM purchase_orders WHERE order_id IN (SELECT id FROM orders WHERE person_id = $1)))`, []any{p.ID}},
		{`UPDATE outbox SET text = '' WHERE due_at IS NULL AND person_id IN ` + staff + ` AND EXISTS (SELECT 1 FROM waits w
			WHERE w.person_id = $1 AND outbox.created_at BETWEEN w.since AND COALESCE(w.ended_at, $2))`, []any{p.ID, ms(now)}},
		// What an admin typed for them, and in answer to a message about them.
		{`UPDATE inbox SET text = '', detail = '', raw = NULL WHERE person_id <> $1 AND (turn_id IN (SELECT turn_id FROM outbox WHERE person_id = $1 AND turn_id IS NOT NULL)
			OR quoted_id <> '' AND quoted_id IN (SELECT message_id FROM outbox WHERE ticket_id IN (SELECT id FROM tickets WHERE person_id = $1)))`, []any{p.ID}},
		{`UPDATE conversations SET last_in_text = '', memory = json_remove(memory, '$.desk') WHERE person_id IN ` + staff, nil},
		// Others' parcels to them; those under way still need the address.
		{`UPDATE orders SET recipient = '', phone = '', address = '', note = '' WHERE phone <> '' AND phone = $1 AND state NOT IN ('parked', 'placed', 'packed')`, []any{p.Phone}},
	}
	for _, known := range p.KnownBy() {
		out = append(out,
			statement{"UPDATE outbox SET text = '' WHERE due_at IS NULL AND instr(text, $1) > 0 AND person_id IN " + staff, []any{known}},
			statement{"UPDATE inbox SET text = '', detail = '', raw = NULL WHERE instr(text, $1) > 0 AND person_id IN " + staff, []any{known}},
			statement{"UPDATE alarms SET text = 'erased' WHERE instr(text, $1) > 0", []any{known}},
		)
	}
	return out
}

// ofThem takes away what a person said, and all that says who they are. The last step
// makes them nobody.
func ofThem(id int64, now time.Time) (out []statement) {
	person := []any{id}
	for _, stmt := range eraseSteps {
		out = append(out, statement{stmt, person})
	}
	return append(out,
		statement{drop + "'erased' WHERE person_id = $1 AND due_at IS NOT NULL", person},
		statement{"UPDATE outbox SET text = '', file = '' WHERE person_id = $1", person},
		statement{"UPDATE inbox SET handled_at = $2, due_at = NULL WHERE person_id = $1 AND due_at IS NOT NULL", []any{id, ms(now)}},
		statement{"UPDATE waits SET state = 'cancelled', ended_at = $2, next_page_at = NULL WHERE person_id = $1 AND ended_at IS NULL", []any{id, ms(now)}},
		statement{"UPDATE tickets SET promised_at = NULL, closed_at = COALESCE(closed_at, $2) WHERE person_id = $1", []any{id, ms(now)}},
		statement{"UPDATE people SET lid = NULL, phone = NULL, name = '', push_name = '', erase_at = 0, erased_at = $2 WHERE id = $1", []any{id, ms(now)}},
		statement{"UPDATE consents SET question = '', words = '' WHERE person_id = $1", person},
	)
}

// eraseSteps need nothing but the person. What the law or the figures need stays: amounts,
// instants, intents, states, references of transfers (no transfer may be booked twice).
var eraseSteps = []string{
	"UPDATE inbox SET text = '', file_name = '', detail = '', verified = '', raw = NULL WHERE person_id = $1",
	"UPDATE waits SET words = '' WHERE person_id = $1",
	"UPDATE questions SET words = '' WHERE wait_id IN (SELECT id FROM waits WHERE person_id = $1)",
	"UPDATE pages SET state = 'dropped', alarm = 0 WHERE state = 'due' AND wait_id IN (SELECT id FROM waits WHERE person_id = $1)",
	"UPDATE promises SET state = CASE state WHEN 'open' THEN 'withdrawn' ELSE state END, next_at = NULL WHERE next_at IS NOT NULL AND ticket_id IN (SELECT id FROM tickets WHERE person_id = $1)",
	"UPDATE ratings SET comment = '' WHERE person_id = $1",
	"UPDATE orders SET recipient = '', phone = '', address = '', note = '', payment = '' WHERE person_id = $1",
	"UPDATE payments SET shop = '', reason = '', flags = '[]' WHERE person_id = $1",
	"UPDATE proofs SET due_at = NULL, path = '', look = x'', transfer = '{}' WHERE person_id = $1",
	"UPDATE dropshipper_changes SET old = CASE what WHEN 'limit' THEN old ELSE '' END, new = CASE what WHEN 'limit' THEN new ELSE '' END, reason = '' WHERE person_id = $1",
	"UPDATE campaign_people SET fate = 'opted_out', slot_at = NULL WHERE person_id = $1 AND fate = 'safe' AND written = 0",
	"DELETE FROM conversations WHERE person_id = $1",
	"DELETE FROM consent_asks WHERE person_id = $1",
	"DELETE FROM person_tags WHERE person_id = $1",
	"DELETE FROM person_roles WHERE person_id = $1",
	"DELETE FROM interests WHERE person_id = $1",
	"DELETE FROM writing_hours WHERE person_id = $1",
	"DELETE FROM reminders WHERE person_id = $1",
	"DELETE FROM rekons WHERE person_id = $1",
	"DELETE FROM dropshippers WHERE person_id = $1",
	"DELETE FROM report_requests WHERE person_id = $1",
	"DELETE FROM campaign_pictures WHERE person_id = $1",
	"DELETE FROM campaign_looks WHERE person_id = $1",
	"DELETE FROM campaign_codes WHERE person_id = $1",
	"DELETE FROM campaign_reports WHERE person_id = $1",
}

// settingErasureKey is the key of the hashes in erased, in hexadecimal digits.
const settingErasureKey = "erasure_key"

// rememberErased keeps a keyed hash of both addresses.
func rememberErased(ctx context.Context, tx *transaction, now time.Time, a shop.Address) error {
	key, err := erasureKey(ctx, tx)
	if err != nil {
		return err
	}
	if key == nil {
		key = make([]byte, sha256.Size)
		if _, err = rand.Read(key); err != nil {
			return err
		}
		if _, err = tx.ExecContext(ctx, putSetting, settingErasureKey, hex.EncodeToString(key)); err != nil {
			return err
		}
	}
	for _, hash := range addressHashes(key, a) {
		if _, err = tx.ExecContext(ctx, "INSERT INTO erased (hash, at) VALUES ($1, $2) ON CONFLICT DO UPDATE SET at = MAX(at, excluded.at)", hash, ms(now)); err != nil {
			return err
		}
	}
	return nil
}

// erasureKey is nil as long as nobody was erased.
func erasureKey(ctx context.Context, q querier) ([]byte, error) {
	var digits string
	if err := q.QueryRowContext(ctx, "SELECT COALESCE((SELECT value FROM settings WHERE key = $1), '')", settingErasureKey).Scan(&digits); err != nil || digits == "" {
		return nil, err
	}
	return hex.DecodeString(digits)
}

func addressHashes(key []byte, a shop.Address) (out [][]byte) {
	for kind, value := range map[string]string{"lid": a.LID, "phone": a.Phone} {
		if value != "" {
			h := hmac.New(sha256.New, key)
			h.Write([]byte(kind + ":" + value))
			out = append(out, h.Sum(nil))
		}
	}
	return out
}

// heedErasure keeps promos from whoever comes back under an address whose data were erased,
// until they ask for promos themselves: it stands as a withdrawal in their new record.
func heedErasure(ctx context.Context, tx *transaction, now time.Time, person int64, a shop.Address) error {
	key, err := erasureKey(ctx, tx)
	if err != nil || key == nil {
		return err
	}
	for _, hash := range addressHashes(key, a) {
		var known bool
		err = tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM erased WHERE hash = $1) AND NOT EXISTS (SELECT 1 FROM consents WHERE person_id = $2 AND granted = 0)`,
			hash, person).Scan(&known)
		if err == nil && known {
			err = addConsent(ctx, tx, shop.Consent{PersonID: person, At: now, Source: shop.SourceErasure})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// eraseAgain erases in a restored copy whoever was erased after it was made. The hashes
// have been brought over. n is how many people that were.
func eraseAgain(ctx context.Context, tx *transaction, now time.Time) (n int, err error) {
	key, err := erasureKey(ctx, tx)
	if err != nil || key == nil {
		return 0, err
	}
	type known struct {
		shop.Person
		created int64
	}
	people, err := collect(ctx, tx, func(rows *sql.Rows) (k known, err error) {
		return k, rows.Scan(&k.ID, &k.LID, &k.Phone, &k.Name, &k.PushName, &k.created)
	}, "SELECT "+personColumns+", created_at FROM people WHERE erased_at = 0")
	if err != nil {
		return 0, err
	}
	for _, p := range people {
		for _, hash := range addressHashes(key, p.Address) {
			var since bool
			if err = tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM erased WHERE hash = $1 AND at > $2)", hash, p.created).Scan(&since); err != nil {
				return n, err
			}
			if since {
				n++
				if err = erase(ctx, tx, now, p.ID); err != nil {
					return n, err
				}
				break
			}
		}
	}
	return n, nil
}
