package store

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bestie/shop"
)

// page enters what has come, makes the messages of it and returns the new entries as
// "wait:level.round".
func (l *lab) page(at time.Time) (entries []string) {
	l.Helper()
	before := l.number("SELECT COALESCE(MAX(id), 0) FROM pages")
	l.must(errOf(l.EnterPages(l.ctx, at, l.newID, nil)))
	_, _, err := l.SendPages(l.ctx, at, l.newID, listed)
	l.must(err)
	got := l.rows("SELECT DISTINCT wait_id || ':' || level || '.' || round FROM pages WHERE id > $1 ORDER BY id", before)
	return strings.Fields(got)
}

// listed is a message that names the waits and their ranks.
func listed(pages []shop.Page, all int) (string, error) {
	text := fmt.Sprint(all)
	for _, p := range pages {
		text += fmt.Sprintf(" %d:%d.%d", p.Wait.ID, p.Rank, p.Round)
	}
	return text, nil
}

func (l *lab) duty() int64 {
	l.Helper()
	p, err := l.Register(l.ctx, start, "6281300000001", "Sari", shop.RoleDuty)
	l.must(err)
	return p.ID
}

func TestPagesComeOncePerStep(t *testing.T) {
	l := newLab(t)
	l.duty()
	l.ask(1, start)
	var when []time.Duration
	for range 6 {
		at, _, err := l.NextPage(l.ctx)
		l.must(err)
		if early := l.page(at.Add(-time.Millisecond)); len(early) > 0 {
			t.Errorf("paged too early: %v", early)
		}
		if got := l.page(at); len(got) != 1 {
			t.Errorf("paged %v", got)
		}
		when = append(when, at.Sub(start))
	}
	if fmt.Sprint(when) != "[2m30s 3m30s 4m30s 5m0s 10m0s 15m0s]" {
		t.Errorf("paged at %v", when)
	}
	if got := l.rows("SELECT w.state, k.number, w.paged FROM waits w JOIN tickets k ON k.person_id = w.person_id"); got != "breached 1 6" {
		t.Errorf("the wait is %q", got)
	}
	if got := l.rows("SELECT GROUP_CONCAT(level || '.' || round, ' ') FROM pages"); got != "1.0 2.0 3.0 4.0 4.1 4.2" {
		t.Errorf("the entries are %q", got)
	}
}

func TestEveryLevelAfterAnOutage(t *testing.T) {
	l := newLab(t)
	l.duty()
	l.ask(1, start)
	l.ask(2, start.Add(time.Minute))
	if got := fmt.Sprint(l.page(start.Add(6 * time.Minute))); got != "[1:1.0 1:2.0 1:3.0 1:4.0 2:1.0 2:2.0 2:3.0 2:4.0]" {
		t.Errorf("paged %v", got)
	}
	if got := l.rows("SELECT text FROM outbox"); got != "2 1:4.0 2:4.0" {
		t.Errorf("the admin reads %q", got)
	}
}

// With later levels than when the wait began nobody is paged too early, and the
// wait is not changed but for its next instant.
func TestLevelsMayBeSetLater(t *testing.T) {
	l := newLab(t)
	l.duty()
	l.ask(1, start)
	l.SetSLA(shop.SLA{Target: 10 * time.Minute, Levels: []shop.Level{{After: 8 * time.Minute, Rank: shop.RankDuty}}})
	_ = l.page(start.Add(3 * time.Minute))
	if got := l.rows("SELECT state, (SELECT COUNT(*) FROM tickets), paged FROM waits"); got != "pending 0 0" {
		t.Errorf("the wait is %q", got)
	}
	if at, _, _ := l.NextPage(l.ctx); !at.Equal(start.Add(8 * time.Minute)) {
		t.Errorf("next at %v", at)
	}
}

func TestAnswerEndsAWaitWhenItIsSent(t *testing.T) {
	for _, c := range []struct {
		name  string
		draft shop.Draft
		sent  time.Duration
		want  string
	}{
		{"in time", answer("ya"), 5 * time.Minute, "met"},
		{"late", answer("ya"), 5*time.Minute + time.Millisecond, "late"},
		{"a holding reply", shop.Draft{Lane: shop.LaneReply, Text: "saya cek"}, time.Minute, "pending"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := newLab(t)
			l.ask(1, start, c.draft)
			l.claim(l.next(start), start)
			if got := l.rows("SELECT state FROM waits"); got != "pending" {
				t.Errorf("before it was sent: %s", got)
			}
			l.run("UPDATE outbox SET status = 'queued', due_at = 1 WHERE status = 'sending'")
			l.send(start.Add(c.sent))
			if got := l.rows("SELECT state FROM waits"); got != c.want {
				t.Errorf("then: %s, want %s", got, c.want)
			}
		})
	}
}

