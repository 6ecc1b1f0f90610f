package store

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"bestie/shop"
)

// trader is one dropshipper in a random history, with a naive account of their own:
// every charge, credit and payment in one sum.
type trader struct {
	id      int64
	net     shop.Rupiah // charged, less taken back, less received
	pending shop.Rupiah
	parked  []int64
}

// TestBooksInRandomHistories plays orders, payments whole and in part, rejections,
// voids, cancelled and returned orders, changed limits and repeated messages in any
// order, with the file closed and opened again in between.
func TestBooksInRandomHistories(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		l := newLab(t).with(rt)
		var traders []*trader
		for n := range 2 {
			p, err := l.RegisterDropshipper(l.ctx, start, address(n).Phone, fmt.Sprint("Toko ", n), shop.Dropshipper{Shop: "Toko", Limit: shop.DefaultLimit})
			l.must(err)
			traders = append(traders, &trader{id: p.ID})
		}
		now := start
		for step := range rapid.IntRange(1, 25).Draw(rt, "steps") {
			now = now.Add(time.Minute)
			d := rapid.SampledFrom(traders).Draw(rt, "who")
			if rapid.IntRange(0, 9).Draw(rt, "reopen") == 0 {
				dir := l.path[:len(l.path)-len(FileName)]
				l.must(l.Close())
				l = openLab(t, dir).with(rt)
			}
			l.step(rt, d, now, fmt.Sprint("M", step))
			l.check(rt, d)
		}
		found, err := l.Verify(l.ctx)
		l.must(err)
		if found.Broken != nil {
			rt.Fatal(found.Broken)
		}
	})
}

// step does one random thing and compares what the account said with what the file says.
func (l *lab) step(rt *rapid.T, d *trader, now time.Time, source string) {
	var decided *shop.Account
	what := rapid.SampledFrom([]string{"order", "order", "announce", "confirm", "confirm", "reject", "void", "cancel", "return", "pack", "limit"}).Draw(rt, "what")
	switch what {
	case "limit":
		l.run("UPDATE dropshippers SET credit_limit = $1 WHERE person_id = $2", rapid.IntRange(0, 600_000).Draw(rt, "limit"), d.id)
	case "pack":
		l.run("UPDATE orders SET state = 'packed' WHERE id = (SELECT MIN(id) FROM orders WHERE person_id = $1 AND state = 'placed')", d.id)
	}
	pick, amount := rapid.IntRange(0, 1000).Draw(rt, "pick"), shop.Rupiah(rapid.IntRange(1, 400_000).Draw(rt, "amount"))
	l.must(l.Book(l.ctx, now, d.id, l.newID, func(a *shop.Account) (b shop.Booking, _ []shop.Draft, _ error) {
		decided = a
		b = l.decide(rt, d, a, what, pick, amount, now, source)
		l.judge(rt, d, a, b)
		return b, nil, nil
	}))
	stored, err := l.Account(l.ctx, d.id)
	l.must(err)
	if diff := cmp.Diff(stored, decided, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(shop.Account{}, "Known"), cmpopts.IgnoreFields(shop.Payment{}, "Ticket", "Number")); diff != "" {
		rt.Fatalf("%s: in the file, and decided (-+):\n%s", what, diff)
	}
}

