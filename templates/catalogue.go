package templates

import (
	"cmp"
	"slices"
	"strings"
	"sync/atomic"

	"bestie/shop"
)

// catalogue is a product list made ready for reading messages: which names hold which
// word. It never changes.
type catalogue struct {
	products []shop.Product // the very list; holding it keeps its address from being used again
	names    []listedName   // of the products, in their order
	variants [][]listedName // of each product's variants
	holding  map[string][]int
	initial  map[byte][]string // the words of names that may be mistyped, by first letter
}

// listedName is one name of a product, or of one of its variants.
type listedName struct {
	of    int // which product, or which variant of it
	words []string
}

// lately is the catalogue of the last list. A program has one list, which hardly ever
// changes: keeping one saves reading 300 products for every message.
var lately atomic.Pointer[catalogue]

// catalogueOf prepares a list, or returns the last one if it is the same. The list
// must not change afterwards.
func catalogueOf(products []shop.Product) *catalogue {
	if len(products) == 0 {
		return &catalogue{}
	}
	c := lately.Load()
	if c == nil || len(c.products) != len(products) || &c.products[0] != &products[0] {
		c = newCatalogue(products)
		lately.Store(c)
	}
	return c
}

func newCatalogue(products []shop.Product) *catalogue {
	c := &catalogue{products: products, variants: make([][]listedName, len(products)), holding: map[string][]int{}, initial: map[byte][]string{}}
	for i, p := range products {
		for _, name := range append([]string{p.Name}, p.Aliases...) {
			c.add(listedName{i, productWords(name)})
		}
		for j, v := range p.Variants {
			for _, name := range append([]string{v.Name}, v.Aliases...) {
				c.variants[i] = append(c.variants[i], listedName{j, productWords(name)})
			}
		}
	}
	return c
}

func (c *catalogue) add(n listedName) {
	for _, w := range n.words {
		if c.holding[w] == nil && len(w) >= fewestMistyped {
			c.initial[w[0]] = append(c.initial[w[0]], w)
		}
		if at := c.holding[w]; len(at) == 0 || at[len(at)-1] != len(c.names) {
			c.holding[w] = append(at, len(c.names))
		}
	}
	c.names = append(c.names, n)
}

// named calls yield for every word of a name that a word of a message may mean.
func (c *catalogue) named(said string, yield func(word string)) {
	for _, end := range endings {
		if bare, cut := strings.CutSuffix(said, end); cut && c.holding[bare] != nil {
			yield(bare)
		}
	}
	if said == "" {
		return
	}
	for _, w := range c.initial[said[0]] {
		if c.holding[said] == nil && namesWord(said, w) {
			yield(w)
		}
	}
}

// finding is how a product's name occurs in a message.
type finding struct {
	product int
	score   int   // letters of the name that were found
	at      []int // the words of the message that named it
	whole   bool  // every word of the name was found
}

// find finds the products that a message names, in its order: by all words of a
// name, else by a part of one ("bakso" for "Bakso Urat" and "Bakso Halus": both).
func (c *catalogue) find(said []string) []finding {
	var whole, part []finding
	for _, f := range c.best(said) {
		if f.whole {
			whole = append(whole, f)
		} else {
			part = append(part, f)
		}
	}
	found := mostExact(whole)
	for _, f := range part {
		if !slices.ContainsFunc(whole, func(o finding) bool { return overlap(f, o) }) {
			found = append(found, f)
		}
	}
	slices.SortStableFunc(found, func(a, b finding) int { return cmp.Compare(a.at[0], b.at[0]) })
	return found
}

// mostRead is in how many words of a message products are looked for: more than
// anybody writes about one, and little enough that a page of them costs nothing.
const mostRead = 100

// best is the best finding of each product that is named at all.
func (c *catalogue) best(said []string) (out []finding) {
	hit := make([]bool, len(c.names))
	any := false
	said = said[:min(len(said), mostRead)]
	for _, w := range said {
		c.named(w, func(word string) {
			for _, n := range c.holding[word] {
				hit[n], any = true, true
			}
		})
	}
	if !any {
		return nil
	}
	sized := namesSize(said)
	for n, yes := range hit {
		if !yes || sized && c.otherSize(c.names[n].of, said) {
			continue
		}
		f := find(said, c.names[n].words)
		f.product = c.names[n].of
		switch last := len(out) - 1; {
		case f.score == 0:
		case last < 0 || out[last].product != f.product:
			out = append(out, f)
		case f.score > out[last].score, f.score == out[last].score && f.whole && !out[last].whole:
			out[last] = f
		}
	}
	return out
}

// find looks for the words of a name, in any order. A size ("500 gram") tells two
// products apart, but names none by itself.
func find(said, name []string) finding {
	f := finding{whole: true}
	for _, n := range name {
		at := slices.IndexFunc(said, func(w string) bool { return namesWord(w, n) })
		if at < 0 {
			f.whole = false
			continue
		}
		switch {
		case measured(n):
			f.at = append(f.at, at)
		case len(n) >= 3 || f.whole:
			f.score += len(n)
			f.at = append(f.at, at)
		}
	}
	slices.Sort(f.at)
	if f.score == 0 || !f.whole && f.score < 4 {
		return finding{}
	}
	return f
}

// overlap tells that two findings use the same word of the message: "bakso" is
// Bakso, and then not also the half of Bakso Urat.
func overlap(a, b finding) bool {
	return slices.ContainsFunc(a.at, func(at int) bool { return slices.Contains(b.at, at) })
}

// mostExact drops a product whose words all belong to a longer name that was
// found too: "bakso urat" is not also "bakso".
func mostExact(found []finding) []finding {
	var out []finding
	for _, f := range found {
		longer := slices.ContainsFunc(found, func(o finding) bool {
			return o.product != f.product && len(o.at) > len(f.at) &&
				!slices.ContainsFunc(f.at, func(at int) bool { return !slices.Contains(o.at, at) })
		})
		if !longer {
			out = append(out, f)
		}
	}
	return out
}
