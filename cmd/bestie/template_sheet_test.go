package main

import (
	"bytes"
	order "cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"bestie/templates"
)

// TestTemplateSheetRoundTrip writes any texts into a spreadsheet and reads them.
func TestTemplateSheetRoundTrip(t *testing.T) {
	dir := t.TempDir()
	nasty := []string{"0812", "=1+1", "+62", "-5", "@x", "'x", "'=x", "''", "a\nb", "a;b,c\t\"d\"", "😊🙏🏽", "1e5", "TRUE", "｀", "＝1", "12/11/2026", "{{kak}}"}
	files := 0
	rapid.Check(t, func(rt *rapid.T) {
		var rows [][]string
		var want []templates.Cell
		rows = append(rows, templateHeader)
		for range rapid.IntRange(1, 6).Draw(rt, "rows") {
			text := rapid.SampledFrom(nasty).Draw(rt, "a") + rapid.StringOfN(rapid.RuneFrom([]rune("aé'=\"\n,; 😊")), 0, 8, -1).Draw(rt, "b")
			if text = strings.TrimSpace(text); text == "" {
				continue
			}
			want = append(want, templates.Cell{Part: "examples", Text: text})
			rows = append(rows, []string{"x", "ongkir", "examples", text})
		}
		for _, ending := range []string{".csv", ".xlsx"} {
			files++
			path := filepath.Join(dir, fmt.Sprint(files)+ending)
			if err := writeSheet(path, "Templates", rows); err != nil {
				rt.Fatal(err)
			}
			s, err := readSheet(path)
			if err != nil {
				rt.Fatal(err)
			}
			got, err := readTemplates(path, s)
			if err != nil {
				rt.Fatal(err)
			}
			if diff := cmp.Diff(want, got[0].cells); diff != "" {
				rt.Fatalf("%s: %s", ending, diff)
			}
		}
	})
}

// TestShippedLibraryThroughSheets exports the whole library and reads it back.
func TestShippedLibraryThroughSheets(t *testing.T) {
	library, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"all.csv", "all.xlsx"} {
		path := filepath.Join(t.TempDir(), name)
		if err := writeSheet(path, "Templates", templateRows(library.Templates())); err != nil {
			t.Fatal(err)
		}
		s, err := readSheet(path)
		if err != nil {
			t.Fatal(err)
		}
		list, err := readTemplates(path, s)
		if err != nil || len(list) != len(library.Templates()) {
			t.Fatal(name, len(list), err)
		}
		for i, want := range library.Templates() {
			if diff := cmp.Diff(want.Cells(), list[i].cells); diff != "" || list[i].theme != want.Theme || list[i].intent != want.Intent {
				t.Errorf("%s: %s\n%s", name, want.ID(), diff)
			}
			if !list[i].known(library) {
				t.Errorf("%s: %s counts as changed", name, want.ID())
			}
		}
	}
}

func TestTemplateSheetMistakes(t *testing.T) {
	const head = "theme,intent,part,text\n"
	for name, c := range map[string]struct{ csv, want string }{
		"empty":           {"\n\n", "x.csv: row 1: the sheet is empty"},
		"header alone":    {"tema,intent\nx,y\n", "x.csv: row 1: does not name the columns; allowed: theme, intent, part, text; or two columns, question and answer"},
		"three columns":   {"a b,c d,e f\n1,2,3\n", "x.csv: row 1: does not name the columns"},
		"theme":           {head + "Kirim!,ongkir,title,x\n", `x.csv: row 2, column A: "Kirim!" is no name of a theme`},
		"path":            {head + "../../etc,ongkir,title,x\n", `x.csv: row 2, column A: "../../etc" is no name of a theme`},
		"intent":          {head + "a,Ong kir,title,x\n", `x.csv: row 2, column B: "Ong kir" is no name of an intent`},
		"text":            {head + "a,ongkir,title,\n", "x.csv: row 2, column D: the text is missing"},
		"two themes":      {head + "a,ongkir,title,x\nb,ongkir,examples,y\n", "x.csv: row 3, column A: ongkir is in the theme a above"},
		"part":            {head + "a,ongkir,title,x\n\na,ongkir,replies.3.wordings,y\n", `x.csv: row 4, column C: "replies.3.wordings": number 3 does not come after 0`},
		"twice":           {head + "a,ongkir,title,x\na,ongkir,title,y\n", `x.csv: row 3, column C: "title": title is there twice`},
		"question only":   {"Pertanyaan;Jawaban\nada?;\n", "x.csv: row 2, column B: the answer is missing"},
		"answer only":     {"question,answer\nada?,ya\n,tidak\n", "x.csv: row 3, column A: the question is missing"},
		"several":         {head + "!,a,b,c\na,!,b,c\n", "x.csv: row 3, column B"},
		"Windows-1252":    {"question,answer\ncaf\xe9,ya\n", "x.csv:2: is not UTF-8 (Windows-1252?)"},
		"half of UTF-16":  {"\xff\xfea", "x.csv:1: is not UTF-8"},
		"quotes":          {"question,answer\n\"a,b\n", "x.csv:2: is not a CSV row"},
		"too many rows":   {head + strings.Repeat("a,b,examples,c\n", mostSheetRows+1), "row 20001, column A: is in one row too many"},
		"too many bytes":  {strings.Repeat("a", mostSheetBytes+1), "is too large"},
		"no spreadsheet":  {"", ""},
		"broken workbook": {"", ""},
	} {
		path, src := "x.csv", []byte(c.csv)
		switch name {
		case "no spreadsheet":
			path, src, c.want = "x.xlsx", []byte("hello"), "x.xlsx: cannot be read as a spreadsheet"
		case "broken workbook":
			path, src, c.want = "x.xlsx", []byte("PK\x03\x04rubbish"), "x.xlsx: cannot be read as a spreadsheet"
		}
		if err := sheetError(path, src); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v\nwant %s", name, err, c.want)
		}
	}
}

