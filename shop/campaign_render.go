package shop

import (
	"cmp"
	"regexp"
	"strings"
)

// promoVariable is a variable, {nama} with the "Kak" that may stand before it.
var promoVariable = regexp.MustCompile(`(?i)(?:\b(?:kak|kakak|kk) +)?\{nama\}|\{(?:produk|kota|toko|tawaran|batas|ajakan)\}`)

// kakBefore is the "Kak" that people put into their own name.
var kakBefore = regexp.MustCompile(`(?i)^(?:kakak|kak|kk)\b[ .]*`)

// Render is one wording as a person reads it. What is not known of them is worded so that
// nobody sees the gap: "Kak", "produk Bestie", "kota Kakak", "toko Kakak". Braces in what
// is filled in stay as they are: a name is no variable.
func (c Campaign) Render(who Candidate, wording int) string {
	text := c.Text
	if wording >= 0 && wording < len(c.Wordings) {
		text = c.Wordings[wording]
	}
	return promoVariable.ReplaceAllStringFunc(text, func(variable string) string {
		switch strings.ToLower(variable) {
		case "{produk}":
			return cmp.Or(who.Product, "produk Bestie")
		case "{kota}":
			return cmp.Or(who.City, "kota Kakak")
		case "{toko}":
			return cmp.Or(who.Shop, "toko Kakak")
		case "{tawaran}":
			return c.Offer
		case "{batas}":
			return c.Deadline
		case "{ajakan}":
			return c.Call
		}
		return strings.TrimSpace("Kak " + kakBefore.ReplaceAllString(who.Person.CallName(), ""))
	})
}

// HasOptOut tells that a promo says how to end promos.
func HasOptOut(text string) bool { return optOutLine.MatchString(text) }
