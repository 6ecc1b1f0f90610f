package people_test

import (
	"context"
	"io"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"bestie/whatsapp/standin"
	"bestie/whatsapp/standin/people"
)

const (
	shop = "628111000111"
	rina = "6281200000001"
	budi = "6281200000002"
)

var noon = time.Date(2026, 1, 5, 5, 0, 0, 0, time.UTC)

// town is a stand-in with people, and a deadline for everything.
type town struct {
	testing.TB
	ctx   context.Context
	srv   *standin.Server
	world *people.World
}

// complain fails the test on any warning or error of a client, until over: what
// clients say while they are torn down is noise.
type complain struct {
	testing.TB
	over *atomic.Bool
}

func (c complain) Run(_ *zerolog.Event, level zerolog.Level, msg string) {
	if level >= zerolog.WarnLevel && !c.over.Load() {
		c.Errorf("unexpected log: %s %s", level, msg)
	}
}

// newTown allows no warnings unless noisy, for tests that cut connections.
func newTown(t testing.TB, noisy bool) *town {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Second)
	srv, err := standin.Start(standin.Config{Now: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	log, over := zerolog.Nop(), new(atomic.Bool)
	if !noisy {
		log = zerolog.New(io.Discard).Hook(complain{t, over})
	}
	w := people.New(srv, log)
	t.Cleanup(func() {
		if u := srv.UnknownIQs(); len(u) > 0 {
			t.Errorf("unknown queries: %v", u)
		}
		over.Store(true)
		w.Close()
		srv.Close()
		cancel()
	})
	return &town{TB: t, ctx: ctx, srv: srv, world: w}
}

func (t *town) phone(number, name string) *people.Person {
	t.Helper()
	p, err := t.world.Phone(t.ctx, number, name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// must is for what returns a message ID.
func (t *town) must(id string, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (t *town) hear(p *people.Person, text string) people.Received {
	t.Helper()
	r, err := p.AwaitText(t.ctx, text)
	if err != nil {
		t.Fatalf("%s does not hear %q: %v", p.Name(), text, err)
	}
	return r
}

// quiet waits until neither server nor people have anything under way.
func (t *town) quiet() {
	t.Helper()
	for {
		before := t.srv.Activity()
		why := append(t.world.Busy(), t.srv.Busy()...)
		if len(why) == 0 && t.srv.Activity() == before {
			return
		}
		if t.ctx.Err() != nil {
			t.Fatalf("never quiet: %v", why)
		}
		time.Sleep(time.Millisecond)
	}
}
