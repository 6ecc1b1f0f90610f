package shop

import (
	"cmp"
	"slices"
	"time"
)

// PromoWindow is for how long after a promo what its reader does is ascribed to it: until
// then, or until their next promo, whichever comes first.
const PromoWindow = 72 * time.Hour

// PromoReportKind says why a campaign is reported on.
type PromoReportKind string

// The kinds.
const (
	PromoReportAsked   PromoReportKind = "asked"   // somebody asked for it in chat
	PromoReportEvening PromoReportKind = "evening" // the evening on which it ended is over
	PromoReportFinal   PromoReportKind = "final"   // PromoWindow has passed since its last promo
)

// eveningOver is when, since midnight in WIB, the quiet hours begin (field guide, section
// 5): until then an evening's promos may leave.
const eveningOver = 21 * time.Hour

// PromoReportTimes are when the author of a campaign that ended at an instant hears of
// it: that evening, and when nothing can be ascribed any more to its last promo.
func PromoReportTimes(ended, last time.Time) (evening, final time.Time) {
	if evening = Midnight(ended).Add(eveningOver); evening.Before(ended) {
		evening = ended
	}
	return evening, last.Add(PromoWindow)
}

// PromoFate is what became of one person of a campaign.
type PromoFate struct {
	Fate    Fate      // what was planned; "" if their place in the plan is gone
	Status  string    // of their promo in the outbox (docs/states.md); "" if none was written
	Reason  string    // why it was dropped or refused
	Wording int       // counted from 0
	Sent    time.Time // when it left or was last tried; zero if it never was
	// What they did in the window of this promo; zero if they did not.
	Replied, Stopped, Complained, Ordered time.Time
}

// PromoFigures count the promos that may have arrived and what came of them. Sent are those
// that WhatsApp took; those delivered are among them, those read among these. Unknown
// ones may have arrived and are not sent ones. The rest counts people, of Sent and Unknown.
type PromoFigures struct {
	Sent       int `json:"sent"`
	Delivered  int `json:"delivered"`
	Read       int `json:"read"`
	Unknown    int `json:"unknown"`
	Replied    int `json:"replied"` // wrote anything, a STOP too
	Stopped    int `json:"stopped"`
	Complained int `json:"complained"`
	Ordered    int `json:"ordered"` // wrote, and had an order placed
}

// Reached is whom the promo may have reached.
func (f PromoFigures) Reached() int { return f.Sent + f.Unknown }

func (f *PromoFigures) add(p PromoFate) {
	switch p.Status {
	case "unknown":
		f.Unknown++
	case "read":
		f.Read++
		fallthrough
	case "delivered":
		f.Delivered++
		fallthrough
	default:
		f.Sent++
	}
	f.Replied += one(!p.Replied.IsZero())
	f.Stopped += one(!p.Stopped.IsZero())
	f.Complained += one(!p.Complained.IsZero())
	f.Ordered += one(!p.Replied.IsZero() && !p.Ordered.IsZero())
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// UnsentReason is how many people did not get a promo because of one thing.
type UnsentReason struct {
	Fate   Fate   // what the plan said; "" where the reason came up later
	Reason string // why it was dropped just before sending; "" where the plan said so
	People int
}

// CampaignReport is what a campaign came to. Every person that it chose is in exactly one
// of Reached, Failed, Waiting and Unsent.
type CampaignReport struct {
	Campaign Campaign
	AsOf     time.Time
	Chosen   int
	PromoFigures
	Failed   int // WhatsApp refused it
	Waiting  int // is to be sent yet
	Unsent   []UnsentReason
	Hours    [24]PromoFigures // by hour of sending, WIB
	Wordings []PromoFigures
	Last     time.Time // when the last promo left; zero if none did
}

// NewCampaignReport begins a report; Add every person, then Finish.
func NewCampaignReport(c Campaign, now time.Time) *CampaignReport {
	return &CampaignReport{Campaign: c, AsOf: now, Wordings: make([]PromoFigures, max(1, len(c.Wordings)))}
}

// Add counts one person of the campaign.
func (r *CampaignReport) Add(p PromoFate) {
	r.Chosen++
	switch p.Status {
	case "sent", "delivered", "read", "unknown":
		r.add(p)
		r.Hours[p.Sent.In(WIB).Hour()].add(p)
		if p.Wording >= 0 && p.Wording < len(r.Wordings) {
			r.Wordings[p.Wording].add(p)
		}
		if p.Sent.After(r.Last) {
			r.Last = p.Sent
		}
	case "failed":
		r.Failed++
	case "cancelled":
		r.unsent("", p.Reason)
	case "":
		if p.Fate != FateSafe {
			r.unsent(p.Fate, "")
		} else if r.Campaign.State.Over() {
			r.unsent(FateMissed, "")
		} else {
			r.Waiting++
		}
	default:
		r.Waiting++
	}
}

func (r *CampaignReport) unsent(f Fate, reason string) {
	i := slices.IndexFunc(r.Unsent, func(u UnsentReason) bool { return u.Fate == f && u.Reason == reason })
	if i < 0 {
		i, r.Unsent = len(r.Unsent), append(r.Unsent, UnsentReason{Fate: f, Reason: reason})
	}
	r.Unsent[i].People++
}

// Finish puts the reasons into order, the most frequent first.
func (r *CampaignReport) Finish() CampaignReport {
	slices.SortFunc(r.Unsent, func(a, b UnsentReason) int {
		return cmp.Or(b.People-a.People, cmp.Compare(a.Fate, b.Fate), cmp.Compare(a.Reason, b.Reason))
	})
	return *r
}

// Final tells that no figure can change any more, but for receipts that come late.
func (r CampaignReport) Final() bool {
	return r.Campaign.State.Over() && (r.Last.IsZero() || !r.AsOf.Before(r.Last.Add(PromoWindow)))
}

// NotSent is how many people are in Unsent.
func (r CampaignReport) NotSent() (n int) {
	for _, u := range r.Unsent {
		n += u.People
	}
	return n
}

// Best is the wording that most of those it reached replied to, counted from 1; ok is
// false while nobody replied or there is only one to choose from.
func (r CampaignReport) Best() (wording int, ok bool) {
	best, used := 0, 0
	for i, f := range r.Wordings {
		used += one(f.Reached() > 0)
		b := r.Wordings[best]
		if f.Reached() > 0 && (b.Reached() == 0 || f.Replied*b.Reached() > b.Replied*f.Reached()) {
			best = i
		}
	}
	return best + 1, used > 1 && r.Wordings[best].Replied > 0
}

// DuePromoReport is a report on a campaign that is to be written to a person.
type DuePromoReport struct {
	Campaign int64
	Person   int64
	Kind     PromoReportKind
}
