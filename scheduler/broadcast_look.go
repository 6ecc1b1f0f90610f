package scheduler

import (
	"context"
	"strings"
	"time"

	"bestie/shop"
	"bestie/templates"
)

// looks answers who wants to see what a campaign would do, and who wants to be sent its
// wordings: an audience may be large, and a turn must not wait for it.
func (b *Broadcaster) looks(ctx context.Context, now time.Time) error {
	for {
		campaign, person, test, ok, err := b.Store.NextLook(ctx)
		if err != nil || !ok {
			return err
		}
		write := b.card
		if test {
			write = b.proofs
		}
		drafts, err := write(ctx, now, campaign, person)
		if err != nil {
			return err
		}
		for i := range drafts {
			drafts[i].To, drafts[i].Lane, drafts[i].Exempt, drafts[i].Ticket = person.ID, shop.LaneReply, true, campaign.Ticket
		}
		if err = b.Store.AnswerLook(ctx, now, campaign.ID, person.ID, test, b.Sender.NewMessageID, drafts); err != nil {
			return err
		}
		b.Outbox.Wake()
	}
}

// card shows a campaign with what it would do now; nothing is written of that.
func (b *Broadcaster) card(ctx context.Context, now time.Time, c shop.Campaign, _ shop.Person) ([]shop.Draft, error) {
	audience, err := shop.ParseSegment(c.Audience)
	if err != nil && c.Audience != "" {
		audience = nil // the check at its approval says so
	}
	plan, err := b.Store.PreviewPlan(ctx, now, c, b.planning(now))
	if err != nil {
		return nil, err
	}
	card := templates.PromoCard{Campaign: c, Audience: templates.PreflightText{Segment: audience, Preflight: shop.Preflight{Chosen: plan.Chosen, Fates: plan.Fates}}}
	var fit []string
	for _, s := range plan.Slots {
		fit = append(fit, templates.SlotLine(s))
	}
	card.Audience.Room = strings.Join(fit, "\n")
	for i, who := range plan.Samples {
		text, err := b.compose(c)
		if err != nil {
			return nil, err
		}
		card.Samples = append(card.Samples, templates.PromoSample{Name: who.Person.CallName(), Text: text(who, i%max(1, len(c.Wordings)))})
	}
	r, err := b.Texts.Render(card, b.Rand)
	return []shop.Draft{{Text: r.Text}}, err
}

// proofs are the wordings of a campaign as the admin would get them as a customer.
func (b *Broadcaster) proofs(_ context.Context, _ time.Time, c shop.Campaign, to shop.Person) (drafts []shop.Draft, err error) {
	text, err := b.compose(c)
	if err != nil {
		return nil, err
	}
	for i := range c.Wordings {
		drafts = append(drafts, shop.Draft{Text: text(shop.Candidate{Person: to}, i), File: c.Image})
	}
	return drafts, nil
}

// compose words a promo of a campaign for one person.
func (b *Broadcaster) compose(c shop.Campaign) (func(who shop.Candidate, wording int) string, error) {
	footer, err := b.Texts.Render(templates.PromoFooter{}, b.Rand)
	return func(who shop.Candidate, wording int) string { return withFooter(c.Render(who, wording), footer.Text) }, err
}

func (b *Broadcaster) planning(now time.Time) shop.Planning {
	return shop.Planning{Promo: b.Promo, Link: b.LinkAge(now), Rand: b.Rand}
}
