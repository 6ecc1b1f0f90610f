package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"bestie/shop"
	"bestie/whatsapp/standin/people"
)

// newStage builds a stage with one product and an admin, Sari.
func newStage(t *testing.T, options ...func(*StageOptions)) (s *Stage, sari *people.Person) {
	t.Helper()
	leave := turnOnStage()
	t.Cleanup(leave)
	opt := StageOptions{Config: DefaultConfig(), Start: scriptStart(), Seed: 1}
	for _, set := range options {
		set(&opt)
	}
	s, err := NewStage(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	now := s.clock.Now()
	if err = s.app.db.PutProduct(t.Context(), shop.Product{Name: "bakso", Price: 25000, Cost: 18000, Stock: 40}); err != nil {
		t.Fatal(err)
	}
	if _, err = s.app.db.Register(t.Context(), now, "6281300000001", "Sari", shop.RoleDuty); err != nil {
		t.Fatal(err)
	}
	return s, newPerson(t, s, "6281300000001", "Sari")
}

func newPerson(t *testing.T, s *Stage, phone, name string) *people.Person {
	t.Helper()
	p, err := s.world.Phone(t.Context(), phone, name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// ask lets somebody write to the shop and moves the clock until it is answered.
func ask(t *testing.T, s *Stage, p *people.Person, text string) {
	t.Helper()
	if _, err := p.Say(t.Context(), stageNumber, text); err != nil {
		t.Fatal(err)
	}
	pass(t, s, 20*time.Second)
}

// pass moves the clock, past everything due on the way.
func pass(t *testing.T, s *Stage, by time.Duration) {
	t.Helper()
	if err := s.Quiet(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Advance(t.Context(), by, func() {}); err != nil {
		t.Fatal(err)
	}
}

// got counts the messages with a text in them that reached somebody's device.
func got(p *people.Person, text string) (n int) {
	for _, m := range p.Received() {
		if strings.Contains(m.Text, text) {
			n++
		}
	}
	return n
}

const (
	question = "harga bakso berapa kak?"
	price    = "Rp25.000"
)

// TestWire plays what no script can say: how messages travel, get lost and come
// twice. All on one stage, each with a customer of its own.
func TestWire(t *testing.T) {
	t.Parallel()
	s, sari := newStage(t)
	laptop, err := s.world.Link(t.Context(), stageNumber, "Laptop toko")
	if err != nil {
		t.Fatal(err)
	}
	customer := func(t *testing.T, n, name string) *people.Person { return newPerson(t, s, "62812000000"+n, name) }

	t.Run("own echo", func(t *testing.T) {
		rina := customer(t, "01", "Rina")
		ask(t, s, rina, question)
		if got(rina, price) != 1 || got(s.phone, price) != 1 || got(laptop, price) != 1 {
			t.Fatalf("the answer reached the customer %d times, the shop phone %d, the laptop %d; want 1 each",
				got(rina, price), got(s.phone, price), got(laptop, price))
		}
		// The stand-in echoes nothing to the sending device; should WhatsApp do so
		// after a reconnect, the row in the outbox tells whose words they are.
		echo := shop.Incoming{
			Account: stageNumber, ID: rina.Received()[0].ID, Chat: shop.Address{Phone: "6281200000001"}, FromMe: true,
			Kind: shop.KindText, Text: rina.Received()[0].Text, SentAt: s.clock.Now(),
		}
		if err := (mailroom{s.app}).Receive(t.Context(), echo); err != nil {
			t.Fatal(err)
		}
		ask(t, s, rina, "stok bakso masih ada kak?")
		if got(rina, "40 pcs") != 1 {
			t.Error("the bot took its own answer for a person's and fell silent")
		}
	})
	t.Run("second linked device", func(t *testing.T) {
		budi := customer(t, "02", "Budi")
		ask(t, s, budi, "kak bisa titip bingkisan?")
		if _, err := laptop.Say(t.Context(), "6281200000002", "Bisa kak"); err != nil {
			t.Fatal(err)
		}
		pass(t, s, 10*time.Minute)
		ask(t, s, budi, question)
		if got(budi, price) != 0 || got(sari, "Budi") != 0 {
			t.Errorf("after a word from the laptop the bot sent %d answers and %d pages, want none", got(budi, price), got(sari, "Budi"))
		}
	})
	t.Run("delivered twice", func(t *testing.T) {
		citra := customer(t, "03", "Citra")
		s.srv.Duplicate(citra.Device(), 1)
		ask(t, s, citra, question)
		pass(t, s, 2*time.Minute)
		if n := got(citra, price); n != 1 {
			t.Errorf("a question delivered twice was answered %d times", n)
		}
	})
	t.Run("lost acknowledgement", func(t *testing.T) {
		dewi := customer(t, "04", "Dewi")
		s.srv.DropAfterRelay(s.bot, 1)
		ask(t, s, dewi, question)
		pass(t, s, time.Minute)
		if n := got(dewi, price); n != 1 {
			t.Errorf("a send whose acknowledgement was lost reached the customer %d times", n)
		}
	})
	t.Run("lost on the way", func(t *testing.T) {
		eka := customer(t, "05", "Eka")
		s.srv.DropBeforeRelay(s.bot, 1)
		ask(t, s, eka, question)
		pass(t, s, time.Minute)
		if n := got(eka, price); n != 1 {
			t.Errorf("a send that was lost reached the customer %d times", n)
		}
	})
	t.Run("cut before the acknowledgement of a question", func(t *testing.T) {
		fajar := customer(t, "06", "Fajar")
		if _, err := fajar.Say(t.Context(), stageNumber, question); err != nil {
			t.Fatal(err)
		}
		if err := s.srv.Drop(s.bot); err != nil {
			t.Fatal(err)
		}
		pass(t, s, 20*time.Second)
		if n := got(fajar, price); n != 1 {
			t.Errorf("the question was answered %d times", n)
		}
	})
	t.Run("hidden number", func(t *testing.T) {
		s.srv.HideNumber("6281200000007", true)
		gita := customer(t, "07", "Gita")
		ask(t, s, gita, question)
		if n := got(gita, price); n != 1 {
			t.Errorf("somebody without a number was answered %d times", n)
		}
		ask(t, s, gita, "mau bicara sama admin dong")
		if got(sari, "\nGita, menunggu") != 1 {
			t.Errorf("the page is not about Gita without a number: %v", sari.Received())
		}
	})
	t.Run("addressed by number", func(t *testing.T) {
		s.srv.SetPNAddressing(true)
		defer s.srv.SetPNAddressing(false)
		hadi := customer(t, "08", "Hadi")
		ask(t, s, hadi, question)
		if n := got(hadi, price); n != 1 {
			t.Errorf("somebody addressed by number was answered %d times", n)
		}
		ask(t, s, hadi, "mau bicara sama admin dong")
		if got(sari, "Hadi (+6281200000008)") != 1 {
			t.Error("the page does not name the number")
		}
	})
}

// TestKilledWhileSending kills the bot between the server's taking a message and
// its acknowledgement: the customer sees the answer once all the same.
func TestKilledWhileSending(t *testing.T) {
	t.Parallel()
	s, _ := newStage(t)
	rina := newPerson(t, s, "6281200000001", "Rina")
	s.srv.DelayAck(s.bot, time.Minute, 1)
	if _, err := rina.Say(t.Context(), stageNumber, question); err != nil {
		t.Fatal(err)
	}
	if err := s.Quiet(t.Context()); err != nil {
		t.Fatal(err)
	}
	for got(rina, price) == 0 { // the clock runs, but nobody waits for quiet
		s.clock.Advance(time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		_, _ = rina.Await(ctx, func(r people.Received) bool { return strings.Contains(r.Text, price) })
		cancel()
		if s.clock.Since(scriptStart()) > time.Minute {
			t.Fatal("the answer never left")
		}
	}
	if err := s.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	pass(t, s, 5*time.Minute)
	if n := got(rina, price); n != 1 {
		t.Errorf("the customer saw the answer %d times", n)
	}
}

// TestDemoPrompt types at the demo as a person at a terminal would.
func TestDemoPrompt(t *testing.T) {
	t.Parallel()
	defer turnOnStage()()
	var out, errs strings.Builder
	typed := []string{
		"/people", "/as nobody", "/as budi", "", "/help", "halo kak", "melati> saldo", "/advance 3m", "/advance soon",
		"/dance", "phone> budi Ada yang bisa dibantu?", "/offline", "/online", "/as rina", "budi> ", "rina< Rp", "/quit", "never read",
	}
	code := execute(t.Context(), []string{"demo"}, &Environment{
		In: strings.NewReader(strings.Join(typed, "\n") + "\n"), Out: &out, Err: &errs, TTY: true,
	})
	_, prompt, ok := strings.Cut(out.String(), "Type as a customer")
	if code != exitOK || !ok {
		t.Fatalf("exit code %d, prompt %v\n%s%s", code, ok, out.String(), errs.String())
	}
	for _, want := range []string{
		"Budi, 6281200000002",        // /people
		`nobody is called "nobody"`,  // /as nobody
		"budi> ",                     // the prompt of /as budi
		"melati < ",                  // NAME> TEXT
		"phone > budi Ada yang bisa", // the shop phone
		"* offline", "* online",      // any other line behind a slash
		"rina> ",                                                                      // /as rina
		`"soon" is not a length of time`, `"dance" is no command`, "there is no text", // mistakes are explained
	} {
		if !strings.Contains(prompt, want) {
			t.Errorf("the prompt lacks %q", want)
		}
	}
	if strings.Contains(prompt, "never read") {
		t.Error("/quit did not end the prompt")
	}
	if t.Failed() {
		t.Log(prompt)
	}
}
