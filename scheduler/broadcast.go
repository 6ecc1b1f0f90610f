package scheduler

import (
	"context"
	"strings"
	"time"

	"github.com/rs/zerolog"

	"bestie/shop"
	"bestie/templates"
)

// BroadcastStore is what the broadcaster needs of the database.
type BroadcastStore interface {
	NextSlot(ctx context.Context) (time.Time, bool, error)
	SlotAfter(ctx context.Context, campaign int64, after time.Time) (time.Time, bool, error)
	DueSlot(ctx context.Context, now time.Time) (shop.Campaign, shop.PlannedSlot, bool, error)
	Candidates(ctx context.Context, campaign int64, now time.Time) ([]shop.Candidate, error)
	WriteSlot(ctx context.Context, now time.Time, c shop.Campaign, s shop.PlannedSlot, to []shop.Person, text string, newID func() string) error
	MissSlots(ctx context.Context, now time.Time, c shop.Campaign, from, to time.Time, newID func() string, alerts []shop.Draft) error
	Roster(ctx context.Context, now time.Time) (shop.Roster, error)
}

// Broadcaster writes the promos of a slot into the outbox when the slot begins.
// It sends nothing itself: a broadcast is only a slow writer of rows, and the
// outbox keeps the pace.
type Broadcaster struct {
	Store  BroadcastStore
	Sender Sender
	Promo  shop.Promo
	Texts  *templates.Texts
	Rand   func(n int) int
	Log    zerolog.Logger
	Outbox *Worker // woken when promos were written
}

// Step serves the slots that are due. While there is no connection a slot waits;
// if it has waited longer than Promo.Late it is missed and an admin is asked.
func (b *Broadcaster) Step(ctx context.Context, now time.Time) (time.Time, error) {
	for {
		if !b.Sender.Ready() {
			return time.Time{}, nil // the connection's next change wakes us
		}
		c, s, ok, err := b.Store.DueSlot(ctx, now)
		if err != nil {
			return time.Time{}, err
		}
		if !ok {
			next, _, err := b.Store.NextSlot(ctx)
			return next, err
		}
		if now.Sub(s.At) >= b.Promo.Late {
			err = b.miss(ctx, now, c, s)
		} else {
			err = b.write(ctx, now, c, s)
		}
		if err != nil {
			return time.Time{}, err
		}
		b.Outbox.Wake()
	}
}

// miss ends a slot and those of its campaign that were missed after it, with one
// question to an admin.
func (b *Broadcaster) miss(ctx context.Context, now time.Time, c shop.Campaign, s shop.PlannedSlot) error {
	roster, err := b.Store.Roster(ctx, now)
	if err != nil {
		return err
	}
	last, more := s.At, 0
	next, ok, err := b.Store.SlotAfter(ctx, c.ID, last)
	for ok && err == nil && now.Sub(next) >= b.Promo.Late {
		last, more = next, more+1
		next, ok, err = b.Store.SlotAfter(ctx, c.ID, last)
	}
	if err != nil {
		return err
	}
	r, err := b.Texts.Render(templates.PromoMissed{Campaign: c.Text, Slot: s.At, More: more, Next: next}, b.Rand)
	if err != nil {
		return err
	}
	b.Log.Warn().Int64("campaign", c.ID).Time("slot", s.At).Int("more", more).Msg("a promo slot was missed")
	return b.Store.MissSlots(ctx, now, c, s.At, last, b.Sender.NewMessageID, Alerts(roster, shop.RankDuty, r.Text))
}

func (b *Broadcaster) write(ctx context.Context, now time.Time, c shop.Campaign, s shop.PlannedSlot) error {
	all, err := b.Store.Candidates(ctx, c.ID, now)
	if err != nil {
		return err
	}
	footer, err := b.Texts.Render(templates.PromoFooter{}, b.Rand)
	if err != nil {
		return err
	}
	text := withFooter(c.Text, footer.Text)
	var to []shop.Person
	for _, cand := range all {
		if b.Promo.Serves(s, cand, now) {
			to = append(to, cand.Person)
		}
	}
	for i := len(to) - 1; i > 0; i-- { // random order: no person is always first
		j := b.Rand(i + 1)
		to[i], to[j] = to[j], to[i]
	}
	b.Log.Info().Int64("campaign", c.ID).Time("slot", s.At).Int("candidates", len(all)).Int("chosen", len(to)).Msg("a promo slot begins")
	return b.Store.WriteSlot(ctx, now, c, s, to, text, b.Sender.NewMessageID)
}

// withFooter ends a promo with the way out, unless its author wrote one.
func withFooter(text, footer string) string {
	if strings.Contains(strings.ToLower(text), "balas stop") {
		return text
	}
	return strings.TrimSpace(text) + "\n\n" + footer
}
