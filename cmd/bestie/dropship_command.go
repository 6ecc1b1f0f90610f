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

// DropshipCommand is about dropshippers and their credit.
type DropshipCommand struct {
	Add     DropshipAddCommand     `cmd:"" help:"Register a dropshipper."`
	List    DropshipListCommand    `cmd:"" help:"Show every dropshipper with limit and what is used of it."`
	Limit   DropshipLimitCommand   `cmd:"" help:"Change a credit limit."`
	Suspend DropshipSuspendCommand `cmd:"" help:"Let a dropshipper order nothing more on credit; what is owed stays owed."`
	Resume  DropshipResumeCommand  `cmd:"" help:"End a suspension."`
	History DropshipHistoryCommand `cmd:"" help:"Show every change to a dropshipper: who, when, why."`

	Aging     DropshipAgingCommand     `cmd:"" help:"Show who owes what, by how late it is; worst first."`
	Statement DropshipStatementCommand `cmd:"" help:"Print the statement of a dropshipper."`
	Reconcile DropshipReconcileCommand `cmd:"" help:"Compare a day's ledger with the dropshippers' own reports, and with the bank's list."`
	Export    DropshipExportCommand    `cmd:"" help:"Write dropshippers, orders, payments, entries, aging and changes to a new XLSX file."`
}

// DropshipAddCommand registers a dropshipper.
type DropshipAddCommand struct {
	Phone   string `arg:"" help:"Their WhatsApp number."`
	Shop    string `arg:"" help:"The name of their shop."`
	Limit   string `help:"Credit limit in rupiah. Default: dropship.limit of the configuration." placeholder:"RUPIAH"`
	Account string `help:"The bank account from which they always pay." placeholder:"BANK NUMBER"`
}

// Run works beside a running bot, as all of these do.
func (c *DropshipAddCommand) Run(ctx context.Context, env *Environment) error {
	return env.changeShop(ctx, c.Phone, func(config *Config) (shop.ShopChange, error) {
		change := shop.ShopChange{Kind: shop.ShopEnrol, Shop: strings.TrimSpace(c.Shop), Account: c.Account, Limit: config.Dropship.Limit}
		if change.Shop == "" {
			return change, &UsageError{errors.New("the shop needs a name")}
		}
		if c.Limit == "" {
			return change, nil
		}
		var err error
		change.Limit, err = readLimit(c.Limit)
		return change, err
	})
}

// DropshipLimitCommand changes a limit.
type DropshipLimitCommand struct {
	Phone  string `arg:"" help:"Their WhatsApp number."`
	Limit  string `arg:"" help:"The new limit in rupiah, 0 for no credit."`
	Reason string `arg:"" help:"Why; it is kept on record."`
}

// Run changes the limit.
func (c *DropshipLimitCommand) Run(ctx context.Context, env *Environment) error {
	return env.changeShop(ctx, c.Phone, func(*Config) (change shop.ShopChange, err error) {
		change = shop.ShopChange{Kind: shop.ShopLimit, Reason: c.Reason}
		change.Limit, err = readLimit(c.Limit)
		return change, err
	})
}

// DropshipSuspendCommand suspends a dropshipper.
type DropshipSuspendCommand struct {
	Phone  string `arg:"" help:"Their WhatsApp number."`
	Reason string `arg:"" help:"Why; it is kept on record."`
}

// Run suspends them.
func (c *DropshipSuspendCommand) Run(ctx context.Context, env *Environment) error {
	return env.changeShop(ctx, c.Phone, func(*Config) (shop.ShopChange, error) {
		return shop.ShopChange{Kind: shop.ShopSuspend, Reason: c.Reason}, nil
	})
}

// DropshipResumeCommand ends a suspension.
type DropshipResumeCommand struct {
	Phone  string `arg:"" help:"Their WhatsApp number."`
	Reason string `arg:"" help:"Why; it is kept on record."`
}

// Run ends it.
func (c *DropshipResumeCommand) Run(ctx context.Context, env *Environment) error {
	return env.changeShop(ctx, c.Phone, func(*Config) (shop.ShopChange, error) {
		return shop.ShopChange{Kind: shop.ShopResume, Reason: c.Reason}, nil
	})
}

