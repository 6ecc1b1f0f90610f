package templates

import (
	"slices"

	"bestie/shop"
)

// AsksKind tells that a message asks for nothing but a kind of a product, the one
// it names or the one the talk is about: "bakso urat keju ada?", "yang pedas ada?",
// "warna ungu ada gak". By itself such a message says too little for the matcher;
// what is asked is the stock.
func AsksKind(text string, products []shop.Product, about shop.Topic) bool {
	c := catalogueOf(products)
	at := slices.IndexFunc(products, func(p shop.Product) bool { return p.Name == about.Product })
	said := slices.DeleteFunc(slices.Clone(productWords(text)), func(w string) bool { return vocatives[w] })
	f := finding{product: at}
	if found := c.narrow(said, c.find(said), about); len(found) == 1 {
		f = found[0]
	} else if len(found) > 1 || at < 0 {
		return false
	}
	if len(products[f.product].Variants) == 0 || len(said) == 0 || len(said)-len(f.at) > mostOfKind {
		return false
	}
	named := len(c.variantsSaid(f, said)) > 0
	available := slices.Contains(said, "ada") || slices.Contains(said, "tersedia")
	for i, w := range said {
		kind := available && i > 0 && attributes[said[i-1]] && !aroundKinds[w]
		named = named || kind
		if !kind && !aroundKinds[w] && !c.ofVariant(f.product, w) && !slices.Contains(f.at, i) {
			return false
		}
	}
	return named
}

// mostOfKind is how many words such a question has at most beside the product.
const mostOfKind = 7

// aroundKinds are the words that go with such a question and add nothing to it.
var aroundKinds = wordSet("yang kalau ada masih tersedia tidak kah bagaimana mau dong rasa varian warna ukuran size model motif jenis juga atau dan sama apa stok lagi nya")

// ofVariant tells that a word is one of the name of a product's variant.
func (c *catalogue) ofVariant(product int, word string) bool {
	return slices.ContainsFunc(c.variants[product], func(n listedName) bool {
		return slices.ContainsFunc(n.words, func(w string) bool { return namesWord(word, w) })
	})
}
