package main

import (
	"context"
	"errors"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"bestie/shop"
	"bestie/store"
	"bestie/store/sqlite"
	"bestie/whatsapp"
	"bestie/whatsapp/standin"
	"bestie/whatsapp/standin/people"
)

// loaded is what a busy machine may add to everything: still less than a minute,
// after which the slowest acknowledgement of these tests comes.
const loaded = 40 * time.Second

// slowSite is a site whose WhatsApp takes its time to acknowledge the program's
// first message to Rina, and Rina, who asked and whose phone is off since, so that
// no receipt tells the program what the acknowledgement is late to tell.
func slowSite(t *testing.T, delay time.Duration) (s *site, rina *people.Person, leaving <-chan struct{}) {
	t.Helper()
	const phone = "6281200000001"
	begun, once := make(chan struct{}), sync.Once{}
	s = newSite(t, siteOptions{
		Config: func(c *Config) { c.Log.Level = zerolog.InfoLevel },
		OnSend: func(send standin.Send) (v standin.Verdict) {
			if send.To == phone {
				once.Do(func() { v.AckDelay = delay; close(begun) })
			}
			return v
		},
		Prepare: func(ctx context.Context, db *store.DB) error {
			return db.PutProduct(ctx, shop.Product{Name: "bakso", Price: 25000, Cost: 18000, Stock: 40})
		},
	})
	rina = s.person(phone, "Rina")
	s.start()
	say(t, s, rina, question)
	rina.Disconnect()
	return s, rina, begun
}

func say(t *testing.T, s *site, p *people.Person, text string) {
	t.Helper()
	ctx, cancel := s.bound()
	defer cancel()
	if _, err := p.Say(ctx, stageNumber, text); err != nil {
		t.Fatal(err)
	}
}

// replies is a query for the states of the replies, in their order.
const replies = "SELECT status FROM outbox WHERE lane = 'reply' ORDER BY id"

// facts is what a query finds in app.db, also beside a running program: one value
// a row, rows joined by spaces.
func (s *site) facts(query string) string { return facts(s.tb, s.dir, query) }

func facts(tb testing.TB, dir, query string) string {
	tb.Helper()
	db, err := sqlite.OpenReadOnly(filepath.Join(dir, store.FileName), 1)
	if err != nil {
		tb.Fatal(err)
	}
	defer db.Close()
	rows, err := db.QueryContext(tb.Context(), query)
	if err != nil {
		tb.Fatal(err)
	}
	defer rows.Close()
	var found []string
	for rows.Next() {
		var value string
		if err = rows.Scan(&value); err != nil {
			tb.Fatal(err)
		}
		found = append(found, value)
	}
	if err = rows.Err(); err != nil {
		tb.Fatal(err)
	}
	return strings.Join(found, " ")
}

// A message that is on its way when the program is told to stop goes out, is on
// record as sent, and is not sent again by the next life.
func TestStopWhileSending(t *testing.T) {
	t.Parallel()
	const delay = 3 * time.Second
	s, rina, leaving := slowSite(t, delay)
	<-leaving
	began := time.Now()
	s.stop(s.child) // exit code 0
	if took := time.Since(began); took < delay/2 || took > delay+loaded {
		t.Errorf("the end took %s, want about %s: as long as the acknowledgement", took, delay)
	}
	if got := facts(t, s.dir, replies); got != "sent" {
		t.Errorf("the answer is %q on record, want sent", got)
	}
	at := 0
	for _, phase := range []string{"ending: no new work", "work ended", "connection closed", "databases closed", "ended in order"} {
		found := strings.Index(s.child.log.String()[at:], phase)
		if found < 0 {
			t.Fatalf("the log lacks %q, or it comes too early:\n%s", phase, s.child.log)
		}
		at += found
	}

	ctx, cancel := s.bound()
	defer cancel()
	if err := rina.Connect(ctx); err != nil {
		t.Fatal(err)
	}
	s.start()
	say(t, s, rina, "kalau bakso sekarang harganya berapa kak?")
	if err := s.until(func() bool { return got(rina, price) >= 2 }); err != nil {
		t.Fatal(err)
	}
	s.stop(s.child)
	ids := map[string]int{}
	for _, m := range rina.Received() {
		ids[m.ID]++
	}
	if len(ids) != 2 || got(rina, price) != 2 {
		t.Errorf("Rina got %d messages with the price, %v by ID, want two of their own", got(rina, price), ids)
	}
}

