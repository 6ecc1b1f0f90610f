package templates

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	minExamples = 5   // fewer teach the matcher nothing reliable
	minWordings = 2   // one wording sounds like a robot (domain facts, section 2)
	maxWordings = 4   // more are not kept in step
	maxWording  = 600 // runes: no walls of text in a chat
)

// intentName is how intents are written: tanya_harga.
var intentName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// placeholder is a variable in a wording: {{kota}}.
var placeholder = regexp.MustCompile(`\{\{\s*([^{}]*?)\s*\}\}`)

// checkTemplate notes what is wrong inside one template.
func checkTemplate(root *fields, t *Template) {
	if _, ok := themeOf(t.file); !ok {
		root.wrong("intent", "stands in the wrong place: a template lies in library/<theme>/<intent>.yaml")
	}
	switch name := strings.TrimSuffix(path.Base(t.file), ".yaml"); {
	case !intentName.MatchString(t.Intent):
		root.wrong("intent", "must be written like tanya_harga: small letters, digits and _")
	case t.Intent != name:
		root.wrong("intent", "must be the file's name, "+name)
	}
	if t.Title == "" {
		root.wrong("title", "is missing")
	}
	if len(t.Roles) == 0 {
		root.wrong("roles", "is missing; allowed: "+strings.Join(roles, ", "))
	}
	for _, r := range t.Roles {
		if !slices.Contains(roles, r) {
			root.wrong("roles", "knows no "+r+"; allowed: "+strings.Join(roles, ", "))
		}
	}
	if len(t.Examples) < minExamples {
		root.wrong("examples", "must be at least 5 ways to say it")
	}
	if len(t.Positive) == 0 {
		root.wrong("tests", "must hold at least one positive line")
	}
	for _, l := range t.tests {
		if slices.ContainsFunc(t.examples, func(e line) bool { return sameWords(e.text, l.text) }) {
			root.doc.mistakes.add(t.file, l.at, "%q is an example too: a test must be new to the matcher", l.text)
		}
	}
	checkAnswers(root, t)
}

// checkAnswers notes what is wrong with the replies of a template.
func checkAnswers(root *fields, t *Template) {
	note := root.doc.mistakes
	if len(t.Answers) == 0 {
		root.wrong("replies", "is missing")
	}
	for name := range t.Fallbacks {
		checkVariable(root, t, root.where("variables"), name)
	}
	for i, a := range t.Answers {
		if n := len(a.Wordings); n < minWordings || n > maxWordings {
			note.add(t.file, a.line, "a reply has %d to %d wordings, this one %d", minWordings, maxWordings, n)
		}
		if len(a.Needs) == 0 && i < len(t.Answers)-1 {
			note.add(t.file, a.line, "this reply needs nothing, so the ones after it are never sent; put it last")
		}
		for _, name := range a.Needs {
			checkVariable(root, t, a.line, name)
		}
		for _, w := range a.Wordings {
			checkWording(root, t, a, w)
		}
	}
}

// checkWording notes variables of a wording that may be empty when it is sent.
func checkWording(root *fields, t *Template, a Answer, wording string) {
	note := root.doc.mistakes
	if n := utf8.RuneCountInString(wording); n > maxWording {
		note.add(t.file, a.line, "a wording of %d characters is too long for a chat; at most %d", n, maxWording)
	}
	for _, m := range placeholder.FindAllStringSubmatch(wording, -1) {
		name := m[1]
		if !checkVariable(root, t, a.line, name) || name == VarKak || slices.Contains(a.Needs, name) {
			continue
		}
		if _, has := t.Fallbacks[name]; !has {
			note.add(t.file, a.line, "{{%s}} may be unknown: list it under needs, or give it a text under variables", name)
		}
	}
	if rest := placeholder.ReplaceAllString(wording, ""); strings.ContainsAny(rest, "{}") {
		note.add(t.file, a.line, "a brace is left over in %q; a variable is written {{%s}}", wording, VarCity)
	}
}

// checkVariable notes a variable that the program does not know.
func checkVariable(root *fields, t *Template, at int, name string) bool {
	if slices.Contains(variables, name) {
		return true
	}
	root.doc.mistakes.add(t.file, at, "unknown variable %q; allowed: %s", name, strings.Join(variables, ", "))
	return false
}

// checkShelf notes what is wrong between the files: one phrase that would teach
// two intents, or is there twice.
func checkShelf(s *shelf, mistakes *Mistakes) {
	type place struct{ intent, file, text string }
	seen := map[string]place{}
	learn := func(intent, file string, examples []line) {
		for _, e := range examples {
			key := strings.Join(Normalise(e.text), " ")
			first, twice := seen[key]
			if twice && key != "" && (first.intent != intent || strings.EqualFold(first.text, e.text)) {
				mistakes.add(file, e.at, "%q is already an example of %s (%s)", e.text, first.intent, first.file)
			}
			seen[key] = place{intent, file, e.text}
		}
	}
	for _, t := range s.templates {
		learn(t.Intent, t.file, t.examples)
	}
	for _, intent := range s.intents() {
		file := s.where[intent]
		if intent == unknown {
			file = unknownFile
		}
		learn(intent, file, s.others[intent])
	}
	if len(s.templates) == 0 {
		mistakes.add(".", 0, "the library holds no template")
	}
}

// sameWords tells that two texts are the same to the matcher.
func sameWords(a, b string) bool { return slices.Equal(Normalise(a), Normalise(b)) }
