package store

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bestie/shop"
)

// arrows are the moves of an outgoing row (docs/states.md).
var arrows = []string{
	"queued sending", "queued cancelled",
	"sending queued", "sending sent", "sending delivered", "sending read", "sending failed", "sending unknown",
	"sent delivered", "sent read", "delivered read",
	"unknown sending", "unknown delivered", "unknown read",
}

func TestRowsMoveAlongTheArrowsOnly(t *testing.T) {
	l := newLab(t)
	l.ask(1, start)
	states := []string{"queued", "sending", "sent", "delivered", "read", "failed", "unknown", "cancelled"}
	for _, from := range states {
		for _, to := range states {
			due := func(status string) any {
				if status == "queued" {
					return 1
				}
				return nil
			}
			l.run("DELETE FROM outbox")
			l.run("INSERT INTO outbox (message_id, person_id, lane, text, status, created_at, due_at) VALUES ('x', 1, 'reply', 'x', $1, 1, $2)", from, due(from))
			_, err := l.w.ExecContext(l.ctx, "UPDATE outbox SET status = $1, due_at = $2", to, due(to))
			if want := from == to || slices.Contains(arrows, from+" "+to); (err == nil) != want {
				t.Errorf("from %s to %s: %v", from, to, err)
			}
		}
	}
}

func TestImpossibleRowsAreRefused(t *testing.T) {
	l := newLab(t)
	l.ask(1, start)
	for what, values := range map[string]string{
		"queued without an instant": "'a', 1, 'reply', 'queued', NULL, NULL",
		"sent and due":              "'a', 1, 'reply', 'sent', 1, NULL",
		"an unknown promo due":      "'a', 1, 'promo', 'unknown', 1, NULL",
		"no such lane":              "'a', 1, 'fax', 'queued', 1, NULL",
		"no such status":            "'a', 1, 'reply', 'lost', NULL, NULL",
		"nobody":                    "'a', 404, 'reply', 'queued', 1, NULL",
		"a reply of a campaign":     "'a', 1, 'reply', 'queued', 1, 1",
	} {
		if _, err := l.w.ExecContext(l.ctx, "INSERT INTO outbox (message_id, person_id, lane, text, created_at, status, due_at, campaign_id) SELECT column1, column2, column3, 'x', 1, column4, column5, column6 FROM (VALUES ("+values+"))"); err == nil {
			t.Errorf("%s is stored", what)
		}
	}
}

func TestClaimOnce(t *testing.T) {
	l := newLab(t)
	l.ask(1, start, answer("ya"))
	o := l.next(start)
	var won atomic.Int64
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			ok, err := l.Claim(l.ctx, o.ID, start, nil)
			if err != nil {
				t.Error(err)
			}
			if ok {
				won.Add(1)
			}
		})
	}
	all.Wait()
	if won.Load() != 1 {
		t.Errorf("%d claimed one row", won.Load())
	}
	if _, ok, _ := l.NextOut(l.ctx, start); ok {
		t.Error("a claimed row is to be sent")
	}
}

func TestNextOutGoesByLane(t *testing.T) {
	l := newLab(t)
	admin := l.duty()
	l.ask(1, start)
	l.batch(start, l.slot(start, 1), start, 50)
	at := start.Add(time.Second)
	l.ask(1, at, answer("balasan"), shop.Draft{To: admin, Lane: shop.LaneAlert, Text: "panggilan"})
	if due, ok, _ := l.NextOutDue(l.ctx); !ok || !due.Equal(start) {
		t.Errorf("due at %v", due)
	}
	until := at.Add(time.Hour)
	l.must(l.SetGate(l.ctx, shop.LanePromo, shop.Gate{Until: until, Reason: "pace"}))
	if got := l.send(at).Text + " " + l.send(at).Text; got != "panggilan balasan" {
		t.Errorf("sent %q", got)
	}
	if _, ok, _ := l.NextOut(l.ctx, until.Add(-1)); ok {
		t.Error("a closed lane sends")
	}
	if due, _, _ := l.NextOutDue(l.ctx); !due.Equal(until) {
		t.Errorf("due at %v, the gate opens at %v", due, until)
	}
	if got := l.send(until).Text; got != "Diskon!" {
		t.Errorf("sent %q", got)
	}
	if _, ok, _ := l.NextOutDue(l.ctx); ok {
		t.Error("something is left")
	}
}