// The server's clock may run ahead of ours: the answer still ends its wait.
func TestAnswerEndsItsWaitUnderClockSkew(t *testing.T) {
	l := newLab(t)
	ahead := start.Add(30 * time.Second)
	l.receive(start, 0, l.message(1, ahead, "tanya"))
	l.turn(start, shop.Outcome{StartWait: true, WaitSince: ahead, Drafts: []shop.Draft{answer("ya")}})
	l.send(start)
	if got := l.rows("SELECT state FROM waits"); got != "met" {
		t.Errorf("the wait is %s", got)
	}
}

func TestAskedAgainIsANewWait(t *testing.T) {
	l := newLab(t)
	l.ask(1, start, answer("pertama"))
	l.ask(1, start.Add(time.Second), answer("kedua"))
	l.send(start.Add(2 * time.Second))
	if got := l.rows("SELECT state, since - $1 FROM waits ORDER BY id", ms(start)); got != "met 0\npending 1000" {
		t.Errorf("after the first answer: %q", got)
	}
	l.ask(1, start.Add(2*time.Second)) // no answer to this one is written
	l.send(start.Add(3 * time.Second))
	if got := l.rows("SELECT state, since - $1 FROM waits ORDER BY id", ms(start)); got != "met 0\nmet 1000\npending 2000" {
		t.Errorf("after the second: %q", got)
	}
}

func TestAskedAgainForAPerson(t *testing.T) {
	l := newLab(t)
	admin := l.duty()
	l.ask(1, start, answer("pertama"))
	at := start.Add(time.Second)
	l.receive(at, 0, l.message(1, at, "mau orang"))
	l.turn(at, shop.Outcome{StartWait: true, WaitSince: at, NeedsHuman: true, Number: 1, Drafts: []shop.Draft{
		{To: admin, Lane: shop.LaneAlert, Text: "panggilan", AboutWait: true},
	}})
	first := l.next(at)
	if first.Lane != shop.LaneAlert {
		t.Fatalf("%+v", first)
	}
	l.must(l.Defer(l.ctx, first, at.Add(time.Minute), false)) // the page is slow
	l.send(at)
	if got := l.rows("SELECT state, needs_human FROM waits ORDER BY id"); got != "met 0\npending 1" {
		t.Errorf("%q", got)
	}
	if got := l.rows("SELECT o.status, w.needs_human FROM outbox o JOIN waits w ON w.id = o.wait_id WHERE lane = 'alert'"); got != "queued 1" {
		t.Errorf("the page about the new question is %q", got)
	}
}

func TestOnlyAPersonEndsAPromise(t *testing.T) {
	l := newLab(t)
	at := start
	l.receive(at, 0, l.message(1, at, "tanya sulit"))
	l.turn(at, shop.Outcome{StartWait: true, WaitSince: at, NeedsHuman: true, Drafts: []shop.Draft{answer("jawaban lain")}})
	l.send(at.Add(time.Second))
	if got := l.rows("SELECT state, answered_at - since FROM waits"); got != "pending 1000" {
		t.Errorf("%q", got)
	}
	l.human(1, at.Add(6*time.Minute))
	if got := l.rows("SELECT state, human_at - since FROM waits"); got != "late 360000" {
		t.Errorf("%q", got)
	}
}

// human lets somebody answer customer n on the shop phone.
func (l *lab) human(n int, at time.Time) {
	l.Helper()
	m := l.message(n, at, "saya bantu")
	m.FromMe = true
	l.receive(at, 0, m)
	l.turn(at, shop.Outcome{Human: at, Cancel: true})
}

func TestHumanEndsTheWaitAndDropsThePages(t *testing.T) {
	l := newLab(t)
	l.duty()
	l.ask(1, start, answer("nanti"))
	l.page(start.Add(3 * time.Minute))
	l.human(1, start.Add(4*time.Minute))
	if got := l.rows("SELECT lane, status, reason FROM outbox ORDER BY id"); got != "reply cancelled takeover\nalert cancelled answered" {
		t.Errorf("%q", got)
	}
	if got := l.rows("SELECT state FROM waits"); got != "met" {
		t.Errorf("%q", got)
	}
	if _, ok, _ := l.NextPage(l.ctx); ok {
		t.Error("somebody would be paged")
	}
}

// A person who answers after the bot is on record too; one who typed before the
// question was asked has not answered it.
func TestHumanBesideTheBot(t *testing.T) {
	l := newLab(t)
	l.ask(1, start, answer("ya"))
	l.send(start.Add(time.Second))
	l.human(1, start.Add(time.Minute))
	if got := l.rows("SELECT state, answered_at - since, human_at - since FROM waits"); got != "met 1000 60000" {
		t.Errorf("%q", got)
	}
	l.ask(2, start)
	m := l.message(2, start.Add(-time.Minute), "halo, ada promo")
	m.FromMe = true
	l.receive(start, 0, m)
	l.turn(start, shop.Outcome{Human: m.SentAt})
	if got := l.rows("SELECT state FROM waits WHERE person_id = $1", l.person(2).ID); got != "pending" {
		t.Errorf("%q", got)
	}
}

