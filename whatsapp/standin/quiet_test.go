package standin_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types/events"

	"bestie/whatsapp/standin"
)

// After a burst between five people the first quiet moment finds every message
// and every receipt at its place: exactly as many as were sent, so that nothing
// can come later.
func TestQuietMeansEverythingArrived(t *testing.T) {
	t.Parallel()
	const each = 4
	l := newLab(t, standin.Config{})
	var crowd []*client
	for i := range 5 {
		crowd = append(crowd, l.phone(fmt.Sprint("p", i), fmt.Sprint("62812000000", i)))
	}
	introduce(l, crowd)
	for round := range 3 {
		watcher := watchQuiet(l)
		var senders sync.WaitGroup
		for i, from := range crowd {
			senders.Go(func() {
				for k := range each {
					to := crowd[(i+1+k)%len(crowd)]
					if to == from {
						to = crowd[(i+1)%len(crowd)]
					}
					if _, err := from.send(pn(to.device().Phone), fmt.Sprintf("%d/%d/%d", round, i, k)); err != nil {
						t.Errorf("%s: %v", from.name, err)
					}
				}
			})
		}
		senders.Wait()
		l.quiet()
		messages, receipts := 0, 0
		for _, c := range crowd {
			messages += seen(c, func(m *events.Message) bool { return m.Message.GetConversation() != "kenalan" })
			receipts += seen[*events.Receipt](c, nil)
		}
		receipts -= len(crowd) * (len(crowd) - 1) // of the introductions
		if want := (round + 1) * each * len(crowd); messages != want || receipts != want {
			t.Fatalf("round %d: quiet with %d messages and %d receipts, want %d of each", round, messages, receipts, want)
		}
		watcher()
	}
}

// introduce lets everybody write to everybody once, one after the other: two
// clients that write to each other for the first time at the same moment confuse
// libsignal, which changes a session even when it fails to decrypt.
func introduce(l *lab, crowd []*client) {
	l.t.Helper()
	for _, from := range crowd {
		for _, to := range crowd {
			if from != to {
				from.say(pn(to.device().Phone), "kenalan")
				l.quiet()
			}
		}
	}
}

// watchQuiet looks at the server all the time: it must never turn busy while the
// activity counter stands still. The returned function ends the watch.
func watchQuiet(l *lab) (stop func()) {
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		var quietAt uint64
		for {
			select {
			case <-done:
				return
			default:
			}
			before := l.srv.Activity()
			busy := l.srv.Busy()
			switch {
			case l.srv.Activity() != before:
			case len(busy) == 0:
				quietAt = before
			case quietAt == before:
				l.t.Errorf("quiet, then %v, at the same activity %d", busy, before)
				return
			}
			runtime.Gosched()
		}
	}()
	return func() { close(done); <-ended }
}

func TestBusySaysWhy(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	bot, customer := pair(l)
	entered, goOn := make(chan struct{}), make(chan struct{})
	bot.onEvent(func(e any) bool {
		if _, ok := e.(*events.Message); ok {
			close(entered)
			<-goOn
		}
		return true
	})
	before := l.srv.Activity()
	customer.say(pn(shop), "lama")
	<-entered
	if why := strings.Join(l.srv.Busy(), "; "); !strings.Contains(why, shop+".1: ") || !strings.Contains(why, "unacked") {
		t.Errorf("a message is being handled, but busy is %q", why)
	}
	close(goOn)
	l.quiet()
	bot.hear("lama")
	if l.srv.Activity() == before {
		t.Error("nothing seems to have happened")
	}
}

// A handler that refuses a message keeps it, and the server busy, until the
// device is gone.
func TestUnackedKeepsBusy(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	bot, customer := pair(l)
	refused := make(chan struct{})
	bot.onEvent(func(e any) bool {
		if m, ok := e.(*events.Message); ok && m.Message.GetConversation() == "tolak" {
			close(refused)
			return false
		}
		return true
	})
	l.allow(append(netNoise, "Handler for")...)
	customer.say(pn(shop), "tolak")
	<-refused
	if len(l.srv.Busy()) == 0 {
		t.Fatal("not busy with an unacknowledged message")
	}
	bot.Disconnect()
	l.quiet()
}

func TestMediaIsActivity(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	bot, _ := pair(l)
	before := l.srv.Activity()
	if _, err := bot.Upload(l.ctx, []byte("isi"), whatsmeow.MediaDocument); err != nil {
		t.Fatal(err)
	}
	if l.srv.Activity() == before {
		t.Fatal("an upload left no trace")
	}
	l.quiet()
}

// Several servers run in one process; each knows its own people only.
func TestParallelServers(t *testing.T) {
	t.Parallel()
	for i := range 3 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			l := newLab(t, standin.Config{})
			bot, customer := pair(l)
			said := fmt.Sprint("dunia ", i)
			customer.say(pn(shop), said)
			bot.hear(said)
			l.quiet()
			if st := l.srv.Stats(); st.Messages != 3 {
				t.Fatalf("%+v", st)
			}
		})
	}
}

// Close leaves no goroutine behind, neither of the server nor of the HTTP
// clients it gave out, media connections included. Not parallel: it counts.
func TestCloseLeavesNothing(t *testing.T) {
	t.Run("run", func(t *testing.T) {
		l := newLab(t, standin.Config{})
		bot, customer := pair(l)
		for _, c := range []*client{bot, customer} {
			if _, err := c.Upload(l.ctx, []byte("isi"), whatsmeow.MediaImage); err != nil {
				t.Fatal(err)
			}
		}
		l.srv.DelayAck(bot.device(), bound, 1)
		impatient, cancel := context.WithTimeout(l.ctx, 50*time.Millisecond)
		defer cancel()
		_, _ = bot.SendMessage(impatient, pn(rina), text("tak terjawab"))
		customer.hear("tak terjawab")
		l.logs.close()
		for _, c := range []*client{bot, customer} {
			c.EnableAutoReconnect = false
		}
		l.srv.Close()
		l.srv.Close() // twice is allowed
		for _, c := range []*client{bot, customer} {
			await[*events.Disconnected](c, "Disconnected", nil)
		}
	})
	buf := make([]byte, 1<<20)
	eventually(t, "goroutines end", func() bool {
		all := string(buf[:runtime.Stack(buf, true)])
		for _, g := range strings.Split(all, "\n\n") {
			ours := strings.Contains(g, "standin.(*") || strings.Contains(g, "http.(*persistConn)") || strings.Contains(g, "http.(*conn)")
			if ours && !strings.Contains(g, "testing.") {
				return false
			}
		}
		return true
	})
}
