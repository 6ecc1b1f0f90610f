package standin_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"

	"bestie/whatsapp/standin"
)

func TestRefuseSends(t *testing.T) {
	t.Parallel()
	for _, code := range []int{463, 429, 479} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			l := newLab(t, standin.Config{})
			bot, customer := pair(l)
			l.srv.RefuseSends(bot.device(), code, 2)
			before := l.srv.Relayed()
			for i := range 2 {
				_, err := bot.send(pn(rina), fmt.Sprint("ditolak ", i))
				if !errors.Is(err, whatsmeow.ErrServerReturnedError) || !strings.HasSuffix(err.Error(), fmt.Sprint(code)) {
					t.Fatalf("send %d: %v", i, err)
				}
			}
			if n := l.srv.Relayed(); n != before {
				t.Fatalf("%d copies of refused messages", n-before)
			}
			customer.say(pn(shop), "yang lain tidak kena") // others are not affected
			bot.hear("yang lain tidak kena")
			bot.say(pn(rina), "diterima") // the session survives, the order is used up
			customer.hear("diterima")
			if st := l.srv.Stats(); st.Refused != 2 {
				t.Fatalf("%+v", st)
			}
		})
	}
}

func TestOrdersAreServedInTurn(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	bot, _ := pair(l)
	l.srv.RefuseSends(bot.device(), 463, 1)
	l.srv.RefuseSends(bot.device(), 429, 1)
	l.srv.RefuseSends(bot.device(), 479, 3)
	for _, want := range []string{"463", "429", "479"} {
		if _, err := bot.send(pn(rina), "x"); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Fatalf("want %s: %v", want, err)
		}
	}
	l.srv.ClearFaults()
	bot.say(pn(rina), "beres")
}

func TestDelayAck(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	bot, customer := pair(l)
	const delay = 300 * time.Millisecond
	l.srv.DelayAck(bot.device(), delay, 1)
	start := time.Now()
	bot.say(pn(rina), "pelan")
	if d := time.Since(start); d < delay {
		t.Fatalf("acked after %s", d)
	}
	customer.hear("pelan")

	// A caller that does not wait gets an error although the message arrived.
	l.srv.DelayAck(bot.device(), delay, 1)
	_, err := bot.SendMessage(l.ctx, pn(rina), text("tidak sabar"), whatsmeow.SendRequestExtra{Timeout: 50 * time.Millisecond})
	if !errors.Is(err, whatsmeow.ErrMessageTimedOut) {
		t.Fatal(err)
	}
	if busy := strings.Join(l.srv.Busy(), ", "); !strings.Contains(busy, "delayed ack") {
		t.Fatalf("a delayed ack is due, but busy is %q", busy)
	}
	customer.hear("tidak sabar")
	l.quiet()
}

// The connection dies around the acknowledgement: whatsmeow reconnects and sends
// the very same bytes again; the customer sees one message.
func TestDropMidSend(t *testing.T) {
	t.Parallel()
	for name, order := range map[string]func(*standin.Server, standin.Device, int){
		"before relay": (*standin.Server).DropBeforeRelay,
		"after relay":  (*standin.Server).DropAfterRelay,
	} {
		t.Run(name, func(t *testing.T) {
			var tries tries
			l := newLab(t, standin.Config{Trace: tries.trace})
			bot, customer := pair(l)
			l.allow(netNoise...)
			order(l.srv, bot.device(), 1)
			r := bot.say(pn(rina), "sekali saja")
			customer.hear("sekali saja")
			bot.say(pn(rina), "sesudahnya")
			customer.hear("sesudahnya")
			l.quiet()
			if n := customer.again(r.ID); n != 0 {
				t.Fatalf("the customer got it %d times more", n)
			}
			if got := tries.of(r.ID); len(got) != 2 || got[0] != got[1] || got[0] == "" {
				t.Fatalf("%d tries, or not the same bytes", len(got))
			}
		})
	}
}

// tries keeps the ciphertexts that clients send under each message ID.
type tries struct {
	mu   sync.Mutex
	sent map[string][]string
}

func (t *tries) trace(s standin.Traced) {
	if s.Out || s.Node.Tag != "message" {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.sent == nil {
		t.sent = map[string][]string{}
	}
	id, _ := s.Node.Attrs["id"].(string)
	var all strings.Builder
	list := s.Node.GetChildByTag("participants")
	for _, to := range list.GetChildren() {
		enc := to.GetChildByTag("enc")
		raw, _ := enc.Content.([]byte)
		all.Write(raw)
	}
	t.sent[id] = append(t.sent[id], all.String())
}

func (t *tries) of(id string) []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.sent[id]
}

func TestDuplicate(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	bot, customer := pair(l)
	l.srv.Duplicate(customer.device(), 1)
	r := customer.say(pn(shop), "dua kali")
	bot.hear("dua kali")
	customer.say(pn(shop), "selesai")
	bot.hear("selesai")
	l.quiet()
	if n := bot.again(r.ID); n != 0 {
		t.Fatalf("the handler saw it %d times more", n)
	}
}

func TestOnSend(t *testing.T) {
	t.Parallel()
	var got []standin.Send
	l := newLab(t, standin.Config{})
	bot, _ := pair(l)
	l.srv.SetOnSend(func(s standin.Send) standin.Verdict {
		got = append(got, s)
		return standin.Verdict{Error: 400}
	})
	if _, err := bot.send(pn(rina), "x"); err == nil {
		t.Fatal("not refused")
	}
	l.srv.SetOnSend(nil)
	bot.say(pn(rina), "y")
	if len(got) != 1 || got[0].From != bot.device() || got[0].To != rina || got[0].ID == "" {
		t.Fatalf("%+v", got)
	}
}

// A client that lost its session asks the sender to encrypt again: retry
// receipt, then a new session.
func TestRetryAfterLostSession(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	bot, customer := pair(l)
	l.allow("Error decrypting message")
	if err := bot.Store.Sessions.DeleteAllSessions(l.ctx, customer.Store.LID.SignalAddressUser()); err != nil {
		t.Fatal(err)
	}
	asked := map[string]bool{} // a retry of one copy is no send: nobody judges it
	l.srv.SetOnSend(func(s standin.Send) (v standin.Verdict) {
		if asked[s.ID] {
			v.Error = 400
		}
		asked[s.ID] = true
		return v
	})
	r := customer.say(pn(shop), "tidak terbaca")
	await(bot, "UndecryptableMessage", func(e *events.UndecryptableMessage) bool { return e.Info.ID == r.ID })
	customer.receipt(r.ID, types.ReceiptTypeRetry)
	m := bot.hear("tidak terbaca")
	if m.Info.ID != r.ID || m.RetryCount == 0 {
		t.Fatalf("%+v", m)
	}
	bot.say(m.Info.Chat, "sekarang bisa")
	customer.hear("sekarang bisa")
	l.quiet()
}
