package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/rs/zerolog"
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/socket"
	"go.mau.fi/whatsmeow/store"

	"bestie/shop"
)

// link is what is known of the present connection, from events and attempts.
// Instants are on the real clock.
type link struct {
	connected bool      // events.Connected came: logged in, prekeys checked
	synced    bool      // everything of the time away has arrived
	deaf      bool      // pings go unanswered
	since     time.Time // the last attempt, login or loss
	attempts  int       // since the last connection that lasted for steadyTime
	next      time.Time // when to try again; zero: no attempt is due
	until     time.Time // a refusal forbids to dial before

	owed      bool          // messages could not be written: reconnect to get them again
	redeliver time.Duration // wait before the next reconnect for them; 0: the first one
}

// steadyTime is how long a connection has to last to count as a success: logins
// that are thrown out at once would else be repeated without a pause.
const steadyTime = 10 * time.Second

// lose notes that the connection is gone.
func (l *link) lose() {
	if l.connected && time.Since(l.since) >= steadyTime {
		l.attempts = 0
	}
	l.connected, l.synced, l.deaf, l.owed = false, false, false, false
	l.since, l.next = time.Now(), time.Time{}
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
			c.board.set(StateConnecting, "start", time.Time{})
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

// dial drops what is left of the old connection and opens a new one. During an
// outage the state stays StateDisconnected through all attempts.
func (c *Client) dial(reason string) {
	c.dialing.Lock()
	defer c.dialing.Unlock()
	if c.board.status().State.waits() {
		c.board.set(StateConnecting, reason, time.Time{})
	} else if c.board.status().State != StateConnecting {
		c.board.advance(StateDisconnected, reason)
	}
	if c.wa.IsConnected() {
		c.wa.Disconnect()
	} else {
		c.awaitLoss()
	}
	c.changeLink(func(l *link) {
		l.lose()
		l.attempts++
	})
	err := c.wa.Connect()
	switch {
	case err == nil || errors.Is(err, whatsmeow.ErrAlreadyConnected):
	case errors.Is(err, store.ErrDeviceDeleted):
		c.forgetSelf()
		c.board.set(StateLoggedOut, "session deleted", time.Time{})
	case c.ctx.Err() == nil:
		c.onDialFailed(err)
	}
}

// lossTime bounds the wait for the library's word that a connection is lost.
const lossTime = time.Second

// awaitLoss waits until the library has told of the loss of a connection whose
// socket is gone already. It lets go of the socket before it tells; to dial
// earlier is a data race inside the library (socket/noisesocket.go:Stop against
// socket/framesocket.go:Close).
func (c *Client) awaitLoss() {
	limit := time.NewTimer(lossTime)
	defer limit.Stop()
	look := time.NewTicker(time.Millisecond)
	defer look.Stop()
	for c.untold() {
		select {
		case <-c.ctx.Done():
			return
		case <-limit.C:
			return
		case <-look.C:
		}
	}
}

// untold tells that the connection counts as standing.
func (c *Client) untold() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.link.connected
}

// onDialFailed plans the next attempt. Only the first failure in a row is worth
// a warning.
func (c *Client) onDialFailed(err error) {
	var status socket.ErrWithStatusCode
	if errors.As(err, &status) && status.StatusCode/100 == 4 && status.StatusCode != http.StatusRequestTimeout {
		c.log.Error().Int("status", status.StatusCode).Msg("WhatsApp refused the connection")
		c.backOff(fmt.Sprintf("HTTP %d", status.StatusCode))
		return
	}
	attempts := c.planAttempt()
	level := zerolog.DebugLevel
	if attempts == 1 {
		level = zerolog.WarnLevel
	}
	c.log.WithLevel(level).Err(err).Int("attempts", attempts).Msg("WhatsApp not reached")
	c.board.advance(StateDisconnected, "not reached")
}

// planAttempt sets the time of the next attempt: at once after the loss of a
// working connection, later and later while no login succeeds.
func (c *Client) planAttempt() (attempts int) {
	c.mu.Lock()
	attempts = c.link.attempts
	c.link.next = time.Now()
	if attempts > 0 {
		c.link.next = c.link.next.Add(retryWait(attempts))
	}
	c.mu.Unlock()
	select {
	case c.planned <- struct{}{}:
	default: // the keeper will look anyway
	}
	return attempts
}

// retryWait is 1 s after the first attempt, doubled after each further one up to
// 30 s, and a quarter more or less at random, so that a power cut does not make
// everybody dial in step.
func retryWait(attempts int) time.Duration {
	wait := 30 * time.Second
	if attempts <= 5 {
		wait = time.Second << (attempts - 1)
	}
	return wait*3/4 + rand.N(wait/2)
}

// backOff enters StateFailed: no dialling for Timing.Backoff of real time.
func (c *Client) backOff(detail string) {
	c.mu.Lock()
	c.link.until = time.Now().Add(c.opt.Timing.Backoff)
	c.mu.Unlock()
	c.board.set(StateFailed, detail, c.opt.Now().Add(c.opt.Timing.Backoff))
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
	until := c.instant(ctx, SettingBannedUntil)
	return until, c.opt.Now().Before(until)
}
