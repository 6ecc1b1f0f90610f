package scheduler_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"bestie/shop"
)

// Every row of the field guide's table of send errors, as it ends for a reply.
func TestOutboxSettlesEveryRefusal(t *testing.T) {
	unknown := &shop.SendError{Fate: shop.FateUnknown, Cause: errors.New("timeout")}
	for name, c := range map[string]struct {
		answers []error // of the first tries; then everything is taken
		after   time.Duration
		tries   int
		arrives bool
		alert   string // what the duty admin reads, "" for nothing
	}{
		"taken":             {nil, 0, 1, true, ""},
		"463":               {[]error{refuse(463)}, time.Hour, 1, false, "gagal terkirim"},
		"479 once":          {[]error{refuse(479)}, 29 * time.Second, 1, false, ""},
		"479 again at 30 s": {[]error{refuse(479)}, 30 * time.Second, 2, true, ""},
		"479 twice":         {[]error{refuse(479), refuse(479)}, time.Hour, 2, false, "gagal terkirim"},
		"400 before 1 h":    {[]error{refuse(400)}, 59 * time.Minute, 1, false, ""},
		"400 at 1 h":        {[]error{refuse(400)}, time.Hour, 2, true, ""},
		"403 twice":         {[]error{refuse(403), refuse(403)}, 2 * time.Hour, 2, false, "gagal terkirim"},
		"405":               {[]error{refuse(405)}, time.Hour, 2, true, ""},
		"429 at 5 min":      {[]error{refuse(429)}, 5 * time.Minute, 2, true, ""},
		"429 doubles":       {[]error{refuse(429), refuse(429)}, 14 * time.Minute, 2, false, ""},
		"429 at 15 min":     {[]error{refuse(429), refuse(429)}, 15 * time.Minute, 3, true, ""},
		"another code":      {[]error{refuse(499)}, time.Hour, 1, false, "gagal terkirim"},
		"unknown once":      {[]error{unknown}, 2 * time.Second, 2, true, ""},
		"unknown twice":     {[]error{unknown, unknown}, time.Hour, 2, false, "tidak jelas sampai"},
		"broken":            {[]error{&shop.SendError{Fate: shop.FateBroken, Cause: errors.New("no such file")}}, time.Hour, 1, false, "gagal terkirim"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.db.SetSLA(shop.SLA{}) // nobody is paged
			rina := d.customer(1, start)
			left := slices.Clone(c.answers)
			d.wire.answer = func(m shop.Outgoing) error {
				if m.To.Phone != rina.Phone || len(left) == 0 {
					return nil
				}
				err := left[0]
				left = left[1:]
				return err
			}
			d.ask(1, reply("jawaban"))
			d.advance(c.after)
			if got := len(d.texts(rina)) == 1; got != c.arrives {
				t.Errorf("arrived: %v", got)
			}
			tries := map[string]int{}
			for _, id := range d.wire.tried {
				tries[id]++
			}
			if n := mostTries(tries, d); n != c.tries {
				t.Errorf("%d tries under one ID: %v", n, d.wire.tried)
			}
			alerts := strings.Join(d.texts(d.admin), "\n")
			if c.alert != "" && !strings.Contains(alerts, c.alert) || c.alert == "" && strings.Contains(alerts, "terkirim:") {
				t.Errorf("the admin reads %q", alerts)
			}
		})
	}
}

// mostTries is how often the reply was tried: all tries of it carry one ID.
func mostTries(tries map[string]int, d *desk) (most int) {
	for id, n := range tries {
		if !slices.ContainsFunc(d.wire.sent, func(m shop.Outgoing) bool { return m.ID == id && m.To.Phone == d.admin.Phone }) {
			most = max(most, n)
		}
	}
	return most
}

func TestOutboxKeepsNotSentRowsForTheConnection(t *testing.T) {
	d := newDesk(t)
	rina := d.customer(1, start)
	d.wire.answer = func(shop.Outgoing) error {
		return &shop.SendError{Fate: shop.FateNotSent, Cause: errors.New("not connected")}
	}
	d.ask(1, reply("jawaban"))
	d.step(d.out.Step) // the adapter has not noticed yet: it says that it is ready
	if len(d.wire.tried) != 1 {
		t.Fatalf("tried %v", d.wire.tried)
	}
	d.wire.ready = false
	d.clock.Advance(time.Minute)
	d.wire.ready, d.wire.answer = true, nil
	d.step(d.out.Step)
	if got := d.texts(rina); len(got) != 1 || d.wire.tried[0] != d.wire.tried[1] {
		t.Errorf("got %v under %v", got, d.wire.tried)
	}
}

func TestAlertsGoBeforeRepliesBeforePromos(t *testing.T) {
	d := newDesk(t)
	d.customer(1, start)
	d.consent(d.customer(2, start))
	d.campaign("promo satu")
	d.at(2, 18, 59)
	d.clock.Advance(time.Minute)
	d.step(d.promos.Step)
	d.ask(1, reply("jawaban"), shop.Draft{To: d.admin.ID, Lane: shop.LaneAlert, Text: "panggilan"})
	d.step(d.out.Step)
	var order []string
	for _, m := range d.wire.sent {
		order = append(order, m.Text)
	}
	want := []string{"panggilan", "jawaban", "promo satu\n\nBalas STOP untuk berhenti"}
	if !slices.Equal(order, want) {
		t.Errorf("sent %q, want %q", order, want)
	}
}

func TestGuardsHoldAndTellAPerson(t *testing.T) {
	d := newDesk(t)
	rina := d.customer(1, start)
	for i := range 7 { // one more than a chat gets in a minute
		d.ask(1, reply("jawaban "+string(rune('a'+i))))
	}
	d.advance(50 * time.Second)
	if got := d.texts(rina); len(got) != 6 {
		t.Fatalf("%d replies within a minute", len(got))
	}
	d.advance(2 * time.Minute)
	got := d.texts(rina)
	if len(got) != 7 || got[6] != "jawaban g" {
		t.Errorf("replies %q", got)
	}
	for i, m := range got[:6] {
		if m != "jawaban "+string(rune('a'+i)) {
			t.Errorf("out of order: %q", got)
		}
	}
}

func TestTheSameTextGoesOnce(t *testing.T) {
	d := newDesk(t)
	d.db.SetSLA(shop.SLA{}) // nobody is paged
	rina := d.customer(1, start)
	d.ask(1, reply("sama"))
	d.advance(time.Minute)
	d.ask(1, reply("sama"))
	d.advance(8 * time.Minute)
	if got := d.texts(rina); len(got) != 1 {
		t.Errorf("sent %q", got)
	}
	d.advance(2 * time.Minute)
	d.ask(1, reply("sama"))
	d.advance(time.Minute)
	if got := d.texts(rina); len(got) != 2 {
		t.Errorf("after ten minutes %q", got)
	}
}

func TestTypingIsShownOnceBeforeAnAnswer(t *testing.T) {
	d := newDesk(t)
	rina := d.customer(1, start)
	d.ask(1, shop.Draft{Lane: shop.LaneReply, Text: "sebentar", Delay: 3 * time.Second})
	d.step(d.out.Step)
	d.step(d.out.Step)
	if d.wire.typing != 1 || len(d.texts(rina)) != 0 {
		t.Errorf("typing shown %d times, %d sent", d.wire.typing, len(d.texts(rina)))
	}
	d.advance(3 * time.Second)
	if len(d.texts(rina)) != 1 {
		t.Error("not sent when due")
	}
}
