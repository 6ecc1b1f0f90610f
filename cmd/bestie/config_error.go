package main

import (
	"fmt"
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

// quote shows what somebody wrote, shortened so that an error stays readable.
func quote(text string) string {
	const most = 60
	if r := []rune(text); len(r) > most {
		text = string(r[:most]) + "…"
	}
	return fmt.Sprintf("%q", text)
}
