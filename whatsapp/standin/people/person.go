package people

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types"

	"bestie/whatsapp/standin"
)

// Person is one device in somebody's hand. All methods are safe for concurrent
// use.
type Person struct {
	world *World
	name  string
	phone string
	cli   *whatsmeow.Client
	mem   *memstore

	mu       sync.Mutex
	wanted   bool // should be connected
	up       bool // believes to be
	sending  int
	received []Received
	media    map[string]whatsmeow.DownloadableMessage // by message ID
	signs    []Sign
	receipts map[string][]Receipt // by message ID
	typing   int
	news     chan struct{} // closed and replaced on every change
}

// Name is what others see.
func (p *Person) Name() string { return p.name }

// Device is the person's device, for the stand-in's faults.
func (p *Person) Device() standin.Device {
	id := p.cli.Store.GetJID()
	return standin.Device{Phone: p.phone, ID: id.Device}
}

// Connect brings the person online after Disconnect and waits for it.
func (p *Person) Connect(ctx context.Context) error {
	if err := p.cli.ConnectContext(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("people: %s: %w", p.name, err)
	}
	return p.settle(ctx)
}

// settle waits until the client is logged in and shows itself online, so that
// its receipts are the ones of an open app and it sees who is typing.
func (p *Person) settle(ctx context.Context) error {
	p.mu.Lock()
	p.wanted = true
	p.mu.Unlock()
	if err := p.until(ctx, p.Online); err != nil {
		return fmt.Errorf("people: %s does not come online: %w", p.name, err)
	}
	return p.cli.SendPresence(ctx, types.PresenceAvailable)
}

// Disconnect takes the person offline, as when the app is closed. What others
// send meanwhile waits at the server. It does not come back before Connect.
func (p *Person) Disconnect() {
	p.mu.Lock()
	p.wanted = false
	p.mu.Unlock()
	// whatsmeow's socket has no lock against being told to disconnect while it
	// notices that the server hung up: let it notice first.
	ctx, cancel := context.WithTimeout(context.Background(), noticeTime)
	defer cancel()
	_ = p.until(ctx, p.agrees) // after a farewell it never agrees, which is fine
	p.cli.Disconnect()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.up = false // no event tells so
}

// noticeTime is ample for a client to see that its connection ended.
const noticeTime = time.Second

// agrees tells that client and server have the same idea of the connection.
func (p *Person) agrees() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.up == p.world.srv.Connected(p.Device())
}

// Online tells whether the person is logged in. The server knows better than the
// client, which believes in its last login until the next one fails.
func (p *Person) Online() bool { return p.cli.IsConnected() && p.world.srv.Connected(p.Device()) }

// busy is why the person is not at rest, or "".
func (p *Person) busy() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.sending > 0:
		return fmt.Sprintf("%s: sending", p.name)
	case p.wanted && !p.Online() && p.world.srv.Admits(p.Device()):
		return fmt.Sprintf("%s: reconnecting", p.name)
	}
	return ""
}

// changed wakes everybody who waits. p.mu held.
func (p *Person) changed() {
	close(p.news)
	p.news = make(chan struct{})
}

// until waits for a condition that some event makes true.
func (p *Person) until(ctx context.Context, ok func() bool) error {
	for {
		p.mu.Lock()
		news := p.news
		p.mu.Unlock()
		if ok() {
			return nil
		}
		select {
		case <-news:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Await waits for a received message that satisfies ok, also one that is there
// already. The error is the context's: give it a deadline.
func (p *Person) Await(ctx context.Context, ok func(Received) bool) (Received, error) {
	var found Received
	err := p.until(ctx, func() bool {
		for _, r := range p.Received() {
			if ok(r) {
				found = r
				return true
			}
		}
		return false
	})
	return found, err
}

// AwaitText waits for a message with exactly this text or caption.
func (p *Person) AwaitText(ctx context.Context, text string) (Received, error) {
	return p.Await(ctx, func(r Received) bool { return r.Text == text })
}

// AwaitReceipt waits until a message of this person was delivered to, or read
// by, the other side.
func (p *Person) AwaitReceipt(ctx context.Context, messageID string, kind ReceiptKind) error {
	return p.until(ctx, func() bool {
		for _, r := range p.Receipts(messageID) {
			if r.Kind == kind {
				return true
			}
		}
		return false
	})
}

// AwaitTyping waits until Typing is at least n.
func (p *Person) AwaitTyping(ctx context.Context, n int) error {
	return p.until(ctx, func() bool { return p.Typing() >= n })
}

// ErrNoMedia is Download's answer for a message without media, or an unknown one.
var ErrNoMedia = errors.New("people: this message has no media")

// Download fetches and decrypts the media of a received message.
func (p *Person) Download(ctx context.Context, messageID string) ([]byte, error) {
	p.mu.Lock()
	m := p.media[messageID]
	p.mu.Unlock()
	if m == nil {
		return nil, ErrNoMedia
	}
	return p.cli.Download(ctx, m)
}

// AwaitCount waits until this many content messages have been received. The error
// is the context's: give it a deadline.
func (p *Person) AwaitCount(ctx context.Context, n int) error {
	return p.until(ctx, func() bool {
		p.mu.Lock()
		defer p.mu.Unlock()
		return len(p.received) >= n
	})
}
