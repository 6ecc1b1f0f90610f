package templates

import "testing"

func TestScore(t *testing.T) {
	for text, want := range map[string]int{
		"5": 5, "1": 1, " 4 ": 4, "5 kak makasih": 5, "5 kak makasih ya adminnya ramah": 5, "nilai 4 ya": 4, "4/5": 4, "5 dari 5": 5, "kasih bintang 5 deh": 5,
		"⭐⭐⭐⭐": 4, "⭐⭐⭐⭐⭐ mantap": 5, "😍": 5, "😡": 1, "😡😡": 1, "🙂": 4, "☹️": 2, "puas": 4, "puas banget kak": 5, "sangat puas": 5, "ga puas": 1,
		"kurang puas kak": 2, "lumayan": 3, "kecewa banget": 1, "biasa aja": 3, "5.": 5, "5!": 5, "mksh kak 5": 5,
		"6": 0, "0": 0, "10": 0, "4,5": 0, "5 pcs ya": 0, "pesan 5": 0, "5 atau 4": 0, "5?": 0, "halo kak": 0, "harga bakso berapa": 0, "😍😡": 0, "👍": 0,
		"makasih kak": 0, "mau 2 lagi": 0, "⭐⭐⭐⭐⭐⭐": 0, "": 0, "12345": 0, "saya puas tapi paketnya belum sampai": 0,
	} {
		got, ok := Score(text)
		if got != want || ok != (want > 0) {
			t.Errorf("Score(%q) = %d, %v; want %d", text, got, ok, want)
		}
	}
}

func TestMistyped(t *testing.T) {
	list := []string{"ambil", "balas", "oper", "nanti", "selesai", "antrian", "bot"}
	for word, want := range map[string]string{
		"anbil": "ambil", "ambl": "ambil", "bals": "balas", "slesai": "selesai", "selsei": "selesai", "opr": "", "opere": "oper", "antrain": "antrian",
		"bit": "", "bulan": "", "saya": "", "nnati": "nanti", "ambil": "ambil",
	} {
		if got := Mistyped(word, list); got != want {
			t.Errorf("Mistyped(%q) = %q, want %q", word, got, want)
		}
	}
}
