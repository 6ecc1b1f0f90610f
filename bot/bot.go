package bot

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/rs/zerolog"

	"bestie/shop"
	"bestie/templates"
)

// Store is what the bot needs of the database.
type Store interface {
	// Turns loads up to most chats that are due, lets decide look at each and
	// writes the outcomes, all in one transaction; 0 when none is due.
	Turns(ctx context.Context, now time.Time, most int, newID func() string, decide func(shop.Turn) (shop.Outcome, error)) (int, error)
	NextInbox(ctx context.Context) (time.Time, bool, error)
	// PutOff lets a chat wait until an instant, so that others are handled.
	PutOff(ctx context.Context, person int64, until time.Time) error
}

// Policy is every rule of answering that an owner may set.
type Policy struct {
	Promo        shop.Promo    // the evenings on which promos start
	Freshness    time.Duration // older messages are not answered, only apologised for
	ApologyUntil time.Duration // … up to this age
	Takeover     time.Duration // how long the bot is silent after a person typed on the shop phone
	TypingMin    time.Duration // the pause before an answer grows with its length
	TypingMax    time.Duration
	Rating       bool // customers are asked how the service was
	SecondPerson bool // nobody approves a promo that they wrote
	AskConsent   bool // … and once whether promos are welcome
	Guards       shop.Guards
	Limit        shop.Rupiah            // of a new dropshipper
	Cutoff       shop.Cutoff            // until when an order leaves the same day
	Terms        time.Duration          // how long after an order its cost is due
	Facts        templates.Vars         // what only the owner knows; absent means unset
	CityRates    map[string]shop.Rupiah // shipping rates the owner has given, by city in lower case
}

// Bot answers.
type Bot struct {
	Store Store
	// Library is asked once for every turn: the owner may put in a new one meanwhile.
	Library func() *templates.Library
	Texts   *templates.Texts
	Policy  Policy
	Rand    func(n int) int // 0 <= result < n
	NewID   func() string   // message IDs
	Log     zerolog.Logger
	// Decided is called after each commit, when rows may be waiting, with the
	// instant at which the first message of each turn had come in.
	Decided func(received []time.Time)
	// ReportAsked is called after a commit that left a request for a report; may be nil.
	ReportAsked func()
	// Code makes a one-time code of six digits that nobody can guess.
	Code func() string
	// PromoAsked is called after a commit that left something to do about a campaign; may be nil.
	PromoAsked func()
	// ProofSent is called after a commit that left a picture to be fetched; may be nil.
	ProofSent func()
	// Picture finds the picture that a reply names, as a file to send; nil when it is
	// not there or cannot be sent, then the reply is text alone. May be nil.
	Picture func(name string) *shop.File

	apology  time.Time      // when the last apology for a late message leaves
	doubtful map[int64]bool // chats whose last outcome could not be written
}

// together is how many chats are decided in one transaction. More would let the
// first of them wait for the last.
const together = 16

// Step handles every chat that is due and returns when the next one will be.
func (b *Bot) Step(ctx context.Context, now time.Time) (time.Time, error) {
	for {
		next, ok, err := b.Store.NextInbox(ctx)
		if err != nil || !ok || next.After(now) {
			return next, err
		}
		var received []time.Time
		report, proof, promo := false, false, false
		_, err = b.Store.Turns(ctx, now, together, b.NewID, func(t shop.Turn) (shop.Outcome, error) {
			received = append(received, t.Messages[0].ReceivedAt)
			out, err := b.Decide(t)
			report, proof = report || out.Report != "", proof || len(out.Proofs) > 0
			promo = promo || len(out.Campaigns) > 0 || slices.ContainsFunc(out.Desk, shop.Action.OfPromo)
			return out, err
		})
		if failed := (*shop.TurnError)(nil); errors.As(err, &failed) {
			err = b.setAside(ctx, now, failed)
			received = nil // nothing was decided
		} else if err == nil {
			clear(b.doubtful)
		}
		if err != nil {
			return time.Time{}, err
		}
		if len(received) > 0 {
			b.Decided(received)
			if report && b.ReportAsked != nil {
				b.ReportAsked()
			}
			if promo && b.PromoAsked != nil {
				b.PromoAsked()
			}
			if proof && b.ProofSent != nil {
				b.ProofSent()
			}
		}
	}
}

// decide asks the flows. It is a plain function of its argument, the library and
// the dice.
func (b *Bot) decide(t shop.Turn) (shop.Outcome, error) {
	c := newCase(b, t)
	for _, f := range flows {
		done, err := f.speak(c)
		if err != nil {
			return shop.Outcome{}, err
		}
		if done {
			break
		}
	}
	return c.out, nil
}
