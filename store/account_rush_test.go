package store

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"bestie/shop"
)

// rushed is what a dropshipper's message books, as the bot would decide.
func rushed(t shop.Turn) (shop.Outcome, error) {
	out := shop.Outcome{Conversation: t.Conversation}
	for _, m := range t.Messages {
		var b shop.Booking
		if m.Text == "bayar" {
			code, _ := t.Account.FreeCode(int(t.Person.ID))
			b = t.Account.Announce(50_000, "", code, t.Now, m.MessageID)
		} else {
			b = t.Account.Place(shop.Order{Items: []shop.Item{{Product: "Nastar", Count: 1, Price: 60_000}}, Total: 60_000}, t.Now, m.MessageID)
		}
		out.Bookings = append(out.Bookings, b)
		said := "parkir"
		if len(b.Postings) > 0 {
			said = fmt.Sprintf("baris %d", b.Postings[0].Number)
		}
		out.Drafts = append(out.Drafts, shop.Draft{To: t.Person.ID, Lane: shop.LaneReply, Text: said, Exempt: true})
	}
	return out, nil
}

// Fifty dropshippers write at once, each message is delivered twice, turns are taken on
// two connections: everything is booked once.
func TestRushOfDropshippers(t *testing.T) {
	dir := t.TempDir()
	one, two := openLab(t, dir), openLab(t, dir)
	for _, l := range []*lab{one, two} {
		l.run("PRAGMA synchronous = OFF")
	}
	const people, each = 50, 4
	var ids []int64
	for n := range people {
		p, err := one.RegisterDropshipper(one.ctx, start, address(n).Phone, "", shop.Dropshipper{Shop: fmt.Sprint("Toko ", n), Limit: shop.DefaultLimit})
		one.must(err)
		ids = append(ids, p.ID)
	}
	var all sync.WaitGroup
	for n := range people {
		all.Go(func() {
			for i := range each {
				text := "order"
				if i == 1 {
					text = "bayar"
				}
				m := shop.Incoming{Account: account, Chat: address(n), ID: fmt.Sprintf("%d-%d", n, i), Kind: shop.KindText, Text: text, SentAt: start}
				for _, l := range []*lab{one, two} {
					if _, err := l.Receive(l.ctx, start, 0, m); err != nil {
						t.Error(err)
					}
					if _, err := l.Turns(l.ctx, start.Add(time.Minute), 3, func() string { return fmt.Sprint(n, "-", i, "-", one.ids.Add(1)) }, rushed); err != nil {
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
	if n := one.number("SELECT COUNT(*) FROM orders"); n != people*(each-1) {
		t.Errorf("%d orders, want %d", n, people*(each-1))
	}
	if n := one.number("SELECT COUNT(*) FROM payments"); n != people {
		t.Errorf("%d payments, want %d", n, people)
	}
	if n := one.number("SELECT COUNT(DISTINCT code) FROM payments"); n != people {
		t.Errorf("%d codes, want %d", n, people)
	}
	for _, id := range ids {
		if a, err := one.Account(one.ctx, id); err != nil || a.Used != (each-1)*60_000 || a.Pending != a.Payments[0].Transfer() {
			t.Errorf("%+v %v", a, err)
		}
	}
	if found, err := one.Verify(context.Background()); err != nil || found.Broken != nil || found.Postings != people*each {
		t.Errorf("%+v %v", found, err)
	}
	if n := one.number(`SELECT COUNT(*) FROM outbox o JOIN postings p ON o.text = 'baris ' || p.id JOIN entries e ON e.posting_id = p.id AND e.line = 1
		WHERE o.person_id = CAST(SUBSTR(e.account, 8) AS INTEGER) OR e.account = 'receivable'`); n != people*each {
		t.Errorf("%d of %d messages name the line that was booked", n, people*each)
	}
}
