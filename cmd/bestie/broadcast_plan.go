package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"bestie/shop"
	"bestie/store"
)

// BroadcastPlanCommand shows what an audience comes to.
type BroadcastPlanCommand struct {
	Number   int    `arg:"" optional:"" help:"Number of a campaign."`
	Audience string `help:"A query instead, such as 'tag:bakso last_chat<28d' (docs/promos.md)." placeholder:"QUERY"`
	Export   string `help:"Write the people of one fate to --file: ${enum}." enum:"safe,capped,no_room,no_consent,never_wrote,complaint,opted_out,invalid,all,none" default:"none"`
	File     string `help:"New file for --export, .xlsx or .csv; it must not exist." placeholder:"FILE"`
	JSON     bool   `name:"json" help:"Print one JSON object."`
}

// Help shows examples.
func (BroadcastPlanCommand) Help() string {
	return `Examples:
  bestie broadcast plan 7
  bestie broadcast plan --audience 'tag:bakso last_chat<28d -tag:komplain'
  bestie broadcast plan 7 --export no_consent --file ask-them.xlsx`
}

// Run reads app.db beside a bot that may be running; it writes nothing there.
func (c *BroadcastPlanCommand) Run(ctx context.Context, env *Environment) (err error) {
	if (c.Number == 0) == (c.Audience == "") {
		return &UsageError{errors.New("name either a campaign by its number or a query with --audience")}
	}
	if (c.Export == "none") != (c.File == "") || c.File != "" && !isSheet(c.File) {
		return &UsageError{errors.New("--export and --file belong together, and the file ends in .xlsx or .csv")}
	}
	config, err := env.load(false)
	if err != nil {
		return err
	}
	db, err := env.look(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	now := time.Now()
	campaign, segment, err := audienceOf(ctx, db, c.Number, c.Audience)
	if err != nil {
		return err
	}
	var flight shop.Preflight
	list := [][]string{{"nomor", "nama", "alasan"}}
	err = db.Audience(ctx, now, segment, campaign, func(who shop.Candidate) error {
		fate := config.Promo.CapFate(who, now)
		flight.Add(fate)
		if c.Export == string(fate) || c.Export == "all" {
			list = append(list, []string{who.Person.Phone, who.Person.CallName(), fate.Sentence()})
		}
		return nil
	})
	if err != nil {
		return err
	}
	if c.JSON {
		err = printJSON(env.Out, flightJSON(segment, flight))
	} else {
		err = printFlight(env.Out, segment, flight)
	}
	if err != nil || c.File == "" {
		return err
	}
	if err = writeSheet(c.File, c.Export, list); err != nil {
		return err
	}
	if !c.JSON {
		_, err = fmt.Fprintf(env.Out, "Wrote %s to %s.\n", plural(len(list)-1, "person"), c.File)
	}
	return err
}

// audienceOf is the segment of a campaign, or of a query, with the campaign's id.
func audienceOf(ctx context.Context, db *store.DB, number int, query string) (campaign int64, s shop.Segment, err error) {
	if number != 0 {
		if campaign, query, err = db.CampaignAudience(ctx, number); err != nil {
			return 0, nil, err
		}
	}
	s, err = shop.ParseSegment(query)
	if err != nil && number == 0 {
		err = &UsageError{err}
	}
	return campaign, s, err
}

// flightJSON is the table for machines.
func flightJSON(s shop.Segment, p shop.Preflight) any {
	fates := map[shop.Fate]int{}
	for _, f := range shop.Fates {
		fates[f] = p.Fates[f]
	}
	return struct {
		Audience string            `json:"audience"`
		Chosen   int               `json:"chosen"`
		Fates    map[shop.Fate]int `json:"fates"`
	}{s.String(), p.Chosen, fates}
}

func printFlight(out io.Writer, s shop.Segment, p shop.Preflight) error {
	fmt.Fprintf(out, "Audience: %s\n(%s)\n", s, s.Explain())
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "%d\tchosen\n", p.Chosen)
	for _, f := range shop.Fates {
		fmt.Fprintf(table, "%d\t%s\n", p.Fates[f], f.Sentence())
	}
	return table.Flush()
}

// BroadcastWhyCommand explains one person's place in a campaign.
type BroadcastWhyCommand struct {
	Number int    `arg:"" help:"Number of the campaign."`
	Phone  string `arg:"" help:"Telephone number of the person."`
}

// Help shows an example.
func (BroadcastWhyCommand) Help() string {
	return "Example:\n  bestie broadcast why 7 0812-3456-7890"
}

// Run reads app.db beside a bot that may be running; it writes nothing there.
func (c *BroadcastWhyCommand) Run(ctx context.Context, env *Environment) (err error) {
	config, err := env.load(false)
	if err != nil {
		return err
	}
	phone, err := parsePhone(c.Phone)
	if err != nil {
		return &UsageError{fmt.Errorf("%s %w", quote(c.Phone), err)}
	}
	db, err := env.look(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	campaign, segment, err := audienceOf(ctx, db, c.Number, "")
	if err != nil {
		return err
	}
	p, ok, err := db.PersonByPhone(ctx, phone)
	if err != nil {
		return err
	} else if !ok {
		return &shop.Error{Code: "no_person", Sentence: "nobody in the books has the number " + hideDigits(phone), Hint: "they have neither written to us nor stood in a list"}
	}
	now := time.Now()
	why, err := db.ExplainPromo(ctx, now, segment, campaign, p)
	if err != nil {
		return err
	}
	_, err = io.WriteString(env.Out, strings.Join(explain(why, config.Promo, now), "\n")+"\n")
	return err
}

// explain says line by line what a campaign does with a person.
func explain(w shop.PromoWhy, promo shop.Promo, now time.Time) []string {
	lines := []string{"chosen by the audience: " + yesNo(w.Chosen())}
	if w.Own {
		lines = append(lines, "  one of the shop's own people: in no audience")
	}
	for _, c := range w.Conditions {
		lines = append(lines, fmt.Sprintf("  %-3s %s (%s)", yesNo(c.Holds), c.Condition, c.Explain()))
	}
	lines = append(lines, "fate now: "+promo.CapFate(w.Candidate, now).Sentence(), consentLine(w.Consent), historyLine(w.Candidate.History, now))
	switch {
	case w.Status != "":
		line := "message: " + w.Status
		if !w.Tried.IsZero() {
			line += ", tried at " + w.Tried.In(shop.WIB).Format(whyTime)
		}
		lines = append(lines, line)
	case !w.Slot.IsZero():
		lines = append(lines, "planned for "+w.Slot.In(shop.WIB).Format(whyTime))
	case w.Planned != "":
		lines = append(lines, "when it was planned: "+w.Planned.Sentence())
	default:
		lines = append(lines, "not planned yet")
	}
	return lines
}

// whyTime is how an instant is shown, in WIB.
const whyTime = "Mon 2006-01-02 15:04"

func consentLine(c *shop.Consent) string {
	if c == nil {
		return "consent: none on record"
	}
	return fmt.Sprintf("consent: %s on %s, source %s, words %q", givenOrNot(c.Granted), c.At.In(shop.WIB).Format(whyTime), c.Source, c.Words)
}

func historyLine(h shop.PromoHistory, now time.Time) string {
	if len(h) == 0 {
		return "other promos: none in the last week, none planned"
	}
	h = slices.SortedFunc(slices.Values(h), time.Time.Compare)
	days := make([]string, len(h))
	for i, at := range h {
		days[i] = at.In(shop.WIB).Format(whyTime)
		if at.After(now) {
			days[i] += " (planned)"
		}
	}
	return "other promos: " + strings.Join(days, ", ")
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}
