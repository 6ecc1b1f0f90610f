package templates

import "testing"

func TestNamesSomething(t *testing.T) {
	for text, want := range map[string]bool{
		"harga rendang berapa kak": true, "jual abon ga min": true, "kurma ada?": true, "ada seblak gak kak": true, "stok rendangnya masih ada?": true,
		"jual sprei ga": true, "rendang ready?": true, "harga beras sekilo berapa": true, "mau beli pempek bisa?": true, "pempek?": true, "martabaknya berapaan": true,
		"cari mukena kak": true, "harga wingko per bungkus": true, "ada jual emas antam?": true, "rendang halal?": true,

		"harganya berapa kak": false, "harga normalnya berapa ya": false, "satu paket kena berapa": false, "itu dibanderol berapa": false, "spill harga dong": false,
		"how much kak": false, "yang ungu ada?": false, "ada rasa blewah?": false, "masih ready ga": false, "bisa kirim besok?": false, "gocap dapet berapa bungkus": false,
		"sabaraha hargana teh": false, "regane piro": false, "kisaran harganya di angka berapa ya": false, "": false, "ada gak": false,
	} {
		if got := namesSomething(text); got != want {
			t.Errorf("namesSomething(%q) = %v, want %v: %v", text, got, want, Normalise(text))
		}
	}
}

// The library's own product questions hardly ever sound like somebody else's goods:
// whoever asks for a price without a name is asked which product is meant.
func TestOwnQuestionsAreNotForeign(t *testing.T) {
	lib := library(t)
	for _, intent := range []string{"tanya_harga", "tanya_stok", "tanya_varian", "cara_order", "grosir"} {
		all, foreign := 0, 0
		for _, text := range lib.Template(intent).Examples {
			all++
			if len(FindProducts(text, frozen)) == 0 && namesSomething(text) {
				foreign++
				t.Logf("%s: %s", intent, text)
			}
		}
		if foreign*10 > all {
			t.Errorf("%d of %d questions of %s sound foreign", foreign, all, intent)
		}
	}
}
