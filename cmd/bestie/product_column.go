package main

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"bestie/shop"
)

// productColumn is one fact of a product: how it is called in a YAML list and in
// the headings of a spreadsheet, and how it is written there.
type productColumn struct {
	key   string   // in YAML, and in the faults of shop.Product
	heads []string // headings in small letters; the first is written
	read  func(p *shop.Product, text string) error
	show  func(p shop.Product) string
	// of a variant; nil where a variant has none of its own
	readVariant func(v *shop.Variant, text string) error
	showVariant func(v shop.Variant) string
}

// Headings of the columns that are about a variant alone.
var (
	variantHeads      = []string{"varian", "variant"}
	variantAliasHeads = []string{"alias varian", "variant aliases"}
)

// productColumns are all of them, in the order in which they are written.
var productColumns = append([]productColumn{
	{
		key: "name", heads: []string{"nama", "name", "produk", "product", "nama produk"},
		read: text(func(p *shop.Product) *string { return &p.Name }), show: func(p shop.Product) string { return p.Name },
	},
	{
		key: "aliases", heads: []string{"alias", "aliases", "nama lain"},
		read: func(p *shop.Product, s string) error { p.Aliases = parseNames(s); return nil },
		show: func(p shop.Product) string { return strings.Join(p.Aliases, ", ") },
	},
	{
		key: "price", heads: []string{"harga", "price", "harga jual"},
		read: func(p *shop.Product, s string) error { return parseInto(&p.Price, s, parseAmount) },
		show: func(p shop.Product) string { return showAmount(p.Price) },

		readVariant: func(v *shop.Variant, s string) error { return parseInto(&v.Price, s, parseAmount) },
		showVariant: func(v shop.Variant) string { return showAmount(v.Price) },
	},
	{
		key: "cost", heads: []string{"modal", "cost", "harga modal"},
		read: func(p *shop.Product, s string) error { return parseInto(&p.Cost, s, parseAmount) },
		show: func(p shop.Product) string { return showAmount(p.Cost) },

		readVariant: func(v *shop.Variant, s string) error { return parseInto(&v.Cost, s, parseAmount) },
		showVariant: func(v shop.Variant) string { return showAmount(v.Cost) },
	},
	{
		key: "stock", heads: []string{"stok", "stock"},
		read: func(p *shop.Product, s string) error { return parseInto(&p.Stock, s, parseStock) },
		show: func(p shop.Product) string { return showStock(p.Stock) },

		readVariant: func(v *shop.Variant, s string) error { return parseInto(&v.Stock, s, parseStock) },
		showVariant: func(v shop.Variant) string { return showStock(v.Stock) },
	},
	{
		key: "bulk", heads: []string{"grosir", "bulk", "harga grosir"},
		read: func(p *shop.Product, s string) error { return parseInto(&p.Tiers, s, parseTiers) },
		show: func(p shop.Product) string { return showTiers(p.Tiers) },
	},
	{
		key: "weight", heads: []string{"berat", "weight", "berat gram"},
		read: func(p *shop.Product, s string) error { return parseInto(&p.Weight, s, parseWeight) },
		show: func(p shop.Product) string { return showCount(p.Weight) },
	},
	textColumn("usage", func(p *shop.Product) *string { return &p.Usage }, "cara pakai", "usage"),
	textColumn("ingredients", func(p *shop.Product) *string { return &p.Ingredients }, "bahan", "ingredients", "komposisi"),
	textColumn("shelf_life", func(p *shop.Product) *string { return &p.ShelfLife }, "masa simpan", "shelf life"),
	textColumn("storage", func(p *shop.Product) *string { return &p.Storage }, "penyimpanan", "storage"),
	textColumn("halal", func(p *shop.Product) *string { return &p.Halal }, "halal", "no halal"),
	textColumn("bpom", func(p *shop.Product) *string { return &p.Permit }, "bpom", "bpom/pirt", "pirt"),
	textColumn("note", func(p *shop.Product) *string { return &p.Note }, "catatan", "note"),
	textColumn("image", func(p *shop.Product) *string { return &p.Image }, "gambar", "image", "foto"),
}, linkColumns()...)

func textColumn(key string, at func(*shop.Product) *string, heads ...string) productColumn {
	return productColumn{key: key, heads: heads, read: text(at), show: func(p shop.Product) string { return *at(&p) }}
}

