package templates

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// nastyTexts are what a table or YAML might take for something else.
var nastyTexts = []string{
	"0812", "007", "1e3", "=1+1", "+62 812", "-5 kak", "@admin", "'halo", "'=x", "true", "No", "null", "~", "- a", "a: b", "# x", "a # b", "[x]", "*bold*",
	"&a", "!tag", "%x", "|", ">", "\"kutip\"", `back\slash \n`, "baris satu\nbaris dua\n\nbaris empat", "😊🙏🏽", "tab\tdi tengah", "a;b,c", "1:30", "2026-11-25", "0x1F", "Café ñ", "x:", "?", "<<",
}

func drawText(t *rapid.T) string {
	if rapid.Bool().Draw(t, "nasty") {
		return rapid.SampledFrom(nastyTexts).Draw(t, "text")
	}
	s := rapid.StringOfN(rapid.RuneFrom([]rune("ab Z09\"'\\:#-=,;\n\t[]|é😊")), 1, 30, -1).Draw(t, "text")
	if s = strings.TrimSpace(s); s == "" {
		return "x"
	}
	return s
}

func drawTexts(t *rapid.T, least, most int) []string {
	return rapid.SliceOfN(rapid.Custom(drawText), least, most).Draw(t, "texts")
}

// drawTemplate is any template that the format can write; whether it makes sense is
// not asked.
func drawTemplate(t *rapid.T) *Template {
	flag := func(name string) bool { return rapid.Bool().Draw(t, name) }
	out := &Template{
		Intent: "ongkir", Theme: "x", Title: drawText(t), Roles: []Role{RoleCustomer},
		Draft: flag("draft"), HandOver: flag("hand_over"), Closes: flag("closes"), Greets: flag("greets"), Careful: flag("careful"),
		Threshold: rapid.SampledFrom([]float64{0, 0.5, 0.7, 0.875, 1}).Draw(t, "threshold"),
		Examples:  drawTexts(t, 1, 4), Keywords: drawTexts(t, 0, 2), Fallbacks: map[string]string{}, Menu: drawTexts(t, 0, 3),
		Positive: drawTexts(t, 0, 2), Negative: drawTexts(t, 0, 2),
	}
	if out.Careful && out.Threshold == 0 {
		out.Threshold = carefulThreshold
	}
	for range rapid.IntRange(0, 2).Draw(t, "fallbacks") {
		out.Fallbacks[rapid.SampledFrom([]string{"sapaan", "kota", "roles", "menu"}).Draw(t, "name")] = drawText(t)
	}
	for range rapid.IntRange(1, 12).Draw(t, "answers") {
		a := Answer{
			Needs: drawTexts(t, 0, 2), Stops: flag("answers"), Asks: flag("asks"), Wordings: drawTexts(t, 1, 4),
			CallToAction: drawTexts(t, 0, 2), Image: rapid.SampledFrom([]string{"", "a/b.jpg", "{{gambar}}"}).Draw(t, "image"),
		}
		if flag("roles") {
			a.Roles = []Role{RoleDropshipper, RoleCustomer}
		}
		out.Answers = append(out.Answers, a)
	}
	if flag("form") {
		out.Form = &Form{Done: drawTexts(t, 1, 3)}
		for range rapid.IntRange(1, 3).Draw(t, "fields") {
			out.Form.Fields = append(out.Form.Fields, Field{Name: drawText(t), Kind: FieldKind(drawText(t)), Ask: drawText(t)})
		}
	}
	return out
}

// read parses a file as the library does and keeps what it says, sound or not.
func read(t interface{ Fatalf(string, ...any) }, text string) *Template {
	var mistakes Mistakes
	doc := &document{"x/ongkir.yaml", &mistakes}
	root := doc.open([]byte(text))
	if root == nil {
		t.Fatalf("%v in\n%s", mistakes, text)
	}
	return parseTemplate(root, doc.file)
}

// TestCellsRoundTrip writes any template as cells, those as a file, and reads it.
func TestCellsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawTemplate(t)
		text, lines, err := FromCells(want.Intent, want.Cells())
		if err != nil {
			t.Fatalf("%v", err)
		}
		if n := strings.Count(text, "\n"); n != len(lines) {
			t.Fatalf("%d lines have %d places", n, len(lines))
		}
		got := read(t, text)
		if diff := cmp.Diff(want.Cells(), got.Cells()); diff != "" {
			t.Fatalf("%s\nof\n%s", diff, text)
		}
		if version(want) != got.Version {
			t.Fatalf("the version changed:\n%s", text)
		}
	})
}

// TestShippedTemplatesRoundTrip does the same with the real ones; and a version
// hangs on the words, not on the layout.
func TestShippedTemplatesRoundTrip(t *testing.T) {
	for _, want := range library(t).Templates() {
		text, _, err := FromCells(want.Intent, want.Cells())
		if err != nil {
			t.Fatal(want.ID(), err)
		}
		got := read(t, text)
		if diff := cmp.Diff(want.Cells(), got.Cells()); diff != "" || got.Version != want.Version {
			t.Errorf("%s: version %s, want %s\n%s", want.ID(), got.Version, want.Version, diff)
		}
	}
}

