package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"bestie/shop"
)

// DropshipReconcileCommand compares the records of one day.
type DropshipReconcileCommand struct {
	Date string `arg:"" optional:"" help:"The day, 2026-11-24. Default: today."`
	Bank string `help:"The bank's own list, CSV or XLSX: date, amount, note." placeholder:"FILE"`
}

// Run reads; it changes nothing.
func (c *DropshipReconcileCommand) Run(ctx context.Context, env *Environment) (err error) {
	day := shop.DayOf(time.Now())
	if c.Date != "" {
		start, err := time.ParseInLocation(time.DateOnly, c.Date, shop.WIB)
		if err != nil {
			return &UsageError{fmt.Errorf("%q is no day; write it like 2026-11-24", c.Date)}
		}
		day = shop.DayOf(start)
	}
	var lines []shop.BankLine
	if c.Bank != "" {
		if lines, err = readBank(c.Bank, day); err != nil {
			return err
		}
	}
	db, err := env.look(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	books, err := db.BooksOfDay(ctx, day)
	if err != nil {
		return err
	}
	if err = printDay(env.Out, books); err != nil || c.Bank == "" {
		return err
	}
	payments, err := db.PaymentsAround(ctx, day-2*shop.BankDays, day+2*shop.BankDays)
	if err != nil {
		return err
	}
	return printBank(env.Out, day, shop.MatchBank(day, lines, payments))
}

func printBank(w io.Writer, day shop.Day, m shop.BankMatch) (err error) {
	say := func(format string, args ...any) {
		if err == nil {
			_, err = fmt.Fprintf(w, format+"\n", args...)
		}
	}
	matched := 0
	for _, p := range m.Matched {
		if p.Line.Day == day || shop.DayOf(p.Payment.ClosedAt) == day {
			matched++
		}
	}
	say("\nThe bank and the ledger agree on %s.", plural(matched, "payment"))
	for _, p := range m.Unconfirmed {
		if p.Line.Day == day {
			say("in the bank, not in the ledger: row %d, %s: payment %d of %s is %s", p.Line.Row, p.Line.Amount, p.Payment.ID, p.Payment.Shop, p.Payment.State)
		}
	}
	for _, l := range m.OnlyBank {
		say("only in the bank: row %d, %s, %q", l.Row, l.Amount, l.Note)
	}
	for _, p := range m.OnlyLedger {
		say("only in the ledger: payment %d of %s, %s, confirmed at %s", p.ID, p.Shop, p.Received, p.ClosedAt.In(shop.WIB).Format("15:04"))
	}
	return err
}

// bankColumns are the names under which banks list what is needed.
var bankColumns = [3][]string{
	{"date", "tanggal", "tgl", "tanggal transaksi", "transaction date"},
	{"amount", "jumlah", "nominal", "mutasi", "kredit", "credit"},
	{"note", "keterangan", "berita", "description", "deskripsi"},
}

// readBank reads the money that came in from a bank's list. Its columns are known by their
// names, else they are date, amount and note in this order; what went out is passed over.
func readBank(path string, near shop.Day) (lines []shop.BankLine, err error) {
	s, err := readSheet(path)
	if err != nil {
		return nil, err
	}
	at, body := [3]int{0, 1, 2}, s.rows
	if columns, ok := bankHeader(s.rows); ok {
		at, body = columns, s.rows[1:]
	}
	for _, row := range body {
		l, in, m := bankLine(&s, row, at, near)
		if m != nil {
			m.Source = path
			return nil, &ConfigError{[]Mistake{*m}}
		}
		if in {
			lines = append(lines, l)
		}
	}
	return lines, nil
}

func bankHeader(rows []sheetRow) (at [3]int, ok bool) {
	if len(rows) == 0 {
		return at, false
	}
	for i, names := range bankColumns {
		at[i] = slices.IndexFunc(rows[0].cells, func(c string) bool { return slices.Contains(names, strings.ToLower(strings.TrimSpace(c))) })
	}
	return at, at[0] >= 0 && at[1] >= 0
}

func bankLine(s *sheet, row sheetRow, at [3]int, near shop.Day) (l shop.BankLine, in bool, _ *Mistake) {
	l = shop.BankLine{Row: row.number, Note: row.cell(at[2])}
	var ok bool
	if l.Day, ok = bankDay(row.cell(at[0]), near); !ok {
		return l, false, s.refuse(row.number, at[0], fmt.Sprintf("%q is no day", row.cell(at[0])), "2026-11-24 or 24/11/2026")
	}
	if l.Amount, in, ok = bankAmount(row.cell(at[1])); !ok {
		return l, false, s.refuse(row.number, at[1], fmt.Sprintf("%q is no amount", row.cell(at[1])), "150123, 150.123,00 or 150,123.00 CR")
	}
	return l, in, nil
}

// bankDay reads a day; without a year it is the one nearest to a day.
func bankDay(text string, near shop.Day) (shop.Day, bool) {
	text = strings.TrimPrefix(strings.TrimSpace(text), "'") // some banks write '24/11 so that no spreadsheet changes it
	text, _, _ = strings.Cut(strings.Replace(text, "T", " ", 1), " ")
	for _, layout := range []string{time.DateOnly, "2/1/2006", "2-1-2006", "2/1/06"} {
		if t, err := time.ParseInLocation(layout, text, shop.WIB); err == nil {
			return shop.DayOf(t), true
		}
	}
	t, err := time.Parse("2/1", text)
	if err != nil {
		return 0, false
	}
	best := shop.DayAt(near.Start().Year(), t.Month(), t.Day())
	for _, year := range []int{near.Start().Year() - 1, near.Start().Year() + 1} {
		if d := shop.DayAt(year, t.Month(), t.Day()); max(d-near, near-d) < max(best-near, near-best) {
			best = d
		}
	}
	return best, true
}

// bankAmount reads an amount as banks write it; in is false for what went out.
func bankAmount(text string) (sum shop.Rupiah, in, ok bool) {
	text = strings.ToUpper(strings.Join(strings.Fields(text), ""))
	text = strings.TrimPrefix(strings.TrimPrefix(text, "+"), "RP")
	out := strings.HasPrefix(text, "-") || strings.HasSuffix(text, "DB")
	text = strings.Trim(strings.TrimSuffix(strings.TrimSuffix(text, "DB"), "CR"), "-")
	if i := len(text) - 3; i > 0 && (text[i] == '.' || text[i] == ',') {
		if text[i+1:] != "00" && !out {
			return 0, false, false // nobody transfers a part of a rupiah
		}
		text = text[:i]
	}
	n, err := strconv.ParseInt(strings.NewReplacer(".", "", ",", "").Replace(text), 10, 64)
	return shop.Rupiah(n), !out && n > 0, err == nil && n >= 0 && shop.Rupiah(n) <= shop.MostPosted
}
