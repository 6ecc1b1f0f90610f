package scheduler

import (
	"context"
	"time"

	"bestie/shop"
	"bestie/templates"
)

// PageStore is what the pager needs of the database.
type PageStore interface {
	EnterPages(ctx context.Context, now time.Time, newID func() string, hold func(shop.Person) (shop.Draft, error)) (int, error)
	SendPages(ctx context.Context, now time.Time, newID func() string, compose func(pages []shop.Page, all int) (string, error)) (int, time.Time, error)
	AlarmPages(ctx context.Context, now time.Time, compose func(pages []shop.Page, all int) (string, error)) (time.Time, error)
	PagesWaiting(ctx context.Context) (admins, channels bool, err error)
	NextInbox(ctx context.Context) (time.Time, bool, error)
	NextPage(ctx context.Context) (time.Time, bool, error)
}

// Pager pages the admins about customers who have waited too long.
type Pager struct {
	Store  PageStore
	Sender Sender
	Texts  *templates.Texts
	Rand   func(n int) int // 0 <= result < n
	Outbox *Worker         // woken when messages were written
	Alarms *Worker         // woken when alarms were written
}

// Step enters what the age of each wait demands, and makes messages of the entries.
// Without a connection entries are written at their time all the same; the messages
// are made when it is back, with the true ages.
func (p *Pager) Step(ctx context.Context, now time.Time) (time.Time, error) {
	next, ok, err := p.Store.NextPage(ctx)
	if err != nil {
		return time.Time{}, err
	}
	reached := ok && !next.After(now)
	admins, channels, err := p.Store.PagesWaiting(ctx)
	if err != nil || !reached && !admins && !channels {
		return next, err
	}
	if busy, err := p.deciding(ctx, now); busy || err != nil {
		return time.Time{}, err
	}
	if reached {
		if err = p.enter(ctx, now); err != nil {
			return time.Time{}, err
		}
		if next, _, err = p.Store.NextPage(ctx); err != nil {
			return time.Time{}, err
		}
	}
	told, err := p.tell(ctx, now)
	return sooner(next, told), err
}

// sooner is the earlier of two instants, either of which may be zero for never.
func sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// settling is how long pages wait for messages that are still being decided
// about.
const settling = 10 * time.Second

// deciding tells that chats are about to be handled: after an outage hundreds come
// at once, and what is due about them should be one page. Each decision wakes the
// pager again.
func (p *Pager) deciding(ctx context.Context, now time.Time) (bool, error) {
	ready, ok, err := p.Store.NextInbox(ctx)
	return ok && !ready.After(now) && now.Sub(ready) < settling, err
}

// enter writes entries, and holding replies if they can leave.
func (p *Pager) enter(ctx context.Context, now time.Time) error {
	var hold func(shop.Person) (shop.Draft, error)
	if p.Sender.Ready() {
		hold = p.hold
	}
	n, err := p.Store.EnterPages(ctx, now, p.Sender.NewMessageID, hold)
	if n > 0 && hold != nil {
		p.Outbox.Wake()
	}
	return err
}

// hold is what a customer is told when nobody has answered yet. It answers nothing,
// so that the clock runs on, and is dropped with the wait if it has not left.
func (p *Pager) hold(to shop.Person) (shop.Draft, error) {
	r, err := p.Texts.Render(templates.Hold{Name: to.CallName()}, p.Rand)
	return shop.Draft{
		To: to.ID, Lane: shop.LaneReply, Text: r.Text, Exempt: true, AboutWait: true,
		Parts: []shop.ReplyPart{{Intent: "holding", Wording: r.Wording}},
	}, err
}

// tell makes messages of the entries that wait, and returns when to ask again.
func (p *Pager) tell(ctx context.Context, now time.Time) (time.Time, error) {
	admins, channels, err := p.Store.PagesWaiting(ctx)
	if err != nil {
		return time.Time{}, err
	}
	var next, alarm time.Time
	if channels {
		if alarm, err = p.Store.AlarmPages(ctx, now, p.alarm); err != nil {
			return time.Time{}, err
		}
		p.Alarms.Wake()
	}
	if !admins || !p.Sender.Ready() { // the connection's next change wakes us
		return alarm, nil
	}
	n, next, err := p.Store.SendPages(ctx, now, p.Sender.NewMessageID, p.compose)
	if n > 0 {
		p.Outbox.Wake()
	}
	return sooner(next, alarm), err
}

// compose writes the page of one admin.
func (p *Pager) compose(pages []shop.Page, all int) (string, error) {
	var text templates.Text = templates.PagesOf(pages, all)
	if all == 1 {
		text = templates.PageOf(pages[0])
	}
	r, err := p.Texts.Render(text, nil)
	return r.Text, err
}

// alarm writes what the second channels are told: no number and no word of a customer.
func (p *Pager) alarm(pages []shop.Page, all int) (string, error) {
	r, err := p.Texts.Render(templates.PageAlarm{Pages: templates.PagesOf(pages, all)}, nil)
	return r.Text, err
}
