package templates

import (
	"slices"

	"bestie/shop"
)

// goods is one thing a message is about: a product, in one of its variants or in
// general.
type goods struct {
	product *shop.Product
	variant *shop.Variant // nil: none was named
	count   int           // pieces asked for; 0: not said
}

// name is what the goods are called: "Bakso Urat Pedas".
func (g goods) name() string {
	if g.variant == nil {
		return g.product.Name
	}
	return g.product.Name + " " + g.variant.Name
}

// origin is how it was found out what a message is about.
type origin int

const (
	fromNothing origin = iota // it is about nothing on the list, or about anything
	fromName                  // it says so
	fromTalk                  // the talk was about it
	fromForeign               // it names something which is not on the list ("harga rendang")
)

// wanted finds what a message is about: what it names, else what the talk was
// about, else the only thing there is.
func (c *catalogue) wanted(text string, about shop.Topic) (list []goods, how origin) {
	said := productWords(text)
	found := c.narrow(said, c.find(said), about)
	for _, f := range found {
		list = append(list, c.inVariants(f, said)...)
	}
	if len(list) > 0 {
		count(list, text)
		return list, fromName
	}
	if g, ok := c.byVariant(said); ok && about.Product == "" {
		list = []goods{g}
		count(list, text)
		return list, fromName
	}
	if namesSomething(text) {
		return nil, fromForeign
	}
	how = fromTalk
	at := slices.IndexFunc(c.products, func(p shop.Product) bool { return p.Name == about.Product })
	if at < 0 && len(c.products) == 1 {
		at, how = 0, fromName
	}
	if at < 0 {
		return nil, fromNothing
	}
	list = c.inVariants(finding{product: at}, said)
	if list[0].variant == nil && !asksOther(said) {
		list[0].variant = c.variantNamed(at, about.Variant)
	}
	count(list, text)
	return list, how
}

// narrow chooses between products that share the word by which they were named:
// those that have the variant named beside it ("bakso keju"), else the one the
// talk is about.
func (c *catalogue) narrow(said []string, found []finding, about shop.Topic) []finding {
	drop := func(better func(f finding) bool) {
		var out []finding
		for _, f := range found {
			beaten := !better(f) && slices.ContainsFunc(found, func(o finding) bool { return better(o) && overlap(f, o) })
			if !beaten {
				out = append(out, f)
			}
		}
		found = out
	}
	if len(found) > 1 {
		drop(func(f finding) bool { return len(c.variantsSaid(f, said)) > 0 })
		drop(func(f finding) bool { return !f.whole && c.products[f.product].Name == about.Product })
	}
	return found
}

// inVariants are the goods of one finding: one for each variant named, else the
// product in general.
func (c *catalogue) inVariants(f finding, said []string) (out []goods) {
	p := &c.products[f.product]
	for _, v := range c.variantsSaid(f, said) {
		out = append(out, goods{product: p, variant: &p.Variants[v]})
	}
	if out == nil {
		out = []goods{{product: p}}
	}
	return out
}

// variantsSaid are the variants of a product that a message names outside the
// product's own name, the longest name first where names share a word.
func (c *catalogue) variantsSaid(f finding, said []string) (out []int) {
	type hit struct{ variant, words, at int }
	var hits []hit
	for _, n := range c.variants[f.product] {
		first := len(said)
		all := len(n.words) > 0
		for _, w := range n.words {
			at := slices.IndexFunc(said, func(x string) bool { return namesWord(x, w) })
			all = all && at >= 0 && !slices.Contains(f.at, at)
			first = min(first, at)
		}
		if all {
			hits = append(hits, hit{n.of, len(n.words), first})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return b.words - a.words })
	taken := map[int]bool{}
	var kept []hit
	for _, h := range hits {
		if !taken[h.at] && !slices.Contains(out, h.variant) {
			taken[h.at] = true
			out, kept = append(out, h.variant), append(kept, h)
		}
	}
	slices.SortStableFunc(kept, func(a, b hit) int { return a.at - b.at })
	out = out[:0]
	for _, h := range kept {
		out = append(out, h.variant)
	}
	return out
}

// byVariant finds the one product of the list that has a variant of a name of its
// own: "cokelat ada?".
func (c *catalogue) byVariant(said []string) (g goods, ok bool) {
	lex := words()
	for i := range c.products {
		for _, n := range c.variants[i] {
			own := len(n.words) > 0
			for _, w := range n.words {
				own = own && len(w) >= fewestMistyped && !lex.known(w) && slices.Contains(said, w)
			}
			if !own {
				continue
			}
			if ok && g.product != &c.products[i] {
				return goods{}, false // two products have it
			}
			g, ok = goods{product: &c.products[i], variant: &c.products[i].Variants[n.of]}, true
		}
	}
	return g, ok
}

func (c *catalogue) variantNamed(product int, name string) *shop.Variant {
	list := c.products[product].Variants
	for i := range list {
		if list[i].Name == name {
			return &list[i]
		}
	}
	return nil
}

// asksOther tells that a message asks beyond the variant that was talked about:
// "ada rasa lain?", "pilihannya apa aja".
func asksOther(said []string) bool {
	return slices.ContainsFunc(said, func(w string) bool { return otherWords[words().stem(w)] || otherWords[w] })
}

var otherWords = wordSet("lain lainnya varian variant rasa pilihan pilih jenis macam warna ukuran semua apa")
