package standin_test

import (
	"fmt"
	"testing"

	"go.mau.fi/whatsmeow/store/sqlstore"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"

	"bestie/whatsapp/standin"
)

func TestOfflineQueue(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	bot, customer := pair(l)
	l.allow(netNoise...)
	bot.Disconnect()
	eventually(t, "bot gone", func() bool { return !l.srv.Connected(bot.device()) })
	var ids []string
	for i := range 5 {
		ids = append(ids, customer.say(pn(shop), fmt.Sprint("luring ", i)).ID)
	}
	if m, _ := l.srv.Pending(bot.device()); m != 5 {
		t.Fatalf("%d messages wait", m)
	}
	l.quiet() // what waits for a device that is away is no work
	bot.connect()
	p := await[*events.OfflineSyncPreview](bot, "OfflineSyncPreview", nil)
	if p.Messages != 5 {
		t.Fatalf("preview %+v", p)
	}
	for i := range 5 {
		bot.hear(fmt.Sprint("luring ", i))
	}
	await(bot, "OfflineSyncCompleted", func(e *events.OfflineSyncCompleted) bool { return e.Count == p.Total })
	for _, id := range ids {
		customer.receipt(id, types.ReceiptTypeInactive)
	}
	l.quiet()
	if _, all := l.srv.Pending(bot.device()); all != 0 {
		t.Fatalf("%d stanzas left", all)
	}
}

// A client that dies between decrypting a message and finishing its handler gets
// the message again, thanks to SynchronousAck and the event buffer.
func TestKilledBeforeAck(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	db := l.container("bot")
	bot := l.client("bot", db.NewDevice())
	bot.pairQR(shop, "")
	customer := l.phone("rina", rina)
	customer.say(pn(shop), "pemanasan")
	bot.hear("pemanasan")
	l.quiet()

	entered := make(chan struct{})
	bot.onEvent(func(e any) bool {
		if m, ok := e.(*events.Message); ok && m.Message.GetConversation() == "penting" {
			close(entered)
			return false // crash: the handler does not finish
		}
		return true
	})
	l.allow(append(netNoise, "Handler for")...)
	r := customer.say(pn(shop), "penting")
	<-entered
	bot.Disconnect() // kill -9, as far as the server can tell
	if m, _ := l.srv.Pending(bot.device()); m != 1 {
		t.Fatalf("%d messages wait", m)
	}
	second := restart(l, db, "second run")
	if m := second.hear("penting"); m.Info.ID != r.ID {
		t.Fatal("another ID")
	}
	customer.receipt(r.ID, types.ReceiptTypeInactive)
	l.quiet()
	if n := l.srv.Stats().Redelivered; n == 0 {
		t.Fatal("redelivery was not counted")
	}

	second.Disconnect() // it was acknowledged: a third run gets nothing
	third := restart(l, db, "third run")
	await[*events.OfflineSyncCompleted](third, "OfflineSyncCompleted", nil)
	l.quiet()
	if n := seen[*events.Message](third, nil); n != 0 {
		t.Fatalf("%d messages again", n)
	}
}

// The same crash with whatsmeow's defaults loses the message, because the
// acknowledgement leaves before the handler ends. That is why every client here
// sets the two options.
func TestDefaultsLoseTheMessage(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	db := l.container("bot")
	bot := l.client("bot", db.NewDevice())
	bot.SynchronousAck, bot.EnableDecryptedEventBuffer = false, false
	bot.pairQR(shop, "")
	customer := l.phone("rina", rina)
	entered := make(chan struct{})
	bot.onEvent(func(e any) bool {
		if _, ok := e.(*events.Message); ok {
			close(entered)
			return false
		}
		return true
	})
	l.allow(append(netNoise, "Handler for", "old counter", "Ignoring message", "duplicate")...)
	customer.say(pn(shop), "hilang")
	<-entered
	bot.Disconnect()
	dev, err := db.GetFirstDevice(l.ctx)
	if err != nil {
		t.Fatal(err)
	}
	second := l.client("second run", dev)
	second.SynchronousAck, second.EnableDecryptedEventBuffer = false, false
	second.connect()
	await[*events.OfflineSyncCompleted](second, "OfflineSyncCompleted", nil)
	l.quiet()
	if n := seen[*events.Message](second, nil); n != 0 {
		t.Fatal("whatsmeow's defaults became at-least-once: the two options may no longer be needed")
	}
}

// restart opens the paired database with a new client and connects it.
func restart(l *lab, db *sqlstore.Container, name string) *client {
	l.t.Helper()
	dev, err := db.GetFirstDevice(l.ctx)
	if err != nil {
		l.t.Fatal(err)
	}
	c := l.client(name, dev)
	c.connect()
	return c
}