func sheetError(path string, src []byte) error {
	s, mistake := parseSheet(path, src)
	if mistake != nil {
		mistake.Source = path
		return &ConfigError{[]Mistake{*mistake}}
	}
	_, err := readTemplates(path, s)
	return err
}

// TestQuestionsAndAnswers reads the sheets that shops really have.
func TestQuestionsAndAnswers(t *testing.T) {
	for name, csv := range map[string]string{
		"Indonesian":    "Pertanyaan,Jawaban\nBisa COD?,Bisa ya Kak\nbayar di tempat bisa?,Bisa ya Kak\nGaransi berapa lama?,7 hari Kak\n",
		"semicolons":    "\ufeffTanya;Jawab\r\nBisa COD?;Bisa ya Kak\r\nbayar di tempat bisa?;Bisa ya Kak\r\nGaransi berapa lama?;7 hari Kak\r\n",
		"no header":     "Bisa COD?,Bisa ya Kak\nbayar di tempat bisa?,Bisa ya Kak\nGaransi berapa lama?,7 hari Kak\n",
		"answer first":  "answer,question\nBisa ya Kak,Bisa COD?\nBisa ya Kak,bayar di tempat bisa?\n7 hari Kak,Garansi berapa lama?\n",
		"one cell":      "question,answer\n\"Bisa COD?\nbayar di tempat bisa?\",Bisa ya Kak\n\nGaransi berapa lama?,7 hari Kak\n",
		"merged answer": "question,answer\nBisa COD?,Bisa ya Kak\nbayar di tempat bisa?,\nGaransi berapa lama?,7 hari Kak\n",
		"more columns":  "no,question,answer,note\n1,Bisa COD?,Bisa ya Kak,x\n2,bayar di tempat bisa?,Bisa ya Kak,\n3,Garansi berapa lama?,7 hari Kak,\n",
	} {
		s, mistake := parseSheet("x.csv", []byte(csv))
		if mistake != nil {
			t.Fatal(name, mistake)
		}
		list, err := readTemplates("x.csv", s)
		if err != nil || len(list) != 2 {
			t.Errorf("%s: %d drafts, %v", name, len(list), err)
			continue
		}
		want := []templates.Cell{
			{Part: "draft", Text: "true"},
			{Part: "title", Text: "Bisa COD?"},
			{Part: "roles", Text: "customer"},
			{Part: "roles", Text: "dropshipper"},
			{Part: "replies.1.answers", Text: "true"},
			{Part: "replies.1.wordings", Text: "Bisa ya Kak"},
			{Part: "examples", Text: "Bisa COD?"},
			{Part: "examples", Text: "bayar di tempat bisa?"},
		}
		if diff := cmp.Diff(want, list[0].cells); diff != "" || list[0].intent != "draft_bisa_cod" || list[1].intent != "draft_garansi_berapa_lama" {
			t.Errorf("%s: %s, %s\n%s", name, list[0].intent, list[1].intent, diff)
		}
	}
}

