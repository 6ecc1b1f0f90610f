package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"bestie/shop"
)

// Division is a part of the shop that answers for what the desk cannot: its name is
// one word, as admins write it behind "oper 3".
type Division struct {
	Name  string
	Phone string // international digits, "" for a group
	Group string // "120363…@g.us", "" for a number
}

// address is where the division is written to.
func (d Division) address() shop.Address { return shop.Address{Phone: d.Phone, LID: d.Group} }

// shown is its number or its group's address.
func (d Division) shown() string { return d.Phone + d.Group }

// groupForm is the address of a WhatsApp group, of today or, with a hyphen, an old one.
var groupForm = regexp.MustCompile(`^\d{10,25}(-\d{6,14})?@g\.us$`)

const contactAllowed = phoneAllowed + `, or the address of a WhatsApp group such as "120363041234567890@g.us"`

// parseContact reads a number or the address of a group.
func parseContact(s string) (string, error) {
	if strings.HasSuffix(s, shop.GroupSuffix) {
		if !groupForm.MatchString(s) {
			return "", refusal("is not the address of a group")
		}
		return s, nil
	}
	return parsePhone(s)
}

const mostDivisions = 20

// divisionForm is one word that no number and no command is mistaken for.
var divisionForm = regexp.MustCompile(`^[a-z][a-z0-9_-]{1,19}$`)

// divisionsKind is a map of divisions to their WhatsApp numbers.
func divisionsKind() settingKind {
	return settingKind{
		allowed: fmt.Sprintf("up to %d names of one word with WhatsApp numbers or groups, such as {gudang: \"0812-3333-4444\", keuangan: \"120363041234567890@g.us\"}", mostDivisions),
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
				parts = append(parts, fmt.Sprintf("%s: %q", d.Name, d.shown()))
			}
			if len(parts) == 0 {
				return ""
			}
			return "{" + strings.Join(parts, ", ") + "}"
		},
	}
}

// groups are the groups that the bot writes to.
func (c *Config) groups() (out []string) {
	for _, d := range c.Divisions {
		if d.Group != "" {
			out = append(out, d.Group)
		}
	}
	if _, group := c.Warehouse.contact(); group != "" && !slices.Contains(out, group) { // of no division
		out = append(out, group)
	}
	return out
}

// readDivision reads one of them; those before it have their names and numbers.
func readDivision(f rawField, before []Division) (d Division, wrong Mistake) {
	d.Name = strings.ToLower(strings.TrimSpace(f.key))
	if !divisionForm.MatchString(d.Name) {
		return d, Mistake{Problem: quote(f.key) + " is not a name", Allowed: "one word of 2 to 20 letters"}
	}
	contact := ""
	contact, wrong.Problem, wrong.Allowed = readScalar(f.value, parseContact, contactAllowed)
	if strings.HasSuffix(contact, shop.GroupSuffix) {
		d.Group = contact
	} else {
		d.Phone = contact
	}
	switch {
	case wrong.Problem != "":
		return d, wrong
	case slices.ContainsFunc(before, func(o Division) bool { return o.Name == d.Name }):
		return d, Mistake{Problem: "is given twice"}
	case slices.ContainsFunc(before, func(o Division) bool { return o.shown() == d.shown() }):
		return d, Mistake{Problem: quote(d.shown()) + " is there twice", Allowed: "a number or group of its own for every division"}
	}
	return d, Mistake{}
}
