package store

import (
	"context"
	"database/sql"
	"time"

	"bestie/shop"
)

// SetDivisions makes exactly these the divisions. A division that stays keeps the
// tickets that were passed to it.
func (db *DB) SetDivisions(ctx context.Context, now time.Time, list []shop.Division) error {
	return db.tx(ctx, func(tx *transaction) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM divisions"); err != nil {
			return err
		}
		for _, d := range list {
			p, err := meet(ctx, tx, now, d.Person.Address, "")
			if err != nil {
				return err
			}
			if _, err = tx.ExecContext(ctx, "INSERT INTO divisions (name, person_id, warehouse) VALUES ($1, $2, $3)", d.Name, p.ID, d.Warehouse); err != nil {
				return err
			}
		}
		return nil
	})
}

func divisions(ctx context.Context, q querier) ([]shop.Division, error) {
	return collect(ctx, q, func(rows *sql.Rows) (d shop.Division, err error) {
		p := &d.Person
		return d, rows.Scan(&d.Name, &d.Warehouse, &p.ID, &p.LID, &p.Phone, &p.Name, &p.PushName)
	}, "SELECT d.name, d.warehouse, "+peopleColumns+" FROM divisions d JOIN people p ON p.id = d.person_id ORDER BY d.name")
}
