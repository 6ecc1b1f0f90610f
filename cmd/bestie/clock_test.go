package main

import (
	"fmt"
	"testing"
	"time"

	"bestie/shop"
	"bestie/whatsapp/standin/people"
)

// TestThreeDaysAsleep closes the laptop on Tuesday and opens it on Friday: one jump
// of the clock, without a tick on the way.
func TestThreeDaysAsleep(t *testing.T) {
	t.Parallel()
	tr := newTrial(t, quick)
	promos(tr, time.Date(2026, 1, 6, 18, 30, 0, 0, shop.WIB))
	tr.rina.Disconnect()
	tr.must(tr.rina.Connect(t.Context()))
	var waiting []*people.Person
	for i := range 8 { // with more, promos would yield to them
		p := newPerson(t, tr.Stage, fmt.Sprintf("62812000001%02d", i), fmt.Sprintf("Tamu %d", i))
		waiting = append(waiting, p)
		if _, err := p.Say(t.Context(), stageNumber, "kak bisa bantu bikin spanduk acara?"); err != nil {
			t.Fatal(err)
		}
	}
	pass(t, tr.Stage, 30*time.Second) // a person was promised, nobody is paged yet
	tr.queued()
	tr.must(tr.Offline(t.Context()))
	before := len(tr.sari.Received())

	tr.clock.Advance(3 * 24 * time.Hour) // Friday 18:30: too late for 17:00, in time for 19:00
	tr.beats(t)
	tr.must(tr.Online(t.Context()))
	tr.after(2 * time.Minute)

	tr.reached(tr.rina, price, 0)
	tr.replies("cancelled: too old to be sent")
	tr.reached(tr.rina, "Diskon", 0)
	tr.reached(tr.sari, "1 pelanggan tidak jadi dikirim karena sudah lebih dari 12 jam", 1)
	tr.reached(tr.sari, "9 chat belum terjawab, paling lama 3 hari", 1)
	tr.reached(tr.sari, "belum terkirim pada Rabu, 7 Jan 19.00", 1)
	if n := len(tr.sari.Received()) - before; n != 3 {
		t.Errorf("%d messages to the admin: %q", n, texts(tr.sari))
	}
	if n := tr.number(t, "SELECT COUNT(*) FROM campaign_slots WHERE state = 'asked'"); n != 1 {
		t.Errorf("%d slots are asked about", n)
	}
	for _, p := range waiting {
		if n := len(p.Received()); n != 1 {
			t.Errorf("%s got %d messages, want the holding reply alone", p.Name(), n)
		}
	}
	tr.answersAgain()
	tr.reached(tr.rina, "Diskon", 0)
	_, err := tr.sari.Say(t.Context(), stageNumber, fmt.Sprintf("kirim %d", tr.number(t, "SELECT number FROM tickets WHERE kind = 'promo'")))
	tr.must(err)
	pass(t, tr.Stage, 45*time.Minute)
	tr.reached(tr.rina, "Diskon", 1) // what was missed leaves when an admin says so
}

// TestClockSetBack sets the clock of the machine back while an answer waits to be
// typed, a burst to end and a customer for a person: nothing stalls until the clock
// has caught up, nothing comes twice, and no guard takes the hour before for a loop.
func TestClockSetBack(t *testing.T) {
	t.Parallel()
	for name, jump := range map[string]struct{ from, to time.Duration }{
		"an hour, wrongly":             {0, -time.Hour},
		"ten minutes, as a correction": {10 * time.Minute, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ahead := &Ahead{}
			ahead.Store(int64(jump.from))
			s, sari := newStage(t, func(o *StageOptions) { o.Ahead = ahead })
			playSetBack(t, s, sari, func() { ahead.Store(int64(jump.to)) })
		})
	}
}

func playSetBack(t *testing.T, s *Stage, sari *people.Person, setBack func()) {
	rina, budi, citra := newPerson(t, s, "6281200000001", "Rina"), newPerson(t, s, "6281200000002", "Budi"), newPerson(t, s, "6281200000003", "Citra")
	for i := range 12 { // a busy chat, slow enough for every guard
		ask(t, s, rina, []string{"stok bakso masih ada kak?", "ongkir ke bandung berapa?", "halo kak"}[i%3])
		pass(t, s, 3*time.Minute)
	}
	ask(t, s, citra, "kak bisa bantu bikin spanduk acara?")
	say := func(p *people.Person, text string) {
		if _, err := p.Say(t.Context(), stageNumber, text); err != nil {
			t.Fatal(err)
		}
	}
	say(rina, question)
	pass(t, s, s.opt.Config.Reply.Debounce) // Rina's answer is written, not sent
	say(budi, question)                     // Budi's burst is not over
	if err := s.Quiet(t.Context()); err != nil {
		t.Fatal(err)
	}

	setBack()
	s.app.inbox.Wake() // a real timer knows nothing of the jump; a stage's would wait for an hour
	pass(t, s, time.Minute)
	eventually(t, "the heartbeat tells the new time", func() bool {
		beat, err := s.app.db.LastBeat(t.Context())
		return err == nil && s.app.clock.Since(beat).Abs() <= time.Minute
	})
	pass(t, s, time.Minute)
	if got(rina, price) != 1 || got(budi, price) != 1 {
		t.Errorf("Rina got %d answers, Budi %d: %q", got(rina, price), got(budi, price), s.outbox(t, "reply"))
	}
	pass(t, s, 2*time.Minute)
	if got(sari, "Citra") == 0 || got(sari, "tertahan") != 0 || got(sari, "robot") != 0 {
		t.Errorf("the admin reads %q", texts(sari))
	}
	for _, p := range []*people.Person{rina, budi} {
		before := got(p, "40 pcs")
		ask(t, s, p, "stok bakso masih ada kak?")
		if got(p, "40 pcs") != before+1 {
			t.Errorf("%s's next question got %q", p.Name(), texts(p))
		}
	}
	dewi := newPerson(t, s, "6281200000004", "Dewi")
	ask(t, s, dewi, "kak bisa bantu bikin spanduk acara?")
	pass(t, s, 3*time.Minute)
	if got(sari, "Dewi") != 1 {
		t.Errorf("nobody is paged about Dewi: %q", texts(sari))
	}
}
