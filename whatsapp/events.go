package whatsapp

import (
	"fmt"
	"runtime"
	"strings"
	"time"

	"go.mau.fi/whatsmeow/appstate"
	"go.mau.fi/whatsmeow/types/events"
)

// handle is the one event handler. What it answers decides whether a message is
// acknowledged; a panic would count as success, so it is caught here (field
// guide, section 0). After the end of the client everything is left for the
// next one.
func (c *Client) handle(evt any) (ok bool) {
	if !c.events.enter() {
		return false
	}
	defer c.events.leave()
	defer func() {
		if p := recover(); p != nil {
			ok = false
			c.owe()
			c.log.Error().Str("event", fmt.Sprintf("%T", evt)).Str("panic", fmt.Sprintf("%T", p)).
				Str("at", panicSite()).Msg("handler panicked; WhatsApp keeps what it was about")
		}
	}()
	if c.forwardPairing(evt) {
		return true
	}
	if ended, yes := evt.(events.PermanentDisconnect); yes {
		c.onPermanent(ended)
		return true
	}
	if c.onConnection(evt) {
		return true
	}
	return c.onContent(evt)
}

// onContent handles what is stored: messages, receipts, notices.
func (c *Client) onContent(evt any) bool {
	switch e := evt.(type) {
	case *events.Message:
		return c.onMessage(e)
	case *events.UndecryptableMessage:
		return c.onUndecryptable(e)
	case *events.CallOffer:
		return c.onCall(e)
	case *events.Receipt:
		return c.onReceipt(e)
	case *events.NotifyAccountReachoutTimelock:
		return c.onTimelock(e)
	case *events.IdentityChange:
		return c.onIdentity(e)
	case *events.CallOfferNotice: // a call to a group
		c.skip("call")
	case *events.FBMessage:
		c.skip("messenger")
	}
	return true
}

// onConnection handles the events that tell how the connection is; it reports
// whether this was one.
func (c *Client) onConnection(evt any) bool {
	switch e := evt.(type) {
	case *events.Connected:
		c.onConnected()
	case *events.Disconnected:
		c.changeLink((*link).lose)
		c.board.advance(StateDisconnected, "connection lost")
		c.planAttempt()
	case *events.OfflineSyncPreview:
		c.changeLink(func(l *link) { l.synced = e.Total == 0 })
	case *events.OfflineSyncCompleted:
		c.changeLink(func(l *link) { l.synced = true })
	case *events.KeepAliveTimeout:
		c.changeLink(func(l *link) { l.deaf = true })
		if e.ErrorCount >= maxDeafPings {
			c.nudge("pings unanswered")
		}
	case *events.KeepAliveRestored:
		c.changeLink(func(l *link) { l.deaf = false })
	case *events.AppStateSyncComplete:
		if e.Name == appstate.WAPatchCriticalBlock { // the push name is known now
			c.work.spawn(c.announceAbsence)
		}
	case *events.PairSuccess:
		c.onPaired(e)
	case *events.StreamError: // the server closes next, and Disconnected follows
		c.log.Warn().Str("code", e.Code).Msg("stream error")
	default:
		return false
	}
	return true
}

// maxDeafPings is after how many unanswered pings (about 40 s each) we redial.
// The library would wait 3 minutes, most of the time a customer may wait.
const maxDeafPings = 2

// changeLink notes something about the connection and derives the state.
func (c *Client) changeLink(change func(*link)) {
	c.mu.Lock()
	change(&c.link)
	c.mu.Unlock()
	c.settle()
}

// onConnected is a login, unless it comes late: the library dispatches it after
// some queries, and the connection may have ended in between.
func (c *Client) onConnected() {
	if state := c.board.status().State; state.Permanent() || state.waits() {
		return
	}
	if me := c.whoami(); !me.pn.IsEmpty() && me.lid.IsEmpty() {
		c.learnSelf() // a session from before LIDs learns its own at the login
	}
	c.changeLink(func(l *link) {
		l.connected, l.deaf = true, false
		l.since, l.next = time.Now(), time.Time{}
	})
	c.mu.Lock()
	c.presence.typing, c.presence.since = nil, time.Time{}
	c.mu.Unlock()
	c.announceAbsence()
	c.work.spawn(c.listGroups)
}

// owe notes that something was not acknowledged. WhatsApp repeats it on the
// next connection only, so the keeper makes one soon.
func (c *Client) owe() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.link.owed = true
}

// panicSite is the file and line that panicked: a place in the code instead of a
// trace, which could contain what a person wrote.
func panicSite() string {
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for {
		f, more := frames.Next()
		if !strings.HasPrefix(f.Function, "runtime.") {
			return fmt.Sprintf("%s:%d", f.File[strings.LastIndexByte(f.File, '/')+1:], f.Line)
		}
		if !more {
			return "unknown"
		}
	}
}
