package whatsapp

import (
	"context"
	"strings"

	"go.mau.fi/whatsmeow/types"

	"bestie/shop"
)

// self is who we are to WhatsApp: our device by number and by LID.
type self struct{ pn, lid types.JID }

// whoami returns our own identity, empty while there is no session. The library
// changes its own copy without a lock, so this one is kept beside it.
func (c *Client) whoami() self {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.self
}

// learnSelf takes our identity from the library while nothing else changes it:
// before connecting, or inside its PairSuccess and Connected events.
func (c *Client) learnSelf() {
	me := self{pn: c.wa.Store.GetJID(), lid: c.wa.Store.GetLID()}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.self = me
}

// presentName sees to a push name, without which presence cannot be sent. The
// real one comes later from the phone; until then the business name from
// pairing serves.
func (c *Client) presentName(ctx context.Context) {
	device := c.wa.Store
	if device.PushName != "" {
		return
	}
	device.PushName = device.BusinessName
	if device.PushName == "" {
		device.PushName = c.opt.Product
	}
	if err := device.Save(ctx); err != nil {
		c.log.Warn().Err(err).Msg("push name not saved")
	}
}

// forgetSelf returns who we were.
func (c *Client) forgetSelf() self {
	c.mu.Lock()
	defer c.mu.Unlock()
	was := c.self
	c.self = self{}
	return was
}

// owns tells that an address of WhatsApp is ours.
func (s self) owns(jid types.JID) bool {
	return !jid.IsEmpty() && (jid.User == s.pn.User && jid.Server == types.DefaultUserServer ||
		jid.User == s.lid.User && jid.Server == types.HiddenUserServer)
}

// addressOf takes LID and number from two forms of one address, in any order
// (field guide, section 3, identity). The device part is dropped; a user that is
// not made of digits is nobody.
func addressOf(jids ...types.JID) shop.Address {
	var a shop.Address
	for _, jid := range jids {
		if !validUser(jid.User) {
			continue
		}
		switch jid.Server {
		case types.HiddenUserServer, types.HostedLIDServer:
			a.LID = jid.User
		case types.DefaultUserServer, types.HostedServer, types.LegacyUserServer:
			a.Phone = jid.User
		}
	}
	return a
}

// complete adds the half of an address that the message did not carry, from
// what the library has learnt. The number may stay unknown.
func (c *Client) complete(ctx context.Context, a shop.Address) shop.Address {
	if a.IsZero() || a.IsGroup() {
		return a
	}
	var found types.JID
	var err error
	switch {
	case a.LID == "":
		found, err = c.box.LIDMap.GetLIDForPN(ctx, types.NewJID(a.Phone, types.DefaultUserServer))
		a.LID = found.User
	case a.Phone == "":
		found, err = c.box.LIDMap.GetPNForLID(ctx, types.NewJID(a.LID, types.HiddenUserServer))
		a.Phone = found.User
	}
	if err != nil {
		c.log.Warn().Err(err).Msg("identity lookup failed")
	}
	return a
}

// chatJID is where a message to this person goes: to the LID when it is known
// (field guide, section 4).
func chatJID(a shop.Address) types.JID {
	if a.IsGroup() {
		return types.NewJID(strings.TrimSuffix(a.LID, shop.GroupSuffix), types.GroupServer)
	}
	if a.LID != "" {
		return types.NewJID(a.LID, types.HiddenUserServer)
	}
	return types.NewJID(a.Phone, types.DefaultUserServer)
}