// readLimit reads a credit limit of the command line.
func readLimit(text string) (shop.Rupiah, error) {
	if text == "0" {
		return 0, nil
	}
	r, ok := shop.ParseRupiah(text)
	if !ok || r > shop.MostLimit {
		return 0, &UsageError{fmt.Errorf("%q is not a limit of 0 to %d rupiah", text, shop.MostLimit)}
	}
	return r, nil
}

// changeShop makes one change, after everything about it was found sound.
func (env *Environment) changeShop(ctx context.Context, phone string, read func(*Config) (shop.ShopChange, error)) (err error) {
	config, err := env.load(false)
	if err != nil {
		return err
	}
	change, err := read(config)
	if err != nil {
		return err
	}
	if change.Phone, err = parsePhone(phone); err != nil {
		return &UsageError{fmt.Errorf("%q %w; allowed: %s", phone, err, phoneAllowed)}
	}
	if change.Reason = strings.TrimSpace(change.Reason); change.Reason == "" && change.Kind != shop.ShopEnrol {
		return &UsageError{errors.New("a reason is needed: whoever asks later finds it")}
	}
	db, err := env.openBooks(ctx, config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err = db.ChangeShop(ctx, time.Now(), change); err != nil {
		return err
	}
	_, err = fmt.Fprintln(env.Out, "Done. A running bot knows it from its next message on.")
	return err
}

// DropshipListCommand lists dropshippers.
type DropshipListCommand struct {
	JSON bool `name:"json" help:"Print one JSON array."`
}

type dropshipperJSON struct {
	Shop      string      `json:"shop"`
	Phone     string      `json:"phone"`
	Limit     shop.Rupiah `json:"limit"`
	Used      shop.Rupiah `json:"used"`
	Free      shop.Rupiah `json:"free"`
	Account   string      `json:"account"`
	Suspended bool        `json:"suspended"`
}

// Run lists them by the name of the shop.
func (c *DropshipListCommand) Run(ctx context.Context, env *Environment) (err error) {
	db, err := env.look(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	list, err := db.ShopList(ctx)
	if err != nil {
		return err
	}
	out := make([]dropshipperJSON, len(list))
	for i, v := range list {
		out[i] = dropshipperJSON{v.Dropshipper.Shop, v.Phone, v.Dropshipper.Limit, v.Dropshipper.Used, v.Dropshipper.Free(), v.Dropshipper.BankAccount, v.Suspended}
	}
	if c.JSON {
		return printJSON(env.Out, out)
	}
	if len(out) == 0 {
		_, err = fmt.Fprintln(env.Out, "No dropshippers yet. Register one with: bestie dropship add PHONE SHOP")
		return err
	}
	table := tabwriter.NewWriter(env.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "SHOP\tPHONE\tLIMIT\tUSED\tFREE\tPAYS FROM\t")
	for _, d := range out {
		note := ""
		if d.Suspended {
			note = "suspended"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", d.Shop, d.Phone, d.Limit, d.Used, d.Free, d.Account, note)
	}
	return table.Flush()
}

// DropshipHistoryCommand shows the changes to one dropshipper.
type DropshipHistoryCommand struct {
	Phone string `arg:"" help:"Their WhatsApp number."`
}

// Run shows them, oldest first.
func (c *DropshipHistoryCommand) Run(ctx context.Context, env *Environment) (err error) {
	phone, err := parsePhone(c.Phone)
	if err != nil {
		return &UsageError{fmt.Errorf("%q %w; allowed: %s", c.Phone, err, phoneAllowed)}
	}
	db, err := env.look(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	records, err := db.ShopHistory(ctx, phone)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(env.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "WHEN\tWHO\tWHAT\tBEFORE\tAFTER\tWHY")
	for _, r := range records {
		by := r.By
		if by == "" {
			by = "command line"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", r.At.Format("2006-01-02 15:04"), by, r.Kind, r.Old, r.New, r.Reason)
	}
	return table.Flush()
}
