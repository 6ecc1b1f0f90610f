package shop_test

import (
	"testing"
	"time"

	"bestie/shop"
)

func TestAging(t *testing.T) {
	ago := func(days int, rest shop.Rupiah) shop.Unpaid {
		return shop.Unpaid{Order: shop.Order{PlacedAt: noon.AddDate(0, 0, -days)}, Rest: rest}
	}
	a := shop.Account{DueSince: noon.AddDate(0, 0, -40), Unpaid: []shop.Unpaid{ago(40, 1), ago(31, 2), ago(30, 4), ago(8, 8), ago(7, 16), ago(1, 32), ago(0, 64)}}
	a.Used = 127
	if got, want := a.Aged(24*time.Hour, noon), (shop.Aging{Current: 64, Week: 32 + 16, Month: 8 + 4, Older: 2 + 1, Total: 127}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if due := a.Due(24 * time.Hour); !due.Equal(noon.AddDate(0, 0, -39)) {
		t.Error(due)
	}
	if due := (&shop.Account{}).Due(time.Hour); !due.IsZero() {
		t.Error(due)
	}
}

// The warning at 80 % comes once for every crossing.
func TestWarning(t *testing.T) {
	for _, c := range []struct {
		before, after shop.Rupiah
		want          bool
	}{{0, 239_999, false}, {0, 240_000, true}, {239_999, 300_000, true}, {240_000, 300_000, false}, {300_000, 100_000, false}} {
		a := shop.Account{Dropshipper: shop.Dropshipper{Limit: shop.DefaultLimit, Used: c.after}}
		if got := a.Warns(c.before); got != c.want {
			t.Errorf("from %s to %s: %t", c.before, c.after, got)
		}
	}
}

// What is missing is exact to the rupiah: paid, the order goes; a rupiah less, it waits.
func TestMissing(t *testing.T) {
	order := func(total shop.Rupiah) shop.Order {
		return shop.Order{Items: []shop.Item{{Product: "Nastar", Count: 1, Price: total}}, Total: total}
	}
	for _, short := range []shop.Rupiah{0, 1} {
		a := &shop.Account{Dropshipper: shop.Dropshipper{PersonID: 1, Limit: shop.DefaultLimit}, NextOrder: 1, NextPayment: 1}
		a.Place(order(250_000), noon, "1")
		before := a.Missing(88_468)
		b := a.Place(order(88_468), noon, "2")
		if b.Orders[0].State != shop.OrderParked || len(b.Postings) != 0 || before != 38_468 || a.Missing(0) != before || a.Free() != 50_000 {
			t.Fatalf("%+v, missing %s", b, before)
		}
		a.Announce(before, "", 5, noon, "3")
		if b = a.Confirm(a.Payments[0], before-short, 7, noon); (len(b.Orders) == 1) != (short == 0) || a.Missing(0) != short {
			t.Errorf("%s short: %+v, missing %s", short, b.Orders, a.Missing(0))
		}
	}
}

func TestWantsLines(t *testing.T) {
	for text, want := range map[string]bool{"mutasi 10": true, "Mutsi dong": true, "lihat riwayat": true, "saldo": false, "": false} {
		if got := shop.WantsLines(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}
