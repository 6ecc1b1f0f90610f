package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/rs/zerolog"

	"bestie/whatsapp"
	"bestie/whatsapp/standin"
)

// childVariable holds the order of a process that is not the test but the
// program under test: this binary, started once more by a site.
const childVariable = "BESTIE_TEST_CHILD"

// childOrder is what a child does: which role, on whose stand-in, with which
// data. It travels as JSON, so the configuration is one of Go values, not of a
// file: it may hold what bestie.yaml refuses, such as no guards at all.
type childOrder struct {
	Role   string
	Addr   string // of the stand-in
	Root   [32]byte
	CA     []byte
	Dir    string // data folder
	Seed   uint64
	Shift  time.Duration // the child's clock is so much ahead of the wall's
	Config *Config
}

// childRoles are the programs that a child can be. A role says ready once, when
// it is online, and ends in order when ctx does.
var childRoles = map[string]func(ctx context.Context, o childOrder, ready func()) error{
	"bot":           runChild,
	"echo":          runEcho(false),
	"echo-compiled": runEcho(true),
}

// childMain runs a child and returns its exit code. It ends with its parent: the
// parent holds the other end of standard input.
func childMain(order string) int {
	var o childOrder
	if err := json.Unmarshal([]byte(order), &o); err != nil {
		fmt.Fprintln(os.Stderr, "child:", err)
		return exitUsage
	}
	role, ok := childRoles[o.Role]
	if !ok {
		fmt.Fprintln(os.Stderr, "child: no role", o.Role)
		return exitUsage
	}
	go func() {
		answerGauge(os.Stdin, os.Stdout)
		os.Exit(exitFailed)
	}()
	standin.TrustRoot(o.Root)
	if err := role(untilTold(), o, func() { fmt.Println(childReady) }); err != nil {
		fmt.Fprintln(os.Stderr, "child:", err)
		return exitFailed
	}
	return exitOK
}

// childReady is the one line that a child prints.
const childReady = "ready"

// runChild is `bestie run` on a stand-in.
func runChild(ctx context.Context, o childOrder, ready func()) error {
	network, err := standin.RemoteHTTPClient(o.Addr, o.CA)
	if err != nil {
		return err
	}
	clock := shifted{clockwork.NewRealClock(), o.Shift}
	return attend(ctx, "a child of the tests", AppOptions{
		Config: o.Config, Dir: o.Dir, Clock: clock, Network: network, Seed: o.Seed,
		Log: zerolog.New(os.Stderr).Level(o.Config.Log.Level), LinkAge: o.Config.Link.Age, Alert: channels(o.Config.Alerts),
		OnTurn: func(received time.Time) { reactions.note(clock.Now().Sub(received)) },
	}, func(app *App) error {
		go func() {
			for app.wa.Status().State != whatsapp.StateOnline {
				if ctx.Err() != nil {
					return
				}
				time.Sleep(time.Millisecond)
			}
			ready()
		}()
		return app.Run(ctx)
	})
}

// shifted is the wall clock, set ahead or back; its waits are as long as ever.
type shifted struct {
	clockwork.Clock
	by time.Duration
}

func (s shifted) Now() time.Time                  { return s.Clock.Now().Add(s.by) }
func (s shifted) Since(t time.Time) time.Duration { return s.Now().Sub(t) }
func (s shifted) Until(t time.Time) time.Duration { return t.Sub(s.Now()) }