// TestFlagsAsSpreadsheetsKeepThem reads what a ticked cell and an Indonesian comma are.
func TestFlagsAsSpreadsheetsKeepThem(t *testing.T) {
	for text, want := range map[string]bool{"1": true, "TRUE": true, "Ya": true, "0": false, "False": false, "tidak": false} {
		file, _, err := FromCells("ongkir", []Cell{{"careful", text}, {"threshold", "0,75"}})
		if err != nil {
			t.Fatal(err)
		}
		if got := read(t, file); got.Careful != want || got.Threshold != 0.75 {
			t.Errorf("%q is read as %v, 0,75 as %v:\n%s", text, got.Careful, got.Threshold, file)
		}
	}
	for _, c := range []Cell{{"careful", "mungkin"}, {"threshold", "tinggi"}} {
		var mistakes Mistakes
		file, _, _ := FromCells("ongkir", []Cell{c})
		doc := &document{"x/ongkir.yaml", &mistakes}
		if parseTemplate(doc.open([]byte(file)), doc.file); !strings.Contains(mistakes.Error(), "x/ongkir.yaml:2: "+c.Part+" must be") {
			t.Errorf("%v: %v", c, mistakes)
		}
	}
}

func TestCellsWithoutPlace(t *testing.T) {
	for part, want := range map[string]string{
		"":                    "write a part like",
		"replies.2.wordings":  "number 2 does not come after 0",
		"replies.0.wordings":  "number 0 does not come after",
		"replies.1":           "number 1 does not come after",
		"a.b.c.d.e":           "write a part like",
		"title.x":             "title is a text already",
		"replies.1..wordings": "write a part like",
	} {
		_, _, err := FromCells("x", []Cell{{"title", "a"}, {part, "b"}})
		var wrong *CellError
		if !errors.As(err, &wrong) || wrong.Cell != 1 || !strings.HasPrefix(wrong.What, want) {
			t.Errorf("%q: %v", part, err)
		}
	}
	if _, _, err := FromCells("x", []Cell{{"title", "a"}, {"title", "b"}}); err == nil || !strings.Contains(err.Error(), "title is there twice") {
		t.Errorf("twice: %v", err)
	}
}

// shippedForTest is a little library that an owner lays templates over.
func shippedForTest() fstest.MapFS {
	return fstest.MapFS{"kirim/ongkir.yaml": {Data: []byte(goodFile)}, "unknown.yaml": {Data: []byte("examples: [apa kabar, lagi apa]\n")}}
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
		t.Fatal(err)
	}
}

func TestOwnersFolder(t *testing.T) {
	dir := t.TempDir()
	s, err := readOver(shippedForTest(), filepath.Join(dir, "absent"))
	if err != nil || len(s.templates) != 1 || s.templates[0].Own {
		t.Fatalf("without a folder: %+v, %v", s, err)
	}
	picture := "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
	write(t, dir, "toko/peta.png", picture)
	write(t, dir, "toko/ongkir.yaml", strings.Replace(goodFile, "    answers: true\n", "    answers: true\n    image: toko/peta.png\n", 1))
	garansi := strings.NewReplacer("ongkir", "garansi", "kirim", "jamin", "Ongkos", "Garansi").Replace(goodFile)
	write(t, dir, "toko/garansi.yaml", garansi)
	write(t, dir, "toko/nanti.yaml", "draft: true\nintent: nanti\ntitle: Nanti\nroles: [customer]\nexamples: [nanti ya]\nreplies:\n  - answers: true\n    wordings: [Siap]\n")
	write(t, dir, "unknown.yaml", "examples: [promo pulsa murah]\n")
	write(t, dir, "words.txt", "# kata toko kami\nongkir: ongkz ongkirrrn\n")
	write(t, dir, ".git/x.yaml", "{")
	write(t, dir, "toko/.#ongkir.yaml", "{")
	write(t, dir, "toko/ongkir.yaml~", "{")
	if s, err = readOver(shippedForTest(), dir); err != nil {
		t.Fatal(err)
	}
	lib := newLibrary(s)
	if got := lib.Template("ongkir"); !got.Own || got.ID() != "toko/ongkir" || lib.Template("garansi") == nil || lib.Template("nanti") != nil {
		t.Errorf("templates %+v", lib.Templates())
	}
	if d := lib.Drafts(); len(d) != 1 || d[0].Intent != "nanti" || !strings.Contains(Mistakes(lib.Hints()).Error(), "toko/nanti.yaml: is a draft") {
		t.Errorf("drafts %v, hints %v", d, lib.Hints())
	}
	if r, err := lib.Render("ongkir", RoleCustomer, Vars{VarCity: "Solo"}, nil); err != nil || r.Image != filepath.Join(dir, "toko", "peta.png") {
		t.Errorf("picture %q, %v", r.Image, err)
	}
	if got := lib.Match("ongkz ke solo").Words; got[0] != "ongkir" {
		t.Errorf("the owner's spelling is read as %v", got)
	}
	if n := len(s.others[unknown]); n != 3 {
		t.Errorf("%d lines of no wish", n)
	}
}

