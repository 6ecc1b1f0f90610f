package scheduler_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"bestie/shop"
)

func (d *desk) consent(p shop.Person) {
	d.Helper()
	err := d.db.AddConsent(d.Context(), shop.Consent{PersonID: p.ID, Granted: true, At: d.clock.Now(), Source: "test", Words: "ya"})
	if err != nil {
		d.Fatal(err)
	}
}

func (d *desk) campaign(text string) {
	d.Helper()
	_, err := d.db.AddCampaign(d.Context(), shop.Campaign{Name: text, Text: text, ApprovedAt: d.clock.Now()})
	if err != nil {
		d.Fatal(err)
	}
}

// at moves the clock to an instant of the week that began at start.
func (d *desk) at(day, hour, minute int) {
	d.Helper()
	d.advance(time.Date(2026, 1, 5+day, hour, minute, 0, 0, shop.WIB).Sub(d.clock.Now()))
}

func TestPromoGoesOnceInThePersonsSlot(t *testing.T) {
	d := newDesk(t)
	early, late, silent := d.customer(1, start.Add(6*time.Hour)), d.customer(2, start), d.customer(3, start)
	d.consent(early)
	d.consent(late)
	d.campaign("diskon")
	d.at(2, 16, 59)
	if n := len(d.wire.sent); n != 0 {
		t.Fatalf("%d before the slot", n)
	}
	d.at(2, 18, 59)
	if len(d.texts(early)) != 1 || len(d.texts(late)) != 0 {
		t.Errorf("17:00: early %q, late %q", d.texts(early), d.texts(late))
	}
	d.at(13, 0, 0)
	if len(d.texts(early)) != 1 || len(d.texts(late)) != 1 || len(d.texts(silent)) != 0 {
		t.Errorf("after two weeks: early %q, late %q, without consent %q", d.texts(early), d.texts(late), d.texts(silent))
	}
}

func TestPromoPaceBatchAndDay(t *testing.T) {
	d := newDesk(t)
	for n := range 45 {
		d.consent(d.customer(n, start))
	}
	d.campaign("diskon")
	var at []time.Time
	d.wire.answer = func(shop.Outgoing) error { at = append(at, d.clock.Now()); return nil }
	d.at(2, 23, 59)
	if len(at) != 45 {
		t.Fatalf("%d sent on Wednesday", len(at))
	}
	for i := 1; i < len(at); i++ {
		gap := at[i].Sub(at[i-1])
		if i%20 == 0 && gap < 10*time.Minute || i%20 != 0 && (gap < 20*time.Second || gap > 60*time.Second) {
			t.Errorf("gap %d is %s", i, gap)
		}
	}
	if last := at[len(at)-1].In(shop.WIB); last.Hour() >= 21 {
		t.Errorf("sent at %s", last)
	}
}

func TestYoungLinksSendLittle(t *testing.T) {
	d := newDesk(t)
	d.out.Policy.LinkAge = func(now time.Time) time.Duration { return 8*24*time.Hour + now.Sub(start) }
	for n := range 25 {
		d.consent(d.customer(n, start))
	}
	d.campaign("diskon")
	d.at(2, 23, 59)
	if n := len(d.wire.sent); n != 20 {
		t.Errorf("%d in the second week, want 20", n)
	}
	d.at(4, 23, 59)
	if n := len(d.wire.sent); n != 25 {
		t.Errorf("%d after Friday, want all 25", n)
	}
}

func TestLateSlots(t *testing.T) {
	for _, c := range []struct {
		back time.Duration
		sent bool
	}{{44*time.Minute + 59*time.Second, true}, {45 * time.Minute, false}, {3 * time.Hour, false}} {
		t.Run(c.back.String(), func(t *testing.T) {
			d := newDesk(t)
			rina := d.customer(1, start.Add(6*time.Hour))
			d.consent(rina)
			d.campaign("diskon")
			d.wire.ready = false
			d.at(2, 17, 0)
			d.advance(c.back)
			if len(d.wire.sent) != 0 {
				t.Fatal("sent without a connection")
			}
			d.wire.ready = true
			d.advance(time.Second)
			if got := len(d.texts(rina)) == 1; got != c.sent {
				t.Errorf("sent: %v", got)
			}
			if told := strings.Contains(strings.Join(d.texts(d.admin), ""), "belum terkirim"); told == c.sent {
				t.Errorf("the admin reads %q", d.texts(d.admin))
			}
		})
	}
}

func TestConsentWithdrawnWhileThePromoWaits(t *testing.T) {
	d := newDesk(t)
	first, second := d.customer(1, start), d.customer(2, start)
	d.consent(first)
	d.consent(second)
	d.campaign("diskon")
	d.at(2, 19, 0)
	got, other := first, second
	if len(d.texts(first)) == 0 {
		got, other = second, first
	}
	err := d.db.AddConsent(d.Context(), shop.Consent{PersonID: other.ID, At: d.clock.Now(), Source: "chat", Words: "stop"})
	if err != nil {
		t.Fatal(err)
	}
	d.at(13, 0, 0)
	if len(d.texts(got)) != 1 || len(d.texts(other)) != 0 {
		t.Errorf("%q and, after STOP, %q", d.texts(got), d.texts(other))
	}
}

