package templates

import (
	"slices"
	"strings"

	"bestie/shop"
)

// maxListed is how many products a question back names; more is a wall of text.
const maxListed = 8

// ProductVars fills what the templates say about products: what the message asks
// about, else what the talk was about, and only what the list says of it. A
// variable is absent when the list is silent about one of the goods: a person then
// answers. In a shop with a single product a customer who names nothing else can
// only mean that one. It also returns what the talk is about from now on; the zero
// Topic means as before.
//
// The cost price is told to dropshippers only; a buyer who asks for it gets no
// price at all, so that a person decides. Links are given once in a talk unless they
// are asked for; dropshippers get none: they sell in shops of their own.
func ProductVars(text string, products []shop.Product, about shop.Topic, dropshipper bool) (Vars, shop.Topic) {
	if len(products) == 0 {
		return Vars{}, shop.Topic{}
	}
	said := Normalise(text)
	c := catalogueOf(products)
	list, how := c.wanted(text, about)
	topic := topicOf(list)
	cost := asksCost(said)
	switch {
	case cost && !dropshipper:
		return Vars{}, topic
	case len(list) == 0 && asksAll(said) && len(products) <= maxListed:
		list = inGeneral(products)
	case how == fromForeign:
		return Vars{}, topic
	case len(list) == 0:
		return Vars{VarProductList: productList(products)}, topic
	case len(list) > maxListed:
		return Vars{VarProductList: productList(distinct(list))}, topic
	}
	vars := Vars{VarProduct: join(names(list))}
	f := facts{list: list, said: withRoots(said), dropshipper: dropshipper, cost: cost, again: how == fromTalk}
	f.offer(vars)
	f.details(vars)
	return vars, topic
}

// facts are what the list says about goods, for one message.
type facts struct {
	list        []goods
	said        []string // the words of the message, and what they come from
	dropshipper bool     // may hear the cost
	cost        bool     // asks for it
	again       bool     // goes on with what was talked about
}

// each joins what is said of every one of the goods; "" if one of them lacks it.
func (f facts) each(say func(g goods) string) string {
	var lines []string
	for _, g := range f.list {
		line := say(g)
		if line == "" {
			return ""
		}
		if !slices.Contains(lines, line) { // two variants of one product
			lines = append(lines, line)
		}
	}
	return bullets(lines)
}

// asks tells that the message has one of the words.
func (f facts) asks(any map[string]bool) bool {
	return slices.ContainsFunc(f.said, func(w string) bool { return any[w] })
}

// withRoots adds to words what they come from: "dibekukan" is "beku" too.
func withRoots(said []string) []string {
	lex := words()
	out := slices.Clone(said)
	for _, w := range said {
		if bare, cut := strings.CutSuffix(w, "nya"); cut {
			out = append(out, bare)
		}
		if root := lex.stem(w); root != w {
			out = append(out, root)
		}
	}
	return out
}

// topicOf is the last of the goods: what "yang pedas ada?" then means.
func topicOf(list []goods) shop.Topic {
	if len(list) == 0 || len(distinct(list)) > maxListed {
		return shop.Topic{}
	}
	last := list[len(list)-1]
	topic := shop.Topic{Product: last.product.Name}
	if last.variant != nil {
		topic.Variant = last.variant.Name
	}
	return topic
}

func names(list []goods) (out []string) {
	for _, g := range list {
		out = append(out, g.name())
	}
	return out
}

// distinct are the products of goods.
func distinct(list []goods) (out []shop.Product) {
	for i, g := range list {
		if i == 0 || list[i-1].product != g.product {
			out = append(out, *g.product)
		}
	}
	return out
}

func inGeneral(products []shop.Product) (out []goods) {
	for i := range products {
		out = append(out, goods{product: &products[i]})
	}
	return out
}

// asksCost tells whether a message asks what a dropshipper pays.
func asksCost(said []string) bool {
	return slices.ContainsFunc(said, func(w string) bool {
		bare := strings.TrimSuffix(w, "nya")
		return bare == "modal" || bare == "hpp" || words().stem(w) == "modal"
	})
}

// asksAll tells whether a message asks for the whole list: "minta pricelist".
func asksAll(said []string) bool {
	return slices.ContainsFunc(said, func(w string) bool { return wholeList[w] }) || slices.Contains(said, "harga") && slices.Contains(said, "daftar")
}

var wholeList = wordSet("pricelist list katalog katalognya semua semuanya daftarnya")

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
