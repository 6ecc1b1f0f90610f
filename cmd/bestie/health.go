package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"bestie/shop"
	"bestie/store"
	"bestie/whatsapp"
)

// HealthCommand asks whether a running bot is well.
type HealthCommand struct{}

const (
	// stale is how old the last heartbeat of a healthy bot may be: it beats every
	// 30 seconds.
	stale = 2 * time.Minute
	// stuck is for how long work may be due on a healthy bot.
	stuck = 10 * time.Minute
)

// Run reads what a running bot leaves in app.db, without writing anything; exit
// code 1 and one sentence when it is unwell.
func (c *HealthCommand) Run(ctx context.Context, env *Environment) (err error) {
	db, err := env.look(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	v, err := db.Vitals(ctx)
	if err != nil {
		return err
	}
	now := time.Now()
	if ill := ailment(v, now); ill != nil {
		return ill
	}
	outage := ""
	if !v.Outage.IsZero() {
		outage = ", no customer can reach us for " + age(now.Sub(v.Outage))
	}
	_, err = fmt.Fprintf(env.Out, "ok: heartbeat %s ago, connection %s, inbox %d, outbox %d, waiting %d%s\n",
		age(now.Sub(v.Beat)), v.State, v.Depth.Inbox, v.Depth.Outbox, v.Depth.Waits, outage)
	return err
}

// ailment is what is wrong with a bot that ought to run, nil if nothing is.
func ailment(v store.Vitals, now time.Time) *shop.Error {
	unwell := func(sentence, hint string) *shop.Error {
		return &shop.Error{Code: "unwell", Sentence: "unwell: " + sentence, Hint: hint}
	}
	state := whatsapp.State(v.State)
	beat := now.Sub(v.Beat)
	switch {
	case v.Beat.IsZero():
		return unwell("no heartbeat ever", "start the bot with: bestie run")
	case state.Permanent() || state == whatsapp.StateClosed || state == whatsapp.StateMuted:
		return unwell(state.English(), state.Hint())
	case beat > stale:
		return unwell("no heartbeat for "+age(beat), "the bot ended without a word, or hangs: look at the end of its log, then start it with: bestie run")
	case beat < -stale:
		return unwell("the last heartbeat lies "+age(-beat)+" ahead", "the clock of this machine was set back: set it right")
	}
	for _, queue := range []struct {
		name string
		due  time.Time
	}{{"a message from a customer", v.Inbox}, {"a message of ours", v.Outbox}} {
		if waits := now.Sub(later(queue.due, v.Started)); !queue.due.IsZero() && waits > stuck {
			hint := state.Hint()
			if state.Sends() {
				hint = "look in the log for what fails again and again"
			}
			return unwell(fmt.Sprintf("%s is stuck for %s (connection %s)", queue.name, age(waits), v.State), hint)
		}
	}
	return nil
}

// later is the later of two instants: nothing can be stuck for longer than the
// bot runs.
func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// age is a length of time for a person: whole seconds, or days and hours.
func age(d time.Duration) string {
	if d >= day {
		return formatSpan(d.Truncate(time.Hour))
	}
	return formatSpan(d.Truncate(time.Second))
}
