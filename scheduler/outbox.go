package scheduler

import (
	"context"
	"errors"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/rs/zerolog"

	"bestie/shop"
	"bestie/templates"
)

// OutboxStore is what the outbox needs of the database.
type OutboxStore interface {
	NextOut(ctx context.Context, now time.Time) (shop.OutRow, bool, error)
	NextOutDue(ctx context.Context) (time.Time, bool, error)
	Upcoming(ctx context.Context, now time.Time) ([]shop.OutRow, error)
	Claim(ctx context.Context, id int64, now time.Time, done *shop.OutRow) (bool, error)
	Sent(ctx context.Context, o shop.OutRow) error
	PutBack(ctx context.Context, o shop.OutRow, now time.Time) error
	Recover(ctx context.Context, now time.Time) error
	Defer(ctx context.Context, o shop.OutRow, until time.Time, unknown bool) error
	EndStale(ctx context.Context, now, before time.Time, newID func() string, compose func([]shop.Person) ([]shop.Draft, error)) error
	End(ctx context.Context, o shop.OutRow, now time.Time, status string, code int, reason string, newID func() string, alerts []shop.Draft) error
	Alert(ctx context.Context, now time.Time, newID func() string, alerts []shop.Draft) error
	ReplyFacts(ctx context.Context, o shop.OutRow, now time.Time) (shop.ReplyFacts, error)
	PromoFacts(ctx context.Context, o shop.OutRow, now time.Time) (shop.PromoFacts, error)
	PromoCounts(ctx context.Context, now time.Time) (sent, left int, err error)
	Waiting(ctx context.Context, lane shop.Lane) (int, error)
	Gate(ctx context.Context, lane shop.Lane) (shop.Gate, error)
	SetGate(ctx context.Context, lane shop.Lane, g shop.Gate) error
	Trip(ctx context.Context, now time.Time, g shop.Gate, newID func() string, alerts []shop.Draft) error
	LastWrote(ctx context.Context, person int64) (time.Time, error)
	PromoHealth(ctx context.Context, now time.Time) (shop.PromoHealth, error)
	Roster(ctx context.Context, now time.Time) (shop.Roster, error)
}

// Sender is the way to WhatsApp. A Cloud API adapter could take its place.
type Sender interface {
	// Ready tells whether a message may be sent now.
	Ready() bool
	// Send returns when the server has taken the message, or a *shop.SendError.
	// It has a deadline of its own.
	Send(ctx context.Context, m shop.Outgoing) (shop.Sent, error)
	// Typing shows or hides "mengetik…" in the chat.
	Typing(ctx context.Context, to shop.Address, on bool) error
	NewMessageID() string
}

// Policy is every rule that the outbox obeys.
type Policy struct {
	Guards       shop.Guards
	Promo        shop.Promo
	RetryUnknown time.Duration // how long a message that may have been delivered is tried once more
	Stale        time.Duration // a reply older than this is not sent any more: a person is told
	LinkAge      func(now time.Time) time.Duration
	Typing       bool
}

// Outbox is the one door out.
type Outbox struct {
	Store  OutboxStore
	Sender Sender
	Policy Policy
	Texts  *templates.Texts
	Clock  clockwork.Clock
	Rand   func(n int) int // 0 <= result < n
	Log    zerolog.Logger
	Promos *Worker // woken after each promo, to write the next ones; may be nil

	typed map[int64]bool // rows whose chat already shows that we type
	told  time.Time      // when a person was last told of the replies that are late

	late spacing // of replies that should have left long ago

	claimed bool         // a row was claimed and its fate is not known
	done    *shop.OutRow // the server took it, which is not on record yet
	stuck   bool         // nothing leaves the process, though the sender said it was ready
}

// Step sends what may go now, one message at a time. That a message has left is
// put on record together with the claim of the next one, and at the end.
func (o *Outbox) Step(ctx context.Context, now time.Time) (time.Time, error) {
	if err := o.record(ctx); err != nil { // left over from a step that ended in an error
		return time.Time{}, err
	}
	next, err := o.drain(ctx, now)
	return next, errors.Join(err, o.record(context.WithoutCancel(ctx)))
}

// record puts on record that the last message has left.
func (o *Outbox) record(ctx context.Context) error {
	if o.done == nil {
		return nil
	}
	if err := o.Store.Sent(ctx, *o.done); err != nil {
		return err
	}
	o.done = nil
	return nil
}

func (o *Outbox) drain(ctx context.Context, now time.Time) (time.Time, error) {
	if o.claimed { // the last step ended in an error or a panic before it knew
		if err := o.Store.Recover(ctx, now); err != nil {
			return time.Time{}, err
		}
		o.claimed = false
	}
	for o.Sender.Ready() && ctx.Err() == nil {
		row, ok, err := o.Store.NextOut(ctx, now)
		if err != nil {
			return time.Time{}, err
		}
		if !ok {
			if err = o.showTyping(ctx, now); err != nil {
				return time.Time{}, err
			}
			next, _, err := o.Store.NextOutDue(ctx)
			return next, err
		}
		if err = o.pass(ctx, row, now); err != nil {
			return time.Time{}, err
		}
		if o.stuck { // the connection is about to go
			o.stuck = false
			return now.Add(retryAfter), nil
		}
		now = o.Clock.Now()
	}
	return time.Time{}, nil // the connection's next change wakes us
}

// mostTries bounds how often a message is tried during which the program itself
// died: nothing was heard of it and the ID stays the same, so that trying again
// harms nobody, but a message that kills must not do so for ever.
const mostTries = 5

