package bot

import (
	"strconv"
	"strings"

	"bestie/shop"
	"bestie/templates"
)

// margin answers "margin 120000 88468 shopee 7,5%".
func (c *turn) margin(r request) []templates.Text {
	var amounts []shop.Rupiah
	var platform shop.Platform
	rate := shop.BasisPoints(-1)
	for _, w := range joinUnits(r.rest) {
		if p, ok := shop.PlatformNamed(w); ok {
			platform = p
			continue
		}
		if b, ok := rateOf(w); ok {
			rate = b
			continue
		}
		amount, err := shop.ParseAmount(w)
		if problem, wrong := err.(shop.AmountProblem); wrong {
			if problem == shop.AmountNone {
				if len(amounts) == 0 {
					return nil // talk about margins
				}
				return c.usage(r)
			}
			return []templates.Text{templates.AmountRefused{Name: c.name(), Problem: problem, Example: shopCommandOf(r.word).example}}
		}
		amounts = append(amounts, amount)
	}
	if len(amounts) == 0 && (r.asksSomething() || len(r.rest) > 0) {
		return nil
	}
	if len(amounts) != 2 || rate >= 0 && platform == "" {
		return c.usage(r)
	}
	return []templates.Text{templates.Margins{Price: amounts[0], Cost: amounts[1], Rows: marginRows(amounts[0], amounts[1], platform, rate)}}
}

// marginRows reckons one platform, or all of them; rate -1 is the platform's range.
func marginRows(price, cost shop.Rupiah, only shop.Platform, rate shop.BasisPoints) (out []templates.MarginRow) {
	for _, p := range shop.SellingPlatforms {
		fees, _ := shop.FeesOf(p)
		if only != "" && p != only || only == "" && p == shop.PlatformTikTok {
			continue
		}
		low, high := fees.Low, fees.High
		if rate >= 0 {
			low, high = rate, rate
		}
		name := templates.PlatformName(p)
		if only == "" && p == shop.PlatformTokopedia {
			name += "/" + templates.PlatformName(shop.PlatformTikTok) // the same fees
		}
		out = append(out, templates.MarginRow{Platforms: name, Low: shop.MarginOf(price, cost, low, fees.Packing), High: shop.MarginOf(price, cost, high, fees.Packing)})
	}
	return out
}

// rateOf reads a percentage of at most 100 and at most two decimals: "7,5%".
func rateOf(word string) (shop.BasisPoints, bool) {
	number, ok := strings.CutSuffix(word, "%")
	if !ok {
		return 0, false
	}
	whole, part, _ := strings.Cut(strings.ReplaceAll(number, ",", "."), ".")
	if len(part) > 2 {
		return 0, false
	}
	n, err := strconv.ParseUint(whole+(part + "00")[:2], 10, 16)
	return shop.BasisPoints(n), err == nil && whole != "" && n <= 10_000
}

// joinUnits puts amounts together that were written in several words: "Rp 120.000",
// "1,5 jt", "7,5 %".
func joinUnits(said []string) (out []string) {
	prefix := ""
	for _, w := range said {
		low := strings.ToLower(w)
		switch {
		case low == "rp" || low == "rp.":
			prefix = "rp"
			continue
		case low == "persen" || low == "%":
			low = "%"
		case units[low]:
		default:
			out, prefix = append(out, prefix+strings.TrimRight(low, ",.;:")), ""
			continue
		}
		if len(out) == 0 {
			return []string{low}
		}
		out[len(out)-1] += low
	}
	return out
}

var units = words("rb ribu rbu k jt juta jta")
