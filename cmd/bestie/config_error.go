package main

import (
	"fmt"
	"regexp"
	"strings"
)

// Mistake is one thing that is wrong with the configuration.
type Mistake struct {
	Source  string // file or environment variable, "" for a script's config line
	Line    int    // in that file, 0 when lines mean nothing
	Key     string // path of the setting, "" for a fault of the whole file
	Problem string // what was found and why it cannot be
	Allowed string // what would be right, "" when Problem says it
}

// String is one line: place, key, problem, allowed values.
func (m Mistake) String() string {
	var b strings.Builder
	if m.Source != "" {
		b.WriteString(m.Source)
		if m.Line > 0 {
			fmt.Fprintf(&b, ":%d", m.Line)
		}
		b.WriteString(": ")
	}
	if m.Key != "" {
		b.WriteString(m.Key + ": ")
	}
	b.WriteString(m.Problem)
	if m.Allowed != "" {
		b.WriteString("; allowed: " + m.Allowed)
	}
	return b.String()
}

// ConfigError is every mistake found in one configuration, so that a bad file is
// corrected in one go. The program ends with exit code 2.
type ConfigError struct {
	Mistakes []Mistake
}

// Error lists the mistakes, one on a line.
func (e *ConfigError) Error() string {
	lines := make([]string, len(e.Mistakes))
	for i, m := range e.Mistakes {
		lines[i] = m.String()
	}
	return strings.Join(lines, "\n")
}

// numberLike finds what may be a telephone number, however it is spelt.
var numberLike = regexp.MustCompile(`(?:\+|\b0|\b62)[0-9 ().-]{6,}[0-9]`)

// quote shows what somebody wrote, shortened so that an error stays readable, and
// without whole telephone numbers: what goes wrong at the start ends in a log.
func quote(text string) string {
	text = numberLike.ReplaceAllStringFunc(text, hideDigits)
	const most = 60
	if r := []rune(text); len(r) > most {
		text = string(r[:most]) + "…"
	}
	return fmt.Sprintf("%q", text)
}

// hideDigits keeps the first five and the last three digits (field guide, section 7).
func hideDigits(number string) string {
	isDigit := func(c rune) bool { return c >= '0' && c <= '9' }
	total, seen := 0, 0
	for _, c := range number {
		if isDigit(c) {
			total++
		}
	}
	return strings.Map(func(c rune) rune {
		if !isDigit(c) {
			return c
		}
		seen++
		if seen > 5 && seen <= total-3 {
			return '*'
		}
		return c
	}, number)
}
