package main

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"bestie/scheduler"
	"bestie/shop"
	"bestie/store"
	"bestie/whatsapp"
)

// outages are what is on record, each as seconds after the first instant.
func (s *Stage) outages(t *testing.T) (out [][2]time.Duration) {
	t.Helper()
	list, err := s.app.db.Outages(t.Context(), s.opt.Start.AddDate(-1, 0, 0), s.opt.Start.AddDate(1, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range list {
		ended := time.Duration(-1)
		if !o.Until.IsZero() {
			ended = o.Until.Sub(s.opt.Start).Round(time.Second)
		}
		out = append(out, [2]time.Duration{o.From.Sub(s.opt.Start).Round(time.Second), ended})
	}
	return out
}

// Outages are put on record as long as they were, to the second: a lost connection,
// also over a kill; a program that was stopped or killed. A moment is none.
func TestOutagesOnRecord(t *testing.T) {
	t.Parallel()
	s, _ := newStage(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var want [][2]time.Duration
	check := func(what string) {
		t.Helper()
		got := s.outages(t)
		if len(got) != len(want) {
			t.Fatalf("%s: %v, want %v", what, got, want)
		}
		for i := range got {
			if got[i] != want[i] {
				t.Fatalf("%s: %v, want %v", what, got, want)
			}
		}
	}
	// The word of a loss comes a moment after it, on real time; until then the status
	// goes by the socket.
	offline := func() {
		t.Helper()
		must(s.Offline(t.Context()))
		eventually(t, "the loss is known", func() bool { return s.app.Status().Detail != whatsapp.SocketClosed })
	}
	since := func() time.Duration { return s.Now().Sub(s.opt.Start) }
	check("at first")

	offline()
	pass(t, s, shop.OutageMoment-time.Second)
	must(s.Online(t.Context()))
	check("a moment")

	pass(t, s, time.Minute)
	began := since()
	offline()
	pass(t, s, shop.OutageMoment)
	want = append(want, [2]time.Duration{began, -1})
	eventually(t, "it is on record", func() bool { return len(s.outages(t)) == 1 })
	check("while it lasts")
	pass(t, s, 5*time.Minute)
	must(s.Restart(t.Context())) // kill -9 meanwhile
	pass(t, s, 15*time.Minute-shop.OutageMoment)
	check("over a kill")
	must(s.Online(t.Context()))
	want[0][1] = since()
	check("the connection is back")
	if took := want[0][1] - want[0][0]; took != 20*time.Minute {
		t.Errorf("it lasted %v", took)
	}

	pass(t, s, time.Minute)
	began = since()
	must(s.app.beat(t.Context(), s.Now())) // the last sign of its life
	must(s.app.Kill())
	s.clock.Advance(time.Hour)
	must(s.open(t.Context()))
	must(s.app.Start(t.Context()))
	must(s.Quiet(t.Context()))
	want = append(want, [2]time.Duration{began, since()})
	check("killed")

	pass(t, s, 50*time.Second)
	began = since()
	must(s.app.Close(context.WithoutCancel(t.Context())))
	s.clock.Advance(time.Hour)
	must(s.open(t.Context()))
	must(s.app.Start(t.Context()))
	must(s.Quiet(t.Context()))
	want = append(want, [2]time.Duration{began, since()})
	check("stopped in order")
}

// A machine that slept, or whose clock was set ahead, was away: nobody was reached
// meanwhile. A return that was not looked at in time is no loss.
func TestOutageWatch(t *testing.T) {
	db, err := store.Open(t.Context(), t.TempDir(), zerolog.Nop())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	start := scriptStart()
	w := &scheduler.OutageWatch{Store: db, Asleep: 2 * mnt}
	step := func(at time.Duration) time.Duration {
		t.Helper()
		next, err := w.Step(t.Context(), start.Add(at))
		if err != nil {
			t.Fatal(err)
		}
		if next.IsZero() {
			return 0
		}
		return next.Sub(start)
	}
	if step(-mnt) != 0 {
		t.Error("nothing is known, and something is due")
	}
	w.Changed(true, start, "")
	for at := 30 * sec; at <= 5*mnt; at += 30 * sec {
		step(at)
	}
	step(25 * mnt) // slept for 20 minutes
	w.Changed(false, start.Add(30*mnt), "disconnected")
	if got := step(30 * mnt); got != 30*mnt+shop.OutageMoment {
		t.Errorf("looks again at %v", got)
	}
	w.Changed(true, start.Add(40*mnt), "") // back before anybody looked again
	step(40 * mnt)
	w.Changed(false, start.Add(50*mnt), "disconnected")
	if got := step(20 * mnt); got != 20*mnt+shop.OutageMoment { // the clock was set back
		t.Errorf("after the clock went back it looks at %v", got)
	}
	step(21 * mnt)
	w.Changed(true, start.Add(22*mnt), "")
	step(22 * mnt)
	list, err := db.Outages(t.Context(), start, start.Add(hour))
	if err != nil {
		t.Fatal(err)
	}
	want := []shop.Outage{
		{From: start.Add(5 * mnt), Until: start.Add(25 * mnt), Reason: "asleep"},
		{From: start.Add(20 * mnt), Until: start.Add(22 * mnt), Reason: "disconnected"},
		{From: start.Add(30 * mnt), Until: start.Add(40 * mnt), Reason: "disconnected"},
	}
	if diff := cmp.Diff(want, list); diff != "" {
		t.Error(diff)
	}
}
