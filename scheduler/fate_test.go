package scheduler_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"bestie/shop"
)

var (
	errNotSent = &shop.SendError{Fate: shop.FateNotSent, Cause: errors.New("not connected")}
	errUnknown = &shop.SendError{Fate: shop.FateUnknown, Cause: errors.New("timeout")}
)

// While the connection is going the adapter may still say that it is ready:
// nothing is tried over and over, whoever waits, and such tries do not count.
func TestNotSentIsNoTry(t *testing.T) {
	d := newDesk(t)
	rina, budi := d.customer(1, start), d.customer(2, start)
	d.ask(1, reply("satu"))
	d.ask(2, reply("dua"))
	d.wire.answer = func(shop.Outgoing) error { return errNotSent }
	for range 3 {
		if next := d.step(d.out.Step); !next.After(d.clock.Now()) {
			t.Fatalf("wants to be asked again at %v", next)
		}
	}
	if len(d.wire.tried) != 3 {
		t.Errorf("%d tries in three steps", len(d.wire.tried))
	}
	refused := false
	d.wire.answer = func(m shop.Outgoing) error {
		if m.To.Phone == rina.Phone && !refused {
			refused = true
			return refuse(479)
		}
		return nil
	}
	d.advance(time.Minute)
	if len(d.texts(rina)) != 1 || len(d.texts(budi)) != 1 {
		t.Errorf("%q and %q: a refusal has its second try still", d.texts(rina), d.texts(budi))
	}
}

// An unknown message is tried again within ten minutes or never: after a longer
// outage a person is told instead.
func TestUnknownIsNotTriedAgainLate(t *testing.T) {
	for _, c := range []struct {
		away time.Duration
		sent bool
	}{{9 * time.Minute, true}, {10 * time.Minute, false}} {
		t.Run(c.away.String(), func(t *testing.T) {
			d := newDesk(t)
			rina := d.customer(1, start)
			d.ask(1, reply("jawaban"))
			d.wire.answer = func(shop.Outgoing) error { return errUnknown }
			d.step(d.out.Step)
			d.wire.ready, d.wire.answer = false, nil
			d.clock.Advance(c.away)
			d.wire.ready = true
			d.step(d.out.Step)
			if got := len(d.texts(rina)) == 1; got != c.sent {
				t.Errorf("sent: %t", got)
			}
			if told := strings.Contains(strings.Join(d.texts(d.admin), ""), "tidak jelas sampai"); told == c.sent {
				t.Errorf("the admin reads %q", d.texts(d.admin))
			}
		})
	}
}

// A sender that panics or fails in an unheard-of way leaves no row behind for
// ever: the message is unknown, tried once more, or a few times more if nothing
// at all was heard of it, and then a person is told.
func TestBrokenSenderLeavesNothingStuck(t *testing.T) {
	for name, c := range map[string]struct {
		fail  func(shop.Outgoing) error
		tries int
	}{
		"panic":          {func(shop.Outgoing) error { panic("nil map") }, 5},
		"another error":  {func(shop.Outgoing) error { return errors.New("a plain error") }, 2},
		"a wrapped fate": {func(shop.Outgoing) error { return fmt.Errorf("sending: %w", errUnknown) }, 2},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			rina := d.customer(1, start)
			d.ask(1, reply("jawaban"))
			d.wire.answer = func(m shop.Outgoing) error {
				if m.To.Phone == rina.Phone {
					return c.fail(m)
				}
				return nil
			}
			for range 7 {
				func() {
					defer func() { _ = recover() }() // as the worker does
					_, _ = d.out.Step(t.Context(), d.clock.Now())
				}()
				d.clock.Advance(5 * time.Second)
			}
			tries := slices.DeleteFunc(slices.Clone(d.wire.tried), func(id string) bool { return id != d.wire.tried[0] })
			if len(tries) != c.tries {
				t.Errorf("%d tries, want %d", len(tries), c.tries)
			}
			if !strings.Contains(strings.Join(d.texts(d.admin), ""), "tidak jelas sampai") {
				t.Errorf("the admin reads %q", d.texts(d.admin))
			}
		})
	}
}

// What the server took while the program was ending is not sent again.
func TestSentIsOnRecordThoughTheProgramEnds(t *testing.T) {
	d := newDesk(t)
	rina := d.customer(1, start)
	d.ask(1, reply("jawaban"))
	ctx, cancel := context.WithCancel(t.Context())
	d.wire.answer = func(shop.Outgoing) error { cancel(); return nil }
	if _, err := d.out.Step(ctx, d.clock.Now()); err != nil {
		t.Fatal(err)
	}
	d.open()
	if err := d.db.Recover(t.Context(), d.clock.Now()); err != nil {
		t.Fatal(err)
	}
	d.advance(time.Minute)
	if got := d.texts(rina); len(got) != 1 {
		t.Errorf("sent %q", got)
	}
}

