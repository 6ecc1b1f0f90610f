package scheduler

import (
	"context"
	"time"

	"bestie/shop"
	"bestie/templates"
)

// DeskStore is what the desk clerk needs of the database.
type DeskStore interface {
	PromiseDue(ctx context.Context, now time.Time, newID func() string, compose func(shop.Promise) ([]shop.Draft, error)) (int, error)
	NextPromise(ctx context.Context) (time.Time, bool, error)
	CloseSilent(ctx context.Context, now time.Time) (int, error)
	NextSilent(ctx context.Context) (time.Time, bool, error)
	Unfinished(ctx context.Context, now time.Time, newID func() string, compose func(shop.Urgent, shop.Roster) ([]shop.Draft, error)) (int, error)
	NextUnfinished(ctx context.Context) (time.Time, bool, error)
}

// Desk keeps the tickets in order: it holds admins to what they promised, tells them of
// complaints that were begun and not finished, and closes what has been silent for a day.
type Desk struct {
	Store  DeskStore
	Texts  *templates.Texts
	NewID  func() string
	Outbox *Worker // woken when reminders were written
}

// Step does all of it and returns when the next is due.
func (d *Desk) Step(ctx context.Context, now time.Time) (time.Time, error) {
	promise, err := d.drain(ctx, now, d.Store.NextPromise, func() (int, error) {
		defer d.Outbox.Wake()
		return d.Store.PromiseDue(ctx, now, d.NewID, d.remind)
	})
	if err != nil {
		return time.Time{}, err
	}
	half, err := d.drain(ctx, now, d.Store.NextUnfinished, func() (int, error) {
		defer d.Outbox.Wake()
		return d.Store.Unfinished(ctx, now, d.NewID, d.handOver)
	})
	if err != nil {
		return time.Time{}, err
	}
	silent, err := d.drain(ctx, now, d.Store.NextSilent, func() (int, error) { return d.Store.CloseSilent(ctx, now) })
	return soonest(promise, half, silent), err
}

// soonest is the first of the instants that are set, zero when none is.
func soonest(all ...time.Time) (first time.Time) {
	for _, t := range all {
		if !t.IsZero() && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	return first
}

// handOver tells the duty admin of a complaint that is half told.
func (d *Desk) handOver(u shop.Urgent, roster shop.Roster) ([]shop.Draft, error) {
	u.Reason = templates.ReasonHalf
	r, err := d.Texts.Render(templates.UrgentOf(u), nil)
	return Alerts(roster, shop.RankDuty, r.Text), err
}

// drain works until nothing is due, and returns when something will be.
func (d *Desk) drain(ctx context.Context, now time.Time, next func(context.Context) (time.Time, bool, error), work func() (int, error)) (time.Time, error) {
	for {
		at, ok, err := next(ctx)
		if err != nil || !ok || at.After(now) {
			return at, err
		}
		if n, err := work(); err != nil || n == 0 {
			return time.Time{}, err
		}
	}
}

// remind writes to the admin who promised, the second time to the supervisor.
func (d *Desk) remind(p shop.Promise) ([]shop.Draft, error) {
	to := []shop.Person{p.Admin}
	if p.Reminded {
		to = p.Roster.For(shop.RankSupervisor)
	}
	r, err := d.Texts.Render(templates.PromiseDueOf(p), nil)
	if err != nil {
		return nil, err
	}
	var drafts []shop.Draft
	for _, person := range to {
		drafts = append(drafts, shop.Draft{To: person.ID, Lane: shop.LaneAlert, Text: r.Text, Exempt: true, Ticket: p.Ticket.ID})
	}
	return drafts, nil
}
