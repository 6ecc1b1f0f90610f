package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"bestie/shop"
)

// BroadcastPreviewCommand renders a campaign for real people.
type BroadcastPreviewCommand struct {
	Number int `arg:"" help:"Number of the campaign."`
	People int `help:"How many people, 1 to 5." default:"3"`
}

// Help shows an example.
func (BroadcastPreviewCommand) Help() string {
	return "Example:\n  bestie broadcast preview 7 --people 5"
}

// mostPreviewed is how many people a preview shows.
const mostPreviewed = 5

// errEnough ends the walk through an audience.
var errEnough = errors.New("enough people")

// Run reads app.db beside a bot that may be running; it writes nothing there. The people
// are the first whom no rule keeps from a promo now, the wordings take turns.
func (c *BroadcastPreviewCommand) Run(ctx context.Context, env *Environment) (err error) {
	if c.People < 1 || c.People > mostPreviewed {
		return &UsageError{fmt.Errorf("--people is 1 to %d", mostPreviewed)}
	}
	config, err := env.load(false)
	if err != nil {
		return err
	}
	db, err := env.look(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	id, segment, err := audienceOf(ctx, db, c.Number, "")
	if err != nil {
		return err
	}
	campaign, _, err := db.Campaign(ctx, id)
	if err != nil {
		return err
	}
	now, shown := time.Now(), 0
	err = db.Audience(ctx, now, segment, id, func(who shop.Candidate) error {
		if config.Promo.CapFate(who, now) != shop.FateSafe {
			return nil
		}
		wording := shown % max(1, len(campaign.Wordings))
		if shown++; shown > c.People {
			return errEnough
		}
		_, err := fmt.Fprintf(env.Out, "To %s, wording %d:\n%s\n\n", preview(who), wording+1, campaign.Render(who, wording))
		return err
	})
	if err != nil && !errors.Is(err, errEnough) {
		return err
	}
	if shown == 0 {
		_, err = fmt.Fprintf(env.Out, "Nobody would get it now; bestie broadcast plan %d says why. For a person of whom nothing is known:\n%s\n", c.Number, campaign.Render(shop.Candidate{}, 0))
		return err
	}
	return nil
}

// preview names a person by their name and the end of their number.
func preview(who shop.Candidate) string {
	name := who.Person.CallName()
	if name == "" {
		name = "somebody"
	}
	return name + " (" + hideDigits(who.Person.Phone) + ")"
}
