package store

import (
	"context"
	"database/sql"

	"bestie/shop"
)

// AllOrders are the orders of dropshippers and customers, oldest first.
func (db *DB) AllOrders(ctx context.Context) ([]shop.Order, error) {
	return orders(ctx, db.r, "1 = 1 ORDER BY id")
}

// AllPayments are the payments that were ever announced, oldest first.
func (db *DB) AllPayments(ctx context.Context) ([]shop.Payment, error) {
	return payments(ctx, db.r, "1 = 1 ORDER BY p.id")
}

// PaymentsAround are the payments that were announced or closed from one day to another,
// both included.
func (db *DB) PaymentsAround(ctx context.Context, from, to shop.Day) ([]shop.Payment, error) {
	return payments(ctx, db.r, "p.opened_at >= $1 AND p.opened_at < $2 OR p.closed_at >= $1 AND p.closed_at < $2 ORDER BY p.id",
		ms(from.Start()), ms((to + 1).Start()))
}

// ShopChanges are all changes to dropshippers, oldest first.
func (db *DB) ShopChanges(ctx context.Context) ([]shop.ShopRecord, error) {
	return shopChanges(ctx, db.r, "1 = 1")
}

// PeopleNames are the names of people by ID, the number where nobody gave one.
func (db *DB) PeopleNames(ctx context.Context) (map[int64]string, error) {
	names := map[int64]string{}
	_, err := collect(ctx, db.r, func(rows *sql.Rows) (_ struct{}, err error) {
		var id int64
		var name string
		err = rows.Scan(&id, &name)
		names[id] = name
		return struct{}{}, err
	}, `SELECT p.id, COALESCE(NULLIF(d.shop, ''), NULLIF(p.name, ''), NULLIF(p.push_name, ''), p.phone, '')
		FROM people p LEFT JOIN dropshippers d ON d.person_id = p.id`)
	return names, err
}
