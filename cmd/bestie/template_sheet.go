package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"bestie/templates"
)

// templateHeader heads a sheet of templates: one text of a template in each row.
var templateHeader = []string{"theme", "intent", "part", "text"}

// headerNames are what people call the columns of a sheet.
var headerNames = map[string]string{
	"theme": "theme", "tema": "theme", "intent": "intent", "niat": "intent", "part": "part", "bagian": "part", "text": "text", "teks": "text",
	"question": "question", "pertanyaan": "question", "tanya": "question", "q": "question",
	"answer": "answer", "jawaban": "answer", "jawab": "answer", "a": "answer", "balasan": "answer",
}

// templateRows is the sheet of templates.
func templateRows(list []*templates.Template) [][]string {
	rows := [][]string{templateHeader}
	for _, t := range list {
		for _, c := range t.Cells() {
			rows = append(rows, []string{t.Theme, t.Intent, c.Part, c.Text})
		}
	}
	return rows
}

// incoming is a template on its way from a sheet into the owner's folder.
type incoming struct {
	theme, intent string
	cells         []templates.Cell
	rows          []int // of each cell
	column        int   // of the texts
	parts         int   // column of the parts; in drafts that of the texts
	text          string
	lines         []int // of text: the cell each line comes from
}

// file is where it will lie in the folder.
func (in *incoming) file() string { return in.theme + "/" + in.intent + ".yaml" }

// reader reads templates from a sheet and collects what is wrong with it.
type templateReader struct {
	sheet    sheet
	mistakes []Mistake
	found    []*incoming
}

// readTemplates makes templates of a sheet: of the columns theme, intent, part and
// text, or of two columns, question and answer, which become drafts. source names the
// file in errors.
func readTemplates(source string, s sheet) ([]*incoming, error) {
	r := &templateReader{sheet: s}
	if len(s.rows) == 0 {
		r.refuse(1, -1, "the sheet is empty", "")
	} else {
		r.read()
	}
	for _, in := range r.found {
		r.compose(in)
	}
	if len(r.mistakes) > 0 {
		for i := range r.mistakes {
			r.mistakes[i].Source = source
		}
		return nil, &ConfigError{r.mistakes}
	}
	return r.found, nil
}

func (r *templateReader) refuse(row, column int, problem, allowed string) {
	r.mistakes = append(r.mistakes, Mistake{Key: r.sheet.place(row, column), Problem: problem, Allowed: allowed})
}

// read looks which kind of sheet it is.
func (r *templateReader) read() {
	head, columns, known := r.sheet.rows[0], map[string]int{}, 0
	for i, cell := range head.cells {
		if name := headerNames[strings.ToLower(cell)]; name != "" {
			columns[name] = i
			known++
		}
	}
	has := func(names ...string) bool {
		return !slices.ContainsFunc(names, func(n string) bool { _, ok := columns[n]; return !ok })
	}
	switch {
	case has(templateHeader...):
		r.full(r.sheet.rows[1:], columns)
	case has("question", "answer"):
		r.pairs(r.sheet.rows[1:], columns["question"], columns["answer"])
	case known == 0 && r.widest() == 2:
		r.pairs(r.sheet.rows, 0, 1)
	default:
		r.refuse(head.number, -1, "does not name the columns", strings.Join(templateHeader, ", ")+"; or two columns, question and answer")
	}
}

func (r *templateReader) widest() (n int) {
	for _, row := range r.sheet.rows {
		n = max(n, len(row.cells))
	}
	return n
}

// full reads rows of theme, intent, part and text.
func (r *templateReader) full(rows []sheetRow, columns map[string]int) {
	byName := map[string]*incoming{}
	for _, row := range rows {
		theme, intent := row.cell(columns["theme"]), row.cell(columns["intent"])
		part, text := row.cell(columns["part"]), row.cell(columns["text"])
		switch {
		case !templates.NameOK(theme):
			r.refuse(row.number, columns["theme"], quote(theme)+" is no name of a theme", "small letters, digits and _, such as pengiriman")
			continue
		case !templates.NameOK(intent):
			r.refuse(row.number, columns["intent"], quote(intent)+" is no name of an intent", "small letters, digits and _, such as tanya_harga")
			continue
		case text == "":
			r.refuse(row.number, columns["text"], "the text is missing", "")
			continue
		}
		in := byName[intent]
		if in == nil {
			in = &incoming{theme: theme, intent: intent, column: columns["text"], parts: columns["part"]}
			byName[intent] = in
			r.found = append(r.found, in)
		}
		if in.theme != theme {
			r.refuse(row.number, columns["theme"], fmt.Sprintf("%s is in the theme %s above", intent, in.theme), "")
			continue
		}
		in.cells = append(in.cells, templates.Cell{Part: strings.ToLower(part), Text: text})
		in.rows = append(in.rows, row.number)
	}
}

// compose writes the file of a template.
func (r *templateReader) compose(in *incoming) {
	var err error
	in.text, in.lines, err = templates.FromCells(in.intent, in.cells)
	var wrong *templates.CellError
	if errors.As(err, &wrong) {
		r.refuse(in.rows[wrong.Cell], in.parts, quote(in.cells[wrong.Cell].Part)+": "+wrong.What, "")
	}
}

// place is the cell that a line of the file comes from. A line that only opens a
// part, such as "replies:", stands for the first text below it, and what the file
// lacks for the template's first row.
func (in *incoming) place(s sheet, line int) string {
	if line > 1 {
		for _, cell := range in.lines[min(line, len(in.lines))-1:] {
			if cell >= 0 {
				return s.place(in.rows[cell], in.column)
			}
		}
	}
	return s.place(in.rows[0], in.column)
}
