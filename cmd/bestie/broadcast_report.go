package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"bestie/shop"
	"bestie/store"
)

// BroadcastReportCommand prints what came of a campaign.
type BroadcastReportCommand struct {
	Number int    `arg:"" help:"Number of the campaign."`
	JSON   bool   `name:"json" help:"Print one JSON object." xor:"form"`
	CSV    string `name:"csv" help:"Write the figures to a new CSV file." placeholder:"FILE" xor:"form"`
	PNG    string `name:"png" help:"Draw the figures into a new PNG file." placeholder:"FILE" xor:"form"`
}

// Run reads app.db beside a bot that may be running; it writes nothing there.
func (c *BroadcastReportCommand) Run(ctx context.Context, env *Environment) (err error) {
	db, err := env.look(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	r, err := reportNumbered(ctx, db, c.Number, time.Now())
	if err != nil {
		return err
	}
	switch {
	case c.JSON:
		return printJSON(env.Out, campaignReportObject{r.Campaign.Number, r.Campaign.Title(), r.Campaign.State, r.AsOf, r.Final(), campaignFigures(r)})
	case c.CSV != "":
		err = writeFiguresCSV(c.CSV, campaignFigures(r))
	case c.PNG != "":
		err = writeNew(c.PNG, "png", func(w io.Writer) error {
			data, err := drawCampaign(r)
			if err == nil {
				_, err = w.Write(data)
			}
			return err
		})
	default:
		return printCampaignReport(env.Out, r)
	}
	if err == nil {
		_, err = fmt.Fprintf(env.Out, "The figures of campaign %d were written to %s.\n", c.Number, c.CSV+c.PNG)
	}
	return err
}

func reportNumbered(ctx context.Context, db *store.DB, number int, now time.Time) (r shop.CampaignReport, err error) {
	c, err := campaignNumbered(ctx, db, number)
	if err != nil {
		return r, err
	}
	r, _, err = db.CampaignReport(ctx, now, c.ID)
	return r, err
}

// campaignReportObject is the JSON form; instants are RFC 3339.
type campaignReportObject struct {
	Number  int                `json:"number"`
	Name    string             `json:"name"`
	State   shop.CampaignState `json:"state"`
	AsOf    time.Time          `json:"as_of"`
	Final   bool               `json:"final"`
	Figures []figure           `json:"figures"`
}

// campaignFigures are all numbers of a campaign's report, in a fixed order.
func campaignFigures(r shop.CampaignReport) []figure {
	f := &figureList{}
	f.count("people", "", "chosen", r.Chosen)
	f.count("people", "", "failed", r.Failed)
	f.count("people", "", "waiting", r.Waiting)
	f.count("people", "", "not sent", r.NotSent())
	f.promo("all", "", r.PromoFigures)
	f.share("all", "", "replies with an order", r.Ordered, r.Replied)
	for _, u := range r.Unsent {
		why := u.Reason
		if why == "" {
			why = string(u.Fate)
		}
		f.count("not sent", why, "people", u.People)
	}
	for hour, of := range r.Hours {
		if of.Reached() > 0 {
			f.promo("by hour of sending", fmt.Sprintf("%02d", hour), of)
		}
	}
	for i, of := range r.Wordings {
		f.promo("by wording", fmt.Sprint(i+1), of)
	}
	return f.all
}

func (f *figureList) promo(section, of string, p shop.PromoFigures) {
	f.count(section, of, "sent", p.Sent)
	f.count(section, of, "delivered", p.Delivered)
	f.count(section, of, "read", p.Read)
	f.count(section, of, "unknown", p.Unknown)
	f.count(section, of, "replied", p.Replied)
	f.count(section, of, "stopped", p.Stopped)
	f.count(section, of, "complained", p.Complained)
	f.count(section, of, "replied and ordered", p.Ordered)
}

func printCampaignReport(w io.Writer, r shop.CampaignReport) error {
	what := "figures may still move until 72 hours after the last promo"
	if r.Final() {
		what = "final"
	}
	fmt.Fprintf(w, "Campaign %d %q, %s, as of %s; %s\n", r.Campaign.Number, oneLine(r.Campaign.Title()), r.Campaign.State, wib(r.AsOf), what)
	return printFigures(w, campaignFigures(r))
}
