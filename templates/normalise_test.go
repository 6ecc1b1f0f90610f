package templates

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestNormalise(t *testing.T) {
	for text, want := range map[string]string{
		"Brp hrg nya sis":             "berapa harga nya sis",
		"haloooo kaaak":               "halo kak",
		"udh tf 150rb":                "sudah transfer <rp>",
		"Rp150.000 ya":                "<rp> ya",
		"beli 5pcs":                   "beli <n> pcs",
		"jgn2 kirim":                  "jangan kirim",
		"anak2":                       "anak",
		"kira-kira":                   "kira",
		"order 240611ABCD":            "order <kode>",
		"no. 123456789":               "nomor <kode>",
		"promo 12.12":                 "promo <n>",
		"150 ribu":                    "<rp>",
		"gratong ga?":                 "gratis ongkir tidak",
		"":                            "",
		"👍👍":                          "",
		"ga mau":                      "tidak mau",
		"assalamu'alaikum wr wb":      "assalamualaikum wr wb",
		"gimana\ncaranya":             "bagaimana caranya",
		strings.Repeat("a", 5000):     "aa",
		"cafe\u0301 ongkirnyaaa brpp": "cafe ongkir berapa",
	} {
		got := strings.Join(Normalise(text), " ")
		if got != want {
			t.Errorf("Normalise(%.40q) = %q, want %q", text, got, want)
		}
	}
}

func TestStem(t *testing.T) {
	lex := words()
	for word, want := range map[string]string{
		"dikirimkan": "kirim", "pengirimannya": "pengiriman", "mengirim": "kirim", "kirimnya": "kirim", "harganya": "harga", "pembayaran": "pembayaran",
		"memesan": "pesan", "menunggu": "tunggu", "nungguin": "tunggu", "membatalkan": "batal", "dibatalkan": "batal", "pembatalan": "batal",
		"dimensi": "dimensi", "halo": "halo", "<n>": "<n>", "ya": "ya", "menukar": "tukar", "ditukar": "tukar", "nyampein": "sampai", "terlambat": "lambat",
	} {
		if got := lex.stem(word); got != want {
			t.Errorf("stem(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestNormaliseTwiceIsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		said := Normalise(rapid.StringOfN(rapid.RuneFrom([]rune("abgiknorstuy 0129.,-?!\n👍")), 0, 60, -1).Draw(t, "text"))
		for _, w := range said {
			if w == "" || strings.ContainsAny(w, " .,?!\n") && w[0] != '<' {
				t.Fatalf("word %q of %q", w, said)
			}
		}
		if again := Normalise(strings.Join(slices.DeleteFunc(slices.Clone(said), func(w string) bool { return w[0] == '<' }), " ")); len(again) > 2*len(said) {
			t.Fatalf("%q grows to %q", said, again)
		}
	})
}

// FuzzMatch reads any bytes: no panic, a confidence between 0 and 1, and an
// opt-out only by the rule.
func FuzzMatch(f *testing.F) {
	lib := library(f)
	for _, seed := range []string{"", "halo kak", "\xff\xfe", "ongkir ke bandung brp?", "12.12-12,", "a-b'c", "👍", strings.Repeat("stop kontak ", 400), "\u0301\u200d", "2 2 2"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m := lib.Match(text)
		if m.Confidence < 0 || m.Confidence > 1.0001 || m.Confidence != m.Confidence {
			t.Fatalf("confidence %v", m.Confidence)
		}
		if m.Intent == intentOptOut && OptWish(text) != WishOut {
			t.Fatalf("%q opts out by likeness", text)
		}
		if len(m.Parts) > maxClauses || len(m.Words) > maxText*3 {
			t.Fatalf("unbounded: %d parts, %d words", len(m.Parts), len(m.Words))
		}
		Angry(text)
		Goodbye(text)
		Command(text)
		Excerpt(text)
		ProductVars(text, shelfOfThree, shopTopic, false)
		ShippingVars(text, nil)
		OrderNumber(text)
	})
}
