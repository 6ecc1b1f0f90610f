package store

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bestie/shop"
)

func TestTurnIsAllOrNothing(t *testing.T) {
	l := newLab(t)
	l.receive(start, 0, l.message(1, start, "halo"))
	before := l.rows("SELECT * FROM inbox") + l.rows("SELECT * FROM conversations")
	bad := errors.New("no answer")
	for name, decide := range map[string]func(shop.Turn) (shop.Outcome, error){
		"error": func(shop.Turn) (shop.Outcome, error) { return shop.Outcome{}, bad },
		"bad draft": func(turn shop.Turn) (shop.Outcome, error) {
			return shop.Outcome{StartWait: true, Conversation: shop.Conversation{GreetedAt: start}, Drafts: []shop.Draft{
				{To: turn.Person.ID, Lane: shop.LaneReply, Text: "ya"}, {To: 404, Lane: shop.LaneReply, Text: "nobody"},
			}}, nil
		},
	} {
		if did, err := l.Turns(l.ctx, start, 1, l.newID, decide); err == nil || did != 0 {
			t.Errorf("%s: %d %v", name, did, err)
		}
	}
	if after := l.rows("SELECT * FROM inbox") + l.rows("SELECT * FROM conversations"); after != before {
		t.Errorf("something was written: %s", after)
	}
	if n := l.number("SELECT (SELECT COUNT(*) FROM outbox) + (SELECT COUNT(*) FROM waits)"); n != 0 {
		t.Errorf("%d rows were written", n)
	}
	if did, err := l.Turns(l.ctx, start.Add(-time.Millisecond), 1, l.newID, nil); did != 0 || err != nil {
		t.Errorf("before anything is due: %d %v", did, err)
	}
}

func TestBurstIsOneTurn(t *testing.T) {
	l := newLab(t)
	const debounce = 3 * time.Second
	texts := func(seen shop.Turn) string {
		var out []string
		for _, m := range seen.Messages {
			out = append(out, m.Text)
		}
		return strings.Join(out, " ")
	}
	for i, text := range []string{"kak", "harga", "bakso"} {
		at := start.Add(time.Duration(i) * 2 * time.Second)
		l.receive(at, debounce, l.message(1, at, text))
	}
	if at, _, _ := l.NextInbox(l.ctx); !at.Equal(start.Add(7 * time.Second)) {
		t.Errorf("the burst is over at %v", at)
	}
	if got := texts(l.turn(start.Add(7*time.Second), shop.Outcome{})); got != "kak harga bakso" {
		t.Errorf("one turn saw %q", got)
	}
	// Somebody who never stops is answered after 15 seconds.
	for i := range 20 {
		at := start.Add(time.Hour + time.Duration(i)*2*time.Second)
		l.receive(at, debounce, l.message(1, at, "lagi"))
	}
	if at, _, _ := l.NextInbox(l.ctx); !at.Equal(start.Add(time.Hour + burstLimit)) {
		t.Errorf("the endless burst is answered at %v", at)
	}
}

// TestBurstEndsBeforeThePage: neither an endless burst nor a long debounce takes
// more than half of the time to the first page, and one chat's burst is no other's.
func TestBurstEndsBeforeThePage(t *testing.T) {
	const debounce = 3 * time.Second
	l := newLab(t)
	l.SetSLA(shop.SLA{Target: time.Minute, Levels: []shop.Level{{After: 20 * time.Second, Rank: shop.RankDuty}}})
	for i := range 20 {
		at := start.Add(time.Duration(i) * 2 * time.Second)
		l.receive(at, debounce, l.message(1, at, "lagi"))
	}
	if at, _, _ := l.NextInbox(l.ctx); !at.Equal(start.Add(10 * time.Second)) {
		t.Errorf("the endless burst is answered at %v", at)
	}
	l.turn(start.Add(time.Minute), shop.Outcome{})
	later := start.Add(time.Hour)
	l.receive(later, 30*time.Second, l.message(2, later, "halo"))
	l.receive(later.Add(8*time.Second), 30*time.Second, l.message(1, later.Add(8*time.Second), "halo"))
	if at, _, _ := l.NextInbox(l.ctx); !at.Equal(later.Add(10 * time.Second)) {
		t.Errorf("a long debounce, and a burst of somebody else, end at %v", at)
	}
}

