package whatsapp

import (
	"context"
	"time"
)

// maxRedeliver bounds the growing wait between two reconnects that ask for
// messages we could not write.
const maxRedeliver = 5 * time.Minute

// probeTime bounds the wait for one answer of the server.
const probeTime = 10 * time.Second

// keeper is the one goroutine that dials after the start. It looks at the
// connection on every tick and does what the library leaves undone.
func (c *Client) keeper() {
	ticker := time.NewTicker(c.opt.Timing.Tick)
	defer ticker.Stop()
	for {
		var reason string
		retry := time.NewTimer(c.untilRetry())
		select {
		case <-c.ctx.Done():
			retry.Stop()
			return
		case reason = <-c.nudges:
			if !c.nudgeHelps() {
				reason = ""
			}
		case <-c.planned: // look at the plan again
		case <-retry.C:
			if c.retryDue() {
				reason = "next attempt"
			}
		case <-ticker.C:
			reason = c.look()
		}
		retry.Stop()
		if reason != "" && c.mayDial() {
			c.dial(reason)
		}
	}
}

// untilRetry is how long it is to the next planned attempt, or very long.
func (c *Client) untilRetry() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.link.next.IsZero() {
		return time.Hour
	}
	return time.Until(c.link.next)
}

func (c *Client) retryDue() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return !c.link.next.IsZero() && !time.Now().Before(c.link.next)
}

// loginTime is how long an open connection may take to log in before a nudge
// replaces it.
const loginTime = 5 * time.Second

// nudgeHelps tells that a nudge would not hurt: the connection is not healthy,
// and it is not about to become so.
func (c *Client) nudgeHelps() bool {
	open := c.wa.IsConnected() // takes the library's lock: not while holding ours
	alive := open && c.wa.IsLoggedIn()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.link.connected && !c.link.deaf {
		return !alive
	}
	return c.link.deaf || !open || time.Since(c.link.since) > loginTime
}

// look notices what no event told and returns a reason to dial, or "".
func (c *Client) look() string {
	state := c.board.status().State
	switch {
	case state.Permanent() || state.waits() && !c.mayDial():
		c.hangUp()
		return ""
	case state.waits():
		return "wait is over"
	case !c.mayDial():
		return ""
	}
	c.noticeSilence()
	c.restPresence()
	if c.syncOverdue() && !c.confirmLogin() {
		return "login not confirmed"
	}

	c.mu.Lock()
	defer c.mu.Unlock()
	idle := time.Since(c.link.since)
	switch {
	case !c.link.connected && idle >= c.opt.Timing.Patience:
		return "not logged in for too long"
	case c.link.connected && c.link.owed && idle >= c.link.redeliverWait(c.opt.Timing.Redeliver):
		c.link.askAgain(c.opt.Timing.Redeliver)
		return "messages to be delivered again"
	}
	return ""
}

// noticeSilence finds a connection that the library dropped without an event.
func (c *Client) noticeSilence() {
	alive := c.alive()
	c.mu.Lock()
	lost := c.link.connected && !alive
	if lost {
		c.link.lose()
		c.link.next = c.link.since.Add(loginTime) // the library may be about to log in again (code 515)
	}
	c.mu.Unlock()
	if lost {
		c.board.advance(StateDisconnected, "socket closed")
	}
}

// hangUp closes a connection that the server refused but left open.
func (c *Client) hangUp() {
	c.mu.Lock()
	idle := time.Since(c.link.since)
	c.mu.Unlock()
	if idle > loginTime && c.wa.IsConnected() {
		c.wa.Disconnect()
	}
}

// syncOverdue tells that the end of the backlog has not been announced in time.
func (c *Client) syncOverdue() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.link.connected && !c.link.synced && time.Since(c.link.since) >= c.opt.Timing.SyncWait
}

// confirmLogin asks the server for an answer that only a logged-in connection
// gets, and then takes the backlog as delivered. The library's own word is not
// enough: its Connected event may be late and mean the connection before this
// one (connectionevents.go:handleConnectSuccess dispatches it even when the
// connection broke meanwhile).
func (c *Client) confirmLogin() bool {
	ctx, cancel := context.WithTimeout(c.ctx, probeTime)
	defer cancel()
	if err := c.wa.SetPassive(ctx, false); err != nil {
		return false
	}
	c.changeLink(func(l *link) { l.synced = l.connected })
	return true
}

// redeliverWait is how long a connection has to stand before it is replaced for
// messages that could not be written.
func (l *link) redeliverWait(first time.Duration) time.Duration {
	if l.redeliver == 0 {
		return first
	}
	return l.redeliver
}

// askAgain notes that the connection is replaced for such messages; the next
// time it has to stand twice as long.
func (l *link) askAgain(first time.Duration) {
	l.owed = false
	l.redeliver = min(2*l.redeliverWait(first), maxRedeliver)
}

// mayDial tells that nothing forbids a new connection: no permanent state, no
// ban that still runs, no back-off. The end of a ban is an instant that is kept,
// so it follows Options.Now; a back-off is a wait of network life.
func (c *Client) mayDial() bool {
	switch s := c.board.status(); {
	case s.State.Permanent() || s.State == StateClosed || s.State == StateUnpaired || s.State == StatePairing:
		return false
	case s.State == StateBanned:
		return !s.Until.IsZero() && !c.opt.Now().Before(s.Until)
	case s.State == StateFailed:
		c.mu.Lock()
		defer c.mu.Unlock()
		return !time.Now().Before(c.link.until)
	default:
		return c.Paired()
	}
}
