package store

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"bestie/shop"
)

// newDesk is a lab with the admins Sari (90) and Dewi (91) and a ticket for each of n
// customers, who wait since start for a person.
func newDesk(t *testing.T, n int) (l *lab, sari, dewi int64) {
	t.Helper()
	l = newLab(t)
	for i, name := range []string{"Sari", "Dewi"} {
		p, err := l.Register(l.ctx, start, address(90+i).Phone, name, []shop.Role{shop.RoleDuty, shop.RoleSecond}[i])
		l.must(err)
		sari, dewi = dewi, p.ID
	}
	for i := range n {
		at := start.Add(time.Duration(i) * time.Second)
		l.receive(at, 0, l.message(i+1, at, fmt.Sprintf("tanya %d", i+1)))
		l.turn(at, shop.Outcome{StartWait: true, WaitSince: at, WaitWords: "tanya", NeedsHuman: true, Number: i + 1})
	}
	return l, sari, dewi
}

// command lets Sari write and the bot decide this.
func (l *lab) command(at time.Time, text string, out shop.Outcome) shop.Turn {
	l.Helper()
	l.receive(at, 0, l.message(90, at, text))
	return l.turn(at, out)
}

func (l *lab) words(n int, admin int64, text string) shop.Draft {
	return shop.Draft{To: l.person(n).ID, Lane: shop.LaneReply, Text: text, Author: admin, Answers: true, Exempt: true}
}

// TestWordsOfAnAdminEndTheWait: also one that only a person ends; they are the admin's,
// whoever has the chat.
func TestWordsOfAnAdminEndTheWait(t *testing.T) {
	l, sari, dewi := newDesk(t, 1)
	at := start.Add(time.Minute)
	l.command(at, "balas 1 siap", shop.Outcome{
		Drafts: []shop.Draft{l.words(1, sari, "siap")},
		Desk:   []shop.Action{{Kind: shop.ActClaim, Ticket: 1, Admin: sari, To: dewi, Until: at.Add(time.Hour)}},
	})
	if got := l.rows("SELECT state, human_at IS NULL FROM waits"); got != "pending 1" {
		t.Error("before it was sent:", got)
	}
	o := l.send(at.Add(10 * time.Second))
	if o.Text != "siap" || o.Author != sari {
		t.Errorf("%+v", o)
	}
	want := fmt.Sprint("met ", at.Add(10*time.Second).UnixMilli(), " ", sari)
	if got := l.rows("SELECT state, human_at, human_by FROM waits"); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got := l.rows("SELECT claimed_by, claimed_at FROM tickets"); got != fmt.Sprint(dewi, " ", at.UnixMilli()) {
		t.Error(got)
	}
}

// TestQuestionBehindTheWordsOfAnAdmin: what comes while they are on their way is a wait
// of its own, also when only a person could end the first.
func TestQuestionBehindTheWordsOfAnAdmin(t *testing.T) {
	l, sari, _ := newDesk(t, 1)
	at := start.Add(time.Minute)
	l.command(at, "balas 1 siap", shop.Outcome{Drafts: []shop.Draft{l.words(1, sari, "siap")}})
	l.ask(1, at.Add(time.Second))
	l.send(at.Add(10 * time.Second))
	if got := l.rows("SELECT state, since FROM waits ORDER BY id"); got != fmt.Sprintf("met %d\npending %d", start.UnixMilli(), at.Add(time.Second).UnixMilli()) {
		t.Error(got)
	}
	// Without anybody waiting the words are put on record with the last wait.
	l.command(at.Add(time.Minute), "balas 1 oke", shop.Outcome{Drafts: []shop.Draft{l.words(1, sari, "oke")}})
	l.send(at.Add(2 * time.Minute))
	l.command(at.Add(3*time.Minute), "balas 1 lagi", shop.Outcome{Drafts: []shop.Draft{l.words(1, sari, "lagi")}})
	l.send(at.Add(3 * time.Minute))
	if got := l.rows("SELECT state, human_at FROM waits ORDER BY id"); got != fmt.Sprintf("met %d\nmet %d", at.Add(10*time.Second).UnixMilli(), at.Add(2*time.Minute).UnixMilli()) {
		t.Error(got)
	}
}

