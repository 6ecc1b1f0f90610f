package templates

import (
	"regexp"
	"slices"
	"strings"

	"bestie/shop"
)

// Ordered is one piece of an order as somebody wrote it.
type Ordered struct {
	Words   string         // as written
	Product *shop.Product  // nil: none on the list, or several
	Variant *shop.Variant  // nil: none, or not said which
	Count   int            // pieces; 1 when none are told, 0 when what is told is no number of pieces
	Several []shop.Product // that it may mean
}

// mostOrdered is how many pieces of an order are read.
const mostOrdered = 30

// ReadOrder finds what a text orders: each piece between commas, line breaks, "+", ";" or
// "dan" is goods of the list and a number of them ("2 bakso urat pedas, sambal 1").
func ReadOrder(text string, products []shop.Product) (out []Ordered) {
	c := catalogueOf(products)
	for _, words := range orderPieces(text) {
		if len(out) == mostOrdered {
			break
		}
		list, how := c.wanted(words, shop.Topic{})
		o := Ordered{Words: plain(words), Count: 1}
		switch {
		case how != fromName || len(list) == 0 || len(productWords(words)) == 0:
		case len(list) == 1:
			o.Product, o.Variant, o.Count = list[0].product, list[0].variant, orderedCount(words, list)
		default:
			for _, g := range list {
				if !slices.ContainsFunc(o.Several, func(p shop.Product) bool { return p.Name == g.product.Name }) {
					o.Several = append(o.Several, *g.product)
				}
			}
			if len(o.Several) == 1 { // one product in several variants: which of them?
				o.Product, o.Several = list[0].product, nil
			}
		}
		out = append(out, o)
	}
	return out
}

var (
	bullet   = regexp.MustCompile(`^\s*(?:[*•]\s*|-\s+|\d+[.)]\s+)`)
	negative = regexp.MustCompile(`(?:^|\s)[-−–]\s*\d`)
)

// orderedCount is how many pieces of some goods are ordered. A number that may be
// something else is never taken for one piece.
func orderedCount(words string, list []goods) int {
	n := pieces(words, list)
	switch {
	case len(n) == 1 && !negative.MatchString(words):
		return n[0]
	case len(n) == 0 && !slices.ContainsFunc(tokens(words), func(w string) bool { return digitFirst(w) && !slices.Contains(productWords(list[0].name()), w) }):
		return 1
	}
	return 0
}

// orderPieces cuts a text where one kind of goods ends.
func orderPieces(text string) (out []string) {
	text = strings.NewReplacer(",", "\n", "+", "\n", ";", "\n", "&", "\n", " dan ", "\n", " sama ", "\n").Replace(strings.ToLower(clip(text, maxText)))
	for _, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(bullet.ReplaceAllString(line, ""))
		if strings.ContainsFunc(line, func(r rune) bool { return r > ' ' && r != '.' && r != '-' }) {
			out = append(out, line)
		}
	}
	return out
}
