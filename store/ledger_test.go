package store

import (
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"bestie/shop"
)

func posting(reference string, entries ...shop.Entry) shop.Posting {
	return shop.Posting{Reference: reference, Reason: "order", Actor: "sari", At: start, Entries: entries}
}

func TestLedgerIsImmutable(t *testing.T) {
	l := newLab(t)
	order := posting("order-1", shop.Entry{Account: "credit:1", Amount: 18_000}, shop.Entry{Account: "sales", Amount: -18_000})
	for i, want := range []bool{true, false, false} {
		if booked, err := l.Post(l.ctx, order); booked != want || err != nil {
			t.Errorf("try %d: %t %v", i, booked, err)
		}
	}
	if booked, err := l.Post(l.ctx, posting("order-2", shop.Entry{Account: "a", Amount: 1}, shop.Entry{Account: "b", Amount: -2})); booked || !errors.Is(err, shop.ErrUnbalanced) {
		t.Errorf("unbalanced: %t %v", booked, err)
	}
	if n := l.number("SELECT (SELECT COUNT(*) FROM postings) * 10 + (SELECT COUNT(*) FROM entries)"); n != 12 {
		t.Errorf("postings and entries: %d", n)
	}
	for _, stmt := range []string{
		"UPDATE entries SET amount = 1", "DELETE FROM entries", "UPDATE postings SET reason = 'x'", "DELETE FROM postings",
		"INSERT INTO entries VALUES (404, 1, 'a', 1, 0)", "INSERT INTO entries VALUES (1, 9, 'a', 0, 0)",
	} {
		if _, err := l.w.ExecContext(l.ctx, stmt); err == nil {
			t.Errorf("%s is allowed", stmt)
		}
	}
}

// A balance is the sum of everything booked, whatever is booked twice.
func TestBalanceIsTheSum(t *testing.T) {
	base := newLab(t)
	d, err := base.RegisterDropshipper(base.ctx, start, address(1).Phone, "Dina", shop.Dropshipper{Shop: "Toko Dina", Limit: shop.DefaultLimit, BankAccount: "BCA 1"})
	base.must(err)
	var want shop.Rupiah
	run := 0
	rapid.Check(t, func(t *rapid.T) {
		l := base.with(t)
		run++
		booked := map[string]shop.Rupiah{}
		for range rapid.IntRange(1, 8).Draw(t, "postings") {
			reference := fmt.Sprint(run, "-", rapid.IntRange(1, 5).Draw(t, "reference"))
			amount := shop.Rupiah(rapid.Int64Range(-500_000, 500_000).Filter(func(n int64) bool { return n != 0 }).Draw(t, "amount"))
			ok, err := l.Post(l.ctx, posting(reference, shop.Entry{Account: shop.CreditAccount(d.ID), Amount: amount}, shop.Entry{Account: "bank", Amount: -amount}))
			before := booked[reference]
			if ok != (before == 0) || (err != nil) != (before != 0 && before != amount) {
				t.Fatalf("%s: booked %t, %v; before %s, now %s", reference, ok, err, before, amount)
			}
			if ok {
				booked[reference], want = amount, want+amount
			}
		}
		got, err := dropshipper(l.ctx, l.r, d.ID)
		l.must(err)
		if got.Used != want || got.Free() != shop.DefaultLimit-want || got.Shop != "Toko Dina" || got.BankAccount != "BCA 1" {
			t.Fatalf("%+v, want %d used", got, want)
		}
	})
}

func TestRegisterAgainChangesTheLimit(t *testing.T) {
	l := newLab(t)
	for _, limit := range []shop.Rupiah{300_000, 500_000} {
		l.must(errOf(l.RegisterDropshipper(l.ctx, start, address(1).Phone, "Dina", shop.Dropshipper{Shop: "Toko", Limit: limit})))
	}
	l.receive(start, 0, l.message(1, start, "saldo"))
	if seen := l.turn(start, shop.Outcome{}); seen.Dropshipper == nil || seen.Dropshipper.Limit != 500_000 || !seen.Person.Has(shop.RoleDropshipper) {
		t.Errorf("%+v", seen.Dropshipper)
	}
	if _, err := l.RegisterDropshipper(l.ctx, start, "62899", "X", shop.Dropshipper{Shop: "", Limit: 1}); err == nil {
		t.Error("a shop without a name")
	}
	if _, ok, _ := l.PersonByPhone(l.ctx, "62899"); ok {
		t.Error("half a registration is left")
	}
}
