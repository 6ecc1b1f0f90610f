package store

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"bestie/shop"
)

// TestRushToWarehouse: dropshippers order on two connections while both hand orders over:
// each gets one number and is told once.
func TestRushToWarehouse(t *testing.T) {
	dir := t.TempDir()
	one, two := withWarehouse(openLab(t, dir)), openLab(t, dir)
	const people, each = 8, 4
	for _, l := range []*lab{one, two} {
		l.run("PRAGMA synchronous = OFF")
	}
	for n := range people {
		one.must(errOf(one.RegisterDropshipper(one.ctx, start, address(n).Phone, "", shop.Dropshipper{Shop: fmt.Sprint("Toko ", n), Limit: shop.DefaultLimit})))
	}
	var all sync.WaitGroup
	for n := range people {
		all.Go(func() {
			for i := range each {
				m := shop.Incoming{Account: account, Chat: address(n), ID: fmt.Sprintf("%d-%d", n, i), Kind: shop.KindText, Text: "order", SentAt: start}
				for j, l := range []*lab{one, two} {
					newID := func() string { return fmt.Sprint(n, "-", i, "-", j, "-", one.ids.Add(1)) }
					_, err := l.Receive(l.ctx, start, 0, m)
					if err == nil {
						_, err = l.Turns(l.ctx, start.Add(time.Minute), 3, newID, rushed)
					}
					if err == nil {
						_, err = l.HandOver(l.ctx, start, newID, told)
					}
					if err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	all.Wait()
	for {
		n, err := one.Turns(one.ctx, start.Add(time.Minute), 50, one.newID, rushed)
		one.must(err)
		if n == 0 {
			break
		}
	}
	one.handOver()
	if got := one.rows("SELECT COUNT(*), MAX(number), COUNT(DISTINCT order_id) FROM purchase_orders"); got != fmt.Sprintf("%d %d %d", people*each, people*each, people*each) {
		t.Errorf("purchase orders, last number and orders: %s, want %d of each", got, people*each)
	}
	if got := one.rows("SELECT COUNT(*), COUNT(DISTINCT purchase) FROM outbox WHERE purchase > 0"); got != fmt.Sprintf("%d %d", people*each, people*each) {
		t.Errorf("%s messages to the warehouse", got)
	}
}
