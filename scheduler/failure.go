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
