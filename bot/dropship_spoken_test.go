package bot

import (
	"strings"
	"testing"
)

func TestSpokenMargin(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"jual 120rb modal 88468 di shopee margin berapa":           "120rb 88468 shopee",
		"kalau modal 88.468 jual 120.000 untungnya brp kak?":       "120.000 88.468",
		"kak tolong hitungin untung jual Rp 120.000 hpp Rp 88.468": "rp120.000 rp88.468",
		"jual 120000 modal 88468 shopee fee 7,5% cuan berapa":      "120000 88468 shopee 7,5%",
		"untungnya berapa kak kalau jual di tokopedia":             "",
		"jual 120rb modal 88rb bisa cod?":                          "",
		"margin":                                                   "",
		"harga 120rb sama 88rb bedanya apa, untung mana":           "",
	} {
		if got := strings.Join(spokenMargin(text), " "); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
