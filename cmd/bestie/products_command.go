package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"bestie/shop"
)

// ProductsCommand is about the product list.
type ProductsCommand struct {
	Import ProductsImportCommand `cmd:"" help:"Take a product list (YAML, XLSX or CSV) in the place of the present one."`
	List   ProductsListCommand   `cmd:"" help:"Show the product list, and what it does not say yet."`
	Export ProductsExportCommand `cmd:"" help:"Write the product list into a new YAML, XLSX or CSV file."`
}

// ProductsImportCommand replaces the product list.
type ProductsImportCommand struct {
	File   string `arg:"" optional:"" help:"The list; without it products_file of the configuration is read again."`
	DryRun bool   `help:"Check the list and say what would change, but change nothing."`
}

// Run checks the whole list first; with one mistake in it nothing is taken. It
// works beside a running bot, which answers from the new list from its next
// message on.
func (c *ProductsImportCommand) Run(ctx context.Context, env *Environment) (err error) {
	config, err := env.load(false)
	if err != nil {
		return err
	}
	path, err := c.source(config)
	if err != nil {
		return err
	}
	list, err := loadProducts(path)
	if err != nil {
		return err
	}
	db, err := env.openBooks(ctx, config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	before, err := db.Products(ctx)
	if err != nil {
		return err
	}
	if c.DryRun {
		_, err = fmt.Fprintf(env.Out, "%s is sound: %s. Nothing was changed.\n%s", path, plural(len(list), "product"), changes(before, list))
		return err
	}
	if err = db.SetProducts(ctx, list); err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.Out, "Took %s from %s. A running bot answers from them from its next message on.\n%s",
		plural(len(list), "product"), path, changes(before, list))
	return err
}

// source is the file to read. Where the configuration names one, another would be
// forgotten at the next start.
func (c *ProductsImportCommand) source(config *Config) (string, error) {
	switch {
	case c.File == "" && config.ProductsFile == "":
		return "", &UsageError{errors.New("no file: name one, or set products_file in the configuration")}
	case c.File == "":
		return config.ProductsFile, nil
	case config.ProductsFile == "" || c.DryRun:
		return c.File, nil
	}
	mine, err := filepath.Abs(c.File)
	if err != nil {
		return "", err
	}
	if configured, err := filepath.Abs(config.ProductsFile); err != nil || configured != mine {
		return "", &shop.Error{
			Code: "products_file", Sentence: "the configuration names another list, " + config.ProductsFile + ", which is read at every start",
			Hint: "put the new list there and run `bestie products import`, or take products_file out of the configuration",
		}
	}
	return c.File, nil
}

// changes tells what a new list adds and leaves out, by name.
func changes(before, after []shop.Product) string {
	var b strings.Builder
	tell := func(what string, list, other []shop.Product) {
		var names []string
		for _, p := range list {
			if !slices.ContainsFunc(other, func(o shop.Product) bool { return o.Name == p.Name }) {
				names = append(names, p.Name)
			}
		}
		if len(names) > 0 {
			fmt.Fprintf(&b, "%s: %s\n", what, strings.Join(names, ", "))
		}
	}
	tell("New", after, before)
	tell("No longer there", before, after)
	return b.String()
}

// ProductsListCommand shows the product list.
type ProductsListCommand struct {
	JSON bool `name:"json" help:"Print one JSON array."`
}

// Run reads the list that the bot answers from.
func (c *ProductsListCommand) Run(ctx context.Context, env *Environment) error {
	list, err := env.products(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		out := make([]productJSON, len(list))
		for i, p := range list {
			out[i] = jsonOf(p)
		}
		return printJSON(env.Out, out)
	}
	return printProducts(env.Out, list)
}

func (env *Environment) products(ctx context.Context) (list []shop.Product, err error) {
	db, err := env.look(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return db.Products(ctx)
}

func printProducts(out io.Writer, list []shop.Product) error {
	if len(list) == 0 {
		_, err := fmt.Fprintln(out, "No products yet. Questions about price and stock get a holding reply. Take a list with: bestie products import FILE")
		return err
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "NAME\tPRICE\tCOST\tSTOCK\tVARIANTS\tNOT SAID")
	for _, p := range list {
		stock := "not counted"
		if n := p.OnHand(); n != shop.StockUnknown {
			stock = strconv.Itoa(n)
		}
		var variants []string
		for _, v := range p.Variants {
			variants = append(variants, v.Name)
		}
		cost := "-"
		if p.Cost > 0 {
			cost = p.Cost.String()
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", p.Name, p.Price, cost, stock, strings.Join(variants, ", "), strings.Join(unsaid(p), ", "))
	}
	return table.Flush()
}

// unsaid are the facts that customers ask and the list does not give.
func unsaid(p shop.Product) (out []string) {
	for _, c := range productColumns {
		switch c.key {
		case "aliases", "stock", "bulk", "note", "bpom":
			continue
		}
		if c.show(p) == "" && !slices.Contains(shop.Platforms, shop.Platform(c.key)) {
			out = append(out, c.key)
		}
	}
	if len(p.Links) == 0 {
		out = append(out, "links")
	}
	return out
}

// ProductsExportCommand writes the product list.
type ProductsExportCommand struct {
	File string `arg:"" help:"New file to write, .yaml, .xlsx or .csv; it must not exist."`
}

// Run writes what products import reads back without loss.
func (c *ProductsExportCommand) Run(ctx context.Context, env *Environment) error {
	if kind := strings.ToLower(filepath.Ext(c.File)); !isSheet(c.File) && kind != ".yaml" && kind != ".yml" {
		return &UsageError{errors.New(c.File + " does not end in .yaml, .xlsx or .csv")}
	}
	list, err := env.products(ctx)
	if err != nil {
		return err
	}
	if err = writeProducts(c.File, list); err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.Out, "Wrote %s to %s.\n", plural(len(list), "product"), c.File)
	return err
}
