package store

import (
	"errors"
	"testing"

	"bestie/shop"
)

// TestListsAreKept: products and admins are read once, not for every turn; a change
// is seen, and what was read inside a transaction that failed is forgotten.
func TestListsAreKept(t *testing.T) {
	l := newLab(t)
	product := shop.Product{Name: "bakso", Price: 25_000, Stock: -1}
	l.must(l.PutProduct(l.ctx, product))
	look := func(fail error) []shop.Product {
		var list []shop.Product
		err := l.tx(l.ctx, func(tx *transaction) error {
			var version int64
			if err := tx.QueryRowContext(l.ctx, "SELECT version FROM lists").Scan(&version); err != nil {
				return err
			}
			var err error
			list, _, err = l.lists(l.ctx, tx, version)
			return errors.Join(err, fail)
		})
		if !errors.Is(err, fail) {
			t.Fatal(err)
		}
		return list
	}
	first := look(nil)
	l.must(l.SetInstant(l.ctx, "any", start)) // another writer, alone
	if second := look(nil); &first[0] != &second[0] {
		t.Error("the lists were read anew though nothing has changed")
	}
	product.Price = 26_000
	l.must(l.PutProduct(l.ctx, product))
	if list := look(nil); list[0].Price != 26_000 {
		t.Error("a new price was not seen")
	}
	look(errors.New("no"))
	if l.kept != nil {
		t.Error("lists from a transaction that failed are kept")
	}
}
