package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"bestie/shop"
	"bestie/templates"
)

// TemplateShowCommand shows one template.
type TemplateShowCommand struct {
	Intent string `arg:"" help:"The intent, such as ongkir."`
	JSON   bool   `name:"json" help:"Print one JSON object."`
}

// Run prints everything that customers may read of a template.
func (c *TemplateShowCommand) Run(_ context.Context, env *Environment) error {
	library, _, err := env.library("")
	if err != nil {
		return err
	}
	t := library.Template(c.Intent)
	for _, d := range library.Drafts() {
		if t == nil && d.Intent == c.Intent {
			t = d
		}
	}
	if t == nil {
		return &shop.Error{Code: "no_template", Sentence: fmt.Sprintf("there is no template %q", c.Intent), Hint: "bestie template list shows all"}
	}
	if c.JSON {
		return printJSON(env.Out, t)
	}
	var b strings.Builder
	describe(&b, t, library)
	_, err = io.WriteString(env.Out, b.String())
	return err
}

// describe writes a template for people, with samples in brackets for what the
// program fills in.
func describe(b *strings.Builder, t *templates.Template, library *templates.Library) {
	l := summaryOf(t)
	fmt.Fprintf(b, "%s: %s\n", t.ID(), t.Title)
	fmt.Fprintf(b, "for %s; version %s (%s)", strings.Join(l.Roles, ", "), t.Version, l.Source)
	if t.HandOver {
		b.WriteString("; pages a person at once")
	}
	if t.Careful {
		b.WriteString("; careful: answers only when very sure")
	}
	fmt.Fprintf(b, "\n%d examples, such as: %s\n", l.Examples, strings.Join(t.Examples[:min(3, len(t.Examples))], " | "))
	for i, a := range t.Answers {
		describeAnswer(b, i, a, t)
	}
	if len(t.Menu) > 0 {
		b.WriteString("\nMenu after the reply:\n")
		for i, intent := range t.Menu {
			title := intent
			if other := library.Template(intent); other != nil {
				title = other.Title
			}
			fmt.Fprintf(b, "  %d. %s\n", i+1, title)
		}
	}
	if t.Form != nil {
		b.WriteString("\nForm, one question at a time:\n")
		for _, f := range t.Form.Fields {
			fmt.Fprintf(b, "  %s (%s): %s\n", f.Name, f.Kind, sample(f.Ask, t))
		}
		indented(b, "when all is there", t.Form.Done, t)
	}
}

func describeAnswer(b *strings.Builder, i int, a templates.Answer, t *templates.Template) {
	kind := "only holds, the clock runs on"
	if a.Stops {
		kind = "answers"
	} else if a.Asks {
		kind = "asks back"
	}
	fmt.Fprintf(b, "\nReply %d (%s)", i+1, kind)
	if len(a.Needs) > 0 {
		fmt.Fprintf(b, ", when known: %s", strings.Join(a.Needs, ", "))
	}
	for _, r := range a.Roles {
		fmt.Fprintf(b, ", only for %s", r)
	}
	if a.Image != "" {
		fmt.Fprintf(b, ", with the picture %s", a.Image)
	}
	b.WriteString("\n")
	indented(b, "one of", a.Wordings, t)
	if len(a.CallToAction) > 0 {
		indented(b, "and at the end one of", a.CallToAction, t)
	}
}

func indented(b *strings.Builder, what string, wordings []string, t *templates.Template) {
	fmt.Fprintf(b, "  %s:\n", what)
	for _, w := range wordings {
		fmt.Fprintf(b, "    - %s\n", strings.ReplaceAll(sample(w, t), "\n", "\n      "))
	}
}

// sample fills a wording with the names of its variables in brackets.
func sample(wording string, t *templates.Template) string {
	vars := templates.SampleVars()
	if t.Form != nil {
		for _, f := range t.Form.Fields {
			vars[f.Name] = "[" + f.Name + "]"
		}
	}
	for _, name := range slices.Sorted(maps.Keys(t.Fallbacks)) {
		vars[name] = "[" + name + ", or: " + t.Fallbacks[name] + "]"
	}
	return templates.Fill(wording, vars)
}
