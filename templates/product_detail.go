package templates

import (
	"fmt"
	"slices"
	"strings"

	"bestie/shop"
)

// What a question about a product is after. A fact that the list has does not
// answer a question about another one: to "sudah BPOM?" the halal number is none.
var (
	asksPermit      = wordSet("bpom pirt irt pom izin edar dinkes legal")
	asksHalal       = wordSet("halal mui haram")
	asksStorage     = wordSet("simpan penyimpanan kulkas freezer suhu taruh kulkasnya beku dibekukan chiller")
	asksIngredients = wordSet("bahan komposisi kandungan terbuat msg micin pengawet pewarna boraks borax gluten kandung campuran isinya")
	asksWeight      = wordSet("berat bobot netto neto gram gr kg kilo timbang timbangan")
	asksPreparing   = wordSet("cara masak olah goreng rebus kukus panggang saji pakai seduh tuang")
	asksLink        = wordSet("link tautan beli order pesan checkout keranjang shopee tokopedia tiktok website toko mana")
	// asksBody are questions about somebody's health: a person answers those.
	asksBody = wordSet("hamil bumil busui menyusui bayi balita anak diabetes gula kolesterol asam alergi maag lambung hipertensi darah tensi " +
		"jantung ginjal obat penyakit sakit diet kanker mpasi pantangan")
)

// details fills what the list tells about the goods themselves.
func (f facts) details(vars Vars) {
	vars[VarHalal] = f.each(f.certified)
	vars[VarExpiry] = f.each(f.keeps)
	if !f.asks(asksBody) {
		f.preparing(vars)
	}
	products := distinct(f.list)
	// The links of several products are a wall of text: they are for whoever asks for links.
	if !f.dropshipper && (f.asks(asksLink) || len(products) == 1 && !f.again) {
		vars[VarLinks] = f.links(products)
	}
	if len(products) == 1 {
		vars[VarImage] = products[0].Image
	}
}

// preparing fills how to prepare the goods, what is in them and what they weigh:
// what was asked for of these, or how to prepare them.
func (f facts) preparing(vars Vars) {
	ingredients, preparing := f.asks(asksIngredients), f.asks(asksPreparing)
	if f.asks(asksWeight) {
		if vars[VarWeight] = f.each(weight); !ingredients && !preparing {
			return
		}
	}
	switch {
	case ingredients && preparing:
		vars[VarUsage] = f.each(func(g goods) string {
			if g.product.Usage == "" || g.product.Ingredients == "" {
				return ""
			}
			return about(g, strings.TrimSuffix(g.product.Usage, ".")+". Bahan: "+g.product.Ingredients)
		})
	case ingredients:
		vars[VarIngredients] = f.each(func(g goods) string { return about(g, g.product.Ingredients) })
	default:
		vars[VarUsage] = f.each(func(g goods) string { return about(g, g.product.Usage) })
	}
}

// about says a text of the list under the product's name.
func about(g goods, text string) string {
	if text == "" {
		return ""
	}
	return g.product.Name + ": " + strings.TrimSuffix(text, ".")
}

// certified is the number that was asked for, else all there are.
func (f facts) certified(g goods) string {
	halal, permit := f.asks(asksHalal), f.asks(asksPermit)
	p := g.product
	if halal && p.Halal == "" || permit && p.Permit == "" {
		return ""
	}
	var known []string
	if p.Halal != "" && (halal || !permit) {
		known = append(known, "sertifikat halal "+p.Halal)
	}
	if p.Permit != "" && (permit || !halal) {
		known = append(known, "izin edar "+p.Permit)
	}
	return about(g, join(known))
}

// keeps is how long the goods keep, and how they are stored.
func (f facts) keeps(g goods) string {
	p := g.product
	switch storage := f.asks(asksStorage); {
	case storage && p.Storage == "", !storage && p.ShelfLife == "":
		return ""
	case p.Storage == "":
		return about(g, "tahan "+p.ShelfLife)
	case p.ShelfLife == "":
		return about(g, "cara simpan: "+p.Storage)
	}
	return about(g, "tahan "+strings.TrimSuffix(p.ShelfLife, ".")+", cara simpan: "+p.Storage)
}

// mostLinked is for how many products links are listed.
const mostLinked = 3

// platformNames are the platforms as customers read and write them.
var platformNames = map[shop.Platform]struct {
	title string
	said  map[string]bool
}{
	shop.PlatformShopee:    {"Shopee", wordSet("shopee")},
	shop.PlatformTokopedia: {"Tokopedia", wordSet("tokopedia")},
	shop.PlatformTikTok:    {"TikTok Shop", wordSet("tiktok")},
	shop.PlatformWhatsApp:  {"WhatsApp", wordSet("whatsapp wa")},
	shop.PlatformWeb:       {"Website", wordSet("website web situs")},
}

// links are where the products can be ordered, one on a line: on the platform that
// was named, else on all.
func (f facts) links(products []shop.Product) string {
	ready := slices.DeleteFunc(slices.Clone(products), shop.Product.SoldOut)
	if len(ready) > 0 { // a link to what is sold out helps nobody who asked for more
		products = ready
	}
	if len(products) > mostLinked {
		return ""
	}
	var named []shop.Platform
	for _, on := range shop.Platforms {
		if f.asks(platformNames[on].said) {
			named = append(named, on)
		}
	}
	if named == nil {
		named = shop.Platforms
	}
	var out []string
	for _, p := range products {
		var lines []string
		for _, on := range named {
			if url := p.Link(on); url != "" {
				lines = append(lines, fmt.Sprintf("%s: %s", platformNames[on].title, url))
			}
		}
		if len(lines) == 0 {
			return ""
		}
		if len(products) > 1 {
			lines = append([]string{p.Name}, lines...)
		}
		out = append(out, strings.Join(lines, "\n"))
	}
	return strings.Join(out, "\n")
}
