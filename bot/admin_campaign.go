package bot

import (
	"regexp"
	"slices"
	"strings"

	"bestie/shop"
	"bestie/templates"
)

// promoWords are the second words of "promo …", the first of each its name.
var promoWords = []struct {
	words   []string
	example string
	run     func(o *order, v *shop.TicketView, rest string) templates.Text
}{
	{[]string{"lihat", "liat", "cek", "detail"}, "promo lihat 7", (*order).lookPromo},
	{[]string{"tes", "test", "coba", "contoh"}, "promo tes 7", (*order).testPromo},
	{[]string{"setuju", "setujui", "acc", "ok"}, "promo setuju 7", (*order).approvePromo},
	{[]string{"jeda", "pause", "tahan"}, "promo jeda 7", (*order).pausePromo},
	{[]string{"lanjut", "lanjutkan", "resume"}, "promo lanjut 7", (*order).resumePromo},
	{[]string{"batal", "batalkan", "cancel"}, "promo batal 7", (*order).cancelPromo},
	{[]string{"gambar", "foto", "image"}, "promo gambar 7", (*order).picturePromo},
	{[]string{"laporan", "report", "hasil"}, "promo laporan 7", (*order).reportPromo},
}

// captions are the words that may stand after "promo" below a picture; all others are
// typed by themselves.
var captions = map[string]bool{"baru": true, "buat": true, "bikin": true, "new": true, "gambar": true, "foto": true, "image": true}

// promo answers "promo" with what follows it.
func (o *order) promo() templates.Text {
	word, rest := cutWord(o.rest)
	if o.m.Kind == shop.KindImage && !captions[word] {
		return templates.NotSendable{}
	}
	switch word {
	case "":
		return templates.PromoHelp{}
	case "on", "buka":
		return o.c.promosOn(strings.Fields(strings.ToLower(o.rest)))
	case "baru", "buat", "bikin", "new":
		return o.newPromo(rest)
	}
	known := []string{"baru", "buka"}
	for _, w := range promoWords {
		known = append(known, w.words[0])
	}
	if near := templates.Mistyped(word, known); near != "" {
		word = near
	}
	if word == "buka" {
		return o.c.promosOn([]string{word})
	}
	if word == "baru" {
		return o.newPromo(rest)
	}
	for _, w := range promoWords {
		if !slices.Contains(w.words, word) {
			continue
		}
		number, given, tail := cutNumber(rest)
		if !given {
			if w.words[0] == "lihat" && strings.TrimSpace(rest) == "" {
				return templates.PromoList{Campaigns: o.c.Desk.Campaigns}
			}
			return templates.Correction{Example: w.example}
		}
		if o.view = o.c.Desk.Numbered(number); o.view == nil || o.view.Campaign == nil {
			o.view = nil
			return templates.PromoUnknown{Number: number}
		}
		return w.run(o, o.view, strings.TrimSpace(tail))
	}
	return templates.PromoHelp{}
}

// told is what an admin hears of a step that was done, or was not.
func (o *order) told(v *shop.TicketView, what string) templates.PromoTold {
	return templates.PromoTold{What: what, Number: v.Number, Campaign: v.Campaign.Title(), State: v.Campaign.State}
}

// lookPromo answers "promo lihat 7": the broadcaster reckons what the promo would do, and
// answers.
func (o *order) lookPromo(_ *shop.TicketView, _ string) templates.Text {
	o.act(shop.Action{Kind: shop.ActPromoLook})
	return nil
}

// testPromo answers "promo tes 7": the admin gets it as a customer would.
func (o *order) testPromo(_ *shop.TicketView, _ string) templates.Text {
	o.act(shop.Action{Kind: shop.ActPromoTest})
	return nil
}

// picturePromo answers "promo gambar 7" below a picture: it becomes that of the draft, as
// soon as it has been fetched.
func (o *order) picturePromo(v *shop.TicketView, _ string) templates.Text {
	with := *v.Campaign
	with.Picture = o.m.ID
	switch {
	case o.m.Kind != shop.KindImage:
		return o.told(v, templates.PromoPictureHow)
	case with.State != shop.CampaignDraft:
		return o.told(v, templates.PromoAlready)
	}
	if wrong := with.Mistakes(o.c.Now); len(wrong) > 0 {
		return templates.PromoMistakes{Number: v.Number, Mistakes: wrong}
	}
	o.act(shop.Action{Kind: shop.ActPromoPicture, Picture: o.m.ID})
	v.Campaign.Picture, v.Code = o.m.ID, nil
	return o.told(v, templates.PromoPictureGoing)
}

