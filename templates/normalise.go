package templates

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxText is how much of a message is looked at, in bytes. Nobody asks a
// question in the second page of a text, and it bounds the work.
const maxText = 4096

// Numbers say little about a wish except that there is one: they are replaced by
// what they look like.
const (
	numberMask = "<n>"    // a count, an hour, a date
	moneyMask  = "<rp>"   // an amount
	codeMask   = "<kode>" // an order or tracking number
	placeMask  = "<kota>"
	// A product's name says what is asked about, not what is asked: the matcher
	// reads "harga bakso" and "harga gamis" alike.
	productMask = "<produk>"
)

// Normalise turns a message into plain words: lower case, repeated letters
// squeezed, numbers masked, chat spellings resolved (words/forms.txt). Emoji and
// punctuation are dropped. Words are not yet stemmed: rules read this form. The
// caller must not change the words: a dozen rules ask for the same text, and for
// every product's name with every message, so they are kept for a while.
func Normalise(text string) []string {
	text = clip(text, maxText)
	if said, ok := normalised.get(text); ok {
		return said
	}
	said := normalise(text)
	normalised.put(text, said)
	return said
}

func normalise(text string) []string {
	lex := words()
	var out []string
	for _, token := range tokens(text) {
		if n := len(out); n > 0 && out[n-1] == numberMask && moneyUnits[token] {
			out[n-1] = moneyMask
			continue
		}
		out = lex.resolve(out, token)
	}
	return slices.Clip(out)
}

// moneyUnits follow a number that is an amount: "150rb", "150 ribu".
var moneyUnits = map[string]bool{"rb": true, "rbu": true, "ribu": true, "k": true, "jt": true, "juta": true}

// tokens cuts a text into lower-case runs of letters and digits. A dot or comma
// between two digits, and a hyphen or apostrophe between two letters, stay
// inside: "150.000", "kira-kira".
func tokens(text string) []string {
	text = clip(text, maxText)
	var out []string
	var b strings.Builder
	flush := func() {
		if b.Len() > 0 {
			out = append(out, b.String())
			b.Reset()
		}
	}
	rs := []rune(strings.ToLower(text))
	for i, r := range rs {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		case i > 0 && i+1 < len(rs) && (r == '.' || r == ',') && unicode.IsDigit(rs[i-1]) && unicode.IsDigit(rs[i+1]):
			b.WriteRune(r)
		case i > 0 && i+1 < len(rs) && (r == '-' || r == '\'' || r == '’') && unicode.IsLetter(rs[i-1]) && unicode.IsLetter(rs[i+1]):
			b.WriteRune('-')
		case unicode.In(r, unicode.Mn, unicode.Cf): // an accent written apart, an invisible sign: part of its letter
		default:
			flush()
		}
	}
	flush()
	return out
}

// clip cuts a text to at most n bytes, at a rune boundary.
func clip(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// resolve appends what a token means.
func (l *lexicon) resolve(out []string, token string) []string {
	if first, second, hyphen := strings.Cut(token, "-"); hyphen {
		if whole := first + second; l.forms[whole] != nil || l.known(whole) {
			return l.resolve(out, whole) // "assalamu'alaikum"
		}
		out = l.resolve(out, first)
		if second == first || strings.HasPrefix(second, first) {
			return out // "kira-kira", "lama-lamanya": said twice, meant once
		}
		return l.resolve(out, second)
	}
	if strings.ContainsFunc(token, unicode.IsDigit) {
		return l.resolveNumber(out, token)
	}
	for _, spelling := range [...]string{token, squeeze(token, 2), squeeze(token, 1)} {
		if meaning, ok := l.forms[spelling]; ok {
			return append(out, meaning...)
		}
		if l.known(spelling) {
			return append(out, spelling)
		}
	}
	return append(out, squeeze(token, 2))
}

// known tells that a spelling is a word of its own.
func (l *lexicon) known(word string) bool {
	return l.roots[word] || l.concepts[word] != nil || l.places[word] != ""
}

// resolveNumber masks a token with digits: "150rb", "5pcs", "240611abcd". The
// chat's "2" for a doubled word ("anak2", "jgn2") is dropped.
func (l *lexicon) resolveNumber(out []string, token string) []string {
	letters := strings.TrimLeft(token, "0123456789.,")
	digits := token[:len(token)-len(letters)]
	if digits == "" {
		if base, doubled := strings.CutSuffix(token, "2"); doubled && !strings.ContainsFunc(base, unicode.IsDigit) {
			return l.resolve(out, base)
		}
		if rest, rp := strings.CutPrefix(token, "rp"); rp && rest != "" && strings.Trim(rest, "0123456789.,") == "" {
			return append(out, moneyMask)
		}
		return append(out, codeMask)
	}
	switch {
	case letters == "":
		return append(out, maskDigits(digits))
	case moneyUnits[letters]:
		return append(out, moneyMask)
	}
	if strings.ContainsFunc(letters, unicode.IsDigit) || len(digits) > 3 {
		return append(out, codeMask)
	}
	return l.resolve(append(out, numberMask), letters)
}

// maskDigits tells a count from an amount from a long number by its length.
func maskDigits(digits string) string {
	parts := strings.FieldsFunc(digits, func(r rune) bool { return r == '.' || r == ',' })
	last, n := parts[len(parts)-1], len(digits)
	switch {
	case len(parts) > 1 && len(last) == 3 && n <= 12, len(parts) == 1 && n >= 5 && n <= 7:
		return moneyMask // "150.000", "150000"
	case n < 5 || len(parts) > 1:
		return numberMask // "2", "12.12", "1,5"
	}
	return codeMask
}

// squeeze shortens runs of one letter to at most n: "haloooo" to "halo".
func squeeze(word string, n int) string {
	var b strings.Builder
	var last rune
	run := 0
	for _, r := range word {
		if r == last {
			run++
		} else {
			last, run = r, 1
		}
		if run <= n {
			b.WriteRune(r)
		}
	}
	return b.String()
}
