package main

import (
	"context"
	"time"

	"bestie/templates"
)

// TemplateCommand is about the reply library.
type TemplateCommand struct {
	List   TemplateListCommand   `cmd:"" help:"List all templates, shipped and own."`
	Show   TemplateShowCommand   `cmd:"" help:"Show everything that customers may read of a template."`
	Lint   TemplateLintCommand   `cmd:"" help:"Check the templates: every mistake with its file and line."`
	Match  TemplateMatchCommand  `cmd:"" help:"Show which template a message finds, and how surely."`
	Eval   TemplateEvalCommand   `cmd:"" help:"Answer a file of labelled messages and count what became of them."`
	Test   TemplateTestCommand   `cmd:"" help:"Run the tests kept in the templates."`
	Import TemplateImportCommand `cmd:"" help:"Take templates from a spreadsheet (XLSX or CSV) into templates_dir."`
	Export TemplateExportCommand `cmd:"" help:"Write all templates into a new XLSX or CSV file."`
}

// bench is a library with everything that decides beside it, as the
// configuration sets it up: the owner's folder and product list.
type bench struct {
	library *templates.Library
	judge   judge
	loading time.Duration // how long the library took to load
}

// newBench takes what the configuration names.
func newBench(ctx context.Context, env *Environment) (b bench, err error) {
	start := time.Now()
	if b.library, _, err = env.learnt(""); err != nil {
		return b, err
	}
	b.loading = time.Since(start)
	b.judge, err = env.judge(ctx)
	return b, err
}
