package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// room is a folder of the house and what its packages may import. A room covers
// the folders below it that are no rooms of their own.
type room struct {
	dir      string
	mayUse   []string // rooms of ours, with everything below them
	testUse  []string // rooms that its tests may use besides: they play with the real part
	standard bool     // nothing but the standard library besides
	client   bool     // may import the WhatsApp library
	clock    bool     // may ask the real clock
}

// rooms are the arrows of docs/architecture.md: shop knows nobody, bot and
// scheduler know neither each other nor store nor whatsapp, cmd ties them.
var rooms = []room{
	{dir: "shop", standard: true},
	{dir: "templates", mayUse: []string{"shop"}},
	{dir: "bot", mayUse: []string{"templates", "shop"}},
	{dir: "scheduler", mayUse: []string{"templates", "shop"}, testUse: []string{"store"}},
	{dir: "web", mayUse: []string{"templates", "shop"}},
	{dir: "store", mayUse: []string{"shop", "store/sqlite"}},
	{dir: "store/sqlite"},
	{dir: "whatsapp", mayUse: []string{"shop", "store/sqlite"}, testUse: []string{"whatsapp/standin", "store"}, client: true, clock: true},
	{dir: "whatsapp/standin", mayUse: []string{"shop"}, client: true, clock: true},
	{dir: "whatsapp/standin/people", mayUse: []string{"whatsapp/standin", "shop"}, client: true, clock: true},
	{dir: "whatsapp/standin/hostile", mayUse: []string{"whatsapp/standin", "whatsapp/standin/people", "shop"}, client: true, clock: true},
	{dir: "cmd", mayUse: []string{"shop", "templates", "bot", "scheduler", "web", "store", "whatsapp"}, clock: true},
}

const (
	modulePath    = "bestie"
	clientPath    = "go.mau.fi/whatsmeow"
	mostFileLines = 500
)

// roomOf is the innermost room of a folder, nil when it lies in none.
func roomOf(dir string) *room {
	var found *room
	for i := range rooms {
		if r := &rooms[i]; within(dir, r.dir) && (found == nil || len(r.dir) > len(found.dir)) {
			found = r
		}
	}
	return found
}

func within(path, dir string) bool { return path == dir || strings.HasPrefix(path, dir+"/") }

// breaches lists every rule of the house that a source tree breaks. It parses
// the files instead of asking the go command, whose answer the test cache would
// keep.
func breaches(tree fs.FS) ([]string, error) {
	var out []string
	err := fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata"):
			return fs.SkipDir
		case entry.IsDir() || filepath.Ext(name) != ".go":
			return nil
		}
		src, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, name, src, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		h := houseFile{name: name, dir: filepath.ToSlash(filepath.Dir(name)), test: strings.HasSuffix(name, "_test.go"), files: files, file: file}
		out = append(out, h.breaches(strings.Count(string(src), "\n"))...)
		return nil
	})
	return out, err
}

// houseFile is one file under inspection.
type houseFile struct {
	name, dir string
	test      bool
	files     *token.FileSet
	file      *ast.File
}

func (h houseFile) at(pos token.Pos, format string, args ...any) string {
	return fmt.Sprintf("%s:%d: ", h.name, h.files.Position(pos).Line) + fmt.Sprintf(format, args...)
}

func (h houseFile) breaches(lines int) []string {
	var out []string
	if lines > mostFileLines {
		out = append(out, fmt.Sprintf("%s: has %d lines, more than %d", h.name, lines, mostFileLines))
	}
	switch name := strings.TrimSuffix(h.file.Name.Name, "_test"); name {
	case "utils", "util", "common", "helpers", "helper", "misc":
		out = append(out, h.at(h.file.Name.Pos(), "package %s says nothing about what is in it", name))
	}
	r := roomOf(h.dir)
	if r == nil {
		return append(out, h.at(h.file.Package, "%s is no room of the house", h.dir))
	}
	for _, spec := range h.file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue // the parser has taken it
		}
		if reason := r.refuses(path, h.test); reason != "" {
			out = append(out, h.at(spec.Pos(), "%s imports %s: %s", h.dir, path, reason))
		}
	}
	if !r.clock && !h.test {
		out = append(out, h.clockCalls()...)
	}
	return out
}

// refuses tells why the room may not import a package, "" when it may. Tests may
// use libraries where the code may not, but follow the same arrows.
func (r *room) refuses(path string, test bool) string {
	inside := strings.TrimPrefix(path, modulePath+"/")
	switch {
	case inside != path:
		target := roomOf(inside)
		if target == r {
			return ""
		}
		may := r.mayUse
		if test {
			may = slices.Concat(may, r.testUse)
		}
		if slices.ContainsFunc(may, func(dir string) bool { return within(inside, dir) }) {
			return ""
		}
		return "against the arrows"
	case within(path, clientPath) && !r.client:
		return "only whatsapp may"
	case r.standard && !test && strings.Contains(strings.SplitN(path, "/", 2)[0], "."):
		return "only the standard library may"
	}
	return ""
}

