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
		select {
		case <-c.ctx.Done():
			return
		case reason := <-c.nudges:
			if c.mayDial() && !c.healthy() {
				c.dial(reason)
			}
		case <-ticker.C:
			if reason := c.look(); reason != "" {
				c.dial(reason)
			}
		}
	}
}

// look notices what no event told and returns a reason to dial, or "".
func (c *Client) look() string {
	state := c.board.status().State
	if state.waits() {
		if c.mayDial() {
			return "wait is over"
		}
		return ""
	}
	if !c.mayDial() {
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
	case c.link.connected && c.link.owed && idle >= c.redeliverWait():
		c.link.owed = false
		c.link.redeliver = min(2*c.redeliverWait(), maxRedeliver)
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
		c.link.connected, c.link.synced = false, false
		c.link.since = time.Now()
	}
	c.mu.Unlock()
	if lost {
		c.board.advance(StateDisconnected, "socket closed")
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

// redeliverWait is called with mu held.
func (c *Client) redeliverWait() time.Duration {
	if c.link.redeliver == 0 {
		return c.opt.Timing.Redeliver
	}
	return c.link.redeliver
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

// healthy tells that the connection works as far as we can know.
func (c *Client) healthy() bool {
	alive := c.alive() // takes the library's lock: not while holding ours
	c.mu.Lock()
	defer c.mu.Unlock()
	return alive && c.link.connected && !c.link.deaf
}
