package shop

import (
	"strconv"
	"strings"
)

// BasisPoints is a share in hundredths of a percent: 750 is 7,5 %.
type BasisPoints int64

// String writes a share the Indonesian way: "7,5%", "14%".
func (b BasisPoints) String() string {
	whole, part := strconv.FormatInt(int64(b)/100, 10), int64(b)%100
	if part == 0 {
		return whole + "%"
	}
	return whole + "," + strings.TrimRight(strconv.FormatInt(100+part, 10)[1:], "0") + "%"
}

// Of is the share of an amount that is not negative, rounded half up to the rupiah
// (domain facts, section 4).
func (b BasisPoints) Of(amount Rupiah) Rupiah { return (amount*Rupiah(b) + 5_000) / 10_000 }

// Fees are what a platform keeps of the selling price: the platform's fee between two
// bounds, and the fee for packing.
type Fees struct {
	Low, High BasisPoints
	Packing   BasisPoints
}

// SellingPlatforms are those whose margins are compared, in this order.
var SellingPlatforms = []Platform{PlatformShopee, PlatformTokopedia, PlatformTikTok, PlatformWhatsApp}

// FeesOf are the fees of a platform (domain facts, section 4, "Comparing platforms");
// false for one on which nothing is sold.
func FeesOf(p Platform) (Fees, bool) {
	switch p {
	case PlatformShopee:
		return Fees{575, 975, 450}, true
	case PlatformTokopedia, PlatformTikTok:
		return Fees{575, 1400, 450}, true
	case PlatformWhatsApp:
		return Fees{0, 0, 300}, true
	}
	return Fees{}, false
}

// PlatformNamed is the selling platform that a word of chat means.
func PlatformNamed(word string) (Platform, bool) {
	switch strings.ToLower(strings.Trim(word, ".,:;!")) {
	case "shopee", "shope", "sopi", "shopi", "sope", "shoppe", "spe", "shp":
		return PlatformShopee, true
	case "tokopedia", "tokped", "toped", "tkpd", "tokopedi", "tokpedia":
		return PlatformTokopedia, true
	case "tiktok", "tiktokshop", "tt", "tts", "tiktik", "tik-tok", "titok":
		return PlatformTikTok, true
	case "whatsapp", "wa", "whatsap", "wab":
		return PlatformWhatsApp, true
	}
	return "", false
}

// Margin is what is left of a sale.
type Margin struct {
	Price, Cost Rupiah
	Rate        BasisPoints // of the platform
	Platform    Rupiah      // its fee
	Packing     Rupiah
}

// MarginOf takes a sale apart. Price and cost are at most MostPosted, so that nothing
// overflows.
func MarginOf(price, cost Rupiah, rate, packing BasisPoints) Margin {
	return Margin{price, cost, rate, rate.Of(price), packing.Of(price)}
}

// Net is the selling price without cost, platform fee and packing fee; negative: a loss.
func (m Margin) Net() Rupiah { return m.BeforePacking() - m.Packing }

// BeforePacking is the margin of whoever packs for nothing.
func (m Margin) BeforePacking() Rupiah { return m.Price - m.Cost - m.Platform }

// Share is the net margin in percent of the price, cut off after one decimal as in the
// course: "14,2".
func (m Margin) Share() string {
	if m.Price <= 0 {
		return "0"
	}
	tenths := int64(m.Net() * 1_000 / m.Price) // Go cuts towards zero
	sign := ""
	if tenths < 0 {
		sign, tenths = "-", -tenths
	}
	return sign + strconv.FormatInt(tenths/10, 10) + "," + strconv.FormatInt(tenths%10, 10)
}
