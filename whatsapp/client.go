package whatsapp

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/rs/zerolog"
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/store/sqlstore"
	"go.mau.fi/whatsmeow/types"
	waLog "go.mau.fi/whatsmeow/util/log"

	"bestie/shop"
)

// Client is one WhatsApp session: one number, one connection, one process. All
// methods are safe for concurrent use. After a permanent state the client is
// spent: close it and open a new one.
type Client struct {
	opt     Options
	log     zerolog.Logger // our own lines
	db      *sql.DB
	box     *sqlstore.Container
	wa      *whatsmeow.Client
	board   *board
	events  life            // handlers of the library's events
	work    life            // everything else that runs for this client
	ctx     context.Context // ends with the client; carries the library's logger
	cancel  context.CancelFunc
	turn    chan struct{} // held by the one message that is being sent
	nudges  chan string   // reasons to reconnect now, for the keeper
	planned chan struct{} // the time of the next attempt has changed
	keep    sync.Once     // the first dial and the start of the keeper
	uploads uploads
	skipped skips
	trouble trouble

	dialing  sync.Mutex // held while the connection is replaced
	mu       sync.Mutex // guards all below
	self     self
	pairing  chan any // events for the pairing under way; nil when there is none
	link     link
	presence presence
	phone    time.Time // when phone_last_seen was last written
}

// genuineRoot is the key that signs WhatsApp's servers, as this build knows it.
var genuineRoot = whatsmeow.WACertPubKey

// Open opens the session in Options.Dir, or a blank one to pair with. It never
// touches the network.
func Open(ctx context.Context, opt Options) (*Client, error) {
	if err := opt.complete(); err != nil {
		return nil, err
	}
	c := &Client{
		opt: opt, turn: make(chan struct{}, 1), nudges: make(chan string, 1), planned: make(chan struct{}, 1),
		uploads: newUploads(), skipped: newSkips(),
	}
	out := opt.Log.With().Str("component", "wa").Logger()
	c.log = ownLogger(out)
	library := libraryLogger(out, func() bool { return c.work.isOver() || c.trouble.any() })
	sink.log.Store(&library)

	db, box, err := openSession(ctx, opt.Dir, library)
	if err != nil {
		return nil, err
	}
	device, err := chooseDevice(ctx, box, opt.Number)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	c.db, c.box = db, box
	nameProduct(opt.Product)
	c.ctx, c.cancel = context.WithCancel(library.WithContext(context.Background()))
	c.wa = c.newLibraryClient(device, waLog.Zerolog(library))
	c.raiseShield()
	first := StateUnpaired
	if device.ID != nil {
		first = StateDisconnected
		c.learnSelf()
		c.presentName(ctx)
	}
	c.board = newBoard(opt.Now, opt.OnState, first)
	return c, nil
}

// newLibraryClient sets the options that make reception lossless and sending
// repeatable (field guide, section 0). The keeper reconnects instead of the
// library, whose own loop waits longer and longer without bound, cannot be
// hurried and shares its counter between goroutines without a lock; what the
// loop had to be told by InitialAutoReconnect, the keeper does always.
func (c *Client) newLibraryClient(device *store.Device, log waLog.Logger) *whatsmeow.Client {
	wa := whatsmeow.NewClient(device, log)
	wa.EnableDecryptedEventBuffer = true
	wa.SynchronousAck = true
	wa.EnableAutoReconnect = false
	wa.InitialAutoReconnect = true
	wa.UseRetryMessageStore = true
	wa.AutomaticMessageRerequestFromPhone = true
	wa.SendReportingTokens = true
	wa.BackgroundEventCtx = c.ctx
	wa.PrePairCallback = c.acceptPair
	network := c.opt.Network
	if network == nil {
		network = impatient(answerTime)
	}
	wa.SetWebsocketHTTPClient(network)
	wa.SetPreLoginHTTPClient(network)
	wa.SetMediaHTTPClient(network)
	wa.AddEventHandlerWithSuccessStatus(c.handle)
	return wa
}

var productOnce sync.Once

// nameProduct sets the name shown under "Linked devices". The library keeps it
// in a variable of the process, so the first Open decides.
func nameProduct(name string) {
	productOnce.Do(func() { store.SetOSInfo(name, [3]uint32{1, 0, 0}) })
}

// Paired tells whether a session exists that WhatsApp has not ended.
func (c *Client) Paired() bool { return !c.whoami().pn.IsEmpty() }

// Account is our own address; zero while there is no session.
func (c *Client) Account() shop.Address {
	me := c.whoami()
	return addressOf(me.pn, me.lid)
}

// SocketClosed is the detail of a loss that the socket shows and no event has told yet.
const SocketClosed = "socket closed a moment ago"

// Status is the present state. It believes the socket more than the events,
// because the event of a loss comes a moment after it, or not at all.
func (c *Client) Status() Status {
	s := c.board.status()
	switch s.State {
	case StateSyncing, StateOnline, StateDegraded:
		if !c.alive() {
			s.State, s.Detail = StateDisconnected, SocketClosed
		}
	}
	return s
}

// alive tells that the socket is open and was logged in. The library forgets to
// reset IsLoggedIn after a plain disconnect, so it proves nothing by itself.
func (c *Client) alive() bool { return c.wa.IsConnected() && c.wa.IsLoggedIn() }

// Ended is closed when a permanent state is reached; Status says which one. A
// program that runs has nothing left to do then but to tell somebody and exit.
func (c *Client) Ended() <-chan struct{} { return c.board.ended }

// NewMessageID makes an ID for a message that will be sent. It has to be stored
// before the first try and is the same on every further one.
func (c *Client) NewMessageID() string { return c.wa.GenerateMessageID() }

// Skipped counts what came in and was not stored, by reason ("group", "status",
// "newsletter", …), since Open.
func (c *Client) Skipped() map[string]int { return c.skipped.counts() }

// Close ends the session in order: handlers finish what they have begun, the
// connection is closed, then the database. ctx bounds the farewell only.
func (c *Client) Close(ctx context.Context) error {
	if !c.events.end() {
		return nil
	}
	c.board.set(StateClosed, "", time.Time{})
	c.events.wait()
	if c.alive() {
		_ = c.wa.SendPresence(ctx, types.PresenceUnavailable) // a courtesy: it may fail
	}
	c.work.end()
	c.wa.Disconnect()
	c.cancel()
	c.work.wait()
	if err := c.db.Close(); err != nil {
		return fmt.Errorf("close session database: %w", err)
	}
	return nil
}

// Kill ends the session as a crash would: nothing that is under way is
// acknowledged or finished, WhatsApp sees the connection break.
func (c *Client) Kill() {
	if !c.events.end() {
		return
	}
	c.work.end()
	c.cancel() // the library cuts its socket when this context ends
	c.board.set(StateClosed, "killed", time.Time{})
	c.events.wait()
	c.work.wait()
	_ = c.db.Close()
	c.awaitRelease()
}

// awaitRelease waits, 2 s at most, until the library has let go of socket and
// database, so that the same folder can be opened again at once.
func (c *Client) awaitRelease() {
	limit := time.NewTimer(2 * time.Second)
	defer limit.Stop()
	look := time.NewTicker(time.Millisecond)
	defer look.Stop()
	for c.wa.IsConnected() || c.db.Stats().OpenConnections > 0 {
		select {
		case <-limit.C:
			return
		case <-look.C:
		}
	}
}