func (l *lab) decide(rt *rapid.T, d *trader, a *shop.Account, what string, pick int, amount shop.Rupiah, now time.Time, source string) (b shop.Booking) {
	var p shop.Payment
	if len(a.Payments) > 0 {
		p = a.Payments[pick%len(a.Payments)]
	}
	var o shop.Order
	if all := slices.Concat(a.Open, a.Parked); len(all) > 0 {
		o = all[pick%len(all)]
	}
	switch what {
	case "order":
		o = shop.Order{Items: []shop.Item{{Product: "Nastar", Count: 1, Price: amount}}, Total: amount, Recipient: "Ibu Sari", Address: "Bandung"}
		if b = a.Place(o, now, source); len(b.Orders) != 1 {
			rt.Fatal("an order is lost")
		}
		if again := a.Place(o, now, source); len(again.Orders)+len(again.Postings) != 0 {
			rt.Fatalf("one message ordered twice: %+v", again)
		}
		if b.Orders[0].State == shop.OrderParked {
			d.parked = append(d.parked, b.Orders[0].ID)
		}
	case "announce":
		code, ok := a.FreeCode(2 * pick)
		if b = a.Announce(amount, "", code, now, source); !ok || len(b.Payments) != 1 {
			rt.Fatal("an announcement is lost")
		}
		d.pending += b.Payments[0].Transfer()
		if again := a.Announce(5, "", code, now, source); len(again.Payments) != 0 {
			rt.Fatal("one message announced twice")
		}
	case "confirm":
		if b = a.Confirm(p, amount, 0, now); len(b.Payments) > 0 {
			d.net, d.pending = d.net-amount, d.pending-p.Transfer()
		}
		if again := a.Confirm(p, amount, 0, now); len(again.Postings) != 0 {
			rt.Fatal("confirmed twice")
		}
	case "reject", "void":
		if what == "void" {
			b = a.Void(p, "", 0, now)
		} else {
			b = a.Reject(p, "tidak masuk", 0, now)
		}
		if len(b.Payments) > 0 {
			d.pending -= p.Transfer()
		}
	case "cancel", "return":
		if what == "cancel" {
			b = a.Cancel(o, 0, now)
		} else {
			b = a.Return(o, 0, now)
		}
		if len(b.Orders) > 0 && o.State != shop.OrderParked {
			d.net -= o.Total
		}
		if i := slices.Index(d.parked, o.ID); i >= 0 && len(b.Orders) > 0 {
			d.parked = slices.Delete(d.parked, i, i+1)
		}
	case "limit":
		b = a.Release(0, now)
	}
	return b
}

// judge looks at what was booked: within the limit, in the order of the queue.
func (l *lab) judge(rt *rapid.T, d *trader, a *shop.Account, b shop.Booking) {
	for _, p := range b.Postings {
		if err := p.Check(); err != nil {
			rt.Fatal(err)
		}
	}
	for _, o := range b.Orders {
		if o.State != shop.OrderPlaced {
			continue
		}
		d.net += o.Total
		if len(d.parked) > 0 {
			if d.parked[0] != o.ID {
				rt.Fatalf("order %d went before %v", o.ID, d.parked)
			}
			d.parked = d.parked[1:]
		}
		if a.Free() < 0 && a.Used > 0 && a.Used > a.Limit {
			rt.Fatalf("an order used %s of %s", a.Used, a.Limit)
		}
	}
	if len(a.Parked) > 0 && a.Missing(0) == 0 {
		rt.Fatalf("%d orders wait for nothing", len(a.Parked))
	}
}

// check compares with the naive sum.
func (l *lab) check(rt *rapid.T, d *trader) {
	a, err := l.Account(l.ctx, d.id)
	l.must(err)
	if a.Used != max(0, d.net) || a.Deposit != max(0, -d.net) || a.Pending != d.pending || len(a.Parked) != len(d.parked) {
		rt.Fatalf("%+v, want %+v", a, d)
	}
	var rest shop.Rupiah
	for _, u := range a.Unpaid {
		rest += u.Rest
	}
	if rest != a.Used {
		rt.Fatalf("%s unpaid, %s used", rest, a.Used)
	}
	lines, err := l.Lines(l.ctx, d.id, time.Time{}, shop.MostLines)
	l.must(err)
	var owed shop.Rupiah
	for _, line := range lines {
		if owed += line.Amount; owed != line.Owed {
			rt.Fatalf("line %d: %s, want %s", line.Number, line.Owed, owed)
		}
	}
	if owed != d.net {
		rt.Fatalf("the statement ends at %s, want %s", owed, d.net)
	}
}

