package shop

import "slices"

// Product is one thing the shop sells, as the product list names it. Whatever is
// said about a product comes from the owner's list only; the program never
// guesses (domain facts, section 1). A zero value means that the list does not
// say, but for Stock.
type Product struct {
	Name        string    // as the owner writes it and the customer reads it
	Aliases     []string  // other names customers use
	Variants    []Variant // flavours, colours or sizes; nil: sold in one kind only
	Price       Rupiah    // what a buyer pays for one piece
	Cost        Rupiah    // what a dropshipper owes for one piece ("modal"); never shown to buyers
	Tiers       []Tier    // bulk prices, ascending by From
	Weight      int       // grams of one piece as it is sent
	Links       []Link    // where it can be ordered, in the order of Platforms
	Usage       string    // how to cook or use it
	Ingredients string
	ShelfLife   string // how long it keeps: "6 bulan di freezer"
	Storage     string // how it is to be stored
	Halal       string // number of the halal certificate
	Permit      string // number of the BPOM or PIRT permit
	Stock       int    // pieces on the shelf; 0 = sold out, StockUnknown; with variants always StockUnknown
	Note        string // for the admins; never shown to customers
	Image       string // path of a JPEG or PNG file
}

// StockUnknown is the stock of a product or variant whose pieces nobody counted:
// it is neither promised nor denied.
const StockUnknown = -1

// Variant is a flavour, colour or size of a product.
type Variant struct {
	Name    string
	Aliases []string
	Stock   int    // pieces on the shelf; 0 = sold out, StockUnknown
	Price   Rupiah // its own price for one piece; 0 = the product's
	Cost    Rupiah // its own cost for one piece; 0 = the product's
}

// Tier is a bulk price: what each piece costs a buyer who takes From or more.
type Tier struct {
	From  int
	Price Rupiah
}

// Link leads to a product in a shop on a platform.
type Link struct {
	Platform Platform
	URL      string
}

// Platform is where customers order.
type Platform string

// The platforms (domain facts, section 4), and the shop's own web site.
const (
	PlatformShopee    Platform = "shopee"
	PlatformTokopedia Platform = "tokopedia"
	PlatformTikTok    Platform = "tiktok"
	PlatformWhatsApp  Platform = "whatsapp"
	PlatformWeb       Platform = "web"
)

// Platforms are all platforms, in the order in which they are listed.
var Platforms = []Platform{PlatformShopee, PlatformTokopedia, PlatformTikTok, PlatformWhatsApp, PlatformWeb}

// Each is what a buyer pays for one piece of a variant (nil: of the product) who
// takes n of it: the best bulk price that n reaches. A variant with its own price
// has no bulk price; a person quotes it.
func (p Product) Each(v *Variant, n int) Rupiah {
	if v != nil && v.Price > 0 {
		return v.Price
	}
	each := p.Price
	for _, t := range p.Tiers {
		if n >= t.From {
			each = t.Price
		}
	}
	return each
}

// EachCost is what a dropshipper owes for one piece of a variant (nil: of the
// product); 0 when the list does not say. A variant with a price of its own and no
// cost of its own has none that is known.
func (p Product) EachCost(v *Variant) Rupiah {
	switch {
	case v == nil || v.Cost == 0 && v.Price == 0:
		return p.Cost
	default:
		return v.Cost
	}
}

// Counted tells that somebody counted the pieces of the product, or of one of its variants.
func (p Product) Counted() bool {
	return p.Stock != StockUnknown || slices.ContainsFunc(p.Variants, func(v Variant) bool { return v.Stock != StockUnknown })
}

// SameStock tells that two versions of a product state the same stock for the same variants.
func (p Product) SameStock(other Product) bool {
	same := func(a, b Variant) bool { return a.Name == b.Name && a.Stock == b.Stock }
	return p.Stock == other.Stock && slices.EqualFunc(p.Variants, other.Variants, same)
}

// OnHand is how many pieces there are of all variants together; StockUnknown when
// one of them was not counted.
func (p Product) OnHand() int {
	if len(p.Variants) == 0 {
		return p.Stock
	}
	sum := 0
	for _, v := range p.Variants {
		if v.Stock == StockUnknown {
			return StockUnknown
		}
		sum += v.Stock
	}
	return sum
}

// SoldOut tells that nothing of the product is left, in any variant.
func (p Product) SoldOut() bool { return p.OnHand() == 0 }

// PricesDiffer tells that some variant has a price of its own.
func (p Product) PricesDiffer() bool {
	return slices.ContainsFunc(p.Variants, func(v Variant) bool { return v.Price > 0 })
}

// Link is where the product can be ordered on a platform; "" when the list does
// not say.
func (p Product) Link(on Platform) string {
	for _, l := range p.Links {
		if l.Platform == on {
			return l.URL
		}
	}
	return ""
}

// Topic is the product a conversation is about, so that "yang merah ada?" needs
// no name again. Both names are those of the product list; the zero Topic is none.
type Topic struct {
	Product string
	Variant string // "" while no variant was named
}
