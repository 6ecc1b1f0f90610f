package templates

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"bestie/shop"
)

// PromoHelp shows what may follow "promo".
type PromoHelp struct{}

// PromoForm is a campaign to be filled in and sent back.
type PromoForm struct{}

// PromoField tells of a field of a campaign that cannot be read, or (with Near) of an
// instant at which no promo starts: Near are the nearest that do.
type PromoField struct {
	Field, Value string
	Past         bool
	Near         []time.Time
}

// PromoMistakes tells all that is wrong with a campaign; Number is 0 for one that was not
// kept.
type PromoMistakes struct {
	Number   int
	Mistakes []shop.PromoMistake
}

// WrongTexts is one problem with the wordings that have it.
type WrongTexts struct {
	Problem shop.PromoProblem
	Word    string
	Near    string // what {Word} was probably meant to be
	Texts   string // "1, 2"; "" for the campaign as a whole
}

// Lines are the mistakes, each problem once.
func (m PromoMistakes) Lines() (lines []WrongTexts) {
	for _, one := range m.Mistakes {
		i := slices.IndexFunc(lines, func(l WrongTexts) bool { return l.Problem == one.Problem && l.Word == one.Word })
		if i < 0 {
			lines = append(lines, WrongTexts{Problem: one.Problem, Word: one.Word, Near: one.Near})
			i = len(lines) - 1
		} else {
			lines[i].Texts += ", "
		}
		if one.Wording > 0 {
			lines[i].Texts += strconv.Itoa(one.Wording)
		}
	}
	return lines
}

// PromoKept tells that a draft was kept, and what comes next.
type PromoKept struct {
	Number       int
	Campaign     string
	SecondPerson bool
}

// PromoList names the campaigns that are not over and the last that were.
type PromoList struct{ Campaigns []shop.Campaign }

// PromoUnknown tells that no campaign has a number.
type PromoUnknown struct{ Number int }

// PromoCode carries the code by which a campaign is approved.
type PromoCode struct {
	Number   int
	Campaign string
	Code     string
}

// What was done to a campaign, or why nothing was.
const (
	PromoApproved     = "approved"
	PromoPaused       = "paused"
	PromoResumed      = "resumed"
	PromoAskCancel    = "ask_cancel"
	PromoCancelled    = "cancelled"
	PromoAlready      = "already"
	PromoSecondPerson = "second_person"
	PromoCodeOver     = "code_over"
	PromoCodeWrong    = "code_wrong"

	PromoPictureHow   = "picture_how"   // how a picture is sent
	PromoPictureGoing = "picture_going" // it is being fetched
	PromoPictureKept  = "picture_kept"  // it is part of the promo
	PromoPictureBad   = "picture_bad"   // it cannot be used
)

// PromoTold says what was done to a campaign, or why nothing was.
type PromoTold struct {
	What     string
	Number   int
	Campaign string
	State    shop.CampaignState
	Left     int // tries that are left for a code
}

// PromoCard is a campaign with what it would do now, and how it reads for some of those
// who would get it.
type PromoCard struct {
	Campaign shop.Campaign
	Audience PreflightText
	Samples  []PromoSample
}

// PromoSample is a promo as one person would read it.
type PromoSample struct{ Name, Text string }

func (PromoHelp) text() string     { return "promo_help" }
func (PromoForm) text() string     { return "promo_form" }
func (PromoField) text() string    { return "promo_field" }
func (PromoMistakes) text() string { return "promo_mistakes" }
func (PromoKept) text() string     { return "promo_kept" }
func (PromoList) text() string     { return "promo_list" }
func (PromoUnknown) text() string  { return "promo_unknown" }
func (PromoCode) text() string     { return "promo_code" }
func (PromoTold) text() string     { return "promo_told" }
func (PromoCard) text() string     { return "promo_card" }

// stateNames are the states as admins read them.
var stateNames = map[shop.CampaignState]string{
	shop.CampaignDraft: "draf", shop.CampaignApproved: "disetujui", shop.CampaignScheduled: "terjadwal", shop.CampaignRunning: "sedang dikirim",
	shop.CampaignPaused: "dijeda", shop.CampaignFinished: "selesai", shop.CampaignCancelled: "dibatalkan", shop.CampaignMissed: "terlewat",
}

// SlotLine is how many people an evening has room for.
func SlotLine(s shop.SlotPlan) string {
	return fmt.Sprintf("🕔 %s: %d orang", shop.DateClock(s.At), s.People)
}

// StateName is a campaign's state in Indonesian.
func StateName(s shop.CampaignState) string { return stateNames[s] }

func promoSamples() (out []Text) {
	at := time.Date(2026, 11, 25, 17, 0, 0, 0, shop.WIB)
	c := shop.Campaign{Number: 7, Name: "Diskon Rabu", Kind: shop.CampaignPromo, State: shop.CampaignDraft, Wordings: []string{"a", "b"}, ExpiresAt: at}
	flight := PreflightText{Preflight: shop.Preflight{Chosen: 412, Fates: map[shop.Fate]int{shop.FateSafe: 355, shop.FateNoConsent: 57}}, Room: "160 muat Rabu, 25 Nov"}
	out = append(out, PromoHelp{}, PromoForm{}, PromoField{"jenis", "apa", false, nil}, PromoField{"kapan", "Rabu 18.00", false, []time.Time{at, at.Add(2 * time.Hour)}}, PromoField{"kapan", "23 Nov 2026 17.00", true, []time.Time{at}}, PromoKept{7, "Diskon Rabu", true}, PromoKept{7, "Diskon Rabu", false},
		PromoList{}, PromoList{[]shop.Campaign{c}}, PromoUnknown{7}, PromoCode{7, "Diskon Rabu", "482913"},
		PromoCard{c, flight, []PromoSample{{"Rina", "Halo Kak Rina"}}}, PromoCard{c, PreflightText{}, nil})
	out = append(out, promoReportSamples()...)
	for _, m := range promoMistakeSamples() {
		out = append(out, PromoMistakes{7, []shop.PromoMistake{m}}, PromoMistakes{0, []shop.PromoMistake{m}})
	}
	for _, what := range []string{
		PromoApproved, PromoPaused, PromoResumed, PromoAskCancel, PromoCancelled, PromoAlready, PromoSecondPerson, PromoCodeOver, PromoCodeWrong,
		PromoPictureHow, PromoPictureGoing, PromoPictureKept, PromoPictureBad,
	} {
		out = append(out, PromoTold{what, 7, "Diskon Rabu", shop.CampaignPaused, 3}, PromoTold{what, 7, "Diskon Rabu", shop.CampaignDraft, 0})
	}
	return out
}

func promoMistakeSamples() (out []shop.PromoMistake) {
	for _, p := range []shop.PromoProblem{
		shop.PromoNoName, shop.PromoFewTexts, shop.PromoManyTexts, shop.PromoSameText, shop.PromoNoOffer, shop.PromoNoDeadline, shop.PromoNoCall, shop.PromoNoOptOut,
		shop.PromoShortLink, shop.PromoVariable, shop.PromoNoValue, shop.PromoHidden, shop.PromoTooLong, shop.PromoAudience, shop.PromoPast,
	} {
		out = append(out, shop.PromoMistake{Problem: p, Wording: 2, Word: "tawaran", Near: "nama"}, shop.PromoMistake{Problem: p})
	}
	return out
}
