package shop

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var urat = Product{
	Name: "Bakso Urat", Price: 25_000, Cost: 18_000, Stock: StockUnknown, Tiers: []Tier{{10, 24_000}, {50, 22_000}},
	Variants: []Variant{{Name: "Original", Stock: 20}, {Name: "Keju", Stock: 5, Price: 28_000}, {Name: "Jumbo", Price: 40_000, Cost: 30_000}},
	Links:    []Link{{PlatformShopee, "https://shopee.co.id/x"}},
}

func TestProductPrices(t *testing.T) {
	original, keju, jumbo := &urat.Variants[0], &urat.Variants[1], &urat.Variants[2]
	for _, c := range []struct {
		v    *Variant
		n    int
		want Rupiah
	}{{nil, 0, 25_000}, {nil, 1, 25_000}, {nil, 9, 25_000}, {nil, 10, 24_000}, {nil, 49, 24_000}, {nil, 50, 22_000}, {nil, 1000, 22_000}, {original, 50, 22_000}, {keju, 1, 28_000}, {keju, 50, 28_000}} {
		if got := urat.Each(c.v, c.n); got != c.want {
			t.Errorf("%d of %v: %s each, want %s", c.n, c.v, got, c.want)
		}
	}
	for v, want := range map[*Variant]Rupiah{nil: 18_000, original: 18_000, keju: 0, jumbo: 30_000} {
		if got := urat.EachCost(v); got != want {
			t.Errorf("cost of %v: %s, want %s", v, got, want)
		}
	}
	if got := urat.OnHand(); got != 25 || urat.SoldOut() || !urat.PricesDiffer() {
		t.Errorf("on hand %d, sold out %v, prices differ %v", got, urat.SoldOut(), urat.PricesDiffer())
	}
	if got := urat.Link(PlatformShopee) + urat.Link(PlatformWeb); got != "https://shopee.co.id/x" {
		t.Errorf("links %q", got)
	}
	if faults := urat.Faults(); faults != nil {
		t.Errorf("faults: %v", faults)
	}
}

// The more a buyer takes, the less a piece costs, and it never costs less than
// the lowest bulk price; the stock of variants is their sum unless one is unknown.
func TestProductRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Product{Name: "x", Price: Rupiah(rapid.IntRange(100, 1_000_000).Draw(t, "price")), Stock: rapid.IntRange(-1, 50).Draw(t, "stock")}
		from, each := 1, p.Price
		for range rapid.IntRange(0, 4).Draw(t, "tiers") {
			from += rapid.IntRange(1, 50).Draw(t, "more")
			each -= Rupiah(rapid.IntRange(1, 20).Draw(t, "less"))
			p.Tiers = append(p.Tiers, Tier{from, each})
		}
		sum, unknown := 0, false
		for i := range rapid.IntRange(0, 4).Draw(t, "variants") {
			v := Variant{Name: strings.Repeat("v", i+1), Stock: rapid.IntRange(-1, 9).Draw(t, "of variant")}
			p.Stock, unknown = StockUnknown, unknown || v.Stock == StockUnknown
			p.Variants = append(p.Variants, v)
			sum += v.Stock
		}
		if faults := p.Faults(); faults != nil {
			t.Fatal(faults)
		}
		n := rapid.IntRange(0, 300).Draw(t, "n")
		if few, many := p.Each(nil, n), p.Each(nil, n+1); many > few || many < each || few > p.Price {
			t.Fatalf("%d cost %s each, one more %s", n, few, many)
		}
		switch got := p.OnHand(); {
		case len(p.Variants) == 0 && got != p.Stock, len(p.Variants) > 0 && unknown && got != StockUnknown, len(p.Variants) > 0 && !unknown && got != sum:
			t.Fatalf("%d on hand of %+v", got, p)
		}
	})
}

func TestProductFaults(t *testing.T) {
	for want, edit := range map[string]func(*Product){
		"-1 name is missing":                 func(p *Product) { p.Name = "" },
		"-1 name has 101 letters":            func(p *Product) { p.Name = strings.Repeat("x", 101) },
		`-1 aliases "a;b" has a comma`:       func(p *Product) { p.Aliases = []string{"a;b"} },
		`-1 name "a\nb" has a line`:          func(p *Product) { p.Name = "a\nb" },
		"-1 name holds a sign":               func(p *Product) { p.Name = "a\x00" },
		"-1 aliases holds an empty":          func(p *Product) { p.Aliases = []string{""} },
		"-1 price is not an amount of 1":     func(p *Product) { p.Price = 0 },
		"-1 cost is more than the price":     func(p *Product) { p.Cost = 25_001 },
		"-1 cost is not an amount of 0":      func(p *Product) { p.Cost = -1 },
		"-1 bulk counts pieces from 2":       func(p *Product) { p.Tiers = []Tier{{1, 20_000}} },
		"-1 bulk counts pieces from 2 up":    func(p *Product) { p.Tiers = []Tier{{10, 24_000}, {10, 22_000}} },
		"-1 bulk from 10 is Rp25.000, which": func(p *Product) { p.Tiers = []Tier{{10, 25_000}} },
		"-1 bulk from 10 is Rp17.999, less":  func(p *Product) { p.Tiers = []Tier{{10, 17_999}} },
		"-1 weight is not a number of 0 to":  func(p *Product) { p.Weight = -1 },
		"-1 stock is not a number of 0 to":   func(p *Product) { p.Variants, p.Stock = nil, -2 },
		"-1 stock belongs to the variants":   func(p *Product) { p.Stock = 5 },
		"-1 usage has 501 letters":           func(p *Product) { p.Usage = strings.Repeat("x", 501) },
		"-1 shopee is not a link":            func(p *Product) { p.Links = []Link{{PlatformShopee, "javascript:alert(1)"}} },
		"-1 lazada is not a platform":        func(p *Product) { p.Links = []Link{{"lazada", "https://x.y"}} },
		`1 name "ORIGINAL" is there twice`:   func(p *Product) { p.Variants[1].Name = "ORIGINAL" },
		"2 cost is more than the price, Rp4": func(p *Product) { p.Variants[2].Cost = 40_001 },
		"0 stock is not a number":            func(p *Product) { p.Variants[0].Stock = MostPieces + 1 },
	} {
		p := urat
		p.Variants = append([]Variant(nil), urat.Variants...)
		edit(&p)
		var got []string
		for _, f := range p.Faults() {
			got = append(got, fmt.Sprint(f.Variant, " ", f.Field, " ", f.Problem))
		}
		if len(got) == 0 || !strings.HasPrefix(got[0], want) {
			t.Errorf("%q, want %s", got, want)
		}
	}
}
