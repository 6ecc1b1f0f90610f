package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bestie/shop"
)

func TestOutages(t *testing.T) {
	l := newLab(t)
	after := func(d time.Duration) time.Time { return start.Add(d) }
	l.must(l.OpenOutage(l.ctx, start, "disconnected"))
	l.must(l.OpenOutage(l.ctx, after(time.Minute), "closed")) // one is open: it goes on
	list, err := l.Outages(l.ctx, after(time.Hour), after(2*time.Hour))
	l.must(err)
	if diff := cmp.Diff([]shop.Outage{{From: start, Reason: "disconnected"}}, list); diff != "" {
		t.Error(diff)
	}
	v, err := l.Vitals(l.ctx)
	l.must(err)
	if !v.Outage.Equal(start) {
		t.Errorf("health sees an outage since %v", v.Outage)
	}
	l.must(l.CloseOutage(l.ctx, after(20*time.Minute)))
	l.must(l.CloseOutage(l.ctx, after(time.Hour))) // none is open
	l.must(l.OpenOutage(l.ctx, after(time.Hour), "closed"))
	l.must(l.CloseOutage(l.ctx, after(time.Hour+9*time.Second))) // a moment
	l.must(l.OpenOutage(l.ctx, after(2*time.Hour), "closed"))
	l.must(l.CloseOutage(l.ctx, after(time.Hour))) // the clock was set back meanwhile
	if got := l.rows("SELECT from_at, until_at FROM outages"); got != l.rows("SELECT $1, $2", ms(start), ms(after(20*time.Minute))) {
		t.Errorf("on record: %s", got)
	}
	for to, want := range map[time.Duration]int{0: 0, time.Second: 1, time.Hour: 1} {
		if list, err = l.Outages(l.ctx, start.Add(-time.Hour), after(to)); err != nil || len(list) != want {
			t.Errorf("until %v: %v %v", to, list, err)
		}
	}
	if list, err = l.Outages(l.ctx, after(20*time.Minute), after(time.Hour)); err != nil || len(list) != 0 {
		t.Errorf("after it: %v %v", list, err)
	}
}

// What was written while the clock was ahead is brought back with everything else.
func TestOutageWhileTheClockWasAhead(t *testing.T) {
	l := newLab(t)
	l.must(l.OpenOutage(l.ctx, start.Add(time.Hour), "disconnected"))
	l.must(l.SetBack(l.ctx, start.Add(time.Minute), time.Hour))
	l.must(l.CloseOutage(l.ctx, start.Add(10*time.Minute)))
	list, err := l.Outages(l.ctx, start, start.Add(time.Hour))
	l.must(err)
	if diff := cmp.Diff([]shop.Outage{{From: start, Until: start.Add(10 * time.Minute), Reason: "disconnected"}}, list); diff != "" {
		t.Error(diff)
	}
}

// The last sign of life is the heartbeat or what was written after it.
func TestLastSign(t *testing.T) {
	l := newLab(t)
	sign := func() time.Time {
		at, err := l.LastSign(l.ctx)
		l.must(err)
		return at
	}
	l.ask(1, start)
	if !sign().IsZero() {
		t.Error("a program that never beat has run")
	}
	l.must(l.Beat(l.ctx, start.Add(-20*time.Second)))
	if got := sign(); got.Before(start) {
		t.Errorf("the last sign is %v", got)
	}
	l.must(l.Beat(l.ctx, start.Add(time.Minute)))
	if got := sign(); !got.Equal(start.Add(time.Minute)) {
		t.Errorf("the last sign is %v", got)
	}
}

// Who was told that we are late gets no holding reply on top of it.
func TestApologyHolds(t *testing.T) {
	l := newLab(t)
	l.receive(start, 0, l.message(1, start, "halo"))
	l.turn(start, shop.Outcome{StartWait: true, WaitSince: start, Held: true})
	if got := l.number("SELECT held FROM waits"); got != 1 {
		t.Errorf("held %d", got)
	}
}

// The first wait of a conversation is its first response, the others next ones; a
// goodbye or a day of silence ends the conversation.
func TestFirstAndNextResponse(t *testing.T) {
	l := newLab(t)
	who := l.hear(shop.Address{Phone: "6281200000001"}, "Rina")
	ended := time.Time{}
	for i, c := range []struct {
		at, ended time.Duration // ended: the conversation before it ended then; 0: it goes on
		first     int
	}{
		{time.Hour, 0, 1},
		{2 * time.Hour, 0, 0},
		{3 * time.Hour, 2*time.Hour + time.Minute, 1},
		{4 * time.Hour, 0, 0},
		{40 * time.Hour, 28 * time.Hour, 1},
		{41 * time.Hour, 0, 0},
	} {
		if c.ended != 0 {
			ended = start.Add(c.ended)
		}
		l.must(l.tx(l.ctx, func(tx *transaction) error {
			if err := saveConversation(l.ctx, tx, shop.Conversation{PersonID: who.ID, EndedAt: ended}, time.Time{}); err != nil {
				return err
			}
			w := shop.Wait{PersonID: who.ID, Since: start.Add(c.at)}
			if err := l.startWait(l.ctx, tx, &w, false, start); err != nil {
				return err
			}
			return l.meetWait(l.ctx, tx, w, w.Since.Add(time.Minute))
		}))
		if got := l.number("SELECT first FROM waits ORDER BY id DESC LIMIT 1"); got != int64(c.first) {
			t.Errorf("wait %d: first %d", i, got)
		}
	}
}
