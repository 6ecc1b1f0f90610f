package bot

import (
	"errors"
	"regexp"
	"strings"

	"bestie/shop"
	"bestie/templates"
)

// promoLabel is the name of a field at the start of a line of a pasted campaign.
var promoLabel = regexp.MustCompile(`(?im)^[ \t*•-]*(nama|judul|jenis|untuk|sasaran|tawaran|batas(?: *waktu)?|ajakan|teks *[1-5]?|pesan *[1-5]?|kapan|mulai|jadwal|sampai|berakhir)[ \t*]*[:=][ \t]*`)

// promoKinds are the kinds as admins write them.
var promoKinds = map[string]shop.CampaignKind{
	"": shop.CampaignPromo, "promo": shop.CampaignPromo, "diskon": shop.CampaignPromo,
	"keranjang": shop.CampaignCart, "cart": shop.CampaignCart,
	"produk": shop.CampaignProduct, "produk baru": shop.CampaignProduct, "product": shop.CampaignProduct,
	"voucher": shop.CampaignVoucher, "promo voucher": shop.CampaignVoucher, "vocer": shop.CampaignVoucher,
}

// newPromo answers "promo baru": alone by a form to be filled in, filled in by the draft or
// by all that is wrong with it.
func (o *order) newPromo(rest string) templates.Text {
	if !promoLabel.MatchString(rest) {
		return templates.PromoForm{}
	}
	c, wrong := o.readPromo(rest)
	if o.m.Kind == shop.KindImage {
		c.Picture = o.m.ID
	}
	if wrong == nil {
		if mistakes := c.Mistakes(o.c.Now); len(mistakes) > 0 {
			wrong = templates.PromoMistakes{Mistakes: mistakes}
		}
	}
	if wrong != nil {
		return wrong
	}
	c.Number, c.CreatedBy, c.CreatedAt = o.c.Desk.NextNumber, o.c.Person.ID, o.c.Now
	o.c.Desk.NextNumber++
	o.c.out.Campaigns = append(o.c.out.Campaigns, c)
	return templates.PromoKept{Number: c.Number, Campaign: c.Title(), SecondPerson: o.c.bot.Policy.SecondPerson}
}

// readPromo takes a pasted campaign apart; wrong is what cannot even be read.
func (o *order) readPromo(text string) (c shop.Campaign, wrong templates.Text) {
	at := promoLabel.FindAllStringSubmatchIndex(text, -1)
	for i, m := range at {
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		value := strings.TrimSpace(text[m[1]:end])
		if problem := o.takeField(&c, strings.ToLower(text[m[2]:m[3]]), value); problem != nil {
			return c, problem
		}
	}
	if len(c.Wordings) > 0 {
		c.Text = c.Wordings[0]
	}
	if c.Kind == "" {
		c.Kind = shop.CampaignPromo
	}
	return c, nil
}

func (o *order) takeField(c *shop.Campaign, label, value string) templates.Text {
	switch {
	case label == "nama", label == "judul":
		c.Name = value
	case label == "jenis":
		kind, ok := promoKinds[strings.ToLower(value)]
		if !ok {
			return templates.PromoField{Field: "jenis", Value: value}
		}
		c.Kind = kind
	case label == "untuk", label == "sasaran":
		if _, err := shop.ParseSegment(value); err != nil {
			if place := (*shop.SegmentError)(nil); errors.As(err, &place) {
				return templates.SegmentMistake{SegmentError: place}
			}
			return templates.PromoField{Field: "untuk", Value: value}
		}
		c.Audience = value
	case label == "tawaran":
		c.Offer = value
	case strings.HasPrefix(label, "batas"):
		c.Deadline = value
	case label == "ajakan":
		c.Call = value
	case strings.HasPrefix(label, "teks"), strings.HasPrefix(label, "pesan"):
		c.Wordings = append(c.Wordings, value)
	default:
		return o.takeTime(c, label, value)
	}
	return nil
}

// takeTime reads from when, or until when, a campaign may be sent.
func (o *order) takeTime(c *shop.Campaign, label, value string) templates.Text {
	t, err := shop.ParseWhen(value, o.c.Now)
	if err != nil {
		return templates.PromoField{Field: label, Value: value}
	}
	if label == "sampai" || label == "berakhir" {
		if t.Equal(shop.Midnight(t)) {
			t = t.AddDate(0, 0, 1) // the whole of that day
		}
		c.ExpiresAt = t
		return nil
	}
	p := o.c.bot.Policy.Promo
	if _, err = p.ParseSlot(value, o.c.Now); err != nil {
		from := t
		if t.Before(o.c.Now) {
			from = o.c.Now
		}
		return templates.PromoField{Field: label, Value: value, Past: from != t, Near: p.NearestSlots(from, o.c.Now)}
	}
	c.NotBefore = t
	return nil
}
