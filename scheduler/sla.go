package scheduler

import (
	"context"
	"time"

	"bestie/shop"
	"bestie/templates"
)

// PageStore is what the pager needs of the database.
type PageStore interface {
	PageDue(ctx context.Context, now time.Time, newID func() string, compose func(shop.Page) ([]shop.Draft, error)) (int, error)
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

func (p *Pager) compose(page shop.Page) ([]shop.Draft, error) {
	r, err := p.Texts.Render(templates.PageOf(page), nil)
	if err != nil {
		return nil, err
	}
	var drafts []shop.Draft
	for _, admin := range page.Recipients() {
		drafts = append(drafts, shop.Draft{To: admin.ID, Lane: shop.LaneAlert, Text: r.Text, Exempt: true, AboutWait: true})
	}
	return drafts, nil
}
