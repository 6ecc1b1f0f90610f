package main

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"
	"time"

	"bestie/shop"
	"bestie/store"
)

// mostListed is how many campaigns a list shows.
const mostListed = 100

// BroadcastListCommand lists campaigns.
type BroadcastListCommand struct {
	JSON bool `name:"json" help:"Print one JSON array."`
}

// campaignJSON is a campaign for machines.
type campaignJSON struct {
	Number   int                `json:"number"`
	Name     string             `json:"name"`
	Kind     shop.CampaignKind  `json:"kind"`
	State    shop.CampaignState `json:"state"`
	Audience string             `json:"audience"`
	Created  time.Time          `json:"created"`
	Approved *time.Time         `json:"approved,omitempty"`
}

// Run reads app.db beside a bot that may be running.
func (c *BroadcastListCommand) Run(ctx context.Context, env *Environment) (err error) {
	db, err := env.look(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	list, err := db.Campaigns(ctx, mostListed)
	if err != nil {
		return err
	}
	if c.JSON {
		out := make([]campaignJSON, len(list))
		for i, one := range list {
			out[i] = campaignJSON{one.Number, one.Title(), one.Kind, one.State, one.Audience, one.CreatedAt, nil}
			if !one.ApprovedAt.IsZero() {
				out[i].Approved = &list[i].ApprovedAt
			}
		}
		return printJSON(env.Out, out)
	}
	if len(list) == 0 {
		_, err = fmt.Fprintln(env.Out, "There is no campaign yet. Write one: bestie broadcast new FILE.yaml")
		return err
	}
	table := tabwriter.NewWriter(env.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "NUMBER\tNAME\tSTATE\tAUDIENCE\tCREATED")
	for _, one := range list {
		fmt.Fprintf(table, "%d\t%s\t%s\t%s\t%s\n", one.Number, one.Title(), one.State, one.Audience, wib(one.CreatedAt))
	}
	return table.Flush()
}

// BroadcastPauseCommand pauses a campaign.
type BroadcastPauseCommand struct {
	Number int `arg:"" help:"Number of the campaign."`
}

// Run pauses it.
func (c *BroadcastPauseCommand) Run(ctx context.Context, env *Environment) error {
	return env.moveCampaign(ctx, c.Number, shop.CampaignPaused, "It is paused; what waits in the queue is held.")
}

// BroadcastResumeCommand lets a paused campaign go on.
type BroadcastResumeCommand struct {
	Number int `arg:"" help:"Number of the campaign."`
}

// Run lets it go on.
func (c *BroadcastResumeCommand) Run(ctx context.Context, env *Environment) error {
	return env.moveCampaign(ctx, c.Number, shop.CampaignApproved, "It goes on; who is left gets a new slot.")
}

// BroadcastCancelCommand ends a campaign for ever.
type BroadcastCancelCommand struct {
	Number int  `arg:"" help:"Number of the campaign."`
	Yes    bool `help:"It cannot be undone: say that you mean it."`
}

// Run cancels it.
func (c *BroadcastCancelCommand) Run(ctx context.Context, env *Environment) error {
	if !c.Yes {
		return &UsageError{errors.New("a cancelled campaign never goes on again; say --yes if you mean it, or use: bestie broadcast pause")}
	}
	return env.moveCampaign(ctx, c.Number, shop.CampaignCancelled, "It is cancelled; nothing more of it is sent.")
}

// moveCampaign moves a campaign; a draft is only approved in the chat, by a second person.
func (env *Environment) moveCampaign(ctx context.Context, number int, to shop.CampaignState, done string) (err error) {
	config, err := env.load(false)
	if err != nil {
		return err
	}
	db, err := env.openBooks(ctx, config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	c, err := campaignNumbered(ctx, db, number)
	if err != nil {
		return err
	}
	if to == shop.CampaignApproved && c.State != shop.CampaignPaused {
		return &shop.Error{Code: "promo_state", Sentence: fmt.Sprintf("the campaign is %s, not paused", c.State), Hint: "a draft is approved in the chat: promo setuju " + fmt.Sprint(number)}
	}
	if err = db.MoveCampaign(ctx, time.Now(), c.ID, to); err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.Out, "Campaign %d %q: %s A running bot knows it within a minute.\n", number, c.Title(), done)
	return err
}

func campaignNumbered(ctx context.Context, db *store.DB, number int) (shop.Campaign, error) {
	c, ok, err := db.CampaignByNumber(ctx, number)
	if err == nil && !ok {
		err = &shop.Error{Code: "no_campaign", Sentence: fmt.Sprintf("there is no campaign %d", number), Hint: "see: bestie broadcast list"}
	}
	return c, err
}
