package templates

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"bestie/shop"
)

var frozen = []shop.Product{
	{
		Name: "Bakso Urat", Aliases: []string{"urat"}, Price: 25_000, Cost: 18_000, Stock: shop.StockUnknown, Weight: 500,
		Variants: []shop.Variant{{Name: "Original", Aliases: []string{"ori"}, Stock: 20}, {Name: "Pedas", Stock: 5}, {Name: "Keju", Price: 28_000, Cost: 20_000}},
		Tiers:    []shop.Tier{{From: 10, Price: 24_000}, {From: 50, Price: 22_000}},
		Links: []shop.Link{
			{Platform: shop.PlatformShopee, URL: "https://shopee.co.id/u"}, {Platform: shop.PlatformTikTok, URL: "https://tiktok.com/u"},
		},
		Usage: "Rebus 5 menit dari beku.", Ingredients: "daging sapi, tapioka", ShelfLife: "6 bulan", Storage: "freezer", Halal: "H-123", Image: "/img/urat.jpg",
	},
	{Name: "Bakso Halus", Price: 22_000, Cost: 16_000, Stock: 0, Permit: "MD-9", ShelfLife: "3 bulan"},
	{Name: "Soto Instan 100gr", Aliases: []string{"soto"}, Price: 12_000, Stock: 80, Weight: 100},
	{Name: "Soto Instan 250gr", Price: 25_000, Stock: 7, Weight: 1250},
	{
		Name: "Keripik Pisang", Price: 15_000, Stock: shop.StockUnknown,
		Variants: []shop.Variant{{Name: "Cokelat"}, {Name: "Balado", Price: 16_000}},
	},
	{Name: "Sambal Bawang", Price: 18_000, Stock: shop.StockUnknown},
}

var talkUrat = shop.Topic{Product: "Bakso Urat"}

