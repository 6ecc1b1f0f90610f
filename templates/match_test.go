package templates

import (
	"runtime"
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
		"makasih kak, ongkir ke solo berapa?":            "terima_kasih ongkir",
		"makasih kak":                                    "terima_kasih",
		"halo":                                           "salam",
		"p":                                              "salam",
		"assalamualaikum, mau pesan kak gimana caranya?": "cara_order",
		"halo kak, mau refund":                           "refund_saja",
		"mau refund kak":                                 "refund_saja",
		"barangnya pecah kak":                            "barang_rusak",
		"STOP":                                           "berhenti",
		"jangan kirim promo lagi":                        "berhenti",
		"stop kontak ada?":                               "+",
		"kapan promo berhenti?":                          "promo_diskon",
		"👍":                                              "+",
		"":                                               "+",
		"penipu!!":                                       "komplain_marah",
		"saya laporkan ke polisi ya":                     "komplain_marah",
		"tolong sambungkan admin, pesanan saya belum sampai": "bicara_admin status_pesanan",
		"ready kak? kalo order sekarang dikirim kapan":       "tanya_stok estimasi_kirim",
		"bisa cod gak kak? ongkirnya berapa ke jogja":        "cod ongkir",
		"udah makan belum kak":                               "+",
		"halo kak, apakah bisa buat acara nikahan?":          "+",
		"makasih kak, kalau bubble wrap nambah berapa ya?":   "+",
		"kak":                    "salam",
		"ya":                     "+",
		"ya kak":                 "+",
		"ya\nkak":                "salam",
		"tolong dong admin":      "bicara_admin",
		"halo min, selamat pagi": "salam",
		"kak mau tanya, ongkir ke bandung berapa ya?":       "ongkir",
		"ongkir ke bandung brp? bisa pakai bubble wrap ga?": "ongkir +",
		"ongkirnya berapa? buat kado nih":                   "ongkir",
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

// TestOptingOutIsNoLikeness: what only sounds like opting out goes to a person,
// however much it sounds like it.
func TestOptingOutIsNoLikeness(t *testing.T) {
	lib := library(t)
	if lib.matcher.isSure(Part{intentOptOut, 1}) || !lib.matcher.isSure(Part{"ongkir", 1}) {
		t.Error("a likeness opts out")
	}
	m := lib.Match("pusing, udah ga mau lagi dapet broadcast gituan, tiap hari masuk terus")
	if m.Ranked[0].Intent != intentOptOut || m.Intent != "" || !m.Rest || m.Menu != nil {
		t.Errorf("understood as %+v", m)
	}
}

// TestTrainingRepeats makes sure that two starts of the program understand alike.
func TestTrainingRepeats(t *testing.T) {
	again, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(library(t).matcher.model.weights, again.matcher.model.weights) {
		t.Error("two trainings on the same library differ")
	}
}

func TestMatchFromManyGoroutines(t *testing.T) {
	lib := library(t)
	texts := []string{"ongkir ke bandung brp?", "harganya berapa", "stok ada?", "mau bicara admin", "STOP"}
	want := make([]Match, len(texts))
	for i, text := range texts {
		want[i] = lib.Match(text)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i, text := range texts {
				if got := lib.Match(text); got.Intent != want[i].Intent || got.Confidence != want[i].Confidence {
					t.Errorf("Match(%q) = %v, alone %v", text, got, want[i])
				}
			}
		})
	}
	wg.Wait()
}

func BenchmarkLoad(b *testing.B) {
	words()
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	var lib *Library
	before := heap()
	for b.Loop() {
		var err error
		if lib, err = Load(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(heap()-before)/(1<<20), "MB-kept")
	runtime.KeepAlive(lib)
}

func BenchmarkMatch(b *testing.B) {
	lib := library(b)
	texts := []string{
		"halo kak, ongkir ke bandung brp?", "harganya brp kak? masih ada stok?", "makasih kak",
		"Halo, pesanan saya #123456789 sudah seminggu lebih belum sampai, statusnya masih sedang dikemas. tolong bantu cek",
	}
	i := 0
	for b.Loop() {
		lib.Match(texts[i%len(texts)])
		i++
	}
}

func BenchmarkMatchLongest(b *testing.B) {
	lib := library(b)
	long := strings.Repeat("halo kak, mau tanya ongkir dan harga bakso berapa? ", 81)
	for b.Loop() {
		lib.Match(long)
	}
}

func TestThanksBeforeAQuestion(t *testing.T) {
	t.Parallel()
	lib := library(t)
	for text, want := range map[string]string{
		"makasih ya kak. ongkir ke tegal berapa?":     "terima_kasih ongkir",
		"terima kasih infonya kak, terus bisa cod ga": "terima_kasih cod",
		"suwun mbak, ongkir ke solo piro":             "terima_kasih ongkir",
		"ongkir ke tegal berapa kak, makasih":         "ongkir",
		"makasih kak, tapi barangnya pecah":           "barang_rusak",
		"terima cod ga kak":                           "cod",
		"makasih banyak ya kak":                       "terima_kasih",
		"oke kak, ongkir ke tegal berapa":             "ongkir",
	} {
		m := lib.Match(text)
		var got []string
		for _, p := range m.Parts {
			got = append(got, p.Intent)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
		if len(got) > 1 && m.Intent == intentThanks {
			t.Errorf("%q is about thanks", text)
		}
	}
}
