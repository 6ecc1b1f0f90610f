package whatsapp

import (
	"fmt"
	"time"

	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types/events"

	"bestie/shop"
)

// onPermanent handles the events after which the library does not reconnect.
// They come on goroutines of their own, often before the library has finished
// reacting itself. What has to be remembered is stored before the state tells
// anybody.
func (c *Client) onPermanent(evt events.PermanentDisconnect) {
	c.changeLink((*link).lose)
	switch e := evt.(type) {
	case *events.LoggedOut:
		c.dropSession()
		c.notice(shop.Notice{Kind: shop.NoticeLoggedOut, Active: true, Code: int(e.Reason)})
		c.board.set(StateLoggedOut, fmt.Sprintf("code %d", e.Reason), time.Time{})
	case *events.StreamReplaced:
		c.board.set(StateReplaced, "", time.Time{})
	case *events.ClientOutdated:
		c.onOutdated()
	case *events.TemporaryBan:
		c.onBan(e)
	case *events.ConnectFailure:
		c.log.Error().Int("code", int(e.Reason)).Msg("WhatsApp refused the connection")
		c.backOff(fmt.Sprintf("code %d", e.Reason))
	default: // a kind that a newer library may bring
		c.log.Error().Str("event", fmt.Sprintf("%T", e)).Msg("WhatsApp refused the connection")
		c.backOff("unknown refusal")
	}
}

// dropSession forgets the session that WhatsApp has ended. The library deletes
// it too, but only after it has told us, and the program may be gone by then.
func (c *Client) dropSession() {
	me := c.forgetSelf()
	if me.pn.IsEmpty() {
		return
	}
	if err := c.box.DeleteDevice(c.ctx, &store.Device{ID: &me.pn}); err != nil {
		c.log.Warn().Err(err).Msg("ended session not deleted")
	}
}

// onBan stores the end of the ban before anything else, so that no restart
// knocks on the door too early. Without an end, only a restart tries again.
func (c *Client) onBan(e *events.TemporaryBan) {
	var until time.Time
	if e.Expire > 0 {
		until = c.opt.Now().Add(e.Expire)
		if err := c.setInstant(c.ctx, SettingBannedUntil, until); err != nil {
			c.log.Error().Err(err).Msg("ban not stored")
		}
	}
	c.notice(shop.Notice{Kind: shop.NoticeBan, Active: true, Code: int(e.Code), Until: until})
	c.board.set(StateBanned, fmt.Sprintf("code %d", e.Code), until)
}

// onTimelock stores a restriction on opening new chats, or its end. Answers in
// live chats go on, so the connection keeps its state.
func (c *Client) onTimelock(e *events.NotifyAccountReachoutTimelock) bool {
	return c.notice(shop.Notice{
		Kind: shop.NoticeTimelock, Active: e.IsActive, Type: e.EnforcementType, Until: e.TimeEnforcementEnds.Time,
	})
}

// onIdentity stores that a person has a new phone or key.
func (c *Client) onIdentity(e *events.IdentityChange) bool {
	return c.notice(shop.Notice{
		Kind: shop.NoticeIdentity, Active: true, Person: c.complete(c.ctx, addressOf(e.JID)),
	})
}

// notice commits a notice. WhatsApp acknowledges most of them whatever we
// answer, so the tries are made here.
func (c *Client) notice(n shop.Notice) bool {
	n.At = c.opt.Now()
	c.log.Warn().Str("kind", string(n.Kind)).Bool("active", n.Active).Int("code", n.Code).Time("until", n.Until).
		Msg("notice from WhatsApp")
	return c.commit("notice", func() error { return c.opt.Inbox.Notice(c.ctx, n) })
}
