package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types"

	"bestie/shop"
)

// presence is whether WhatsApp believes that somebody looks at this device.
type presence struct {
	typing map[string]bool // chats in which we are typing
	since  time.Time       // real time at which we became available; zero: unavailable
}

// maxAvailable bounds how long we stay available: meanwhile the shop phone gets
// no notifications (field guide, section 2). Typing takes 1 to 4 s.
const maxAvailable = time.Minute

// Typing shows or ends "typing…" in a chat. To be seen at all, we are available
// from the first chat that types to the last that stops, and never longer than
// a minute.
func (c *Client) Typing(ctx context.Context, to shop.Address, on bool) error {
	if !c.Status().State.Sends() {
		return errNotOnline
	}
	if on {
		if err := c.setTyping(ctx, to.Key(), true); err != nil {
			return err
		}
		return c.chatPresence(ctx, to, types.ChatPresenceComposing)
	}
	err := c.chatPresence(ctx, to, types.ChatPresencePaused)
	return errors.Join(err, c.setTyping(ctx, to.Key(), false))
}

func (c *Client) chatPresence(ctx context.Context, to shop.Address, state types.ChatPresence) error {
	if err := c.wa.SendChatPresence(ctx, chatJID(to), state, types.ChatPresenceMediaText); err != nil {
		return fmt.Errorf("typing: %w", err)
	}
	return nil
}

// setTyping notes the chat and changes our presence with the first and the last.
func (c *Client) setTyping(ctx context.Context, chat string, on bool) error {
	c.mu.Lock()
	if c.presence.typing == nil {
		c.presence.typing = map[string]bool{}
	}
	if on {
		c.presence.typing[chat] = true
	} else {
		delete(c.presence.typing, chat)
	}
	available, wanted := !c.presence.since.IsZero(), len(c.presence.typing) > 0
	if wanted && !available {
		c.presence.since = time.Now()
	} else if !wanted {
		c.presence.since = time.Time{}
	}
	c.mu.Unlock()

	if available == wanted {
		return nil
	}
	return c.sendPresence(ctx, wanted)
}

// restPresence becomes unavailable when nobody ended the typing in time.
func (c *Client) restPresence() {
	c.mu.Lock()
	overdue := !c.presence.since.IsZero() && time.Since(c.presence.since) > maxAvailable
	if overdue {
		c.presence = presence{}
	}
	c.mu.Unlock()
	if overdue {
		c.announceAbsence()
	}
}

// announceAbsence tells WhatsApp that nobody looks at this device, as after
// every login.
func (c *Client) announceAbsence() {
	if err := c.sendPresence(c.ctx, false); err != nil {
		c.log.Debug().Err(err).Msg("presence not sent")
	}
}

// sendPresence tells whether we are available. Without a push name nothing can
// be told, and nothing needs to be: it is sent again when the name is known.
func (c *Client) sendPresence(ctx context.Context, available bool) error {
	state := types.PresenceUnavailable
	if available {
		state = types.PresenceAvailable
	}
	if err := c.wa.SendPresence(ctx, state); err != nil && !errors.Is(err, whatsmeow.ErrNoPushName) {
		return fmt.Errorf("presence: %w", err)
	}
	return nil
}

// MarkRead shows the sender that their messages were read. All IDs must be of
// one person; call it only when the chat was really handled.
func (c *Client) MarkRead(ctx context.Context, ids []string, from shop.Address) error {
	if len(ids) == 0 {
		return nil
	}
	if !c.Status().State.Sends() {
		return errNotOnline
	}
	chat := chatJID(from)
	if err := c.wa.MarkRead(ctx, ids, c.opt.Now(), chat, chat); err != nil {
		return fmt.Errorf("mark read: %w", err)
	}
	return nil
}
