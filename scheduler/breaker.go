package scheduler

import (
	"context"
	"time"

	"bestie/shop"
	"bestie/templates"
)

const (
	// promoStop is how long promos rest after a 463 that came without a notice of
	// its own end, after too many refusals for speed, and when too few promos arrive.
	promoStop = 24 * time.Hour
	// strikesToTell is how many rate refusals in a row stop the promos.
	strikesToTell = 3
	// strikesToRetreat is after how many only live chats are written to: what was
	// refused so often is not the promos' doing any more.
	strikesToRetreat = 5
)

// drawnBack asks the level of retreat whether a row may go; if not, later is when to ask
// again: when the level ends, or soon, for the person may write meanwhile.
func (o *Outbox) drawnBack(ctx context.Context, row shop.OutRow, now time.Time) (later time.Time, err error) {
	g, err := o.Store.Gate(ctx, shop.LanePromo)
	level := g.Retreat(now)
	if err != nil || level <= shop.RetreatPromos { // promos are kept by the gate itself
		return time.Time{}, err
	}
	wrote := time.Duration(-1)
	if last, err := o.Store.LastWrote(ctx, row.Person.ID); err != nil {
		return time.Time{}, err
	} else if !last.IsZero() {
		wrote = max(0, now.Sub(last))
	}
	if level.Lets(row.Lane, wrote) {
		return time.Time{}, nil
	}
	o.Log.Debug().Int64("row", row.ID).Int("level", int(level)).Msg("a message waits for the retreat to end")
	if soon := now.Add(held); soon.Before(g.LevelUntil) {
		return soon, nil
	}
	return g.LevelUntil, nil
}

// trip stops the promos, draws back to a level, and tells the duty admin how far they
// came; told: an admin knows already.
func (o *Outbox) trip(ctx context.Context, now time.Time, g shop.Gate, told bool) error {
	var alerts []shop.Draft
	if !told {
		sent, left, err := o.Store.PromoCounts(ctx, now)
		if err != nil {
			return err
		}
		stopped := templates.PromoStopped{Cause: g.Reason, Until: g.Until, Level: g.Level, LevelUntil: g.LevelUntil, Sent: sent, Left: left}
		if g.ByPerson(now) {
			stopped.Until = time.Time{}
		}
		if alerts, err = o.alerts(ctx, now, shop.RankDuty, stopped); err != nil {
			return err
		}
	}
	o.Log.Warn().Str("cause", g.Reason).Int("level", int(g.Retreat(now))).Time("until", g.Until).Msg("promos are stopped")
	return o.Store.Trip(ctx, now, g, o.Sender.NewMessageID, alerts)
}

// healthy stops the promos when too few of the latest arrive, or too many of their people
// opt out. The first may pass by itself; what people do not want a person has to change.
func healthy(ctx context.Context, o *Outbox, _ shop.OutRow, now time.Time) (verdict, error) {
	h, err := o.Store.PromoHealth(ctx, now)
	g := shop.Gate{Until: now.Add(promoStop), Reason: templates.CauseDelivery}
	switch {
	case err != nil:
		return verdict{}, err
	case h.OptOuts():
		g = shop.Gate{Until: now.Add(shop.UntilAllowed), Reason: templates.CauseOptOut}
	case !h.Delivery():
		return verdict{}, nil
	}
	// The row stays due: it goes on as soon as the gate is open.
	return verdict{shut: true}, o.trip(ctx, now, g, false)
}

// reachout: the account may not open chats, or this message had no proof of a
// relationship. All promos stop at once; replies in live chats go on. When something other
// than a promo is refused, nobody is written to any more whom we hardly know.
func (o *Outbox) reachout(ctx context.Context, row shop.OutRow, now time.Time) error {
	old, err := o.Store.Gate(ctx, shop.LanePromo)
	if err != nil {
		return err
	}
	g := shop.Gate{Until: now.Add(promoStop), Reason: templates.Cause463}
	if row.Lane != shop.LanePromo {
		g.Level, g.LevelUntil = shop.RetreatKnown, g.Until
	}
	told := old.Reason == templates.Cause463 && old.Until.After(now) && old.Retreat(now) >= g.Retreat(now)
	if err = o.trip(ctx, now, g, told); err != nil {
		return err
	}
	return o.giveUp(ctx, row, now, "failed", 463, "reach-out timelock")
}

// tooFast backs off, twice as long each time, whichever message was refused, and
// keeps promos away meanwhile; the third refusal in a row stops them (field guide,
// section 5, requirement 5), and from the fifth on only live chats are written to.
func (o *Outbox) tooFast(ctx context.Context, row shop.OutRow, now time.Time) error {
	old, err := o.Store.Gate(ctx, shop.LanePromo)
	if err != nil {
		return err
	}
	strikes := 1
	if now.Before(old.Until.Add(maxRateWait)) {
		strikes += old.Strikes
	}
	wait := min(waitRate<<min(strikes-1, 6), maxRateWait)
	g := shop.Gate{Until: now.Add(wait), Reason: templates.Cause429, Strikes: strikes}
	if strikes >= strikesToTell {
		g.Until = now.Add(promoStop)
	}
	if strikes >= strikesToRetreat {
		g.Level, g.LevelUntil = shop.RetreatReplies, now.Add(wait)
	}
	if strikes < strikesToTell {
		err = o.Store.SetGate(ctx, shop.LanePromo, g)
	} else {
		err = o.trip(ctx, now, g, strikes != strikesToTell && strikes != strikesToRetreat)
	}
	if err != nil {
		return err
	}
	if row.Lane == shop.LanePromo && row.Attempts > strikesToTell {
		return o.giveUp(ctx, row, now, "failed", 429, "rate limit")
	}
	return o.Store.Defer(ctx, row, now.Add(wait), false)
}
