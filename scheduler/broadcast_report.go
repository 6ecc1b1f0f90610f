package scheduler

import (
	"context"
	"time"

	"bestie/shop"
	"bestie/templates"
)

// Step does what a broadcaster has to do, and writes the reports on campaigns that are due.
func (b *Broadcaster) Step(ctx context.Context, now time.Time) (time.Time, error) {
	next, err := b.step(ctx, now)
	if err != nil {
		return time.Time{}, err
	}
	due, err := b.reports(ctx, now)
	if err != nil || next.IsZero() || !due.IsZero() && due.Before(next) {
		return due, err
	}
	return next, nil
}

// reports writes the reports that are due, and returns when the next one is.
func (b *Broadcaster) reports(ctx context.Context, now time.Time) (time.Time, error) {
	for {
		r, due, ok, err := b.Store.NextPromoReport(ctx)
		switch {
		case err != nil || !ok:
			return time.Time{}, err
		case due.After(now):
			return due, nil
		}
		drafts, err := b.report(ctx, now, r)
		if err != nil {
			return time.Time{}, err
		}
		if err = b.Store.WritePromoReport(ctx, now, r, b.Sender.NewMessageID, drafts); err != nil {
			return time.Time{}, err
		}
		b.Outbox.Wake()
	}
}

// report words one report, as the caption of its picture. Where its reader is no admin any
// more it goes to the owners: it is the shop's business, not a former employee's.
func (b *Broadcaster) report(ctx context.Context, now time.Time, r shop.DuePromoReport) (drafts []shop.Draft, err error) {
	figures, ok, err := b.Store.CampaignReport(ctx, now, r.Campaign)
	if err != nil || !ok {
		return nil, err
	}
	text, err := b.Texts.Render(templates.PromoReport{CampaignReport: figures, Kind: r.Kind}, b.Rand)
	if err != nil {
		return nil, err
	}
	roster, err := b.Store.Roster(ctx, now)
	if err != nil {
		return nil, err
	}
	var picture *shop.File
	if b.Draw != nil && figures.Reached() > 0 {
		if picture, err = b.Draw(figures, now); err != nil {
			b.Log.Error().Err(err).Int64("campaign", r.Campaign).Msg("the picture of a promo's report could not be made; its text goes alone")
			picture = nil
		}
	}
	for _, to := range readers(roster, r.Person) {
		drafts = append(drafts, shop.Draft{To: to.ID, Lane: shop.LaneReply, Text: text.Text, File: picture, Exempt: true, Ticket: figures.Campaign.Ticket})
	}
	return drafts, nil
}

// readers are the person if they are one of the admins, or else the owners.
func readers(roster shop.Roster, person int64) []shop.Person {
	for _, admin := range roster {
		if admin.ID == person {
			return []shop.Person{admin}
		}
	}
	return holders(roster, shop.RoleOwner)
}
