package templates

import (
	"cmp"
	"slices"
	"strings"

	"bestie/shop"
)

// FindProducts finds the products a message names, in the order of the message:
// by all words of the name or of an alias, else by a part of a name ("bakso" for
// "Bakso Urat" and "Bakso Halus": both). Small typing mistakes are forgiven.
// It returns nil when no product is named.
func FindProducts(text string, products []shop.Product) []shop.Product {
	said := Normalise(text)
	var whole, part []finding
	for i, p := range products {
		best := finding{}
		for _, name := range append([]string{p.Name}, p.Aliases...) {
			if f := find(said, Normalise(name)); f.score > best.score {
				best = f
			}
		}
		best.product = i
		switch {
		case best.score == 0:
		case best.whole:
			whole = append(whole, best)
		default:
			part = append(part, best)
		}
	}
	found := mostExact(whole)
	for _, f := range part {
		if !slices.ContainsFunc(whole, func(o finding) bool { return overlap(f, o) }) {
			found = append(found, f)
		}
	}
	slices.SortStableFunc(found, func(a, b finding) int { return cmp.Compare(a.at[0], b.at[0]) })
	var out []shop.Product
	for _, f := range found {
		out = append(out, products[f.product])
	}
	return out
}

// finding is how a product's name occurs in a message.
type finding struct {
	product int
	score   int   // letters of the name that were found
	at      []int // the words of the message that named it
	whole   bool  // every word of the name was found
}

// find looks for the words of a name, in any order.
func find(said, name []string) finding {
	f := finding{whole: true}
	for _, n := range name {
		at := slices.IndexFunc(said, func(w string) bool { return namesWord(w, n) })
		if at < 0 {
			f.whole = false
			continue
		}
		if len(n) >= 3 || f.whole {
			f.score += len(n)
			f.at = append(f.at, at)
		}
	}
	slices.Sort(f.at)
	if len(f.at) == 0 || !f.whole && f.score < 4 {
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

// namesWord tells whether a word of a message is a word of a name, with an
// ending ("sotonya") or a small mistake ("bakos").
func namesWord(said, name string) bool {
	if said == name {
		return true
	}
	for _, end := range [...]string{"nya", "ne", "e"} {
		if bare, cut := strings.CutSuffix(said, end); cut && bare == name {
			return true
		}
	}
	if len(name) < 4 || words().known(said) && !words().known(name) {
		return false // "beras" is a word of its own, no mistyped "keras"
	}
	bare := strings.TrimSuffix(said, "nya")
	limit := 1
	if len(name) >= 8 {
		limit = 2
	}
	return bare != "" && bare[0] == name[0] && distance(bare, name, limit) <= limit
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
	lex := words()
	named := func(w string) bool {
		if lex.isProduct(w) {
			return true
		}
		for _, p := range products {
			for _, name := range append([]string{p.Name}, p.Aliases...) {
				for _, n := range Normalise(name) {
					if len(n) >= 3 && !lex.roots[n] && n[0] != '<' && namesWord(w, n) {
						return true
					}
				}
			}
		}
		return false
	}
	var out []string
	for _, w := range said {
		if named(w) {
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
