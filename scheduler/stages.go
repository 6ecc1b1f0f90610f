package scheduler

import (
	"context"
	"time"

	"bestie/shop"
)

// verdict is what a stage says of a row: go on (zero), not before an instant, or
// never.
type verdict struct {
	until time.Time
	drop  string
}

// stage is one question every row of a lane must pass, in this order. Alerts
// pass none: a page goes out at once or, if its chat was answered meanwhile, was
// dropped in the transaction that ended the wait.
type stage struct {
	name  string
	lane  shop.Lane
	check func(ctx context.Context, o *Outbox, row shop.OutRow, now time.Time) (verdict, error)
}

var stages = []stage{
	{"loop guards", shop.LaneReply, guards},
	{"consent and caps", shop.LanePromo, welcome},
	{"slot window", shop.LanePromo, window},
	{"daily cap", shop.LanePromo, dailyCap},
}

// guards holds a reply back that would make the chat look like a loop or like
// spam, and drops one that repeats itself (field guide, section 6).
func guards(ctx context.Context, o *Outbox, row shop.OutRow, now time.Time) (verdict, error) {
	if row.Exempt || row.Unknown || o.Policy.Guards.Off() {
		return verdict{}, nil
	}
	f, err := o.Store.ReplyFacts(ctx, row, now)
	if err != nil {
		return verdict{}, err
	}
	until, drop := o.Policy.Guards.ReplyAt(f, now)
	if drop {
		return verdict{drop: "the same text went to this chat just before"}, nil
	}
	if !until.After(now) {
		until = o.late.at(row, now, o.Policy.Guards)
	}
	return verdict{until: until}, nil
}

// welcome asks again, just before sending, what the audience was chosen by:
// consent may have been withdrawn, a complaint opened, another campaign sent.
func welcome(ctx context.Context, o *Outbox, row shop.OutRow, now time.Time) (verdict, error) {
	f, err := o.Store.PromoFacts(ctx, row, now)
	if err != nil {
		return verdict{}, err
	}
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

// campaignLife is how long a promo may wait for its turn before it is stale.
const campaignLife = 8 * 24 * time.Hour

// window keeps promos inside the evenings of the slots.
func window(_ context.Context, o *Outbox, row shop.OutRow, now time.Time) (verdict, error) {
	if now.Sub(row.Created) > campaignLife {
		return verdict{drop: "its time has passed"}, nil
	}
	return verdict{until: o.Policy.Promo.NextOpen(now)}, nil
}

// dailyCap keeps a young link from sending more than it may.
func dailyCap(ctx context.Context, o *Outbox, row shop.OutRow, now time.Time) (verdict, error) {
	f, err := o.Store.PromoFacts(ctx, row, now)
	if err != nil {
		return verdict{}, err
	}
	if f.SentToday < o.Policy.Promo.DailyCap(o.Policy.LinkAge(now)) {
		return verdict{}, nil
	}
	tomorrow := shop.Midnight(now).AddDate(0, 0, 1)
	return verdict{until: o.Policy.Promo.NextOpen(tomorrow)}, nil
}

// pacePromo closes the lane for a random while after each promo, longer after a
// batch.
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
	return o.Store.SetGate(ctx, shop.LanePromo, shop.Gate{Until: now.Add(rest), Reason: "pace"})
}

// between is a random duration in whole seconds.
func (o *Outbox) between(from, to time.Duration) time.Duration {
	span := int((to-from)/time.Second) + 1
	if span < 1 {
		return from
	}
	return from + time.Duration(o.Rand(span))*time.Second
}
