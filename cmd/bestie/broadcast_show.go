package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"bestie/shop"
)

// BroadcastShowCommand shows a campaign and how far it is.
type BroadcastShowCommand struct {
	Number int           `arg:"" help:"Number of the campaign."`
	Watch  bool          `help:"Show the progress until the campaign is over, on a terminal as a bar."`
	Every  time.Duration `help:"How often --watch looks." default:"2s"`
	JSON   bool          `name:"json" help:"Print one JSON object." xor:"form"`
}

// leastEvery keeps --watch from asking the database all the time.
const leastEvery = 100 * time.Millisecond

// Run reads app.db beside a bot that may be running; it writes nothing there.
func (c *BroadcastShowCommand) Run(ctx context.Context, env *Environment) (err error) {
	if c.Watch && (c.JSON || c.Every < leastEvery) {
		return &UsageError{errors.New("--watch goes without --json, and --every is at least 100ms")}
	}
	db, err := env.look(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	r, err := reportNumbered(ctx, db, c.Number, time.Now())
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(env.Out, progressOf(r))
	}
	if err = printCampaign(env.Out, r); err != nil || !c.Watch {
		return err
	}
	bar := progressBar{out: env.Out, tty: env.TTY}
	tick := time.NewTicker(c.Every)
	defer tick.Stop()
	for {
		bar.show(r)
		if r.Campaign.State.Over() {
			return bar.end()
		}
		select {
		case <-ctx.Done():
			return bar.end()
		case <-tick.C:
		}
		if r, err = reportNumbered(ctx, db, c.Number, time.Now()); err != nil {
			return errors.Join(bar.end(), err)
		}
	}
}

// progress is how far a campaign is. Done and Waiting are of those who are to get it.
type progress struct {
	Number  int                `json:"number"`
	Name    string             `json:"name"`
	State   shop.CampaignState `json:"state"`
	Chosen  int                `json:"chosen"`
	Sent    int                `json:"sent"`
	Unknown int                `json:"unknown"`
	Failed  int                `json:"failed"`
	Waiting int                `json:"waiting"`
	NotSent int                `json:"not_sent"`
}

func progressOf(r shop.CampaignReport) progress {
	return progress{r.Campaign.Number, r.Campaign.Title(), r.Campaign.State, r.Chosen, r.Sent, r.Unknown, r.Failed, r.Waiting, r.NotSent()}
}

func printCampaign(out io.Writer, r shop.CampaignReport) error {
	c := r.Campaign
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "Campaign\t%d %s\nKind\t%s\nState\t%s\nAudience\t%s\n", c.Number, oneLine(c.Title()), c.Kind, c.State, oneLine(c.Audience))
	for _, when := range []struct {
		name string
		at   time.Time
	}{{"Created", c.CreatedAt}, {"Approved", c.ApprovedAt}, {"From", c.NotBefore}, {"Until", c.ExpiresAt}} {
		if !when.at.IsZero() {
			fmt.Fprintf(table, "%s\t%s\n", when.name, wib(when.at))
		}
	}
	for i, text := range c.Wordings {
		fmt.Fprintf(table, "Wording %d\t%s\n", i+1, oneLine(text))
	}
	fmt.Fprintf(table, "Progress\t%s\n", progressLine(r))
	return table.Flush()
}

func progressLine(r shop.CampaignReport) string {
	return fmt.Sprintf("%d sent (%d delivered, %d read), %d unknown, %d failed, %d waiting, %d not sent", r.Sent, r.Delivered, r.Read, r.Unknown, r.Failed, r.Waiting, r.NotSent())
}

// progressBar draws one line again and again on a terminal; elsewhere it writes a line
// whenever something has changed.
type progressBar struct {
	out  io.Writer
	tty  bool
	last string
}

// barWidth is how many signs the bar is wide.
const barWidth = 30

func (b *progressBar) show(r shop.CampaignReport) {
	done := r.Reached() + r.Failed
	line := fmt.Sprintf("%d of %d sent, %s", done, done+r.Waiting, r.Campaign.State)
	switch {
	case b.tty:
		full := barWidth * done / max(1, done+r.Waiting)
		fmt.Fprintf(b.out, "\r[%s%s] %s\x1b[K", strings.Repeat("#", full), strings.Repeat(".", barWidth-full), line)
	case line != b.last:
		fmt.Fprintln(b.out, line)
	}
	b.last = line
}

// end leaves the cursor below the bar.
func (b *progressBar) end() error {
	if !b.tty {
		return nil
	}
	_, err := fmt.Fprintln(b.out)
	return err
}
