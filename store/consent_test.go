package store

import (
	"strings"
	"testing"
	"time"

	"bestie/shop"
)

// stop is what a turn decides about a STOP of customer n.
func (l *lab) stop(n int) shop.Outcome {
	return shop.Outcome{Consents: []shop.Consent{{PersonID: l.person(n).ID, At: wednesday, Source: "chat", Words: "stop"}}}
}

// TestStopCancelsInItsTransaction: the promos that wait are dropped in the transaction that
// puts the STOP on record, over all campaigns, and only theirs; if that fails, neither has
// happened.
func TestStopCancelsInItsTransaction(t *testing.T) {
	l := newLab(t)
	for n := 1; n <= 2; n++ {
		l.ask(n, start)
		l.consent(n, true)
	}
	l.batch(wednesday, l.slot(wednesday, 1, 2), wednesday, 50)
	l.batch(wednesday, l.slot(wednesday, 1), wednesday, 50)
	const promos = "SELECT person_id, status, due_at IS NULL, reason FROM outbox WHERE lane = 'promo' ORDER BY id"
	before := l.rows(promos)
	l.receive(wednesday, 0, l.message(1, wednesday, "stop"))
	broken := l.stop(1)
	broken.Bookings = []shop.Booking{{}} // says nothing that could be booked
	broken.Drafts = []shop.Draft{{To: -1, Lane: shop.LaneReply, Text: "untuk siapa?"}}
	if _, err := l.Turns(l.ctx, wednesday, 1, l.newID, func(shop.Turn) (shop.Outcome, error) { return broken, nil }); err == nil {
		t.Fatal("a broken turn was written")
	}
	if got := l.rows(promos); got != before || l.number("SELECT COUNT(*) FROM consents WHERE granted = 0") != 0 {
		t.Errorf("half of a turn was written:\n%s", got)
	}
	l.turn(wednesday, l.stop(1))
	one, two := l.person(1).ID, l.person(2).ID
	if n := l.number("SELECT COUNT(*) FROM outbox WHERE lane = 'promo' AND person_id = $1 AND status = 'cancelled' AND due_at IS NULL AND reason = 'opted out'", one); n != 2 {
		t.Errorf("%d of 2 promos dropped:\n%s", n, l.rows(promos))
	}
	if n := l.number("SELECT COUNT(*) FROM outbox WHERE lane = 'promo' AND person_id = $1 AND status = 'queued'", two); n != 1 {
		t.Errorf("somebody else's promo was dropped:\n%s", l.rows(promos))
	}
}

// TestUnreadHoldsThePromo: from the instant at which a message is received until it is
// handled a promo to its sender is not claimed; other lanes and other people are.
func TestUnreadHoldsThePromo(t *testing.T) {
	l := newLab(t)
	l.ask(1, start)
	l.consent(1, true)
	l.batch(wednesday, l.slot(wednesday, 1), wednesday, 50)
	o := l.next(wednesday)
	unread := func() bool {
		f, err := l.PromoFacts(l.ctx, o, wednesday)
		l.must(err)
		return f.Unread
	}
	claim := func() bool {
		ok, err := l.Claim(l.ctx, o.ID, wednesday, nil)
		l.must(err)
		return ok
	}
	if unread() {
		t.Error("unread before anything came")
	}
	l.receive(wednesday, 3*time.Second, l.message(1, wednesday, "stop"))
	if !unread() || claim() {
		t.Error("a promo may leave before the message is read")
	}
	l.turn(wednesday.Add(3*time.Second), shop.Outcome{Drafts: []shop.Draft{{Lane: shop.LaneReply, Text: "halo"}}})
	l.receive(wednesday, 3*time.Second, l.message(1, wednesday, "halo lagi"))
	l.send(wednesday.Add(time.Minute)) // a reply leaves all the same
	l.turn(wednesday.Add(time.Minute), shop.Outcome{})
	if unread() || !claim() {
		t.Error("the promo is still held")
	}
}

// TestConsentIsAskedOnce: the question stands on record, with its words and the answer's,
// it is known ever after, and a second one is refused by the schema.
func TestConsentIsAskedOnce(t *testing.T) {
	l := newLab(t)
	const words = "Boleh kami kabari kalau ada promo, Kak?"
	first := l.ask(1, start)
	if first.Asking != (shop.AskFacts{RatingAt: at(0), LowRating: at(0)}) || first.LastSaid != nil {
		t.Errorf("%+v %v", first.Asking, first.LastSaid)
	}
	l.receive(start, 0, l.message(1, start, "makasih"))
	remember := func(t shop.Turn) (shop.Outcome, error) {
		out := shop.Outcome{Conversation: t.Conversation, AskConsent: words, Drafts: []shop.Draft{{To: t.Person.ID, Lane: shop.LaneReply, Text: "Sama-sama\n\n" + words}}}
		out.Conversation.Memory.Ask = &shop.OpenAsk{Words: words, At: t.Now}
		return out, nil
	}
	_, err := l.Turns(l.ctx, start, 1, l.newID, remember)
	l.must(err)
	l.send(start.Add(time.Minute))
	l.receive(start.Add(2*time.Minute), 0, l.message(1, start, "iya"))
	yes := shop.Consent{PersonID: l.person(1).ID, Granted: true, At: start.Add(2 * time.Minute), Source: "chat", Question: words, Words: "iya"}
	seen := l.turn(start.Add(2*time.Minute), shop.Outcome{Consents: []shop.Consent{yes}})
	ask := seen.Conversation.Memory.Ask
	if !seen.Asking.Asked || ask == nil || !ask.AnsweredBy(seen.LastSaid, seen.Messages[0].ReceivedAt) || ask.AnsweredBy(seen.LastSaid, start) {
		t.Errorf("%+v %+v %+v", seen.Asking, ask, seen.LastSaid)
	}
	chain, err := l.Consents(l.ctx, yes.PersonID)
	l.must(err)
	if len(chain) != 1 || !chain[0].At.Equal(yes.At) || chain[0].Question != words || chain[0].Words != "iya" || !chain[0].Granted {
		t.Errorf("%+v", chain)
	}
	l.receive(start.Add(time.Hour), 0, l.message(1, start, "makasih"))
	if _, err = l.Turns(l.ctx, start.Add(time.Hour), 1, l.newID, remember); err == nil || !strings.Contains(err.Error(), "consent_asks") {
		t.Errorf("asked twice: %v", err)
	}
}