func TestDeferKeepsTheOrder(t *testing.T) {
	l := newLab(t)
	l.ask(1, start, answer("a"), answer("b"))
	l.ask(2, start, answer("other chat"))
	until := start.Add(time.Minute)
	l.must(l.Defer(l.ctx, l.next(start), until, false))
	if got := l.send(start).Text; got != "other chat" {
		t.Errorf("sent %q", got)
	}
	if got := l.send(until).Text + l.send(until).Text; got != "ab" {
		t.Errorf("sent %q", got)
	}
}

func TestPutBackIsNoTry(t *testing.T) {
	l := newLab(t)
	l.ask(1, start, answer("ya"))
	o := l.next(start)
	l.claim(o, start)
	l.must(l.PutBack(l.ctx, o, start))
	if got := l.rows("SELECT status, attempts, tried_at IS NULL, due_at - $1 FROM outbox", ms(start)); got != "queued 0 1 0" {
		t.Errorf("%q", got)
	}
	o = l.next(start)
	l.claim(o, start)
	l.must(l.Defer(l.ctx, o, start, true))
	o = l.next(start)
	l.claim(o, start)
	l.must(l.PutBack(l.ctx, o, start))
	if again := l.next(start); !again.Unknown || again.Attempts != 1 || again.MessageID != o.MessageID {
		t.Errorf("%+v", again)
	}
}

// After a crash what was being sent is unknown: a reply is shown to the outbox
// again under its ID, before what was written after it; a promo never leaves twice.
func TestRecover(t *testing.T) {
	dir := t.TempDir()
	l := openLab(t, dir)
	l.ask(1, start, answer("balasan"))
	l.batch(start, l.slot(start, 1), start, 50)
	reply := l.next(start)
	l.claim(reply, start)
	l.claim(l.next(start), start)
	l.ask(1, start.Add(time.Second), answer("balasan kedua"))
	l.must(l.Close())
	again := openLab(t, dir)
	at := start.Add(time.Minute)
	again.must(again.Recover(again.ctx, at))
	if got := again.rows("SELECT lane, status, due_at IS NULL FROM outbox ORDER BY rank, id"); got != "reply unknown 0\nreply queued 0\npromo unknown 1" {
		t.Errorf("%q", got)
	}
	if o := again.next(at); !o.Unknown || o.MessageID != reply.MessageID || o.Attempts != 1 {
		t.Errorf("%+v", o)
	}
	again.must(again.Recover(again.ctx, at.Add(time.Minute))) // nothing is being sent now
	if due, _, _ := again.NextOutDue(again.ctx); !due.Equal(start) {
		t.Errorf("due at %v", due)
	}
}

func TestReceiptsOnlyMoveForward(t *testing.T) {
	l := newLab(t)
	rank := map[string]int{"sending": 0, "sent": 1, "delivered": 2, "read": 3}
	rapid.Check(t, func(t *rapid.T) {
		l := l.with(t)
		l.run("DELETE FROM outbox")
		l.run("DELETE FROM questions")
		l.run("DELETE FROM waits")
		l.ids.Store(l.number("SELECT COALESCE(MAX(id), 0) FROM inbox") + 1)
		l.ask(1, start, answer("ya"))
		o := l.next(start)
		l.claim(o, start)
		at, status := 0, "sending"
		for range rapid.IntRange(1, 6).Draw(t, "receipts") {
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0:
				o.SentAt = start
				l.must(l.Sent(l.ctx, o))
			case 1:
				l.must(l.Receipt(l.ctx, shop.Receipt{Kind: shop.ReceiptDelivered, MessageIDs: []string{"other", o.MessageID}, At: start}))
			case 2:
				l.must(l.Receipt(l.ctx, shop.Receipt{Kind: shop.ReceiptRead, MessageIDs: []string{o.MessageID}, At: start}))
			case 3:
				l.must(l.Defer(l.ctx, o, start, true))
				_, err := l.Claim(l.ctx, o.ID, start, nil)
				l.must(err)
			}
			next := l.rows("SELECT status FROM outbox")
			if rank[next] < at {
				t.Fatalf("from %s back to %s", status, next)
			}
			at, status = rank[next], next
		}
		if want := at > 0; want != (l.rows("SELECT state FROM waits") == "met") {
			t.Fatalf("%s, but the wait is %s", status, l.rows("SELECT state FROM waits"))
		}
	})
}

