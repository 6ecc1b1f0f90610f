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
)

// ConsentCommand shows what stands on record about who wants promos (UU PDP asks for the
// proof; field guide, section 5, point 8).
type ConsentCommand struct {
	Show   ConsentShowCommand   `cmd:"" help:"Show one person's consent: when, how and in which words it was given or withdrawn."`
	Export ConsentExportCommand `cmd:"" help:"Write everybody's to a new file."`
}

// ConsentShowCommand shows the whole chain of one person.
type ConsentShowCommand struct {
	Phone string `arg:"" help:"Telephone number of the person."`
	JSON  bool   `name:"json" help:"Print one JSON object."`
}

// Help shows an example.
func (ConsentShowCommand) Help() string { return "Example:\n  bestie consent show 0812-3456-7890" }

// consentProof is what stands on record about one person.
type consentProof struct {
	State   shop.ConsentState
	Entries []shop.Consent
	Asked   *shop.OpenAsk // nil: the bot never asked
}

// Run reads app.db beside a bot that may be running; it writes nothing there.
func (c *ConsentShowCommand) Run(ctx context.Context, env *Environment) (err error) {
	phone, err := parsePhone(c.Phone)
	if err != nil {
		return &UsageError{fmt.Errorf("%s %w", quote(c.Phone), err)}
	}
	db, err := env.look(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	p, ok, err := db.PersonByPhone(ctx, phone)
	if err != nil {
		return err
	} else if !ok {
		return &shop.Error{Code: "no_person", Sentence: "nobody in the books has the number " + hideDigits(phone), Hint: "they have neither written to us nor stood in a list"}
	}
	proof := consentProof{State: shop.ConsentNone}
	if proof.Entries, err = db.Consents(ctx, p.ID); err != nil {
		return err
	}
	if ask, asked, err := db.ConsentAsked(ctx, p.ID); err != nil {
		return err
	} else if asked {
		proof.Asked = &ask
	}
	if n := len(proof.Entries); n > 0 {
		proof.State = shop.ConsentStateOf(proof.Entries[n-1].Granted)
	}
	if c.JSON {
		return printJSON(env.Out, proof.json(phone))
	}
	return proof.print(env.Out)
}

// consentTime is how the instant of a proof is shown, in WIB.
const consentTime = "2006-01-02 15:04:05"

func (p consentProof) print(out io.Writer) error {
	state := map[shop.ConsentState]string{
		shop.ConsentNone: "none on record: no promos", shop.ConsentIn: "given: promos are welcome", shop.ConsentOut: "withdrawn: no promos",
	}[p.State]
	fmt.Fprintln(out, "Consent:", state)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, e := range p.Entries {
		fmt.Fprintf(table, "%s\t%s\tby %s\t%q", e.At.In(shop.WIB).Format(consentTime), givenOrNot(e.Granted), e.Source, e.Words)
		if e.Question != "" {
			fmt.Fprintf(table, "\tanswering %q", e.Question)
		}
		fmt.Fprintln(table)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	line := "The bot never asked."
	if p.Asked != nil {
		line = fmt.Sprintf("The bot asked on %s: %q", p.Asked.At.In(shop.WIB).Format(consentTime), p.Asked.Words)
	}
	_, err := fmt.Fprintln(out, line)
	return err
}

func givenOrNot(granted bool) string {
	if granted {
		return "given"
	}
	return "withdrawn"
}

// json is the proof for machines.
func (p consentProof) json(phone string) any {
	type entry struct {
		At       time.Time `json:"at"`
		Granted  bool      `json:"granted"`
		Source   string    `json:"source"`
		Question string    `json:"question,omitempty"`
		Words    string    `json:"words"`
	}
	entries := []entry{}
	for _, e := range p.Entries {
		entries = append(entries, entry{e.At.In(shop.WIB), e.Granted, e.Source, e.Question, e.Words})
	}
	return struct {
		Phone   string            `json:"phone"`
		State   shop.ConsentState `json:"state"`
		Entries []entry           `json:"entries"`
		Asked   *shop.OpenAsk     `json:"asked"`
	}{phone, p.State, entries, p.Asked}
}

// ConsentExportCommand writes the proofs of everybody.
type ConsentExportCommand struct {
	File string `required:"" help:"New file, .xlsx or .csv; it must not exist." placeholder:"FILE"`
}

// Help shows an example.
func (ConsentExportCommand) Help() string {
	return "Every entry is a row, the oldest of a person first; the last one is in force.\n\nExample:\n  bestie consent export --file proofs.xlsx"
}

// Run reads app.db beside a bot that may be running; it writes nothing there.
func (c *ConsentExportCommand) Run(ctx context.Context, env *Environment) (err error) {
	if !isSheet(c.File) {
		return &UsageError{fmt.Errorf("%s does not end in .xlsx or .csv", quote(c.File))}
	}
	db, err := env.look(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	list := [][]string{{"nomor", "nama", "setuju", "waktu (WIB)", "cara", "pertanyaan", "kata"}}
	people, last := 0, int64(0)
	err = db.EachConsent(ctx, 0, func(p shop.Person, e shop.Consent) error {
		if p.ID != last {
			people, last = people+1, p.ID
		}
		granted := "tidak"
		if e.Granted {
			granted = "ya"
		}
		row := []string{p.Address.Phone, p.CallName(), granted, e.At.In(shop.WIB).Format(consentTime), e.Source, e.Question, e.Words}
		if row[0] == "" {
			row[0] = "lid " + p.Address.LID // WhatsApp has not told the number
		}
		for i := range row {
			row[i] = writable(row[i])
		}
		list = append(list, row)
		return nil
	})
	if err != nil {
		return err
	}
	if err = writeSheet(c.File, "consents", list); err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.Out, "Wrote %s of %s to %s.\n", plural(len(list)-1, "proof"), plural(people, "person"), c.File)
	return err
}

// writable shows what people typed that no spreadsheet can hold as U+FFFD, cut to what a
// cell takes: a proof must not fail on one odd message.
func writable(text string) string {
	text = strings.Map(func(r rune) rune {
		if unwritable(r) {
			return '\ufffd'
		}
		return r
	}, text)
	if rs := []rune(text); len(rs) >= mostSheetCell {
		return string(rs[:mostSheetCell-1])
	}
	return text
}
