package templates

import (
	"slices"
	"strings"
	"sync"
	"testing"
)

var loaded = sync.OnceValues(Load)

func library(t testing.TB) *Library {
	t.Helper()
	lib, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// TestLibraryTests runs the regression tests that stand in the templates.
func TestLibraryTests(t *testing.T) {
	lib := library(t)
	for _, tp := range lib.Templates() {
		for _, text := range tp.Positive {
			if m := lib.Match(text); m.Intent != tp.Intent {
				t.Errorf("%s: %q is %q, likeliest %v", tp.Intent, text, m.Intent, m.Ranked)
			}
		}
		for _, text := range tp.Negative {
			if m := lib.Match(text); slices.ContainsFunc(m.Parts, func(p Part) bool { return p.Intent == tp.Intent }) {
				t.Errorf("%s: %q must not be, likeliest %v", tp.Intent, text, m.Ranked)
			}
		}
	}
}

func TestMatchParts(t *testing.T) {
	lib := library(t)
	for text, want := range map[string]string{
		"halo kak, ongkir ke bandung brp?":               "ongkir",
		"harganya brp kak? masih ada stok?":              "tanya_harga tanya_stok",
		"brp harga sotonya trus ongkir ke medan berapa":  "tanya_harga ongkir",
		"yang bakso ready kak? ongkir ke bandung brp":    "tanya_stok ongkir",
		"makasih kak, ongkir ke solo berapa?":            "ongkir",
		"makasih kak":                                    "terima_kasih",
		"halo":                                           "salam",
		"p":                                              "salam",
		"assalamualaikum, mau pesan kak gimana caranya?": "cara_order",
		"halo kak, mau refund":                           "+",
		"mau refund kak":                                 "+",
		"barangnya pecah kak":                            "+",
		"STOP":                                           "berhenti",
		"jangan kirim promo lagi":                        "berhenti",
		"stop kontak ada?":                               "+",
		"kapan promo berhenti?":                          "+",
		"👍":                                              "+",
		"":                                               "+",
		"penipu!!":                                       "komplain_marah",
		"saya laporkan ke polisi ya":                     "komplain_marah",
		"tolong sambungkan admin, pesanan saya belum sampai": "bicara_admin status_pesanan",
		"ready kak? kalo order sekarang dikirim kapan":       "tanya_stok +",
		"bisa cod gak kak? ongkirnya berapa ke jogja":        "ongkir +",
		"udah makan belum kak":                               "+",
	} {
		m := lib.Match(text)
		var got []string
		for _, p := range m.Parts {
			got = append(got, p.Intent)
		}
		if m.Rest || len(got) == 0 {
			got = append(got, "+")
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("Match(%q) = %q, want %q; likeliest %v", text, s, want, m.Ranked)
		}
	}
}
