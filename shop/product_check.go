package shop

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of what a product list may say.
const (
	MostProductName = 100 // letters of a name or an alias
	MostProductText = 500 // letters of usage, ingredients and the like
	MostAliases     = 30
	MostVariants    = 60
	MostTiers       = 12
	MostPieces      = 1_000_000 // of a stock or a bulk price
	MostWeight      = 100_000   // grams
	MostLink        = 500       // letters
)

// ProductFault is one thing that is wrong with a product.
type ProductFault struct {
	Variant int    // which variant, from 0; -1: the product itself
	Field   string // name, aliases, variants, price, cost, bulk, weight, usage, ingredients, shelf_life, storage, halal, bpom, stock, note, or a platform
	Problem string // reads on behind the field: "is missing"
}

// Faults lists everything that is wrong with a product, so that a list is
// corrected in one go; nil when it can be sold.
func (p Product) Faults() []ProductFault {
	c := productCheck{at: -1}
	c.names(p.Name, p.Aliases)
	if p.Price < 1 || p.Price > MostParsed {
		c.refuse("price", fmt.Sprintf("is not an amount of 1 to %d rupiah", MostParsed))
	} else {
		c.cost(p.Price, p.Cost)
		c.tiers(p)
	}
	c.number("weight", p.Weight, 0, MostWeight, "grams")
	c.stock(p.Stock)
	if len(p.Variants) > 0 && p.Stock != StockUnknown {
		c.refuse("stock", "belongs to the variants, each its own")
	}
	for _, t := range []struct{ field, text string }{
		{"usage", p.Usage},
		{"ingredients", p.Ingredients},
		{"shelf_life", p.ShelfLife},
		{"storage", p.Storage},
		{"halal", p.Halal},
		{"bpom", p.Permit},
		{"note", p.Note},
		{"image", p.Image},
	} {
		c.text(t.field, t.text, MostProductText)
	}
	for _, l := range p.Links {
		c.link(l)
	}
	c.variants(p)
	return c.faults
}

// productCheck collects what is wrong.
type productCheck struct {
	at     int
	faults []ProductFault
}

func (c *productCheck) refuse(field, problem string) {
	c.faults = append(c.faults, ProductFault{c.at, field, problem})
}

func (c *productCheck) names(name string, aliases []string) {
	if name == "" {
		c.refuse("name", "is missing")
	}
	c.word("name", name)
	if len(aliases) > MostAliases {
		c.refuse("aliases", fmt.Sprintf("are more than %d", MostAliases))
	}
	for _, a := range aliases {
		if a == "" {
			c.refuse("aliases", "holds an empty name")
		}
		if strings.ContainsAny(a, ",;") { // they part the names in a spreadsheet's cell
			c.refuse("aliases", fmt.Sprintf("%q has a comma or a semicolon in it", a))
		}
		c.word("aliases", a)
	}
}

// word is a name: one line.
func (c *productCheck) word(field, text string) {
	if strings.Contains(text, "\n") {
		c.refuse(field, fmt.Sprintf("%q has a line break in it", text))
	}
	c.text(field, text, MostProductName)
}

func (c *productCheck) text(field, text string, most int) {
	if n := utf8.RuneCountInString(text); n > most {
		c.refuse(field, fmt.Sprintf("has %d letters; %d are allowed", n, most))
	}
	if strings.TrimSpace(text) != text {
		c.refuse(field, "has spaces around it")
	}
	odd := func(r rune) bool { return r != '\n' && (unicode.IsControl(r) || r == utf8.RuneError) }
	if strings.ContainsFunc(text, odd) {
		c.refuse(field, "holds a sign that cannot be shown")
	}
}

func (c *productCheck) number(field string, n, least, most int, unit string) {
	if n < least || n > most {
		c.refuse(field, fmt.Sprintf("is not a number of %d to %d %s", max(0, least), most, unit))
	}
}

func (c *productCheck) stock(n int) { c.number("stock", n, StockUnknown, MostPieces, "pieces") }

func (c *productCheck) cost(price, cost Rupiah) {
	if cost < 0 || cost > MostParsed {
		c.refuse("cost", fmt.Sprintf("is not an amount of 0 to %d rupiah", MostParsed))
	}
	if cost > price {
		c.refuse("cost", fmt.Sprintf("is more than the price, %s", price))
	}
}

// tiers must make a piece cheaper the more are taken, and never cheaper than it
// costs the shop.
func (c *productCheck) tiers(p Product) {
	if len(p.Tiers) > MostTiers {
		c.refuse("bulk", fmt.Sprintf("has more than %d prices", MostTiers))
	}
	from, each := 1, p.Price
	for _, t := range p.Tiers {
		switch {
		case t.From <= from || t.From > MostPieces:
			c.refuse("bulk", fmt.Sprintf("counts pieces from 2 up, each step more than the one before; found %d after %d", t.From, from))
		case t.Price < 1 || t.Price >= each:
			c.refuse("bulk", fmt.Sprintf("from %d is %s, which is not less than %s", t.From, t.Price, each))
		case t.Price < p.Cost:
			c.refuse("bulk", fmt.Sprintf("from %d is %s, less than the cost, %s", t.From, t.Price, p.Cost))
		}
		from, each = t.From, t.Price
	}
}

func (c *productCheck) link(l Link) {
	if !slices.Contains(Platforms, l.Platform) {
		c.refuse(string(l.Platform), "is not a platform")
		return
	}
	u, err := url.Parse(l.URL)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || strings.ContainsFunc(l.URL, unicode.IsSpace) || len(l.URL) > MostLink {
		c.refuse(string(l.Platform), fmt.Sprintf("is not a link of up to %d letters that begins with https://", MostLink))
	}
}

func (c *productCheck) variants(p Product) {
	if len(p.Variants) > MostVariants {
		c.refuse("variants", fmt.Sprintf("are more than %d", MostVariants))
	}
	seen := map[string]bool{}
	for i, v := range p.Variants {
		c.at = i
		c.names(v.Name, v.Aliases)
		if key := strings.ToLower(v.Name); seen[key] {
			c.refuse("name", fmt.Sprintf("%q is there twice", v.Name))
		} else {
			seen[key] = true
		}
		price := v.Price
		switch {
		case price < 0 || price > MostParsed:
			c.refuse("price", fmt.Sprintf("is not an amount of 1 to %d rupiah", MostParsed))
		case price == 0:
			price = p.Price
		}
		c.cost(price, v.Cost)
		c.stock(v.Stock)
	}
	c.at = -1
}
