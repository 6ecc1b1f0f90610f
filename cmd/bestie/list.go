package main

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"bestie/shop"
)

// listColumn is one column of a list of people or carts: its key and the headings that
// it may have, in small letters; the first is shown.
type listColumn struct {
	key   string
	heads []string
	must  bool // the list is refused without it
}

// peopleList is a spreadsheet with a row of headings, while it is read.
type peopleList struct {
	sheet
	places   map[string]int // key of a column -> its place, from 0
	mistakes []Mistake
	bad      map[int]bool // numbers of the rows with a mistake
	seen     map[string]int
}

// openList reads the headings; with one mistake in them nothing else is looked at.
func openList(path string, columns []listColumn) (*peopleList, error) {
	s, err := readSheet(path)
	if err != nil {
		return nil, err
	}
	l := &peopleList{sheet: s, places: map[string]int{}, bad: map[int]bool{}, seen: map[string]int{}}
	if len(s.rows) == 0 {
		return nil, &ConfigError{[]Mistake{{Source: path, Problem: "is empty", Allowed: headsOf(columns)}}}
	}
	l.heads(columns)
	if len(l.mistakes) > 0 {
		return nil, l.failed(path)
	}
	return l, nil
}

func (l *peopleList) heads(columns []listColumn) {
	row := l.rows[0]
	for i, head := range row.cells {
		if head == "" || head[0] == '#' {
			continue
		}
		at := slices.IndexFunc(columns, func(c listColumn) bool { return slices.Contains(c.heads, headWord(head)) })
		if at < 0 {
			l.refuse(row.number, i, "the heading "+quote(head)+" is not known", headsOf(columns)+"; put # before one that is only for you")
		} else if _, twice := l.places[columns[at].key]; twice {
			l.refuse(row.number, i, "the heading "+quote(head)+" is there twice", "")
		} else {
			l.places[columns[at].key] = i
		}
	}
	for _, c := range columns {
		if _, there := l.places[c.key]; c.must && !there {
			l.refuse(row.number, -1, "has no heading "+c.heads[0], headsOf(columns))
		}
	}
}

func headsOf(columns []listColumn) string {
	heads := make([]string, len(columns))
	for i, c := range columns {
		heads[i] = c.heads[0]
	}
	return strings.Join(heads, ", ")
}

// refuse notes a mistake of a cell; a negative column is the whole row.
func (l *peopleList) refuse(row, column int, problem, allowed string) {
	l.bad[row] = true
	m := *l.sheet.refuse(row, column, problem, allowed)
	if head := l.rows[0].cell(column); head != "" && row != l.rows[0].number {
		m.Key += " (" + head + ")"
	}
	l.mistakes = append(l.mistakes, m)
}

// failed is every mistake as one error.
func (l *peopleList) failed(path string) error {
	for i := range l.mistakes {
		l.mistakes[i].Source = path
	}
	return &ConfigError{l.mistakes}
}

// cell is the text of a row under a heading, "" without the heading.
func (l *peopleList) cell(row sheetRow, key string) string {
	at, there := l.places[key]
	if !there {
		return ""
	}
	return row.cell(at)
}

// wrong notes a mistake of a row under a heading.
func (l *peopleList) wrong(row sheetRow, key, problem, allowed string) {
	at, there := l.places[key]
	if !there {
		at = -1
	}
	l.refuse(row.number, at, problem, allowed)
}

// phone reads the number of a row; ok is false for a mistake. also makes it one with
// something else, where a number may stand in several rows.
func (l *peopleList) phone(row sheetRow, also string) (string, bool) {
	text := l.cell(row, "phone")
	phone, err := parsePhone(text)
	switch before, twice := l.seen[phone+also]; {
	case text == "":
		l.wrong(row, "phone", "is missing", phoneAllowed)
		return "", false
	case err != nil:
		l.wrong(row, "phone", quote(text)+" "+err.Error(), phoneAllowed)
		return "", false
	case twice:
		l.wrong(row, "phone", fmt.Sprintf("%s is in row %d too", quote(text), before), "one row for each")
		return "", false
	}
	l.seen[phone+also] = row.number
	return phone, true
}

// text reads a cell of at most so many letters.
func (l *peopleList) text(row sheetRow, key string, most int) string {
	text := strings.Join(strings.Fields(l.cell(row, key)), " ")
	if n := len([]rune(text)); n > most {
		l.wrong(row, key, fmt.Sprintf("has %d letters", n), fmt.Sprintf("up to %d", most))
	}
	return text
}

// day reads the date of a row, which must not lie in the future.
func (l *peopleList) day(row sheetRow, key string, now time.Time) time.Time {
	text := l.cell(row, key)
	day, ok := parseListDay(text)
	switch {
	case !ok:
		l.wrong(row, key, quote(text)+" is not a date", "2026-11-25, 25/11/2026 or 25 Nov 2026 (the day stands first)")
	case day.After(now):
		l.wrong(row, key, quote(text)+" lies in the future", "a day up to today")
	case day.Before(firstDay):
		l.wrong(row, key, quote(text)+" is too long ago", "a day from 2009 on, when WhatsApp began")
	}
	return day
}

// firstDay is before any chat.
var firstDay = time.Date(2009, 1, 1, 0, 0, 0, 0, shop.WIB)

// dayForms are how dates are written in lists; the day comes before the month, as in
// Indonesia.
var dayForms = []string{"2006-01-02", "2006-01-02 15:04:05", "2006-01-02 15:04", "2/1/2006", "2-1-2006", "2.1.2006", "2/1/2006 15:04", "2/1/2006 15.04", "2 Jan 2006", "2 January 2006"}

// months are the Indonesian names that differ from the English ones.
var months = strings.NewReplacer("januari", "jan", "februari", "feb", "maret", "mar", "mei", "may", "juni", "jun", "juli", "jul",
	"agustus", "aug", "agu", "aug", "ags", "aug", "oktober", "oct", "okt", "oct", "desember", "dec", "des", "dec")

// parseListDay reads a date as lists hold it, also the number of days since 1900 that a
// spreadsheet stores; it is the midnight WIB at which the day begins.
func parseListDay(text string) (time.Time, bool) {
	text = strings.Join(strings.Fields(strings.ToLower(text)), " ")
	if serial, err := strconv.ParseFloat(text, 64); err == nil && serial >= 20_000 && serial < 100_000 {
		return time.Date(1899, 12, 30+int(math.Floor(serial)), 0, 0, 0, 0, shop.WIB), true
	}
	for _, form := range dayForms {
		for _, spelling := range []string{text, months.Replace(text)} {
			if t, err := time.ParseInLocation(form, spelling, shop.WIB); err == nil {
				return shop.Midnight(t), true
			}
		}
	}
	return time.Time{}, false
}
