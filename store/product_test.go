package store

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"bestie/shop"
)

func TestProducts(t *testing.T) {
	l := newLab(t)
	full := shop.Product{
		Name: "Bakso Urat", Aliases: []string{"bakso", "urat"}, Price: 25000, Cost: 18000, Stock: shop.StockUnknown, Weight: 500,
		Variants: []shop.Variant{{Name: "Pedas", Aliases: []string{"hot"}, Stock: 3, Price: 27000, Cost: 19000}, {Name: "Ori", Stock: shop.StockUnknown}},
		Tiers:    []shop.Tier{{From: 10, Price: 24000}, {From: 50, Price: 22000}},
		Links:    []shop.Link{{Platform: shop.PlatformShopee, URL: "https://shopee.co.id/x"}},
		Usage:    "Rebus 5 menit", Ingredients: "Daging sapi", ShelfLife: "6 bulan", Storage: "Freezer", Halal: "H-1", Permit: "P-1", Note: "rak 3", Image: "/x/urat.jpg",
	}
	l.must(l.PutProduct(l.ctx, shop.Product{Name: "bakso", Price: 25000, Cost: 18000, Stock: 40}))
	l.must(l.SetProducts(l.ctx, []shop.Product{{Name: "siomay", Price: 20000, Aliases: []string{"somay"}}, full}))
	l.must(l.PutProduct(l.ctx, shop.Product{Name: "siomay", Price: 21000, Stock: 3}))
	list, err := l.Products(l.ctx)
	l.must(err)
	if diff := cmp.Diff([]shop.Product{{Name: "siomay", Price: 21000, Stock: 3}, full}, list); diff != "" {
		t.Error(diff)
	}
	for name, p := range map[string]shop.Product{
		"no price": {Name: "free"}, "no name": {Price: 1}, "a stock of less than unknown": {Name: "x", Price: 1, Stock: -2}, "a negative weight": {Name: "x", Price: 1, Weight: -1},
	} {
		if err = l.PutProduct(l.ctx, p); err == nil {
			t.Errorf("a product with %s was taken", name)
		}
	}
	for _, column := range []string{"aliases", "variants", "tiers", "links"} {
		for _, wrong := range []string{"", "{}", "[1", "bakso"} {
			if err = l.exec(l.ctx, "UPDATE products SET "+column+" = $1", wrong); err == nil {
				t.Errorf("%s of %q were taken", column, wrong)
			}
		}
	}
}

// A list that another process replaces is what the next turn sees.
func TestProductsFromOutside(t *testing.T) {
	dir := t.TempDir()
	l := openLab(t, dir)
	l.must(l.SetProducts(l.ctx, []shop.Product{{Name: "bakso", Price: 25000}}))
	seen := func() string {
		var got []shop.Product
		l.must(l.tx(l.ctx, func(tx *transaction) error {
			var version int64
			if err := tx.QueryRowContext(l.ctx, "SELECT version FROM lists").Scan(&version); err != nil {
				return err
			}
			lists, err := l.lists(l.ctx, tx, version)
			if err == nil {
				got = lists.products
			}
			return err
		}))
		names := ""
		for _, p := range got {
			names += p.Name + " "
		}
		return names
	}
	if got := seen(); got != "bakso " {
		t.Fatalf("the turn sees %q", got)
	}
	beside := openLab(t, dir)
	beside.must(beside.SetProducts(beside.ctx, []shop.Product{{Name: "soto", Price: 22000}, {Name: "rawon", Price: 30000}}))
	if got := seen(); got != "soto rawon " {
		t.Errorf("the turn sees %q", got)
	}
}

// BenchmarkProducts reads a large list, as the first turn after a change does.
func BenchmarkProducts(b *testing.B) {
	db, err := Open(b.Context(), b.TempDir(), zerolog.Nop())
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var list []shop.Product
	for i := range 300 {
		list = append(list, shop.Product{
			Name: fmt.Sprint("produk ", i), Price: 25000, Stock: shop.StockUnknown, Aliases: []string{"a", "b"},
			Variants: []shop.Variant{{Name: "x", Stock: 1}, {Name: "y"}}, Tiers: []shop.Tier{{From: 10, Price: 24000}},
		})
	}
	if err = db.SetProducts(b.Context(), list); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if got, err := db.Products(b.Context()); err != nil || len(got) != len(list) {
			b.Fatal(len(got), err)
		}
	}
}
