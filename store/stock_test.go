package store

import (
	"fmt"
	"testing"

	"bestie/shop"
)

// TestStock: what was ordered is no more on the shelf, until it is called off or comes back;
// a stock that changes in the list was counted anew.
func TestStock(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	p, err := l.RegisterDropshipper(l.ctx, start, address(1).Phone, "", shop.Dropshipper{Shop: "Toko", Limit: 1_000_000})
	l.must(err)
	list := func(bakso int) []shop.Product {
		return []shop.Product{
			{Name: "Bakso", Price: 2, Cost: 1, Stock: bakso},
			{Name: "Mi", Price: 2, Cost: 1, Stock: shop.StockUnknown, Variants: []shop.Variant{{Name: "Keju", Stock: 5}, {Name: "Ori", Stock: shop.StockUnknown}}},
		}
	}
	l.must(l.SetProducts(l.ctx, list(10)))
	n := 0
	order := func(items ...shop.Item) {
		t.Helper()
		a, err := l.Account(l.ctx, p.ID)
		l.must(err)
		n++
		b := a.Place(shop.Order{Items: items, Total: 1000, Recipient: "R", Address: "A"}, start, fmt.Sprint("order", n))
		l.must(l.tx(l.ctx, func(tx *transaction) error { return writeBooking(l.ctx, tx, b, start) }))
	}
	shelf := func(want string) {
		t.Helper()
		var got string
		l.must(l.tx(l.ctx, func(tx *transaction) error {
			products, err := onShelf(l.ctx, tx)
			if err != nil {
				return err
			}
			got = fmt.Sprint(products[0].Stock, products[1].Stock, products[1].Variants[0].Stock, products[1].Variants[1].Stock)
			return nil
		}))
		if got != want {
			t.Errorf("on the shelf: %s, want %s", got, want)
		}
	}
	shelf("10 -1 5 -1")
	order(shop.Item{Product: "Bakso", Count: 3, Price: 1}, shop.Item{Product: "Bakso", Count: 1, Price: 1}, shop.Item{Product: "Mi", Variant: "Keju", Count: 2, Price: 1})
	shelf("6 -1 3 -1")
	order(shop.Item{Product: "Mi", Variant: "Ori", Count: 2, Price: 1})
	shelf("6 -1 3 -1")
	l.must(l.SetProducts(l.ctx, list(10))) // a restart reads the same list
	shelf("6 -1 3 -1")
	l.run("UPDATE orders SET state = 'packed' WHERE id = 1")
	shelf("6 -1 3 -1")
	l.run("UPDATE orders SET state = 'returned' WHERE id = 1")
	shelf("10 -1 5 -1")
	order(shop.Item{Product: "Bakso", Count: 20, Price: 1})
	shelf("0 -1 5 -1")
	l.must(l.SetProducts(l.ctx, list(12)))
	shelf("12 -1 5 -1")
	l.run("UPDATE orders SET state = 'cancelled' WHERE id = 3") // ordered before the count
	shelf("12 -1 5 -1")
	l.must(l.PutProduct(l.ctx, shop.Product{Name: "Bakso", Price: 3, Cost: 1, Stock: 12}))
	order(shop.Item{Product: "Bakso", Count: 5, Price: 1})
	shelf("7 -1 5 -1")
	l.must(l.SetProducts(l.ctx, list(12)[1:]))
	if got := l.rows("SELECT COUNT(*) FROM taken WHERE product = 'Bakso'"); got != "0" {
		t.Errorf("%s rows of a product that is gone", got)
	}
}
