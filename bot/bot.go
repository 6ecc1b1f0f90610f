package bot

import (
	"context"
	"time"

	"github.com/rs/zerolog"

	"bestie/shop"
	"bestie/templates"
)

// Store is what the bot needs of the database.
type Store interface {
	// Turn loads the chat that is due, lets decide look at it and writes the
	// outcome, all in one transaction; false when none is due.
	Turn(ctx context.Context, now time.Time, newID func() string, decide func(shop.Turn) (shop.Outcome, error)) (bool, error)
	NextInbox(ctx context.Context) (time.Time, bool, error)
}

// Policy is every rule of answering that an owner may set.
type Policy struct {
	Freshness    time.Duration // older messages are not answered, only apologised for
	ApologyUntil time.Duration // … up to this age
	Takeover     time.Duration // how long the bot is silent after a person typed on the shop phone
	TypingMin    time.Duration // the pause before an answer grows with its length
	TypingMax    time.Duration
	Guards       shop.Guards
	Facts        templates.Vars         // what only the owner knows; absent means unset
	CityRates    map[string]shop.Rupiah // shipping rates the owner has given, by city in lower case
}

// Bot answers.
type Bot struct {
	Store   Store
	Library *templates.Library
	Texts   *templates.Texts
	Policy  Policy
	Rand    func(n int) int // 0 <= result < n
	NewID   func() string   // message IDs
	Log     zerolog.Logger
	Decided func() // called after each turn: rows may be waiting
}

// Step handles every chat that is due and returns when the next one will be.
func (b *Bot) Step(ctx context.Context, now time.Time) (time.Time, error) {
	for {
		did, err := b.Store.Turn(ctx, now, b.NewID, b.Decide)
		if err != nil {
			return time.Time{}, err
		}
		if !did {
			next, _, err := b.Store.NextInbox(ctx)
			return next, err
		}
		b.Decided()
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
