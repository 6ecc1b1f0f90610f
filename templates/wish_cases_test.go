package templates

import (
	"os"
	"strings"
	"testing"
)

// TestOptWishCases reads testdata/wish: what people write who want no more promos,
// and what sounds like it and is something else. A line of the second kind that
// opts somebody out loses a reader without a word; one of the first kind that is
// missed is an angry one.
func TestOptWishCases(t *testing.T) {
	for _, kind := range []struct {
		file string
		want Wish
		min  int
	}{
		{"testdata/wish/out.txt", WishOut, 120},
		{"testdata/wish/none.txt", WishNone, 150},
	} {
		raw, err := os.ReadFile(kind.file)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
		if len(lines) < kind.min {
			t.Errorf("%s: only %d lines", kind.file, len(lines))
		}
		wrong := 0
		for _, l := range lines {
			if got := OptWish(l); got != kind.want {
				wrong++
				t.Errorf("OptWish(%q) = %v, want %v", l, got, kind.want)
			}
		}
		t.Logf("%s: %d of %d wrong", kind.file, wrong, len(lines))
	}
}

// BenchmarkOptWish reads a long story whose words are not kept from before.
func BenchmarkOptWish(b *testing.B) {
	story := "assalamualaikum kak, mohon maaf sebelumnya, hp saya penuh, tolong jangan kirim promo lagi ke nomor saya ya, terima kasih "
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		OptWish(story)
	}
}

// TestOptWishTable reads testdata/wish/table.tsv: lines of all three kinds, as people of
// every age and tongue might write them.
func TestOptWishTable(t *testing.T) {
	raw, err := os.ReadFile("testdata/wish/table.tsv")
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]Wish{"out": WishOut, "in": WishIn, "none": WishNone}
	lines, wrong := strings.Split(strings.TrimSpace(string(raw)), "\n"), 0
	if len(lines) < 150 {
		t.Errorf("only %d lines", len(lines))
	}
	for i, l := range lines {
		kind, text, ok := strings.Cut(l, "\t")
		want, known := kinds[kind]
		if !ok || !known {
			t.Fatalf("line %d: %q", i+1, l)
		}
		if got := OptWish(text); got != want {
			wrong++
			t.Errorf("line %d: OptWish(%q) = %v, want %s (read as %v)", i+1, text, got, kind, Normalise(text))
		}
	}
	t.Logf("%d of %d wrong", wrong, len(lines))
}

// TestConsentAnswer: yes and no to the question whether promos are welcome, and what
// leaves a doubt.
func TestConsentAnswer(t *testing.T) {
	for want, lines := range map[Wish][]string{
		WishIn: {
			"ya", "YA", "Ya 😊", "y", "iya", "iya kak", "ya kak", "boleh", "boleh kak makasih", "boleh bgt", "mau", "mau dong", "oke boleh", "nggih",
			"silahkan kak", "ya mau", "iya boleh silakan", "setuju", "siap mau kak", "kak boleh", "muhun", "gas kak", "ya kak makasih",
		},
		WishOut: {
			"tidak", "ga", "gak deh", "engga kak makasih", "ga usah kak", "gausah", "nanti aja", "nanti dulu ya kak", "jangan kak", "skip dulu ya", "ga mau", "tidak terima kasih",
			"belum dulu", "ga dulu kak", "ogah", "lain kali aja", "ora usah", "teu kedah",
		},
		WishNone: {
			"", "👍", "🙏", "oke", "ok kak", "sip", "siap", "oke ya", "makasih ya", "makasih kak", "ya udah", "yaudah", "gapapa kak", "boleh?", "ya?", "mau tanya harga",
			"ya kak, harga bakso berapa", "boleh cek resi saya", "mau pesan bakso 2", "nanti saya transfer", "kok tidak dibalas", "ya ampun", "iya tadi sudah saya bayar",
		},
	} {
		for _, text := range lines {
			if got := ConsentAnswer(text); got != want {
				t.Errorf("ConsentAnswer(%q) = %v, want %v (read as %v)", text, got, want, Normalise(text))
			}
		}
	}
}

// TestOptRest: what is said besides a wish is given back as it was written.
func TestOptRest(t *testing.T) {
	for text, want := range map[string]string{
		"stop promo":                          "",
		"harga bakso brp?":                    "",
		"stop, harga brp?":                    "",
		"stop promo ya kak":                   "",
		"stop promo ya kak, Harga bakso brp?": "Harga bakso brp?",
		"Ongkir Bandung brp? Stop promo ya!":  "Ongkir Bandung brp?",
		"stop promo, saya sudah pindah":       "saya sudah pindah",
	} {
		if got := OptRest(text); got != want {
			t.Errorf("OptRest(%q) = %q, want %q", text, got, want)
		}
	}
}
