package whatsapp

import (
	"context"
	"errors"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"

	"bestie/shop"
)

// sendGrace is how long the library may take to come back after the deadline of
// a message before we stop waiting for it.
const sendGrace = 2 * time.Second

// Send sends one message and returns when WhatsApp's server has it, which does
// not mean that it was delivered: that is told by a receipt. Messages go out
// one at a time, in the order of the calls; Timing.Send (90 s) counts from a
// message's turn. The caller has stored m.ID before, and uses the same one on
// every try. Every error is a *shop.SendError.
func (c *Client) Send(ctx context.Context, m shop.Outgoing) (shop.Sent, error) {
	if m.ID == "" || m.To.IsZero() {
		return shop.Sent{}, &shop.SendError{Fate: shop.FateBroken, Cause: errors.New("message without ID or recipient")}
	}
	if !c.work.enter() {
		return shop.Sent{}, notSent(errNotOnline)
	}
	defer c.work.leave()
	select {
	case c.turn <- struct{}{}:
		defer func() { <-c.turn }()
	case <-ctx.Done():
		return shop.Sent{}, notSent(ctx.Err())
	case <-c.ctx.Done():
		return shop.Sent{}, notSent(c.ctx.Err())
	}
	if !c.Status().State.Sends() {
		return shop.Sent{}, notSent(errNotOnline)
	}
	ctx, cancel := context.WithTimeout(ctx, c.opt.Timing.Send)
	defer cancel()
	defer context.AfterFunc(c.ctx, cancel)()

	content, err := c.compose(ctx, m)
	if err != nil {
		return shop.Sent{}, err
	}
	return c.transmit(ctx, m, content)
}

func notSent(err error) *shop.SendError { return &shop.SendError{Fate: shop.FateNotSent, Cause: err} }

// transmit hands the message to the library and waits for the server's word.
// The library ignores the deadline while it waits for its own lock, which a
// stuck message to our own phone can hold (field guide, section 4); then only
// dropping the connection frees it.
func (c *Client) transmit(ctx context.Context, m shop.Outgoing, content *waE2E.Message) (shop.Sent, error) {
	type outcome struct {
		sent whatsmeow.SendResponse
		err  error
	}
	done := make(chan outcome, 1)
	go func() {
		sent, err := c.wa.SendMessage(ctx, chatJID(m.To), content, whatsmeow.SendRequestExtra{
			ID: m.ID, Timeout: c.opt.Timing.Send,
		})
		done <- outcome{sent, err}
	}()
	stuck := time.NewTimer(c.opt.Timing.Send + sendGrace)
	defer stuck.Stop()
	select {
	case o := <-done:
		if o.err != nil {
			return shop.Sent{}, classify(o.err)
		}
		return shop.Sent{At: o.sent.Timestamp}, nil
	case <-stuck.C:
		c.log.Warn().Str("id", m.ID).Msg("a message is stuck; dropping the connection")
		c.wa.ResetConnection()
		return shop.Sent{}, &shop.SendError{Fate: shop.FateUnknown, Cause: context.DeadlineExceeded}
	}
}

// compose builds the protobuf of a message, uploading its file if there is one.
// Everything is built anew for every try, because the library keeps and changes
// what it is given.
func (c *Client) compose(ctx context.Context, m shop.Outgoing) (*waE2E.Message, error) {
	about := c.contextInfo(m)
	if m.File != nil {
		content, err := c.composeFile(ctx, m, about)
		if failed := (*shop.SendError)(nil); m.Text == "" || !errors.As(err, &failed) || failed.Fate != shop.FateBroken {
			return content, err
		}
		c.log.Warn().Str("id", m.ID).Err(err).Msg("a picture cannot be sent; its text goes alone")
	}
	if about == nil {
		return &waE2E.Message{Conversation: proto.String(m.Text)}, nil
	}
	return &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{
		Text: proto.String(m.Text), ContextInfo: about,
	}}, nil
}

// contextInfo says what a message replies to and when it disappears, or is nil.
func (c *Client) contextInfo(m shop.Outgoing) *waE2E.ContextInfo {
	if m.Quote == nil && m.Expiry == 0 {
		return nil
	}
	about := &waE2E.ContextInfo{}
	if m.Expiry > 0 {
		about.Expiration = proto.Uint32(m.Expiry)
	}
	if m.Quote != nil {
		author := chatJID(m.To)
		if m.Quote.FromMe {
			author = c.ownJID(author.Server)
		}
		about.StanzaID = proto.String(m.Quote.MessageID)
		about.Participant = proto.String(author.String())
		about.QuotedMessage = &waE2E.Message{Conversation: proto.String(m.Quote.Text)}
	}
	return about
}

// ownJID is our address in the form that a chat uses.
func (c *Client) ownJID(server string) types.JID {
	me := c.whoami()
	if server == types.HiddenUserServer && !me.lid.IsEmpty() {
		return me.lid.ToNonAD()
	}
	return me.pn.ToNonAD()
}
