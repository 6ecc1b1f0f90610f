package whatsapp

import (
	"fmt"
	"maps"
	"sync"
	"time"

	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"

	"bestie/shop"
)

// tries are the waits before each try to write to the Inbox. They are short:
// the library's queue stands still meanwhile. They exist because some things
// are acknowledged whatever the handler answers.
var tries = []time.Duration{0, 20 * time.Millisecond, 100 * time.Millisecond}

// commit runs a write until it succeeds or the tries are used up. False means
// that WhatsApp must not be told we have it.
func (c *Client) commit(what string, write func() error) bool {
	var err error
	for _, wait := range tries {
		if !c.pause(wait) {
			return false
		}
		if err = write(); err == nil {
			c.trouble.note(c.log, what, nil)
			return true
		}
	}
	c.owe()
	c.trouble.note(c.log, what, err)
	return false
}

// pause waits unless the client ends first.
func (c *Client) pause(d time.Duration) bool {
	if d == 0 {
		return c.ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-c.ctx.Done():
		return false
	}
}

// onMessage stores one message, or skips it for a reason that is counted.
func (c *Client) onMessage(evt *events.Message) bool {
	me := c.whoami()
	if evt.Info.IsFromMe && evt.Info.Sender.Device == 0 && evt.SourceWebMsg == nil {
		c.sawPhone(evt.Info.Timestamp)
	}
	if reason := skipReason(&evt.Info, me); reason != "" && !(reason == "group" && c.answersUs(evt, me)) {
		c.skip(reason)
		return true
	}
	in, reason := c.normaliseSafely(evt, me)
	if reason != "" {
		c.skip(reason)
		return true
	}
	return c.receive(in)
}

// answersUs is answersInGroup, for a message that may be of any form.
func (c *Client) answersUs(evt *events.Message, me self) (yes bool) {
	defer func() {
		if recover() != nil { // skipped, as everything else in groups
			yes = false
		}
	}()
	return answersInGroup(evt, me, c.opt.Groups)
}

// onUndecryptable stores a place for a message that will come later under the
// same ID, or that never reaches linked devices (view once).
func (c *Client) onUndecryptable(evt *events.UndecryptableMessage) bool {
	me := c.whoami()
	reason := skipReason(&evt.Info, me)
	if evt.DecryptFailMode == events.DecryptFailHide {
		reason = "hidden"
	}
	if reason != "" {
		c.skip(reason)
		return true
	}
	in := c.envelope(&evt.Info, me)
	in.Kind = shop.KindPlaceholder
	if evt.IsUnavailable && evt.UnavailableType == events.UnavailableTypeViewOnce {
		in.Kind = shop.KindViewOnce
	}
	return c.receive(in)
}

// maxRing is how old a call may be to be rejected: later, nobody rings any more.
const maxRing = time.Minute

// onCall rejects a call, so that the caller is not left ringing, and stores that
// it happened.
func (c *Client) onCall(evt *events.CallOffer) bool {
	caller := addressOf(evt.CallCreator, evt.CallCreatorAlt)
	if caller.IsZero() {
		caller = addressOf(evt.From)
	}
	if !evt.GroupJID.IsEmpty() || caller.IsZero() || c.whoami().owns(evt.From) || !validID(evt.CallID) {
		c.skip("call")
		return true
	}
	if age := c.opt.Now().Sub(evt.Timestamp); age < maxRing {
		from, id := evt.From, evt.CallID
		c.work.spawn(func() {
			if err := c.wa.RejectCall(c.ctx, from, id); err != nil {
				c.log.Debug().Err(err).Msg("call not rejected")
			}
		})
	}
	chat := c.complete(c.ctx, caller)
	return c.receive(shop.Incoming{
		Account: c.whoami().pn.User, Chat: chat, ID: evt.CallID, Kind: shop.KindCall, SentAt: evt.Timestamp,
	})
}

func (c *Client) receive(in shop.Incoming) bool {
	in = bounded(in, c.opt.Now())
	if !c.commit("message", func() error { return c.opt.Inbox.Receive(c.ctx, in) }) {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.link.owed {
		c.link.redeliver = 0
	}
	return true
}

// envelope fills in all that is known of a message without its content.
func (c *Client) envelope(info *types.MessageInfo, me self) shop.Incoming {
	return envelope(info, me, c.complete(c.ctx, personOf(info)))
}

// normaliseSafely turns a message into ours. A message that breaks the
// normaliser, or the library when it opens a sealed part (a wrong nonce or a
// missing type panics there), would come back for ever: it is stored raw, for a
// human.
func (c *Client) normaliseSafely(evt *events.Message, me self) (in shop.Incoming, skip string) {
	base := c.envelope(&evt.Info, me)
	defer func() {
		if p := recover(); p != nil {
			c.log.Error().Str("panic", fmt.Sprintf("%T", p)).Str("at", panicSite()).Msg("message put in quarantine")
			in, skip = base, ""
			in.Kind = shop.KindQuarantine
			in.Raw, _ = proto.Marshal(evt.RawMessage)
		}
	}()
	c.unseal(evt)
	return normalise(evt, base)
}

// unseal opens what is encrypted a second time inside a message: reactions,
// poll votes and edits of newer versions. What cannot be opened is left as it
// is and normalised as what is known of it. The error is not logged: it quotes
// what the sender wrote into the key.
func (c *Client) unseal(evt *events.Message) {
	if opened, err := openSealed(c.ctx, c.wa, evt); err != nil {
		c.log.Info().Str("id", evt.Info.ID).Msg("sealed part not readable")
	} else if opened != nil {
		evt.Message = opened
	}
}

func (c *Client) skip(reason string) {
	c.skipped.add(reason)
	c.log.Debug().Str("reason", reason).Msg("skipped")
}

// skips counts what was not stored, by reason.
type skips struct {
	mu *sync.Mutex
	by map[string]int
}

func newSkips() skips { return skips{mu: &sync.Mutex{}, by: map[string]int{}} }

func (s skips) add(reason string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.by[reason]++
}

func (s skips) counts() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.by)
}