func TestProductFacts(t *testing.T) {
	for _, c := range []struct {
		text, name, want string
		about            shop.Topic
	}{
		{text: "harga urat original", name: VarPrices, want: "Harga Bakso Urat Original Rp25.000."},
		{text: "harga bakso urat", name: VarPrices, want: "Harga Bakso Urat: Original dan Pedas Rp25.000, Keju Rp28.000."},
		{text: "urat keju brp", name: VarPrices, want: "Harga Bakso Urat Keju Rp28.000.\nBakso Urat Keju sedang habis, yang ready: Original dan Pedas."},
		{text: "bakso urat ori 3 bungkus jadi berapa", name: VarPrices, want: "Harga Bakso Urat Original Rp25.000, 3 pcs jadi Rp75.000."},
		{text: "kalo urat ori 100 pcs berapa kak", name: VarPrices, want: "Harga Bakso Urat Original untuk 100 pcs Rp22.000 per pcs, jadi Rp2.200.000."},
		{text: "urat keju 100 pcs berapa", name: VarPrices, want: "Harga Bakso Urat Keju Rp28.000, 100 pcs jadi Rp2.800.000.\nBakso Urat Keju sedang habis, yang ready: Original dan Pedas."},
		{text: "beli dua bakso halus berapa", name: VarPrices, want: "Harga Bakso Halus Rp22.000, 2 pcs jadi Rp44.000."},
		{text: "bakso halus 2 sama sambal bawang 3 total berapa", name: VarPrices, want: "• Harga Bakso Halus Rp22.000, 2 pcs jadi Rp44.000\n• Harga Sambal Bawang Rp18.000, 3 pcs jadi Rp54.000\nTotalnya Rp98.000."},
		{text: "harga bakso halus dan sambal bawang", name: VarPrices, want: "• Harga Bakso Halus Rp22.000\n• Harga Sambal Bawang Rp18.000"},
		{text: "sambal bawang jam 3 ready?", name: VarPrices, want: "Harga Sambal Bawang Rp18.000."},
		{text: "selusin sambal bawang berapa", name: VarPrices, want: "Harga Sambal Bawang Rp18.000, 12 pcs jadi Rp216.000."},

		{text: "soto instan 250 gram berapa", name: VarPrices, want: "Harga Soto Instan 250gr Rp25.000."},
		{text: "soto 250gr 2 bungkus berapa", name: VarPrices, want: "Harga Soto Instan 250gr Rp25.000, 2 pcs jadi Rp50.000."},
		{text: "harga soto instan", name: VarPrices, want: "• Harga Soto Instan 100gr Rp12.000\n• Harga Soto Instan 250gr Rp25.000"},

		{text: "bakso urat pedas ready?", name: VarStock, want: "Bakso Urat Pedas ready, sisa 5 pcs."},
		{text: "urat keju ada?", name: VarStock, want: "Bakso Urat Keju sedang habis, yang ready: Original dan Pedas."},
		{text: "urat ready kak", name: VarStock, want: "Bakso Urat ready: Original (sisa 20 pcs) dan Pedas (sisa 5 pcs); Keju sedang habis."},
		{text: "bakso halus ada?", name: VarSoldOut, want: "Bakso Halus"},
		{text: "keripik pisang ready?", name: VarSoldOut, want: "Keripik Pisang"},
		{text: "keripik pisang balado ready?", name: VarSoldOut, want: "Keripik Pisang Balado"},
		{text: "sambal bawang ready?", name: VarStock, want: ""},
		{text: "sambal bawang ready?", name: VarSoldOut, want: ""},
		{text: "bakso halus sama sambal bawang ready?", name: VarSoldOut, want: ""},
		{text: "bakso urat sama bakso halus ready?", name: VarStock, want: "• Bakso Urat ready: Original (sisa 20 pcs) dan Pedas (sisa 5 pcs); Keju sedang habis\n• Bakso Halus sedang habis"},
		{text: "bakso keju ada?", name: VarStock, want: "Bakso Urat Keju sedang habis, yang ready: Original dan Pedas."},

		{text: "varian bakso urat apa aja", name: VarVariants, want: "Bakso Urat: Original dan Pedas; Keju sedang habis."},
		{text: "varian keripik pisang", name: VarVariants, want: "Keripik Pisang: Cokelat dan Balado, semuanya sedang habis."},
		{text: "varian bakso halus", name: VarVariants, want: ""},
		{text: "bakso urat original sama pedas bedanya apa", name: VarVariants, want: "Bakso Urat: Original dan Pedas; Keju sedang habis."},

		{text: "grosir bakso urat", name: VarTiers, want: "Harga grosir Bakso Urat:\n• mulai 10 pcs: Rp24.000 per pcs\n• mulai 50 pcs: Rp22.000 per pcs"},
		{text: "bakso urat 100 pcs berapa", name: VarTiers, want: "Harga grosir Bakso Urat:\n• mulai 10 pcs: Rp24.000 per pcs\n• mulai 50 pcs: Rp22.000 per pcs\n100 pcs jadi Rp2.200.000 (Rp22.000 per pcs)."},
		{text: "grosir urat keju", name: VarTiers, want: ""},
		{text: "grosir bakso halus", name: VarTiers, want: ""},

		{text: "bakso urat halal?", name: VarHalal, want: "Bakso Urat: sertifikat halal H-123."},
		{text: "bakso urat udah bpom?", name: VarHalal, want: ""},
		{text: "bakso halus ada pirt ga", name: VarHalal, want: "Bakso Halus: izin edar MD-9."},
		{text: "bakso halus halal?", name: VarHalal, want: ""},
		{text: "exp bakso urat kapan", name: VarExpiry, want: "Bakso Urat: tahan 6 bulan, cara simpan: freezer."},
		{text: "bakso halus tahan berapa lama", name: VarExpiry, want: "Bakso Halus: tahan 3 bulan."},
		{text: "bakso halus simpannya gimana", name: VarExpiry, want: ""},
		{text: "cara masak bakso urat", name: VarUsage, want: "Bakso Urat: Rebus 5 menit dari beku."},
		{text: "cara masak bakso urat", name: VarIngredients, want: ""},
		{text: "bahan bakso urat apa", name: VarIngredients, want: "Bakso Urat: daging sapi, tapioka."},
		{text: "bahan bakso urat apa", name: VarUsage, want: ""},
		{text: "bahannya apa dan cara masak bakso urat gimana", name: VarUsage, want: "Bakso Urat: Rebus 5 menit dari beku. Bahan: daging sapi, tapioka."},
		{text: "modalnya bakso halus berapa", name: VarPrices, want: ""},
		{text: "bakso urat aman buat ibu hamil?", name: VarUsage, want: ""},
		{text: "cara masak bakso urat", name: VarWeight, want: ""},
		{text: "berat bakso urat", name: VarUsage, want: ""},
		{text: "bakso urat aman buat ibu hamil?", name: VarWeight, want: ""},
		{text: "berat bakso urat", name: VarWeight, want: "Berat Bakso Urat 500 gram per pcs."},
		{text: "berat bakso urat 3 pcs", name: VarWeight, want: "Berat Bakso Urat 500 gram per pcs, 3 pcs jadi 1,5 kg."},
		{text: "berat soto 250gr", name: VarWeight, want: "Berat Soto Instan 250gr 1,25 kg per pcs."},
		{text: "link bakso urat", name: VarLinks, want: "Shopee: https://shopee.co.id/u\nTikTok Shop: https://tiktok.com/u"},
		{text: "link oren bakso urat", name: VarLinks, want: "Shopee: https://shopee.co.id/u"},
		{text: "link tokped bakso urat", name: VarLinks, want: ""},
		{text: "link bakso urat sama bakso halus", name: VarLinks, want: "Shopee: https://shopee.co.id/u\nTikTok Shop: https://tiktok.com/u"},
		{text: "link bakso urat sama sambal bawang", name: VarLinks, want: ""},
		{text: "link bakso urat", name: VarImage, want: "/img/urat.jpg"},
		{text: "link bakso urat sama sambal bawang", name: VarImage, want: ""},

		{text: "yang pedas ada?", about: talkUrat, name: VarStock, want: "Bakso Urat Pedas ready, sisa 5 pcs."},
		{text: "harganya berapa", about: talkUrat, name: VarPrices, want: "Harga Bakso Urat: Original dan Pedas Rp25.000, Keju Rp28.000."},
		{text: "harganya berapa", about: shop.Topic{Product: "Bakso Urat", Variant: "Keju"}, name: VarPrices, want: "Harga Bakso Urat Keju Rp28.000.\nBakso Urat Keju sedang habis, yang ready: Original dan Pedas."},
		{text: "ada rasa lain?", about: shop.Topic{Product: "Bakso Urat", Variant: "Keju"}, name: VarStock, want: "Bakso Urat ready: Original (sisa 20 pcs) dan Pedas (sisa 5 pcs); Keju sedang habis."},
		{text: "yang ungu ada?", about: talkUrat, name: VarStock, want: "Bakso Urat ready: Original (sisa 20 pcs) dan Pedas (sisa 5 pcs); Keju sedang habis."},
		{text: "baksonya ready?", about: talkUrat, name: VarProduct, want: "Bakso Urat"},
		{text: "soto ada?", about: talkUrat, name: VarProduct, want: "Soto Instan 100gr"},
		{text: "harganya berapa", about: talkUrat, name: VarLinks, want: ""},
		{text: "linknya dong", about: talkUrat, name: VarLinks, want: "Shopee: https://shopee.co.id/u\nTikTok Shop: https://tiktok.com/u"},
		{text: "belinya dimana", about: talkUrat, name: VarLinks, want: "Shopee: https://shopee.co.id/u\nTikTok Shop: https://tiktok.com/u"},
		{text: "harga rendang berapa", about: talkUrat, name: VarPrices, want: ""},
		{text: "harganya berapa", about: shop.Topic{Product: "Gone"}, name: VarPrices, want: ""},

		{text: "harga rendang berapa kak", name: VarProductList, want: ""},
		{text: "jual beras ga kak", name: VarProductList, want: ""},
		{text: "harganya berapa kak", name: VarProductList, want: "• Bakso Urat\n• Bakso Halus\n• Soto Instan 100gr\n• Soto Instan 250gr\n• Keripik Pisang\n• Sambal Bawang"},
		{text: "harga bakso urat", name: VarProductList, want: ""},
		{text: "minta pricelist kak", name: VarProductList, want: ""},
		{text: "cokelat ada kak?", name: VarProduct, want: "Keripik Pisang Cokelat"},
	} {
		vars, _ := ProductVars(c.text, frozen, c.about, false)
		if got := vars[c.name]; got != c.want {
			t.Errorf("ProductVars(%q, %v)[%s] =\n%q, want\n%q", c.text, c.about, c.name, got, c.want)
		}
	}
}

