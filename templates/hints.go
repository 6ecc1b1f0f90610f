package templates

import (
	"fmt"
	"slices"
)

// wellTaught is how many examples a template should have: ordinary wording gains
// up to about 25, beyond that only other words help.
const wellTaught = 25

// Test is one line of a template's own regression tests.
type Test struct {
	Template *Template
	Text     string
	Want     bool // must find the template; false: must not
	File     string
	Line     int
}

// Tests lists the test lines of all templates, in the order of their files.
func (l *Library) Tests() []Test {
	var out []Test
	for _, t := range l.Templates() {
		for i, at := range t.tests {
			out = append(out, Test{t, at.text, i < len(t.Positive), at.file, at.at})
		}
	}
	return out
}

// Drafts lists the templates that are not finished, by theme and intent.
func (l *Library) Drafts() []*Template { return slices.Clone(l.drafts) }

// Hints are what would make a sound library better, and what a draft lacks.
func (l *Library) Hints() []Mistake {
	var out Mistakes
	for _, t := range l.templates {
		if n := len(t.Examples); n < wellTaught {
			out.add(t.file, 0, "only %d examples; %d in different words are understood better", n, wellTaught)
		}
		if len(t.Negative) == 0 {
			out.add(t.file, 0, "no negative test: a line that sounds like it and is something else")
		}
	}
	for _, d := range l.drafts {
		out.add(d.file, 0, "is a draft: not learnt and not sent until `draft: true` is taken out%s", d.lacks())
	}
	slices.SortStableFunc(out, byPlace)
	return out
}

// lacks is what a draft still needs.
func (t *Template) lacks() string {
	lacks := ""
	if n := len(t.Examples); n < minExamples {
		lacks += fmt.Sprintf("; it has %d of at least %d examples", n, minExamples)
	}
	if len(t.Positive) == 0 {
		lacks += "; it has no positive test"
	}
	for _, a := range t.Answers {
		if n := len(a.Wordings); n < minWordings {
			lacks += fmt.Sprintf("; a reply has %d of at least %d wordings", n, minWordings)
			break
		}
	}
	return lacks
}