// TestShopPhoneIsCredited: to whoever has the chat, else to nobody.
func TestShopPhoneIsCredited(t *testing.T) {
	l, sari, _ := newDesk(t, 2)
	at := start.Add(time.Minute)
	l.command(at, "ambil 1", shop.Outcome{Desk: []shop.Action{{Kind: shop.ActClaim, Ticket: 1, Admin: sari, To: sari, Until: at.Add(time.Hour)}}})
	for i := 1; i <= 2; i++ {
		m := l.message(i, at.Add(time.Second), "ya kak")
		m.FromMe = true
		l.receive(at.Add(time.Second), 0, m)
		l.turn(at.Add(time.Second), shop.Outcome{Human: at.Add(time.Second)})
	}
	if got := l.rows("SELECT state, COALESCE(human_by, 0) FROM waits ORDER BY id"); got != fmt.Sprintf("met %d\nmet 0", sari) {
		t.Error(got)
	}
}

// TestClaimSilencesTheBot: what it had not said yet it does not say.
func TestClaimSilencesTheBot(t *testing.T) {
	l, sari, _ := newDesk(t, 1)
	at := start.Add(time.Minute)
	l.ask(1, at, answer("jawaban bot"))
	seen := l.command(at, "ambil 1", shop.Outcome{Desk: []shop.Action{{Kind: shop.ActClaim, Ticket: 1, Admin: sari, To: sari, Until: at.Add(time.Hour)}}})
	if v := seen.Desk.Numbered(1); v == nil || v.Wait == nil || v.Words != "tanya 1\ntanya" || v.Person.ID != l.person(1).ID || v.ClaimedBy != 0 {
		t.Errorf("%+v", v)
	}
	if got := l.rows("SELECT status, reason FROM outbox WHERE text = 'jawaban bot'"); got != "cancelled takeover" {
		t.Error(got)
	}
	seen = l.ask(1, at.Add(time.Second))
	if seen.Ticket == nil || seen.Ticket.ClaimedBy != sari || !seen.Conversation.Silent(at) {
		t.Errorf("%+v", seen.Ticket)
	}
}

func TestPromises(t *testing.T) {
	for _, tt := range []struct {
		name  string
		reply time.Duration // after the promise, of the words of an admin; 0 for none
		phone time.Duration // of what is typed on the shop phone, learnt after half an hour
		close time.Duration
		told  string // minutes of the reminders
		state string
	}{
		{"kept", 8 * time.Minute, 0, 0, "", "kept"},
		{"kept at the last moment", 10 * time.Minute, 0, 0, "", "kept"},
		{"missed", 0, 0, 0, "10 admin, 15 supervisor", "missed"},
		{"late", 12 * time.Minute, 0, 0, "10 admin", "missed"},
		{"typed in time, heard of late", 0, 9 * time.Minute, 0, "10 admin, 15 supervisor", "kept"},
		{"closed", 0, 0, 5 * time.Minute, "", "withdrawn"},
		{"closed late", 0, 0, 12 * time.Minute, "10 admin", "missed"},
	} {
		l, sari, _ := newDesk(t, 1)
		at := start.Add(time.Minute)
		l.command(at, "nanti 1 10m", shop.Outcome{Desk: []shop.Action{{Kind: shop.ActPromise, Ticket: 1, Admin: sari, Until: at.Add(10 * time.Minute)}}})
		var told []string
		for minute := range 31 {
			now := at.Add(time.Duration(minute) * time.Minute)
			if now.Sub(at) == tt.reply && minute > 0 {
				l.command(now, "balas 1 siap", shop.Outcome{Drafts: []shop.Draft{l.words(1, sari, "siap")}})
				l.send(now)
			}
			if now.Sub(at) == tt.close && minute > 0 {
				l.command(now, "selesai 1", shop.Outcome{Desk: []shop.Action{{Kind: shop.ActClose, Ticket: 1, Admin: sari}}})
			}
			if tt.phone > 0 && minute == 30 {
				m := l.message(1, at.Add(tt.phone), "ya kak")
				m.FromMe = true
				l.receive(now, 0, m)
				l.turn(now, shop.Outcome{Human: at.Add(tt.phone)})
			}
			_, err := l.PromiseDue(l.ctx, now, l.newID, func(p shop.Promise) ([]shop.Draft, error) {
				who := "admin"
				if p.Reminded {
					who = "supervisor"
				}
				if p.Admin.Name != "Sari" || p.Ticket.Number != 1 || p.Person.ID != l.person(1).ID || len(p.Roster) != 2 {
					t.Errorf("%+v", p)
				}
				told = append(told, fmt.Sprintf("%d %s", minute, who))
				return nil, nil
			})
			l.must(err)
		}
		if got := strings.Join(told, ", "); got != tt.told {
			t.Errorf("%s: told %q, want %q", tt.name, got, tt.told)
		}
		if got := l.rows("SELECT state, next_at IS NULL FROM promises"); got != tt.state+" 1" {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.state)
		}
	}
}