// Refusals for speed double the rest whichever message meets them; the third in
// a row stops promos for a day and is told once. Replies go on.
func TestTooFastDoublesOverAllMessages(t *testing.T) {
	d := newDesk(t)
	for n := range 4 {
		d.consent(d.customer(n, start))
	}
	d.campaign("diskon")
	var at []time.Duration
	d.wire.answer = func(m shop.Outgoing) error {
		if !strings.Contains(m.Text, "diskon") || m.To.Phone == d.admin.Phone {
			return nil
		}
		at = append(at, d.clock.Now().Sub(time.Date(2026, 1, 7, 19, 0, 0, 0, shop.WIB)))
		return refuse(429)
	}
	d.at(2, 20, 59)
	if fmt.Sprint(at) != "[0s 5m0s 15m0s]" {
		t.Errorf("tried after %v", at)
	}
	if n := strings.Count(strings.Join(d.texts(d.admin), "\n"), "Promo dihentikan"); n != 1 {
		t.Errorf("told %d times: %q", n, d.texts(d.admin))
	}
	d.wire.answer = nil
	d.ask(1, reply("balasan"))
	d.at(3, 18, 59)
	if n := len(d.wire.sent); n != 2 {
		t.Errorf("%d messages: the page and the reply", n)
	}
	d.at(4, 20, 59)
	if n := len(d.wire.sent); n != 6 {
		t.Errorf("%d messages on Friday", n)
	}
}

// When the pace would hold an answer for more than a minute, a person is told,
// once, and promos stop; the answer still leaves.
func TestHeldAnswerCallsAPersonOnce(t *testing.T) {
	d := newDesk(t)
	rina := d.customer(1, start)
	d.out.Policy.Guards.PerChatHour = 2
	for i := range 3 {
		d.ask(1, reply(fmt.Sprint("jawaban ", i)))
	}
	d.advance(20 * time.Minute)
	if got := d.texts(rina); len(got) != 2 {
		t.Fatalf("%q", got)
	}
	told := 0
	for _, text := range d.texts(d.admin) {
		if strings.Contains(text, "tertahan") {
			told++
		}
	}
	g, err := d.db.Gate(t.Context(), shop.LanePromo)
	if err != nil {
		t.Fatal(err)
	}
	if told != 1 || !g.Until.After(start.Add(time.Hour)) {
		t.Errorf("told %d times, promos rest until %v", told, g.Until)
	}
	d.advance(time.Hour)
	if got := d.texts(rina); len(got) != 3 {
		t.Errorf("the answer never left: %q", got)
	}
}

// Promos that are not out when the evening closes go on in the next one.
func TestQuietHours(t *testing.T) {
	d := newDesk(t)
	for n := range 60 {
		d.consent(d.customer(n, start))
	}
	d.out.Policy.Promo.PaceMin, d.out.Policy.Promo.PaceMax = 4*time.Minute, 4*time.Minute
	d.campaign("diskon")
	var hours [24]int
	d.wire.answer = func(shop.Outgoing) error { hours[d.clock.Now().In(shop.WIB).Hour()]++; return nil }
	d.at(2, 23, 59)
	if wednesday := len(d.wire.sent); wednesday == 0 || wednesday == 60 {
		t.Fatalf("%d on Wednesday", wednesday)
	}
	d.at(13, 0, 0)
	if len(d.wire.sent) != 60 {
		t.Errorf("%d in all", len(d.wire.sent))
	}
	for hour, n := range hours {
		if n > 0 && (hour < 17 || hour >= 21) {
			t.Errorf("%d at %d o'clock", n, hour)
		}
	}
}

// The order of a broadcast is random, and the same for the same seed.
func TestBroadcastOrderIsSeeded(t *testing.T) {
	order := func(seed uint64) (phones []string) {
		d := newDesk(t)
		d.promos.Rand = rand.New(rand.NewPCG(seed, 1)).IntN
		for n := range 12 {
			d.consent(d.customer(n, start))
		}
		d.campaign("diskon")
		d.at(2, 23, 59)
		for _, m := range d.wire.sent {
			phones = append(phones, m.To.Phone)
		}
		return phones
	}
	one, again, other := order(1), order(1), order(2)
	if len(one) != 12 || !slices.Equal(one, again) {
		t.Errorf("%v, then %v", one, again)
	}
	if slices.Equal(one, other) || slices.IsSorted(one) {
		t.Errorf("not shuffled: %v, %v", one, other)
	}
}

