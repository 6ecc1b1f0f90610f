package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"

	"bestie/shop"
)

// figure is one number of a report: the form that text, JSON and CSV have in common, so
// that they cannot differ. Value is nil where there is nothing to say yet.
type figure struct {
	Section string   `json:"section"`
	Of      string   `json:"of"` // whose or which, "" for all
	Name    string   `json:"figure"`
	Unit    string   `json:"unit"` // "count", "percent", "seconds", "stars"
	Value   *float64 `json:"value"`
}

// figures are all numbers of a report, in a fixed order.
func figures(r shop.Report) []figure {
	f := &figureList{}
	f.count("volume", "", "questions", r.Questions)
	f.count("volume", "", "conversations", r.Conversations)
	f.count("volume", "", "cancelled", r.Cancelled)
	f.count("volume", "", "open", r.Open)
	f.count("volume", "", "subject unknown", r.Unknown)
	f.response("first response, any reply", r.First.Any)
	f.response("first response, human", r.First.Human)
	f.response("next response, any reply", r.Next.Any)
	f.response("next response, human", r.Next.Human)
	f.count("breaches", "", "all", r.Breaches.Count)
	for _, b := range r.Breaches.Worst {
		f.seconds("breaches", b.Name, "waited", b.Waited, true)
	}
	f.count("handling", "", "chats", r.Handling.Chats)
	f.seconds("handling", "", "mean (AHT)", r.Handling.Mean(), r.Handling.Chats > 0)
	f.count("first contact", "", "counted", r.Contact.Counted)
	f.count("first contact", "", "younger than 48 hours", r.Contact.Open)
	f.share("first contact", "", "resolved (FCR)", r.Contact.Resolved, r.Contact.Counted)
	f.rating("", r.Rating)
	f.count("outages", "", "number", r.Outages)
	f.seconds("outages", "", "time", r.Outage, true)
	staff := r.Staff()
	f.add("staffing", "", "conversations a day", "count", staff.PerDay, !r.Empty())
	f.lists(r)
	return f.all
}

// lists are the figures of which there are many.
func (f *figureList) lists(r shop.Report) {
	for _, a := range r.Admins {
		name := a.Name
		if a.ID == 0 {
			name = "shop phone"
		}
		f.count("admins", name, "claimed", a.Claimed)
		f.count("admins", name, "answered", a.Answered)
		f.seconds("admins", name, "median", a.Median, a.Answered > 0)
		f.rating(name, a.Rating)
	}
	for _, reason := range r.Reasons {
		f.count("reasons", reason.Intent, "questions", reason.Count)
	}
	for hour, v := range r.Hours {
		f.volume("hours", fmt.Sprintf("%02d", hour), v)
	}
	for _, d := range r.Days {
		f.volume("days", d.Day.Format(time.DateOnly), d.Volume)
	}
	for _, e := range r.Templates {
		name := e.Template + " " + e.Version
		f.count("templates", name, "said", e.Said)
		f.share("templates", name, "asked again", e.AskedAgain, e.Said)
		f.share("templates", name, "handed over", e.HandedOver, e.Said)
		f.add("templates", name, "mean rating of the chat", "stars", float64(e.Stars)/float64(max(1, e.Rated)), e.Rated > 0)
	}
}

// figureList puts them together.
type figureList struct{ all []figure }

func (f *figureList) add(section, of, name, unit string, value float64, known bool) {
	row := figure{section, of, name, unit, nil}
	if known {
		row.Value = &value
	}
	f.all = append(f.all, row)
}

func (f *figureList) count(section, of, name string, n int) {
	f.add(section, of, name, "count", float64(n), true)
}

func (f *figureList) seconds(section, of, name string, d time.Duration, known bool) {
	f.add(section, of, name, "seconds", d.Seconds(), known)
}

func (f *figureList) share(section, of, name string, n, of100 int) {
	f.add(section, of, name, "percent", float64(n)*100/float64(max(1, of100)), of100 > 0)
}

func (f *figureList) response(section string, r shop.Response) {
	f.count(section, "", "counted", r.Counted)
	f.count(section, "", "answered", r.Answered)
	for _, p := range []struct {
		of string
		shop.Pace
	}{{"true", r.True}, {"without outages", r.Fair}} {
		f.share(section, p.of, "in time", p.InTime, r.Counted)
		f.seconds(section, p.of, "p50", p.Median, r.Answered > 0)
		f.seconds(section, p.of, "p90", p.P90, r.Answered > 0)
	}
}

func (f *figureList) rating(of string, s shop.Satisfaction) {
	f.count("rating", of, "asked", s.Asked)
	f.share("rating", of, "rated", s.Rated, s.Asked)
	f.add("rating", of, "mean (CSAT)", "stars", s.Mean(), s.Rated > 0)
}

func (f *figureList) volume(section, of string, v shop.Volume) {
	f.count(section, of, "questions", v.Asked)
	f.count(section, of, "late", v.Late)
}

// reportObject is the JSON form of a report; instants are RFC 3339.
type reportObject struct {
	From    time.Time `json:"from"`
	To      time.Time `json:"to"`
	AsOf    time.Time `json:"as_of"`
	Target  float64   `json:"target_seconds"`
	Figures []figure  `json:"figures"`
}

func reportJSON(r shop.Report) reportObject {
	return reportObject{r.Period.From, r.Period.To, r.AsOf, r.Target.Seconds(), figures(r)}
}

// shown writes a value as plain digits, "" for none.
func (f figure) shown() string {
	if f.Value == nil {
		return ""
	}
	return strconv.FormatFloat(*f.Value, 'f', -1, 64)
}

func printFiguresCSV(w io.Writer, all []figure) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"section", "of", "figure", "unit", "value"}) // Flush tells
	for _, f := range all {
		_ = out.Write([]string{f.Section, escapeFormula(f.Of), f.Name, f.Unit, f.shown()})
	}
	out.Flush()
	return out.Error()
}

// printReport writes the figures for people: hours and days without questions are left out.
func printReport(w io.Writer, r shop.Report) error {
	fmt.Fprintf(w, "%s, as of %s; target %s\n", days(r.Period), wib(r.AsOf), r.Target)
	return printFigures(w, slices.DeleteFunc(figures(r), func(f figure) bool {
		return (f.Section == "hours" || f.Section == "days") && *f.Value == 0
	}))
}

// printFigures writes figures for people, each section below its name.
func printFigures(w io.Writer, all []figure) error {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	section := ""
	for _, f := range all {
		if f.Section != section {
			section = f.Section
			fmt.Fprintf(out, "\n%s\n", section)
		}
		name := f.Name
		if f.Of != "" {
			name = f.Of + ", " + name
		}
		fmt.Fprintf(out, "  %s\t%s\n", oneLine(name), f.forPeople())
	}
	return out.Flush()
}

// forPeople is the value with its unit.
func (f figure) forPeople() string {
	switch {
	case f.Value == nil:
		return "none yet"
	case f.Unit == "seconds":
		return time.Duration(*f.Value * float64(time.Second)).Round(time.Second).String()
	case f.Unit == "percent":
		return fmt.Sprintf("%.1f %%", *f.Value)
	case f.Unit == "stars":
		return fmt.Sprintf("%.2f of 5", *f.Value)
	}
	return strconv.FormatFloat(*f.Value, 'f', -1, 64)
}

// oneLine takes out what would move the cursor of a terminal: names are what customers
// call themselves.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, text)
}
