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
	isName := func(w string) (yes bool) {
		if lex.isProduct(w) {
			return true
		}
		c.named(w, func(name string) { yes = yes || len(name) >= 3 && !lex.roots[name] && !measured(name) })
		return yes
	}
	var out []string
	for i, w := range said {
		if i < mostRead && isName(w) {
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
