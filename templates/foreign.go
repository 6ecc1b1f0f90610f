package templates

import (
	"slices"
	"strings"
)

// namesSomething tells whether a message may be about a thing that is not ours
// ("harga kurma berapa", "jual abon ga"): it names goods of other trades, or a word
// that no list knows stands where the thing stands that is asked about. A word
// behind "yang" or "rasa" asks for a kind of what the talk is about ("yang ungu
// ada?").
func namesSomething(text string) bool {
	lex := words()
	said := slices.DeleteFunc(slices.Clone(Normalise(text)), func(w string) bool { return vocatives[w] || between[w] })
	for i, w := range said {
		if slices.Contains(lex.concepts[w], "ASING") {
			return true
		}
		if !lex.strange(w) || i > 0 && attributes[said[i-1]] {
			continue
		}
		if len(said) == 1 || i > 0 && beforeThings[said[i-1]] || i+1 < len(said) && afterThings[said[i+1]] {
			return true
		}
	}
	return false
}

// strange tells that a word is neither known to some list nor built from a word
// that is.
func (l *lexicon) strange(word string) bool {
	if len(word) <= 3 || word[0] == '<' || l.known(word) || l.ordinary[word] {
		return false
	}
	for _, end := range [...]string{"nya", "ne", "na", "e"} {
		if bare, cut := strings.CutSuffix(word, end); cut && (l.known(bare) || l.ordinary[bare]) {
			return false
		}
	}
	root := l.stem(word)
	return !l.roots[root] && !l.ordinary[root]
}

var (
	attributes = wordSet("yang warna rasa ukuran varian size model motif jenis")
	// beforeThings stand before what is asked about, afterThings behind it.
	beforeThings = wordSet("harga harganya jual jualan jualkah menjual beli stok stoknya tersedia ada adakah pesan order cari produk punya minta mau sedia menyediakan varian halal")
	afterThings  = wordSet("berapa ada adakah tersedia habis kosong masih halal bpom dijual berapaan stoknya harganya kadaluarsa")
	// between stand between a thing and those words and change nothing.
	between = wordSet("buat untuk lagi juga kah tidak apa bisa boleh nya per satu sebungkus sekilo kilo kg pcs bungkus pack")
)
