package templates

import (
	"fmt"
	"strings"
	"time"

	"bestie/shop"
)

// mostUnsent is how many reasons a report names; the rest is summed up.
const mostUnsent = 4

// PromoReport is what a campaign came to, short enough for the caption of a picture.
type PromoReport struct {
	shop.CampaignReport
	Kind shop.PromoReportKind
}

func (PromoReport) text() string { return "promo_report" }

// Share writes a number with its share: "20 (13%)".
func (PromoReport) Share(n, of int) string {
	if of == 0 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%d (%d%%)", n, n*100/of)
}

// Full is when the figures are final.
func (r PromoReport) Full() string { return shop.DateClock(r.Last.Add(shop.PromoWindow)) }

// Reasons are why people got nothing, the most frequent first, each on a line.
func (r PromoReport) Reasons() (lines []string) {
	counts, order := map[string]int{}, []string{}
	for _, u := range r.Unsent {
		label := unsentLabel(u)
		if counts[label] == 0 {
			order = append(order, label)
		}
		counts[label] += u.People
	}
	rest := 0
	for i, label := range order {
		if i >= mostUnsent {
			rest += counts[label]
			continue
		}
		lines = append(lines, fmt.Sprintf("%s: %d", label, counts[label]))
	}
	if rest > 0 {
		lines = append(lines, fmt.Sprintf("alasan lain: %d", rest))
	}
	return lines
}

func unsentLabel(u shop.UnsentReason) string {
	switch u.Reason {
	case "":
	case "no consent", "opted out":
		return fateLabels[shop.FateOptedOut]
	case "never wrote to us":
		return strangerLabel
	case "open complaint":
		return fateLabels[shop.FateComplaint]
	case "the campaign was cancelled":
		return "promo dibatalkan"
	case "the campaign is over", "its time has passed", "too old to be sent":
		return missedLabel
	default:
		return "dibatalkan sebelum terkirim"
	}
	if u.Fate == shop.FateNeverWrote {
		return strangerLabel
	}
	if label := fateLabels[u.Fate]; label != "" {
		return label
	}
	return missedLabel
}

const (
	strangerLabel = "belum pernah chat kita"
	missedLabel   = "waktunya sudah lewat" // their evening went by
)

// Named is the campaign, short enough for a title.
func (r PromoReport) Named() string {
	return fmt.Sprintf("#%d \"%s\"", r.Campaign.Number, clip(plain(r.Campaign.Title()), 40))
}

// Top names the wording that brought most replies, "" while there is none.
func (r PromoReport) Top() string {
	n, ok := r.Best()
	if !ok {
		return ""
	}
	f := r.Wordings[n-1]
	return fmt.Sprintf("teks %d, dibalas %s", n, r.Share(f.Replied, f.Reached()))
}

// promoReportSamples are an empty report, one under way, and one as long as any can be.
func promoReportSamples() (out []Text) {
	at := time.Date(2026, 11, 25, 19, 0, 0, 0, shop.WIB)
	c := shop.Campaign{Number: 9999, Name: strings.Repeat("Diskon Rabu ", 20), State: shop.CampaignFinished, Wordings: []string{"a", "b"}}
	full := shop.NewCampaignReport(c, at)
	for i, reason := range []string{"no consent", "never wrote to us", "open complaint", "the campaign was cancelled", "its time has passed", "takeover"} {
		full.Add(shop.PromoFate{Status: "cancelled", Reason: reason})
		full.Add(shop.PromoFate{Fate: []shop.Fate{shop.FateCapped, shop.FateMissed, shop.FateNoRoom}[i%3]})
		full.Add(shop.PromoFate{Status: "unknown", Sent: at, Wording: i % 2, Replied: at, Ordered: at, Stopped: at, Complained: at})
		full.Add(shop.PromoFate{Status: "read", Sent: at, Wording: 1})
		full.Add(shop.PromoFate{Status: "failed"})
		full.Add(shop.PromoFate{Status: "queued"})
	}
	r := full.Finish()
	r.Sent, r.Delivered, r.Read, r.Chosen = 99999, 99998, 99997, 99999
	empty := shop.NewCampaignReport(shop.Campaign{Number: 7, Name: "Diskon Rabu", State: shop.CampaignDraft}, at).Finish()
	for _, kind := range []shop.PromoReportKind{shop.PromoReportAsked, shop.PromoReportEvening, shop.PromoReportFinal} {
		out = append(out, PromoReport{r, kind}, PromoReport{empty, kind})
		r.AsOf = at.Add(shop.PromoWindow)
		r.Failed, r.Waiting = 0, 0
	}
	return out
}
