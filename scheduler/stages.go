package scheduler

import (
	"context"
	"time"

	"bestie/shop"
)

// verdict is what a stage says of a row: go on (zero), not before an instant, never, or
// not while the gate is shut that the stage has closed.
type verdict struct {
	until time.Time
	drop  string
	shut  bool
}

// stage is one question every row of a lane must pass, in this order, once the
// level of retreat lets it (drawnBack). Alerts pass none: a page goes out at once or, if its chat was answered meanwhile, was
// dropped in the transaction that ended the wait.
type stage struct {
	name  string
	lane  shop.Lane
	check func(ctx context.Context, o *Outbox, row shop.OutRow, now time.Time) (verdict, error)
}

var stages = []stage{
	{"loop guards", shop.LaneReply, guards},
	{"health", shop.LanePromo, healthy},
	{"promo", shop.LanePromo, promo(alive, read, welcome, window, dailyCap, yield)},
}

// promo is a stage that reads once what decides about a promo at this instant, and asks
// one question after the other until one of them keeps it.
func promo(questions ...func(context.Context, *Outbox, shop.PromoFacts, shop.OutRow, time.Time) (verdict, error)) func(context.Context, *Outbox, shop.OutRow, time.Time) (verdict, error) {
	return func(ctx context.Context, o *Outbox, row shop.OutRow, now time.Time) (verdict, error) {
		f, err := o.Store.PromoFacts(ctx, row, now)
		if err != nil {
			return verdict{}, err
		}
		for _, ask := range questions {
			if v, err := ask(ctx, o, f, row, now); err != nil || v.drop != "" || v.until.After(now) {
				return v, err
			}
		}
		return verdict{}, nil
	}
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
