package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bestie/shop"
	"bestie/templates"
)

// TemplateExportCommand writes the library into a spreadsheet.
type TemplateExportCommand struct {
	File string `arg:"" help:"New file to write, .xlsx or .csv; it must not exist."`
}

// Run writes what template import reads back without loss.
func (c *TemplateExportCommand) Run(_ context.Context, env *Environment) error {
	if !isSheet(c.File) {
		return &UsageError{errors.New(c.File + " does not end in .xlsx or .csv")}
	}
	library, _, err := env.library("")
	if err != nil {
		return err
	}
	all := append(library.Templates(), library.Drafts()...)
	err = writeSheet(c.File, "Templates", templateRows(all))
	switch {
	case errors.Is(err, fs.ErrExist):
		return &shop.Error{Code: "exists", Sentence: c.File + " exists and was left alone", Hint: "name a new file", Cause: err}
	case errors.Is(err, fs.ErrNotExist):
		return &shop.Error{Code: "no_folder", Sentence: "there is no folder " + filepath.Dir(c.File), Hint: "make it first", Cause: err}
	case err != nil:
		return err
	}
	_, err = fmt.Fprintf(env.Out, "Wrote %s to %s, one text in each row.\n", plural(len(all), "template"), c.File)
	return err
}

// TemplateImportCommand takes templates from a spreadsheet.
type TemplateImportCommand struct {
	File    string `arg:"" help:"An .xlsx or .csv file, as template export writes it, or with the two columns question and answer."`
	Into    string `placeholder:"DIR" help:"The folder to write into; without it templates_dir of the configuration."`
	Replace bool   `help:"Write over files of the folder that say something else."`
	DryRun  bool   `help:"Check the file and say what would be written, but write nothing."`
}

// Run writes a file into the folder for each template that says something else
// than the library in force. With one mistake nothing is written.
func (c *TemplateImportCommand) Run(_ context.Context, env *Environment) error {
	if !isSheet(c.File) {
		return &UsageError{errors.New(c.File + " does not end in .xlsx or .csv")}
	}
	library, dir, err := env.library(c.Into)
	if err != nil {
		return err
	}
	if dir == "" {
		return &shop.Error{Code: "templates_dir", Sentence: "there is no folder to import into", Hint: "name one with --into, or set templates_dir in the configuration, such as templates_dir: templates"}
	}
	s, err := readSheet(c.File)
	if err != nil {
		return err
	}
	list, err := readTemplates(c.File, s)
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(in *incoming) bool { return in.known(library) })
	if err = rehearseImport(c.File, s, dir, list); err != nil {
		return err
	}
	if taken := takenFiles(dir, list); len(taken) > 0 && !c.Replace {
		return &shop.Error{Code: "exists", Sentence: "these files say something else: " + strings.Join(taken, ", ") + "; nothing was written", Hint: "--replace writes over them"}
	}
	if len(s.others) > 0 {
		fmt.Fprintf(env.Out, "Only the sheet %q was read, not: %s.\n", s.name, strings.Join(s.others, ", "))
	}
	return c.write(env, dir, list)
}

// write puts the files into the folder, or tells which it would put there.
func (c *TemplateImportCommand) write(env *Environment, dir string, list []*incoming) error {
	verb, drafts := "wrote", 0
	if c.DryRun {
		verb = "would write"
	}
	for _, in := range list {
		if in.theme == draftTheme {
			drafts++
		}
		if !c.DryRun {
			if err := writeWhole(filepath.Join(dir, filepath.FromSlash(in.file())), in.text); err != nil {
				return err
			}
		}
		fmt.Fprintf(env.Out, "%s %s\n", verb, filepath.Join(dir, in.file()))
	}
	fmt.Fprintf(env.Out, "%s %s; what the library says already was left alone.\n", verb, plural(len(list), "template"))
	if drafts > 0 {
		fmt.Fprintf(env.Out, "%s: answered by nobody until you add examples, wordings and a test and take out `draft: true`. bestie template lint tells what each lacks.\n", plural(drafts, "draft"))
	}
	return nil
}

// known tells that the library says exactly this, in whatever order the rows stand.
func (in *incoming) known(library *templates.Library) bool {
	for _, t := range append(library.Templates(), library.Drafts()...) {
		if t.Intent == in.intent && t.Theme == in.theme {
			text, _, err := templates.FromCells(t.Intent, t.Cells())
			return err == nil && text == in.text
		}
	}
	return false
}

// rehearseImport checks the folder as it would be, in a copy, and tells mistakes by
// row and column.
func rehearseImport(source string, s sheet, dir string, list []*incoming) (err error) {
	stage, err := os.MkdirTemp("", "bestie-import-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(stage)) }()
	if err = os.CopyFS(stage, os.DirFS(dir)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	from := map[string]*incoming{}
	for _, in := range list {
		path := filepath.Join(stage, filepath.FromSlash(in.file()))
		if err = writeWhole(path, in.text); err != nil {
			return err
		}
		from[filepath.ToSlash(path)] = in
	}
	_, err = templates.ReadOver(stage)
	var mistakes templates.Mistakes
	if !errors.As(err, &mistakes) {
		return err
	}
	var told []Mistake
	for _, m := range mistakes {
		if in := from[m.File]; in != nil {
			told = append(told, Mistake{Source: source, Key: in.place(s, m.Line), Problem: in.intent + ": " + m.What})
			continue
		}
		told = append(told, Mistake{Source: strings.Replace(m.File, filepath.ToSlash(stage), dir, 1), Line: m.Line, Problem: m.What})
	}
	for i := range told {
		told[i].Problem = strings.ReplaceAll(told[i].Problem, filepath.ToSlash(stage), dir)
	}
	return &ConfigError{told}
}

// takenFiles are files of the folder that an import would change.
func takenFiles(dir string, list []*incoming) (taken []string) {
	for _, in := range list {
		path := filepath.Join(dir, filepath.FromSlash(in.file()))
		if _, err := os.Lstat(path); err == nil {
			taken = append(taken, path)
		}
	}
	return taken
}

// writeWhole writes a file so that nobody ever reads half of it: under another,
// hidden name first.
func writeWhole(path, text string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	part := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".part")
	if err := os.WriteFile(part, []byte(text), 0o644); err != nil {
		return err
	}
	return os.Rename(part, path)
}
