package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"

	"bestie/shop"
)

// How long a QR code is shown: the first one longer, as WhatsApp Web does.
const (
	firstCodeTime = 60 * time.Second
	nextCodeTime  = 20 * time.Second
)

// PairQR links this program to the phone of Options.Number. show gets one QR
// payload after the other, each replacing the last, until the phone has scanned
// one; it must not log them. PairQR returns when the new session has logged in;
// the client is then connected, as after Connect.
func (c *Client) PairQR(ctx context.Context, show func(code string)) error {
	return c.pair(ctx, show, nil)
}

// PairPhone links by a code of eight characters that is typed on the phone of
// Options.Number (WhatsApp > Linked devices > Link with phone number instead).
// show gets it once. Else it is like PairQR.
func (c *Client) PairPhone(ctx context.Context, show func(code string)) error {
	return c.pair(ctx, show, func(ctx context.Context) (string, error) {
		// The display name has to be "Browser (OS)"; WhatsApp answers 400 to others.
		return c.wa.PairPhone(ctx, c.opt.Number, true, whatsmeow.PairClientChrome, "Chrome (Linux)")
	})
}

// pair runs one pairing. With byPhone nil, QR codes are shown; else the code
// that byPhone gets, once the connection is ready for it.
func (c *Client) pair(ctx context.Context, show func(string), byPhone func(context.Context) (string, error)) error {
	if err := c.guard(); err != nil {
		return err
	}
	if err := c.mayPair(); err != nil {
		return err
	}
	told := make(chan any, 64)
	c.setPairing(told)
	defer c.setPairing(nil)
	c.adoptVersion(ctx)
	c.board.set(StatePairing, "", time.Time{})

	err := c.reach()
	if err == nil {
		err = c.awaitScan(ctx, told, show, byPhone)
	}
	if err != nil {
		c.wa.Disconnect()
		if !c.Paired() { // else it was confirmed in the last moment
			c.board.set(StateUnpaired, "pairing failed", time.Time{})
		}
		return err
	}
	c.keep.Do(func() { c.work.spawn(c.keeper) })
	return c.awaitLogin(ctx, told)
}

// reach opens the connection of a pairing, which is tried once only.
func (c *Client) reach() error {
	if err := c.wa.Connect(); err != nil {
		return &shop.Error{
			Code: "unreachable", Sentence: "WhatsApp could not be reached.", Hint: "Look at the network and try again.", Cause: err,
		}
	}
	return nil
}

func (c *Client) mayPair() error {
	switch {
	case c.opt.Number == "":
		return &shop.Error{
			Code: "no_number", Sentence: "The business number is not configured.", Hint: "Set business.number, then pair.",
		}
	case c.Paired():
		return &shop.Error{
			Code: "paired_already", Sentence: "This program is linked already.",
			Hint: "To link anew, first remove it on the phone: WhatsApp > Linked devices.",
		}
	case c.board.status().State != StateUnpaired:
		return Status{State: c.board.status().State}.Problem()
	}
	return nil
}

// awaitScan shows codes until the phone has confirmed one.
func (c *Client) awaitScan(ctx context.Context, told chan any, show func(string), byPhone func(context.Context) (string, error)) error {
	var codes []string
	next := time.NewTimer(time.Hour)
	defer next.Stop()
	for {
		select {
		case <-ctx.Done():
			return fmt.Errorf("pairing: %w", ctx.Err())
		case <-next.C:
			if len(codes) == 0 {
				return errPairExpired
			}
			show(codes[0])
			codes = codes[1:]
			next.Reset(nextCodeTime)
		case evt := <-told:
			qr, isQR := evt.(*events.QR)
			switch {
			case !isQR:
				if done, err := c.onPairEvent(ctx, evt); done || err != nil {
					return err
				}
			case byPhone != nil:
				code, err := byPhone(ctx)
				if err != nil {
					return fmt.Errorf("pairing code: %w", err)
				}
				show(code)
			case len(qr.Codes) > 0:
				show(qr.Codes[0])
				codes = qr.Codes[1:]
				next.Reset(firstCodeTime)
			}
		}
	}
}