func TestProductFactsForDropshippers(t *testing.T) {
	for _, c := range []struct{ text, name, want string }{
		{"harga bakso halus", VarPrices, "Harga Bakso Halus Rp22.000 (modal Rp16.000 per pcs)."},
		{"modal bakso halus 2 pcs", VarPrices, "Harga modal Bakso Halus Rp16.000, 2 pcs jadi Rp32.000."},
		{"modal urat keju", VarPrices, "Harga modal Bakso Urat Keju Rp20.000."},
		{"modal bakso urat", VarPrices, "Harga modal Bakso Urat: Original dan Pedas Rp18.000, Keju Rp20.000."},
		{"modal keripik pisang", VarPrices, ""},
		{"modal sambal bawang", VarPrices, ""},
		{"link bakso urat", VarLinks, ""},
	} {
		vars, _ := ProductVars(c.text, frozen, shop.Topic{}, true)
		if got := vars[c.name]; got != c.want {
			t.Errorf("ProductVars(%q)[%s] = %q, want %q", c.text, c.name, got, c.want)
		}
		for name, value := range map[string]string{VarPrices: "modal", VarTiers: "modal"} {
			if vars, _ = ProductVars(c.text, frozen, shop.Topic{}, false); strings.Contains(vars[name], value) {
				t.Errorf("a buyer hears %q", vars[name])
			}
		}
	}
}

