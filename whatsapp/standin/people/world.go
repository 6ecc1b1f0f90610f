package people

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/rs/zerolog"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/store"
	waLog "go.mau.fi/whatsmeow/util/log"

	"bestie/whatsapp/standin"
)

// World is everybody around one stand-in.
type World struct {
	srv *standin.Server
	log zerolog.Logger

	mu      sync.Mutex
	persons []*Person
}

// New makes an empty world. The persons' clients log to log, each with the
// field "person"; zerolog.Nop() keeps them quiet.
func New(srv *standin.Server, log zerolog.Logger) *World { return &World{srv: srv, log: log} }

// Phone makes a phone: device 0 of a number, connected and online. name is what
// others see. A number has one phone; devices that are linked already stay
// valid.
func (w *World) Phone(ctx context.Context, phone, name string) (*Person, error) {
	dev, mem := newDevice()
	if err := w.srv.NewPrimary(ctx, dev, phone, name); err != nil {
		return nil, err
	}
	p := w.person(dev, mem, name)
	p.phone = phone
	return p, p.Connect(ctx)
}

// Link links another device to a number by QR code, as a real client would, and
// connects it. The number's phone, real or virtual, scans the code.
func (w *World) Link(ctx context.Context, phone, name string) (*Person, error) {
	dev, mem := newDevice()
	dev.PushName = name
	p := w.person(dev, mem, name)
	p.phone = phone
	codes, err := p.cli.GetQRChannel(ctx)
	if err != nil {
		return nil, err
	}
	if err := p.cli.ConnectContext(context.WithoutCancel(ctx)); err != nil {
		return nil, err
	}
	for item := range codes {
		switch item.Event {
		case whatsmeow.QRChannelEventCode:
			if _, err := w.srv.PairQR(item.Code, phone, ""); err != nil {
				return nil, err
			}
		case whatsmeow.QRChannelSuccess.Event:
			return p, p.settle(ctx)
		default:
			return nil, fmt.Errorf("people: linking %s: %s: %w", name, item.Event, item.Error)
		}
	}
	return nil, errors.Join(fmt.Errorf("people: linking %s was given up", name), ctx.Err())
}

func (w *World) person(dev *store.Device, mem *memstore, name string) *Person {
	http := w.srv.HTTPClient()
	p := &Person{
		world: w, name: name, mem: mem, news: make(chan struct{}),
		cli: whatsmeow.NewClient(dev, waLog.Zerolog(w.log.With().Str("person", name).Logger())),
	}
	p.cli.SynchronousAck = true             // a stanza leaves the server's queue only after our handler
	p.cli.EnableDecryptedEventBuffer = true // runs decryptions in DoDecryptionTxn
	p.cli.SetWebsocketHTTPClient(http)
	p.cli.SetPreLoginHTTPClient(http)
	p.cli.SetMediaHTTPClient(http)
	p.cli.AddEventHandlerWithSuccessStatus(p.handle)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.persons = append(w.persons, p)
	return p
}

// Leave takes a person out of the world for good and forgets what they hold.
func (w *World) Leave(p *Person) {
	p.Disconnect()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.persons = slices.DeleteFunc(w.persons, func(other *Person) bool { return other == p })
}

// Busy tells, one reason each, which persons are still doing something: sending,
// or on their way back to a connection they lost (unless a fault keeps them
// out). Together with the server's Busy it says when everything is quiet.
func (w *World) Busy() []string {
	w.mu.Lock()
	persons := slices.Clone(w.persons)
	w.mu.Unlock()
	var why []string
	for _, p := range persons {
		if reason := p.busy(); reason != "" {
			why = append(why, reason)
		}
	}
	return why
}

// Close disconnects everybody.
func (w *World) Close() {
	w.mu.Lock()
	persons := w.persons
	w.persons = nil
	w.mu.Unlock()
	var all sync.WaitGroup
	for _, p := range persons {
		all.Go(p.Disconnect)
	}
	all.Wait()
}