var errPairExpired = &shop.Error{
	Code: "pair_expired", Sentence: "Nobody confirmed the code in time.", Hint: "Run it again and have the phone at hand.",
}

// onPairEvent handles an event of a pairing; done means that the phone has
// confirmed.
func (c *Client) onPairEvent(ctx context.Context, evt any) (done bool, err error) {
	switch e := evt.(type) {
	case *events.PairSuccess:
		return true, nil
	case *events.PairError:
		if errors.Is(e.Error, whatsmeow.ErrPairRejectedLocally) {
			return false, &shop.Error{
				Code: "wrong_number", Sentence: "The code was confirmed by another WhatsApp number.",
				Hint: "Use the phone of business.number, or correct that setting.", Cause: e.Error,
			}
		}
		return false, fmt.Errorf("pairing: %w", e.Error)
	case *events.PairPasskeyRequest:
		return false, c.answerPasskey(ctx, e)
	case *events.PairPasskeyConfirmation:
		return false, c.confirmPasskey(ctx, e)
	case *events.PairPasskeyError:
		return false, fmt.Errorf("pairing: passkey: %w", e.Error)
	case *events.ClientOutdated:
		return false, Status{State: StateOutdated}.Problem()
	case events.PermanentDisconnect:
		return false, &shop.Error{
			Code: "pair_refused", Sentence: "WhatsApp refused the pairing.", Hint: "Try again in some minutes.",
			Cause: errors.New(e.PermanentDisconnectDescription()),
		}
	case *events.Disconnected:
		return false, errPairExpired
	}
	return false, nil
}

// awaitLogin waits for the first login of the new session. The library tries
// it once; if that fails we dial ourselves.
func (c *Client) awaitLogin(ctx context.Context, told chan any) error {
	limit := time.NewTimer(c.opt.Timing.Pair)
	defer limit.Stop()
	again := time.NewTimer(c.opt.Timing.Pair / 4)
	defer again.Stop()
	for {
		select {
		case <-ctx.Done():
			return fmt.Errorf("pairing: %w", ctx.Err())
		case <-limit.C:
			return &shop.Error{
				Code: "pair_no_login", Sentence: "The phone confirmed, but the first login did not succeed yet.",
				Hint: "Start the bot; it goes on trying.",
			}
		case <-again.C:
			c.dial("first login")
		case evt := <-told:
			if _, ok := evt.(*events.Connected); ok {
				return nil
			}
		}
	}
}

// acceptPair lets only the configured number be linked (whatsmeow
// PrePairCallback).
func (c *Client) acceptPair(jid types.JID, _, _ string) bool {
	return c.opt.Number != "" && jid.User == c.opt.Number
}

// onPaired takes over the new identity. The library logs in by itself now.
func (c *Client) onPaired(e *events.PairSuccess) {
	c.raiseShield()
	c.learnSelf()
	c.presentName(c.ctx)
	c.board.set(StateConnecting, "paired", time.Time{})
	if err := c.setInstant(c.ctx, SettingLinkedAt, c.opt.Now()); err != nil {
		c.log.Error().Err(err).Msg("age of the link not stored")
	}
	c.log.Info().Str("platform", e.Platform).Msg("linked")
}

func (c *Client) setPairing(told chan any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pairing = told
}

// forwardPairing gives the pairing under way its events; true means that they
// are nobody else's.
func (c *Client) forwardPairing(evt any) bool {
	c.mu.Lock()
	told, paired := c.pairing, !c.self.pn.IsEmpty()
	c.mu.Unlock()
	if told == nil {
		return false
	}
	if e, ok := evt.(*events.PairSuccess); ok {
		c.onPaired(e)
		paired = false
	}
	select {
	case told <- evt:
	default: // far more events than a pairing has
	}
	return !paired
}