// pass takes one row through the stages and, if all let it, out of the door.
func (o *Outbox) pass(ctx context.Context, row shop.OutRow, now time.Time) error {
	if row.Unknown && (row.Attempts >= mostTries || now.Sub(row.Created) >= o.Policy.RetryUnknown) {
		return o.giveUp(ctx, row, now, "unknown", 0, "no acknowledgement")
	}
	if row.Lane == shop.LaneReply && now.Sub(row.Created) >= o.Policy.Stale {
		return o.dropStale(ctx, now)
	}
	if later, err := o.drawnBack(ctx, row, now); err != nil {
		return err
	} else if !later.IsZero() {
		return o.Store.Defer(ctx, row, later, row.Unknown)
	}
	for _, s := range stages {
		if s.lane != row.Lane {
			continue
		}
		v, err := s.check(ctx, o, row, now)
		if err != nil {
			return err
		}
		if v.drop != "" {
			o.Log.Info().Int64("row", row.ID).Str("stage", s.name).Str("reason", v.drop).Msg("a message is not sent")
			return o.Store.End(ctx, row, now, "cancelled", 0, v.drop, o.Sender.NewMessageID, nil)
		}
		if v.shut {
			return nil
		}
		if v.until.After(now) {
			return o.hold(ctx, row, now, v.until)
		}
	}
	return o.send(ctx, row, now)
}

// patience is how long the guards may keep an answer before a person is told and
// promos stop (field guide, section 6).
const patience = time.Minute

func (o *Outbox) hold(ctx context.Context, row shop.OutRow, now, until time.Time) error {
	if row.Lane == shop.LaneReply && until.Sub(row.Created) > patience {
		if err := o.tellHeld(ctx, row, now, until); err != nil {
			return err
		}
	}
	return o.Store.Defer(ctx, row, until, row.Unknown)
}

// tellHeld says so at most once a minute, and once for all replies that wait then:
// after an outage a hundred are late together.
func (o *Outbox) tellHeld(ctx context.Context, row shop.OutRow, now, until time.Time) error {
	if !row.Created.After(o.told) || now.Sub(o.told) < patience {
		return nil
	}
	o.told = now
	if err := o.Store.SetGate(ctx, shop.LanePromo, shop.Gate{Until: now.Add(time.Hour), Reason: shop.RestHeld}); err != nil {
		return err
	}
	waiting, err := o.Store.Waiting(ctx, shop.LaneReply)
	if err != nil {
		return err
	}
	return o.alert(ctx, now, templates.Held{
		Name: row.Person.CallName(), Phone: row.Person.Phone, For: until.Sub(row.Created), More: waiting - 1,
	})
}

func (o *Outbox) send(ctx context.Context, row shop.OutRow, now time.Time) error {
	ok, err := o.Store.Claim(ctx, row.ID, now, o.done)
	if err != nil {
		return err
	}
	o.done = nil
	if !ok {
		return nil
	}
	o.claimed = true
	row.Attempts++
	delete(o.typed, row.ID)
	m := shop.Outgoing{ID: row.MessageID, To: row.Person.Address, Text: row.Text, File: row.File, Expiry: row.Expiry}
	if row.QuoteID != "" {
		m.Quote = &shop.Quote{MessageID: row.QuoteID}
	}
	// A message that has begun to leave is not torn off, and what became of it is
	// put on record, also when the program is ending: the sender's deadline bounds it.
	ctx = context.WithoutCancel(ctx)
	_, err = o.Sender.Send(ctx, m)
	if err == nil {
		err = o.sent(ctx, row)
	} else {
		failure := &shop.SendError{Fate: shop.FateUnknown, Cause: err}
		errors.As(err, &failure)
		err = o.failed(ctx, row, o.Clock.Now(), failure)
	}
	if err == nil {
		o.claimed = false
	}
	return err
}

func (o *Outbox) sent(ctx context.Context, row shop.OutRow) error {
	row.SentAt = o.Clock.Now()
	o.done = &row
	if row.Lane != shop.LanePromo {
		return nil
	}
	if err := o.record(ctx); err != nil {
		return err
	}
	return o.pacePromo(ctx, row, row.SentAt)
}

// showTyping shows "mengetik…" in the chats whose answer is written but not due.
func (o *Outbox) showTyping(ctx context.Context, now time.Time) error {
	if !o.Policy.Typing {
		return nil
	}
	rows, err := o.Store.Upcoming(ctx, now)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if o.typed[row.ID] || row.Attempts > 0 {
			continue
		}
		mark(&o.typed, row.ID)
		if err = o.Sender.Typing(ctx, row.Person.Address, true); err != nil {
			o.Log.Debug().Err(err).Msg("typing could not be shown") // a courtesy: nothing depends on it
		}
	}
	return nil
}

// alert pages the duty admin about something that no turn asked for.
func (o *Outbox) alert(ctx context.Context, now time.Time, text templates.Text) error {
	drafts, err := o.alerts(ctx, now, shop.RankDuty, text)
	if err != nil {
		return err
	}
	return o.Store.Alert(ctx, now, o.Sender.NewMessageID, drafts)
}

func (o *Outbox) alerts(ctx context.Context, now time.Time, rank shop.Rank, text templates.Text) ([]shop.Draft, error) {
	r, err := o.Texts.Render(text, o.Rand)
	if err != nil {
		return nil, err
	}
	roster, err := o.Store.Roster(ctx, now)
	return Alerts(roster, rank, r.Text), err
}

// Alerts makes one alert of a text for everybody paged at a rank.
func Alerts(roster shop.Roster, rank shop.Rank, text string) (drafts []shop.Draft) {
	for _, admin := range roster.For(rank) {
		drafts = append(drafts, shop.Draft{To: admin.ID, Lane: shop.LaneAlert, Text: text, Exempt: true})
	}
	return drafts
}

func mark(set *map[int64]bool, id int64) {
	if *set == nil {
		*set = map[int64]bool{}
	}
	(*set)[id] = true
}
