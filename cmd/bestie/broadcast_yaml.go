package main

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bestie/shop"
)

// campaignReader reads a campaign and remembers where everything stands.
type campaignReader struct {
	campaign shop.Campaign
	dir      string
	now      time.Time
	promo    shop.Promo
	lines    map[string]int // of the fields
	wordings []int          // lines of them
	mistakes []Mistake
}

// readCampaign reads a campaign from YAML; dir is where its picture is looked for.
func readCampaign(src []byte, dir string, now time.Time, promo shop.Promo) (shop.Campaign, []Mistake) {
	root, mistakes := readYAML(src, campaignBounds)
	r := campaignReader{dir: dir, now: now, promo: promo, lines: map[string]int{}, mistakes: mistakes, campaign: shop.Campaign{Kind: shop.CampaignPromo}}
	if root.shape != shapeMap {
		r.refuse(root.line, "", "holds no fields", "name, audience, wordings …")
		return r.campaign, r.mistakes
	}
	for _, f := range root.fields {
		if r.lines[f.key] != 0 {
			r.refuse(f.line, f.key, "is given twice", "")
			continue
		}
		r.lines[f.key] = f.line
		r.field(f)
	}
	if len(r.campaign.Wordings) > 0 {
		r.campaign.Text = r.campaign.Wordings[0]
	}
	if len(r.mistakes) == 0 {
		for _, m := range r.campaign.Mistakes(now) {
			r.wrong(m)
		}
	}
	slices.SortStableFunc(r.mistakes, func(a, b Mistake) int { return cmp.Compare(a.Line, b.Line) })
	return r.campaign, r.mistakes
}

func (r *campaignReader) refuse(line int, key, problem, allowed string) {
	r.mistakes = append(r.mistakes, Mistake{Line: line, Key: key, Problem: problem, Allowed: allowed})
}

// campaignFields are the fields of one word or sentence.
func (r *campaignReader) texts() map[string]*string {
	c := &r.campaign
	return map[string]*string{"name": &c.Name, "audience": &c.Audience, "offer": &c.Offer, "deadline": &c.Deadline, "call": &c.Call}
}

var campaignKinds = []shop.CampaignKind{shop.CampaignCart, shop.CampaignProduct, shop.CampaignPromo, shop.CampaignVoucher}

func (r *campaignReader) field(f rawField) {
	if f.key == "wordings" {
		if f.value.shape != shapeList {
			r.refuse(f.line, f.key, "is no list", "2 to 5 texts, each behind a dash")
		}
		for _, w := range f.value.items {
			r.campaign.Wordings = append(r.campaign.Wordings, strings.TrimSpace(w.text))
			r.wordings = append(r.wordings, w.line)
		}
		return
	}
	if f.value.shape == shapeList || f.value.shape == shapeMap {
		r.refuse(f.line, f.key, "cannot be read: "+f.value.found(), "one text")
		return
	}
	text := strings.TrimSpace(f.value.text)
	switch to := r.texts()[f.key]; {
	case to != nil:
		*to = text
	case f.key == "kind":
		if r.campaign.Kind = shop.CampaignKind(text); !slices.Contains(campaignKinds, r.campaign.Kind) {
			r.refuse(f.line, f.key, quote(text)+" is no kind", "cart, product, promo, voucher")
		}
	case f.key == "from":
		r.from(f, text)
	case f.key == "until":
		r.until(f, text)
	case f.key == "image":
		path := text
		if !filepath.IsAbs(path) {
			path = filepath.Join(r.dir, path)
		}
		format, problem := pictureFormat(path)
		if problem != "" {
			r.refuse(f.line, f.key, quote(text)+" "+problem, "a JPEG or PNG picture up to "+formatBytes(mostPicture))
			return
		}
		r.campaign.Image = &shop.File{Kind: shop.FileImage, MIME: "image/" + format, Path: path}
	default:
		r.refuse(f.line, f.key, "is no field of a campaign", "name, kind, audience, offer, deadline, call, wordings, image, from, until")
	}
}

func (r *campaignReader) from(f rawField, text string) {
	t, err := r.promo.ParseSlot(text, r.now)
	if told := (*shop.Error)(nil); errors.As(err, &told) {
		r.refuse(f.line, f.key, told.Sentence, told.Hint)
		return
	}
	r.campaign.NotBefore = t
}

func (r *campaignReader) until(f rawField, text string) {
	t, err := shop.ParseWhen(text, r.now)
	if told := (*shop.Error)(nil); errors.As(err, &told) {
		r.refuse(f.line, f.key, told.Sentence, told.Hint)
		return
	}
	if t.Equal(shop.Midnight(t)) {
		t = t.AddDate(0, 0, 1) // the whole of that day
	}
	r.campaign.ExpiresAt = t
}

// promoProblems are the mistakes in English: the field they belong to, what is wrong and
// what would be right.
var promoProblems = map[shop.PromoProblem][3]string{
	shop.PromoNoName:     {"name", "is missing", "what admins call it"},
	shop.PromoFewTexts:   {"wordings", "are fewer than 2", "2 to 5 texts that really differ: the same message to everybody is taken for spam"},
	shop.PromoManyTexts:  {"wordings", "are more than 5", "2 to 5 texts"},
	shop.PromoSameText:   {"wordings", "says nearly the same as one before", "other words"},
	shop.PromoNoOffer:    {"wordings", "offers nothing", `a promotion, such as "diskon 25%" or {tawaran}`},
	shop.PromoNoDeadline: {"wordings", "has no time limit", `such as "sampai Jumat" or {batas}`},
	shop.PromoNoCall:     {"wordings", "calls to nothing", `such as "yuk order" or {ajakan}`},
	shop.PromoNoOptOut:   {"wordings", "does not say how to stop promos", `"Balas STOP untuk berhenti"`},
	shop.PromoShortLink:  {"wordings", "hides where a link leads", "the whole link"},
	shop.PromoVariable:   {"wordings", "has a variable that nobody knows", "{" + strings.Join(shop.PromoVariables, "} {") + "}"},
	shop.PromoNoValue:    {"wordings", "uses a variable that the campaign does not give", "offer, deadline or call"},
	shop.PromoHidden:     {"wordings", "has signs that nobody sees, or that pose as others", "letters of an ordinary keyboard"},
	shop.PromoTooLong:    {"wordings", "is too long", "up to 4096 characters, 1024 under a picture"},
	shop.PromoAudience:   {"audience", "cannot be read", "a query (docs/promos.md), or: all"},
	shop.PromoPast:       {"until", "is over, or before the campaign begins", "a later day"},
}

func (r *campaignReader) wrong(m shop.PromoMistake) {
	said := promoProblems[m.Problem]
	line, key, problem := r.lines[said[0]], said[0], said[1]
	if m.Wording > 0 {
		line, key = r.wordings[m.Wording-1], fmt.Sprintf("wordings.%d", m.Wording)
	}
	if m.Problem == shop.PromoAudience {
		if _, err := shop.ParseSegment(m.Word); err != nil {
			problem += ": " + err.Error()
		}
	} else if m.Word != "" {
		problem += ": " + quote(m.Word)
	}
	if m.Near != "" {
		problem += "; did you mean " + quote("{"+m.Near+"}") + "?"
	}
	r.refuse(line, key, problem, said[2])
}
