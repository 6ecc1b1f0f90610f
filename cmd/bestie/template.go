package main

import (
	"fmt"
	"strings"
)

// TemplateCommand is about the reply library.
type TemplateCommand struct {
	List   TemplateListCommand   `cmd:"" help:"List all templates, shipped and own."`
	Show   TemplateShowCommand   `cmd:"" help:"Show everything that customers may read of a template."`
	Lint   TemplateLintCommand   `cmd:"" help:"Check the templates: every mistake with its file and line."`
	Match  TemplateMatchCommand  `cmd:"" help:"Show which template a message finds, and how surely."`
	Test   TemplateTestCommand   `cmd:"" help:"Run the tests kept in the templates."`
	Import TemplateImportCommand `cmd:"" help:"Take templates from a spreadsheet (XLSX or CSV) into templates_dir."`
	Export TemplateExportCommand `cmd:"" help:"Write all templates into a new XLSX or CSV file."`
}

// TemplateMatchCommand shows what the matcher makes of a text.
type TemplateMatchCommand struct {
	Text []string `arg:"" help:"The message, as a customer would write it."`
	JSON bool     `name:"json" help:"Print one JSON object."`
}

// Run prints the normalised words, the best three intents and the decision.
func (c *TemplateMatchCommand) Run(env *Environment) error {
	library, _, err := env.learnt("")
	if err != nil {
		return err
	}
	m := library.Match(strings.Join(c.Text, " "))
	if c.JSON {
		return printJSON(env.Out, m)
	}
	out := env.Out
	fmt.Fprintf(out, "words      %s\n", strings.Join(m.Words, " "))
	for i, r := range m.Ranked {
		fmt.Fprintf(out, "%d.         %-16s %.2f\n", i+1, r.Intent, r.Score)
	}
	fmt.Fprintf(out, "threshold  %.2f\n", m.Threshold)
	if m.Intent == "" {
		fmt.Fprintln(out, "decision   not sure: a holding reply, and a person is paged in time")
		return nil
	}
	fmt.Fprintf(out, "decision   %s\n", m.Intent)
	return nil
}