func TestGoodbyeAndNoPages(t *testing.T) {
	l := newLab(t)
	l.duty()
	l.ask(1, start)
	at := start.Add(time.Minute)
	l.receive(at, 0, l.message(1, at, "makasih"))
	l.turn(at, shop.Outcome{CancelWait: true})
	if got := l.rows("SELECT state FROM waits"); got != "cancelled" {
		t.Errorf("%q", got)
	}
	l.receive(at, 0, l.message(2, start.Add(-time.Hour), "kemarin"))
	l.turn(at, shop.Outcome{StartWait: true, WaitSince: start.Add(-time.Hour), NoPages: true})
	if got := l.page(at); len(got) > 0 {
		t.Errorf("paged %v", got)
	}
	if d, err := l.Depth(l.ctx); err != nil || d.Waits != 1 {
		t.Errorf("%+v %v", d, err)
	}
}

// An answer that is written has a moment to leave before anybody is called.
func TestNobodyIsPagedAboutAnAnswerOnItsWay(t *testing.T) {
	l := newLab(t)
	now := start.Add(10 * time.Minute) // the question came during an outage
	l.receive(now, 0, l.message(1, start, "tanya"))
	l.turn(now, shop.Outcome{StartWait: true, WaitSince: start, Drafts: []shop.Draft{answer("ya")}})
	if at, _, _ := l.NextPage(l.ctx); !at.Equal(now.Add(answerTime)) {
		t.Errorf("paged at %v", at)
	}
}

// Whatever happens to a chat: at most one wait is open, levels only rise, every
// ended wait has its time, and no page about it is left.
func TestWaitsStaySound(t *testing.T) {
	base := newLab(t)
	base.duty()
	customer := 0
	rapid.Check(t, func(t *rapid.T) {
		l := base.with(t)
		l.ids.Store(int64(customer) * 10_000)
		customer++
		l.run("DELETE FROM pages")
		l.run("DELETE FROM outbox")
		l.run("DELETE FROM questions")
		l.run("DELETE FROM waits")
		now := start
		for range rapid.IntRange(1, 15).Draw(t, "events") {
			now = now.Add(time.Duration(rapid.IntRange(0, 120).Draw(t, "seconds")) * time.Second)
			switch rapid.SampledFrom([]string{"ask", "hold", "send", "page", "human", "bye"}).Draw(t, "event") {
			case "ask":
				l.ask(customer, now, answer(fmt.Sprint(now)))
			case "hold":
				l.ask(customer, now, shop.Draft{Lane: shop.LaneReply, Text: "saya cek"})
			case "send":
				if _, ok, _ := l.NextOut(l.ctx, now); ok {
					l.send(now)
				}
			case "page":
				l.page(now)
			case "human":
				l.human(customer, now)
			case "bye":
				l.receive(now, 0, l.message(customer, now, "ok"))
				l.turn(now, shop.Outcome{CancelWait: true})
			}
			for what, query := range map[string]string{
				"open waits beyond one":      "SELECT MAX(0, COUNT(*) - 1) FROM waits WHERE ended_at IS NULL",
				"pages about an ended wait":  "SELECT COUNT(*) FROM outbox o JOIN waits w ON w.id = o.wait_id WHERE lane = 'alert' AND due_at IS NOT NULL AND ended_at IS NOT NULL",
				"questions behind nobody":    "SELECT COUNT(*) FROM questions q JOIN waits w ON w.id = q.wait_id WHERE ended_at IS NOT NULL",
				"waits answered before":      "SELECT COUNT(*) FROM waits WHERE answered_at < since",
				"entries about an ended one": "SELECT COUNT(*) FROM pages p JOIN waits w ON w.id = p.wait_id WHERE p.state = 'due' AND w.ended_at IS NOT NULL",
				"messages about nobody":      "SELECT COUNT(*) FROM outbox o WHERE lane = 'alert' AND due_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM pages p JOIN waits w ON w.id = p.wait_id WHERE p.outbox_id = o.id AND w.ended_at IS NULL)",
				"a wait that nobody pages":   "SELECT COUNT(*) FROM waits WHERE ended_at IS NULL AND next_page_at IS NULL",
				"answers without their wait": "SELECT COUNT(*) FROM outbox o JOIN waits w ON w.id = o.wait_id WHERE o.answers = 1 AND o.status = 'queued' AND w.ended_at IS NOT NULL AND w.state <> 'cancelled'",
			} {
				if n := l.number(query); n != 0 {
					t.Fatalf("%s: %d", what, n)
				}
			}
		}
	})
}
