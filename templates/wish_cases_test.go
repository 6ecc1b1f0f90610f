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
