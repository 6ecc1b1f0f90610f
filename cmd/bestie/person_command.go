package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bestie/shop"
	"bestie/store"
	"bestie/whatsapp"
)

// PersonCommand answers what people may ask about their own data (UU PDP).
type PersonCommand struct {
	Show  PersonShowCommand  `cmd:"" help:"Print everything that is kept about a person."`
	Erase PersonEraseCommand `cmd:"" help:"Erase the data of a person, for good."`
}

// PersonShowCommand prints what stands in app.db about one person.
type PersonShowCommand struct {
	Phone string `arg:"" help:"Telephone number of the person."`
	JSON  bool   `name:"json" help:"Print one JSON object."`
}

// Help shows an example.
func (PersonShowCommand) Help() string {
	return "For whoever asks what we know of them. Instants are shown in WIB.\n\nExample:\n  bestie person show 0812-3456-7890"
}

// Run reads app.db beside a bot that may be running; it writes nothing there.
func (c *PersonShowCommand) Run(ctx context.Context, env *Environment) (err error) {
	db, err := env.look(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	p, err := personNamed(ctx, db, c.Phone)
	if err != nil {
		return err
	}
	kept, err := db.PersonRecord(ctx, p.ID)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(env.Out, kept)
	}
	for _, t := range kept {
		fmt.Fprintf(env.Out, "%s: %s\n", t.Table, plural(len(t.Rows), "row"))
		for _, row := range t.Rows {
			var said []string
			for _, column := range t.Columns {
				if v := row[column]; v != nil && v != "" {
					said = append(said, fmt.Sprintf("%s=%v", column, shown(v)))
				}
			}
			fmt.Fprintln(env.Out, "  "+strings.Join(said, " "))
		}
	}
	return nil
}

// shown quotes what is text, so that nobody's words look like a line of ours.
func shown(v any) string {
	if s, ok := v.(string); ok {
		return fmt.Sprintf("%q", s)
	}
	return fmt.Sprint(v)
}

// PersonEraseCommand erases somebody's data.
type PersonEraseCommand struct {
	Phone string `arg:"" help:"Telephone number of the person."`
	Yes   bool   `help:"Do it. Without this, it only tells what would be done."`
}

// Help tells what the command leaves to a person.
func (PersonEraseCommand) Help() string {
	return "In chat, \"lupakan 3\" does the same after the customer was told. The chat on the shop phone and\nolder backups are yours to delete: see docs/operations.md.\n\nExample:\n  bestie person erase 0812-3456-7890 --yes"
}

// Run works beside a running bot.
func (c *PersonEraseCommand) Run(ctx context.Context, env *Environment) (err error) {
	config, err := env.load(false)
	if err != nil {
		return err
	}
	db, err := env.openBooks(ctx, config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	p, err := personNamed(ctx, db, c.Phone)
	if err != nil {
		return err
	}
	ties, err := db.Ties(ctx, p.ID)
	if err != nil {
		return err
	}
	if ties.Any() {
		return &shop.Error{Code: "tied", Sentence: "these data cannot be erased yet: " + strings.Join(tied(ties), ", "), Hint: "settle that first"}
	}
	if !c.Yes {
		_, err = fmt.Fprintf(env.Out, "Everything about %s would be erased, for good; figures of the books and of reports stay without a name.\nTo do it: bestie person erase %s --yes\n", hideDigits(p.Phone), c.Phone)
		return err
	}
	e := shop.Erasure{Person: p}
	if e.Files, err = db.PersonFiles(ctx, p.ID); err != nil {
		return err
	}
	if err = clean(ctx, config.DataDir, e); err != nil {
		return err
	}
	if err = db.Erase(ctx, time.Now(), p.ID); err != nil {
		return err
	}
	_, err = fmt.Fprintln(env.Out, "Erased. Now delete the chat on the shop phone, and the backups made until now when you no longer need them.")
	return err
}

// personNamed finds who has a number.
func personNamed(ctx context.Context, db *store.DB, phone string) (p shop.Person, err error) {
	number, err := parsePhone(phone)
	if err != nil {
		return p, &UsageError{fmt.Errorf("%s %w", quote(phone), err)}
	}
	p, ok, err := db.PersonByPhone(ctx, number)
	if err == nil && !ok {
		err = &shop.Error{Code: "no_person", Sentence: "nobody in the books has the number " + hideDigits(number), Hint: "they have neither written to us nor stood in a list"}
	}
	return p, err
}

// tied says in words what keeps somebody's data.
func tied(t shop.Ties) (why []string) {
	if t.Staff {
		why = append(why, "they are an admin or a division of the configuration")
	}
	if t.Owes != 0 {
		why = append(why, "they owe "+t.Owes.String())
	}
	if t.Deposit != 0 {
		why = append(why, "we owe them "+t.Deposit.String())
	}
	if t.Pending > 0 {
		why = append(why, plural(t.Pending, "payment")+" to be confirmed")
	}
	if t.Orders > 0 {
		why = append(why, plural(t.Orders, "order")+" not sent yet")
	}
	return why
}

// clean removes what stands about a person outside app.db. What is gone already is no error.
func clean(ctx context.Context, dir string, e shop.Erasure) error {
	inside, err := filepath.Abs(filepath.Join(dir, proofFolder))
	if err != nil {
		return err
	}
	for _, file := range e.Files {
		if filepath.Dir(file) != inside { // a folder that moved: the picture moved along
			file = filepath.Join(inside, filepath.Base(file))
		}
		if err = os.Remove(file); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return whatsapp.Erase(ctx, dir, e.Person)
}

// clean is Clean of the scheduler's eraser.
func (a *App) clean(ctx context.Context, e shop.Erasure) error { return clean(ctx, a.opt.Dir, e) }
