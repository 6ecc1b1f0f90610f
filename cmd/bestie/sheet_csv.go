package main

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

// parseCSV reads a CSV file in UTF-8, or in UTF-16 with its mark ("Unicode text" of Excel), with commas, semicolons or tabs between its
// cells: whichever its first line has most of.
func parseCSV(src []byte) (s sheet, _ *Mistake) {
	src = fromUTF16(src)
	if m := foreignEncoding(src); m != nil {
		return s, m
	}
	src = bytes.TrimPrefix(src, []byte(byteOrderMark))
	r := csv.NewReader(bytes.NewReader(src))
	r.Comma = separator(src)
	r.FieldsPerRecord = -1
	row, line, offset := 0, 1, int64(0)
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return s, nil
		}
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			return s, &Mistake{Line: broken.Line, Problem: "is not a CSV row: " + broken.Err.Error(), Allowed: `a " inside a cell is written twice`}
		} else if err != nil {
			return s, &Mistake{Problem: err.Error()}
		}
		at, _ := r.FieldPos(0)
		row += 1 + at - line // the reader passes over empty lines; a spreadsheet counts them
		line += bytes.Count(src[offset:r.InputOffset()], []byte("\n"))
		offset = r.InputOffset()
		if m := s.add(row, cells); m != nil {
			return s, m
		}
	}
}

// fromUTF16 turns a text that begins with the mark of UTF-16 into UTF-8. An odd byte at
// the end, or half a pair, is no text: it stays an error.
func fromUTF16(src []byte) []byte {
	var order binary.ByteOrder = binary.LittleEndian
	switch {
	case bytes.HasPrefix(src, []byte("\xfe\xff")):
		order = binary.BigEndian
	case !bytes.HasPrefix(src, []byte("\xff\xfe")):
		return src
	}
	if len(src)%2 == 1 {
		return src
	}
	units := make([]uint16, 0, len(src)/2)
	for i := 2; i < len(src); i += 2 {
		units = append(units, order.Uint16(src[i:]))
	}
	runes := utf16.Decode(units)
	if slices.Contains(runes, utf8.RuneError) {
		return src
	}
	return []byte(string(runes))
}

// foreignEncoding refuses what would be read as other letters than were written.
func foreignEncoding(src []byte) *Mistake {
	const way = `UTF-8; in Excel: Save as, "CSV UTF-8"`
	line := 1
	for rest := src; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		if r == utf8.RuneError && size == 1 {
			return &Mistake{Line: line, Problem: "is not UTF-8 (Windows-1252?)", Allowed: way}
		}
		if r == '\n' {
			line++
		}
		rest = rest[size:]
	}
	return nil
}

// separator is what parts the cells of the first row, quoted ones left aside.
func separator(src []byte) rune {
	count, quoted := map[rune]int{}, false
	for _, r := range string(bytes.TrimLeft(src, "\r\n")) {
		if r == '\n' && !quoted {
			break
		}
		if r == '"' {
			quoted = !quoted
		} else if !quoted {
			count[r]++
		}
	}
	best := ','
	for _, r := range ";\t" {
		if count[r] > count[best] {
			best = r
		}
	}
	return best
}
