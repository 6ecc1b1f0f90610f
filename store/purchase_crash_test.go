package store

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"bestie/shop"
)

// warehouseFolder names the variable that makes TestCrashWarehouseChild the program that dies.
const warehouseFolder = "BESTIE_TEST_WAREHOUSE"

const warehousePhone = "6281500000001"

// atWarehouse decides what the people of this test write: orders, their cancellation, and
// the warehouse's "dikemas N".
func atWarehouse(t shop.Turn) (shop.Outcome, error) {
	if t.Account == nil {
		out := shop.Outcome{Conversation: t.Conversation}
		if t.Desk == nil {
			return out, nil
		}
		for i := range t.Desk.Purchases {
			p := &t.Desk.Purchases[i]
			if _, m := p.Step(shop.OrderPacked, "", t.Now); m != nil {
				out.Moves = append(out.Moves, *m)
				out.Drafts = append(out.Drafts, shop.Draft{To: p.Order.PersonID, Lane: shop.LaneReply, Text: fmt.Sprint("dikemas ", p.Number), Exempt: true})
			}
		}
		return out, nil
	}
	if t.Messages[0].Text != "batal" {
		return rushed(t)
	}
	out := shop.Outcome{Conversation: t.Conversation}
	if n := len(t.Account.Open); n > 0 {
		out.Bookings = append(out.Bookings, t.Account.Cancel(t.Account.Open[n-1], t.Person.ID, t.Now))
	}
	return out, nil
}

// TestCrashWarehouse: a program whose orders go to the warehouse is killed at 30 random
// instants. Afterwards every order that went has one number, without gaps, and the
// warehouse was told once of each and of each that was called off.
func TestCrashWarehouse(t *testing.T) {
	dir := t.TempDir()
	l := withWarehouse(openLab(t, dir))
	for n := range crashPeople {
		l.must(errOf(l.RegisterDropshipper(l.ctx, start, address(n).Phone, "", shop.Dropshipper{Shop: fmt.Sprint("Toko ", n), Limit: shop.DefaultLimit})))
	}
	l.must(l.Close())
	for kill := range crashKills {
		child := exec.Command(os.Args[0], "-test.run=^TestCrashWarehouseChild$")
		child.Env = append(os.Environ(), warehouseFolder+"="+dir)
		l.must(child.Start())
		<-time.After(time.Duration(40+rand.IntN(150)) * time.Millisecond) // the random instant
		l.must(child.Process.Kill())
		if err := child.Wait(); child.ProcessState.Exited() {
			t.Fatalf("the program ended by itself before kill %d: %v", kill, err)
		}
	}
	l = openLab(t, dir)
	for {
		n, err := l.Turns(l.ctx, start.Add(time.Minute), 50, l.newID, atWarehouse)
		l.must(err)
		if n == 0 {
			break
		}
	}
	l.handOver()
	sent, off, packed := l.number("SELECT COUNT(*) FROM purchase_orders"), l.number("SELECT COUNT(*) FROM orders WHERE state = 'cancelled' AND placed_at > 0"),
		l.number("SELECT COUNT(*) FROM orders WHERE state = 'packed'")
	t.Logf("%d purchase orders, %d called off, %d packed after %d kills", sent, off, packed, crashKills)
	if sent == 0 || off == 0 || packed == 0 {
		t.Error("hardly anything happened")
	}
	for what, query := range map[string]string{
		"numbers are missing":                   "SELECT MAX(number) - COUNT(*) FROM purchase_orders",
		"orders that went have no number":       "SELECT COUNT(*) FROM orders WHERE placed_at > 0 AND id NOT IN (SELECT order_id FROM purchase_orders)",
		"numbers are of orders that never went": "SELECT COUNT(*) FROM purchase_orders u JOIN orders o ON o.id = u.order_id WHERE o.placed_at = 0",
		"purchase orders were not told":         "SELECT COUNT(*) FROM purchase_orders u WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE purchase = u.number)",
		"purchase orders were told twice":       "SELECT COUNT(*) - COUNT(DISTINCT text) FROM outbox WHERE purchase > 0",
		"orders called off were not told":       "SELECT COUNT(*) FROM purchase_orders u JOIN orders o ON o.id = u.order_id WHERE (o.state = 'cancelled') <> EXISTS (SELECT 1 FROM outbox WHERE text = 'batal ' || u.number)",
		"orders that are packed were not told":  "SELECT COUNT(*) FROM purchase_orders u JOIN orders o ON o.id = u.order_id WHERE (o.state = 'packed') <> EXISTS (SELECT 1 FROM outbox WHERE text = 'dikemas ' || u.number)",
		"steps were told twice":                 "SELECT COUNT(*) - COUNT(DISTINCT text) FROM outbox WHERE text LIKE 'dikemas %'",
	} {
		if n := l.number(query); n != 0 {
			t.Errorf("%d %s", n, what)
		}
	}
	if found, err := l.Verify(l.ctx); err != nil || found.Broken != nil {
		t.Errorf("%+v %v", found.Broken, err)
	}
}

// TestCrashWarehouseChild is the program that dies.
func TestCrashWarehouseChild(t *testing.T) {
	dir := os.Getenv(warehouseFolder)
	if dir == "" {
		t.Skip("only TestCrashWarehouse starts it")
	}
	l := openLab(t, dir)
	life := fmt.Sprint(os.Getpid(), "-", time.Now().UnixNano(), "-")
	newID := func() string { return life + l.newID() }
	for i := 0; ; i++ {
		m := shop.Incoming{Account: account, Chat: address(rand.IntN(crashPeople)), ID: newID(), Kind: shop.KindText, Text: "order", SentAt: start}
		switch i % 4 {
		case 1:
			m.Text = "batal"
		case 2:
			m.Chat, m.Text = shop.Address{Phone: warehousePhone}, fmt.Sprint("dikemas ", 1+rand.Int64N(1+l.number("SELECT COUNT(*) FROM purchase_orders")))
		}
		for range 2 { // each message is delivered twice
			l.must(errOf(l.Receive(l.ctx, start, 0, m)))
			l.must(errOf(l.Turns(l.ctx, start.Add(time.Minute), 3, newID, atWarehouse)))
		}
		l.must(errOf(l.HandOver(l.ctx, start, newID, told)))
	}
}
