package templates

import (
	"strings"
	"unicode"

	"bestie/shop"
)

// Place finds the first city or region a message names ("kirim ke bdg" is
// Bandung); empty when it names none that the lexicon knows.
func Place(text string) string {
	lex := words()
	said := Normalise(text)
	for i, w := range said {
		if i+1 < len(said) {
			if place := lex.places[w+" "+said[i+1]]; place != "" {
				return place
			}
		}
		if place := lex.places[w]; place != "" {
			return place
		}
	}
	return ""
}

// ShippingVars fills what the shipping template says: the place named in the
// message and, when the owner has set one, the rate to it. rates is keyed by
// place as the owner writes it; a place may be one that the lexicon does not
// know.
func ShippingVars(text string, rates map[string]shop.Rupiah) Vars {
	said := " " + strings.Join(Normalise(text), " ") + " "
	place := Place(text)
	for owner, rate := range rates {
		if strings.EqualFold(Place(owner), place) && place != "" ||
			strings.Contains(said, " "+strings.Join(Normalise(owner), " ")+" ") {
			return Vars{VarCity: titled(owner), VarCityRate: rate.String()}
		}
	}
	if place == "" {
		return Vars{}
	}
	return Vars{VarCity: place}
}

// titled writes every word with a large first letter: "banda aceh".
func titled(name string) string {
	parts := strings.Fields(name)
	for i, p := range parts {
		parts[i] = capital(p)
	}
	return strings.Join(parts, " ")
}

// OrderNumber finds an order number: a run of at least 6 letters and digits, at
// least 5 of them digits, that is no amount and no phone number. It is repeated
// to the customer as they wrote it.
func OrderNumber(text string) string {
	for _, token := range strings.FieldsFunc(clip(text, maxText), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '/' && r != '-'
	}) {
		digits := 0
		for _, r := range token {
			if unicode.IsDigit(r) {
				digits++
			}
		}
		phone := strings.HasPrefix(token, "08") || strings.HasPrefix(token, "628")
		if digits >= 5 && len(token) >= 6 && len(token) <= 30 && !phone {
			return token
		}
	}
	return ""
}