func TestProductTopic(t *testing.T) {
	for text, want := range map[string]shop.Topic{
		"urat pedas ready?":          {Product: "Bakso Urat", Variant: "Pedas"},
		"harga bakso halus":          {Product: "Bakso Halus"},
		"bakso halus sama urat keju": {Product: "Bakso Urat", Variant: "Keju"},
		"harga modal bakso halus":    {Product: "Bakso Halus"},
		"ongkir ke bandung":          {},
		"harga rendang":              {},
	} {
		if _, got := ProductVars(text, frozen, shop.Topic{}, false); got != want {
			t.Errorf("after %q the talk is about %+v, want %+v", text, got, want)
		}
	}
}

func TestPieces(t *testing.T) {
	for text, want := range map[string]string{
		"3 bungkus jadi berapa": "[3]", "100pcs": "[100]", "1.000 pcs": "[1000]", "beli dua": "[2]", "dua belas biji": "[12]", "lima puluh pcs": "[50]",
		"seratus pcs": "[100]", "sebungkus": "[1]", "2 lusin": "[24]", "3x": "[3]", "ambil 5 aja": "[5]",
		"jam 3": "[]", "tgl 12": "[]", "500 gr": "[]", "25rb": "[]", "2 dus": "[]", "25000": "[]", "no 1": "[]", "081234567890": "[]", "rt 3 rw 2": "[]", "satu lagi": "[]", "3 hari": "[]", "1.5 kg": "[]", "": "[]",
		"99999999999999999999 pcs": "[]", "0 pcs": "[]",
	} {
		if got := fmt.Sprint(pieces(text, nil)); got != want {
			t.Errorf("pieces(%q) = %s, want %s", text, got, want)
		}
	}
}

// A list is read anew when another one comes, whatever its length.
func TestCatalogueIsTheLists(t *testing.T) {
	for range 3 {
		for _, name := range []string{"Bakso", "Rendang", "Siomay"} {
			found := FindProducts("ada "+name+" kak?", []shop.Product{{Name: name, Price: 1}})
			if len(found) != 1 || found[0].Name != name {
				t.Fatalf("%s: found %v", name, found)
			}
		}
	}
}

// manyProducts is a list as a large shop has it.
func manyProducts(n int) (out []shop.Product) {
	first := strings.Fields("Bakso Soto Sambal Keripik Dimsum Siomay Rendang Nugget Sosis Cireng Batagor Pempek")
	second := strings.Fields("Urat Halus Ayam Sapi Ikan Udang Pedas Manis Gurih Kampung Spesial Jumbo Mini Keju Jamur Bawang Rawit Balado Lada Original Kemangi Teri Cumi Mercon Bakar")
	for i := range n {
		out = append(out, shop.Product{
			Name: first[i%len(first)] + " " + second[i/len(first)%len(second)], Aliases: []string{fmt.Sprintf("kode%d", i)}, Price: 25_000, Stock: 3,
			Variants: []shop.Variant{{Name: "Besar", Stock: 1}, {Name: "Kecil", Stock: 2}},
		})
	}
	return out
}

