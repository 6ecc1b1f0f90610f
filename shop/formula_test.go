package shop_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"bestie/shop"
)

const stopLine = " Balas STOP untuk berhenti"

// TestFormula reads wordings as authors write them: what is missing is named, and nothing
// that is there is missed.
func TestFormula(t *testing.T) {
	for text, want := range map[string]string{
		"Diskon 25% semua bakso, hari ini saja. Yuk order!" + stopLine:                                      "",
		"Halo {nama}, {tawaran} {batas}. {ajakan}!" + stopLine:                                              "",
		"Beli 2 gratis 1 sampai Minggu. Langsung pesan di sini ya kak" + stopLine:                           "",
		"Ongkir kami tanggung, khusus Jumat ini. Cek katalognya: https://wa.me/628" + stopLine:              "",
		"Rasa baru sudah hadir! Cuma 50 bungkus, buruan amankan. (Balas *STOP* bila bosan)":                 "",
		"Keranjang Kakak masih menunggu sampai besok, yuk selesaikan. Ketik BERHENTI kalau tidak mau promo": "",
		"Potongan 10rb tinggal 3 jam lagi, serbu yuk 👨‍👩‍👧 ❤️" + stopLine:                                   "",
		"Rp50.000 dapat 3, berlaku s/d 30 Nov, klik https://shopee.co.id/bestie" + stopLine:                 "",
		"Kami kangen Kakak. Ada kabar apa?" + stopLine:                                                      "no_offer no_deadline no_call",
		"Diskon 25% semua bakso. Yuk order!" + stopLine:                                                     "no_deadline",
		"Diskon 25% hari ini." + stopLine:                                                                   "no_call",
		"Hari ini saja, yuk mampir ke toko." + stopLine:                                                     "no_offer",
		"Diskon 25% hari ini saja, yuk order!":                                                              "no_opt_out",
		"Diskon 25% hari ini, order di bit.ly/xyz" + stopLine:                                               "short_link",
		"Diskon 25% hari ini, order di https://s.id/promo" + stopLine:                                       "short_link",
		"Diskon 25% hari ini, order di https://toko.bits.id/promo" + stopLine:                               "",
		"Halo {name}, diskon 25% hari ini, yuk order" + stopLine:                                            "variable",
		"Dis\u200bkon 25% hari ini, yuk order" + stopLine:                                                   "hidden",
		"Diskon 25% hari ini, yuk оrder" + stopLine:                                                         "hidden",
		"𝗗𝗶𝘀𝗸𝗼𝗻 25% promo hari ini, yuk order" + stopLine:                                                   "hidden",
		"Diskon\u00ad 25% hari ini, yuk order" + stopLine:                                                   "hidden",
		"Diskon 25% hari ini, yuk order\U000E0041" + stopLine:                                               "hidden",
		"Diskon 25% hari ini, yuk order " + strings.Repeat("bakso ", 800) + stopLine:                        "too_long",
	} {
		c := shop.Campaign{Name: "x", Audience: "all", Offer: "diskon", Deadline: "besok", Call: "yuk", Wordings: []string{text, "Gratis ongkir besok saja, ayo beli." + stopLine}}
		var got []string
		for _, m := range c.Mistakes(noon) {
			if m.Wording != 1 {
				t.Errorf("%q: %+v", text, m)
			}
			got = append(got, string(m.Problem))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: %s, want %s", text, s, want)
		}
	}
}

// TestCampaignMistakes spoils one thing after another of a campaign that is right.
func TestCampaignMistakes(t *testing.T) {
	good := func() shop.Campaign {
		return shop.Campaign{Name: "x", Audience: "tag:bakso", Wordings: []string{"Diskon 25% hari ini, yuk order." + stopLine, "Gratis ongkir besok saja, ayo beli." + stopLine}}
	}
	if wrong := good().Mistakes(noon); len(wrong) > 0 {
		t.Fatal(wrong)
	}
	for want, spoil := range map[shop.PromoProblem]func(*shop.Campaign){
		shop.PromoNoName:   func(c *shop.Campaign) { c.Name = " " },
		shop.PromoFewTexts: func(c *shop.Campaign) { c.Wordings = c.Wordings[:1] },
		shop.PromoSameText: func(c *shop.Campaign) {
			c.Wordings[1] = strings.ToUpper(c.Wordings[0][:20]) + c.Wordings[0][20:] + "!!"
		},
		shop.PromoNoValue:  func(c *shop.Campaign) { c.Wordings[0] = "{tawaran} hari ini, yuk order." + stopLine },
		shop.PromoAudience: func(c *shop.Campaign) { c.Audience = "warna:biru" },
		shop.PromoPast:     func(c *shop.Campaign) { c.ExpiresAt = noon.Add(-time.Hour) },
		shop.PromoManyTexts: func(c *shop.Campaign) {
			for _, w := range []string{"bakso", "tahu", "siomay", "cilok"} {
				c.Wordings = append(c.Wordings, "Promo "+w+" besok "+w+", pesan "+w+" sekarang."+stopLine)
			}
		},
		shop.PromoTooLong: func(c *shop.Campaign) {
			c.Image, c.Wordings[0] = &shop.File{}, c.Wordings[0]+strings.Repeat(" bakso", 200)
		},
	} {
		c := good()
		spoil(&c)
		if !slices.ContainsFunc(c.Mistakes(noon), func(m shop.PromoMistake) bool { return m.Problem == want }) {
			t.Errorf("%s is not found: %v", want, c.Mistakes(noon))
		}
	}
}

func TestRender(t *testing.T) {
	c := shop.Campaign{Wordings: []string{"Halo Kak {nama}, {produk} di {kota} {tawaran}", "{nama}!"}, Offer: "diskon"}
	who := shop.Candidate{Person: shop.Person{Name: "Rina"}, Product: "Bakso", City: "Bandung"}
	for _, tt := range []struct {
		who     shop.Candidate
		wording int
		want    string
	}{
		{who, 0, "Halo Kak Rina, Bakso di Bandung diskon"},
		{who, 1, "Kak Rina!"},
		{shop.Candidate{}, 0, "Halo Kak, produk Bestie di kota Kakak diskon"},
		{shop.Candidate{}, 1, "Kak!"},
		{shop.Candidate{Person: shop.Person{Name: "{tawaran}"}, City: "{produk}"}, 0, "Halo Kak {tawaran}, produk Bestie di {produk} diskon"},
		{shop.Candidate{Person: shop.Person{Name: "Kak Rina"}}, 1, "Kak Rina!"},
	} {
		if got := c.Render(tt.who, tt.wording); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}

// FuzzMistakes: no wording panics, and one that was called right holds all its parts.
func FuzzMistakes(f *testing.F) {
	f.Add("Diskon 25% hari ini, yuk order." + stopLine)
	f.Add("{nama} {\u200d}❤️")
	f.Fuzz(func(t *testing.T, text string) {
		c := shop.Campaign{Name: "x", Audience: "all", Wordings: []string{text, text + "x"}}
		for _, m := range c.Mistakes(noon) {
			if m.Wording > 2 {
				t.Error(m)
			}
		}
		_ = c.Render(shop.Candidate{}, 0)
	})
}
