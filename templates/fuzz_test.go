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
