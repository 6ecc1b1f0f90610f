package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// writeSheet writes a new XLSX or CSV file, by the ending of its name. What a
// spreadsheet might take for a formula is escaped; readSheet gives the same cells
// back if none begins or ends with a space. A file that exists is not touched.
func writeSheet(path, name string, rows [][]string) error {
	return writeSheets(path, newSheet{name, rows})
}

// newSheet is a table to be written.
type newSheet struct {
	name string
	rows [][]string
}

// writeSheets is writeSheet with several tables, each a sheet of one XLSX file; a CSV file
// holds the first alone.
func writeSheets(path string, sheets ...newSheet) (err error) {
	for _, s := range sheets {
		if err = s.check(); err != nil {
			return err
		}
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err = errors.Join(err, f.Close()); err != nil {
			err = errors.Join(err, os.Remove(path))
		}
	}()
	if strings.EqualFold(filepath.Ext(path), ".csv") {
		return writeCSV(f, sheets[0].rows)
	}
	return writeXLSX(f, sheets)
}

// check finds what a spreadsheet would not keep.
func (s newSheet) check() error {
	for i, row := range s.rows {
		for j, text := range row {
			if utf8.RuneCountInString(text) >= mostSheetCell {
				return fmt.Errorf("row %d, column %s has more than %d letters: a spreadsheet would cut it", i+1, columnName(j), mostSheetCell)
			}
			if at := strings.IndexFunc(text, unwritable); at >= 0 {
				return fmt.Errorf("row %d, column %s holds the invisible sign %U: a spreadsheet would lose it", i+1, columnName(j), firstRune(text[at:]))
			}
		}
	}
	return nil
}

// writeCSV begins with a byte order mark: without it Excel reads UTF-8 as
// Windows-1252. Every cell is quoted, so that no sign in one is taken for what
// parts them.
func writeCSV(w io.Writer, rows [][]string) error {
	var b strings.Builder
	b.WriteString(byteOrderMark)
	for _, row := range rows {
		for i, text := range escaped(row) {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(`"` + strings.ReplaceAll(text, `"`, `""`) + `"`)
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeXLSX writes every cell as text: "0812" keeps its zero.
func writeXLSX(w io.Writer, sheets []newSheet) (err error) {
	book := excelize.NewFile()
	defer func() { err = errors.Join(err, book.Close()) }()
	for n, s := range sheets {
		if n == 0 {
			err = book.SetSheetName("Sheet1", s.name)
		} else {
			_, err = book.NewSheet(s.name)
		}
		if err != nil {
			return err
		}
		for i, row := range s.rows {
			for j, text := range escaped(row) {
				if text == "" {
					continue
				}
				if err = book.SetCellStr(s.name, fmt.Sprintf("%s%d", columnName(j), i+1), encoded.Replace(text)); err != nil {
					return err
				}
			}
		}
	}
	return book.Write(w)
}

// encoded keeps an XLSX file from reading _x0041_ as A: the _ before an x is written as
// one of these codes (ECMA-376, part 1, section 22.9.2.19, ST_Xstring).
var encoded = strings.NewReplacer("_x", "_x005F_x")

func escaped(row []string) []string {
	out := make([]string, len(row))
	for i, text := range row {
		out[i] = escapeFormula(oneBreak.Replace(text))
	}
	return out
}
