package scheduler

import (
	"context"
	"time"

	"bestie/shop"
)

// held is how long a promo rests before its stage is asked again, when nobody knows when
// that will let it go.
const held = 10 * time.Minute

// welcome asks again, just before sending, what the audience was chosen by:
// consent may have been withdrawn, a complaint opened, another campaign sent.
func welcome(_ context.Context, _ *Outbox, f shop.PromoFacts, _ shop.OutRow, now time.Time) (verdict, error) {
	switch {
	case f.Consent != shop.ConsentIn:
		return verdict{drop: "no consent"}, nil
	case !f.Wrote:
		return verdict{drop: "never wrote to us"}, nil
	case f.Complaint:
		return verdict{drop: "open complaint"}, nil
	}
	return verdict{until: f.History.CapFrees(now)}, nil
}

// unread is how long a promo waits for a message of its reader to be handled: as long as
// a burst of them may last.
const unread = 15 * time.Second

// read holds a promo while its reader has written something that nobody has looked at:
// a STOP that was received before the send holds, whenever it is handled (field guide,
// section 5, requirement 6).
func read(_ context.Context, _ *Outbox, f shop.PromoFacts, _ shop.OutRow, now time.Time) (verdict, error) {
	if f.Unread {
		return verdict{until: now.Add(unread)}, nil
	}
	return verdict{}, nil
}

// alive keeps what belongs to a campaign that was stopped.
func alive(_ context.Context, _ *Outbox, f shop.PromoFacts, _ shop.OutRow, now time.Time) (verdict, error) {
	switch {
	case f.Campaign == shop.CampaignCancelled:
		return verdict{drop: "the campaign was cancelled"}, nil
	case !f.Expires.IsZero() && !now.Before(f.Expires):
		return verdict{drop: "the campaign is over"}, nil
	case f.Campaign == shop.CampaignPaused:
		return verdict{until: now.Add(held)}, nil
	}
	return verdict{}, nil
}

// campaignLife is how long a promo may wait for its turn before it is stale.
const campaignLife = 8 * 24 * time.Hour

// window keeps promos inside the evenings of the slots.
func window(_ context.Context, o *Outbox, _ shop.PromoFacts, row shop.OutRow, now time.Time) (verdict, error) {
	if now.Sub(row.Created) > campaignLife {
		return verdict{drop: "its time has passed"}, nil
	}
	return verdict{until: o.Policy.Promo.NextOpen(now)}, nil
}

// dailyCap keeps a young link from sending more than it may.
func dailyCap(_ context.Context, o *Outbox, f shop.PromoFacts, _ shop.OutRow, now time.Time) (verdict, error) {
	if f.SentToday < o.Policy.Promo.DailyCap(o.Policy.LinkAge(now)) {
		return verdict{}, nil
	}
	tomorrow := shop.Midnight(now).AddDate(0, 0, 1)
	return verdict{until: o.Policy.Promo.NextOpen(tomorrow)}, nil
}

// yieldFor is how long promos stand still before the outbox looks whether the customers
// who waited have been answered.
const yieldFor = time.Minute

// yield stops promos while many customers wait for an answer: what would come back of
// them could not be answered either.
func yield(ctx context.Context, o *Outbox, f shop.PromoFacts, _ shop.OutRow, now time.Time) (verdict, error) {
	if stop := o.Policy.Promo.YieldStop; stop == 0 || f.Unanswered < stop {
		return verdict{}, nil
	}
	until := now.Add(yieldFor)
	return verdict{until: until}, o.Store.SetGate(ctx, shop.LanePromo, shop.Gate{Until: until, Reason: shop.RestYield})
}

// slower is how many times longer the gaps are while customers wait.
const slower = 3

// pacePromo closes the lane for a random while after each promo, longer after a
// batch and while customers wait.
func (o *Outbox) pacePromo(ctx context.Context, row shop.OutRow, now time.Time) error {
	f, err := o.Store.PromoFacts(ctx, row, now)
	if err != nil {
		return err
	}
	p := o.Policy.Promo
	rest := o.between(p.PaceMin, p.PaceMax)
	if p.Batch > 0 && f.SentToday > 0 && f.SentToday%p.Batch == 0 {
		rest = o.between(p.RestMin, p.RestMax)
	}
	if p.YieldSlow > 0 && f.Unanswered >= p.YieldSlow {
		rest *= slower
	}
	if o.Promos != nil {
		defer o.Promos.Wake() // there is room for another row
	}
	return o.Store.SetGate(ctx, shop.LanePromo, shop.Gate{Until: now.Add(rest), Reason: shop.RestPace})
}

// between is a random duration in whole seconds.
func (o *Outbox) between(from, to time.Duration) time.Duration {
	span := int((to-from)/time.Second) + 1
	if span < 1 {
		return from
	}
	return from + time.Duration(o.Rand(span))*time.Second
}
