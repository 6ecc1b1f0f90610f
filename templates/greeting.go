package templates

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Greeting answers the customer's own greeting in kind: "Waalaikumsalam" to
// assalamualaikum, "Selamat pagi" to "pagi kak", else "Halo".
func Greeting(text string) string {
	said := Normalise(text)
	switch {
	case slices.Contains(said, "assalamualaikum"):
		return "Waalaikumsalam"
	case slices.Contains(said, "malam") && !slices.Contains(said, "minggu"):
		return "Selamat malam"
	}
	for _, part := range [...]string{"pagi", "siang", "sore"} {
		if slices.Contains(said, part) {
			return "Selamat " + part
		}
	}
	return "Halo"
}

// Words that greet at the beginning of a message, and the times of the day, which
// do so only with a greeting before or somebody addressed after them: "sore ini
// dikirim?" asks.
var (
	greets  = wordSet("halo assalamualaikum permisi selamat hola misi sampurasun waalaikumsalam")
	dayTime = wordSet("pagi siang sore malam")
)

// withoutGreeting takes the greeting off the words of a message that goes on: a
// short question must not drown in a long greeting. A message that only greets
// stays as it is.
func withoutGreeting(said []string) []string {
	start, greeted := 0, false
	for i, w := range said {
		addressed := i+1 < len(said) && callers[said[i+1]]
		switch {
		case greets[w], dayTime[w] && (greeted || addressed):
			start, greeted = i+1, true
		case greeted && callers[w]:
			start = i + 1
		default:
			return said[start:]
		}
	}
	return said
}

// notNames begin names that are no person's: shops and titles.
var notNames = wordSet(`toko olshop shop store official admin cs grosir agen warung kedai pt cv ud kak kakak bu ibu pak
	bapak mas mbak bang mama mamah papa bunda ayah umi ummi abi om tante user akun pelanggan customer the si ini`)

// Kak addresses somebody: "Kak Rina", or "Kak" when the name says nothing. A
// push name is chosen by its owner, so only a first word that looks like a name
// is used: letters, 2 to 15 of them, no shop, no title.
func Kak(name string) string {
	for _, word := range strings.Fields(clip(name, 200)) {
		word = strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) })
		if n := utf8.RuneCountInString(word); n == 0 {
			continue
		} else if n < 2 || n > 15 || notNames[strings.ToLower(word)] ||
			strings.ContainsFunc(word, func(r rune) bool { return !unicode.In(r, unicode.Latin) && r != '\'' }) {
			break
		}
		return "Kak " + capital(strings.ToLower(word))
	}
	return "Kak"
}