// TestLearntIsTakenOver: other words of a reply teach nothing, other examples,
// spellings and thresholds count.
func TestLearntIsTakenOver(t *testing.T) {
	dir := t.TempDir()
	load := func(before *Library) *Library {
		t.Helper()
		s, err := readOver(shippedForTest(), dir)
		if err != nil {
			t.Fatal(err)
		}
		return s.learn(before)
	}
	write(t, dir, "toko/garansi.yaml", strings.NewReplacer("ongkir", "garansi", "kirim", "jamin", "Ongkos", "Garansi").Replace(goodFile))
	first := load(nil)
	write(t, dir, "toko/garansi.yaml", strings.NewReplacer("ongkir", "garansi", "kirim", "jamin", "Ongkos kirim", "Jaminan\nthreshold: 0.9").Replace(goodFile))
	second := load(first)
	if second.matcher.model != first.matcher.model {
		t.Error("the same examples were learnt again")
	}
	if got := second.matcher.threshold("garansi"); got != 0.9 {
		t.Errorf("threshold %.2f", got)
	}
	write(t, dir, "words.txt", "ongkir: okrz\n")
	if load(second).matcher.model == first.matcher.model {
		t.Error("a new spelling was not learnt")
	}
}

func TestMistakesOfTheOwner(t *testing.T) {
	for name, c := range map[string]struct{ file, text, want string }{
		"shipped example":   {"toko/garansi.yaml", strings.Replace(goodFile, "intent: ongkir", "intent: garansi", 1), `/toko/garansi.yaml:5: "ongkir berapa" is already an example of ongkir (kirim/ongkir.yaml)`},
		"line of no wish":   {"unknown.yaml", "examples: [tarif kirim]", `/unknown.yaml:1: "tarif kirim" is already an example of ongkir`},
		"wish has template": {"other.yaml", "ongkir: [apa saja]", `/other.yaml:1: "ongkir" has a template, kirim/ongkir.yaml`},
		"ending":            {"toko/a.yml", "", "/toko/a.yml: ends in .yml"},
		"too large":         {"toko/a.yaml", strings.Repeat("#", mostFile+1), "/toko/a.yaml: has more than 256 kB"},
		"encoding":          {"toko/a.yaml", "title: caf\xe9", "/toko/a.yaml: is not written in UTF-8"},
		"nesting":           {"toko/a.yaml", "\n" + strings.Repeat("[", 99), "/toko/a.yaml:2: nests too deep"},
		"dashes":            {"toko/a.yaml", strings.Repeat("- ", 99), "/toko/a.yaml:1: nests too deep"},
		"theme":             {"a.yaml", strings.Replace(goodFile, "intent: ongkir", "intent: a", 1), "/a.yaml:1: intent stands in the wrong place"},
		"word without form": {"words.txt", "\nongkir:", "/words.txt:2: write a meaning"},
		"form of two words": {"words.txt", "ongkir: on/kir", `/words.txt:1: "on/kir" is read as 2 words`},
		"form twice":        {"words.txt", "ongkir: okr\nharga: okr", `/words.txt:2: "okr" already means "ongkir"`},
	} {
		dir := t.TempDir()
		write(t, dir, c.file, c.text)
		_, err := readOver(shippedForTest(), dir)
		if err == nil || !strings.Contains(err.Error(), filepath.ToSlash(dir)+c.want) {
			t.Errorf("%s: %v\nwant %s", name, err, c.want)
		}
	}
}

// FuzzLibraryYAML puts any bytes into a folder of the owner: a library or mistakes
// with their places, never a panic.
func FuzzLibraryYAML(f *testing.F) {
	for _, seed := range []string{goodFile, "", "a", "[", "- - - -", "intent: ongkir\nform: {fields: [{}], done: 1}", "? : ?", "&a [*a]", "a: !!binary x", "examples:\n\t- x", "%YAML 9\n---\n", "intent: |\n  x\nreplies: [[]]"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := parseShelfChecked(fstest.MapFS{"x/ongkir.yaml": {Data: data}, "unknown.yaml": {Data: data}})
		var mistakes Mistakes
		if err != nil && !errors.As(err, &mistakes) {
			t.Fatal(err)
		}
		for _, m := range mistakes {
			if m.File == "" || m.What == "" {
				t.Errorf("%+v", m)
			}
		}
	})
}

func parseShelfChecked(fsys fstest.MapFS) (*shelf, error) {
	var mistakes Mistakes
	s, err := parseShelf(fsys, &mistakes)
	if err != nil {
		return nil, err
	}
	checkShelf(s, &mistakes)
	return s, mistakes.err()
}
