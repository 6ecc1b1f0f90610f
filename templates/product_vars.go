package templates

import (
	"fmt"
	"slices"
	"strings"

	"bestie/shop"
)

// maxListed is how many products a question back names; more is a wall of text.
const maxListed = 8

// ProductVars fills what the templates say about products: prices, stock and
// the list to choose from. In a shop with a single product a customer who names
// nothing else can only mean that one. The cost price is told to dropshippers only; a
// buyer who asks for it gets no price at all, so that a person decides.
func ProductVars(text string, products []shop.Product, dropshipper bool) Vars {
	if len(products) == 0 {
		return Vars{}
	}
	cost := asksCost(text)
	if cost && !dropshipper {
		return Vars{}
	}
	found := FindProducts(text, products)
	if len(found) == 0 && len(products) == 1 && !namesSomething(text) {
		found = products
	}
	vars := Vars{VarProductList: productList(products)}
	if len(found) == 0 || len(found) > maxListed {
		return vars
	}
	var names, prices, stock, soldOut []string
	for _, p := range found {
		names = append(names, p.Name)
		prices = append(prices, priceLine(p, cost))
		if p.Stock > 0 {
			stock = append(stock, fmt.Sprintf("%s ready, sisa %d pcs", capital(p.Name), p.Stock))
		} else {
			soldOut = append(soldOut, p.Name)
		}
	}
	vars[VarProduct] = join(names)
	vars[VarPrices] = bullets(prices)
	if len(stock) > 0 {
		for _, name := range soldOut {
			stock = append(stock, capital(name)+" sedang habis")
		}
		vars[VarStock] = bullets(stock)
	} else {
		vars[VarSoldOut] = join(soldOut)
	}
	return vars
}

// namesSomething tells whether a message may be about a thing that is not ours:
// it holds a word that the lexicon does not know ("harga kurma berapa").
func namesSomething(text string) bool {
	lex := words()
	return slices.ContainsFunc(Normalise(text), func(w string) bool {
		foreign := slices.Contains(lex.concepts[w], "ASING")
		return foreign || len(w) > 3 && w[0] != '<' && !lex.known(w) && !vocatives[w] && !lex.roots[lex.stem(w)]
	})
}

// asksCost tells whether a message asks what a dropshipper pays.
func asksCost(text string) bool {
	return slices.ContainsFunc(Normalise(text), func(w string) bool { return words().stem(w) == "modal" || w == "hpp" })
}

func priceLine(p shop.Product, cost bool) string {
	if cost {
		return fmt.Sprintf("Harga modal %s %s", p.Name, p.Cost)
	}
	return fmt.Sprintf("Harga %s %s", p.Name, p.Price)
}

func productList(products []shop.Product) string {
	var names []string
	for _, p := range products[:min(len(products), maxListed)] {
		names = append(names, capital(p.Name))
	}
	if len(products) > maxListed {
		names = append(names, "dan lainnya")
	}
	return "• " + strings.Join(names, "\n• ")
}

// bullets writes one line as a sentence and several as a list.
func bullets(lines []string) string {
	if len(lines) == 1 {
		return lines[0] + "."
	}
	return "• " + strings.Join(lines, "\n• ")
}

// join writes "a", "a dan b", "a, b, dan c".
func join(names []string) string {
	switch n := len(names); n {
	case 0, 1:
		return strings.Join(names, "")
	case 2:
		return names[0] + " dan " + names[1]
	default:
		return strings.Join(names[:n-1], ", ") + ", dan " + names[n-1]
	}
}

// capital writes the first letter large.
func capital(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
