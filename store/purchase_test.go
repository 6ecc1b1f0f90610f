package store

import (
	"fmt"
	"testing"
	"time"

	"bestie/shop"
)

// told is how the tests tell the warehouse of a purchase order.
func told(_ shop.Division, p shop.Purchase) (shop.Draft, error) {
	text := fmt.Sprint("PO ", p.Number)
	if p.Order.State == shop.OrderCancelled {
		text = fmt.Sprint("batal ", p.Number)
	}
	return shop.Draft{Lane: shop.LaneAlert, Text: text, Exempt: true}, nil
}

// withWarehouse is a lab with a warehouse.
func withWarehouse(l *lab) *lab {
	l.Helper()
	l.must(l.SetDivisions(l.ctx, start, []shop.Division{{Name: "gudang", Person: shop.Person{Address: shop.Address{Phone: "6281500000001"}}, Warehouse: true}}))
	return l
}

// order lets a dropshipper order for an amount, and returns the number of the order.
func (l *lab) order(person int64, total shop.Rupiah) (id int64) {
	l.Helper()
	l.must(l.Book(l.ctx, start, person, l.newID, func(a *shop.Account) (shop.Booking, []shop.Draft, error) {
		b := a.Place(shop.Order{Items: []shop.Item{{Product: "Nastar", Count: 1, Price: total}}, Phone: "6281200000009", Total: total}, start, l.newID())
		id = b.Orders[0].ID
		return b, nil, nil
	}))
	return id
}

func (l *lab) handOver() {
	l.Helper()
	for {
		n, err := l.HandOver(l.ctx, start, l.newID, told)
		l.must(err)
		if n == 0 {
			return
		}
	}
}

// Every order that goes is numbered, whatever lets it go, and told once; what waits is not.
func TestPurchaseOrders(t *testing.T) {
	l := newLab(t)
	p, err := l.RegisterDropshipper(l.ctx, start, "6281400000001", "", shop.Dropshipper{Shop: "Toko Melati", Limit: 100_000})
	l.must(err)
	l.order(p.ID, 10_000) // nobody packs it: there is no warehouse yet
	withWarehouse(l)
	first, parked := l.order(p.ID, 80_000), l.order(p.ID, 90_000)
	if got := l.rows("SELECT number || ' ' || order_id || ' ' || due FROM purchase_orders"); got != fmt.Sprint("1 ", first, " order") {
		t.Errorf("purchase orders %q", got)
	}
	l.handOver()
	// Taken back: the warehouse hears of it, and the next goes.
	l.must(l.Book(l.ctx, start, p.ID, l.newID, func(a *shop.Account) (shop.Booking, []shop.Draft, error) {
		return a.Cancel(shop.Order{ID: first}, p.ID, start), nil, nil
	}))
	l.handOver()
	// A higher limit lets one go, too; called off before it was told, it is told once, so that no number is missing.
	higher := l.order(p.ID, 500_000)
	if n := l.number("SELECT COUNT(*) FROM purchase_orders WHERE order_id = $1", higher); n != 0 {
		t.Error("an order that waits has a purchase order")
	}
	l.must(l.ChangeShop(l.ctx, start, shop.ShopChange{Kind: shop.ShopLimit, Phone: "6281400000001", Limit: 900_000, Reason: "lancar"}))
	l.must(l.Book(l.ctx, start, p.ID, l.newID, func(a *shop.Account) (shop.Booking, []shop.Draft, error) {
		return a.Cancel(shop.Order{ID: higher}, p.ID, start), nil, nil
	}))
	l.handOver()
	if got := l.rows("SELECT number || ' ' || order_id FROM purchase_orders ORDER BY 1"); got != fmt.Sprintf("1 %d\n2 %d\n3 %d", first, parked, higher) {
		t.Errorf("purchase orders %q", got)
	}
	if got := l.rows("SELECT text || ' ' || purchase FROM outbox ORDER BY id"); got != "PO 1 1\nbatal 1 1\nPO 2 2\nbatal 3 3" {
		t.Errorf("the warehouse was told %q", got)
	}
	if _, err := l.w.ExecContext(l.ctx, "DELETE FROM purchase_orders WHERE number = 3"); err == nil {
		t.Error("a purchase order was deleted: its number would be given twice")
	}
}

// A step is written only if the order is still as it was seen, and the buyer is told only
// if they have written to us, have not refused, and the dropshipper wants it.
func TestPurchaseSteps(t *testing.T) {
	l := withWarehouse(newLab(t))
	p, err := l.RegisterDropshipper(l.ctx, start, "6281400000001", "", shop.Dropshipper{Shop: "Toko Melati", Limit: 100_000})
	l.must(err)
	id := l.order(p.ID, 10_000)
	seen := func() shop.Purchase {
		list, err := purchases(l.ctx, l.r, "u.order_id = $1", id)
		l.must(err)
		return list[0]
	}
	before, now := seen(), seen()
	result, move := now.Step(shop.OrderPacked, "", start.Add(time.Hour))
	if result != shop.StepTaken || l.tx(l.ctx, func(tx *transaction) error { return writeMoves(l.ctx, tx, 0, shop.Outcome{Moves: []shop.Move{*move}}) }) != nil || seen().Order.State != shop.OrderPacked {
		t.Errorf("%s %+v", result, seen())
	}
	_, move = before.Step(shop.OrderShipped, "JNE1", start.Add(time.Hour))
	if err := l.tx(l.ctx, func(tx *transaction) error { return writeMoves(l.ctx, tx, 0, shop.Outcome{Moves: []shop.Move{*move}}) }); err == nil {
		t.Error("a step from a state that is over was written")
	}
	// Known by number, as from a list that was imported, with a chat in which only we wrote.
	l.run("INSERT INTO people (id, lid, phone, created_at) VALUES (900, $1, $2, 1)", address(9).LID, address(9).Phone)
	l.run("INSERT INTO conversations (person_id) VALUES (900)")
	on := true
	l.must(l.tx(l.ctx, func(tx *transaction) error { return writeMoves(l.ctx, tx, p.ID, shop.Outcome{TellBuyer: &on}) }))
	if seen().Buyer != 0 {
		t.Error("a stranger would be told")
	}
	off := false
	l.must(l.tx(l.ctx, func(tx *transaction) error { return writeMoves(l.ctx, tx, p.ID, shop.Outcome{TellBuyer: &off}) }))
	buyer := l.ask(9, start).Person.ID
	if seen().Buyer != 0 {
		t.Error("a buyer would be told whom the dropshipper does not want told")
	}
	l.must(l.tx(l.ctx, func(tx *transaction) error { return writeMoves(l.ctx, tx, p.ID, shop.Outcome{TellBuyer: &on}) }))
	if seen().Buyer != buyer {
		t.Errorf("buyer %d, want %d", seen().Buyer, buyer)
	}
	l.run("INSERT INTO consents (person_id, granted, at, source, words) VALUES ($1, 0, 1, 'chat', 'STOP')", buyer)
	if seen().Buyer != 0 {
		t.Error("a buyer would be told who refused")
	}
}
