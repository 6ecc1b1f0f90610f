package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Division is a part of the shop that answers for what the desk cannot: its name is
// one word, as admins write it behind "oper 3".
type Division struct {
	Name  string
	Phone string // international digits
}

const mostDivisions = 20

// divisionForm is one word that no number and no command is mistaken for.
var divisionForm = regexp.MustCompile(`^[a-z][a-z0-9_-]{1,19}$`)

// divisionsKind is a map of divisions to their WhatsApp numbers.
func divisionsKind() settingKind {
	return settingKind{
		allowed: fmt.Sprintf("up to %d names of one word with WhatsApp numbers, such as {gudang: \"0812-3333-4444\"}", mostDivisions),
		shape:   shapeMap,
		set: func(c *Config, v rawValue) []Mistake {
			if v.shape != shapeMap {
				return []Mistake{{Line: v.line, Problem: "found " + v.found() + " where divisions with numbers belong"}}
			}
			if len(v.fields) > mostDivisions {
				return []Mistake{{Line: v.line, Problem: fmt.Sprintf("has %d items", len(v.fields))}}
			}
			var list []Division
			var mistakes []Mistake
			for _, f := range v.fields {
				d, wrong := readDivision(f, list)
				if wrong.Problem != "" {
					wrong.Key, wrong.Line = "."+f.key, f.line
					mistakes = append(mistakes, wrong)
				}
				list = append(list, d)
			}
			if len(mistakes) == 0 {
				c.Divisions = list
			}
			return mistakes
		},
		show: func(c *Config) string {
			var parts []string
			for _, d := range c.Divisions {
				parts = append(parts, fmt.Sprintf("%s: %q", d.Name, d.Phone))
			}
			if len(parts) == 0 {
				return ""
			}
			return "{" + strings.Join(parts, ", ") + "}"
		},
	}
}

// readDivision reads one of them; those before it have their names and numbers.
func readDivision(f rawField, before []Division) (d Division, wrong Mistake) {
	d.Name = strings.ToLower(strings.TrimSpace(f.key))
	if !divisionForm.MatchString(d.Name) {
		return d, Mistake{Problem: quote(f.key) + " is not a name", Allowed: "one word of 2 to 20 letters"}
	}
	d.Phone, wrong.Problem, wrong.Allowed = readScalar(f.value, parsePhone, phoneAllowed)
	switch {
	case wrong.Problem != "":
		return d, wrong
	case slices.ContainsFunc(before, func(o Division) bool { return o.Name == d.Name }):
		return d, Mistake{Problem: "is given twice"}
	case slices.ContainsFunc(before, func(o Division) bool { return o.Phone == d.Phone }):
		return d, Mistake{Problem: quote(d.Phone) + " is there twice", Allowed: "a number of its own for every division"}
	}
	return d, Mistake{}
}
