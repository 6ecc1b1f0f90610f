package hostile

import (
	"context"
	"sync"
	"time"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"

	"bestie/whatsapp/standin"
	"bestie/whatsapp/standin/people"
)

// Event is message i of the class as the library would hand it over: sent to me
// at this instant by the stranger with this LID and number.
func (c *Class) Event(seed uint64, i int, me Self, from Self, now time.Time) any {
	m := c.dice(seed, i)
	m.now, m.me = now, me
	info := types.MessageInfo{
		MessageSource: types.MessageSource{Chat: from.LID.ToNonAD(), Sender: from.LID, SenderAlt: from.PN},
		ID:            m.id(), PushName: "Orang", Timestamp: now,
	}
	if c.info != nil {
		c.info(m, &info)
	}
	if c.event != nil {
		return c.event(m, info)
	}
	evt := &events.Message{Info: info, RawMessage: c.content(m)}
	return evt.UnwrapRaw()
}

// Wire sends messages through a stand-in whose Config.Tamper is Wire.Tamper.
type Wire struct {
	Seed uint64

	mu    sync.Mutex
	bot   standin.Device
	spoil func(n *waBinary.Node)
}

// Tamper spoils the copies for the bot as the class wants it.
func (w *Wire) Tamper(to standin.Device, n *waBinary.Node) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.spoil != nil && to == w.bot {
		w.spoil(n)
	}
}

// Send lets a person send message i of the class to the bot's number. What the
// person sends afterwards, such as the same message once more because it could
// not be decrypted, is spoilt in the same way until the next Send or Honest.
func (w *Wire) Send(ctx context.Context, c *Class, i int, p *people.Person, to standin.Device) error {
	m := c.dice(w.Seed, i)
	content := c.content(m)
	w.mu.Lock()
	w.bot, w.spoil = to, nil
	if c.stanza != nil {
		w.spoil = func(n *waBinary.Node) { c.stanza(m, n) }
	}
	w.mu.Unlock()
	_, err := p.Raw(ctx, to.Phone, content)
	return err
}

// Honest ends the tampering.
func (w *Wire) Honest() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.spoil = nil
}
