package standin_test

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"

	"bestie/whatsapp/standin"
)

// client is a whatsmeow client whose events are kept.
type client struct {
	*whatsmeow.Client
	l    *lab
	name string

	mu   sync.Mutex
	news chan struct{}
	evs  []any
	hook func(any) bool
}

// client wraps a device. It uses the options every program of ours uses.
func (l *lab) client(name string, dev *store.Device) *client {
	c := &client{Client: whatsmeow.NewClient(dev, watch{l.logs, name}), l: l, name: name, news: make(chan struct{})}
	c.SynchronousAck, c.EnableDecryptedEventBuffer = true, true
	c.useHTTP(l.srv.HTTPClient())
	c.AddEventHandlerWithSuccessStatus(c.handle)
	l.t.Cleanup(func() {
		l.logs.close()
		// whatsmeow must not be told to disconnect in the instant in which it
		// notices that the server hung up (its socket has no lock for that).
		for end := time.Now().Add(time.Second); len(l.srv.Busy()) > 0 && time.Now().Before(end); {
			time.Sleep(time.Millisecond)
		}
		c.Disconnect()
	})
	return c
}

// useHTTP is how a client is pointed at a server.
func (c *client) useHTTP(to *http.Client) {
	c.SetWebsocketHTTPClient(to)
	c.SetPreLoginHTTPClient(to)
	c.SetMediaHTTPClient(to)
}

func (c *client) handle(evt any) bool {
	c.mu.Lock()
	c.evs = append(c.evs, evt)
	hook := c.hook
	close(c.news)
	c.news = make(chan struct{})
	c.mu.Unlock()
	return hook == nil || hook(evt)
}

// onEvent decides what the handler returns from now on.
func (c *client) onEvent(hook func(any) bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hook = hook
}

// take removes the first event of a type that satisfies ok.
func take[T any](c *client, ok func(T) bool) (got T, found bool, news chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, e := range c.evs {
		if v, is := e.(T); is && (ok == nil || ok(v)) {
			c.evs = append(c.evs[:i:i], c.evs[i+1:]...)
			return v, true, nil
		}
	}
	return got, false, c.news
}

// await waits for an event that satisfies ok and removes it.
func await[T any](c *client, what string, ok func(T) bool) T {
	c.l.t.Helper()
	late := time.After(bound)
	for {
		v, found, news := take(c, ok)
		if found {
			return v
		}
		select {
		case <-news:
		case <-late:
			c.l.t.Fatalf("%s: timeout waiting for %s (has %s)", c.name, what, c.kinds())
		}
	}
}

func (c *client) kinds() (out []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, e := range c.evs {
		out = append(out, fmt.Sprintf("%T", e))
	}
	return out
}

// seen counts the events that were not awaited and satisfy ok.
func seen[T any](c *client, ok func(T) bool) (n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, e := range c.evs {
		if v, is := e.(T); is && (ok == nil || ok(v)) {
			n++
		}
	}
	return n
}

func (c *client) device() standin.Device {
	id := c.Store.GetJID()
	return standin.Device{Phone: id.User, ID: id.Device}
}

func (c *client) connect() {
	c.l.t.Helper()
	if err := c.Connect(); err != nil {
		c.l.t.Fatal(err)
	}
	await[*events.Connected](c, "Connected", nil)
}

// pairQR links an unpaired client to a phone number by QR code.
func (c *client) pairQR(phone, biz string) {
	c.l.t.Helper()
	ch, err := c.GetQRChannel(c.l.ctx)
	if err != nil {
		c.l.t.Fatal(err)
	}
	if err = c.Connect(); err != nil {
		c.l.t.Fatal(err)
	}
	item := <-ch
	if item.Event != whatsmeow.QRChannelEventCode {
		c.l.t.Fatalf("QR channel: %+v", item)
	}
	dev, err := c.l.srv.PairQR(item.Code, phone, biz)
	if err != nil {
		c.l.t.Fatal(err)
	}
	for item = range ch {
	}
	if item != whatsmeow.QRChannelSuccess {
		c.l.t.Fatalf("QR channel ended with %+v", item)
	}
	await[*events.Connected](c, "Connected after pairing", nil)
	if c.device() != dev {
		c.l.t.Fatalf("paired as %s, announced as %s", c.device(), dev)
	}
}

// companion is a paired client with its own database.
func (l *lab) companion(name, phone string) *client {
	l.t.Helper()
	dev := l.container(name).NewDevice()
	dev.PushName = name
	c := l.client(name, dev)
	c.pairQR(phone, "")
	return c
}

// phone is a client that is device 0 itself.
func (l *lab) phone(name, number string) *client {
	l.t.Helper()
	dev := l.container(name).NewDevice()
	if err := l.srv.NewPrimary(l.ctx, dev, number, name); err != nil {
		l.t.Fatal(err)
	}
	c := l.client(name, dev)
	c.connect()
	return c
}

// pair is the shop's linked device and a customer who have talked both ways.
func pair(l *lab) (bot, customer *client) {
	l.t.Helper()
	bot, customer = l.companion("bot", shop), l.phone("rina", rina)
	customer.say(pn(shop), "halo")
	bot.say(bot.hear("halo").Info.Chat, "halo kak")
	customer.hear("halo kak")
	l.quiet()
	return bot, customer
}

func text(s string) *waE2E.Message { return &waE2E.Message{Conversation: proto.String(s)} }

func pn(number string) types.JID { return types.NewJID(number, types.DefaultUserServer) }

func (c *client) send(to types.JID, s string) (whatsmeow.SendResponse, error) {
	ctx, cancel := context.WithTimeout(c.l.ctx, bound)
	defer cancel()
	return c.SendMessage(ctx, to, text(s))
}

func (c *client) say(to types.JID, s string) whatsmeow.SendResponse {
	c.l.t.Helper()
	r, err := c.send(to, s)
	if err != nil {
		c.l.t.Fatalf("%s says %q: %v", c.name, s, err)
	}
	return r
}

func (c *client) hear(s string) *events.Message {
	c.l.t.Helper()
	return await(c, fmt.Sprintf("message %q", s), func(m *events.Message) bool { return m.Message.GetConversation() == s })
}

func (c *client) receipt(id string, typ types.ReceiptType) *events.Receipt {
	c.l.t.Helper()
	return await(c, fmt.Sprintf("receipt %q for %s", typ, id), func(r *events.Receipt) bool {
		return r.Type == typ && len(r.MessageIDs) > 0 && r.MessageIDs[0] == id
	})
}

// again counts how often a message that was heard came once more.
func (c *client) again(id types.MessageID) int {
	return seen(c, func(m *events.Message) bool { return m.Info.ID == id })
}