// clockCalls finds uses of the real clock.
func (h houseFile) clockCalls() []string {
	forbidden := map[string]bool{"Now": true, "Sleep": true, "Since": true, "Until": true, "After": true, "AfterFunc": true, "NewTimer": true, "NewTicker": true, "Tick": true}
	alias := ""
	for _, spec := range h.file.Imports {
		if spec.Path.Value == `"time"` {
			alias = "time"
			if spec.Name != nil {
				alias = spec.Name.Name
			}
		}
	}
	var out []string
	ast.Inspect(h.file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok && forbidden[s.Sel.Name] {
			if x, ok := s.X.(*ast.Ident); ok && x.Name == alias {
				out = append(out, h.at(s.Pos(), "time.%s: time is given to this package, it does not look at the clock", s.Sel.Name))
			}
		}
		return true
	})
	return out
}

func TestArchitecture(t *testing.T) {
	found, err := breaches(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range found {
		t.Error(b)
	}
}

// Every rule must be able to catch what it forbids.
func TestArchitectureRulesCatch(t *testing.T) {
	src := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	got, err := breaches(fstest.MapFS{
		"shop/a.go":                       src("package shop\nimport \"github.com/rs/zerolog\"\n"),
		"shop/a_test.go":                  src("package shop\nimport \"pgregory.net/rapid\"\n"),
		"shop/b.go":                       src("package shop\nimport \"bestie/templates\"\n"),
		"shop/testdata/bad.go":            src("not Go at all"),
		"bot/a.go":                        src("package bot\nimport (\n\"bestie/scheduler\"\n\"bestie/shop\"\n\"bestie/store\"\n)\n"),
		"bot/clock.go":                    src("package bot\nimport \"time\"\nvar t = time.Now()\nvar f = time.Since\nvar g = time.Date\n"),
		"bot/clock_test.go":               src("package bot\nimport \"time\"\nvar u = time.Now()\n"),
		"scheduler/a.go":                  src("package scheduler\nimport (\n\"bestie/whatsapp\"\nclock \"time\"\n)\nvar _ = clock.After\n"),
		"scheduler/a_test.go":             src("package scheduler_test\nimport \"bestie/store\"\n"),
		"bot/a_test.go":                   src("package bot_test\nimport \"bestie/store\"\n"),
		"store/a.go":                      src("package store\nimport \"go.mau.fi/whatsmeow/types\"\n"),
		"store/b.go":                      src("package store\nimport \"go.mau.fi/util/dbutil\"\n"),
		"templates/a_test.go":             src("package templates_test\nimport \"bestie/bot\"\n"),
		"whatsapp/a.go":                   src("package whatsapp\nimport (\n\"bestie/whatsapp/standin\"\n\"go.mau.fi/whatsmeow\"\n\"time\"\n)\nvar _ = time.Now\n"),
		"whatsapp/a_test.go":              src("package whatsapp\nimport \"bestie/whatsapp/standin/people\"\n"),
		"whatsapp/standin/a.go":           src("package standin\nimport \"bestie/whatsapp\"\n"),
		"whatsapp/standin/people/a.go":    src("package people\nimport \"bestie/whatsapp/standin\"\n"),
		"cmd/bestie/a.go":                 src("package main\nimport (\n\"bestie/bot\"\n\"bestie/whatsapp/standin/people\"\n\"go.mau.fi/whatsmeow\"\n)\n"),
		"shop/utils/a.go":                 src("package utils\n"),
		"shop/long.go":                    src("package shop\n" + strings.Repeat("\n", mostFileLines)),
		"attic/a.go":                      src("package attic\n"),
		".ci/generated/left_alone_too.go": src("package utils\n"),
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"attic/a.go:1: attic is no room of the house",
		"bot/a.go:3: bot imports bestie/scheduler: against the arrows",
		"bot/a.go:5: bot imports bestie/store: against the arrows",
		"bot/a_test.go:2: bot imports bestie/store: against the arrows",
		"bot/clock.go:3: time.Now: time is given to this package, it does not look at the clock",
		"bot/clock.go:4: time.Since: time is given to this package, it does not look at the clock",
		"cmd/bestie/a.go:5: cmd/bestie imports go.mau.fi/whatsmeow: only whatsapp may",
		"scheduler/a.go:3: scheduler imports bestie/whatsapp: against the arrows",
		"scheduler/a.go:6: time.After: time is given to this package, it does not look at the clock",
		"shop/a.go:2: shop imports github.com/rs/zerolog: only the standard library may",
		"shop/b.go:2: shop imports bestie/templates: against the arrows",
		"shop/long.go: has 501 lines, more than 500",
		"shop/utils/a.go:1: package utils says nothing about what is in it",
		"store/a.go:2: store imports go.mau.fi/whatsmeow/types: only whatsapp may",
		"templates/a_test.go:2: templates imports bestie/bot: against the arrows",
		"whatsapp/a.go:3: whatsapp imports bestie/whatsapp/standin: against the arrows",
		"whatsapp/standin/a.go:2: whatsapp/standin imports bestie/whatsapp: against the arrows",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