// A second signal does not wait for anything.
func TestSecondSignal(t *testing.T) {
	t.Parallel()
	for code, signal := range map[int]syscall.Signal{130: syscall.SIGINT, 143: syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			s, _, leaving := slowSite(t, time.Minute)
			<-leaving
			began := time.Now()
			_ = s.child.cmd.Process.Signal(signal)
			again := time.NewTicker(50 * time.Millisecond) // two of a kind at once are one
			defer again.Stop()
			for ended := false; !ended; {
				select {
				case <-s.child.done:
					ended = true
				case <-again.C:
					_ = s.child.cmd.Process.Signal(signal)
				}
			}
			if took := time.Since(began); took > loaded {
				t.Errorf("the end took %s", took)
			}
			var exit *exec.ExitError
			if !errors.As(s.child.err, &exit) || exit.ExitCode() != code {
				t.Errorf("ended with %v, want exit code %d", s.child.err, code)
			}
		})
	}
}

// The end is bounded: a message that is not acknowledged in time is cut off, and
// its fate is on record as unknown.
func TestCloseIsBounded(t *testing.T) {
	t.Parallel()
	s, _ := newStage(t)
	rina := newPerson(t, s, "6281200000001", "Rina")
	s.srv.DelayAck(s.bot, time.Minute, 1)
	if _, err := rina.Say(t.Context(), stageNumber, question); err != nil {
		t.Fatal(err)
	}
	rina.Disconnect()
	held := func() bool { return strings.Contains(strings.Join(s.srv.Busy(), ", "), "delayed ack") }
	for limit := time.Now().Add(patienceOfStage); !held(); {
		if time.Now().After(limit) {
			t.Fatalf("nothing is on its way: %s", facts(t, s.dir, replies))
		}
		s.clock.Advance(time.Second)
		<-time.After(look)
	}
	const patience = 500 * time.Millisecond
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	began := time.Now()
	if err := s.app.Close(ctx); err != nil {
		t.Error(err)
	}
	if took := time.Since(began); took < patience || took > patience+loaded {
		t.Errorf("the end took %s, want about %s", took, patience)
	}
	if got := facts(t, s.dir, replies); got != "unknown" {
		t.Errorf("the answer is %q on record, want unknown", got)
	}
}

// How a life ended stands in app.db for health and doctor: a state that needs a
// person at once and for good, an orderly end as such.
func TestEndIsOnRecord(t *testing.T) {
	t.Parallel()
	for want, end := range map[whatsapp.State]func(*testing.T, *Stage){
		whatsapp.StateClosed: func(*testing.T, *Stage) {},
		whatsapp.StateLoggedOut: func(t *testing.T, s *Stage) {
			if err := s.srv.Logout(s.bot); err != nil {
				t.Fatal(err)
			}
			var known *shop.Error
			if err := s.app.Wait(t.Context()); !errors.As(err, &known) || known.Code != string(whatsapp.StateLoggedOut) {
				t.Errorf("the program ended with %v", err)
			}
			if got := facts(t, s.dir, stateOnRecord); got != string(whatsapp.StateLoggedOut) {
				t.Errorf("%q is on record before the end, want logged_out", got)
			}
		},
	} {
		t.Run(string(want), func(t *testing.T) {
			t.Parallel()
			s, _ := newStage(t)
			if got := facts(t, s.dir, stateOnRecord); got == string(want) {
				t.Fatalf("%q is on record already", got)
			}
			end(t, s)
			if err := s.app.Close(t.Context()); err != nil {
				t.Error(err)
			}
			if got := facts(t, s.dir, stateOnRecord); got != string(want) {
				t.Errorf("%q is on record, want %s", got, want)
			}
		})
	}
}

const stateOnRecord = "SELECT value FROM settings WHERE key = '" + store.SettingState + "'"
