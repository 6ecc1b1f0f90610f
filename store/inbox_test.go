package store

import (
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bestie/shop"
)

func TestReceiveKeepsAMessageOnce(t *testing.T) {
	l := newLab(t)
	m := l.message(1, start, "halo")
	var news sync.Map
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			isNew, err := l.Receive(l.ctx, start, 0, m)
			if err != nil {
				t.Error(err)
			}
			if isNew {
				news.Store(i, true)
			}
		})
	}
	all.Wait()
	n := 0
	news.Range(func(any, any) bool { n++; return true })
	if n != 1 || l.number("SELECT COUNT(*) FROM inbox") != 1 {
		t.Errorf("%d were new, %d rows", n, l.number("SELECT COUNT(*) FROM inbox"))
	}
	// The same ID of another sender, or typed by us, is another message.
	other, ours := m, m
	other.Chat, ours.FromMe = address(2), true
	if !l.receive(start, 0, other) || !l.receive(start, 0, ours) || l.receive(start, 0, m) {
		t.Error("an ID alone is no key")
	}
}

func TestReceiveDropsOurOwnEcho(t *testing.T) {
	l := newLab(t)
	l.ask(1, start, answer("ya"))
	sent := l.send(start)
	echo := shop.Incoming{Account: account, Chat: address(1), ID: sent.MessageID, FromMe: true, Kind: shop.KindText, Text: "ya", SentAt: start}
	typed := echo
	typed.ID, typed.Text, typed.PushName = "PHONE", "saya cek ya", "Toko Bestie"
	if l.receive(start, 0, echo) || !l.receive(start, time.Hour, typed) {
		t.Error("the echo of our own send is kept, or what a person typed is not")
	}
	seen := l.turn(start, shop.Outcome{}) // at once: the debounce is for customers
	if len(seen.Messages) != 1 || !seen.Messages[0].FromMe || seen.Person.PushName != "" {
		t.Errorf("%+v", seen)
	}
}

func TestPlaceholderIsReplaced(t *testing.T) {
	l := newLab(t)
	lost := l.message(1, start, "")
	lost.Kind = shop.KindPlaceholder
	l.receive(start, time.Second, lost)
	if at, ok, err := l.NextInbox(l.ctx); !ok || err != nil || !at.Equal(start.Add(placeholderWait)) {
		t.Errorf("due at %v %t %v", at, ok, err)
	}
	real := lost
	real.Kind, real.Text, real.VerifiedName, real.TargetID = shop.KindText, "harga bakso?", "PT X", "T"
	if l.receive(start.Add(time.Minute), time.Second, lost) || !l.receive(start.Add(time.Minute), time.Second, real) || l.receive(start.Add(time.Minute), time.Second, lost) {
		t.Error("what is new is wrong")
	}
	seen := l.turn(start.Add(time.Minute+time.Second), shop.Outcome{})
	if m := seen.Messages; len(m) != 1 || m[0].Text != "harga bakso?" || m[0].Kind != shop.KindText || !m[0].Verified || m[0].TargetID != "T" ||
		!m[0].ReceivedAt.Equal(start.Add(time.Minute)) { // a burst begins when there is something to read
		t.Errorf("%+v", seen.Messages)
	}
}

// A message that came too late to be read in time is handled when it comes.
func TestPlaceholderHandledThenReplaced(t *testing.T) {
	l := newLab(t)
	m := l.message(1, start, "")
	m.Kind = shop.KindPlaceholder
	l.receive(start, 0, m)
	late := start.Add(placeholderWait)
	if seen := l.turn(late, shop.Outcome{}); seen.Messages[0].Kind != shop.KindPlaceholder {
		t.Errorf("%+v", seen.Messages)
	}
	m.Kind, m.Text = shop.KindText, "isi"
	l.receive(late.Add(time.Hour), 0, m)
	if seen := l.turn(late.Add(time.Hour), shop.Outcome{}); seen.Messages[0].Text != "isi" {
		t.Errorf("%+v", seen.Messages)
	}
}

