package scheduler_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"bestie/scheduler"
	"bestie/shop"
	"bestie/templates"
)

// asks lets customers 0 to n-1 ask something that nobody answers.
func (d *desk) asks(n int) {
	d.Helper()
	for i := range n {
		d.customer(i, start)
		d.ask(i, shop.Draft{Lane: shop.LaneReply, Text: fmt.Sprint("saya cek ", i)})
	}
}

// human lets somebody answer a customer on the shop phone.
func (d *desk) human(n int) {
	d.Helper()
	now := d.clock.Now()
	if _, err := d.db.Receive(d.Context(), now, 0, shop.Incoming{
		Account: "628110000000", Chat: shop.Address{LID: fmt.Sprint(1000 + n), Phone: fmt.Sprintf("62812%08d", n)},
		ID: d.wire.NewMessageID(), FromMe: true, Kind: shop.KindText, Text: "saya bantu", SentAt: now,
	}); err != nil {
		d.Fatal(err)
	}
	d.turn(now, shop.Outcome{Human: now, Cancel: true})
}

// A page that was written when the connection went joins the next one: the admin reads
// one message, with the true age.
func TestUnsentPageJoinsTheNext(t *testing.T) {
	d := newDesk(t)
	d.asks(1)
	d.clock.Advance(150 * time.Second)
	d.step(d.pager.Step)
	d.wire.ready = false
	d.advance(10 * time.Minute)
	d.wire.ready = true
	d.advance(0)
	if got := d.texts(d.admin); len(got) != 1 || !strings.Contains(got[0], "12 menit 30 detik") {
		t.Errorf("the admin reads %q", got)
	}
}

// A written page is cancelled with the last wait that it is about, not before.
func TestUnsentPageEndsWithItsWaits(t *testing.T) {
	for name, answered := range map[string]int{"one of two": 1, "both": 2} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.asks(2)
			d.clock.Advance(150 * time.Second)
			d.step(d.pager.Step)
			for n := range answered {
				d.human(n)
			}
			d.step(d.out.Step)
			if got := d.texts(d.admin); len(got) != 2-answered {
				t.Errorf("the admin reads %q", got)
			}
		})
	}
}

// An urgent page waits for nobody, and the page after it comes a minute later.
func TestUrgentPagesCountForTheMinute(t *testing.T) {
	d := newDesk(t)
	d.asks(1)
	d.advance(2 * time.Minute)
	urgent := shop.Draft{To: d.admin.ID, Lane: shop.LaneAlert, Text: "mendesak", Exempt: true, AboutWait: true}
	d.customer(7, d.clock.Now())
	d.ask(7, urgent)
	d.advance(59 * time.Second)
	if got := d.texts(d.admin); len(got) != 1 || got[0] != "mendesak" {
		t.Errorf("within the minute the admin reads %q", got)
	}
	d.advance(time.Second)
	if got := d.texts(d.admin); len(got) != 2 || !strings.Contains(got[1], "3 menit") {
		t.Errorf("then %q", got)
	}
}

// holds is how many holding replies of the pager a customer read.
func (d *desk) holds(n int) (count int) {
	d.Helper()
	p, _, err := d.db.PersonByPhone(d.Context(), fmt.Sprintf("62812%08d", n))
	if err != nil {
		d.Fatal(err)
	}
	for _, text := range d.texts(p) {
		if strings.Contains(strings.ToLower(text), "menunggu") {
			count++
		}
	}
	return count
}

func TestHoldingReplyOnceAWait(t *testing.T) {
	d := newDesk(t)
	d.asks(1)
	d.advance(269 * time.Second)
	if n := d.holds(0); n != 0 {
		t.Errorf("%d before the third level", n)
	}
	d.advance(time.Second)
	if n := d.holds(0); n != 1 {
		t.Errorf("%d at the third level", n)
	}
	d.advance(time.Hour)
	if n := d.holds(0); n != 1 {
		t.Errorf("%d an hour later", n)
	}
	if depth, err := d.db.Depth(t.Context()); err != nil || depth.Waits != 1 {
		t.Errorf("it ended the wait: %+v %v", depth, err)
	}
}