// A higher limit, and the end of a suspension, let parked orders go at once, oldest first.
func TestReleaseByAnAdmin(t *testing.T) {
	l := newLab(t)
	phone := address(1).Phone
	p, err := l.RegisterDropshipper(l.ctx, start, phone, "Dewi", shop.Dropshipper{Shop: "Toko", Limit: 50_000})
	l.must(err)
	for i, total := range []shop.Rupiah{60_000, 10_000, 40_000} {
		l.must(l.Book(l.ctx, start, p.ID, l.newID, func(a *shop.Account) (shop.Booking, []shop.Draft, error) {
			return a.Place(shop.Order{Items: []shop.Item{{Product: "Nastar", Count: 1, Price: total}}, Total: total}, start, fmt.Sprint(i)), nil, nil
		}))
	}
	for _, step := range []struct {
		change shop.ShopChange
		parked int
		used   shop.Rupiah
	}{
		{shop.ShopChange{Kind: shop.ShopSuspend}, 3, 0},
		{shop.ShopChange{Kind: shop.ShopLimit, Limit: 80_000}, 3, 0},
		{shop.ShopChange{Kind: shop.ShopResume}, 1, 70_000},
		{shop.ShopChange{Kind: shop.ShopLimit, Limit: 110_000}, 0, 110_000},
	} {
		step.change.Phone, step.change.Reason = phone, "uji"
		l.must(l.ChangeShop(l.ctx, start, step.change))
		a, err := l.Account(l.ctx, p.ID)
		l.must(err)
		if len(a.Parked) != step.parked || a.Used != step.used {
			t.Errorf("%+v: %d parked, %s used", step.change, len(a.Parked), a.Used)
		}
	}
}

// Two rows of one person become one: debt, announcement and deposit move by postings, the
// deposit pays the debt.
func TestMergeMovesTheBooks(t *testing.T) {
	l := newLab(t)
	var ids []int64
	for n := range 2 {
		p, err := l.RegisterDropshipper(l.ctx, start, address(n).Phone, "Dewi", shop.Dropshipper{Shop: "Toko", Limit: shop.DefaultLimit})
		l.must(err)
		ids = append(ids, p.ID)
	}
	do := func(person int64, what func(a *shop.Account) shop.Booking) {
		l.must(l.Book(l.ctx, start, person, l.newID, func(a *shop.Account) (shop.Booking, []shop.Draft, error) { return what(a), nil, nil }))
	}
	do(ids[0], func(a *shop.Account) shop.Booking {
		return a.Place(shop.Order{Items: []shop.Item{{Product: "Nastar", Count: 1, Price: 90_000}}, Total: 90_000}, start, "1")
	})
	do(ids[1], func(a *shop.Account) shop.Booking { return a.Announce(50_000, "", 7, start, "2") })
	do(ids[1], func(a *shop.Account) shop.Booking { return a.Confirm(a.Payments[0], 50_007, 0, start) })
	do(ids[1], func(a *shop.Account) shop.Booking { return a.Announce(20_000, "", 8, start, "3") })
	l.must(l.tx(l.ctx, func(tx *transaction) error { return merge(l.ctx, tx, start, ids[1], ids[0]) }))
	a, err := l.Account(l.ctx, ids[0])
	l.must(err)
	if a.Used != 39_993 || a.Deposit != 0 || a.Pending != 20_008 || len(a.Payments) != 1 || a.Unpaid[0].Rest != 39_993 {
		t.Errorf("%+v", a)
	}
	if found, err := l.Verify(l.ctx); err != nil || found.Broken != nil {
		t.Errorf("%v %v", found.Broken, err)
	}
}

// A posting is corrected by its opposite, once.
func TestReverse(t *testing.T) {
	l := threePostings(t)
	for i, want := range []bool{true, false} {
		if booked, err := l.Reverse(l.ctx, start, "r:2", "person:1", "salah ketik"); booked != want || err != nil {
			t.Errorf("try %d: %t %v", i, booked, err)
		}
	}
	if n := l.number("SELECT amount FROM balances WHERE account = 'a'"); n != 170_123 {
		t.Error(n)
	}
	if _, err := l.Reverse(l.ctx, start, "r:9", "person:1", "salah ketik"); err == nil {
		t.Error("reversed what was not booked")
	}
}
