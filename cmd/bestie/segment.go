package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"bestie/shop"
)

// SegmentCommand is about queries that were given a name.
type SegmentCommand struct {
	Save   SegmentSaveCommand   `cmd:"" help:"Give a query a name; one that had it before is replaced."`
	List   SegmentListCommand   `cmd:"" help:"Show the saved segments."`
	Show   SegmentShowCommand   `cmd:"" help:"Show one, and what it comes to."`
	Delete SegmentDeleteCommand `cmd:"" help:"Forget one that nothing uses."`
}

// SegmentSaveCommand saves a query.
type SegmentSaveCommand struct {
	Name  string   `arg:"" help:"Such as bandung-aktif; used as segment:bandung-aktif."`
	Query []string `arg:"" help:"The query (docs/promos.md)." passthrough:""`
}

// Help shows an example.
func (SegmentSaveCommand) Help() string {
	return "Example:\n  bestie segment save bandung-aktif 'city:bandung last_chat<28d'"
}

// Run works beside a running bot.
func (c *SegmentSaveCommand) Run(ctx context.Context, env *Environment) (err error) {
	s, err := shop.ParseSegment(strings.Join(c.Query, " "))
	if err != nil {
		return &UsageError{err}
	}
	config, err := env.load(false)
	if err != nil {
		return err
	}
	db, err := env.openBooks(ctx, config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err = db.SaveSegment(ctx, time.Now(), c.Name, s, 0); err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.Out, "Saved %s: %s\n(%s)\n", c.Name, s, s.Explain())
	return err
}

// SegmentListCommand lists the saved segments.
type SegmentListCommand struct {
	JSON bool `name:"json" help:"Print one JSON array."`
}

// Run reads app.db beside a bot that may be running.
func (c *SegmentListCommand) Run(ctx context.Context, env *Environment) error {
	list, err := env.segments(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		type row struct {
			Name  string `json:"name"`
			Query string `json:"query"`
		}
		out := []row{}
		for _, s := range list {
			out = append(out, row(s))
		}
		return printJSON(env.Out, out)
	}
	if len(list) == 0 {
		_, err = fmt.Fprintln(env.Out, "No saved segments yet. Save one with: bestie segment save NAME QUERY")
		return err
	}
	table := tabwriter.NewWriter(env.Out, 0, 0, 2, ' ', 0)
	for _, s := range list {
		fmt.Fprintf(table, "%s\t%s\n", s.Name, s.Query)
	}
	return table.Flush()
}

func (env *Environment) segments(ctx context.Context) (list []shop.SavedSegment, err error) {
	db, err := env.look(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return db.Segments(ctx)
}

// SegmentShowCommand shows one saved segment.
type SegmentShowCommand struct {
	Name string `arg:"" help:"Its name."`
}

// Run shows the table of broadcast plan.
func (c *SegmentShowCommand) Run(ctx context.Context, env *Environment) error {
	name, err := shop.SegmentName(c.Name)
	if err != nil {
		return &UsageError{err}
	}
	list, err := env.segments(ctx)
	if err != nil {
		return err
	}
	for _, s := range list {
		if s.Name == name {
			plan := BroadcastPlanCommand{Audience: s.Query, Export: "none"}
			return plan.Run(ctx, env)
		}
	}
	return &shop.SegmentError{Problem: shop.SegmentNotSaved, Word: name}
}

// SegmentDeleteCommand forgets a saved segment.
type SegmentDeleteCommand struct {
	Name string `arg:"" help:"Its name."`
}

// Run refuses while another segment or a campaign that is not over uses it.
func (c *SegmentDeleteCommand) Run(ctx context.Context, env *Environment) (err error) {
	config, err := env.load(false)
	if err != nil {
		return err
	}
	db, err := env.openBooks(ctx, config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	ok, err := db.DeleteSegment(ctx, c.Name)
	if err != nil {
		return err
	} else if !ok {
		return &shop.SegmentError{Problem: shop.SegmentNotSaved, Word: c.Name}
	}
	_, err = fmt.Fprintf(env.Out, "Deleted %s.\n", c.Name)
	return err
}
