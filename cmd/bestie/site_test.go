package main

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/rs/zerolog"

	"bestie/shop"
	"bestie/store"
	"bestie/whatsapp/standin"
	"bestie/whatsapp/standin/people"
)

// site is a WhatsApp with people in the test's process and the program in a
// child of it, which can be killed: what the phones received does not die with
// it. The wall clock runs, shifted if need be.
type site struct {
	tb    testing.TB
	opt   siteOptions
	dir   string // data folder
	srv   *standin.Server
	world *people.World
	bot   standin.Device // the program's own device
	child *child         // the last one started, nil before the first
}

// siteOptions configure a site; every one has a default.
type siteOptions struct {
	Config  func(c *Config) // changes swiftConfig
	Seed    uint64
	Shift   time.Duration                                 // how far this world's clock is ahead of the wall's
	OnSend  func(standin.Send) standin.Verdict            // standin.Config.OnSend
	Prepare func(ctx context.Context, db *store.DB) error // fills the books before the first start
	Role    string                                        // of the children; "bot" if empty
}

// patienceOfSite bounds every wait of a site, in real time.
const patienceOfSite = 3 * time.Minute

// swiftConfig is the default configuration without what makes the program take
// its time: no waiting for the rest of a burst, no typing, no guards.
func swiftConfig() *Config {
	c := DefaultConfig()
	c.Business.Number = stageNumber
	c.Log.Level = zerolog.WarnLevel
	c.Reply.Debounce, c.Reply.TypingMin, c.Reply.TypingMax = 0, 0, 0
	c.Guards = GuardsConfig{}
	return c
}

// newSite builds a site whose data folder is paired and whose program does not
// run yet. The site is taken down with the test.
func newSite(tb testing.TB, opt siteOptions) *site {
	tb.Helper()
	tb.Cleanup(turnOnStage())
	if opt.Role == "" {
		opt.Role = "bot"
	}
	s := &site{tb: tb, opt: opt, dir: tb.TempDir()}
	var err error
	if s.srv, err = standin.Start(standin.Config{Now: s.now, OnSend: opt.OnSend, FewKeys: true}); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(s.srv.Close)
	s.world = people.New(s.srv, zerolog.Nop())
	tb.Cleanup(s.world.Close)
	tb.Cleanup(func() {
		if s.child != nil {
			s.child.kill()
		}
	})
	s.person(s.config().Business.Number, s.config().Business.Name) // the shop phone
	ctx, cancel := s.bound()
	defer cancel()
	if err = s.pair(ctx); err != nil {
		tb.Fatal(err)
	}
	return s
}

// now is this world's wall clock.
func (s *site) now() time.Time { return time.Now().Add(s.opt.Shift) }

// bound is a context for one wait.
func (s *site) bound() (context.Context, context.CancelFunc) {
	return context.WithTimeout(s.tb.Context(), patienceOfSite)
}

func (s *site) config() *Config {
	c := swiftConfig()
	if s.opt.Config != nil {
		s.opt.Config(c)
	}
	return c
}

// pair links the program's folder within this process and closes it again, so
// that a child finds what `bestie pair` leaves behind.
func (s *site) pair(ctx context.Context) error {
	config := s.config()
	app, err := NewApp(ctx, AppOptions{
		Config: config, Dir: s.dir, Clock: shifted{clockwork.NewRealClock(), s.opt.Shift}, Network: s.srv.HTTPClient(), Log: zerolog.Nop(),
	})
	if err != nil {
		return err
	}
	var scanned error
	err = app.wa.PairQR(ctx, func(code string) { s.bot, scanned = s.srv.PairQR(code, config.Business.Number, config.Business.Name) })
	if err == nil {
		err = scanned
	}
	if err == nil && s.opt.Prepare != nil {
		err = s.opt.Prepare(ctx, app.db)
	}
	if err != nil {
		_ = app.Close(ctx)
		return fmt.Errorf("pairing: %w", err)
	}
	return app.Close(ctx)
}

// person puts somebody with a phone into the world.
func (s *site) person(phone, name string) *people.Person {
	s.tb.Helper()
	ctx, cancel := s.bound()
	defer cancel()
	p, err := s.world.Phone(ctx, phone, name)
	if err != nil {
		s.tb.Fatal(err)
	}
	return p
}

// until waits for a state of this world, looking often.
func (s *site) until(ok func() bool) error {
	ctx, cancel := s.bound()
	defer cancel()
	for !ok() {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
	return nil
}

// TestSite: a question is answered by a program in a process of its own, before
// and after it was killed, and it ends in order when told to.
func TestSite(t *testing.T) {
	t.Parallel()
	s := newSite(t, siteOptions{Prepare: func(ctx context.Context, db *store.DB) error {
		return db.PutProduct(ctx, shop.Product{Name: "bakso", Price: 25000, Cost: 18000, Stock: 40})
	}})
	rina := s.person("6281200000001", "Rina")
	ask := func(text string, answers int) {
		t.Helper()
		ctx, cancel := s.bound()
		defer cancel()
		if _, err := rina.Say(ctx, stageNumber, text); err != nil {
			t.Fatal(err)
		}
		if err := s.until(func() bool { return got(rina, "Rp25.000") == answers }); err != nil {
			t.Fatalf("%d answers, want %d: %v\n", got(rina, "Rp25.000"), answers, err)
		}
	}
	first := s.start()
	ask("harga bakso berapa kak?", 1)
	first.kill()
	second := s.start()
	ask("kalau bakso sekarang harganya berapa kak?", 2)
	s.stop(second)
}
