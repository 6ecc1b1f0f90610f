package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/rs/zerolog"

	"bestie/shop"
	"bestie/whatsapp"
	"bestie/whatsapp/standin"
	"bestie/whatsapp/standin/people"
)

// Stage is the whole program with a WhatsApp of its own, people in it and a
// clock that only moves when told: what rehearsals, the demo and the end-to-end
// tests play on. Everything goes the real way: real clients, real encryption,
// real files in a temporary folder.
type Stage struct {
	opt   StageOptions
	dir   string
	clock *clockwork.FakeClock
	srv   *standin.Server
	net   *http.Client // the program's own network, kept over restarts: what offline cuts
	world *people.World
	phone *people.Person // the shop phone, which holds the business number
	bot   standin.Device // the program's own device
	app   *App
	cut   bool // offline: connections are refused
	jumps int  // how often the clock was moved
}

// StageOptions configure a Stage; Config and Start are required.
type StageOptions struct {
	Config *Config
	Start  time.Time // where the clock begins
	Seed   uint64
	Log    zerolog.Logger
	Trace  func(standin.Traced)
	Tamper standin.Tamper
	Timing whatsapp.Timing // of the program's network life, which runs on real time
	Dir    string          // data folder, removed at the end; "" for a temporary one
	Ahead  *Ahead          // how wrong the clock of the program's machine is; nil: it is right
}

// stageNumber is the business number of a stage whose configuration has none.
const stageNumber = "6281100000000"

// patienceOfStage bounds every wait of a stage, in real time: far more than
// anything takes, so that reaching it means a defect.
const patienceOfStage = 90 * time.Second

// NewStage builds a stage: the stand-in, the shop phone, the paired bot.
func NewStage(ctx context.Context, opt StageOptions) (s *Stage, err error) {
	c := *opt.Config
	if c.Business.Number == "" {
		c.Business.Number = stageNumber
	}
	opt.Config = &c
	s = &Stage{opt: opt, clock: clockwork.NewFakeClockAt(opt.Start)}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
			s = nil
		}
	}()
	if s.dir = opt.Dir; s.dir == "" {
		if s.dir, err = scratch(); err != nil {
			return s, err
		}
	}
	if s.srv, err = standin.Start(standin.Config{Now: s.clock.Now, Trace: opt.Trace, Tamper: opt.Tamper, FewKeys: true}); err != nil {
		return s, err
	}
	s.net = s.srv.HTTPClient()
	s.world = people.New(s.srv, zerolog.Nop()) // the log is the program's, which holds nothing of what is said
	if s.phone, err = s.world.Phone(ctx, c.Business.Number, c.Business.Name); err != nil {
		return s, fmt.Errorf("shop phone: %w", err)
	}
	if err = s.open(ctx); err != nil {
		return s, err
	}
	return s, s.pair(ctx)
}

// scratch makes a folder for one play: where the system wants such things, or,
// where it has no place for them, as in a container, in the working folder.
func scratch() (string, error) {
	const name = "bestie-stage-"
	dir, err := os.MkdirTemp("", name)
	if err == nil {
		return dir, nil
	}
	if here, wrong := os.MkdirTemp(".", "."+name); wrong == nil {
		return filepath.Abs(here)
	}
	return "", &shop.Error{
		Code: "no_temp", Sentence: "there is no folder for temporary files",
		Hint: "set TMPDIR to a folder that can be written", Cause: err,
	}
}

// open opens the program on the stage's folder.
func (s *Stage) open(ctx context.Context) (err error) {
	s.app, err = NewApp(ctx, AppOptions{
		Config: s.opt.Config, Dir: s.dir, Clock: s.host(), Network: s.net, Seed: s.opt.Seed, Log: s.opt.Log,
		LinkAge: s.opt.Config.Link.Age, Stage: true, Timing: s.opt.Timing,
	})
	return err
}

// host is the clock of the program's machine.
func (s *Stage) host() clockwork.Clock {
	if s.opt.Ahead == nil {
		return s.clock
	}
	return hostClock{s.clock, s.opt.Ahead}
}

// Ahead is by how many nanoseconds a machine's clock is ahead of the world's.
type Ahead struct{ atomic.Int64 }

// hostClock shows the wrong time of day, but measures spans well.
type hostClock struct {
	*clockwork.FakeClock
	ahead *Ahead
}

func (c hostClock) Now() time.Time { return c.FakeClock.Now().Add(time.Duration(c.ahead.Load())) }

// Since implements clockwork.Clock.
func (c hostClock) Since(t time.Time) time.Duration { return c.Now().Sub(t) }

// Until implements clockwork.Clock.
func (c hostClock) Until(t time.Time) time.Duration { return t.Sub(c.Now()) }