// TestNewPromiseTakesThePlace of the one before.
func TestNewPromiseTakesThePlace(t *testing.T) {
	l, sari, _ := newDesk(t, 1)
	for i := range 2 {
		at := start.Add(time.Duration(i+1) * time.Minute)
		l.command(at, "nanti", shop.Outcome{Desk: []shop.Action{{Kind: shop.ActPromise, Ticket: 1, Admin: sari, Until: at.Add(10 * time.Minute)}}})
	}
	if got := l.rows("SELECT state, next_at IS NULL FROM promises ORDER BY id"); got != "withdrawn 1\nopen 0" {
		t.Error(got)
	}
	next, ok, err := l.NextPromise(l.ctx)
	if err != nil || !ok || !next.Equal(start.Add(12*time.Minute)) {
		t.Error(next, ok, err)
	}
}

// TestClosing: the wait is cancelled unless an answer is on its way, the bot speaks
// again, the customer is asked once.
func TestClosing(t *testing.T) {
	l, sari, _ := newDesk(t, 2)
	at := start.Add(time.Minute)
	end := func(ticket int64) []shop.Action {
		return []shop.Action{{Kind: shop.ActClaim, Ticket: ticket, Admin: sari, To: sari, Until: at.Add(time.Hour)}, {Kind: shop.ActClose, Ticket: ticket, Admin: sari}}
	}
	l.command(at, "selesai 1", shop.Outcome{Desk: end(1)})
	l.command(at, "selesai 2", shop.Outcome{Drafts: []shop.Draft{l.words(2, sari, "siap")}, Desk: append(end(2), shop.Action{Kind: shop.ActAsk, Ticket: 2})})
	if got := l.rows("SELECT state FROM waits ORDER BY id"); got != "cancelled\npending" {
		t.Error(got)
	}
	l.send(at.Add(time.Second))
	if got := l.rows("SELECT state FROM waits ORDER BY id"); got != "cancelled\nmet" {
		t.Error(got)
	}
	if got := l.rows("SELECT COUNT(*) FROM tickets WHERE closed_by = $1 AND closed_at = $2", sari, at.UnixMilli()); got != "2" {
		t.Error(got)
	}
	seen := l.ask(2, at.Add(time.Hour))
	if r := seen.Conversation.Memory.Rating; r == nil || r.Ticket != 2 || r.Number != 2 || !r.AskedAt.Equal(at) || seen.Conversation.Silent(at) || seen.Ticket != nil {
		t.Errorf("%+v %+v", r, seen.Conversation)
	}
	l.receive(at.Add(2*time.Hour), 0, l.message(2, at.Add(2*time.Hour), "4"))
	l.turn(at.Add(2*time.Hour), shop.Outcome{Rating: &shop.Rating{Ticket: 2, Score: 4}})
	l.receive(at.Add(3*time.Hour), 0, l.message(2, at.Add(3*time.Hour), "1"))
	l.turn(at.Add(3*time.Hour), shop.Outcome{Rating: &shop.Rating{Ticket: 2, Score: 1, Comment: "lama"}})
	if got := l.rows("SELECT ticket_id, score, rated_at, comment FROM ratings"); got != fmt.Sprintf("2 4 %d lama", at.Add(2*time.Hour).UnixMilli()) {
		t.Error(got)
	}
	v := l.command(at.Add(4*time.Hour), "ambil 2", shop.Outcome{}).Desk.Numbered(2)
	if v == nil || v.Open() || !v.Asked {
		t.Errorf("a ticket closed today can still be named: %+v", v)
	}
	if v = l.command(at.Add(25*time.Hour), "ambil 2", shop.Outcome{}).Desk.Numbered(2); v != nil {
		t.Errorf("a day later it cannot: %+v", v)
	}
}

