package bot

import (
	"fmt"
	"testing"

	"bestie/shop"
)

// What the people of a warehouse type, and what is no step.
func TestSayings(t *testing.T) {
	const packed, shipped, short = shop.OrderPacked, shop.OrderShipped, shop.OrderPlaced
	for line, want := range map[string]struct {
		to      shop.OrderState
		numbers []int64
		rest    string
		quoted  int64
	}{
		"dikemas 12":                     {to: packed, numbers: []int64{12}},
		"PO 12 sdh dikemas kak":          {to: packed, numbers: []int64{12}},
		"po12 packing":                   {to: packed, numbers: []int64{12}},
		"dikemas 12, 13 dan 14":          {to: packed, numbers: []int64{12, 13, 14}},
		"12 13 dikemas semua":            {to: packed, numbers: []int64{12, 13}},
		"dikmas #12":                     {to: packed, numbers: []int64{12}},
		"Kemas PO-12 ya":                 {to: packed, numbers: []int64{12}},
		"dikemas":                        {to: packed, quoted: 12},
		"dikirim 12 JNE123456":           {to: shipped, numbers: []int64{12}, rest: "JNE123456"},
		"dikirm PO 12: resi JNE123456":   {to: shipped, numbers: []int64{12}, rest: "JNE123456"},
		"12 dikirim via sicepat 0001234": {to: shipped, numbers: []int64{12}, rest: "sicepat 0001234"},
		"dikirim 12 1234567":             {to: shipped, numbers: []int64{12}, rest: "1234567"},
		"dikirim 12 00012345678901":      {to: shipped, numbers: []int64{12}, rest: "00012345678901"},
		"resi 12 JP1 kak":                {to: shipped, numbers: []int64{12}, rest: "JP1"},
		"dikirim 1234567":                {to: shipped, rest: "1234567", quoted: 12},
		"dikirim JNE123":                 {to: shipped, rest: "JNE123", quoted: 12},
		"dikirim 12":                     {to: shipped, numbers: []int64{12}},
		"habis 12 Bakso Urat":            {to: short, numbers: []int64{12}, rest: "Bakso Urat"},
		"stok habis po 12 bakso urat":    {to: short, numbers: []int64{12}, rest: "bakso urat"},
		"abis 12 keripik 2":              {to: short, numbers: []int64{12}, rest: "keripik 2"},
		"kosong keripik ya":              {to: short, rest: "keripik", quoted: 12},
	} {
		s, ok := sayingOf(line, want.quoted)
		if got := fmt.Sprint(ok, s.step.to, s.numbers, s.rest); got != fmt.Sprint(true, want.to, want.numbers, want.rest) {
			t.Errorf("%q: %s, want %v", line, got, want)
		}
	}
	for _, line := range []string{"", "12", "halo kak", "bakso urat habis ya?", "harga keripik berapa", "po 12 alamatnya kurang jelas", "besok libur ya", "ok siap"} {
		if s, ok := sayingOf(line, 0); ok {
			t.Errorf("%q is taken for %s", line, s.step.words[0])
		}
	}
}
