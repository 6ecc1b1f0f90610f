package scheduler

import (
	"context"
	"time"

	"bestie/shop"
	"bestie/templates"
)

// PageStore is what the pager needs of the database.
type PageStore interface {
	PageDue(ctx context.Context, now time.Time, newID func() string, compose func([]shop.Page) ([]shop.Draft, error)) (int, error)
	NextInbox(ctx context.Context) (time.Time, bool, error)
	NextPage(ctx context.Context) (time.Time, bool, error)
}

// Pager pages the admins about customers who have waited too long.
type Pager struct {
	Store  PageStore
	Sender Sender
	Texts  *templates.Texts
	Outbox *Worker // woken when pages were written
}

// Step writes the pages that are due. Without a connection it waits: what fell
// due meanwhile then becomes one page with the true age, not a heap of old ones.
func (p *Pager) Step(ctx context.Context, now time.Time) (time.Time, error) {
	if !p.Sender.Ready() {
		return time.Time{}, nil // the connection's next change wakes us
	}
	next, ok, err := p.Store.NextPage(ctx)
	if err != nil || !ok || next.After(now) {
		return next, err
	}
	if busy, err := p.deciding(ctx, now); busy || err != nil {
		return time.Time{}, err
	}
	n, err := p.Store.PageDue(ctx, now, p.Sender.NewMessageID, p.compose)
	if err != nil {
		return time.Time{}, err
	}
	if n > 0 {
		p.Outbox.Wake()
	}
	next, _, err = p.Store.NextPage(ctx)
	return next, err
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

// compose writes one page for each recipient.
func (p *Pager) compose(pages []shop.Page) ([]shop.Draft, error) {
	about := map[int64][]shop.Page{}
	var admins []int64
	for _, page := range pages {
		for _, admin := range page.Recipients() {
			if about[admin.ID] == nil {
				admins = append(admins, admin.ID)
			}
			about[admin.ID] = append(about[admin.ID], page)
		}
	}
	var drafts []shop.Draft
	for _, admin := range admins {
		var text templates.Text = templates.PagesOf(about[admin])
		if len(about[admin]) == 1 {
			text = templates.PageOf(about[admin][0])
		}
		r, err := p.Texts.Render(text, nil)
		if err != nil {
			return nil, err
		}
		drafts = append(drafts, shop.Draft{To: admin, Lane: shop.LaneAlert, Text: r.Text, Exempt: true, AboutWait: true})
	}
	return drafts, nil
}