// TestSilentTicketsClose a day after the last message; a customer who waits keeps
// theirs open.
func TestSilentTicketsClose(t *testing.T) {
	l, sari, _ := newDesk(t, 3)
	at := start.Add(time.Minute)
	for i := 1; i <= 2; i++ {
		l.command(at, "balas", shop.Outcome{Drafts: []shop.Draft{l.words(i, sari, "siap")}})
		l.send(at)
	}
	later := start.Add(20 * time.Hour)
	l.receive(later, 0, l.message(2, later, "makasih"))
	l.turn(later, shop.Outcome{})
	open := func(now time.Time) string {
		t.Helper()
		for {
			next, ok, err := l.NextSilent(l.ctx)
			l.must(err)
			if !ok || next.After(now) {
				return l.rows("SELECT number FROM tickets WHERE closed_at IS NULL ORDER BY number")
			}
			if n, err := l.CloseSilent(l.ctx, now); err != nil || n == 0 {
				t.Fatal(n, err)
			}
		}
	}
	for _, tt := range []struct {
		after time.Duration
		want  string
	}{
		{24 * time.Hour, "1\n2\n3"},
		{24*time.Hour + 90*time.Second, "2\n3"},
		{44*time.Hour - time.Second, "2\n3"},
		{44*time.Hour + time.Second, "3"},
		{200 * time.Hour, "3"},
	} {
		if got := open(start.Add(tt.after)); got != tt.want {
			t.Errorf("after %s: %q, want %q", tt.after, got, tt.want)
		}
	}
}

// TestQuotes: only what we sent to this very person counts.
func TestQuotes(t *testing.T) {
	l, sari, dewi := newDesk(t, 1)
	at := start.Add(time.Minute)
	l.must(l.Alert(l.ctx, at, l.newID, []shop.Draft{
		{To: sari, Lane: shop.LaneAlert, Text: "one", Ticket: 1}, {To: sari, Lane: shop.LaneAlert, Text: "many"}, {To: dewi, Lane: shop.LaneAlert, Text: "hers", Ticket: 1},
	}))
	for text, want := range map[string]shop.Quoted{"one": {Ticket: 1}, "many": {Several: true}, "hers": {}} {
		m := l.message(90, at, "siap kak")
		m.QuotedID = l.rows("SELECT message_id FROM outbox WHERE text = $1", text)
		l.receive(at, 0, m)
		if got := l.turn(at, shop.Outcome{}).Desk.Quotes[m.QuotedID]; got != want {
			t.Errorf("%s: %+v", text, got)
		}
	}
}

// TestDivisions: their people see the tickets they name, and stay who they are over
// restarts with other numbers.
func TestDivisions(t *testing.T) {
	l, sari, _ := newDesk(t, 1)
	at := start.Add(time.Minute)
	l.must(l.SetDivisions(l.ctx, at, []shop.Division{{Name: "gudang", Person: shop.Person{Address: address(50)}}}))
	l.command(at, "oper 1 gudang", shop.Outcome{Desk: []shop.Action{{Kind: shop.ActPass, Ticket: 1, Admin: sari, Division: "gudang"}}})
	l.receive(at, 0, l.message(50, at, "balas 1 sudah"))
	seen := l.turn(at, shop.Outcome{})
	if seen.Division() != "gudang" || seen.Desk == nil || seen.Person.IsAdmin() || len(seen.Desk.Queue) != 0 {
		t.Fatalf("%+v", seen)
	}
	if v := seen.Desk.Numbered(1); v == nil || v.Division != "gudang" {
		t.Errorf("%+v", v)
	}
	l.must(l.SetDivisions(l.ctx, at, nil))
	l.receive(at, 0, l.message(50, at, "balas 1 sudah"))
	if seen = l.turn(at, shop.Outcome{}); seen.Division() != "" || seen.Desk != nil {
		t.Errorf("%+v", seen)
	}
}

