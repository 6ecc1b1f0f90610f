package main

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// mostUnzipped bounds what an XLSX file unpacks to: a small one can be made that
// unpacks to gigabytes.
const mostUnzipped = 64 << 20

// parseXLSX reads the first sheet with anything in it. Numbers are taken as they
// are stored, whatever their cell makes of them on the screen.
func parseXLSX(src []byte) (s sheet, m *Mistake) {
	defer func() { // the reader of a foreign format must not end the program
		if p := recover(); p != nil {
			m = notXLSX(fmt.Errorf("its parts do not fit together (%v)", p))
		}
	}()
	book, err := excelize.OpenReader(bytes.NewReader(src), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: mostUnzipped, UnzipXMLSizeLimit: mostUnzipped,
	})
	if err != nil {
		return s, notXLSX(err)
	}
	defer func() { _ = book.Close() }() // only read
	for _, name := range book.GetSheetList() {
		if len(s.rows) == 0 {
			if s, m = xlsxSheet(book, name); m != nil {
				return s, m
			}
		} else if other, broken := xlsxSheet(book, name); broken != nil || len(other.rows) > 0 {
			s.others = append(s.others, name)
		}
	}
	return s, nil
}

func notXLSX(err error) *Mistake {
	if errors.Is(err, excelize.ErrWorkbookFileFormat) || errors.Is(err, excelize.ErrWorkbookPassword) {
		err = errors.New("it has a password or is of an older kind")
	}
	return &Mistake{Problem: "cannot be read as a spreadsheet: " + err.Error(), Allowed: "a file saved as .xlsx, or as .csv in UTF-8"}
}

func xlsxSheet(book *excelize.File, name string) (s sheet, m *Mistake) {
	s.name = name
	rows, err := book.Rows(name)
	if err != nil {
		return s, notXLSX(err)
	}
	for number := 1; rows.Next(); number++ {
		cells, err := rows.Columns()
		if err != nil {
			return s, &Mistake{Key: s.place(number, -1), Problem: err.Error()}
		}
		for i, c := range cells {
			cells[i] = plainNumber(c)
		}
		if m := s.add(number, cells); m != nil {
			return s, m
		}
	}
	if err = errors.Join(rows.Error(), rows.Close()); err != nil {
		return s, notXLSX(err)
	}
	return s, nil
}

// scientific is how a spreadsheet may store a long number, such as that of a
// certificate, which a person typed in digits.
var scientific = regexp.MustCompile(`^\d\.\d{6,}E\+?\d{1,2}$`)

// plainNumber writes a long whole number with all its digits.
func plainNumber(cell string) string {
	if !scientific.MatchString(cell) {
		return cell
	}
	n, err := strconv.ParseFloat(cell, 64)
	if err != nil || n != math.Trunc(n) || n >= 1<<53 { // beyond it digits are lost
		return cell
	}
	return strconv.FormatFloat(n, 'f', 0, 64)
}
