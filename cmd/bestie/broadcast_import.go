package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"bestie/shop"
	"bestie/store"
)

// BroadcastImportCommand takes a list of people or carts.
type BroadcastImportCommand struct {
	File    string `arg:"" help:"The list, .xlsx or .csv (UTF-8 or UTF-16; commas, semicolons or tabs)."`
	Cart    bool   `help:"It is a list of carts that were left: nomor, produk, tanggal."`
	SkipBad bool   `help:"Write the good rows and list the bad ones, instead of writing nothing."`
	DryRun  bool   `help:"Check the list, but write nothing."`
}

// Help shows the columns.
func (BroadcastImportCommand) Help() string {
	return "People: " + headsOf(peopleColumns) + `
Carts (--cart): ` + headsOf(cartColumns) + `

Who has a number, but never wrote to us, is known afterwards and still gets no promos.

Examples:
  bestie broadcast import kampus-batch-3.xlsx
  bestie broadcast import --cart shopee.csv --skip-bad`
}

// peopleColumns are the headings of a list of people. The three of the proof must be
// there; a row may leave all three empty.
var peopleColumns = []listColumn{
	{"phone", []string{"nomor", "phone", "no hp", "nomor hp", "hp", "no wa", "nomor wa", "wa", "whatsapp", "telepon"}, true},
	{"name", []string{"nama", "name"}, false},
	{"tags", []string{"tag", "tags", "label"}, false},
	{"city", []string{"kota", "city"}, false},
	{"batch", []string{"batch", "angkatan"}, false},
	{"date", []string{"tanggal setuju", "consent date", "tanggal persetujuan", "tgl setuju"}, true},
	{"how", []string{"cara setuju", "consent how", "consent source", "sumber setuju", "sumber persetujuan"}, true},
	{"words", []string{"kata setuju", "consent words", "kata persetujuan", "bunyi persetujuan"}, true},
}

// cartColumns are the headings of a list of carts.
var cartColumns = []listColumn{
	{"phone", peopleColumns[0].heads, true},
	{"product", []string{"produk", "product", "barang"}, true},
	{"date", []string{"tanggal", "date", "tgl"}, true},
}

// Run checks the whole list first. It works beside a running bot.
func (c *BroadcastImportCommand) Run(ctx context.Context, env *Environment) (err error) {
	if !isSheet(c.File) {
		return &UsageError{errors.New(c.File + " does not end in .xlsx or .csv")}
	}
	config, err := env.load(false)
	if err != nil {
		return err
	}
	now := time.Now()
	columns := peopleColumns
	if c.Cart {
		columns = cartColumns
	}
	list, err := openList(c.File, columns)
	if err != nil {
		return err
	}
	people, numbers := readPeople(list, c.Cart, now)
	carts := readCarts(list, c.Cart, now)
	if len(list.mistakes) > 0 && !c.SkipBad {
		return list.failed(c.File)
	}
	for _, m := range list.mistakes {
		m.Source = c.File
		fmt.Fprintln(env.Err, "left out: "+m.String())
	}
	if c.DryRun {
		_, err = fmt.Fprintf(env.Out, "%s: %s to take, %d left out. Nothing was written.\n", c.File, plural(len(people)+len(carts), "row"), len(list.bad))
		return err
	}
	db, err := env.openBooks(ctx, config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if c.Cart {
		return c.carts(ctx, env, db, now, carts, len(list.bad))
	}
	return c.people(ctx, env, db, now, people, numbers, len(list.bad))
}

func (c *BroadcastImportCommand) people(ctx context.Context, env *Environment, db *store.DB, now time.Time, people []shop.ImportedPerson, numbers []int, left int) error {
	r, err := db.ImportPeople(ctx, now, filepath.Base(c.File), people)
	if err != nil {
		return err
	}
	out := make([]string, len(r.StayedOut))
	for i, at := range r.StayedOut {
		out[i] = strconv.Itoa(numbers[at])
	}
	fmt.Fprintf(env.Out, "Took %s from %s: %d new, %d known. Proofs of consent: %d written, %d there already.\n",
		plural(len(people), "person"), c.File, r.New, r.Known, r.Consents, r.OnRecord)
	if len(out) > 0 {
		fmt.Fprintf(env.Out, "%s opted out on the day of the proof or later and stay out: row %s.\n", plural(len(out), "person"), strings.Join(out, ", "))
	}
	if left > 0 {
		fmt.Fprintf(env.Out, "Left out: %s with mistakes.\n", plural(left, "row"))
	}
	_, err = fmt.Fprintln(env.Out, "Who of them never wrote to us gets no promos until they do.")
	return err
}

func (c *BroadcastImportCommand) carts(ctx context.Context, env *Environment, db *store.DB, now time.Time, carts []shop.ImportedCart, left int) error {
	r, err := db.ImportCarts(ctx, now, carts)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.Out, "Took %s from %s: %d new or newer; %s not known before. Left out: %s.\n",
		plural(len(carts), "cart"), c.File, r.Carts, plural(r.New, "person"), plural(left, "row"))
	return err
}

