package main

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"bestie/shop"
	"bestie/store"
	"bestie/whatsapp/standin"
	"bestie/whatsapp/standin/people"
)

// command runs a command line on the data folder of a site, as an operator would
// beside the running program.
func (s *site) command(code int, args ...string) (out string) {
	s.tb.Helper()
	ctx, cancel := s.bound()
	defer cancel()
	var o, e bytes.Buffer
	env := &Environment{
		In: strings.NewReader(""), Out: &o, Err: &e,
		Environ: []string{"BESTIE_DATA_DIR=" + s.dir, "BESTIE_BUSINESS_NUMBER=" + s.config().Business.Number},
	}
	if got := execute(ctx, args, env); got != code {
		s.tb.Fatalf("bestie %s: exit code %d, want %d\n%s%s", strings.Join(args, " "), got, code, o.String(), e.String())
	}
	return o.String() + e.String()
}

// The whole walk through a restore, as docs/operations.md has it: a backup is made
// while customers write on and on; days later it takes the place of app.db. What
// was known when it was made is known again, nobody gets anything a second time,
// and the bot works on.
func TestRestoreWalkThrough(t *testing.T) {
	t.Parallel()
	const citras = "6281200000003"
	var toko shop.Person
	var slow atomic.Bool // what goes to Citra piles up
	s := newSite(t, siteOptions{OnSend: func(send standin.Send) standin.Verdict {
		if send.To == citras && slow.Load() {
			return standin.Verdict{AckDelay: time.Second}
		}
		return standin.Verdict{}
	}, Prepare: func(ctx context.Context, db *store.DB) (err error) {
		now := time.Now()
		if err = db.PutProduct(ctx, shop.Product{Name: "bakso", Price: 25000, Cost: 18000, Stock: 40}); err != nil {
			return err
		}
		toko, err = db.RegisterDropshipper(ctx, now, "6281400000001", "", shop.Dropshipper{Shop: "Toko Ayu", Limit: 500_000, BankAccount: "BCA 123"})
		if err != nil {
			return err
		}
		_, err = db.Post(ctx, shop.Posting{
			Reference: "order 1", Reason: "order", Actor: "test", At: now,
			Entries: []shop.Entry{{Account: shop.CreditAccount(toko.ID), Amount: 18_000}, {Account: "sales", Amount: -18_000}},
		})
		return err
	}})
	rina, budi, ayu := s.person("6281200000001", "Rina"), s.person("6281200000002", "Budi"), s.person("6281400000001", "Ayu")
	citra := s.person(citras, "Citra")
	s.start()
	s.asked(rina, question, price)
	s.asked(budi, "berhenti promo", "promo")

	// The backup, while another writes on and on, and waits for answers.
	slow.Store(true)
	stop := make(chan struct{})
	var crowd sync.WaitGroup
	crowd.Go(func() {
		for i := 0; ; i++ {
			if _, err := citra.Say(t.Context(), stageNumber, fmt.Sprintf("harga bakso %d bungkus berapa kak?", i+2)); err != nil {
				t.Error(err)
				return
			}
			select {
			case <-stop:
				return
			case <-time.After(10 * time.Millisecond):
			}
		}
	})
	if err := s.until(func() bool { return s.facts("SELECT COUNT(*) > 1 FROM outbox WHERE status = 'queued'") == "1" }); err != nil {
		t.Fatalf("nothing piles up: %v", err)
	}
	file := filepath.Join(t.TempDir(), "app.db")
	s.command(exitOK, "backup", file)
	close(stop)
	crowd.Wait()
	slow.Store(false)
	if out := s.command(exitLocked, "restore", file); !strings.Contains(out, "in use by") {
		t.Errorf("a restore under a running bot: %s", out)
	}

	// What the copy will not know.
	s.asked(rina, "kalau bakso sekarang harganya berapa kak?", price)
	s.asked(ayu, "saldo", "18.000")
	s.quiet()
	before := received(rina, budi, ayu, citra)
	s.stop(s.child)

	if out := s.command(exitOK, "restore", file); strings.Contains(out, " 0 messages") || strings.Contains(out, " 1 message ") {
		t.Errorf("nothing was waiting when the copy was made: %s", out)
	}
	s.command(exitOK, "confirm", stageNumber[len(stageNumber)-4:])
	s.start()
	s.asked(budi, question, price)
	s.asked(ayu, "saldo", "18.000") // the ledger
	s.stop(s.child)
	after := received(rina, budi, ayu, citra)
	if want := []int{before[0], before[1] + 1, before[2] + 1, before[3]}; !slices.Equal(after, want) {
		t.Errorf("Rina, Budi, Ayu and Citra had %v messages and have %v now, want %v: one more for each who asked", before, after, want)
	}

	db, err := store.Look(t.Context(), s.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, known, err := db.PersonByPhone(t.Context(), "6281200000001"); !known || err != nil {
		t.Errorf("Rina is forgotten: %v", err)
	}
	if got := s.facts("SELECT granted FROM consents JOIN people ON people.id = person_id WHERE phone = '6281200000002'"); got != "0" {
		t.Errorf("Budi's opt-out is %q on record, want 0", got)
	}
	if got := s.facts("SELECT text FROM inbox JOIN people ON people.id = person_id WHERE phone = '6281200000001'"); got != question {
		t.Errorf("Rina's conversation is %q, want the one question before the backup", got)
	}
	if got := s.facts("SELECT SUM(amount) FROM entries WHERE account LIKE 'credit:%'"); got != "18000" {
		t.Errorf("the ledger says %q, want 18000", got)
	}
}

// asked lets somebody write and waits for the answer.
func (s *site) asked(p *people.Person, text, answer string) {
	s.tb.Helper()
	ctx, cancel := s.bound()
	defer cancel()
	before := got(p, answer)
	if _, err := p.Say(ctx, stageNumber, text); err != nil {
		s.tb.Fatal(err)
	}
	if err := s.until(func() bool { return got(p, answer) > before }); err != nil {
		s.tb.Fatalf("%q is not answered with %q: %v; got %+v", text, answer, err, p.Received())
	}
}

// received counts what reached people.
func received(list ...*people.Person) (n []int) {
	for _, p := range list {
		n = append(n, len(p.Received()))
	}
	return n
}

// quiet waits until the program has nothing more to do.
func (s *site) quiet() {
	s.tb.Helper()
	err := s.until(func() bool {
		return s.facts("SELECT COUNT(*) FROM inbox WHERE due_at IS NOT NULL") == "0" &&
			s.facts("SELECT COUNT(*) FROM outbox WHERE due_at IS NOT NULL OR status = 'sending'") == "0"
	})
	if err != nil {
		s.tb.Fatalf("the program does not come to rest: %v", err)
	}
}
