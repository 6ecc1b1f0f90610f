package whatsapp

import (
	"context"
	"errors"
	"math/rand/v2"
	"strconv"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/store"

	"bestie/shop"
)

// link is what the events of the present connection have told so far.
type link struct {
	connected bool      // events.Connected came: logged in, prekeys checked
	synced    bool      // everything of the time away has arrived
	deaf      bool      // pings go unanswered
	since     time.Time // real time of the last sign of life or attempt
	until     time.Time // real time before which a refusal forbids to dial
	fetched   bool      // the client version was fetched after a 405 and is being tried
	owed      bool      // messages could not be written: reconnect to get them again
	redeliver time.Duration
}

// Connect starts the connection and the keeper that holds it. It returns when
// the first attempt was made: whether it led to a login is told by Status. It
// fails only if there is nothing to connect with.
func (c *Client) Connect(ctx context.Context) error {
	if err := c.guard(); err != nil {
		return err
	}
	if !c.Paired() {
		return Status{State: c.board.status().State}.Problem()
	}
	if !c.work.enter() {
		return &shop.Error{Code: "closed", Sentence: "The WhatsApp client is closed.", Hint: "Open it again."}
	}
	defer c.work.leave()

	first := false
	c.keep.Do(func() {
		first = true
		if until, banned := c.bannedUntil(ctx); banned {
			c.board.set(StateBanned, "remembered", until)
		} else {
			c.adoptVersion(ctx)
			c.dial("start")
		}
		c.work.spawn(c.keeper)
	})
	if !first {
		c.Nudge()
	}
	return nil
}

// guard keeps a process in which a stand-in played WhatsApp away from the real
// one: the stand-in has replaced the key that tells them apart.
func (c *Client) guard() error {
	if c.opt.Network == nil && whatsmeow.WACertPubKey != genuineRoot {
		return &shop.Error{
			Code:     "standin_in_process",
			Sentence: "A stand-in for WhatsApp runs in this process; the real one must not be reached from it.",
			Hint:     "Start run or pair in a process of its own.",
		}
	}
	return nil
}

// Nudge says that the network is back: the keeper reconnects at once instead of
// waiting for its next try. It does nothing while the connection is healthy or
// a ban runs, and returns without waiting.
func (c *Client) Nudge() { c.nudge("nudge") }

func (c *Client) nudge(reason string) {
	select {
	case c.nudges <- reason:
	default: // one is waiting already
	}
}

// dial drops what is left of the old connection and opens a new one.
func (c *Client) dial(reason string) {
	c.dialing.Lock()
	defer c.dialing.Unlock()
	c.wa.Disconnect() // ends a sleeping auto-reconnect too
	c.mu.Lock()
	c.link.connected, c.link.synced, c.link.deaf = false, false, false
	c.link.since = time.Now()
	c.mu.Unlock()
	c.board.set(StateConnecting, reason, time.Time{})

	err := c.wa.Connect()
	switch {
	case err == nil || errors.Is(err, whatsmeow.ErrAlreadyConnected):
	case errors.Is(err, store.ErrDeviceDeleted):
		c.forgetSelf()
		c.board.set(StateLoggedOut, "session deleted", time.Time{})
	case c.ctx.Err() != nil:
	default: // reached something that is not WhatsApp, or speaks another protocol
		c.log.Warn().Err(errors.New(redact(err.Error()))).Msg("connecting to WhatsApp failed")
		c.backOff("handshake")
	}
}

// backOff enters StateFailed: no dialling for Timing.Backoff of real time.
func (c *Client) backOff(detail string) {
	c.mu.Lock()
	c.link.until = time.Now().Add(c.opt.Timing.Backoff)
	c.mu.Unlock()
	c.board.set(StateFailed, detail, c.opt.Now().Add(c.opt.Timing.Backoff))
}

// capBackoff bounds the library's linear back-off (2 s more after every failure,
// for ever) to 20 to 30 s, random so that a power cut does not make everybody
// dial in step. The library calls it on the goroutine that owns the counter.
func capBackoff(wa *whatsmeow.Client) bool {
	const steps = 10 // of 2 s
	if wa.AutoReconnectErrors > steps {
		wa.AutoReconnectErrors = steps + rand.IntN(steps/2)
	}
	return true
}

// settle derives the state from what is known of the connection.
func (c *Client) settle() {
	c.mu.Lock()
	l := c.link
	c.mu.Unlock()
	switch {
	case !l.connected:
	case l.deaf:
		c.board.advance(StateDegraded, "pings unanswered")
	case !l.synced:
		c.board.advance(StateSyncing, "")
	default:
		c.board.advance(StateOnline, "")
	}
}

// bannedUntil returns the end of a ban from an earlier life of this program.
func (c *Client) bannedUntil(ctx context.Context) (time.Time, bool) {
	value, err := c.opt.Settings.Setting(ctx, SettingBannedUntil)
	if err != nil {
		c.log.Warn().Err(err).Msg("ban setting not readable")
		return time.Time{}, false
	}
	ms, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return time.Time{}, false
	}
	until := time.UnixMilli(ms)
	return until, c.opt.Now().Before(until)
}