// A delivery proves that an unacknowledged answer arrived: nothing is sent again
// and nobody is told that it failed.
func TestReceiptSettlesAnUnknownAnswer(t *testing.T) {
	l := newLab(t)
	admin := l.duty()
	l.ask(1, start, answer("ya"))
	o := l.next(start)
	l.claim(o, start)
	l.must(l.Defer(l.ctx, o, start.Add(2*time.Second), true))
	l.must(l.Receipt(l.ctx, shop.Receipt{Kind: shop.ReceiptDelivered, MessageIDs: []string{o.MessageID}, At: start.Add(time.Second)}))
	l.must(l.End(l.ctx, o, start, "unknown", 0, "no acknowledgement", l.newID, []shop.Draft{{To: admin, Lane: shop.LaneAlert, Text: "gagal"}}))
	if got := l.rows("SELECT status FROM outbox"); got != "delivered" {
		t.Errorf("%q", got)
	}
	if got := l.rows("SELECT state FROM waits"); got != "met" {
		t.Errorf("the wait is %s", got)
	}
}

func TestEndAndItsAlertsAreOne(t *testing.T) {
	l := newLab(t)
	admin := l.duty()
	l.ask(1, start, answer("ya"))
	o := l.next(start)
	l.claim(o, start)
	bad := []shop.Draft{{To: admin, Lane: shop.LaneAlert, Text: "a"}, {To: 404, Lane: shop.LaneAlert, Text: "b"}}
	if err := l.End(l.ctx, o, start, "failed", 479, "refused", l.newID, bad); err == nil {
		t.Fatal("an alert to nobody")
	}
	if got := l.rows("SELECT status FROM outbox"); got != "sending" {
		t.Errorf("half an end: %q", got)
	}
	l.must(l.End(l.ctx, o, start, "failed", 479, "refused", l.newID, bad[:1]))
	if got := l.rows("SELECT status, code, reason, text FROM outbox ORDER BY id"); got != "failed 479 refused ya\nqueued 0  a" {
		t.Errorf("%q", got)
	}
}

func TestUpcomingIsWhatIsBeingTyped(t *testing.T) {
	l := newLab(t)
	l.ask(1, start, shop.Draft{Lane: shop.LaneReply, Text: "soon", Delay: 4 * time.Second})
	l.ask(2, start, answer("put off"))
	l.must(l.Defer(l.ctx, l.next(start), start.Add(5*time.Minute), false))
	rows, err := l.Upcoming(l.ctx, start)
	l.must(err)
	if len(rows) != 1 || rows[0].Text != "soon" {
		t.Errorf("%+v", rows)
	}
	if rows, _ = l.Upcoming(l.ctx, start.Add(4*time.Second)); len(rows) != 0 {
		t.Errorf("due, and still typing: %+v", rows)
	}
}

func TestReplyFacts(t *testing.T) {
	l := newLab(t)
	for i, ago := range []time.Duration{25 * time.Hour, 2 * time.Hour, 30 * time.Minute, 20 * time.Second} {
		at := start.Add(-ago)
		l.ask(1, at, answer(fmt.Sprint("teks ", i)))
		l.send(at)
	}
	l.ask(1, start.Add(-time.Second), shop.Draft{Lane: shop.LaneReply, Text: "menu", Exempt: true})
	l.send(start.Add(-time.Second))
	l.ask(2, start.Add(-time.Second), answer("orang lain"))
	l.send(start.Add(-time.Second))
	l.ask(1, start, answer("teks 3"))
	f, err := l.ReplyFacts(l.ctx, l.next(start), start)
	l.must(err)
	want := shop.ReplyFacts{LastAt: start.Add(-20 * time.Second), Minute: 1, Hour: 2, Day: 3, Global: 3, SameTextAt: start.Add(-20 * time.Second)}
	if f != want {
		t.Errorf("got %+v, want %+v", f, want)
	}
}