// TestDeskIsSmall: with a hundred thousand open chats an admin's turn reads what is
// named and the head of the queue, not all there is.
func TestDeskIsSmall(t *testing.T) {
	l, _, _ := newDesk(t, 1)
	const many = 100_000
	l.run(`INSERT INTO people (lid, created_at) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) SELECT 'x' || i, 0 FROM n`, many)
	l.run("INSERT INTO waits (person_id, since, words) SELECT id, $1, 'tanya' FROM people WHERE lid LIKE 'x%'", start.UnixMilli())
	l.run("INSERT INTO tickets (number, person_id, opened_at) SELECT id + 10, id, $1 FROM people WHERE lid LIKE 'x%'", start.UnixMilli())
	l.run("ANALYZE")
	at := start.Add(time.Minute)
	l.command(at, "antrian", shop.Outcome{})
	l.receive(at, 0, l.message(90, at, "antrian"))
	seen := l.turn(at, shop.Outcome{})
	if d := seen.Desk; len(d.Queue) != shop.QueueShown || d.Waiting != many+1 || d.Open != many+1 || len(d.Tickets) != 0 {
		t.Errorf("%d shown of %d, %d open, %d tickets", len(d.Queue), d.Waiting, d.Open, len(d.Tickets))
	}
}

// TestMergeKeepsThePromise: a customer known by number and by LID is promised something
// under the one, and both turn out to be one person.
func TestMergeKeepsThePromise(t *testing.T) {
	l, sari, _ := newDesk(t, 0)
	for i, a := range []shop.Address{{LID: "777"}, {Phone: "6281299999999"}} {
		m := l.message(1, start, "tanya")
		m.Chat = a
		l.receive(start, 0, m)
		l.turn(start, shop.Outcome{StartWait: true, WaitSince: start, NeedsHuman: true, Number: i + 1})
	}
	at := start.Add(time.Minute)
	l.command(at, "nanti 1 10m", shop.Outcome{Desk: []shop.Action{{Kind: shop.ActPromise, Ticket: 1, Admin: sari, Until: at.Add(10 * time.Minute)}}})
	m := l.message(1, at, "halo")
	m.Chat = shop.Address{LID: "777", Phone: "6281299999999"}
	l.receive(at, 0, m)
	l.turn(at, shop.Outcome{})
	open := l.number("SELECT id FROM tickets WHERE closed_at IS NULL")
	if got := l.rows("SELECT ticket_id, state FROM promises"); got != fmt.Sprint(open, " open") {
		t.Errorf("%s, the open ticket is %d", got, open)
	}
	if got := l.rows("SELECT promised_at, promised_by FROM tickets WHERE id = $1", open); got != fmt.Sprint(at.Add(10*time.Minute).UnixMilli(), " ", sari) {
		t.Error(got)
	}
}

// TestClockSetBackKeepsPromises: what was promised by a clock that ran ahead is held by
// the right one.
func TestClockSetBackKeepsPromises(t *testing.T) {
	l, sari, _ := newDesk(t, 1)
	ahead := start.Add(time.Hour)
	l.command(ahead, "nanti 1 10m", shop.Outcome{Desk: []shop.Action{{Kind: shop.ActPromise, Ticket: 1, Admin: sari, Until: ahead.Add(10 * time.Minute)}}})
	l.must(l.SetBack(l.ctx, start, time.Hour))
	if next, ok, err := l.NextPromise(l.ctx); err != nil || !ok || !next.Equal(start.Add(10*time.Minute)) {
		t.Error(next, ok, err)
	}
}
