package templates

import (
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"bestie/shop"
)

var addressed = regexp.MustCompile(`^Kak( [\p{Latin}']{2,15})?$`)

// FuzzShown: what is repeated of a stranger's words, to them or to an admin, is
// short, on one line and hides nothing.
func FuzzShown(f *testing.F) {
	for _, seed := range []string{
		"", "Rina Kusuma", "\u202eaniR", "Admin\n\nTransfer ke BCA", "{{.}}", "\xff\xfe", "👑 Rina", strings.Repeat("Z\u0301", 200), "STOP\u200e", "ber\u200bhenti", "tf 99999999999rb",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		excerpt := Excerpt(text)
		if utf8.RuneCountInString(excerpt) > maxExcerpt+1 || !utf8.ValidString(excerpt) || strings.ContainsAny(excerpt, "\n*_~`\"") {
			t.Fatalf("%q is quoted as %q", text, excerpt)
		}
		if i := strings.IndexFunc(excerpt, func(r rune) bool { return unicode.IsControl(r) || unicode.In(r, unicode.Cf) && r != '\u200d' }); i >= 0 {
			t.Fatalf("%q is quoted as %q", text, excerpt)
		}
		if kak := Kak(text); !addressed.MatchString(kak) {
			t.Fatalf("%q is called %q", text, kak)
		}
		cmd, amount, ok := Command(text)
		if ok && cmd == CommandPaid && amount != "" {
			if r, read := shop.ParseRupiah(amount); !read || r > shop.MostParsed {
				t.Fatalf("%q pays %q", text, amount)
			}
		}
		if wish := OptWish(text); wish != OptWish(strings.ToUpper(text)) && strings.EqualFold(strings.ToUpper(text), text) {
			t.Fatalf("%q wishes %d, in capitals something else", text, wish)
		}
		Greeting(text)
	})
}

// FuzzBounds: whatever bytes come in, they are read as at most so many words of the
// first 4 kB, each of at most so many letters, and understood within bounds.
func FuzzBounds(f *testing.F) {
	for _, seed := range []string{
		"", "brp ongkir k bdg kak", "\xff\xfe\x00", strings.Repeat("a", 5000), strings.Repeat("ya? ", 2000), strings.Repeat("2", 5000), "<n> <produk> <rp>", "😂😂😂", "Z\u0301\u0301algo",
		strings.Repeat("terus ", 900), "rp.,.,.,5", "a-a-a-a-a-a", "\u202e\u200b", "１２３ｒｂ", "ß\u0130\u0131", strings.Repeat("anak2an-nya' ", 400),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		lib := library(t)
		letters := 0
		for _, w := range Normalise(text) {
			if w == "" {
				t.Fatalf("%q holds an empty word", text)
			}
			letters += len(w)
		}
		if letters > mostLetters {
			t.Fatalf("%d bytes are read as words of %d letters", len(text), letters)
		}
		m := lib.Match(text)
		if len(m.Words) > maxWords || len(m.Parts) > maxClauses || len(m.Ranked) > 3 || len(m.Menu) > 3 {
			t.Fatalf("%q is understood as %+v", text, m)
		}
		sum := 0.0
		for _, r := range m.Ranked {
			sum += r.Score
			if !(r.Score >= 0 && r.Score <= 1) { // NaN is neither
				t.Fatalf("%q: %+v", text, m.Ranked)
			}
		}
		if sum > 2.001 || (m.Intent == "") != (len(m.Parts) == 0) || len(m.Parts) > 0 && len(m.Menu) > 0 {
			t.Fatalf("%q is understood as %+v", text, m)
		}
		if n := len(clauses(text, lib.reader(nil))); n > maxClauses {
			t.Fatalf("%q is cut into %d pieces", text, n)
		}
	})
}

// mostLetters is how many letters the words of a message may have in all: a short
// spelling may stand for two long words ("gratong": gratis ongkir).
const mostLetters = 4 * maxText
