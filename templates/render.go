package templates

import (
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// ErrMissing is wrapped by Render's error when no reply of a template can be
// sent because a variable that they all need is not known; the error names it.
var ErrMissing = errors.New("variable not known")

// ErrNoTemplate is wrapped by Render's error for an intent without a template.
var ErrNoTemplate = errors.New("no such template")

// Vars are the facts a reply may use, by variable name (VarCity, …). An empty
// value is the same as an absent one: the fact is not known.
type Vars map[string]string

// Pick chooses one of n wordings, 0 to n-1. It is injected so that scripts and
// tests can repeat a run; nil always takes the first.
type Pick func(n int) int

// Reply is a text ready to be sent, and what it means for the conversation.
type Reply struct {
	Text     string
	Intent   string // empty for texts outside the library
	Template string // "pengiriman/ongkir" or "texts/holding"
	Wording  int    // which wording was picked, from 0
	Version  string // of the template
	// CallToAction is the next step: it goes on a line of its own at the end of the
	// message, once. It is not part of Text.
	CallToAction string
	Needs        []string // the variables without which it would not have been said
	Image        string   // picture to send with it: a file of the library or a path of the owner's; empty for none
	Answers      bool     // stops the SLA clock (domain facts, section 1)
	Promises     bool     // somebody was promised to look: only a person ends the wait
	HandOver     bool     // page a person at once
	Closes       bool     // says goodbye: no clock runs afterwards
	Greets       bool     // greets already: put no greeting line before it
}

// Render writes the reply of an intent to a reader: of the template's replies the
// first that is for them and whose needs are all known. Without one it fails with
// ErrMissing.
func (l *Library) Render(intent string, reader Role, vars Vars, pick Pick) (Reply, error) {
	t := l.Template(intent)
	if t == nil {
		return Reply{}, fmt.Errorf("%w for %q", ErrNoTemplate, intent)
	}
	answer, missing := t.answer(reader, vars)
	if missing != "" {
		return Reply{}, fmt.Errorf("%w: %s, needed by %s", ErrMissing, missing, t.ID())
	}
	i := pick.of(len(answer.Wordings))
	call := ""
	if n := len(answer.CallToAction); n > 0 {
		call = fill(answer.CallToAction[pick.of(n)], vars, t.Fallbacks)
	}
	return Reply{
		Text: fill(answer.Wordings[i], vars, t.Fallbacks), Intent: intent, Template: t.ID(), Wording: i, Version: t.Version,
		CallToAction: call, Needs: answer.Needs, Image: t.picture(answer.Image, vars),
		Answers: answer.Stops, Promises: !answer.Stops && !answer.Asks && !t.Closes && !t.Greets, HandOver: t.HandOver, Closes: t.Closes, Greets: t.Greets,
	}, nil
}

// picture is the file of a reply's picture: the product's own, or one of the
// owner's folder.
func (t *Template) picture(image string, vars Vars) string {
	if image == "" || placeholder.MatchString(image) {
		return fill(image, vars, nil)
	}
	return filepath.Join(t.pictures, filepath.FromSlash(image))
}

// Ask is the question of a form's field.
func (t *Template) Ask(f Field, vars Vars) string { return fill(f.Ask, vars, t.Fallbacks) }

// Done is what is said when a form is complete: one of the wordings for which
// everything is known.
func (t *Template) Done(vars Vars, pick Pick) string {
	var fit []string
	for _, w := range t.Form.Done {
		if !slices.ContainsFunc(t.Form.Fields, func(f Field) bool { return vars[f.Name] == "" && uses(w, []string{f.Name}) }) {
			fit = append(fit, w)
		}
	}
	return fill(fit[pick.of(len(fit))], vars, t.Fallbacks)
}

// uses tells whether a wording holds one of the variables.
func uses(wording string, names []string) bool {
	return slices.ContainsFunc(placeholder.FindAllStringSubmatch(wording, -1), func(m []string) bool { return slices.Contains(names, m[1]) })
}

// of asks for a choice and never trusts it out of bounds.
func (p Pick) of(n int) int {
	if p == nil || n <= 1 {
		return 0
	}
	if i := p(n); i >= 0 && i < n {
		return i
	}
	return 0
}

// answer finds the first reply whose needs are met, or names a variable that
// the last one lacks.
func (t *Template) answer(reader Role, vars Vars) (a Answer, missing string) {
	for _, a = range t.Answers {
		if len(a.Roles) > 0 && !slices.Contains(a.Roles, reader) {
			continue
		}
		missing = ""
		for _, name := range a.Needs {
			if vars[name] == "" {
				missing = name
				break
			}
		}
		if missing == "" {
			return a, ""
		}
	}
	return a, missing
}

// fill puts the variables into a wording.
func fill(wording string, vars Vars, fallbacks map[string]string) string {
	text := placeholder.ReplaceAllStringFunc(wording, func(p string) string {
		name := placeholder.FindStringSubmatch(p)[1]
		switch {
		case vars[name] != "":
			return vars[name]
		case name == VarKak:
			return "Kak"
		}
		return fallbacks[name]
	})
	return tidy(text)
}

var (
	spaceBefore = regexp.MustCompile(` +([,.!?])`)
	spaces      = regexp.MustCompile(` {2,}`)
)

// tidy removes the gaps that an empty variable leaves.
func tidy(text string) string {
	return strings.TrimSpace(spaces.ReplaceAllString(spaceBefore.ReplaceAllString(text, "$1"), " "))
}

// SampleVars is every variable with its own name in brackets, to see where it
// stands: "[kota]". The picture is left out, there is none to show.
func SampleVars() Vars {
	out := Vars{}
	for _, name := range variables {
		if name != VarImage && name != VarKak {
			out[name] = "[" + name + "]"
		}
	}
	return out
}

// Fill puts variables into a text of a template, to show it. What is not given
// leaves no gap.
func Fill(wording string, vars Vars) string { return fill(wording, vars, nil) }