func TestTurnGoesByWhatsAppsTime(t *testing.T) {
	l := newLab(t)
	for i, text := range []string{"kedua", "pertama"} {
		m := l.message(1, start.Add(-time.Duration(i)*time.Minute), text)
		l.receive(start, 0, m)
	}
	seen := l.turn(start, shop.Outcome{})
	if len(seen.Messages) != 2 || seen.Messages[0].Text != "pertama" {
		t.Errorf("%+v", seen.Messages)
	}
}

// What came after a person typed is a turn of its own.
func TestTurnEndsAtAHuman(t *testing.T) {
	l := newLab(t)
	for i, text := range []string{"tanya", "dijawab", "tanya lagi"} {
		m := l.message(1, start.Add(time.Duration(i)*time.Second), text)
		m.FromMe = i == 1
		l.receive(start.Add(5*time.Second), 0, m)
	}
	first := l.turn(start.Add(5*time.Second), shop.Outcome{})
	second := l.turn(start.Add(5*time.Second), shop.Outcome{})
	if len(first.Messages) != 2 || len(second.Messages) != 1 || second.Messages[0].Text != "tanya lagi" {
		t.Errorf("%+v, then %+v", first.Messages, second.Messages)
	}
}

func TestTurnRemembers(t *testing.T) {
	l := newLab(t)
	l.receive(start, 0, l.message(1, start, "halo"))
	said := shop.Conversation{
		PausedUntil: start.Add(1 * time.Hour), MutedUntil: start.Add(2 * time.Hour), ComplaintAt: start.Add(3 * time.Hour),
		GreetedAt: start.Add(4 * time.Hour), LastInText: "halo", LastInAt: start.Add(5 * time.Hour), LastCallAt: start.Add(6 * time.Hour), Answered: true,
	}
	said.Memory.Topic, said.Memory.TopicAt = shop.Topic{Product: "Bakso <b>", Variant: "pedas"}, start.UTC()
	said.Memory.Note("nama", "Rina", start.UTC())
	said.Memory.Offer([]string{"ongkir", "tanya_harga"}, "kirim brp", true, start.UTC())
	said.Memory.Form = &shop.OpenForm{Intent: "barang_rusak", Given: map[string]string{"pesanan": "123"}, Asked: "foto", Misses: 1, At: start.UTC()}
	picture := &shop.File{Kind: shop.FileImage, MIME: "image/png", Path: "/tmp/bakso.png"}
	_, err := l.Turns(l.ctx, start, 1, l.newID, func(turn shop.Turn) (shop.Outcome, error) {
		said.PersonID = turn.Person.ID
		return shop.Outcome{Conversation: said, Tags: []string{"kota:Bandung", "kota:Bandung"}, Drafts: []shop.Draft{
			{To: turn.Person.ID, Lane: shop.LaneReply, Text: "satu", File: picture}, {To: turn.Person.ID, Lane: shop.LaneReply, Text: "menu", Exempt: true},
		}}, nil
	})
	l.must(err)
	at := start.Add(10 * time.Minute)
	l.receive(at, 0, l.message(1, at, "lagi"))
	seen := l.turn(at, shop.Outcome{})
	if diff := cmp.Diff(said, seen.Conversation); diff != "" {
		t.Errorf("the conversation changed on its way:\n%s", diff)
	}
	if out, ok, err := l.NextOut(l.ctx, at); err != nil || !ok || out.File == nil || *out.File != *picture {
		t.Errorf("the picture of %+v is %+v (%v)", out, out.File, err)
	}
	if len(seen.Recent) != 1 || seen.Recent[0].Text != "satu" || !seen.Recent[0].At.Equal(start) {
		t.Errorf("recent replies %+v", seen.Recent)
	}
	if seen.Dropshipper != nil || seen.Desk != nil || seen.Consent != shop.ConsentNone {
		t.Errorf("a customer sees %+v", seen)
	}
}

