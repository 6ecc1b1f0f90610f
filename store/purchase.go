package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"bestie/shop"
)

// hand gives an order that goes its purchase order, in the transaction that booked it,
// whatever let it go: the dropshipper's "ya", a payment, a higher limit, an admin's
// "lunas". An order that is called off is called off in the warehouse too. Without a
// warehouse nothing is numbered.
func hand(ctx context.Context, tx *transaction, o shop.Order) (err error) {
	switch o.State {
	case shop.OrderPlaced:
		_, err = tx.ExecContext(ctx, `INSERT INTO purchase_orders (number, order_id, at)
			SELECT 1 + COALESCE((SELECT MAX(number) FROM purchase_orders), 0), $1, $2 WHERE EXISTS (SELECT 1 FROM divisions WHERE warehouse = 1)
			ON CONFLICT (order_id) DO NOTHING`, o.ID, ms(o.PlacedAt))
	case shop.OrderCancelled:
		_, err = tx.ExecContext(ctx, "UPDATE purchase_orders SET due = 'cancel' WHERE order_id = $1 AND due = ''", o.ID)
	}
	return err
}

// errMoved: an order is not where a decision saw it.
var errMoved = errors.New("the order has moved on")

// writeMoves writes the steps of a turn in the warehouse, and what a dropshipper wants to
// be told of them.
func writeMoves(ctx context.Context, tx *transaction, person int64, out shop.Outcome) error {
	for _, m := range out.Moves {
		result, err := tx.ExecContext(ctx, "UPDATE orders SET state = $3, receipt = $4, changed_at = $5 WHERE id = $1 AND state = $2",
			m.Order, m.From, m.To, m.Receipt, ms(m.At))
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil {
			return err
		} else if n != 1 {
			return fmt.Errorf("order %d: %w", m.Order, errMoved)
		}
		if _, err = tx.ExecContext(ctx, "UPDATE purchase_orders SET short = $2 WHERE order_id = $1", m.Order, m.Short); err != nil {
			return err
		}
	}
	if out.TellBuyer == nil {
		return nil
	}
	_, err := tx.ExecContext(ctx, "UPDATE dropshippers SET tell_buyer = $2 WHERE person_id = $1", person, *out.TellBuyer)
	return err
}

// purchases reads purchase orders. The buyer is the person with the phone number of the
// parcel, if they have written to us, have not refused to be written to, and are not the
// one who ordered.
func purchases(ctx context.Context, q querier, where string, args ...any) ([]shop.Purchase, error) {
	list, err := collect(ctx, q, func(rows *sql.Rows) (p shop.Purchase, err error) {
		return p, rows.Scan(&p.Number, &p.Order.ID, &p.Short, &p.Shop, &p.Name, &p.Buyer)
	}, `SELECT u.number, u.order_id, u.short, COALESCE(d.shop, ''), CASE WHEN p.name <> '' THEN p.name ELSE p.push_name END,
			COALESCE((SELECT b.id FROM people b JOIN conversations c ON c.person_id = b.id WHERE d.tell_buyer = 1 AND b.phone = o.phone AND b.id <> o.person_id
				AND c.wrote_at > 0 AND COALESCE((SELECT granted FROM consents WHERE person_id = b.id ORDER BY id DESC LIMIT 1), 1) = 1), 0)
		FROM purchase_orders u JOIN orders o ON o.id = u.order_id JOIN people p ON p.id = o.person_id
			LEFT JOIN dropshippers d ON d.person_id = o.person_id AND o.dropship = 1
		WHERE `+where, args...)
	for i := range list {
		found, err := orders(ctx, q, "id = $1", list[i].Order.ID)
		if err != nil {
			return nil, err
		} else if len(found) != 1 {
			return nil, fmt.Errorf("purchase order %d has no order", list[i].Number)
		}
		list[i].Order = found[0]
	}
	return list, err
}

// Bounds of what the warehouse may mean in one turn.
const mostPurchases = 200

// purchaseNumber is a number of a purchase order among other words.
var purchaseNumber = regexp.MustCompile(`\b\d{1,7}\b`)

// loadPurchases reads what the warehouse can mean, and the orders of customers that an
// admin can.
func loadPurchases(ctx context.Context, tx *transaction, t shop.Turn, d *shop.Desk) (err error) {
	here := t.Warehouse()
	if here == nil {
		return nil
	}
	var wanted []int64
	if here.Person.ID == t.Person.ID {
		for _, q := range d.Quotes {
			wanted = append(wanted, q.Purchase)
		}
		for _, m := range t.Messages {
			wanted = append(wanted, numbersIn(m.Text)...)
		}
		for _, number := range wanted {
			if number == 0 || d.Purchase(number) != nil || len(d.Purchases) >= mostPurchases {
				continue
			}
			found, err := purchases(ctx, tx, "u.number = $1", number)
			if err != nil {
				return err
			}
			d.Purchases = append(d.Purchases, found...)
		}
	}
	if !t.Person.IsAdmin() {
		return nil
	}
	for _, m := range t.Messages {
		word, rest, _ := strings.Cut(strings.ToLower(strings.TrimSpace(m.Text)), " ")
		if word != "lunas" && word != "batal" {
			continue
		}
		for _, number := range numbersIn(rest) {
			found, err := orders(ctx, tx, "id = $1 AND dropship = 0", number)
			if err != nil {
				return err
			}
			d.Orders = append(d.Orders, found...)
		}
	}
	return nil
}