// Bounds of what a list says of a person, in letters.
const (
	mostListName  = 100
	mostListTag   = 40
	mostListProof = 300
)

// readPeople reads every row; numbers are those of the rows that are taken. It reads
// nothing from a list of carts.
func readPeople(l *peopleList, cart bool, now time.Time) (people []shop.ImportedPerson, numbers []int) {
	if cart {
		return nil, nil
	}
	for _, row := range l.rows[1:] {
		p := shop.ImportedPerson{Name: l.text(row, "name", mostListName), Tags: l.tags(row), Proof: l.proof(row, now)}
		phone, ok := l.phone(row, "")
		if p.Phone = phone; ok && !l.bad[row.number] {
			people, numbers = append(people, p), append(numbers, row.number)
		}
	}
	return people, numbers
}

// tags reads the tags of a row, with the city and the batch, which are tags too.
func (l *peopleList) tags(row sheetRow) (tags []string) {
	for _, tag := range parseNames(l.cell(row, "tags")) {
		if len([]rune(tag)) > mostListTag {
			l.wrong(row, "tags", quote(tag)+" is too long", fmt.Sprintf("tags of up to %d letters, with commas between them", mostListTag))
		}
		tags = append(tags, strings.ToLower(tag))
	}
	if city := l.text(row, "city", mostListTag); city != "" {
		tags = append(tags, shop.TagCity+city)
	}
	if batch := l.cell(row, "batch"); batch != "" {
		n, err := strconv.Atoi(batch)
		if err != nil || n < 1 || n > shop.MostBatch {
			l.wrong(row, "batch", quote(batch)+" is not a batch", fmt.Sprintf("a number from 1 to %d", shop.MostBatch))
		}
		tags = append(tags, shop.TagBatch+strconv.Itoa(n))
	}
	return tags
}

// proof reads the proof of a row: all three cells, or none of them.
func (l *peopleList) proof(row sheetRow, now time.Time) *shop.ConsentProof {
	p := shop.ConsentProof{How: l.text(row, "how", mostListProof), Words: l.text(row, "words", mostListProof)}
	if p.How == "" && p.Words == "" && l.cell(row, "date") == "" {
		return nil
	}
	if p.How == "" {
		l.wrong(row, "how", "is missing", "how they agreed, such as formulir Kampus Bestie")
	}
	if p.Words == "" {
		l.wrong(row, "words", "is missing", "the words that they agreed to")
	}
	p.At = l.day(row, "date", now)
	return &p
}

// readCarts reads every row of a list of carts.
func readCarts(l *peopleList, cart bool, now time.Time) (carts []shop.ImportedCart) {
	if !cart {
		return nil
	}
	for _, row := range l.rows[1:] {
		c := shop.ImportedCart{Product: l.text(row, "product", mostListName), At: l.day(row, "date", now)}
		if c.Product == "" {
			l.wrong(row, "product", "is missing", "the name of a product")
		}
		phone, ok := l.phone(row, " "+strings.ToLower(c.Product)+" "+c.At.String())
		if c.Phone = phone; ok && !l.bad[row.number] {
			carts = append(carts, c)
		}
	}
	return carts
}
