package whatsapp_test

import (
	"context"
	"runtime"
	"strings"
	"testing"

	"bestie/shop"
	"bestie/whatsapp"
)

// However a client ends, it leaves no goroutine behind: not its own, not the
// library's, not the database's. Sequential, so that only its own are there.
func TestNoGoroutineIsLeft(t *testing.T) {
	for name, end := range map[string]func(*lab, *whatsapp.Client){
		"closed": func(l *lab, c *whatsapp.Client) {
			if err := c.Close(context.Background()); err != nil {
				t.Error(err)
			}
		},
		"killed": func(_ *lab, c *whatsapp.Client) { c.Kill() },
		"killed while away": func(l *lab, c *whatsapp.Client) {
			l.srv.Refuse(l.dev, true)
			l.await(c, whatsapp.StateDisconnected)
			c.Kill()
		},
		"closed while deaf": func(l *lab, c *whatsapp.Client) {
			if err := l.srv.Freeze(l.dev); err != nil {
				t.Error(err)
			}
			if err := c.Close(context.Background()); err != nil {
				t.Error(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t)
			c := l.online()
			rina := l.phone(rinaNumber, "Rina")
			to := l.awaitMessage(l.say(rina, "halo")).Chat
			l.mustSend(c, shop.Outgoing{To: to, Text: "Halo Kak"})
			rina.Disconnect()
			end(l, c)
			t.Cleanup(func() {
				if t.Failed() {
					t.Log(goroutines())
				}
			})
			eventually(t, "the last goroutine ends", func() bool { return goroutines() == "" })
		})
	}
}

// goroutines lists those of the client, its library and its database. One kind
// is left out: a frame that arrives at the moment of a disconnect finds nobody
// to take it, and the library's read pump waits for ever (whatsmeow
// socket/framesocket.go:frameComplete). We cannot reach it.
func goroutines() string {
	all := make([]byte, 1<<20)
	all = all[:runtime.Stack(all, true)]
	var ours []string
	for _, stack := range strings.Split(string(all), "\n\n") {
		if strings.Contains(stack, "testing.tRunner") || strings.Contains(stack, "bestie/whatsapp/standin") ||
			strings.Contains(stack, "FrameSocket).frameComplete") {
			continue
		}
		for _, mark := range []string{"bestie/whatsapp.", "go.mau.fi/whatsmeow", "database/sql."} {
			if strings.Contains(stack, mark) {
				ours = append(ours, stack)
				break
			}
		}
	}
	return strings.Join(ours, "\n\n")
}