func numbersIn(text string) (out []int64) {
	for _, s := range purchaseNumber.FindAllString(text, mostPurchases) {
		n, _ := strconv.ParseInt(s, 10, 64) // seven digits always fit
		out = append(out, n)
	}
	return out
}

// loadOwnOrders reads the last orders of whoever writes.
func loadOwnOrders(ctx context.Context, tx *transaction, t *shop.Turn) (err error) {
	if t.Orders, err = orders(ctx, tx, "person_id = $1 ORDER BY id DESC LIMIT $2 + 0", t.Person.ID, shop.MostOwnOrders); err != nil {
		return err
	}
	return tx.QueryRowContext(ctx, "SELECT 1 + COALESCE((SELECT MAX(id) FROM orders), 0)").Scan(&t.NextOrder)
}

// mostTold bounds the purchase orders that one transaction hands over.
const mostTold = 50

// HandOver lets compose write what the warehouse is still to be told, oldest first, and
// queues it in the transaction that marks it as told: nothing is told twice or never. It
// returns how many were told; 0 when nothing is due or there is no warehouse.
func (db *DB) HandOver(ctx context.Context, now time.Time, newID func() string, compose func(shop.Division, shop.Purchase) (shop.Draft, error)) (n int, err error) {
	var due bool
	if err = db.r.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM purchase_orders WHERE due <> '')").Scan(&due); err != nil || !due {
		return 0, err
	}
	err = db.tx(ctx, func(tx *transaction) error {
		to, err := warehouse(ctx, tx)
		if err != nil || to == nil {
			return err
		}
		list, err := purchases(ctx, tx, "u.due <> '' ORDER BY u.number LIMIT $1 + 0", mostTold)
		if err != nil {
			return err
		}
		for _, p := range list {
			d, err := compose(*to, p)
			if err != nil {
				return err
			}
			d.To, d.Purchase = to.Person.ID, p.Number
			if err = queueAll(ctx, tx, now, newID, []shop.Draft{d}); err != nil {
				return err
			}
			if _, err = tx.ExecContext(ctx, "UPDATE purchase_orders SET due = '' WHERE number = $1", p.Number); err != nil {
				return err
			}
		}
		n = len(list)
		return nil
	})
	return n, err
}

// warehouse is where purchase orders go, nil when there is none.
func warehouse(ctx context.Context, q querier) (*shop.Division, error) {
	list, err := divisions(ctx, q)
	for i := range list {
		if list[i].Warehouse {
			return &list[i], err
		}
	}
	return nil, err
}

// Unpacked are the purchase orders that went before an instant and are not packed, oldest
// first.
func (db *DB) Unpacked(ctx context.Context, before time.Time) (to *shop.Division, list []shop.Purchase, err error) {
	if to, err = warehouse(ctx, db.r); err != nil || to == nil {
		return nil, nil, err
	}
	list, err = purchases(ctx, db.r, "o.state = 'placed' AND u.at < $1 ORDER BY u.number LIMIT $2 + 0", ms(before), mostTold)
	return to, list, err
}

// Late are the dropshippers whose orders are not on their way to the warehouse yet: they
// wait for the limit, or are written and not confirmed. Those who want no reminders, or had
// as many in seven days as most allows, are left alone.
func (db *DB) Late(ctx context.Context, now time.Time, most int) ([]int64, error) {
	return collect(ctx, db.r, scanInt, `SELECT d.person_id FROM dropshippers d LEFT JOIN conversations c ON c.person_id = d.person_id
		WHERE d.reminders = 1 AND d.suspended_at = 0 AND (json_extract(c.memory, '$.order.asked') = 'confirm' AND unixepoch(json_extract(c.memory, '$.order.at')) * 1000 > $3
				OR EXISTS (SELECT 1 FROM orders o WHERE o.person_id = d.person_id AND o.state = 'parked' AND o.dropship = 1))
			AND (SELECT COUNT(*) FROM reminders r WHERE r.person_id = d.person_id AND r.at > $1) < $2 ORDER BY d.person_id`,
		ms(now.AddDate(0, 0, -7)), most, ms(now.Add(-shop.OpenOrderLife)))
}
