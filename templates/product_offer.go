package templates

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"bestie/shop"
)

// offer fills what is for sale: prices, stock, variants and bulk prices.
func (f facts) offer(vars Vars) {
	if prices := f.each(f.price); prices != "" {
		vars[VarPrices] = prices + f.total()
	}
	vars[VarVariants] = f.each(variants)
	vars[VarTiers] = f.tiers()
	f.stock(vars)
}

// price is what one of the goods costs; "" when the list does not say.
func (f facts) price(g goods) string {
	differ := g.variant == nil && g.product.PricesDiffer()
	if f.cost {
		switch each := g.product.EachCost(g.variant); {
		case differ:
			return grouped("Harga modal "+g.name(), g.product, g.product.EachCost)
		case each == 0:
			return ""
		default:
			return fmt.Sprintf("Harga modal %s %s", g.name(), each) + sum(g.count, each)
		}
	}
	line := "Harga " + g.name() + " "
	switch each := g.product.Each(g.variant, g.count); {
	case differ:
		return grouped("Harga "+g.name(), g.product, func(v *shop.Variant) shop.Rupiah { return g.product.Each(v, 1) })
	case g.count > 1 && each < g.product.Price:
		line = fmt.Sprintf("Harga %s untuk %d pcs %s per pcs, jadi %s", g.name(), g.count, each, each*shop.Rupiah(g.count))
	default:
		line += each.String() + sum(g.count, each)
	}
	if cost := g.product.EachCost(g.variant); f.dropshipper && cost > 0 {
		line += fmt.Sprintf(" (modal %s per pcs)", cost)
	}
	return line + besides(g)
}

// besides tells, behind its price, that a variant is sold out and which ones are not:
// nobody is sent to the checkout of what is not there.
func besides(g goods) string {
	if line, left := onShelf(g); left && g.variant != nil && g.variant.Stock == 0 {
		return ".\n" + capital(line)
	}
	return ""
}

// sum is the price of several pieces, behind the price of one.
func sum(n int, each shop.Rupiah) string {
	if n <= 1 {
		return ""
	}
	return fmt.Sprintf(", %d pcs jadi %s", n, each*shop.Rupiah(n))
}

// total adds up several goods whose pieces were all named.
func (f facts) total() string {
	var total shop.Rupiah
	for _, g := range f.list {
		each := g.product.Each(g.variant, g.count)
		if f.cost {
			each = g.product.EachCost(g.variant)
		}
		if g.count == 0 || g.variant == nil && g.product.PricesDiffer() {
			return ""
		}
		total += each * shop.Rupiah(g.count)
	}
	if len(f.list) < 2 {
		return ""
	}
	return fmt.Sprintf("\nTotalnya %s.", total)
}

// grouped tells what each variant of a product costs: "Original dan Pedas
// Rp25.000, Keju Rp28.000"; "" when one of the amounts is not known.
func grouped(what string, p *shop.Product, each func(*shop.Variant) shop.Rupiah) string {
	var groups []string
	var done []shop.Rupiah
	for i := range p.Variants {
		amount := each(&p.Variants[i])
		if amount == 0 {
			return ""
		}
		if slices.Contains(done, amount) {
			continue
		}
		done = append(done, amount)
		var same []string
		for j := range p.Variants {
			if each(&p.Variants[j]) == amount {
				same = append(same, p.Variants[j].Name)
			}
		}
		groups = append(groups, few(same)+" "+amount.String())
	}
	if len(groups) > mostNamed {
		groups = append(groups[:mostNamed], "dan lainnya")
	}
	return what + ": " + strings.Join(groups, ", ")
}

// tiers lists the bulk prices, one on a line, and what the pieces asked for cost.
func (f facts) tiers() string {
	var out []string
	for _, g := range f.list {
		if len(g.product.Tiers) == 0 || g.variant != nil && g.variant.Price > 0 {
			return ""
		}
		lines := []string{"Harga grosir " + g.name() + ":"}
		for _, t := range g.product.Tiers {
			lines = append(lines, fmt.Sprintf("• mulai %d pcs: %s per pcs", t.From, t.Price))
		}
		if each := g.product.Each(g.variant, g.count); g.count > 1 {
			lines = append(lines, fmt.Sprintf("%d pcs jadi %s (%s per pcs).", g.count, each*shop.Rupiah(g.count), each))
		}
		out = append(out, strings.Join(lines, "\n"))
	}
	return strings.Join(out, "\n")
}

// weight is what the goods weigh: "500 gram", "1,5 kg".
func weight(g goods) string {
	if g.product.Weight == 0 {
		return ""
	}
	line := fmt.Sprintf("Berat %s %s per pcs", g.name(), grams(g.product.Weight))
	if g.count > 1 {
		line += fmt.Sprintf(", %d pcs jadi %s", g.count, grams(g.product.Weight*g.count))
	}
	return line
}

func grams(n int) string {
	if n < 1000 {
		return fmt.Sprintf("%d gram", n)
	}
	kilos := strings.TrimRight(fmt.Sprintf("%d,%03d", n/1000, n%1000), "0")
	return cmp.Or(strings.TrimSuffix(kilos, ","), "0") + " kg"
}
