package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"bestie/shop"
)

// ReportCommand prints the figures of a span or of the days given.
type ReportCommand struct {
	Span string `arg:"" optional:"" help:"hari: today (the default); minggu: the last 7 days; bulan: the last 30 days."`
	From string `help:"First day, with --to, instead of a span." placeholder:"YYYY-MM-DD"`
	To   string `help:"Last day, included; without it, today." placeholder:"YYYY-MM-DD"`
	JSON bool   `name:"json" help:"Print one JSON object." xor:"form"`
	CSV  string `name:"csv" help:"Write the figures to a new CSV file." placeholder:"FILE" xor:"form"`
}

// Run reads app.db beside a bot that may be running; it writes nothing there.
func (c *ReportCommand) Run(ctx context.Context, env *Environment) (err error) {
	config, err := env.load(false)
	if err != nil {
		return err
	}
	now := time.Now()
	period, err := c.period(now)
	if err != nil {
		return &UsageError{err}
	}
	db, err := env.look(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetSLA(config.SLA)
	report, err := db.Report(ctx, period, now)
	if err != nil {
		return err
	}
	switch {
	case c.JSON:
		return printJSON(env.Out, reportJSON(report))
	case c.CSV != "":
		if err = writeFiguresCSV(c.CSV, figures(report)); err == nil {
			_, err = fmt.Fprintf(env.Out, "The figures of %s were written to %s.\n", days(report.Period), c.CSV)
		}
		return err
	}
	return printReport(env.Out, report)
}

// period is what the arguments ask for. The last day ends now, if it is today.
func (c *ReportCommand) period(now time.Time) (p shop.Period, err error) {
	if c.From == "" && c.To == "" {
		span := shop.SpanDay
		if c.Span != "" {
			span = shop.Span(c.Span)
		}
		if span.Days() == 0 {
			return p, fmt.Errorf("%q is no span; write hari, minggu or bulan, or --from 2026-11-01 --to 2026-11-30", c.Span)
		}
		return span.Period(now), nil
	}
	if c.Span != "" || c.From == "" {
		return p, errors.New("write either a span or --from, with or without --to")
	}
	if p.From, err = parseReportDay("--from", c.From); err != nil {
		return p, err
	}
	p.To = shop.Midnight(now)
	if c.To != "" {
		if p.To, err = parseReportDay("--to", c.To); err != nil {
			return p, err
		}
	}
	if p.To = p.To.AddDate(0, 0, 1); p.To.After(now) {
		p.To = now
	}
	if !p.From.Before(p.To) {
		return p, errors.New("the first day comes after the last one, or after today")
	}
	return p, nil
}

func parseReportDay(name, text string) (time.Time, error) {
	t, err := time.ParseInLocation(time.DateOnly, text, shop.WIB)
	if err != nil {
		return t, fmt.Errorf("%s: %q is not a day; write 2026-11-24", name, text)
	}
	return t, nil
}

// days writes a period for the operator.
func days(p shop.Period) string {
	const form = "2006-01-02 15:04"
	return p.From.In(shop.WIB).Format(form) + " to " + p.To.In(shop.WIB).Format(form) + " (WIB)"
}

// writeFiguresCSV writes a new file that only the owner may read: names are in it.
func writeFiguresCSV(name string, all []figure) error {
	return writeNew(name, "csv", func(w io.Writer) error { return printFiguresCSV(w, all) })
}

// writeNew writes a file that does not exist yet; kind is what it is.
func writeNew(name, kind string, write func(w io.Writer) error) (err error) {
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return &shop.Error{Code: kind, Sentence: "the " + strings.ToUpper(kind) + " file could not be made", Hint: "name a file that does not exist yet, in a folder that can be written", Cause: err}
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return write(file)
}
