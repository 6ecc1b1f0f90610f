package shop

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// PromoProblem is what is wrong with a campaign, so that every reader can be told in their
// language.
type PromoProblem string

// The problems. Each wording carries the whole formula: what is offered, until when, and
// what to do (domain facts, section 3).
const (
	PromoNoName     PromoProblem = "no_name"
	PromoFewTexts   PromoProblem = "few_wordings"  // fewer than LeastWordings
	PromoManyTexts  PromoProblem = "many_wordings" // more than MostWordings
	PromoSameText   PromoProblem = "same_wording"  // says what an earlier one says
	PromoNoOffer    PromoProblem = "no_offer"
	PromoNoDeadline PromoProblem = "no_deadline"
	PromoNoCall     PromoProblem = "no_call"
	PromoNoOptOut   PromoProblem = "no_opt_out"
	PromoShortLink  PromoProblem = "short_link" // Word hides where it leads
	PromoVariable   PromoProblem = "variable"   // nobody knows {Word}
	PromoNoValue    PromoProblem = "no_value"   // {Word} is used, but the campaign has none
	PromoHidden     PromoProblem = "hidden"     // signs that nobody sees, or that pose as others
	PromoTooLong    PromoProblem = "too_long"
	PromoAudience   PromoProblem = "audience" // the query cannot be read
	PromoPast       PromoProblem = "past"     // it ends before it begins, or is over
)

// PromoMistake is one mistake of a campaign.
type PromoMistake struct {
	Problem PromoProblem
	Wording int    // which one, from 1; 0: the campaign
	Word    string // what stands there
	Near    string // the variable that was probably meant, "" when none is near
}

// Bounds of a campaign. Fewer wordings would be the same message to everybody, which
// WhatsApp takes for spam (field guide, section 5); more than fits under a picture is cut.
const (
	LeastWordings = 2
	MostWordings  = 5
	mostCaption   = 1024
	mostText      = 4096
)

// PromoVariables are what a wording may hold in braces.
var PromoVariables = []string{"nama", "produk", "kota", "toko", "tawaran", "batas", "ajakan"}

// Mistakes are all that speaks against sending a campaign as it is, in order.
func (c Campaign) Mistakes(now time.Time) (out []PromoMistake) {
	add := func(p PromoProblem, wording int, word string) {
		out = append(out, PromoMistake{Problem: p, Wording: wording, Word: word})
	}
	if strings.TrimSpace(c.Name) == "" {
		add(PromoNoName, 0, "")
	}
	if _, err := ParseSegment(c.Audience); err != nil {
		add(PromoAudience, 0, c.Audience)
	}
	if !c.ExpiresAt.IsZero() && (!c.ExpiresAt.After(now) || !c.ExpiresAt.After(c.NotBefore)) {
		add(PromoPast, 0, DateClock(c.ExpiresAt))
	}
	switch n := len(c.Wordings); {
	case n < LeastWordings:
		add(PromoFewTexts, 0, "")
	case n > MostWordings:
		add(PromoManyTexts, 0, "")
	}
	for i, w := range c.Wordings {
		for _, m := range c.wordingMistakes(w) {
			m.Wording = i + 1
			out = append(out, m)
		}
		if slices.ContainsFunc(c.Wordings[:i], func(before string) bool { return sameWording(before, w) }) {
			add(PromoSameText, i+1, "")
		}
	}
	return out
}

func (c Campaign) wordingMistakes(w string) (out []PromoMistake) {
	add := func(p PromoProblem, word string) { out = append(out, PromoMistake{Problem: p, Word: word}) }
	filled := strings.NewReplacer("{tawaran}", c.Offer, "{batas}", c.Deadline, "{ajakan}", c.Call).Replace(w)
	if word := hiddenIn(filled); word != "" {
		add(PromoHidden, word)
	}
	out = append(out, missingParts(w)...)
	if link := shortLinks.FindStringSubmatch(strings.ToLower(filled)); link != nil {
		add(PromoShortLink, link[1])
	}
	out = append(out, c.variableMistakes(w)...)
	most := mostText
	if c.Image != nil || c.Picture != 0 {
		most = mostCaption
	}
	if utf8.RuneCountInString(c.Render(Candidate{}, slices.Index(c.Wordings, w))) > most {
		add(PromoTooLong, "")
	}
	return out
}

// missingParts are the parts of the formula that a wording lacks. Words of links and of
// the line that ends promos count for none.
func missingParts(w string) (out []PromoMistake) {
	said := links.ReplaceAllString(strings.ToLower(optOutLine.ReplaceAllString(w, " ")), " ")
	for _, part := range []struct {
		problem   PromoProblem
		words     *regexp.Regexp
		name, not string
	}{
		{PromoNoOffer, offerWords, "{tawaran}", noOffer.ReplaceAllString(said, " ")},
		{PromoNoDeadline, deadlineWords, "{batas}", noDeadline.ReplaceAllString(said, " ")},
		{PromoNoCall, callWords, "{ajakan}", said},
	} {
		if !part.words.MatchString(part.not) && !strings.Contains(said, part.name) {
			out = append(out, PromoMistake{Problem: part.problem})
		}
	}
	if !optOutLine.MatchString(w) {
		out = append(out, PromoMistake{Problem: PromoNoOptOut})
	}
	return out
}

// variableMistakes are the braces of a wording that would be sent as they are, and the
// variables that would be sent empty.
func (c Campaign) variableMistakes(w string) (out []PromoMistake) {
	for _, v := range braces.FindAllString(w, -1) {
		name := strings.Trim(v, "{} ")
		known := strings.ToLower(name)
		value, own := map[string]string{"tawaran": c.Offer, "batas": c.Deadline, "ajakan": c.Call}[known]
		switch {
		case !slices.Contains(PromoVariables, known) || !strings.EqualFold(v, "{"+known+"}"):
			out = append(out, PromoMistake{Problem: PromoVariable, Word: name, Near: near(known, PromoVariables)})
		case own && strings.TrimSpace(value) == "":
			out = append(out, PromoMistake{Problem: PromoNoValue, Word: known})
		}
	}
	return out
}

// sameWording tells that two wordings say the same but for signs, order and a word or two:
// of all their words nine in ten are in both.
func sameWording(a, b string) bool {
	in := func(s string) map[string]bool {
		set := map[string]bool{}
		for _, w := range strings.FieldsFunc(strings.ToLower(optOutLine.ReplaceAllString(s, " ")), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }) {
			set[w] = true
		}
		return set
	}
	one, two, both := in(a), in(b), 0
	for w := range one {
		if two[w] {
			both++
		}
	}
	return 10*both >= 9*(len(one)+len(two)-both)
}
