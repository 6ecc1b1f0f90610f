package shop

import (
	"cmp"
	"regexp"
	"strings"
)

// nameVariable is {nama} with the "Kak" that may stand before it.
var nameVariable = regexp.MustCompile(`(?i)(?:\bkak +)?\{nama\}`)

// Render is one wording as a person reads it. What is not known of them is worded so that
// nobody sees the gap: "Kak", "produk Bestie", "kota Kakak", "toko Kakak".
func (c Campaign) Render(who Candidate, wording int) string {
	text := c.Text
	if wording >= 0 && wording < len(c.Wordings) {
		text = c.Wordings[wording]
	}
	called := strings.TrimSpace("Kak " + who.Person.CallName())
	text = nameVariable.ReplaceAllLiteralString(text, called)
	return strings.NewReplacer(
		"{produk}", cmp.Or(who.Product, "produk Bestie"), "{kota}", cmp.Or(who.City, "kota Kakak"), "{toko}", cmp.Or(who.Shop, "toko Kakak"),
		"{tawaran}", c.Offer, "{batas}", c.Deadline, "{ajakan}", c.Call,
	).Replace(text)
}

// HasOptOut tells that a promo says how to end promos.
func HasOptOut(text string) bool { return optOutLine.MatchString(text) }