func TestEditAndRevokeBeforeHandling(t *testing.T) {
	l := newLab(t)
	asked, gone := l.message(1, start, "harga bakco?"), l.message(1, start, "salah kirim")
	l.receive(start, time.Second, asked)
	l.receive(start, time.Second, gone)
	change := func(n int, kind shop.Kind, target, text string, fromMe bool) {
		m := l.message(n, start, text)
		m.Kind, m.TargetID, m.FromMe = kind, target, fromMe
		l.receive(start, time.Second, m)
	}
	change(1, shop.KindEdit, asked.ID, "harga bakso?", false)
	change(1, shop.KindRevoke, gone.ID, "", false)
	change(2, shop.KindEdit, asked.ID, "a stranger's words", false)
	change(1, shop.KindRevoke, asked.ID, "", true) // we cannot take back what they said
	seen := l.turn(start.Add(time.Second), shop.Outcome{})
	if len(seen.Messages) != 1 || seen.Messages[0].Text != "harga bakso?" {
		t.Errorf("%+v", seen.Messages)
	}
	change(1, shop.KindEdit, asked.ID, "too late", false)
	if got := l.rows("SELECT text FROM inbox WHERE message_id = $1", asked.ID); got != "harga bakso?" {
		t.Errorf("what was answered became %q", got)
	}
	if _, ok, _ := l.NextInbox(l.ctx); ok {
		t.Error("an edit, a revoke or a stranger waits for an answer")
	}
}

func TestTimerOfTheChatIsKept(t *testing.T) {
	l := newLab(t)
	m := l.message(1, start, "halo")
	m.Expiry = 86400
	l.receive(start, 0, m)
	l.turn(start, shop.Outcome{Drafts: []shop.Draft{{Lane: shop.LaneReply, Text: "ya"}}})
	l.receive(start, 0, l.message(1, start, "tanpa timer")) // says nothing about the timer
	if o := l.next(start); o.Expiry != 86400 {
		t.Errorf("timer %d", o.Expiry)
	}
	off := l.message(1, start, "")
	off.Kind = shop.KindTimer
	l.receive(start, 0, off)
	if o := l.next(start); o.Expiry != 0 {
		t.Errorf("switched off, but %d", o.Expiry)
	}
}

// What NextInbox promises is what Turn does: nothing before, a chat from then on,
// so that nobody ever asks in vain or too late.
func TestNextInboxIsWhenTurnWorks(t *testing.T) {
	base := newLab(t)
	rapid.Check(t, func(t *rapid.T) {
		l := base.with(t)
		l.run("DELETE FROM inbox")
		l.ids.Store(0)
		now := start
		var lost []shop.Incoming
		for range rapid.IntRange(1, 12).Draw(t, "messages") {
			now = now.Add(time.Duration(rapid.IntRange(0, 8000).Draw(t, "ms later")) * time.Millisecond)
			m := l.message(rapid.IntRange(1, 2).Draw(t, "customer"), now, "x")
			switch rapid.IntRange(0, 8).Draw(t, "what") {
			case 0:
				m.FromMe = true
			case 1:
				m.Kind = shop.KindPlaceholder
				lost = append(lost, m)
			case 2:
				if len(lost) > 0 {
					m, lost = lost[0], lost[1:]
					m.Kind = shop.KindText
				}
			}
			l.receive(now, time.Duration(rapid.IntRange(0, 9).Draw(t, "debounce"))*time.Second, m)
		}
		for {
			ready, ok, err := l.NextInbox(l.ctx)
			l.must(err)
			if !ok {
				return
			}
			work := func(at time.Time) (seen int) {
				_, err := l.Turns(l.ctx, at, 1, l.newID, func(turn shop.Turn) (shop.Outcome, error) {
					seen = len(turn.Messages)
					return shop.Outcome{}, nil
				})
				l.must(err)
				return seen
			}
			if n := work(ready.Add(-time.Millisecond)); n != 0 {
				t.Fatalf("%d messages before %v", n, ready)
			}
			if n := work(ready); n == 0 {
				t.Fatalf("nothing at %v", ready)
			}
		}
	})
}
