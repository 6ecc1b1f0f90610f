package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"bestie/shop"
)

// The lists of a product as the table keeps them: JSON under these keys, so that a
// new name in the program does not lose what an older one wrote.
type (
	variantRow struct {
		Name    string      `json:"name"`
		Aliases []string    `json:"aliases,omitempty"`
		Stock   int         `json:"stock"`
		Price   shop.Rupiah `json:"price,omitempty"`
		Cost    shop.Rupiah `json:"cost,omitempty"`
	}
	tierRow struct {
		From  int         `json:"from"`
		Price shop.Rupiah `json:"price"`
	}
	linkRow struct {
		Platform shop.Platform `json:"platform"`
		URL      string        `json:"url"`
	}
)

// Products are the product list in its order, with the stock as it was counted.
func (db *DB) Products(ctx context.Context) ([]shop.Product, error) { return products(ctx, db.r) }

// PutProduct adds a product to the list or replaces it.
func (db *DB) PutProduct(ctx context.Context, p shop.Product) error {
	return db.tx(ctx, func(tx *transaction) error {
		before, err := countedBefore(ctx, tx)
		if err != nil {
			return err
		}
		return putProduct(ctx, tx, p, before)
	})
}

// SetProducts makes the list exactly these products, in this order. A bot that
// runs beside sees it at its next turn.
func (db *DB) SetProducts(ctx context.Context, list []shop.Product) error {
	return db.tx(ctx, func(tx *transaction) error {
		before, err := countedBefore(ctx, tx)
		if err != nil {
			return err
		}
		if _, err = tx.ExecContext(ctx, "DELETE FROM products"); err != nil {
			return err
		}
		for _, p := range list {
			if err = putProduct(ctx, tx, p, before); err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, "DELETE FROM taken WHERE product NOT IN (SELECT name FROM products)")
		return err
	})
}

// putProduct writes one product. A stock that is not as before was counted anew: what was
// ordered until now is not taken off it any more.
func putProduct(ctx context.Context, tx *transaction, p shop.Product, before map[string]counted) error {
	old, known := before[p.Name]
	if !known || !old.SameStock(p) {
		if err := tx.QueryRowContext(ctx, "SELECT COALESCE(MAX(id), 0) FROM orders").Scan(&old.order); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM taken WHERE product = $1", p.Name); err != nil {
			return err
		}
	}
	var variants []variantRow
	for _, v := range p.Variants {
		variants = append(variants, variantRow(v))
	}
	var tiers []tierRow
	for _, t := range p.Tiers {
		tiers = append(tiers, tierRow(t))
	}
	var links []linkRow
	for _, l := range p.Links {
		links = append(links, linkRow(l))
	}
	lists := [4][]byte{}
	for i, list := range []any{p.Aliases, variants, tiers, links} {
		var err error
		if lists[i], err = json.Marshal(list); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO products (name, price, cost, stock, weight, aliases, variants, tiers, links,
			usage, ingredients, shelf_life, storage, halal, permit, note, image, counted)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
		ON CONFLICT (name) DO UPDATE SET price = $2, cost = $3, stock = $4, weight = $5, aliases = $6, variants = $7, tiers = $8, links = $9,
			usage = $10, ingredients = $11, shelf_life = $12, storage = $13, halal = $14, permit = $15, note = $16, image = $17, counted = $18`,
		p.Name, p.Price, p.Cost, p.Stock, p.Weight, string(lists[0]), string(lists[1]), string(lists[2]), string(lists[3]),
		p.Usage, p.Ingredients, p.ShelfLife, p.Storage, p.Halal, p.Permit, p.Note, p.Image, old.order)
	return err
}

func products(ctx context.Context, q querier) ([]shop.Product, error) {
	return collect(ctx, q, func(rows *sql.Rows) (p shop.Product, err error) {
		var aliases, variants, tiers, links []byte
		if err = rows.Scan(&p.Name, &p.Price, &p.Cost, &p.Stock, &p.Weight, &aliases, &variants, &tiers, &links,
			&p.Usage, &p.Ingredients, &p.ShelfLife, &p.Storage, &p.Halal, &p.Permit, &p.Note, &p.Image); err != nil {
			return p, err
		}
		var vs []variantRow
		var ts []tierRow
		var ls []linkRow
		err = errors.Join(json.Unmarshal(aliases, &p.Aliases), json.Unmarshal(variants, &vs), json.Unmarshal(tiers, &ts), json.Unmarshal(links, &ls))
		for _, v := range vs {
			p.Variants = append(p.Variants, shop.Variant(v))
		}
		for _, t := range ts {
			p.Tiers = append(p.Tiers, shop.Tier(t))
		}
		for _, l := range ls {
			p.Links = append(p.Links, shop.Link(l))
		}
		return p, err
	}, `SELECT name, price, cost, stock, weight, aliases, variants, tiers, links,
		usage, ingredients, shelf_life, storage, halal, permit, note, image FROM products ORDER BY rowid`)
}