func TestUnknownPromoIsNeverTriedAgain(t *testing.T) {
	d := newDesk(t)
	rina := d.customer(1, start)
	d.consent(rina)
	d.campaign("diskon")
	d.wire.answer = func(shop.Outgoing) error {
		return &shop.SendError{Fate: shop.FateUnknown, Cause: errors.New("timeout")}
	}
	d.at(13, 0, 0)
	if len(d.wire.tried) != 1 {
		t.Errorf("tried %d times", len(d.wire.tried))
	}
}

func Test463StopsPromosAndSurvivesARestart(t *testing.T) {
	d := newDesk(t)
	rina, budi := d.customer(1, start), d.customer(2, start)
	d.consent(rina)
	d.consent(budi)
	d.campaign("diskon")
	d.wire.answer = func(m shop.Outgoing) error {
		if strings.Contains(m.Text, "diskon") {
			return refuse(463)
		}
		return nil
	}
	d.at(2, 19, 0)
	if len(d.wire.tried) != 2 || !strings.Contains(strings.Join(d.texts(d.admin), ""), "463") {
		t.Fatalf("tried %v, the admin reads %q", d.wire.tried, d.texts(d.admin))
	}
	d.open() // the process ends; the gate does not
	d.wire.answer = nil
	d.ask(1, reply("balasan tetap jalan"))
	d.at(3, 18, 59)
	if got := d.texts(rina); len(got) != 1 || len(d.texts(budi)) != 0 {
		t.Errorf("within a day: %q and %q", got, d.texts(budi))
	}
	d.at(4, 23, 0)
	if n := len(d.texts(rina)) + len(d.texts(budi)); n != 2 {
		t.Errorf("after the stop %d messages, want the reply and the one promo left", n)
	}
}

// A STOP that came in before the send holds the promo though nobody has handled it yet;
// the promos to others go on, and what turns out to be no STOP lets it leave.
func TestUnreadMessageHoldsThePromo(t *testing.T) {
	d := newDesk(t)
	people := []shop.Person{d.customer(1, start), d.customer(2, start), d.customer(3, start)}
	for _, p := range people {
		d.consent(p)
	}
	stopped, asks, other := people[0], people[1], people[2]
	d.campaign("diskon")
	d.at(2, 18, 59)
	receive := func(p shop.Person, id string) {
		if _, err := d.db.Receive(t.Context(), d.clock.Now(), 0, shop.Incoming{
			Account: "628110000000", Chat: p.Address, ID: id, Kind: shop.KindText, Text: "stop", SentAt: d.clock.Now(),
		}); err != nil {
			t.Fatal(err)
		}
	}
	receive(stopped, "STOP")
	receive(asks, "ASK")
	d.advance(30 * time.Minute)
	if len(d.texts(stopped)) != 0 || len(d.texts(asks)) != 0 || len(d.texts(other)) != 1 {
		t.Fatalf("sent before it was read: %+v", d.wire.sent)
	}
	for range people[:2] {
		if _, err := d.db.Turns(t.Context(), d.clock.Now(), 1, d.wire.NewMessageID, func(turn shop.Turn) (out shop.Outcome, err error) {
			if turn.Person.ID == stopped.ID {
				out.Consents = []shop.Consent{{PersonID: turn.Person.ID, At: turn.Now, Source: "chat", Words: "stop"}}
			}
			return out, nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	d.advance(30 * time.Minute)
	if len(d.texts(stopped)) != 0 || len(d.texts(asks)) != 1 {
		t.Errorf("to who said STOP %q, to who asked something %q", d.texts(stopped), d.texts(asks))
	}
}

// The plan knew two people who turn out to be one: the second promo waits for another
// evening, for the cap is asked again just before each leaves.
func TestMergedPersonGetsOnePromoADay(t *testing.T) {
	d := newDesk(t)
	both := shop.Address{LID: "9077", Phone: "6281200000077"}
	say := func(from shop.Address, id string, tags ...string) (who shop.Person) {
		t.Helper()
		_, err := d.db.Receive(t.Context(), d.clock.Now(), 0, shop.Incoming{
			Account: "628110000000", Chat: from, ID: id, Kind: shop.KindText, Text: "halo", SentAt: d.clock.Now(),
		})
		if err != nil {
			t.Fatal(err)
		}
		_, err = d.db.Turns(t.Context(), d.clock.Now(), 1, d.wire.NewMessageID, func(turn shop.Turn) (shop.Outcome, error) {
			who = turn.Person
			return shop.Outcome{Tags: tags}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return who
	}
	d.consent(say(shop.Address{LID: both.LID}, "A", "a"))
	d.consent(say(shop.Address{Phone: both.Phone}, "B", "b"))
	for _, tag := range []string{"a", "b"} {
		c := shop.Campaign{Name: tag, Text: "diskon " + tag, Audience: "tag:" + tag, ApprovedAt: d.clock.Now()}
		if _, err := d.db.AddCampaign(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	d.at(2, 12, 0)
	one := say(both, "C")
	d.at(3, 12, 0)
	if got := d.texts(one); len(got) != 1 {
		t.Errorf("on Wednesday: %q", got)
	}
	d.at(5, 12, 0)
	if got := d.texts(one); len(got) != 2 {
		t.Errorf("by Friday: %q", got)
	}
}
