package scheduler

import (
	"context"
	"slices"
	"time"

	"bestie/shop"
	"bestie/templates"
)

// Waits after refusals, by the field guide's table of send errors (section 4).
const (
	unknownWait   = 2 * time.Second
	wait479       = 30 * time.Second
	waitTransient = time.Hour
	waitRate      = 5 * time.Minute
	maxRateWait   = 4 * time.Hour
	// promoStop is how long promos rest after a 463 that came without a notice of
	// its own end, and after too many refusals for speed.
	promoStop = 24 * time.Hour
	// strikesToTell is how many rate refusals in a row stop the promos.
	strikesToTell = 3
)

// failed settles a row that could not be sent, each fate by its own rule.
func (o *Outbox) failed(ctx context.Context, row shop.OutRow, now time.Time, e *shop.SendError) error {
	o.Log.Warn().Int64("row", row.ID).Str("lane", string(row.Lane)).Str("fate", string(e.Fate)).Int("code", e.Code).Err(e.Cause).Msg("a message was not sent")
	switch e.Fate {
	case shop.FateNotSent:
		// Nothing left the process; the connection's return wakes us.
		o.stuck = true
		return o.Store.PutBack(ctx, row, now)
	case shop.FateUnknown:
		return o.unknown(ctx, row, now)
	case shop.FateRefused:
		return o.refused(ctx, row, now, e.Code)
	default:
		return o.giveUp(ctx, row, now, "failed", 0, "the message cannot be sent")
	}
}

// unknown tries a message that may have been delivered once more under the same
// ID, within ten minutes, unless it is a promo.
func (o *Outbox) unknown(ctx context.Context, row shop.OutRow, now time.Time) error {
	if row.Lane != shop.LanePromo && !row.Unknown && now.Sub(row.Created) < o.Policy.RetryUnknown {
		return o.Store.Defer(ctx, row, now.Add(unknownWait), true)
	}
	return o.giveUp(ctx, row, now, "unknown", 0, "no acknowledgement")
}

func (o *Outbox) refused(ctx context.Context, row shop.OutRow, now time.Time, code int) error {
	switch code {
	case 463:
		return o.reachout(ctx, row, now)
	case 479:
		if row.Attempts < 2 {
			return o.Store.Defer(ctx, row, now.Add(wait479), false)
		}
	case 400, 403, 405:
		if row.Attempts < 2 {
			return o.Store.Defer(ctx, row, now.Add(waitTransient), false)
		}
	case 429:
		return o.tooFast(ctx, row, now)
	}
	return o.giveUp(ctx, row, now, "failed", code, "refused by the server")
}

// reachout: the account may not open chats, or this message had no proof of a
// relationship. All promos stop at once; replies in live chats go on.
func (o *Outbox) reachout(ctx context.Context, row shop.OutRow, now time.Time) error {
	g, err := o.Store.Gate(ctx, shop.LanePromo)
	if err != nil {
		return err
	}
	told := g.Reason == "463" && g.Until.After(now)
	if err = o.Store.SetGate(ctx, shop.LanePromo, shop.Gate{Until: now.Add(promoStop), Reason: "463"}); err != nil {
		return err
	}
	if err = o.giveUp(ctx, row, now, "failed", 463, "reach-out timelock"); err != nil || told {
		return err
	}
	return o.promosStopped(ctx, now, templates.Cause463, now.Add(promoStop))
}

// promosStopped tells the duty admin that promos rest, and how far they came.
func (o *Outbox) promosStopped(ctx context.Context, now time.Time, cause string, until time.Time) error {
	sent, left, err := o.Store.PromoCounts(ctx, now)
	if err != nil {
		return err
	}
	return o.alert(ctx, now, templates.PromoStopped{Cause: cause, Until: until, Sent: sent, Left: left})
}

// tooFast backs off, twice as long each time, whichever message was refused, and
// keeps promos away meanwhile; the third refusal in a row stops them (field guide,
// section 5, requirement 5).
func (o *Outbox) tooFast(ctx context.Context, row shop.OutRow, now time.Time) error {
	g, err := o.Store.Gate(ctx, shop.LanePromo)
	if err != nil {
		return err
	}
	strikes := 1
	if now.Before(g.Until.Add(maxRateWait)) {
		strikes += g.Strikes
	}
	wait := min(waitRate<<min(strikes-1, 6), maxRateWait)
	rest := wait
	if strikes >= strikesToTell {
		rest = promoStop
	}
	if err = o.Store.SetGate(ctx, shop.LanePromo, shop.Gate{Until: now.Add(rest), Reason: "429", Strikes: strikes}); err != nil {
		return err
	}
	if strikes == strikesToTell {
		if err = o.promosStopped(ctx, now, templates.Cause429, now.Add(rest)); err != nil {
			return err
		}
	}
	if row.Lane == shop.LanePromo && row.Attempts > strikesToTell {
		return o.giveUp(ctx, row, now, "failed", 429, "rate limit")
	}
	return o.Store.Defer(ctx, row, now.Add(wait), false)
}

// dropStale ends every reply that was written so long ago that it would only
// puzzle: the clock was wrong, or the outage lasted for half a day. One alert
// names the people; their questions stay in the queue.
func (o *Outbox) dropStale(ctx context.Context, now time.Time) error {
	return o.Store.EndStale(ctx, now, now.Add(-o.Policy.Stale), o.Sender.NewMessageID, func(people []shop.Person) ([]shop.Draft, error) {
		o.Log.Warn().Int("people", len(people)).Msg("replies are too old to be sent; a person is told")
		return o.alerts(ctx, now, shop.RankDuty, templates.Stale{People: people, After: o.Policy.Stale})
	})
}

// giveUp ends a row. A reply that did not arrive calls a person: the customer is
// still waiting. A failed alert calls nobody, or it would call for ever.
func (o *Outbox) giveUp(ctx context.Context, row shop.OutRow, now time.Time, status string, code int, reason string) error {
	var alerts []shop.Draft
	if row.Lane == shop.LaneReply || row.Purchase != 0 { // an order that the warehouse does not know of waits for ever
		var err error
		if alerts, err = o.alerts(ctx, now, shop.RankDuty, templates.SendFailed{
			Name: row.Person.CallName(), Phone: row.Person.Phone, Words: row.Text, Unknown: status == "unknown",
		}); err != nil {
			return err
		}
		alerts = alsoTo(alerts, row.Author)
	}
	return o.Store.End(ctx, row, now, status, code, reason, o.Sender.NewMessageID, alerts)
}

// alsoTo sends an alert to the admin whose words did not leave, too; 0 for nobody.
func alsoTo(alerts []shop.Draft, author int64) []shop.Draft {
	if author == 0 || len(alerts) == 0 || slices.ContainsFunc(alerts, func(d shop.Draft) bool { return d.To == author }) {
		return alerts
	}
	copied := alerts[0]
	copied.To = author
	return append(alerts, copied)
}
