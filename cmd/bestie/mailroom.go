package main

import (
	"context"
	"time"

	"bestie/scheduler"
	"bestie/shop"
	"bestie/templates"
	"bestie/whatsapp"
)

// mailroom is where the adapter leaves what came in: rows first, then a wake.
type mailroom struct{ a *App }

// Receive commits a message; only then may it be acknowledged to WhatsApp.
func (m mailroom) Receive(ctx context.Context, in shop.Incoming) error {
	isNew, err := m.a.db.Receive(ctx, m.a.clock.Now(), m.a.opt.Config.Reply.Debounce, in)
	if err != nil {
		return err
	}
	if isNew {
		m.a.inbox.Wake()
	}
	return nil
}

// Receipt moves messages of ours forward. It is committed before WhatsApp forgets
// it: after a crash it is what keeps an answer that arrived from being sent again.
func (m mailroom) Receipt(ctx context.Context, r shop.Receipt) error { return m.a.db.Receipt(ctx, r) }

// promoBan is how long promos rest after a ban: until a person allows them.
const promoBan = 100 * 365 * 24 * time.Hour

// Notice stops promos when WhatsApp restricts the account, and tells the duty
// admin (field guide, section 0, rule 9).
func (m mailroom) Notice(ctx context.Context, n shop.Notice) error {
	now := m.a.clock.Now()
	gate := shop.Gate{Reason: string(n.Kind)}
	switch {
	case n.Kind == shop.NoticeTimelock && !n.Active:
		return nil // a restriction that was lifted ends at its own time all the same
	case n.Kind == shop.NoticeTimelock && n.Until.After(now):
		gate.Until = n.Until
	case n.Kind == shop.NoticeTimelock:
		gate.Until = now.AddDate(0, 0, 1)
	case n.Kind == shop.NoticeBan:
		gate.Until = now.Add(promoBan)
	default:
		return nil
	}
	known, err := m.a.db.Gate(ctx, shop.LanePromo)
	if err != nil {
		return err
	}
	if err = m.a.db.SetGate(ctx, shop.LanePromo, gate); err != nil {
		return err
	}
	if known.Reason == gate.Reason && known.Until.After(now) {
		return nil // told already
	}
	roster, err := m.a.db.Roster(ctx, now)
	if err != nil {
		return err
	}
	sent, left, err := m.a.db.PromoCounts(ctx, now)
	if err != nil {
		return err
	}
	stopped := templates.PromoStopped{Cause: string(n.Kind), Until: gate.Until, Sent: sent, Left: left}
	if n.Kind == shop.NoticeBan {
		stopped.Until = n.Until
	}
	r, err := m.a.texts.Render(stopped, nil)
	if err != nil {
		return err
	}
	defer m.a.outbox.Wake()
	return m.a.db.Alert(ctx, now, m.a.wa.NewMessageID, scheduler.Alerts(roster, shop.RankDuty, r.Text))
}

// sender is the adapter as the scheduler sees it.
type sender struct{ *whatsapp.Client }

// Ready tells whether a message may be sent now.
func (s sender) Ready() bool { return s.Status().State.Sends() }
