package store

import (
	"context"
	"database/sql"
	"slices"

	"bestie/shop"
)

// counted is a product as it was when its stock was counted, and the last order by then.
type counted struct {
	shop.Product
	order int64
}

func countedBefore(ctx context.Context, tx *transaction) (map[string]counted, error) {
	list, err := products(ctx, tx)
	if err != nil {
		return nil, err
	}
	orders, err := collect(ctx, tx, scanInt, "SELECT counted FROM products ORDER BY rowid")
	if err != nil {
		return nil, err
	}
	before := map[string]counted{}
	for i, p := range list {
		before[p.Name] = counted{p, orders[i]}
	}
	return before, nil
}

// onShelf is the product list with what is left of each stock: what was counted, less what
// was ordered since. It never falls below nothing.
func onShelf(ctx context.Context, q querier) ([]shop.Product, error) {
	list, err := products(ctx, q)
	if err != nil || !slices.ContainsFunc(list, shop.Product.Counted) {
		return list, err
	}
	type goods struct{ product, variant string }
	type row struct {
		goods
		pieces int
	}
	rows, err := collect(ctx, q, func(rows *sql.Rows) (r row, err error) { return r, rows.Scan(&r.product, &r.variant, &r.pieces) },
		"SELECT product, variant, pieces FROM taken WHERE pieces > 0")
	if err != nil {
		return nil, err
	}
	taken := map[goods]int{}
	for _, r := range rows {
		taken[r.goods] = r.pieces
	}
	for i := range list {
		p := &list[i]
		if p.Stock > 0 {
			p.Stock = max(0, p.Stock-taken[goods{p.Name, ""}])
		}
		for j := range p.Variants {
			if v := &p.Variants[j]; v.Stock > 0 {
				v.Stock = max(0, v.Stock-taken[goods{p.Name, v.Name}])
			}
		}
	}
	return list, nil
}
