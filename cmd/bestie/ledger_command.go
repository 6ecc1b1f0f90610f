package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"bestie/shop"
	"bestie/store"
)

// LedgerCommand works with the ledger of dropshippers, beside a bot that may be running.
type LedgerCommand struct {
	Verify LedgerVerifyCommand `cmd:"" help:"Recompute the whole ledger and name the first entry that is not as it was booked."`
	Show   LedgerShowCommand   `cmd:"" help:"Print what a dropshipper owes and the last lines of the statement."`
	Export LedgerExportCommand `cmd:"" help:"Write every entry to a new XLSX or CSV file."`
}

// LedgerVerifyCommand recomputes the ledger. It fails if the ledger is broken.
type LedgerVerifyCommand struct {
	JSON bool `name:"json" help:"Print one JSON object."`
}

// Run reads one state of app.db and writes nothing.
func (c *LedgerVerifyCommand) Run(ctx context.Context, env *Environment) (err error) {
	db, err := env.look(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	found, err := db.Verify(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		err = printJSON(env.Out, auditJSON(found))
	} else if found.Broken == nil {
		_, err = fmt.Fprintf(env.Out, "The ledger is as it was booked: %s, %s, outstanding %s, last hash %.12s.\n",
			plural(int(found.Postings), "posting"), plural(int(found.Entries), "line"), found.Outstanding, found.Head)
	} else {
		_, err = fmt.Fprintln(env.Out, found.Broken)
	}
	if err == nil && found.Broken != nil {
		err = &Failure{errors.New("the ledger is not as it was booked; confirm no payments, and compare with the last backup and the owner's digests")}
	}
	return err
}

// auditJSON is the result of verify for machines.
func auditJSON(found shop.Audit) map[string]any {
	out := map[string]any{
		"ok": found.Broken == nil, "postings": found.Postings, "entries": found.Entries,
		"outstanding": int64(found.Outstanding), "head": found.Head.String(),
	}
	if b := found.Broken; b != nil {
		out["broken"] = map[string]any{"posting": b.Number, "entry": b.Line, "reference": b.Reference, "what": b.What, "digest": b.Digest}
	}
	return out
}

// LedgerShowCommand prints one dropshipper's books.
type LedgerShowCommand struct {
	Phone string `arg:"" help:"The dropshipper's WhatsApp number, with the country: 62812…"`
	Lines int    `help:"How many lines of the statement." default:"20"`
}

// Run reads one dropshipper.
func (c *LedgerShowCommand) Run(ctx context.Context, env *Environment) (err error) {
	if c.Lines < 1 || c.Lines > 10_000 {
		return &UsageError{errors.New("--lines: write 1 to 10000")}
	}
	db, err := env.look(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	p, ok, err := db.PersonByPhone(ctx, c.Phone)
	if err != nil {
		return err
	}
	var a *shop.Account
	if ok {
		if a, err = db.Account(ctx, p.ID); err != nil {
			return err
		}
	}
	if a == nil {
		return &shop.Error{Code: "no_dropshipper", Sentence: "no dropshipper has the number " + c.Phone, Hint: "write it with the country and digits only: 6281234567890"}
	}
	lines, err := db.Lines(ctx, p.ID, time.Time{}, c.Lines)
	if err != nil {
		return err
	}
	return printAccount(env.Out, a, lines)
}

func printAccount(w io.Writer, a *shop.Account, lines []shop.Line) error {
	fmt.Fprintf(w, "%s\nlimit %s, used %s, pending %s, deposit %s, free %s, %s parked\n",
		a.Shop, a.Limit, a.Used, a.Pending, a.Deposit, a.Free(), plural(len(a.Parked), "order"))
	if !a.DueSince.IsZero() {
		fmt.Fprintf(w, "owes since %s\n", wib(a.DueSince))
	}
	for _, l := range lines {
		if _, err := fmt.Fprintf(w, "%6d  %s  %-14s %14s %14s  %s\n", l.Number, l.At.In(shop.WIB).Format("2006-01-02 15:04"), l.Reference, l.Amount, l.Owed, l.Reason); err != nil {
			return err
		}
	}
	return nil
}

// LedgerExportCommand writes the whole ledger as a table.
type LedgerExportCommand struct {
	File string `arg:"" help:"A new file that ends in .xlsx or .csv."`
}

// Run writes every entry, with the hash of its posting.
func (c *LedgerExportCommand) Run(ctx context.Context, env *Environment) (err error) {
	if !isSheet(c.File) {
		return &UsageError{errors.New("the file must end in .xlsx or .csv")}
	}
	db, err := env.look(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	entries, err := ledgerSheet(ctx, db)
	if err != nil {
		return err
	}
	if err = writeNewSheets(c.File, entries); err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.Out, "%s of the ledger were written to %s.\n", plural(len(entries.rows)-1, "line"), c.File)
	return err
}

// ledgerSheet is every entry with the hash of its posting.
func ledgerSheet(ctx context.Context, db *store.DB) (newSheet, error) {
	rows := [][]string{{"posting", "reference", "reason", "actor", "source", "at (WIB)", "entry", "account", "amount", "balance", "hash"}}
	err := db.Ledger(ctx, func(p shop.Posting, entries []shop.Booked) bool {
		for _, e := range entries {
			rows = append(rows, []string{
				strconv.FormatInt(p.Number, 10), p.Reference, p.Reason, p.Actor, p.Source, p.At.In(shop.WIB).Format("2006-01-02 15:04:05"),
				strconv.Itoa(e.Line), e.Account, strconv.FormatInt(int64(e.Amount), 10), strconv.FormatInt(int64(e.Balance), 10), p.Hash.String(),
			})
		}
		return true
	})
	return newSheet{"ledger", rows}, err
}

// writeNewSheets writes tables to a file that must not exist yet. What people wrote is in them:
// signs that no spreadsheet holds are left out, and what is too long for a cell is cut.
func writeNewSheets(path string, sheets ...newSheet) error {
	for _, s := range sheets {
		for _, row := range s.rows {
			for i, text := range row {
				row[i] = holdable(text)
			}
		}
	}
	err := writeSheets(path, sheets...)
	if errors.Is(err, os.ErrExist) {
		return &shop.Error{Code: "export", Sentence: path + " exists already", Hint: "name a new file", Cause: err}
	}
	return err
}

func holdable(text string) string {
	text = strings.Map(func(r rune) rune {
		if unwritable(r) {
			return -1
		}
		return r
	}, text)
	if letters := []rune(text); len(letters) >= mostSheetCell {
		text = string(letters[:mostSheetCell-1])
	}
	return text
}

// ledger verifies the ledger for the doctor: also whether a restored backup is behind
// the last digest that the owner was sent.
func (p *patient) ledger(ctx context.Context, db *store.DB) error {
	found, err := db.Verify(ctx)
	switch {
	case err != nil:
		return err
	case found.Broken == nil && found.Postings > 0:
		p.ok("ledger", "the ledger is as it was booked: %s, last hash %.12s", plural(int(found.Postings), "posting"), found.Head)
	case found.Broken != nil && found.Broken.Digest:
		p.red("ledger", "the ledger is not the one of the last digest: "+found.Broken.What,
			"book what is missing again from the owner's digests and the shop phone's chats; the next digest begins anew")
	case found.Broken != nil:
		p.red("ledger", "the ledger is not as it was booked: "+found.Broken.String(), "confirm no payments; compare with the last backup: bestie ledger export FILE")
	}
	return nil
}