func TestNoHoldingReply(t *testing.T) {
	for name, before := range map[string]func(d *desk){
		"the bot is paused": func(d *desk) {
			now := d.clock.Now()
			_, _ = d.db.Receive(d.Context(), now, 0, shop.Incoming{Account: "628110000000", Chat: shop.Address{LID: "1000"}, ID: "P", Kind: shop.KindText, Text: "x", SentAt: now})
			_, _ = d.db.Turns(d.Context(), now, 1, d.wire.NewMessageID, func(t shop.Turn) (shop.Outcome, error) {
				t.Conversation.PausedUntil = now.Add(time.Hour)
				return shop.Outcome{Conversation: t.Conversation}, nil
			})
		},
		"the bot has just spoken": func(d *desk) {
			d.advance(3 * time.Minute)
			d.ask(0, shop.Draft{Lane: shop.LaneReply, Text: "saya cek lagi"})
		},
		"somebody answered": func(d *desk) {
			d.advance(4 * time.Minute)
			d.human(0)
		},
		"there is no connection": func(d *desk) { d.wire.ready = false },
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.asks(1)
			before(d)
			d.advance(start.Add(299 * time.Second).Sub(d.clock.Now()))
			if n := d.holds(0); n != 0 {
				t.Errorf("%d holding replies", n)
			}
		})
	}
}

// Thirty customers are not asked for patience in one burst, and not after an answer.
func TestHoldingRepliesArePaced(t *testing.T) {
	d := newDesk(t)
	d.asks(30)
	d.advance(270 * time.Second)
	d.human(29)
	if n := d.holds(0) + d.holds(29); n != 1 {
		t.Errorf("%d at once", n)
	}
	d.advance(time.Minute)
	all := 0
	for i := range 30 {
		all += d.holds(i)
	}
	if all != 29 || d.holds(29) != 0 {
		t.Errorf("%d in a minute, %d to who was answered", all, d.holds(29))
	}
}

// Pages from the supervisor's level on go to the second channels, grouped, without a
// connection too, and name neither a number of a person nor a word.
func TestAlarmsOfPages(t *testing.T) {
	d := newDesk(t)
	d.db.SetChannels(2)
	d.wire.ready = false
	d.asks(30)
	d.advance(269 * time.Second)
	alarms := func() (texts []string) {
		due, err := d.db.DueAlarms(t.Context(), d.clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range due {
			texts = append(texts, a.Text)
		}
		return texts
	}
	if got := alarms(); len(got) != 0 {
		t.Errorf("before the level: %q", got)
	}
	d.advance(time.Second)
	got := alarms()
	if len(got) != 2 || got[0] != got[1] || !strings.Contains(got[0], "30 chat") || strings.Contains(got[0], "62812") || strings.Contains(got[0], "tanya") {
		t.Errorf("at the level: %q", got)
	}
	d.advance(4 * time.Minute) // the breach is told too, once
	if got := alarms(); len(got) != 4 || !strings.Contains(got[2], "5 menit 30 detik") {
		t.Errorf("after the breach: %q", got)
	}
	for n := range 30 {
		d.human(n)
	}
	d.advance(time.Hour)
	if got := alarms(); len(got) != 4 {
		t.Errorf("after everybody was answered: %q", got)
	}
}

// The loss of the connection is told after two minutes, or at once if a person must
// act; its return is told if the loss was.
func TestLinkWatch(t *testing.T) {
	d := newDesk(t)
	d.db.SetChannels(1)
	link := scheduler.Link{State: "online", Online: true}
	texts, err := templates.LoadTexts()
	if err != nil {
		t.Fatal(err)
	}
	idle := d.pager.Alarms
	open := func() *scheduler.LinkWatch {
		return &scheduler.LinkWatch{Store: d.db, Texts: texts, Now: func() scheduler.Link { return link }, Alarms: idle}
	}
	watch := open()
	said := 0
	expect := func(after time.Duration, what string) {
		t.Helper()
		d.clock.Advance(after)
		d.step(watch.Step)
		due, err := d.db.DueAlarms(t.Context(), d.clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		news := due[said:]
		said = len(due)
		if what == "" && len(news) == 0 || what != "" && len(news) == 1 && strings.Contains(news[0].Text, what) {
			return
		}
		t.Errorf("wanted %q, got %+v", what, news)
	}
	expect(0, "")
	link = scheduler.Link{State: "disconnected", Sentence: "terputus"}
	expect(0, "")
	expect(119*time.Second, "")
	link = scheduler.Link{State: "online", Online: true}
	expect(0, "") // it was back before anybody was told
	link = scheduler.Link{State: "connecting", Sentence: "terputus"}
	expect(0, "")
	expect(2*time.Minute, "terputus")
	expect(time.Hour, "")
	link = scheduler.Link{State: "logged_out", Sentence: "dilepas", Hint: "tautkan ulang", Person: true}
	expect(0, "tautkan ulang")
	watch = open() // the program ended and was started again
	expect(time.Hour, "")
	link = scheduler.Link{State: "online", Online: true}
	expect(0, "tersambung lagi")
	expect(time.Minute, "")
}
