package templates

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// sizes are how people write the units in names of products.
var sizes = map[string]string{
	"g": "gram", "gr": "gram", "grm": "gram", "gram": "gram", "kg": "kg", "kilo": "kg", "kilogram": "kg",
	"ml": "ml", "l": "liter", "lt": "liter", "ltr": "liter", "liter": "liter", "cm": "cm", "ons": "ons",
}

// measured tells that a word of a name is a size or a part of one.
func measured(word string) bool { return sizes[word] == word || digitFirst(word) }

func digitFirst(word string) bool { return word != "" && word[0] >= '0' && word[0] <= '9' }

// productWords are the words of a message or a name in which products are looked
// for: normalised, but with their figures, for "500gr" and "1 kg" are two products.
func productWords(text string) []string {
	if !strings.ContainsFunc(text, unicode.IsDigit) {
		return Normalise(text)
	}
	var out, run []string
	flush := func() {
		if len(run) > 0 {
			out = append(out, Normalise(strings.Join(run, " "))...)
		}
		run = nil
	}
	for _, token := range tokens(text) {
		switch unit := sizes[token]; {
		case digitFirst(token):
			flush()
			letters := strings.TrimLeft(token, "0123456789.,")
			out = append(out, strings.ReplaceAll(token[:len(token)-len(letters)], ",", "."))
			if letters != "" {
				out = append(out, cmp.Or(sizes[letters], letters))
			}
		case unit != "" && len(run) == 0 && len(out) > 0 && digitFirst(out[len(out)-1]):
			out = append(out, unit)
		default:
			run = append(run, token)
		}
	}
	flush()
	return out
}

// otherSize tells that a product comes in a size which is not the one said.
func (c *catalogue) otherSize(product int, said []string) bool {
	name := productWords(c.products[product].Name)
	return namesSize(name) && !slices.ContainsFunc(name, func(w string) bool { return digitFirst(w) && slices.Contains(said, w) })
}

// namesSize tells that words name a size: "500 gram".
func namesSize(words []string) bool {
	for i, w := range words {
		if i > 0 && sizes[w] == w && digitFirst(words[i-1]) {
			return true
		}
	}
	return false
}