// pair lets the shop phone scan the program's code.
func (s *Stage) pair(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patienceOfStage)
	defer cancel()
	var scanned error
	err := s.app.wa.PairQR(ctx, func(code string) {
		s.bot, scanned = s.srv.PairQR(code, s.opt.Config.Business.Number, s.opt.Config.Business.Name)
	})
	if err = errors.Join(err, scanned); err != nil {
		return fmt.Errorf("pairing: %w", err)
	}
	if err = s.app.Start(ctx); err != nil {
		return err
	}
	return s.Quiet(ctx)
}

// look is how often a stage looks whether everything is quiet.
const look = 200 * time.Microsecond

// Quiet waits until the program and everybody around it are at rest at the
// present instant: WhatsApp has delivered and got every acknowledgement, no
// worker runs or has anything due, the connection is as it should be. Two looks
// that saw no activity between them make one instant at which all was quiet.
func (s *Stage) Quiet(ctx context.Context) error {
	limit := time.NewTimer(patienceOfStage)
	defer limit.Stop()
	for {
		why, before := s.restless()
		if len(why) == 0 {
			if again, after := s.restless(); len(again) == 0 && after == before {
				return nil
			}
			continue
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-limit.C:
			return fmt.Errorf("the program does not come to rest: %s", strings.Join(why, "; "))
		case <-time.After(look):
		}
	}
}

// activity is a fingerprint of everything that has happened so far.
type activity struct{ server, workers uint64 }

// restless names what is not at rest.
func (s *Stage) restless() (why []string, a activity) {
	a.server = s.srv.Activity()
	why = append(s.srv.Busy(), s.world.Busy()...)
	var busy []string
	if busy, a.workers = s.app.metro.Busy(s.app.clock.Now()); len(busy) > 0 {
		why = append(why, "working: "+strings.Join(busy, ", "))
	}
	if status := s.app.Status(); !s.settled(status) {
		why = append(why, "connection: "+string(status.State))
	}
	return why, a
}

// settled tells whether the connection will stay in this state by itself. The word that
// the socket is closed comes before the event, by which the program learns it.
func (s *Stage) settled(status whatsapp.Status) bool {
	if s.cut {
		return status.State == whatsapp.StateDisconnected && status.Detail != whatsapp.SocketClosed
	}
	switch status.State {
	case whatsapp.StateOnline, whatsapp.StateBanned, whatsapp.StateFailed, whatsapp.StateMuted:
		return true
	}
	return status.State.Permanent()
}

// Now is the stage's instant, in WIB.
func (s *Stage) Now() time.Time { return s.clock.Now().In(shop.WIB) }

// Advance moves the clock. Everything that falls due on the way happens at its
// own instant, in order, and is over before the clock moves on. tick is called
// after each of these instants and at the end.
func (s *Stage) Advance(ctx context.Context, by time.Duration, tick func()) error {
	end := s.app.clock.Now().Add(by)
	for {
		now := s.app.clock.Now()
		next, ok := s.app.metro.Next()
		if !ok || next.After(end) {
			next = end
		}
		if next.After(now) {
			s.clock.Advance(next.Sub(now))
			s.jumps++
		}
		if err := s.Quiet(ctx); err != nil {
			return err
		}
		tick()
		if !next.Before(end) {
			return nil
		}
	}
}

// Offline cuts the bot's connection and refuses new ones.
func (s *Stage) Offline(ctx context.Context) error {
	s.cut = true
	s.srv.Refuse(s.bot, true)
	return s.Quiet(ctx)
}

// Online lets the bot connect again.
func (s *Stage) Online(ctx context.Context) error {
	s.cut = false
	s.srv.Refuse(s.bot, false)
	s.app.wa.Nudge()
	return s.Quiet(ctx)
}

// Restart kills the bot without a clean close and starts it on the same data. Time
// passes in leaps here, so it is seen alive at the instant of its end.
func (s *Stage) Restart(ctx context.Context) error {
	if err := s.app.beat(ctx, s.app.clock.Now()); err != nil {
		return err
	}
	if err := s.app.Kill(); err != nil {
		return fmt.Errorf("killing the bot: %w", err)
	}
	if err := s.open(ctx); err != nil {
		return fmt.Errorf("starting again: %w", err)
	}
	if err := s.app.Start(ctx); err != nil {
		return fmt.Errorf("starting again: %w", err)
	}
	return s.Quiet(ctx)
}

// Close takes the stage down and removes its folder.
func (s *Stage) Close() error {
	var errs []error
	if s.app != nil {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		errs = append(errs, s.app.Close(ctx))
	}
	if s.world != nil {
		s.world.Close()
	}
	if s.srv != nil {
		s.srv.Close()
	}
	if s.dir != "" {
		errs = append(errs, os.RemoveAll(filepath.Clean(s.dir)))
	}
	return errors.Join(errs...)
}
