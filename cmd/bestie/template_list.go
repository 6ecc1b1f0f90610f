package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"bestie/templates"
)

// TemplateListCommand shows all templates.
type TemplateListCommand struct {
	JSON bool `name:"json" help:"Print one JSON array."`
}

// templateLine is a template in a list, and what of it is printed as JSON.
type templateLine struct {
	Intent   string   `json:"intent"`
	Title    string   `json:"title"`
	Theme    string   `json:"theme"`
	Roles    []string `json:"roles"`
	Examples int      `json:"examples"`
	Answers  int      `json:"answers"` // replies that answer
	Holds    int      `json:"holds"`   // replies that only hold
	Version  string   `json:"version"`
	Source   string   `json:"source"` // shipped, own or draft
	Careful  bool     `json:"careful"`
	HandOver bool     `json:"hand_over"`
	Form     bool     `json:"form"`
	Menu     []string `json:"menu"`
}

func summaryOf(t *templates.Template) templateLine {
	l := templateLine{
		Intent: t.Intent, Title: t.Title, Theme: t.Theme, Examples: len(t.Examples) + len(t.Keywords),
		Version: t.Version, Source: sourceOf(t), Careful: t.Careful, HandOver: t.HandOver, Form: t.Form != nil, Menu: t.Menu,
	}
	for _, r := range t.Roles {
		l.Roles = append(l.Roles, string(r))
	}
	for _, a := range t.Answers {
		if a.Stops {
			l.Answers++
		} else {
			l.Holds++
		}
	}
	return l
}

func sourceOf(t *templates.Template) string {
	switch {
	case t.Draft:
		return "draft"
	case t.Own:
		return "own"
	}
	return "shipped"
}

// Run lists the library as it would be in force, drafts last.
func (c *TemplateListCommand) Run(_ context.Context, env *Environment) error {
	library, _, err := env.library("")
	if err != nil {
		return err
	}
	lines := []templateLine{}
	for _, t := range append(library.Templates(), library.Drafts()...) {
		lines = append(lines, summaryOf(t))
	}
	if c.JSON {
		return printJSON(env.Out, lines)
	}
	return printLines(env.Out, lines)
}

func printLines(out io.Writer, lines []templateLine) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "INTENT\tTITLE\tTHEME\tROLES\tEXAMPLES\tANSWERS/HOLDS\tVERSION\tSOURCE")
	for _, l := range lines {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%d\t%d/%d\t%s\t%s\n",
			l.Intent, l.Title, l.Theme, strings.Join(l.Roles, ", "), l.Examples, l.Answers, l.Holds, l.Version, l.Source)
	}
	return table.Flush()
}

// library reads the library with a folder over it: the one named, else that of the
// configuration, else none. It tells which folder it was. Nothing is learnt: Match
// needs learnt.
func (env *Environment) library(dir string) (*templates.Library, string, error) {
	dir, err := env.templatesDir(dir)
	if err != nil {
		return nil, "", err
	}
	library, err := templates.ReadOver(dir)
	return library, dir, err
}

// learnt is library ready to match.
func (env *Environment) learnt(dir string) (*templates.Library, string, error) {
	dir, err := env.templatesDir(dir)
	if err != nil {
		return nil, "", err
	}
	library, err := templates.LoadOver(dir, nil)
	return library, dir, err
}

func (env *Environment) templatesDir(dir string) (string, error) {
	if dir != "" {
		return dir, nil
	}
	config, err := env.load(false)
	if err != nil {
		return "", err
	}
	return config.TemplatesDir, nil
}
