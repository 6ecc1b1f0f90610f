package whatsapp_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"bestie/shop"
	"bestie/whatsapp"
	"bestie/whatsapp/standin/people"
)

// A message whose row was not committed is not acknowledged, and WhatsApp
// delivers it again as soon as there is a new connection.
func TestUnwrittenMessageComesAgain(t *testing.T) {
	for name, breakIt := range map[string]func(*inbox){
		"write fails":    func(b *inbox) { b.fail = 6 }, // more often than one delivery tries
		"write panics":   func(b *inbox) { b.panics = 2 },
		"fails for once": func(b *inbox) { b.fail = 1 }, // mended by the tries of the first delivery
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLab(t)
			l.online()
			rina := l.phone(rinaNumber, "Rina")
			l.inbox.set(breakIt)
			id := l.say(rina, "halo kak")
			if got := l.awaitMessage(id); got.Text != "halo kak" {
				t.Errorf("stored %+v", got)
			}
			if err := rina.AwaitReceipt(l.ctx, id, people.Inactive); err != nil {
				t.Errorf("never acknowledged: %v", err)
			}
			if got := len(rina.Receipts(id)); got != 1 {
				t.Errorf("%d receipts, want one after the commit", got)
			}
			if log := l.logs.String(); strings.Contains(log, "rahasia") || strings.Contains(log, "halo kak") {
				t.Errorf("the log holds text:\n%s", log)
			}
		})
	}
}

// The same holds for receipts: the library acknowledges them after the handler
// only because it is told to.
func TestUnwrittenReceiptComesAgain(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.online()
	rina := l.phone(rinaNumber, "Rina")
	to := l.awaitMessage(l.say(rina, "halo")).Chat
	l.inbox.set(func(b *inbox) { b.failReceipts = 6 })
	id := l.mustSend(c, shop.Outgoing{To: to, Text: "Halo Kak"})
	eventually(t, "delivered after all", func() bool { return l.inbox.reached(id, shop.ReceiptDelivered) })
}

// While the row is not committed, WhatsApp has not been told that we have it.
func TestNoAckBeforeTheCommit(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.online()
	rina := l.phone(rinaNumber, "Rina")
	gate := make(chan struct{})
	l.inbox.set(func(b *inbox) { b.block = gate })
	id := l.say(rina, "halo")
	eventually(t, "the write has begun", func() bool {
		return slices.ContainsFunc(l.srv.Busy(), func(why string) bool { return strings.Contains(why, "unacked") })
	})
	if got := rina.Receipts(id); len(got) != 0 {
		t.Errorf("acknowledged before the commit: %v", got)
	}
	l.inbox.set(func(b *inbox) { b.block = nil })
	close(gate)
	if err := rina.AwaitReceipt(l.ctx, id, people.Inactive); err != nil {
		t.Error(err)
	}
}

func TestBacklogHoldsReplies(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.online()
	rina := l.phone(rinaNumber, "Rina")
	l.awaitMessage(l.say(rina, "halo"))
	l.srv.Refuse(l.dev, true)
	l.await(c, whatsapp.StateDisconnected)
	var last string
	for range 50 {
		last = l.say(rina, "halo?")
	}
	gate := make(chan struct{})
	l.inbox.set(func(b *inbox) { b.block = gate })
	l.srv.Refuse(l.dev, false)
	c.Nudge()
	l.await(c, whatsapp.StateSyncing)
	_, err := l.send(c, shop.Outgoing{Text: "jawaban"})
	fate(t, err, shop.FateNotSent, 0)
	l.inbox.set(func(b *inbox) { b.block = nil })
	close(gate)
	l.await(c, whatsapp.StateOnline)
	if _, ok := l.inbox.find(last); !ok {
		t.Error("online before the backlog was in")
	}
	if got := l.inbox.count(); got != 51 {
		t.Errorf("%d messages stored, want 51", got)
	}
}

func TestDuplicateDelivery(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.online()
	rina := l.phone(rinaNumber, "Rina")
	l.srv.Duplicate(rina.Device(), 1)
	l.awaitMessage(l.say(rina, "dobel"))
	last := l.awaitMessage(l.say(rina, "berikutnya"))
	if got := l.inbox.tried(); got != 2 || last.Text != "berikutnya" {
		t.Errorf("the inbox was asked %d times, want 2", got)
	}
}

// A crash between the decryption and the commit loses nothing, and the same
// folder goes on where the old process was.
func TestKillAndReopen(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.online()
	rina := l.phone(rinaNumber, "Rina")
	l.awaitMessage(l.say(rina, "satu"))

	gate := make(chan struct{})
	l.inbox.set(func(b *inbox) { b.block = gate; b.fail = 1 })
	id := l.say(rina, "dua")
	killed := make(chan struct{})
	go func() { c.Kill(); close(killed) }()
	eventually(t, "the end", func() bool { return c.Status().State == whatsapp.StateClosed })
	l.inbox.set(func(b *inbox) { b.block = nil })
	close(gate)
	<-killed
	if got := len(rina.Receipts(id)); got != 0 {
		t.Fatalf("the crashed process acknowledged what it had not stored")
	}
	if _, ok := l.inbox.find(id); ok {
		t.Fatal("stored in spite of the crash")
	}
	if _, err := c.Send(l.ctx, shop.Outgoing{ID: "3EB0", To: shop.Address{Phone: rinaNumber}, Text: "x"}); err == nil {
		t.Error("a killed client sends")
	}

	again := l.open()
	if err := again.Connect(l.ctx); err != nil {
		t.Fatal(err)
	}
	l.await(again, whatsapp.StateOnline)
	if got := l.awaitMessage(id); got.Text != "dua" {
		t.Errorf("after the restart: %+v", got)
	}
	l.mustSend(again, shop.Outgoing{Text: "Halo lagi"})
	if _, err := rina.AwaitText(l.ctx, "Halo lagi"); err != nil {
		t.Error(err)
	}
}

func TestCloseAndReopen(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.online()
	rina := l.phone(rinaNumber, "Rina")
	l.awaitMessage(l.say(rina, "satu"))
	for range 2 { // the second Close does nothing
		if err := c.Close(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	id := l.say(rina, "dua")
	again := l.open()
	if again.Status().State != whatsapp.StateDisconnected || !again.Paired() {
		t.Errorf("reopened as %s", again.Status().State)
	}
	if err := again.Connect(l.ctx); err != nil {
		t.Fatal(err)
	}
	l.awaitMessage(id)
}