// TestMergedCells reads a workbook in which one answer is merged over two rows.
func TestMergedCells(t *testing.T) {
	book := excelize.NewFile()
	for cell, text := range map[string]string{"A1": "Pertanyaan", "B1": "Jawaban", "A3": "Bisa COD?", "B3": "Bisa ya Kak", "A4": "bayar di tempat?"} {
		if err := book.SetCellStr("Sheet1", cell, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.MergeCell("Sheet1", "B3", "B4"); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := errors.Join(book.Write(&b), book.Close()); err != nil {
		t.Fatal(err)
	}
	s, mistake := parseSheet("x.xlsx", b.Bytes())
	if mistake != nil {
		t.Fatal(mistake)
	}
	list, err := readTemplates("x.xlsx", s)
	if err != nil || len(list) != 1 || len(list[0].cells) != 8 {
		t.Fatalf("%+v, %v", list, err)
	}
}

// FuzzImportCSV gives any bytes to the import: templates or mistakes with their
// places, never a panic, never a path out of the folder.
func FuzzImportCSV(f *testing.F) {
	for _, seed := range []string{
		"", "theme,intent,part,text\na,b,title,c\n", "q,a\nx,y\n", "\"", "a;b\n1;2", "theme,intent,part,text\na,b,replies.1.wordings,c\na,b,replies.1,c\n",
		"theme,intent,part,text\na,b,form.fields.1.ask,\"=x\ny\"\n", "question,answer\n日本,ya\n", "theme,intent,part,text\n..,b,title,c\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, mistake := parseSheet("x.csv", data)
		if mistake != nil {
			return
		}
		list, err := readTemplates("x.csv", s)
		var wrong *ConfigError
		if err != nil && (!errors.As(err, &wrong) || len(wrong.Mistakes) == 0 || wrong.Mistakes[0].Source == "") {
			t.Fatal(err)
		}
		for _, in := range list {
			if !templates.NameOK(in.theme) || !templates.NameOK(in.intent) || strings.Count(in.text, "\n") != len(in.lines) {
				t.Fatalf("%q %q\n%s", in.theme, in.intent, in.text)
			}
		}
	})
}

// TestPlacesOfComposedTemplates checks that a mistake in a file leads to the row it was
// made in, whatever the order of the rows.
func TestPlacesOfComposedTemplates(t *testing.T) {
	s, mistake := parseSheet("x.csv", []byte("text,part,intent,theme\nToko,title,garansi,toko\nx,foo,garansi,toko\nsatu,replies.1.wordings,garansi,toko\ntrue,replies.1.answers,garansi,toko\ncustomer,roles,garansi,toko\n"))
	if mistake != nil {
		t.Fatal(mistake)
	}
	list, err := readTemplates("x.csv", s)
	if err != nil {
		t.Fatal(err)
	}
	const want = `intent: garansi
title: Toko
roles:
  - customer
replies:
  - answers: true
    wordings:
      - satu
foo: x
`
	if diff := cmp.Diff(want, list[0].text); diff != "" {
		t.Fatal(diff)
	}
	for line, place := range map[int]string{
		0: "row 2, column A", 1: "row 2, column A", 2: "row 2, column A", 3: "row 6, column A", 4: "row 6, column A",
		5: "row 5, column A", 6: "row 5, column A", 7: "row 4, column A", 8: "row 4, column A", 9: "row 3, column A", 99: "row 3, column A",
	} {
		if got := list[0].place(s, line); got != place {
			t.Errorf("line %d is told as %s, want %s", line, got, place)
		}
	}
}

// TestFurtherSheets tells of the sheets that are not read, unless they are empty.
func TestFurtherSheets(t *testing.T) {
	book := excelize.NewFile()
	for _, name := range []string{"Dua", "Kosong"} {
		if _, err := book.NewSheet(name); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"Sheet1", "Dua"} {
		if err := book.SetSheetRow(name, "A1", &[]any{"Ada garansi?", "7 hari ya Kak"}); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "two.xlsx")
	if err := errors.Join(book.SaveAs(path), book.Close()); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	dir := filepath.Join(t.TempDir(), "own")
	c := &TemplateImportCommand{File: path, Into: dir}
	if err := c.Run(t.Context(), &Environment{Out: &out}); err != nil {
		t.Fatal(err)
	}
	if want := `Only the sheet "Sheet1" was read, not: Dua.`; !strings.Contains(out.String(), want) {
		t.Errorf("%s\nwant %s", out.String(), want)
	}
}

// TestKnownInAnyOrder takes a sheet whose rows were sorted and whose flags a
// spreadsheet changed for what the library says already.
func TestKnownInAnyOrder(t *testing.T) {
	library, err := templates.ReadOver("")
	if err != nil {
		t.Fatal(err)
	}
	rows := templateRows(library.Templates())
	for _, row := range rows[1:] {
		if row[3] == "true" {
			row[3] = "1"
		}
	}
	slices.SortStableFunc(rows[1:], func(a, b []string) int { return order.Or(strings.Compare(a[2], b[2]), strings.Compare(a[1], b[1])) })
	s := sheet{}
	for i, row := range rows {
		s.rows = append(s.rows, sheetRow{i + 1, row})
	}
	list, err := readTemplates("x.csv", s)
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range list {
		if !in.known(library) {
			t.Errorf("%s counts as changed", in.intent)
		}
	}
}
