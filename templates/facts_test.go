package templates

import (
	"testing"

	"bestie/shop"
)

func TestShippingVars(t *testing.T) {
	rates := map[string]shop.Rupiah{"bandung": 12_000, "Kota Wisata": 9_000, "banda aceh": 55_000}
	for text, want := range map[string]Vars{
		"ongkir ke bdg brp":        {VarCity: "Bandung", VarCityRate: "Rp12.000"},
		"ongkir ke Bandung":        {VarCity: "Bandung", VarCityRate: "Rp12.000"},
		"kirim ke kota wisata":     {VarCity: "Kota Wisata", VarCityRate: "Rp9.000"},
		"ke aceh berapa":           {VarCity: "Banda Aceh", VarCityRate: "Rp55.000"},
		"ongkir ke sby":            {VarCity: "Surabaya"},
		"ongkirnya berapa":         {},
		"ongkir ke bandar lampung": {VarCity: "Bandar Lampung"},
	} {
		got := ShippingVars(text, rates)
		if got[VarCity] != want[VarCity] || got[VarCityRate] != want[VarCityRate] {
			t.Errorf("ShippingVars(%q) = %v, want %v", text, got, want)
		}
	}
}

func TestOrderNumber(t *testing.T) {
	for text, want := range map[string]string{
		"status order 240611ABCD gimana": "240611ABCD", "pesanan #123456789 mana": "123456789", "INV/20261122/001": "INV/20261122/001",
		"udah bayar 150000": "", "hp saya 081234567890": "", "628123456789": "", "harga 25.000": "", "5 pcs": "", "": "", "tgl 12-11": "", "tanggal 12-11-2026": "", "transfer 150000rb": "", "Rp150000": "", "2406XYZ99 gimana": "2406XYZ99",
	} {
		if got := OrderNumber(text); got != want {
			t.Errorf("OrderNumber(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestKak(t *testing.T) {
	for name, want := range map[string]string{
		"Rina": "Kak Rina", "rina wati": "Kak Rina", "RINA": "Kak Rina", "✨Rina✨": "Kak Rina", "🌸 Siti 🌸": "Kak Siti", "": "Kak", "Toko Berkah": "Kak",
		"Bu Ani": "Kak", "Kak Rina": "Kak", "🙂": "Kak", "6281200000001": "Kak", "A": "Kak", "Рина": "Kak", "user123": "Kak", "Supercalifragilistic": "Kak",
	} {
		if got := Kak(name); got != want {
			t.Errorf("Kak(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestGreeting(t *testing.T) {
	for text, want := range map[string]string{
		"assalamualaikum kak": "Waalaikumsalam", "pagi kak": "Selamat pagi", "met mlm min": "Selamat malam", "halo": "Halo", "": "Halo",
		"selamat siang, ongkir berapa": "Selamat siang",
	} {
		if got := Greeting(text); got != want {
			t.Errorf("Greeting(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestExcerpt(t *testing.T) {
	long := "kak saya mau tanya soal pesanan saya yang kemarin itu sampai sekarang belum juga datang padahal sudah lima hari"
	for text, want := range map[string]string{
		"halo": "halo", " a\n\nb ": "a b", "*tebal* _miring_ \"kutip\"": "tebal miring kutip", "": "", "\u202eabc": "abc",
		long: "kak saya mau tanya soal pesanan saya yang kemarin itu sampai sekarang belum…",
	} {
		if got := Excerpt(text); got != want {
			t.Errorf("Excerpt(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestPlace(t *testing.T) {
	for text, want := range map[string]string{
		"ongkir k bdg brp": "Bandung", "kirim ke sby": "Surabaya", "ke jogja bisa?": "Yogyakarta", "jkt berapa": "Jakarta", "jaksel": "Jakarta Selatan",
		"ke jakarta selatan": "Jakarta Selatan", "tangsel": "Tangerang Selatan", "ongkir tangerang selatan": "Tangerang Selatan", "mks": "Makassar", "plg": "Palembang",
		"bpn": "Balikpapan", "smg": "Semarang", "ke bandar lampung": "Bandar Lampung", "nusa tenggara timur": "NTT", "ogan komering ilir": "Ogan Komering Ilir",
		"labuan bajo": "Labuan Bajo", "pare pare": "Parepare", "ke pare-pare": "Parepare", "kalimantan timur": "Kalimantan Timur", "kaltim": "Kalimantan Timur",
		"kec. Sukun": "Kec. Sukun", "kecamatan sukun malang": "Malang", "kab. paser": "Kab. Paser", "kec cibiru hilir": "Kec. Cibiru Hilir", "desa sukamaju": "Desa Sukamaju",
		"kecamatan mana kak": "", "kec": "", "kec 12": "", "ongkirnya berapa": "", "": "",
	} {
		if got := Place(text); got != want {
			t.Errorf("Place(%q) = %q, want %q", text, got, want)
		}
	}
}

// A place that the chat's own words or another list would swallow is not reached.
func TestPlacesAreReached(t *testing.T) {
	lex := words()
	for spelling, name := range lex.places {
		if got := Place("ongkir ke " + spelling + " berapa kak"); got != name {
			t.Errorf("%q is read as %q, not %q (words: %v)", spelling, got, name, Normalise(spelling))
		}
		if lex.concepts[spelling] != nil {
			t.Errorf("%q is a concept too: %v", spelling, lex.concepts[spelling])
		}
	}
	if n := len(lex.places); n < 400 {
		t.Errorf("%d spellings of places", n)
	}
}
