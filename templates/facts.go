package templates

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"bestie/shop"
)

// Place finds the first city or region a message names ("kirim ke bdg" is
// Bandung), else the district or regency that it calls one ("kec. Sukun"); empty
// when it names none.
func Place(text string) string {
	lex := words()
	said := Normalise(text)
	for i := range said {
		for n := min(mostPlaceWords, len(said)-i); n > 0; n-- {
			if place := lex.places[strings.Join(said[i:i+n], " ")]; place != "" {
				return place
			}
		}
	}
	return district(text)
}

// mostPlaceWords is how many words the longest name of a place has: "Ogan Komering
// Ilir".
const mostPlaceWords = 3

// district finds a place by the word before it. The name is as the customer wrote
// it: of the thousands of districts no list is kept.
func district(text string) string {
	all := tokens(text)
	for i, w := range all[:max(0, len(all)-1)] {
		title, name := districts[w], all[i+1]
		if title == "" || len(name) < 4 || strings.ContainsFunc(name, unicode.IsDigit) || notDistricts[name] {
			continue
		}
		if i+2 < len(all) && compass[all[i+2]] {
			name += " " + all[i+2]
		}
		return title + " " + titled(name)
	}
	return ""
}

var (
	districts    = map[string]string{"kecamatan": "Kec.", "kec": "Kec.", "kabupaten": "Kab.", "kab": "Kab.", "kelurahan": "Kel.", "kel": "Kel.", "desa": "Desa"}
	compass      = wordSet("barat timur utara selatan tengah tenggara hulu hilir baru lama kidul lor kulon wetan")
	notDistricts = wordSet("mana apa berapa saya kamu kita kami yang dong nya sama juga atau kota kabupaten kecamatan desa kelurahan nama namanya itu")
)

// ShippingVars fills what the shipping template says: the place named in the
// message and, when the owner has set one, the rate to it. rates is keyed by
// place as the owner writes it; a place may be one that the lexicon does not
// know.
func ShippingVars(text string, rates map[string]shop.Rupiah) Vars {
	said := " " + strings.Join(Normalise(text), " ") + " "
	place := Place(text)
	for _, owner := range slices.Sorted(maps.Keys(rates)) {
		rate := rates[owner]
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

// An order number is what shops and marketplaces use: 8 digits or more in a row, or
// at least 6 signs that mix letters with at least 5 digits.
var (
	longNumber = regexp.MustCompile(`\d{8,}`)
	notAnOrder = regexp.MustCompile(`(?i)^(?:08|628|rp)\d+$|^\d+(?:rb|ribu|k|jt|juta|pcs|kg|gr)$`)
	orderSigns = regexp.MustCompile(`[\p{L}\d][\p{L}\d/-]{5,29}`)
)

// fewestDigits keeps words with a year in them from being order numbers.
const fewestDigits = 5

// OrderNumber finds an order number in a message, as the customer wrote it: no
// amount, no phone number, no date. Empty when there is none.
func OrderNumber(text string) string {
	for _, token := range orderSigns.FindAllString(clip(text, maxText), -1) {
		digits := strings.Count(strings.Map(digitMark, token), "#")
		mixed := strings.ContainsFunc(token, unicode.IsLetter) && digits >= fewestDigits
		if (mixed || longNumber.MatchString(token)) && !notAnOrder.MatchString(token) {
			return token
		}
	}
	return ""
}

func digitMark(r rune) rune {
	if unicode.IsDigit(r) {
		return '#'
	}
	return r
}