// While there is no connection nobody is paged; then the truth comes once.
func TestPagesAfterAnOutage(t *testing.T) {
	d := newDesk(t)
	d.customer(1, start)
	d.wire.ready = false
	d.ask(1, shop.Draft{Lane: shop.LaneReply, Text: "saya cek"})
	d.advance(40 * time.Minute)
	d.wire.ready = true
	d.advance(time.Minute)
	if got := d.texts(d.admin); len(got) != 1 || !strings.Contains(got[0], "40 menit") {
		t.Errorf("the admin reads %q", got)
	}
}

// An answer that leaves in time pages nobody.
func TestAnsweredChatsPageNobody(t *testing.T) {
	d := newDesk(t)
	d.customer(1, start)
	d.ask(1, reply("jawaban"))
	d.advance(time.Hour)
	if got := d.texts(d.admin); len(got) != 0 {
		t.Errorf("the admin reads %q", got)
	}
}

// Whoever chose the audience, each promo asks again before it leaves.
func TestPromoAsksAgainBeforeItLeaves(t *testing.T) {
	d := newDesk(t)
	d.at(2, 18, 0)
	fine, angry := d.customer(1, start), d.customer(3, start)
	d.customer(2, start) // never agreed
	never, err := d.db.Register(t.Context(), start, "6281999999999", "Impor", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []shop.Person{fine, angry, never} {
		d.consent(p)
	}
	d.campaign("diskon")
	d.clock.Advance(time.Hour)
	d.step(d.promos.Step) // both promos are written
	if _, err = d.db.Receive(t.Context(), d.clock.Now(), 0, shop.Incoming{
		Account: "628110000000", Chat: angry.Address, ID: "ANGRY", Kind: shop.KindText, Text: "kecewa", SentAt: d.clock.Now(),
	}); err != nil {
		t.Fatal(err)
	}
	if _, err = d.db.Turns(t.Context(), d.clock.Now(), 1, d.wire.NewMessageID, func(shop.Turn) (shop.Outcome, error) {
		return shop.Outcome{Conversation: shop.Conversation{ComplaintAt: d.clock.Now()}}, nil
	}); err != nil {
		t.Fatal(err)
	}
	d.advance(10 * 24 * time.Hour)
	if len(d.texts(fine)) != 1 || len(d.texts(angry)) != 0 || len(d.texts(never)) != 0 {
		t.Errorf("sent %+v", d.wire.sent)
	}
}

// Many chats that fall due together, as after an outage, are one page for each
// person, with every chat in it; later levels too.
func TestManyPagesBecomeOne(t *testing.T) {
	d := newDesk(t)
	const chats = 40
	d.wire.ready = false
	for n := range chats {
		d.customer(n, start)
		d.ask(n, shop.Draft{Lane: shop.LaneReply, Text: fmt.Sprint("saya cek ", n)})
	}
	d.advance(3 * time.Minute)
	d.wire.ready = true
	d.advance(3 * time.Minute)
	var pages []string
	for _, text := range d.texts(d.admin) {
		if strings.Contains(text, "belum terjawab") {
			pages = append(pages, text)
		}
	}
	// at 3:00 the first level, at 4:00 the second, at 5:00 the third and the breach
	if len(pages) != 3 || !strings.Contains(pages[0], fmt.Sprint(chats, " chat")) || !strings.Contains(pages[0], "#1 ") {
		t.Errorf("the admin reads %d pages: %q", len(pages), pages)
	}
	if waits, err := d.db.Depth(t.Context()); err != nil || waits.Waits != chats {
		t.Errorf("%d chats wait, %v", waits.Waits, err)
	}
}

// A reply that is half a day old is not sent any more: one alert names everybody
// concerned, and their questions stay open.
func TestStaleRepliesAreDroppedTogether(t *testing.T) {
	d := newDesk(t)
	d.wire.ready = false
	for n := range 12 {
		d.customer(n, start)
		d.ask(n, reply(fmt.Sprint("jawaban ", n)))
	}
	d.advance(11 * time.Hour)
	late := d.customer(20, d.clock.Now())
	d.ask(20, reply("jawaban segar"))
	d.advance(time.Hour)
	d.wire.ready = true
	d.advance(time.Minute)
	for _, m := range d.wire.sent {
		if strings.HasPrefix(m.Text, "jawaban") && m.To.Phone != late.Phone {
			t.Errorf("an old answer went to %s", m.To.Phone)
		}
	}
	stale := 0
	for _, text := range d.texts(d.admin) {
		if strings.Contains(text, "12 pelanggan tidak jadi dikirim") {
			stale++
		}
	}
	depth, err := d.db.Depth(t.Context())
	if err != nil || stale != 1 || len(d.texts(late)) != 1 || depth.Outbox != 0 || depth.Waits != 12 {
		t.Errorf("told %d times, %d fresh answers, left %+v, %v", stale, len(d.texts(late)), depth, err)
	}
}
