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
	Texts  *templates.Texts
	NewID  func() string
	Outbox *Worker // woken when pages were written
}

// Step writes the pages that are due.
func (p *Pager) Step(ctx context.Context, now time.Time) (time.Time, error) {
	n, err := p.Store.PageDue(ctx, now, p.NewID, p.compose)
	if err != nil {
		return time.Time{}, err
	}
	if n > 0 {
		p.Outbox.Wake()
	}
	next, _, err := p.Store.NextPage(ctx)
	return next, err
}

func (p *Pager) compose(page shop.Page) ([]shop.Draft, error) {
	r, err := p.Texts.Render(templates.PageOf(page), nil)
	if err != nil {
		return nil, err
	}
	drafts := Alerts(page.Roster, page.Level.Rank, r.Text)
	for i := range drafts {
		drafts[i].AboutWait = true
	}
	return drafts, nil
}
