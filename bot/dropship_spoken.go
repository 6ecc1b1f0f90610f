package bot

import (
	"strings"

	"bestie/shop"
)

// marginAsks are the words one of which makes a sentence ask for a margin; costWords stand
// before the cost, and marginBeside may stand anywhere in it.
var (
	marginAsks   = wordsOf("margin marginnya untung untungnya keuntungan keuntungannya laba labanya profit profitnya cuan cuannya")
	costWords    = wordsOf("modal modalnya hpp beli belinya kulakan")
	marginBeside = wordsOf(`jual jualnya dijual harga harganya hrg di lewat via pake pakai berapa brp brpa berapaan kalau kl klo kalo aku ak saya sy gw gue
		kak min ya yaa dong nih sih deh dengan dgn potongan potongannya fee admin adminnya biaya biayanya dapat dpt dapet dapatnya tolong tlg hitung hitungin
		hitungkan itung itungin itungkan cek jadi jd kira kira-kira bersih bersihnya sama dan terus trs mau tanya halo hai utk untuk produk barang ini itu nya tuh`)
)

func wordsOf(list string) map[string]bool {
	words := map[string]bool{}
	for _, w := range strings.Fields(list) {
		words[w] = true
	}
	return words
}

// spokenMargin reads a margin that is asked for in a sentence: "jual 120rb modal 88468 di
// shopee untungnya berapa". It returns what would follow the word margin: price, cost, and
// platform and percentage if they were said; nil for anything else.
func spokenMargin(text string) []string {
	var price, cost string
	var others []string
	asks, ofCost := false, false
	for _, w := range joinUnits(strings.Fields(text)) {
		word := bare(w)
		_, platform := shop.PlatformNamed(word)
		_, rate := rateOf(word)
		_, err := shop.ParseAmount(word)
		switch {
		case platform || rate:
			others = append(others, word)
		case err == nil && ofCost && cost == "":
			cost, ofCost = word, false
		case err == nil && price == "":
			price = word
		case err == nil && cost == "":
			cost = word
		case costWords[word]:
			ofCost = true
		case marginAsks[word]:
			asks = true
		case word != "" && !marginBeside[word]:
			return nil
		}
	}
	if !asks || price == "" || cost == "" {
		return nil
	}
	return append([]string{price, cost}, others...)
}
