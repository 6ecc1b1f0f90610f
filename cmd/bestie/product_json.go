package main

import "bestie/shop"

// productJSON is a product as `products list --json` prints it, under the keys of
// the YAML list. Amounts are rupiah, weights grams; stock -1: nobody counted.
type productJSON struct {
	Name        string                   `json:"name"`
	Aliases     []string                 `json:"aliases"`
	Variants    []variantJSON            `json:"variants"`
	Price       shop.Rupiah              `json:"price"`
	Cost        shop.Rupiah              `json:"cost"`
	Bulk        map[int]shop.Rupiah      `json:"bulk"`
	Weight      int                      `json:"weight"`
	Links       map[shop.Platform]string `json:"links"`
	Usage       string                   `json:"usage"`
	Ingredients string                   `json:"ingredients"`
	ShelfLife   string                   `json:"shelf_life"`
	Storage     string                   `json:"storage"`
	Halal       string                   `json:"halal"`
	Permit      string                   `json:"bpom"`
	Stock       int                      `json:"stock"`
	Note        string                   `json:"note"`
	Image       string                   `json:"image"`
}

type variantJSON struct {
	Name    string      `json:"name"`
	Aliases []string    `json:"aliases"`
	Stock   int         `json:"stock"`
	Price   shop.Rupiah `json:"price"`
	Cost    shop.Rupiah `json:"cost"`
}

func jsonOf(p shop.Product) productJSON {
	out := productJSON{
		Name: p.Name, Aliases: append([]string{}, p.Aliases...), Variants: []variantJSON{}, Price: p.Price, Cost: p.Cost, Bulk: map[int]shop.Rupiah{},
		Weight: p.Weight, Links: map[shop.Platform]string{}, Usage: p.Usage, Ingredients: p.Ingredients, ShelfLife: p.ShelfLife, Storage: p.Storage,
		Halal: p.Halal, Permit: p.Permit, Stock: p.OnHand(), Note: p.Note, Image: p.Image,
	}
	for i, v := range p.Variants {
		out.Variants = append(out.Variants, variantJSON{
			Name: v.Name, Aliases: append([]string{}, v.Aliases...), Stock: v.Stock, Price: p.Each(&p.Variants[i], 1), Cost: p.EachCost(&p.Variants[i]),
		})
	}
	for _, t := range p.Tiers {
		out.Bulk[t.From] = t.Price
	}
	for _, l := range p.Links {
		out.Links[l.Platform] = l.URL
	}
	return out
}