func TestGates(t *testing.T) {
	dir := t.TempDir()
	l := openLab(t, dir)
	if g, err := l.Gate(l.ctx, shop.LanePromo); err != nil || g != (shop.Gate{}) {
		t.Errorf("%+v %v", g, err)
	}
	late := shop.Gate{Until: start.Add(time.Hour), Reason: "463", Strikes: 2}
	l.must(l.SetGate(l.ctx, shop.LanePromo, late))
	l.must(l.SetGate(l.ctx, shop.LanePromo, shop.Gate{Until: start.Add(time.Minute), Reason: "pace"}))
	l.must(l.Close())
	l = openLab(t, dir)
	g, err := l.Gate(l.ctx, shop.LanePromo)
	l.must(err)
	if g.Strikes = 2; g != late {
		t.Errorf("a shorter rest became %+v", g)
	}
	l.must(l.SetGate(l.ctx, shop.LanePromo, shop.Gate{}))
	if g, _ = l.Gate(l.ctx, shop.LanePromo); !g.Until.IsZero() {
		t.Errorf("opened: %+v", g)
	}
	l.must(l.SetGate(l.ctx, shop.LanePromo, late))
	l.ask(1, start)
	l.receive(start, 0, l.message(1, start, "promo on"))
	l.turn(start, shop.Outcome{OpenPromos: true})
	if g, _ = l.Gate(l.ctx, shop.LanePromo); g != (shop.Gate{}) {
		t.Errorf("opened by a person: %+v", g)
	}
}

// A level of retreat survives a restart, is neither lowered nor shortened while it lasts,
// and no word of a person ends it.
func TestTrip(t *testing.T) {
	dir := t.TempDir()
	l := openLab(t, dir)
	admin := l.duty()
	trip := func(now time.Time, level shop.Retreat, rest time.Duration) {
		l.must(l.Trip(l.ctx, now, shop.Gate{Until: now.Add(48 * time.Hour), Reason: "463", Level: level, LevelUntil: now.Add(rest)}, l.newID, []shop.Draft{{To: admin, Lane: shop.LaneAlert, Text: "mundur"}}))
	}
	trip(start, shop.RetreatReplies, 2*time.Hour)
	trip(start, shop.RetreatKnown, time.Hour)
	l.ask(1, start)
	l.receive(start, 0, l.message(1, start, "promo buka"))
	l.turn(start, shop.Outcome{OpenPromos: true})
	l.must(l.Close())
	l = openLab(t, dir)
	for after, want := range map[time.Duration]shop.Retreat{0: 3, 2*time.Hour - 1: 3, 2 * time.Hour: 0} {
		if g, err := l.Gate(l.ctx, shop.LanePromo); err != nil || g.Retreat(start.Add(after)) != want {
			t.Errorf("after %s: %+v %v, want level %d", after, g, err, want)
		}
	}
	later := start.Add(3 * time.Hour)
	trip(later, shop.RetreatKnown, time.Hour)
	if g, err := l.Gate(l.ctx, shop.LanePromo); err != nil || g.Retreat(later) != shop.RetreatKnown || g.Retreat(later.Add(time.Hour)) != shop.RetreatPromos {
		t.Errorf("%+v %v: the old level is over", g, err)
	}
	if n := l.number("SELECT COUNT(*) FROM outbox WHERE lane = 'alert' AND text = 'mundur'"); n != 3 {
		t.Errorf("%d announcements", n)
	}
}

func TestTakeoverStopsARetry(t *testing.T) {
	l := newLab(t)
	l.ask(1, start, answer("ya"), shop.Draft{Lane: shop.LaneReply, Text: "konfirmasi", Exempt: true})
	o := l.next(start)
	l.claim(o, start)
	l.must(l.Defer(l.ctx, o, start.Add(2*time.Second), true))
	l.human(1, start.Add(time.Second))
	if got := l.rows("SELECT text, status, due_at IS NULL FROM outbox ORDER BY id"); got != "ya unknown 1\nkonfirmasi queued 0" {
		t.Error(strings.ReplaceAll(got, "\n", "; "))
	}
}
