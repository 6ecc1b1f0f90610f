package templates

import (
	"slices"
	"testing"

	"bestie/shop"
)

func TestChoices(t *testing.T) {
	titles := []string{"Cek ongkir", "Tanya harga", "Cek pesanan saya"}
	for text, want := range map[string][]int{
		"1": {1}, "satu": {1}, "no 1": {1}, "no1": {1}, "yang pertama": {1}, "nomor dua kak": {2}, "2 aja kak": {2}, "3.": {3}, "nomer 3 ya min": {3},
		"yg ke 2": {2}, "ke-2": {2}, "pilih 1 dan 3": {1, 3}, "cek ongkir": {1}, "Tanya harga kak": {2}, "0": {0}, "nol": {0},
		"4": nil, "2 pcs": nil, "12": nil, "bakso 2": nil, "": nil, "kak": nil, "1 kg berapa": nil, "yang merah": nil, "mau 2 bungkus": nil,
	} {
		if got := Choices(text, titles); !slices.Equal(got, want) {
			t.Errorf("%q chooses %v, want %v", text, got, want)
		}
	}
}

func TestGiven(t *testing.T) {
	products := []shop.Product{{Name: "Bakso Urat"}, {Name: "Soto Ayam"}}
	for _, tt := range []struct {
		kind  FieldKind
		asked bool
		text  string
		want  string
	}{
		{FieldOrder, false, "no pesanan 230918ABCDEF kak", "230918ABCDEF"},
		{FieldOrder, false, "hp saya 081234567890", ""},
		{FieldOrder, false, "12345", ""},
		{FieldOrder, true, "12345 kak", "12345"},
		{FieldOrder, true, "harga bakso berapa", ""},
		{FieldPhone, false, "hp 0812-3456-7890 ya", "0812-3456-7890"},
		{FieldPhone, false, "+62 812 3456 7890", "+62 812 3456 7890"},
		{FieldPhone, true, "12345", ""},
		{FieldNumber, false, "bakso 3 bungkus", "3"},
		{FieldNumber, false, "jam 3", ""},
		{FieldNumber, true, "dua aja", "2"},
		{FieldNumber, true, "kayaknya 10", "10"},
		{FieldNumber, true, "belum tau", ""},
		{FieldProduct, false, "bakso urat dong", "Bakso Urat"},
		{FieldProduct, true, "cilok kuah", "cilok kuah"},
		{FieldProduct, true, "ada apa aja?", ""},
		{FieldPlace, false, "kirim ke bdg", "Bandung"},
		{FieldPlace, true, "kec. Cicendo, Bandung", "kec. Cicendo, Bandung"},
		{FieldPlace, true, "ongkirnya berapa", ""},
		{FieldName, false, "atas nama Rina Wati ya kak", "Rina Wati"},
		{FieldName, false, "nomor 123456 a.n. Beni Hartono", "Beni Hartono"},
		{FieldName, false, "an. Siti", "Siti"},
		{FieldName, false, "saya Rina", "Rina"},
		{FieldName, false, "nama saya budi", "Budi"},
		{FieldName, false, "halo kak saya Dewi mau tanya", "Dewi"},
		{FieldName, false, "saya mau pesan", ""},
		{FieldName, false, "saya bingung", ""},
		{FieldName, false, "saya belum terima paketnya", ""},
		{FieldName, true, "Rina", "Rina"},
		{FieldName, true, "bu dewi lestari", "Dewi Lestari"},
		{FieldName, true, "emang kenapa?", ""},
		{FieldAddress, false, "Jl. Mawar 3 RT 02 Cicendo", "Jl. Mawar 3 RT 02 Cicendo"},
		{FieldAddress, false, "mau pesan dua bungkus ya", ""},
		{FieldAddress, true, "Perumahan Griya Indah nomor 5", "Perumahan Griya Indah nomor 5"},
		{FieldText, true, "Toko Melati", "Toko Melati"},
		{FieldText, false, "Toko Melati", ""},
		{FieldPhoto, true, "ini fotonya", ""},
	} {
		if got := Given(tt.kind, tt.text, tt.asked, products); got != tt.want {
			t.Errorf("%s (asked %v) of %q is %q, want %q", tt.kind, tt.asked, tt.text, got, tt.want)
		}
	}
}

func TestDeclines(t *testing.T) {
	for text, want := range map[string]bool{
		"ga ada fotonya kak": true, "gak ada": true, "lupa": true, "nanti ya": true, "ntar aja": true, "ga punya": true, "ga inget nomornya": true,
		"skip aja": true, "udah kebuang kak": true, "belum sempat foto": true,
		"12345678": false, "ada kok": false, "nanti dikirim kapan?": false, "barangnya pecah": false, "Rina": false, "": false,
	} {
		if Declines(text) != want {
			t.Errorf("%q declines: %v, want %v", text, !want, want)
		}
	}
}
