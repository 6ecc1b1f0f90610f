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
	"bestie/store"
)

// DropshipAgingCommand shows what is owed by how late it is.
type DropshipAgingCommand struct {
	JSON bool `name:"json" help:"Print one JSON object."`
}

// agingJSON is one dropshipper, or with the shop "" all of them.
type agingJSON struct {
	Shop    string      `json:"shop,omitempty"`
	Phone   string      `json:"phone,omitempty"`
	Current shop.Rupiah `json:"not_due"`
	Week    shop.Rupiah `json:"up_to_7_days"`
	Month   shop.Rupiah `json:"up_to_30_days"`
	Older   shop.Rupiah `json:"older"`
	Total   shop.Rupiah `json:"total"`
	Due     string      `json:"due_since,omitempty"`
}

func agingRow(name shop.ShopName, g shop.Aging, due time.Time) agingJSON {
	row := agingJSON{Shop: name.Shop, Phone: name.Phone, Current: g.Current, Week: g.Week, Month: g.Month, Older: g.Older, Total: g.Total}
	if !due.IsZero() {
		row.Due = due.In(shop.WIB).Format(time.RFC3339)
	}
	return row
}

// Run reads everybody who owes something.
func (c *DropshipAgingCommand) Run(ctx context.Context, env *Environment) (err error) {
	config, err := env.load(false)
	if err != nil {
		return err
	}
	db, err := env.look(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	rows, sum, err := aging(ctx, db, config.Dropship.Terms, time.Now())
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(env.Out, map[string]any{"shops": rows, "sum": sum})
	}
	table := tabwriter.NewWriter(env.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "SHOP\tPHONE\tNOT DUE\tUP TO 7 DAYS\tUP TO 30\tOLDER\tTOTAL\tDUE SINCE")
	for _, r := range append(rows, sum) {
		name := r.Shop
		if name == "" {
			name = "All"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", name, r.Phone, r.Current, r.Week, r.Month, r.Older, r.Total, r.Due)
	}
	return table.Flush()
}

// aging is who owes what, worst first, and the sum.
func aging(ctx context.Context, db *store.DB, terms time.Duration, now time.Time) (rows []agingJSON, sum agingJSON, err error) {
	all, err := db.Owing(ctx)
	rows = []agingJSON{}
	var total shop.Aging
	for _, a := range all {
		g := a.Aged(terms, now)
		total.Add(g)
		rows = append(rows, agingRow(a.Name, g, a.Due(terms)))
	}
	return rows, agingRow(shop.ShopName{}, total, time.Time{}), err
}

// DropshipStatementCommand prints a statement.
type DropshipStatementCommand struct {
	Who   string `arg:"" name:"phone-or-shop" help:"Their WhatsApp number, or the name of the shop."`
	Month string `help:"Only this month: 2026-11." placeholder:"YYYY-MM"`
}

// mostStatement bounds the lines of a printed statement.
const mostStatement = 10_000

// Run reads one dropshipper.
func (c *DropshipStatementCommand) Run(ctx context.Context, env *Environment) (err error) {
	var from, to time.Time
	if c.Month != "" {
		if from, err = time.ParseInLocation("2006-01", c.Month, shop.WIB); err != nil {
			return &UsageError{fmt.Errorf("--month: %q is no month; write it like 2026-11", c.Month)}
		}
		to = from.AddDate(0, 1, 0)
	}
	db, err := env.look(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	found, err := findShop(ctx, db, c.Who)
	if err != nil {
		return err
	}
	a, err := db.Account(ctx, found.Person)
	if err != nil {
		return err
	}
	lines, err := db.Lines(ctx, found.Person, from, mostStatement)
	if err != nil {
		return err
	}
	if !to.IsZero() {
		lines = shop.LinesOf(lines, from, to)
	}
	return printAccount(env.Out, a, lines)
}

// findShop finds the one dropshipper that is meant.
func findShop(ctx context.Context, db *store.DB, said string) (shop.ShopName, error) {
	all, err := db.ShopNames(ctx)
	if err != nil {
		return shop.ShopName{}, err
	}
	found, rest := shop.FindShops(all, said)
	switch {
	case len(found) == 0 || rest != "":
		return shop.ShopName{}, &shop.Error{Code: "no_dropshipper", Sentence: fmt.Sprintf("no dropshipper is called %q", said), Hint: "see them all: bestie dropship list"}
	case len(found) > 1:
		var names []string
		for _, s := range found {
			names = append(names, fmt.Sprintf("%s (%s)", s.Shop, s.Phone))
		}
		return shop.ShopName{}, &shop.Error{Code: "which_dropshipper", Sentence: "several are called like that: " + strings.Join(names, ", "), Hint: "write the number"}
	}
	return found[0], nil
}

// printDay writes what three records say of a day.
func printDay(w io.Writer, b shop.BooksOfDay) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "%s\n", b.Day)
	fmt.Fprintln(table, "SHOP\tORDERS\tCOST\tPARKED\tREPORTED\tCANCELLED\tPAID\tOPEN PAYMENTS\t")
	sum := b.Sum()
	sum.Shop = "All"
	for _, s := range append(b.Shops, sum) {
		fmt.Fprintf(table, "%s\t%d\t%s\t%d\t%d\t%d\t%s\t%d\t", s.Shop, s.Booked, s.Cost, s.Waiting, s.Reported, s.Cancelled, s.Paid, s.Open)
		if gap, n := s.Gap(); s.Person != 0 && gap != shop.GapNone {
			fmt.Fprint(table, gapSays[gap](n))
		}
		fmt.Fprintln(table)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "The ledger's bank account moved by %s.\n", b.Cash)
	if more := b.Cash - sum.Paid; err == nil && more != 0 {
		_, err = fmt.Fprintf(w, "Of that, %s are corrections, not payments.\n", more)
	}
	return err
}

var gapSays = map[shop.DayGap]func(int) string{
	shop.GapNoReport: func(int) string { return "did not report" },
	shop.GapMissing:  func(n int) string { return plural(n, "order") + " sold but not ordered here" },
	shop.GapMore:     func(n int) string { return plural(n, "order") + " more than reported" },
}
