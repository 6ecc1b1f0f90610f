package scheduler_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/rs/zerolog"

	"bestie/scheduler"
	"bestie/shop"
	"bestie/store"
	"bestie/templates"
)

// start is a Monday morning, WIB.
var start = time.Date(2026, 1, 5, 10, 0, 0, 0, shop.WIB)

// wire is a way to WhatsApp whose answers a test decides.
type wire struct {
	ready  bool
	answer func(m shop.Outgoing) error // nil: taken
	sent   []shop.Outgoing             // what the server took, in order
	tried  []string                    // message IDs in order of tries
	typing int
	ids    int
	off    bool // the phones are: nothing is delivered
	shown  int  // how many of sent were delivered
}

func (w *wire) Ready() bool { return w.ready }

func (w *wire) Send(_ context.Context, m shop.Outgoing) (shop.Sent, error) {
	w.tried = append(w.tried, m.ID)
	if w.answer != nil {
		if err := w.answer(m); err != nil {
			return shop.Sent{}, err
		}
	}
	w.sent = append(w.sent, m)
	return shop.Sent{}, nil
}

func (w *wire) Typing(context.Context, shop.Address, bool) error { w.typing++; return nil }

func (w *wire) NewMessageID() string { w.ids++; return fmt.Sprintf("3EB0%06d", w.ids) }

// desk is the scheduler on a real database.
type desk struct {
	*testing.T
	db     *store.DB
	dir    string
	clock  *clockwork.FakeClock
	wire   *wire
	out    *scheduler.Outbox
	promos *scheduler.Broadcaster
	pager  *scheduler.Pager
	admin  shop.Person
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{T: t, dir: t.TempDir(), clock: clockwork.NewFakeClockAt(start), wire: &wire{ready: true}}
	d.open()
	var err error
	if d.admin, err = d.db.Register(t.Context(), start, "6281300000001", "Sari", shop.RoleDuty); err != nil {
		t.Fatal(err)
	}
	return d
}

// open opens the database and wires the parts, as after a start.
func (d *desk) open() {
	d.Helper()
	db, err := store.Open(d.Context(), d.dir, zerolog.Nop())
	if err != nil {
		d.Fatal(err)
	}
	d.Cleanup(func() { _ = db.Close() })
	texts, err := templates.LoadTexts()
	if err != nil {
		d.Fatal(err)
	}
	d.db = db
	metro, err := scheduler.NewMetronome(d.clock, zerolog.Nop(), nil)
	if err != nil {
		d.Fatal(err)
	}
	d.Cleanup(func() { _ = metro.Stop() })
	idle := metro.Add("outbox", func(context.Context, time.Time) (time.Time, error) { return time.Time{}, nil })
	zero := func(int) int { return 0 }
	d.out = &scheduler.Outbox{
		Store: db, Sender: d.wire, Texts: texts, Clock: d.clock, Rand: zero, Log: zerolog.Nop(),
		Policy: scheduler.Policy{
			Guards: shop.DefaultGuards(), Promo: shop.DefaultPromo(), RetryUnknown: 10 * time.Minute, Stale: 12 * time.Hour, Typing: true,
			LinkAge: func(time.Time) time.Duration { return 365 * 24 * time.Hour },
		},
	}
	d.pager = &scheduler.Pager{Store: db, Sender: d.wire, Texts: texts, Rand: zero, Outbox: idle, Alarms: idle}
	d.promos = &scheduler.Broadcaster{
		Store: db, Sender: d.wire, Promo: shop.DefaultPromo(), LinkAge: d.out.Policy.LinkAge, Texts: texts, Rand: zero, Log: zerolog.Nop(), Outbox: idle,
	}
}

