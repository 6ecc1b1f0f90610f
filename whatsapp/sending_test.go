package whatsapp_test

import (
	"context"
	"testing"
	"time"

	"bestie/shop"
	"bestie/whatsapp"
)

func TestRefusedSends(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.online()
	rina := l.phone(rinaNumber, "Rina")
	to := l.awaitMessage(l.say(rina, "halo")).Chat
	for _, refusal := range []int{463, 429, 479, 400} {
		l.srv.RefuseSends(l.dev, refusal, 1)
		_, err := l.send(c, shop.Outgoing{To: to, Text: "jawaban"})
		fate(t, err, shop.FateRefused, refusal)
	}
	l.mustSend(c, shop.Outgoing{To: to, Text: "akhirnya"})
	if _, err := rina.AwaitText(l.ctx, "akhirnya"); err != nil {
		t.Error(err)
	}
	if got := len(rina.Received()); got != 1 {
		t.Errorf("%d messages arrived, want the last only", got)
	}
}

// When the connection breaks before the server's word, the library sends the
// same bytes again; the customer sees one message.
func TestDropDuringSend(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.online()
	rina := l.phone(rinaNumber, "Rina")
	to := l.awaitMessage(l.say(rina, "halo")).Chat
	l.mustSend(c, shop.Outgoing{To: to, Text: "nol"}) // the library's queries of a first message are over
	l.srv.DropAfterRelay(l.dev, 1)
	l.mustSend(c, shop.Outgoing{To: to, Text: "satu"})
	l.await(c, whatsapp.StateOnline)
	l.mustSend(c, shop.Outgoing{To: to, Text: "dua"})
	if _, err := rina.AwaitText(l.ctx, "dua"); err != nil {
		t.Fatal(err)
	}
	if got := rina.Received(); len(got) != 3 {
		t.Errorf("arrived: %+v", got)
	}
}

// A server that never answers costs one message its deadline, not the next one
// its turn; what became of the message is not known, and the same ID may be
// tried again.
func TestAckTooLate(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.opt.Timing.Send = 2 * time.Second
	c := l.online()
	rina := l.phone(rinaNumber, "Rina")
	to := l.awaitMessage(l.say(rina, "halo")).Chat
	l.srv.DelayAck(l.dev, time.Minute, 1)
	began := time.Now()
	late := shop.Outgoing{ID: c.NewMessageID(), To: to, Text: "lambat"}
	_, err := c.Send(l.ctx, late)
	fate(t, err, shop.FateUnknown, 0)
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("gave up after %s", took)
	}
	l.mustSend(c, shop.Outgoing{To: to, Text: "berikutnya"})
	if _, err := c.Send(l.ctx, late); err != nil {
		t.Errorf("second try: %v", err)
	}
	if _, err := rina.AwaitText(l.ctx, "berikutnya"); err != nil {
		t.Fatal(err)
	}
}

// After a drop the library sends once more and then waits without any limit of
// its own: only our deadline ends that.
func TestNoAckAfterReconnect(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.opt.Timing.Send = 4 * time.Second
	c := l.online()
	rina := l.phone(rinaNumber, "Rina")
	to := l.awaitMessage(l.say(rina, "halo")).Chat
	l.mustSend(c, shop.Outgoing{To: to, Text: "nol"})
	l.srv.DropAfterRelay(l.dev, 1)
	l.srv.DelayAck(l.dev, time.Minute, 1)
	began := time.Now()
	_, err := l.send(c, shop.Outgoing{To: to, Text: "satu"})
	fate(t, err, shop.FateUnknown, 0)
	if took := time.Since(began); took > 12*time.Second {
		t.Errorf("gave up after %s", took)
	}
	l.await(c, whatsapp.StateOnline)
	l.mustSend(c, shop.Outgoing{To: to, Text: "dua"})
}

func TestSendWhileOffline(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.online()
	l.srv.Refuse(l.dev, true)
	l.await(c, whatsapp.StateDisconnected)
	_, err := l.send(c, shop.Outgoing{Text: "halo"})
	fate(t, err, shop.FateNotSent, 0)
	if err := c.Typing(l.ctx, shop.Address{Phone: rinaNumber}, true); err == nil {
		t.Error("typing while offline")
	}
	if err := c.MarkRead(l.ctx, []string{"A"}, shop.Address{Phone: rinaNumber}); err == nil {
		t.Error("mark read while offline")
	}
}

// A message that waits for its turn gives up with its caller, and nothing of it
// has left.
func TestGivingUpBeforeItsTurn(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.online()
	rina := l.phone(rinaNumber, "Rina")
	to := l.awaitMessage(l.say(rina, "halo")).Chat
	l.srv.DelayAck(l.dev, time.Second, 1)
	first := make(chan error, 1)
	go func() {
		_, err := c.Send(l.ctx, shop.Outgoing{ID: c.NewMessageID(), To: to, Text: "satu"})
		first <- err
	}()
	if _, err := rina.AwaitText(l.ctx, "satu"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(l.ctx, 50*time.Millisecond)
	defer cancel()
	_, err := c.Send(ctx, shop.Outgoing{ID: c.NewMessageID(), To: to, Text: "dua"})
	fate(t, err, shop.FateNotSent, 0)
	if err := <-first; err != nil {
		t.Error(err)
	}
}
