package standin_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"

	"bestie/whatsapp/standin"
)

// gate holds back the session that a decryption wants to store.
type gate struct {
	store.SessionStore
	armed    atomic.Bool
	entered  chan struct{}
	released chan struct{}
}

func (g *gate) PutSession(ctx context.Context, addr string, session []byte) error {
	if g.armed.CompareAndSwap(true, false) {
		close(g.entered)
		<-g.released
	}
	return g.SessionStore.PutSession(ctx, addr, session)
}

// whatsmeow does not lock a Signal session between a decryption (in its handler
// goroutine) and SendMessage (in any other). Here the bot sends between the
// moment a decryption loads the session and the moment it stores it. With the
// default options the older state wins, the next send uses a counter twice and
// the receiver drops it without a word; the bot even gets a delivery receipt.
// With SynchronousAck and EnableDecryptedEventBuffer on an
// immediate-transaction store the send waits and nothing is lost.
func TestSendDuringDecryption(t *testing.T) {
	t.Parallel()
	for name, safe := range map[string]bool{"defaults": false, "event buffer": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLab(t, standin.Config{})
			bot := l.client("bot", l.container("bot").NewDevice())
			bot.SynchronousAck, bot.EnableDecryptedEventBuffer = safe, safe
			bot.pairQR(shop, "")
			g := &gate{SessionStore: bot.Store.Sessions, entered: make(chan struct{}), released: make(chan struct{})}
			bot.Store.Sessions = g
			customer := l.phone("rina", rina)
			customer.say(pn(shop), "satu")
			chat := bot.hear("satu").Info.Chat
			l.quiet()

			sendInside(l, bot, customer, g, chat, safe)
			if !safe {
				l.allow("old counter")
			}
			r := bot.say(chat, "jawaban B")
			if safe {
				customer.hear("jawaban B")
			} else {
				bot.receipt(r.ID, types.ReceiptTypeInactive)
				lost := customer.again(r.ID) + seen(customer, func(e *events.UndecryptableMessage) bool { return e.Info.ID == r.ID })
				if lost != 0 {
					t.Fatal("the message was not lost: whatsmeow locks sessions now, the options may no longer be needed")
				}
			}
			customer.say(pn(shop), "tiga")
			bot.hear("tiga")
			bot.say(chat, "jawaban C")
			customer.hear("jawaban C")
		})
	}
}

// sendInside sends while the decryption of "dua" is held back.
func sendInside(l *lab, bot, customer *client, g *gate, chat types.JID, safe bool) {
	l.t.Helper()
	g.armed.Store(true)
	customer.say(pn(shop), "dua")
	<-g.entered // decrypted, but the session is not stored
	sent := make(chan error, 1)
	go func() { _, err := bot.send(chat, "jawaban A"); sent <- err }()
	var err error
	select {
	case err = <-sent:
		if safe {
			l.t.Error("the send did not wait for the decryption")
		}
		close(g.released)
	case <-time.After(500 * time.Millisecond): // long enough for a send on loopback
		if !safe {
			l.t.Error("the send waited: whatsmeow locks sessions now")
		}
		close(g.released)
		err = <-sent
	}
	if err != nil {
		l.t.Fatal(err)
	}
	bot.hear("dua")
	customer.hear("jawaban A")
}
