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

// Notice draws back when WhatsApp restricts the account, and tells the duty admin (field
// guide, section 0, rule 9). The announcement of a ban or a lost link leaves when the
// number is back.
func (m mailroom) Notice(ctx context.Context, n shop.Notice) error {
	now := m.a.clock.Now()
	g, ok := retreat(n, now)
	if !ok {
		return nil // a restriction that was lifted ends at its own time all the same
	}
	known, err := m.a.db.Gate(ctx, shop.LanePromo)
	if err != nil {
		return err
	}
	var alerts []shop.Draft
	if known.Reason != g.Reason || !known.Until.After(now) { // else they were told already
		if alerts, err = m.stopped(ctx, now, n, g); err != nil {
			return err
		}
	}
	defer m.a.outbox.Wake()
	return m.a.db.Trip(ctx, now, g, m.a.wa.NewMessageID, alerts)
}

// retreat is how far a notice drives us back: a time lock forbids to open chats, after a
// ban and a lost link a person has to look first.
func retreat(n shop.Notice, now time.Time) (g shop.Gate, ok bool) {
	end := n.Until
	if !end.After(now) {
		end = now.AddDate(0, 0, 1)
	}
	g = shop.Gate{Reason: string(n.Kind), Until: now.Add(shop.UntilAllowed)}
	switch {
	case n.Kind == shop.NoticeTimelock && n.Active:
		g.Until, g.Level, g.LevelUntil = end, shop.RetreatKnown, end
	case n.Kind == shop.NoticeBan && n.Until.After(now):
		g.Level, g.LevelUntil = shop.RetreatSilence, n.Until
	case n.Kind != shop.NoticeBan && n.Kind != shop.NoticeLoggedOut:
		return g, false
	}
	return g, true
}

func (m mailroom) stopped(ctx context.Context, now time.Time, n shop.Notice, g shop.Gate) ([]shop.Draft, error) {
	roster, err := m.a.db.Roster(ctx, now)
	if err != nil {
		return nil, err
	}
	sent, left, err := m.a.db.PromoCounts(ctx, now)
	if err != nil {
		return nil, err
	}
	told := templates.PromoStopped{Cause: string(n.Kind), Until: g.Until, Level: g.Level, LevelUntil: g.LevelUntil, Sent: sent, Left: left}
	if g.ByPerson(now) {
		told.Until = n.Until
	}
	r, err := m.a.texts.Render(told, nil)
	return scheduler.Alerts(roster, shop.RankDuty, r.Text), err
}

// sender is the adapter as the scheduler sees it.
type sender struct{ *whatsapp.Client }

// Ready tells whether a message may be sent now.
func (s sender) Ready() bool { return s.Status().State.Sends() }
