package store

import (
	"flag"
	"slices"
	"testing"
	"time"

	"bestie/shop"
)

const fewEntries = 10_000

var ledgerEntries = flag.Int("ledger.entries", fewEntries, "how many entries TestLedgerScale reads")

// TestLedgerScale: what one dropshipper asks costs the same however long the ledger is,
// and all of it is verified at 30,000 entries a second. make bench asks for 100,000 and
// for a million.
func TestLedgerScale(t *testing.T) {
	l := newLab(t)
	const people = 100
	var ids []int64
	var books []*shop.Account
	for n := range people {
		p, err := l.RegisterDropshipper(l.ctx, start, address(n).Phone, "", shop.Dropshipper{Shop: "Toko", Limit: shop.MostPosted})
		l.must(err)
		a, err := l.Account(l.ctx, p.ID)
		l.must(err)
		ids, books = append(ids, p.ID), append(books, a)
	}
	n := *ledgerEntries / 2
	head, order, payment := int64(0), int64(1), int64(1)
	for from := 0; from < n; from += 5000 {
		l.must(l.tx(l.ctx, func(tx *transaction) error {
			for i := from; i < min(n, from+5000); i++ {
				a, now := books[i%people], start.Add(time.Duration(i)*time.Second)
				a.Head, a.NextOrder, a.Known = head, order, nil
				var b shop.Booking
				switch i / people % 5 { // of two orders one is taken back, and one is paid
				case 2:
					b = a.Cancel(a.Open[len(a.Open)-1], 0, now)
				case 3:
					a.NextPayment = payment
					b = a.Announce(1000, "", 1+i%people, now, l.newID())
					payment = a.NextPayment
				case 4:
					b = a.Confirm(a.Payments[0], 1000, 0, now)
				default:
					b = a.Place(shop.Order{Items: []shop.Item{{Product: "Nastar", Count: 1, Price: 1000}}, Total: 1000}, now, l.newID())
				}
				if err := writeBooking(l.ctx, tx, b, now); err != nil {
					return err
				}
				head, order = a.Head, a.NextOrder
			}
			return nil
		}))
	}
	median := func(do func(id int64)) time.Duration {
		var took []time.Duration
		for _, id := range slices.Concat(ids, ids) {
			began := time.Now()
			do(id)
			took = append(took, time.Since(began))
		}
		slices.Sort(took)
		return took[len(took)/2]
	}
	balance := median(func(id int64) { l.must(errOf(l.Account(l.ctx, id))) })
	lines := median(func(id int64) { l.must(errOf(l.Lines(l.ctx, id, time.Time{}, 20))) })
	began := time.Now()
	found, err := l.Verify(l.ctx)
	took := time.Since(began)
	l.must(err)
	t.Logf("%d entries: saldo %s, mutasi %s (medians), verify %s", found.Entries, balance, lines, took)
	if found.Broken != nil || found.Entries < int64(*ledgerEntries) {
		t.Errorf("%+v", found)
	}
	if *ledgerEntries <= fewEntries {
		return // speed is a matter of make bench
	}
	if most := time.Second + time.Duration(found.Entries)*20*time.Microsecond; took > most {
		t.Errorf("verify took %s, more than %s", took, most)
	}
	if most := 5 * time.Millisecond; balance > most || lines > most {
		t.Errorf("saldo %s, mutasi %s: more than %s", balance, lines, most)
	}
}