// codeForm is a code as it is typed back.
var codeForm = regexp.MustCompile(`^(?i:kode\s*)?(\d{3})[ .-]?(\d{3})$`)

// approvePromo answers "promo setuju 7" by a code in the approver's own chat, and "promo
// setuju 7 482913" by the approval.
func (o *order) approvePromo(v *shop.TicketView, rest string) templates.Text {
	c, me := v.Campaign, o.c.Person.ID
	switch {
	case c.State != shop.CampaignDraft:
		return o.told(v, templates.PromoAlready)
	case c.Picture != 0:
		return o.told(v, templates.PromoPictureGoing)
	case o.c.bot.Policy.SecondPerson && c.CreatedBy == me:
		return o.told(v, templates.PromoSecondPerson)
	}
	if wrong := c.Mistakes(o.c.Now); len(wrong) > 0 {
		return templates.PromoMistakes{Number: v.Number, Mistakes: wrong}
	}
	if rest == "" {
		return o.sendCode(v)
	}
	typed := codeForm.FindStringSubmatch(rest)
	switch {
	case typed == nil:
		return templates.Correction{Example: "promo setuju 7 123456"}
	case !v.Code.Valid(o.c.Now):
		return o.told(v, templates.PromoCodeOver)
	case !v.Code.Matches(c.ID, me, typed[1]+typed[2]):
		o.act(shop.Action{Kind: shop.ActPromoMistake})
		v.Code.Tries++
		told := o.told(v, templates.PromoCodeWrong)
		told.Left = shop.CodeTries - v.Code.Tries
		return told
	}
	return o.movePromo(v, shop.CampaignApproved, templates.PromoApproved)
}

func (o *order) sendCode(v *shop.TicketView) templates.Text {
	code := o.c.bot.Code()
	until := o.c.Now.Add(shop.CodeLife)
	hash := shop.CodeHash(v.Campaign.ID, o.c.Person.ID, code)
	o.act(shop.Action{Kind: shop.ActPromoCode, Hash: hash, Until: until})
	v.Code = &shop.CampaignCode{Hash: hash, ExpiresAt: until}
	return templates.PromoCode{Number: v.Number, Campaign: v.Campaign.Title(), Code: code}
}

// movePromo moves a campaign, for this and the following messages of the turn.
func (o *order) movePromo(v *shop.TicketView, to shop.CampaignState, told string) templates.Text {
	if !v.Campaign.State.MayBecome(to) {
		return o.told(v, templates.PromoAlready)
	}
	o.act(shop.Action{Kind: shop.ActPromoMove, State: to})
	v.Campaign.State = to
	return o.told(v, told)
}

// pausePromo answers "promo jeda 7": whoever sees that something is wrong may stop it.
func (o *order) pausePromo(v *shop.TicketView, _ string) templates.Text {
	return o.movePromo(v, shop.CampaignPaused, templates.PromoPaused)
}

// resumePromo answers "promo lanjut 7"; who is left is placed anew.
func (o *order) resumePromo(v *shop.TicketView, _ string) templates.Text {
	if v.Campaign.State != shop.CampaignPaused {
		return o.told(v, templates.PromoAlready)
	}
	return o.movePromo(v, shop.CampaignApproved, templates.PromoResumed)
}

// cancelPromo answers "promo batal 7": it cannot be undone, so a second word is asked for.
func (o *order) cancelPromo(v *shop.TicketView, _ string) templates.Text {
	if !v.Campaign.State.MayBecome(shop.CampaignCancelled) {
		return o.told(v, templates.PromoAlready)
	}
	o.confirmFirst("promo batal", v)
	return o.told(v, templates.PromoAskCancel)
}

func (o *order) dropPromo(v *shop.TicketView) templates.Text {
	if v.Campaign == nil {
		return templates.PromoUnknown{Number: v.Number}
	}
	return o.movePromo(v, shop.CampaignCancelled, templates.PromoCancelled)
}
