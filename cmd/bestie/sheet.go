package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// sheet is a table as people keep it in a spreadsheet: the first sheet of an XLSX
// file with anything in it, or a CSV file. Its first row is not special here.
type sheet struct {
	name string // of the sheet in its file; "" in a CSV file
	rows []sheetRow
}

// sheetRow is a row in which something is written. A cell is free of spaces
// around it, its line breaks are \n, and what escaped a formula is gone; the
// hidden cells of a merged range are empty.
type sheetRow struct {
	number int // as the spreadsheet counts, from 1
	cells  []string
}

// cell is the text of a column, counted from 0; "" beyond the last.
func (r sheetRow) cell(column int) string {
	if column < 0 || column >= len(r.cells) {
		return ""
	}
	return r.cells[column]
}

// Bounds of a table: far more than a shop has, and little enough that a file made
// to hurt is refused at once.
const (
	mostSheetBytes   = 10 << 20
	mostSheetRows    = 20_000
	mostSheetColumns = 256
	mostSheetCell    = 32_767 // letters; Excel keeps no more in a cell
)

// isSheet tells from its name that a file is a spreadsheet.
func isSheet(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".xlsx", ".csv":
		return true
	}
	return false
}

// readSheet reads an XLSX or CSV file. What is wrong with it is one *ConfigError;
// what its cells mean is the caller's business.
func readSheet(path string) (sheet, error) {
	src, err := bounds{bytes: mostSheetBytes}.read(path)
	if err != nil {
		return sheet{}, &ConfigError{[]Mistake{{Source: path, Problem: fileProblem(err)}}}
	}
	s, mistake := parseSheet(path, src)
	if mistake != nil {
		mistake.Source = path
		return sheet{}, &ConfigError{[]Mistake{*mistake}}
	}
	return s, nil
}

// parseSheet reads the bytes of a spreadsheet; the name tells its kind.
func parseSheet(name string, src []byte) (s sheet, _ *Mistake) {
	if len(src) > mostSheetBytes {
		return s, &Mistake{Problem: "is too large", Allowed: fmt.Sprintf("up to %d bytes", mostSheetBytes)}
	}
	if strings.EqualFold(filepath.Ext(name), ".csv") {
		return parseCSV(src)
	}
	return parseXLSX(src)
}

// add takes a row unless it is empty.
func (s *sheet) add(number int, cells []string) *Mistake {
	for i, c := range cells {
		if utf8.RuneCountInString(c) > mostSheetCell {
			return s.refuse(number, i, "has too many letters", fmt.Sprintf("up to %d letters", mostSheetCell))
		}
		if at := strings.IndexFunc(c, unwritable); at >= 0 {
			return s.refuse(number, i, fmt.Sprintf("holds the invisible sign %U", firstRune(c[at:])), "delete it, or type the text again")
		}
		cells[i] = unescapeFormula(strings.TrimSpace(oneBreak.Replace(c)))
	}
	for len(cells) > 0 && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	switch {
	case len(cells) == 0:
		return nil
	case len(cells) > mostSheetColumns:
		return s.refuse(number, len(cells)-1, "is too far to the right", fmt.Sprintf("up to %d columns", mostSheetColumns))
	case len(s.rows) == mostSheetRows:
		return s.refuse(number, 0, "is in one row too many", fmt.Sprintf("up to %d rows", mostSheetRows))
	}
	s.rows = append(s.rows, sheetRow{number, cells})
	return nil
}

func (s *sheet) refuse(row, column int, problem, allowed string) *Mistake {
	return &Mistake{Key: s.place(row, column), Problem: problem, Allowed: allowed}
}

// place names a cell for a person: `sheet "Produk", row 12, column C`. The column
// is counted from 0; a negative one stands for the whole row.
func (s *sheet) place(row, column int) string {
	at := fmt.Sprintf("row %d", row)
	if s.name != "" {
		at = fmt.Sprintf("sheet %q, row %d", s.name, row)
	}
	if column < 0 {
		return at
	}
	return at + ", column " + columnName(column)
}

// columnName is what a spreadsheet writes above a column: A to Z, AA, AB, ….
func columnName(column int) string {
	name := ""
	for column++; column > 0; column = (column - 1) / 26 {
		name = string(rune('A'+(column-1)%26)) + name
	}
	return name
}

// oneBreak makes every line break one sign.
var oneBreak = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// formulaSigns begin a cell that a spreadsheet may run instead of showing it.
const formulaSigns = "=+-@\t\n\r＝＋－＠"

// escapeFormula makes text that comes from anywhere harmless in a spreadsheet, by
// the apostrophe that stands for "this is text" there (OWASP, CSV injection).
func escapeFormula(text string) string {
	if rest := strings.TrimLeft(text, "'"); rest != "" && strings.ContainsRune(formulaSigns, firstRune(rest)) {
		return "'" + text
	}
	return text
}

// unescapeFormula takes the apostrophe away again.
func unescapeFormula(text string) string {
	rest := strings.TrimLeft(text, "'")
	if len(rest) < len(text) && rest != "" && strings.ContainsRune(formulaSigns, firstRune(rest)) {
		return text[1:]
	}
	return text
}

// unwritable tells that an XLSX file cannot hold a sign (XML 1.0, section 2.2).
func unwritable(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == '\ufffe' || r == '\uffff'
}

func firstRune(text string) rune {
	r, _ := utf8.DecodeRuneInString(text)
	return r
}
