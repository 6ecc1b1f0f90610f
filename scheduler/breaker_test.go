package scheduler_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"bestie/shop"
)

// told is how often the admin was told something.
func (d *desk) told(what string) (n int) {
	for _, text := range d.texts(d.admin) {
		if strings.Contains(text, what) {
			n++
		}
	}
	return n
}

// promos is how many left.
func (d *desk) promosSent() (n int) {
	for _, m := range d.wire.sent {
		if strings.Contains(m.Text, "diskon") {
			n++
		}
	}
	return n
}

// evening is a campaign to a crowd, on its first evening at 19:00.
func evening(t *testing.T, people int) (*desk, []shop.Person) {
	t.Helper()
	d := newDesk(t)
	var who []shop.Person
	for n := range people {
		p := d.customer(n, start)
		d.consent(p)
		who = append(who, p)
	}
	d.campaign("diskon")
	d.at(2, 19, 0)
	return d, who
}

// Too few promos arrive: they stop after twenty that had time to, also over a restart,
// and go on by themselves a day later.
func TestUndeliveredPromosStop(t *testing.T) {
	d, _ := evening(t, 120)
	d.wire.off = true
	d.at(2, 23, 0)
	n := d.promosSent()
	if n < shop.HealthAfter || n > 90 || d.told("tidak sampai") != 1 {
		t.Fatalf("%d promos, the admin reads %q", n, d.texts(d.admin))
	}
	d.open()
	d.at(3, 18, 0)
	d.wire.off = false
	d.at(13, 0, 0)
	if n = d.promosSent(); n != 120 || d.told("tidak sampai") != 1 {
		t.Errorf("%d promos in the end, told %d times", n, d.told("tidak sampai"))
	}
}

// Too many people opt out: promos stop until a person allows them, who is not
// overruled by what was sent before.
func TestOptOutsStopPromos(t *testing.T) {
	d, who := evening(t, 40)
	for d.promosSent() < shop.HealthAfter {
		d.advance(10 * time.Second)
	}
	for _, p := range who {
		if len(d.texts(p)) > 0 {
			if err := d.db.AddConsent(d.Context(), shop.Consent{PersonID: p.ID, At: d.clock.Now(), Source: "chat", Words: "stop"}); err != nil {
				t.Fatal(err)
			}
			break
		}
	}
	d.at(2, 20, 55)
	n := d.promosSent()
	if n != shop.HealthAfter || d.told("minta berhenti") != 1 || d.told("promo buka") != 1 {
		t.Fatalf("%d promos, the admin reads %q", n, d.texts(d.admin))
	}
	d.open()
	d.at(8, 10, 0)
	if d.promosSent() != n {
		t.Fatal("they went on by themselves")
	}
	d.ask(0)
	d.receiveFrom(0, shop.Outcome{OpenPromos: true})
	d.at(20, 0, 0)
	if got := d.promosSent(); got != 40 || d.told("minta berhenti") != 1 {
		t.Errorf("%d promos after a person allowed them; told %d times", got, d.told("minta berhenti"))
	}
}

// receiveFrom lets somebody write and the bot decide an outcome.
func (d *desk) receiveFrom(n int, out shop.Outcome) {
	d.Helper()
	now := d.clock.Now()
	_, err := d.db.Receive(d.Context(), now, 0, shop.Incoming{
		Account: "628110000000", Chat: shop.Address{LID: fmt.Sprint(1000 + n), Phone: fmt.Sprintf("62812%08d", n)},
		ID: d.wire.NewMessageID(), Kind: shop.KindText, Text: "halo", SentAt: now,
	})
	if err != nil {
		d.Fatal(err)
	}
	d.turn(now, out)
}

// Something other than a promo is refused with 463: for a day only known chats and the
// shop's own people are written to, also over a restart; then all of it leaves.
func TestRetreatToKnownChats(t *testing.T) {
	d := newDesk(t)
	old, fresh := d.customer(1, start.AddDate(0, 0, -40)), d.customer(2, start)
	d.wire.answer = func(m shop.Outgoing) error {
		if m.Text == "ditolak" {
			return refuse(463)
		}
		return nil
	}
	d.ask(2, reply("ditolak"))
	d.advance(time.Minute)
	if d.told("Promo dihentikan") != 1 || d.told("chat yang dikenal") != 1 {
		t.Fatalf("the admin reads %q", d.texts(d.admin))
	}
	d.open()
	d.receiveFrom(3, shop.Outcome{Drafts: []shop.Draft{
		{To: old.ID, Lane: shop.LaneReply, Text: "pengingat"}, {To: fresh.ID, Lane: shop.LaneReply, Text: "pengingat"},
	}})
	d.advance(time.Hour)
	if len(d.texts(old)) != 0 || len(d.texts(fresh)) == 0 || d.texts(fresh)[0] != "pengingat" {
		t.Errorf("at level 2: %q and %q", d.texts(old), d.texts(fresh))
	}
	d.out.Policy.Stale = 48 * time.Hour
	d.advance(24 * time.Hour)
	if len(d.texts(old)) != 1 {
		t.Errorf("after it: %q", d.texts(old))
	}
}

// The fifth refusal for speed in a row leaves only live chats, and says so once it may.
func TestRetreatToReplies(t *testing.T) {
	d := newDesk(t)
	d.customer(2, start)
	quiet := d.customer(1, start.AddDate(0, 0, -3))
	refusals := 5
	d.wire.answer = func(m shop.Outgoing) error {
		if m.Text == "jawab" && refusals > 0 {
			refusals--
			return refuse(429)
		}
		return nil
	}
	d.ask(2, reply("jawab"))
	for refusals > 0 {
		d.advance(time.Minute)
	}
	if d.told("diperlambat") != 1 {
		t.Errorf("the admin reads %q", d.texts(d.admin))
	}
	d.receiveFrom(3, shop.Outcome{Drafts: []shop.Draft{{To: quiet.ID, Lane: shop.LaneReply, Text: "pengingat"}}})
	d.ask(4, reply("langsung"))
	d.advance(time.Minute)
	live := 0
	for _, m := range d.wire.sent {
		if m.Text == "langsung" {
			live++
		}
	}
	if len(d.texts(quiet)) != 0 || live != 1 || d.told("hanya membalas") != 0 {
		t.Errorf("at level 3: %q, %d answers, the admin reads %q", d.texts(quiet), live, d.texts(d.admin))
	}
	d.advance(2 * time.Hour)
	if len(d.texts(quiet)) != 1 || d.told("hanya membalas") != 1 {
		t.Errorf("after it: %q, the admin reads %q", d.texts(quiet), d.texts(d.admin))
	}
}
