package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"bestie/shop"
)

// grantErasure notes that the data of the person of a ticket are to be erased, and closes
// the ticket: nobody works on it any more.
func grantErasure(ctx context.Context, tx *transaction, now time.Time, a shop.Action) error {
	if _, err := tx.ExecContext(ctx, "UPDATE people SET erase_at = $1 WHERE id = (SELECT person_id FROM tickets WHERE id = $2) AND erased_at = 0",
		ms(now.Add(shop.ErasureDelay)), a.Ticket); err != nil {
		return err
	}
	return closeTicket(ctx, tx, now, a)
}

// NextErasure is the instant at which somebody's data are to be erased; ok is false when
// nobody asked.
func (db *DB) NextErasure(ctx context.Context) (time.Time, bool, error) {
	return earliest(ctx, db.w, "SELECT MIN(erase_at) FROM people WHERE erase_at > 0")
}

// DueErasure is the person whose data are to be erased now; ok is false when there is none.
// Whom a message of ours is still to reach, who wrote again and is not answered, and whom
// open business ties, is put off until later.
func (db *DB) DueErasure(ctx context.Context, now, later time.Time) (e shop.Erasure, ok bool, err error) {
	err = db.tx(ctx, func(tx *transaction) error {
		e, ok = shop.Erasure{}, false
		for !ok {
			p, err := scanPerson(tx.QueryRowContext(ctx, "SELECT "+personColumns+" FROM people WHERE erase_at BETWEEN 1 AND $1 ORDER BY erase_at, id LIMIT 1", ms(now)))
			if errors.Is(err, sql.ErrNoRows) {
				return nil
			} else if err != nil {
				return err
			}
			var busy bool
			if err = tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM outbox WHERE person_id = $1 AND (due_at IS NOT NULL AND lane <> 'promo' OR status = 'sending'))
				OR EXISTS (SELECT 1 FROM inbox WHERE person_id = $1 AND due_at IS NOT NULL)`, p.ID).Scan(&busy); err != nil {
				return err
			}
			ties, err := personTies(ctx, tx, p.ID)
			if err != nil {
				return err
			}
			if busy || ties.Any() {
				if _, err = tx.ExecContext(ctx, "UPDATE people SET erase_at = $1 WHERE id = $2", ms(later), p.ID); err != nil {
					return err
				}
				continue
			}
			e.Person, ok = p, true
			if e.Files, err = personFiles(ctx, tx, p.ID); err != nil {
				return err
			}
		}
		return nil
	})
	return e, ok, err
}

// Ties are what keeps the data of a person for now.
func (db *DB) Ties(ctx context.Context, person int64) (shop.Ties, error) {
	return personTies(ctx, db.r, person)
}

func personTies(ctx context.Context, q querier, person int64) (t shop.Ties, err error) {
	if t.Owes, err = balance(ctx, q, shop.CreditAccount(person)); err != nil {
		return t, err
	}
	if t.Deposit, err = balance(ctx, q, shop.DepositAccount(person)); err != nil {
		return t, err
	}
	t.Deposit = -t.Deposit
	return t, q.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM person_roles WHERE person_id = $1 AND role IN (`+adminRoles+`))
			OR EXISTS (SELECT 1 FROM divisions WHERE person_id = $1),
		(SELECT COUNT(*) FROM payments WHERE person_id = $1 AND state = 'pending'),
		(SELECT COUNT(*) FROM orders WHERE person_id = $1 AND state IN ('parked', 'placed', 'packed'))`, person).Scan(&t.Staff, &t.Pending, &t.Orders)
}

// PersonFiles are the pictures of a person in the data folder, whole paths.
func (db *DB) PersonFiles(ctx context.Context, person int64) ([]string, error) {
	return personFiles(ctx, db.r, person)
}

func personFiles(ctx context.Context, q querier, person int64) ([]string, error) {
	return collect(ctx, q, func(rows *sql.Rows) (path string, err error) { return path, rows.Scan(&path) },
		"SELECT DISTINCT path FROM proofs WHERE person_id = $1 AND path <> '' ORDER BY path", person)
}
