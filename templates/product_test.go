package templates

import (
	"strings"
	"testing"

	"bestie/shop"
)

var shelfOfThree = []shop.Product{
	{Name: "Bakso", Price: 25_000, Cost: 18_000, Stock: 40},
	{Name: "Bakso Urat", Price: 30_000, Cost: 22_000},
	{Name: "Kerupuk Udang", Aliases: []string{"krupuk", "kemplang"}, Price: 15_000, Cost: 9_000, Stock: 3},
}

func TestFindProducts(t *testing.T) {
	for text, want := range map[string]string{
		"harga bakso berapa": "Bakso", "baksonya ready?": "Bakso", "bakos ada kak": "Bakso", "BAKSO!!": "Bakso",
		"bakso urat berapa": "Bakso Urat", "urat ready?": "Bakso Urat", "krupuknya ada": "Kerupuk Udang", "kerupuk": "Kerupuk Udang",
		"udang": "Kerupuk Udang", "kemplang sama bakso": "Kerupuk Udang, Bakso", "kerupuk udang dan bakso urat": "Kerupuk Udang, Bakso Urat",
		"kak ongkir berapa": "", "": "", "bakpia": "", "harga kurma": "", "stok basi": "",
	} {
		var names []string
		for _, p := range FindProducts(text, shelfOfThree) {
			names = append(names, p.Name)
		}
		if got := strings.Join(names, ", "); got != want {
			t.Errorf("FindProducts(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestProductVars(t *testing.T) {
	one := shelfOfThree[:1]
	for _, c := range []struct {
		text        string
		products    []shop.Product
		dropshipper bool
		name, want  string
	}{
		{"harga bakso", shelfOfThree, false, VarPrices, "Harga Bakso Rp25.000."},
		{"harga bakso dan kerupuk", shelfOfThree, false, VarPrices, "• Harga Bakso Rp25.000\n• Harga Kerupuk Udang Rp15.000"},
		{"harga modal bakso", shelfOfThree, true, VarPrices, "Harga modal Bakso Rp18.000."},
		{"harga modal bakso", shelfOfThree, false, VarPrices, ""},
		{"harga modal bakso", shelfOfThree, false, VarProductList, ""},
		{"harganya berapa kak", shelfOfThree, false, VarPrices, ""},
		{"harganya berapa kak", shelfOfThree, false, VarProductList, "• Bakso\n• Bakso Urat\n• Kerupuk Udang"},
		{"harganya berapa kak", one, false, VarPrices, "Harga Bakso Rp25.000."},
		{"masih ready kak?", one, false, VarStock, "Bakso ready, sisa 40 pcs."},
		{"harga kurma berapa kak", one, false, VarPrices, ""},
		{"harga beras berapa kak", one, false, VarPrices, ""},
		{"bakso urat ready?", shelfOfThree, false, VarStock, ""},
		{"bakso urat ready?", shelfOfThree, false, VarSoldOut, "Bakso Urat"},
		{"bakso urat sama kerupuk ready?", shelfOfThree, false, VarStock, "• Kerupuk Udang ready, sisa 3 pcs\n• Bakso Urat sedang habis"},
		{"harga bakso", nil, false, VarProductList, ""},
	} {
		vars, _ := ProductVars(c.text, c.products, shop.Topic{}, c.dropshipper)
		if got := vars[c.name]; got != c.want {
			t.Errorf("ProductVars(%q)[%s] = %q, want %q", c.text, c.name, got, c.want)
		}
	}
}

func TestMatchKnowsTheShopsProducts(t *testing.T) {
	lib := library(t)
	products := []shop.Product{{Name: "Gamis Aisyah"}, {Name: "rendang", Aliases: []string{"rdg"}}}
	for text, want := range map[string]string{
		"gamisnya ready kak?": "tanya_stok", "harga gamis aisyah": "tanya_harga", "rendang brp kak": "tanya_harga", "mau pesen rendang 2": "cara_order",
		"aisyah masih ada?": "tanya_stok",
	} {
		if got := lib.Match(text, products...).Intent; got != want {
			t.Errorf("Match(%q) = %q, want %q", text, got, want)
		}
	}
}

// shopTopic is a talk about a product of shelfOfThree.
var shopTopic = shop.Topic{Product: "Kerupuk Udang"}
