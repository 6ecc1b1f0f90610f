package main

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"bestie/store"
	"bestie/whatsapp/standin/people"
)

// TestBacklog lets 500 messages of 100 customers wait at WhatsApp, from seconds to
// 13 hours old. None is lost and nothing bursts out: the fresh are answered, the
// older apologised to, the oldest only put in the queue, at the pace of the guards;
// the admin gets a few messages, not hundreds.
func TestBacklog(t *testing.T) {
	t.Parallel()
	s, sari := newStage(t)
	if err := s.Offline(t.Context()); err != nil {
		t.Fatal(err)
	}
	var oldest, older, fresh []*people.Person
	group := func(into *[]*people.Person, n int, pause time.Duration) {
		for range n {
			i := len(oldest) + len(older) + len(fresh)
			*into = append(*into, newPerson(t, s, fmt.Sprintf("62812000002%02d", i), fmt.Sprintf("Tamu%02d", i)))
		}
		sayAll(t, (*into)[len(*into)-n:], 5)
		pass(t, s, pause)
	}
	group(&oldest, 20, 7*time.Hour)
	group(&older, 20, 5*time.Hour)
	group(&older, 20, time.Hour)
	group(&fresh, 20, 10*time.Minute)
	group(&fresh, 20, 5*time.Second)

	err := s.Online(t.Context())
	for range 3 { // it is a lot for a busy machine under the race detector
		if err != nil {
			err = s.Quiet(t.Context())
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	pass(t, s, 15*time.Minute)
	if n := s.number(t, "SELECT COUNT(*) FROM inbox WHERE from_me = 0 AND handled_at IS NOT NULL"); n != 500 {
		t.Errorf("%d messages of 500 were handled", n)
	}
	for name, c := range map[string]struct {
		who                []*people.Person
		apologies, answers int
	}{"oldest": {oldest, 0, 0}, "older": {older, 1, 0}, "fresh": {fresh, 0, 1}} {
		for _, p := range c.who {
			if got(p, "baru terbaca") != c.apologies || got(p, price) != c.answers || len(p.Received()) != c.apologies+c.answers {
				t.Errorf("%s, of the %s, got %q", p.Name(), name, texts(p))
			}
		}
	}
	if most := s.busiestMinute(t); most > s.opt.Config.Guards.GlobalMinute {
		t.Errorf("%d replies left within a minute", most)
	}
	if least := s.number(t, `SELECT MIN(gap) FROM (SELECT tried_at - LAG(tried_at) OVER (ORDER BY tried_at) AS gap
		FROM outbox WHERE json_extract(parts, '$[0].intent') = 'late')`); least < 2000 {
		t.Errorf("two apologies left within %d ms", least)
	}
	if n := s.number(t, "SELECT COUNT(*) FROM waits WHERE held = 1 AND needs_human = 1 AND paged > 0"); n != len(older) {
		t.Errorf("%d late waits are held and paged", n)
	}
	depth, err := s.app.db.Depth(t.Context())
	if want := (store.Depth{Waits: len(oldest) + len(older)}); err != nil || depth != want {
		t.Errorf("left over: %+v, %v, want %+v", depth, err, want)
	}
	t.Logf("the admin got %d messages", len(sari.Received()))
	if n := len(sari.Received()); n == 0 || n > 10 {
		t.Errorf("the admin got %d messages: %q", n, texts(sari))
	}
}

// sayAll lets people write at the same time, each some messages.
func sayAll(t *testing.T, all []*people.Person, messages int) {
	t.Helper()
	var talk sync.WaitGroup
	for _, p := range all {
		talk.Go(func() {
			for i := range messages {
				text := question
				if i > 0 {
					text = fmt.Sprintf("mau beli %d pcs", i)
				}
				if _, err := p.Say(t.Context(), stageNumber, text); err != nil {
					t.Error(err)
				}
			}
		})
	}
	talk.Wait()
}

// busiestMinute is the most replies that were tried within 60 seconds.
func (s *Stage) busiestMinute(t *testing.T) (most int) {
	t.Helper()
	db := s.books(t)
	defer db.Close()
	rows, err := db.QueryContext(t.Context(), "SELECT tried_at FROM outbox WHERE lane = 'reply' AND tried_at IS NOT NULL ORDER BY tried_at")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var window []int64
	for rows.Next() {
		var at int64
		if err = rows.Scan(&at); err != nil {
			t.Fatal(err)
		}
		window = append(slices.DeleteFunc(window, func(old int64) bool { return old <= at-60_000 }), at)
		most = max(most, len(window))
	}
	if err = rows.Err(); err != nil {
		t.Fatal(err)
	}
	return most
}