// customer makes somebody who has written to us once, at the given instant.
func (d *desk) customer(n int, wrote time.Time) shop.Person {
	d.Helper()
	phone := fmt.Sprintf("62812%08d", n)
	_, err := d.db.Receive(d.Context(), wrote, 0, shop.Incoming{
		Account: "628110000000", Chat: shop.Address{LID: fmt.Sprint(1000 + n), Phone: phone}, ID: fmt.Sprint("in", n, wrote.Unix()),
		Kind: shop.KindText, Text: "halo", SentAt: wrote,
	})
	if err != nil {
		d.Fatal(err)
	}
	d.turn(wrote, shop.Outcome{})
	p, ok, err := d.db.PersonByPhone(d.Context(), phone)
	if err != nil || !ok {
		d.Fatal(ok, err)
	}
	return p
}

// turn handles whatever is due with a fixed outcome.
func (d *desk) turn(at time.Time, out shop.Outcome) {
	d.Helper()
	did, err := d.db.Turns(d.Context(), at, 1, d.wire.NewMessageID, func(t shop.Turn) (shop.Outcome, error) {
		out.Conversation = t.Conversation
		for i := range out.Drafts {
			if out.Drafts[i].To == 0 {
				out.Drafts[i].To = t.Person.ID
			}
		}
		return out, nil
	})
	if err != nil || did != 1 {
		d.Fatal(did, err)
	}
}

// ask lets a customer write and the bot decide the drafts.
func (d *desk) ask(n int, drafts ...shop.Draft) {
	d.Helper()
	now := d.clock.Now()
	_, err := d.db.Receive(d.Context(), now, 0, shop.Incoming{
		Account: "628110000000", Chat: shop.Address{LID: fmt.Sprint(1000 + n), Phone: fmt.Sprintf("62812%08d", n)},
		ID: d.wire.NewMessageID(), Kind: shop.KindText, Text: "tanya", SentAt: now,
	})
	if err != nil {
		d.Fatal(err)
	}
	d.turn(now, shop.Outcome{Drafts: drafts, StartWait: true, WaitSince: now, WaitWords: "tanya"})
}

func reply(text string) shop.Draft {
	return shop.Draft{Lane: shop.LaneReply, Text: text, Answers: true}
}

// step runs a step until nothing is due at the present instant.
func (d *desk) step(step scheduler.Step) (next time.Time) {
	d.Helper()
	next, err := step(d.Context(), d.clock.Now())
	if err != nil {
		d.Fatal(err)
	}
	return next
}

// advance moves the clock and lets outbox, pager and promos work at each due
// instant on the way.
func (d *desk) advance(by time.Duration) {
	d.Helper()
	end := d.clock.Now().Add(by)
	for {
		next := end
		for _, step := range []scheduler.Step{d.promos.Step, d.pager.Step, d.out.Step} {
			if at := d.step(step); !at.IsZero() && at.Before(next) {
				next = at
			}
		}
		d.deliver()
		if !next.After(d.clock.Now()) {
			if !d.clock.Now().Before(end) {
				return
			}
			d.Fatalf("something is due at %s and stays so", next)
		}
		d.clock.Advance(next.Sub(d.clock.Now()))
	}
}

// deliver lets the phones acknowledge what the server took.
func (d *desk) deliver() {
	d.Helper()
	for ; !d.wire.off && d.wire.shown < len(d.wire.sent); d.wire.shown++ {
		r := shop.Receipt{Kind: shop.ReceiptDelivered, MessageIDs: []string{d.wire.sent[d.wire.shown].ID}, At: d.clock.Now()}
		if err := d.db.Receipt(d.Context(), r); err != nil {
			d.Fatal(err)
		}
	}
}

// texts is what was taken for one person.
func (d *desk) texts(p shop.Person) (out []string) {
	for _, m := range d.wire.sent {
		if m.To.Phone == p.Phone {
			out = append(out, m.Text)
		}
	}
	return out
}

func refuse(code int) error {
	return &shop.SendError{Fate: shop.FateRefused, Code: code, Cause: fmt.Errorf("server returned error %d", code)}
}
