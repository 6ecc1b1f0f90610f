package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"bestie/shop"
	"bestie/store"
	"bestie/whatsapp/standin/people"
)

// flow is a script of inputs and what must be true of their outcome, however
// often the program died on the way.
type flow struct {
	name    string
	people  int                                  // how many customers there are
	script  func(dice *rand.Rand, n int) []input // n messages; each person says theirs in this order
	config  func(c *Config)
	shift   func(now time.Time) time.Duration // how far the world's clock is ahead
	prepare func(ctx context.Context, db *store.DB, now time.Time) error
	check   func(o *outcome) // beyond outcome.common
}

// input is one message of one customer.
type input struct {
	who  int
	text string
}

// moment is when the program is killed.
type moment string

const (
	// anywhere is a random instant of its life, from the first moments of the
	// start on.
	anywhere moment = "anywhere"
	// inSend is while the server holds a message that the program is sending:
	// before it is relayed, or after it but before the acknowledgement.
	inSend moment = "inside sends"
)

// crash is one play of a flow.
type crash struct {
	*site
	flow  flow
	when  moment
	kills int
	dice  *rand.Rand
	trap  trap
	start time.Duration    // how long the last start took: a busy machine gives everything more time
	crowd []*people.Person // the customers
	sari  *people.Person   // the duty admin
	said  sync.Mutex       // guards mouth
	mouth []told           // what the customers said, in order for each of them
	talk  sync.WaitGroup
}

// told is one message as its sender knows it.
type told struct {
	who      int
	id, text string
}

const (
	crashPhone = "62812%08d" // customer n
	crashAdmin = "6281300000001"
)

// crashRun plays a flow of n messages with so many kills, waits until the program
// has come to rest and returns what became of everything.
func crashRun(t *testing.T, f flow, when moment, seed uint64, n, kills int) *outcome {
	t.Helper()
	begun := time.Now()
	c := &crash{flow: f, when: when, kills: kills, dice: rand.New(rand.NewPCG(seed, uint64(len(when))))}
	opt := siteOptions{Seed: seed, OnSend: c.trap.onSend, Config: func(config *Config) {
		config.Log.Level = zerolog.InfoLevel
		config.Admins = []Admin{{Name: "Sari", Phone: crashAdmin, Roles: []shop.Role{shop.RoleDuty}}}
		if f.config != nil {
			f.config(config)
		}
	}}
	if f.shift != nil {
		opt.Shift = f.shift(time.Now())
	}
	if f.prepare != nil {
		opt.Prepare = func(ctx context.Context, db *store.DB) error {
			return f.prepare(ctx, db, time.Now().Add(opt.Shift))
		}
	}
	c.site = newSite(t, opt)
	c.trap.bot = c.bot
	c.sari = c.person(crashAdmin, "Sari")
	for i := range f.people {
		c.crowd = append(c.crowd, c.person(fmt.Sprintf(crashPhone, i+1), fmt.Sprintf("Rina%d", i+1)))
	}
	c.play(f.script(c.dice, n))
	o := c.outcome()
	o.common()
	f.check(o)
	o.report(time.Since(begun), seed)
	return o
}

// play spreads the inputs over the lives of the program: one more life than
// there are kills, the last of which comes to rest.
func (c *crash) play(inputs []input) {
	c.tb.Helper()
	for life := range c.kills + 1 {
		from, to := life*len(inputs)/(c.kills+1), (life+1)*len(inputs)/(c.kills+1)
		atOnce := c.dice.IntN(2) == 0 // else what is said does not wait for the program but meets it
		if life < c.kills && c.when == inSend {
			c.trap.arm(1+c.dice.IntN(3), c.dice.IntN(2) == 0)
		}
		born := time.Now()
		child := c.launch()
		c.trap.aim(child)
		if atOnce {
			c.say(inputs[from:to])
		}
		switch {
		case c.when == anywhere && life > 0 && life < c.kills && c.dice.IntN(4) == 0:
			c.early(child)
		case c.when == inSend && life < c.kills:
			c.meet(child)
		default:
			c.await(child)
			c.start = time.Since(born)
		}
		if !atOnce {
			c.say(inputs[from:to])
		}
		if life == c.kills {
			c.talk.Wait()
			c.rest(child)
			c.stop(child)
			return
		}
		c.strike(child)
		c.talk.Wait()
		child.sane(c.tb)
	}
}

// early waits for a random instant of a start that may not come to its end.
func (c *crash) early(child *child) {
	select {
	case <-child.ready:
	case <-time.After(c.upTo(c.start)):
	}
}

// meet waits until a child is online that may fall into the trap before it says so.
func (c *crash) meet(child *child) {
	select {
	case <-child.ready:
	case <-child.done:
	case <-time.After(patienceOfSite):
	}
}

// upTo is a random span.
func (c *crash) upTo(most time.Duration) time.Duration {
	return time.Duration(c.dice.Int64N(int64(most)))
}

// strike kills the program, or waits until the trap has.
func (c *crash) strike(child *child) {
	c.tb.Helper()
	if c.when == anywhere {
		<-time.After(c.upTo(c.start / 2))
		child.kill()
		return
	}
	c.awaitEnd(child)
}

// say lets the customers say their messages, each in order, all at once.
func (c *crash) say(inputs []input) {
	by := map[int][]string{}
	for _, in := range inputs {
		by[in.who] = append(by[in.who], in.text)
	}
	c.talk.Wait() // nobody says two things at the same time
	for who, texts := range by {
		c.talk.Go(func() {
			for _, text := range texts {
				c.sayOne(who, text)
			}
		})
	}
}

func (c *crash) sayOne(who int, text string) {
	ctx, cancel := c.bound()
	defer cancel()
	id, err := c.crowd[who].Say(ctx, stageNumber, text)
	if err != nil {
		c.tb.Errorf("customer %d: %v", who, err)
		return
	}
	c.said.Lock()
	defer c.said.Unlock()
	c.mouth = append(c.mouth, told{who, id, text})
}

// rest waits until nothing is under way any more: WhatsApp has delivered and got
// every acknowledgement, nothing is due.
func (c *crash) rest(child *child) {
	c.tb.Helper()
	db := c.openBooks()
	defer db.Close()
	var err error
	for sent := -1; sent < db.sends(c.tb); { // a crowd may take longer than one wait, if only it goes on
		sent = db.sends(c.tb)
		if err = c.until(func() bool {
			before := c.srv.Activity()
			return len(c.srv.Busy()) == 0 && len(c.world.Busy()) == 0 && len(db.stuck(c.tb, c.now())) == 0 &&
				len(c.srv.Busy()) == 0 && c.srv.Activity() == before
		}); err == nil {
			return
		}
	}
	if err != nil {
		child.kill()
		c.tb.Fatalf("the program does not come to rest: %v %v\n%s\n%s", c.srv.Busy(), c.world.Busy(), strings.Join(db.stuck(c.tb, c.now()), "\n"), child.log)
	}
}
