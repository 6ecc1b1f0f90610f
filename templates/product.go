package templates

import (
	"slices"
	"strings"
	"unicode/utf8"

	"bestie/shop"
)

// FindProducts finds the products a message names, in the order of the message:
// by all words of the name or of an alias, else by a part of a name ("bakso" for
// "Bakso Urat" and "Bakso Halus": both). Small typing mistakes are forgiven.
// It returns nil when no product is named. The list must not change afterwards.
func FindProducts(text string, products []shop.Product) (out []shop.Product) {
	c := catalogueOf(products)
	for _, f := range c.find(productWords(text)) {
		out = append(out, c.products[f.product])
	}
	return out
}

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

// wanted finds what a message is about: what it names, else what the talk was
// about, else the only thing there is. foreign tells that it names something
// which is not on the list ("harga rendang").
func (c *catalogue) wanted(text string, about shop.Topic) (list []goods, foreign bool) {
	said := productWords(text)
	found := c.narrow(said, c.find(said), about)
	for _, f := range found {
		list = append(list, c.inVariants(f, said)...)
	}
	if len(list) > 0 {
		count(list, text)
		return list, false
	}
	if g, ok := c.byVariant(said); ok && about.Product == "" {
		list = []goods{g}
		count(list, text)
		return list, false
	}
	if foreign = namesSomething(text); foreign {
		return nil, true
	}
	at := slices.IndexFunc(c.products, func(p shop.Product) bool { return p.Name == about.Product })
	if at < 0 && len(c.products) == 1 {
		at = 0
	}
	if at < 0 {
		return nil, false
	}
	list = c.inVariants(finding{product: at}, said)
	if list[0].variant == nil && !asksOther(said) {
		list[0].variant = c.variantNamed(at, about.Variant)
	}
	count(list, text)
	return list, false
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

// endings are what a word of a name may carry: "sotonya", Javanese "sotone".
var endings = [...]string{"", "nya", "ne", "e"}

// fewestMistyped is how many letters a word has that may be written with a
// mistake; of shorter ones another word is easily made.
const fewestMistyped = 4

// namesWord tells whether a word of a message is a word of a name, with an
// ending ("sotonya") or a small mistake ("bakos").
func namesWord(said, name string) bool {
	for _, end := range endings {
		if len(said) == len(name)+len(end) && strings.HasPrefix(said, name) && strings.HasSuffix(said, end) {
			return true
		}
	}
	bare := strings.TrimSuffix(said, "nya")
	limit := 1
	if len(name) >= 8 {
		limit = 2
	}
	if len(name) < fewestMistyped || bare == "" || bare[0] != name[0] || digitFirst(name) || abs(utf8.RuneCountInString(bare)-utf8.RuneCountInString(name)) > limit {
		return false
	}
	if words().known(said) {
		return false // "beras" is a word of its own, no mistyped "keras"
	}
	return distance(bare, name, limit) <= limit
}

// distance counts the single-letter mistakes between two words (a wrong, missing
// or additional letter, two letters swapped); above limit it may stop early.
func distance(a, b string, limit int) int {
	x, y := []rune(a), []rune(b)
	if d := len(x) - len(y); d > limit || -d > limit {
		return limit + 1
	}
	before, last, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(y)]
}

// maskProducts replaces the names of products by productMask, several in a row
// by one. A word that the lexicon knows is left alone unless the name is that
// very word: "isi" of "Isi Ulang" says other things too.
func maskProducts(said []string, products []shop.Product) []string {
	lex, c := words(), catalogueOf(products)
	named := func(w string) (yes bool) {
		if lex.isProduct(w) {
			return true
		}
		c.named(w, func(name string) { yes = yes || len(name) >= 3 && !lex.roots[name] && !measured(name) })
		return yes
	}
	var out []string
	for i, w := range said {
		if i < mostRead && named(w) {
			w = productMask
			if n := len(out); n > 0 && out[n-1] == productMask {
				continue
			}
		}
		out = append(out, w)
	}
	return out
}

// isProduct tells that a word names a product of the library's examples.
func (l *lexicon) isProduct(word string) bool {
	bare := strings.TrimSuffix(word, "nya")
	return slices.Contains(l.concepts[word], "PRODUK") || slices.Contains(l.concepts[bare], "PRODUK")
}

func abs(n int) int { return max(n, -n) }