func linkColumns() (out []productColumn) {
	for _, on := range shop.Platforms {
		heads := []string{string(on)}
		if on == shop.PlatformWhatsApp {
			heads = append(heads, "wa")
		}
		out = append(out, productColumn{
			key: string(on), heads: heads,
			read: func(p *shop.Product, s string) error {
				p.Links = append(p.Links, shop.Link{Platform: on, URL: s})
				return nil
			},
			show: func(p shop.Product) string { return p.Link(on) },
		})
	}
	return out
}

func text(at func(*shop.Product) *string) func(*shop.Product, string) error {
	return func(p *shop.Product, s string) error {
		*at(p) = s
		return nil
	}
}

func parseInto[T any](to *T, s string, parse func(string) (T, error)) (err error) {
	*to, err = parse(s)
	return err
}

// amountOnly is an amount as people type it in a list, and nothing else.
var amountOnly = regexp.MustCompile(`(?i)^(rp\.?\s*)?[\d.,]+\s*(rb|ribu|rbu|k|jt|juta)?(,-|,00)?$`)

// parseAmount reads "25000", "Rp 25.000", "25rb".
func parseAmount(s string) (shop.Rupiah, error) {
	if n, err := parseBoundRupiah(s, mostRupiah); err == nil {
		return n, nil
	}
	if n, ok := shop.ParseRupiah(s); ok && amountOnly.MatchString(s) {
		return n, nil
	}
	return 0, refusal(fmt.Sprintf("is not an amount of 1 to %d rupiah", mostRupiah))
}

func parseStock(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > shop.MostPieces {
		return shop.StockUnknown, refusal(fmt.Sprintf("is not a number of 0 to %d pieces; leave it out if nobody counted", shop.MostPieces))
	}
	return n, nil
}

// parseNames reads "bakso, urat".
func parseNames(s string) (out []string) {
	for name := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(",;\n", r) }) {
		if name = strings.TrimSpace(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// parseTiers reads "10=24000; 50=22000".
func parseTiers(s string) (out []shop.Tier, _ error) {
	for step := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ';' || r == '\n' }) {
		if step = strings.TrimSpace(step); step == "" {
			continue
		}
		tier, err := parseTier(strings.Cut(strings.Replace(step, ":", "=", 1), "="))
		if err != nil {
			return nil, err
		}
		out = append(out, tier)
	}
	return out, nil
}

func parseTier(from, price string, both bool) (t shop.Tier, err error) {
	const form refusal = `is not a list of bulk prices such as "10=24000; 50=22000" (from 10 pieces Rp24.000 each)`
	t.From, err = strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(from), "pcs")))
	if err != nil || !both {
		return t, form
	}
	if t.Price, err = parseAmount(strings.TrimSpace(price)); err != nil {
		return t, form
	}
	return t, nil
}

// weightForm is a weight with its unit: "500 g", "0,5 kg".
var weightForm = regexp.MustCompile(`(?i)^(\d{1,6}(?:[.,]\d{1,3})?)\s*(g|gr|gram|kg|kilo)?$`)

func parseWeight(s string) (int, error) {
	m := weightForm.FindStringSubmatch(s)
	if m == nil {
		return 0, refusal("is not a weight in grams, or with a unit such as 0,5 kg")
	}
	n, err := strconv.ParseFloat(strings.Replace(m[1], ",", ".", 1), 64)
	if strings.HasPrefix(strings.ToLower(m[2]), "k") {
		n *= 1000
	}
	if err != nil || n != math.Round(n) || n < 1 || n > shop.MostWeight {
		return 0, refusal(fmt.Sprintf("is not a weight of 1 to %d whole grams", shop.MostWeight))
	}
	return int(n), nil
}

func showAmount(r shop.Rupiah) string { return showCount(int(r)) }

func showCount(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func showStock(n int) string {
	if n == shop.StockUnknown {
		return ""
	}
	return strconv.Itoa(n)
}

func showTiers(tiers []shop.Tier) string {
	steps := make([]string, len(tiers))
	for i, t := range tiers {
		steps[i] = fmt.Sprintf("%d=%d", t.From, t.Price)
	}
	return strings.Join(steps, "; ")
}