// Whatever a buyer writes, and whatever the talk was about: no cost is told, and
// nothing grows beyond what fits a chat.
func FuzzProductVars(f *testing.F) {
	list := slices.Clone(frozen)
	for i := range list {
		list[i].Cost = 13_579
		for j := range list[i].Variants {
			list[i].Variants[j].Cost = 13_579
		}
	}
	wide := shop.Product{Name: "Kerupuk", Price: 20_000, Cost: 13_579, Stock: shop.StockUnknown}
	for i := range shop.MostVariants {
		wide.Variants = append(wide.Variants, shop.Variant{Name: fmt.Sprintf("Rasa nomor %d", i), Stock: i % 3, Price: shop.Rupiah(20_000 + i)})
	}
	list = append(list, wide)
	for _, text := range []string{"modal bakso urat 3 pcs berapa", "hpp nya brp", "dua lusin urat ori sama soto 250gr 2", "kerupuk rasa nomor 5 ready?", "yang pedas ada?", "pricelist", "99999 pcs kerupuk"} {
		f.Add(text, 0, 1)
		f.Add(text, 9, 9)
	}
	f.Fuzz(func(t *testing.T, text string, product, variant int) {
		var about shop.Topic
		if product >= 0 && product < len(list) {
			about.Product = list[product].Name
			if v := list[product].Variants; variant >= 0 && variant < len(v) {
				about.Variant = v[variant].Name
			}
		}
		vars, topic := ProductVars(text, list, about, false)
		for name, value := range vars {
			if strings.Contains(value, "13.579") || strings.Contains(value, "modal") {
				t.Errorf("a buyer hears %s: %q", name, value)
			}
			if utf8.RuneCountInString(value) > 4000 || !utf8.ValidString(value) {
				t.Errorf("%s has %d letters", name, utf8.RuneCountInString(value))
			}
		}
		if topic.Product != "" && !slices.ContainsFunc(list, func(p shop.Product) bool { return p.Name == topic.Product }) {
			t.Errorf("the talk is about %+v", topic)
		}
	})
}

func BenchmarkFindProducts(b *testing.B) {
	list := manyProducts(300)
	b.ReportAllocs()
	for b.Loop() {
		FindProducts("kak dimsum jumbo yang besar masih redy ga ya sama pempk keju", list)
	}
}

func BenchmarkProductVars(b *testing.B) {
	list := manyProducts(300)
	b.ReportAllocs()
	for b.Loop() {
		ProductVars("kak dimsum jumbo yang besar 3 bungkus jadi brp ya", list, shop.Topic{}, false)
	}
}

func BenchmarkProductVarsFew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		ProductVars("halo kak harga bakso brp ya?", shelfOfThree, shop.Topic{}, false)
	}
}

func BenchmarkProductVarsNone(b *testing.B) {
	list := manyProducts(300)
	b.ReportAllocs()
	for b.Loop() {
		ProductVars("kak ongkir ke bandung brp ya, pake jne bisa ga", list, shop.Topic{}, false)
	}
}

// The catalogue is shared: whoever reads it while another list comes sees a whole one.
func TestCatalogueIsShared(t *testing.T) {
	var all sync.WaitGroup
	for _, list := range [][]shop.Product{frozen, shelfOfThree, manyProducts(50)} {
		all.Go(func() {
			for range 50 {
				vars, topic := ProductVars("harga "+list[1].Name, list, shop.Topic{}, false)
				if topic.Product != list[1].Name || vars[VarProduct] == "" {
					t.Errorf("%q: the talk is about %+v, %v", list[1].Name, topic, vars)
				}
			}
		})
	}
	all.Wait()
}

// BenchmarkFindProductsPage is a page of words that nobody knows, all of one letter.
func BenchmarkFindProductsPage(b *testing.B) {
	list := manyProducts(300)
	page := strings.Repeat("sambl sotoo kepitig dimsun siomyu spesiak bakxo nugged ", 70)
	for b.Loop() {
		FindProducts(page, list)
	}
}

func BenchmarkMatchManyProducts(b *testing.B) {
	lib, list := library(b), manyProducts(300)
	b.ReportAllocs()
	for b.Loop() {
		lib.Match("kak dimsum jumbo yang besar masih redy ga ya sama pempk keju", list...)
	}
}

func TestAsksKind(t *testing.T) {
	for text, want := range map[string]bool{
		"yang pedas ada?": true, "kalo keju kak?": true, "yg ori masih ready ga kak": true, "warna ungu ada gak": true, "yang ungu ada?": true, "pedas?": true, "yang pedes sama keju ada?": true,
		"bakso urat keju ada gak": true, "bakso urat yg ori masih ready kak": true, "keripik pisang balado ada?": true, "bakso keju ada?": true, "bakso halus ada?": false,
		"bakso urat keju kurang satu": false, "yang pedas pesanan saya belum sampai": false, "pedas banget": false, "yang pedas berapa": false, "ada promo?": false, "ada?": false, "": false, "ongkir berapa": false, "yang kemarin mana": false,
	} {
		if got := AsksKind(text, frozen, talkUrat); got != want {
			t.Errorf("AsksKind(%q) = %v, want %v: %v", text, got, want, Normalise(text))
		}
	}
	for _, about := range []shop.Topic{{}, {Product: "Bakso Halus"}, {Product: "gone"}} {
		if AsksKind("yang pedas ada?", frozen, about) {
			t.Errorf("a kind of %+v", about)
		}
	}
}
