package scheduler

import (
	"context"
	"strings"
	"time"

	"github.com/rs/zerolog"

	"bestie/shop"
	"bestie/templates"
)

// BroadcastStore is what the broadcaster needs of the database.
type BroadcastStore interface {
	Unplanned(ctx context.Context) (shop.Campaign, bool, error)
	PlanCampaign(ctx context.Context, now time.Time, c shop.Campaign, by shop.Planning, newID func() string, tell func(shop.CampaignPlan) ([]shop.Draft, error)) (shop.CampaignPlan, error)
	PreviewPlan(ctx context.Context, now time.Time, c shop.Campaign, by shop.Planning) (shop.CampaignPlan, error)
	NextLook(ctx context.Context) (c shop.Campaign, person shop.Person, test, ok bool, err error)
	AnswerLook(ctx context.Context, now time.Time, campaign, person int64, test bool, newID func() string, drafts []shop.Draft) error
	NextSlot(ctx context.Context) (time.Time, bool, error)
	DueSlot(ctx context.Context, now time.Time) (c shop.Campaign, starts time.Time, begun, ok bool, err error)
	PromosWaiting(ctx context.Context) (int, error)
	WriteBatch(ctx context.Context, now time.Time, c shop.Campaign, starts time.Time, most int, newID func() string, compose func(who shop.Candidate, wording int) string) (int, error)
	Replan(ctx context.Context, now time.Time, campaign int64, why string) error
	AskSlots(ctx context.Context, now time.Time, campaign int64, before time.Time, newID func() string, alerts []shop.Draft) error
	EndCampaigns(ctx context.Context, now time.Time) error
	Roster(ctx context.Context, now time.Time) (shop.Roster, error)
	CampaignReport(ctx context.Context, now time.Time, campaign int64) (shop.CampaignReport, bool, error)
	NextPromoReport(ctx context.Context) (r shop.DuePromoReport, due time.Time, ok bool, err error)
	WritePromoReport(ctx context.Context, now time.Time, r shop.DuePromoReport, newID func() string, drafts []shop.Draft) error
}

// Broadcaster plans approved campaigns and, when a slot begins, writes its promos into
// the outbox, a few at a time. It sends nothing itself: a broadcast is only a slow
// writer of rows, and the outbox keeps the pace.
type Broadcaster struct {
	Store   BroadcastStore
	Sender  Sender
	Promo   shop.Promo
	LinkAge func(now time.Time) time.Duration
	Texts   *templates.Texts
	Rand    func(n int) int
	Log     zerolog.Logger
	Outbox  *Worker // woken when something was written
	// Draw makes the picture of a report and keeps it as a file to send. Without one the
	// text goes alone.
	Draw func(r shop.CampaignReport, now time.Time) (*shop.File, error)
}

// mostWaiting is how many promos may wait in the outbox: what is stopped has hardly
// begun, and neither memory nor a transaction grows with the campaign.
const mostWaiting = 50

// refill is when the broadcaster looks again whether the outbox has room. The outbox
// wakes it after each promo; this is for what ended without being sent.
const refill = time.Minute

// step plans what is approved and serves the slots that are due. While there is no
// connection a slot waits; if it has waited for Promo.Late it is missed and an admin is
// asked.
func (b *Broadcaster) step(ctx context.Context, now time.Time) (time.Time, error) {
	if err := b.looks(ctx, now); err != nil {
		return time.Time{}, err
	}
	if err := b.plan(ctx, now); err != nil {
		return time.Time{}, err
	}
	if err := b.Store.EndCampaigns(ctx, now); err != nil {
		return time.Time{}, err
	}
	for b.Sender.Ready() {
		c, starts, begun, ok, err := b.Store.DueSlot(ctx, now)
		if err != nil {
			return time.Time{}, err
		}
		if !ok {
			next, _, err := b.Store.NextSlot(ctx)
			return next, err
		}
		full, err := b.serve(ctx, now, c, starts, begun)
		if err != nil {
			return time.Time{}, err
		}
		if full {
			return now.Add(refill), nil
		}
	}
	return time.Time{}, nil // the connection's next change wakes us
}

// serve does the next thing about a slot; full tells that the outbox has enough.
func (b *Broadcaster) serve(ctx context.Context, now time.Time, c shop.Campaign, starts time.Time, begun bool) (full bool, err error) {
	switch {
	case !begun && now.Sub(starts) >= b.Promo.Late:
		return false, b.ask(ctx, now, c, starts)
	case !now.Before(shop.Midnight(starts).Add(b.Promo.WindowUntil)):
		b.Log.Info().Int64("campaign", c.ID).Time("slot", starts).Msg("an evening is over; who is left is placed anew")
		if err = b.Store.Replan(ctx, now, c.ID, "the evening is over"); err != nil {
			return false, err
		}
		return false, b.plan(ctx, now)
	}
	waiting, err := b.Store.PromosWaiting(ctx)
	if err != nil || waiting >= mostWaiting {
		return true, err
	}
	compose, err := b.compose(c)
	if err != nil {
		return false, err
	}
	n, err := b.Store.WriteBatch(ctx, now, c, starts, mostWaiting-waiting, b.Sender.NewMessageID, compose)
	if err != nil {
		return false, err
	}
	b.Log.Info().Int64("campaign", c.ID).Time("slot", starts).Int("promos", n).Msg("promos are written")
	b.Outbox.Wake()
	return false, nil
}

// plan plans every campaign that was approved, or whose rest must be placed anew, and
// tells the admin what will be.
func (b *Broadcaster) plan(ctx context.Context, now time.Time) error {
	for {
		c, ok, err := b.Store.Unplanned(ctx)
		if err != nil || !ok {
			return err
		}
		plan, err := b.Store.PlanCampaign(ctx, now, c, b.planning(now), b.Sender.NewMessageID, func(plan shop.CampaignPlan) ([]shop.Draft, error) {
			if c.Number == 0 {
				return nil, nil // nobody can name it in the chat
			}
			return b.alerts(ctx, now, templates.PromoPlanned{Number: c.Number, Campaign: c.Title(), Plan: plan})
		})
		if err != nil {
			return err
		}
		b.Log.Info().Int64("campaign", c.ID).Int("chosen", plan.Chosen).Int("placed", plan.Fates[shop.FateSafe]).Msg("a campaign is planned")
		b.Outbox.Wake()
	}
}

// ask leaves the slots that were missed to an admin, with one question.
func (b *Broadcaster) ask(ctx context.Context, now time.Time, c shop.Campaign, starts time.Time) error {
	drafts, err := b.alerts(ctx, now, templates.PromoMissed{Number: c.Number, Campaign: c.Title(), Slot: starts})
	if err != nil {
		return err
	}
	b.Log.Warn().Int64("campaign", c.ID).Time("slot", starts).Msg("a promo slot was missed")
	defer b.Outbox.Wake() // not before the question is written
	return b.Store.AskSlots(ctx, now, c.ID, now.Add(-b.Promo.Late), b.Sender.NewMessageID, drafts)
}

func (b *Broadcaster) alerts(ctx context.Context, now time.Time, text templates.Text) ([]shop.Draft, error) {
	roster, err := b.Store.Roster(ctx, now)
	if err != nil {
		return nil, err
	}
	r, err := b.Texts.Render(text, b.Rand)
	return Alerts(roster, shop.RankDuty, r.Text), err
}

// withFooter ends a promo with the way out, unless its author wrote one.
func withFooter(text, footer string) string {
	if shop.HasOptOut(text) {
		return text
	}
	return strings.TrimSpace(text) + "\n\n" + footer
}