func TestAdminsSeeTheQueue(t *testing.T) {
	l := newLab(t)
	admin, err := l.Register(l.ctx, start, address(9).Phone, "Sari", shop.RoleDuty)
	l.must(err)
	l.ask(1, start)
	l.ask(2, start.Add(time.Minute))
	l.page(start.Add(3 * time.Minute))
	at := start.Add(4 * time.Minute)
	l.receive(at, 0, l.message(9, at, "antrian"))
	seen := l.turn(at, shop.Outcome{Desk: []shop.Action{{Kind: shop.ActBotOff, Ticket: 1, Until: at.Add(time.Hour)}}})
	if seen.Person.ID != admin.ID || !seen.Person.IsAdmin() || len(seen.Desk.Queue) != 2 || seen.Desk.Waiting != 2 || seen.Desk.Open != 1 || len(seen.Roster) != 1 || seen.NextNumber != 2 {
		t.Fatalf("%+v", seen)
	}
	if q := seen.Desk.Queue[0]; q.Wait.Number != 1 || !q.Open || q.Person.Phone != address(1).Phone || q.Wait.Words != "tanya" {
		t.Errorf("%+v", q)
	}
	if got := l.rows("SELECT paused_until FROM conversations WHERE person_id = 2"); got != fmt.Sprint(at.Add(time.Hour).UnixMilli()) {
		t.Error(got)
	}
	l.receive(at, 0, l.message(9, at, "bot 1 on"))
	l.turn(at, shop.Outcome{Desk: []shop.Action{{Kind: shop.ActBotOn, Ticket: 1}}, OpenPromos: true})
	if got := l.rows("SELECT paused_until FROM conversations WHERE person_id = 2"); got != "0" {
		t.Error(got)
	}
}

// Whatever their delays, answers to one person leave in the order in which they
// were written; one that was put off for long does not hold up the next.
func TestAnswersLeaveInOrder(t *testing.T) {
	l := newLab(t)
	l.ask(1, start, shop.Draft{Lane: shop.LaneReply, Text: "a", Delay: 4 * time.Second}, shop.Draft{Lane: shop.LaneReply, Text: "b", Delay: time.Second})
	l.ask(1, start.Add(time.Second), shop.Draft{Lane: shop.LaneReply, Text: "c", Delay: time.Second})
	at := start.Add(4 * time.Second)
	if got := l.send(at).Text + l.send(at).Text + l.send(at).Text; got != "abc" {
		t.Errorf("sent %s", got)
	}
	l.ask(1, at, shop.Draft{Lane: shop.LaneReply, Text: "refused"})
	l.must(l.Defer(l.ctx, l.next(at), at.Add(time.Hour), false))
	l.ask(1, at.Add(time.Minute), shop.Draft{Lane: shop.LaneReply, Text: "next"})
	if got := l.send(at.Add(time.Minute)).Text; got != "next" {
		t.Errorf("sent %q", got)
	}
}

// TestTurnIsOnRecord: message and answer of a turn carry its ID, the row of its
// first message; what no turn wrote carries none.
func TestTurnIsOnRecord(t *testing.T) {
	l := newLab(t)
	second := l.message(1, start.Add(time.Second), "harga?")
	l.receive(start, 0, second)
	l.receive(start, 0, l.message(1, start, "kak"))
	l.receive(start, time.Minute, l.message(2, start, "nanti"))
	l.turn(start, shop.Outcome{Drafts: []shop.Draft{answer("ini"), answer("itu")}})
	l.must(l.Alert(l.ctx, start, l.newID, []shop.Draft{{To: 1, Lane: shop.LaneAlert, Text: "tolong"}}))
	if got := l.rows("SELECT text, turn_id FROM inbox ORDER BY id"); got != "harga? 2\nkak 2\nnanti <nil>" {
		t.Errorf("inbox:\n%s", got)
	}
	if got := l.rows("SELECT text, turn_id FROM outbox ORDER BY id"); got != "ini 2\nitu 2\ntolong <nil>" {
		t.Errorf("outbox:\n%s", got)
	}
}

// A turn sees that a text was passed on, and no more of it than is ever read: a
// flood of the longest texts must fit into memory.
func TestTurnReadsTheBeginning(t *testing.T) {
	l := newLab(t)
	m := l.message(1, start, strings.Repeat("é", 3*mostRead))
	m.Forwarded = true
	l.receive(start, 0, m)
	seen := l.turn(start, shop.Outcome{}).Messages
	if len(seen) != 1 || seen[0].Text != strings.Repeat("é", mostRead) || !seen[0].Forwarded {
		t.Errorf("%d messages, %d bytes, forwarded %t", len(seen), len(seen[0].Text), seen[0].Forwarded)
	}
	if n := l.number("SELECT length(text) FROM inbox"); n != 3*mostRead {
		t.Errorf("%d letters are kept", n)
	}
}
