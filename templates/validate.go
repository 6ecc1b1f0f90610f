package templates

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

const (
	minExamples = 5   // fewer teach the matcher nothing reliable
	minWordings = 2   // one wording sounds like a robot (domain facts, section 2)
	maxWordings = 4   // more are not kept in step
	maxWording  = 600 // runes: no walls of text in a chat
	maxMenu     = 5   // choices; more are not read
	// carefulThreshold is the confidence from which a careful template answers.
	carefulThreshold = 0.7
)

// intentName is how intents are written: tanya_harga.
var intentName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// placeholder is a variable in a wording: {{kota}}.
var placeholder = regexp.MustCompile(`\{\{\s*([^{}]*?)\s*\}\}`)

// checkTemplate notes what is wrong inside one template.
func checkTemplate(root *fields, t *Template) {
	if t.Theme == "." || strings.Contains(t.Theme, "/") {
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
	checkRoles(root, root.where("roles"), t.Roles)
	if n := len(t.Examples); n < minExamples && !t.Draft || n == 0 {
		root.wrong("examples", "must be at least 5 ways to say it")
	}
	if len(t.Positive) == 0 && !t.Draft {
		root.wrong("tests", "must hold at least one positive line")
	}
	for _, l := range t.tests {
		if slices.ContainsFunc(t.examples, func(e line) bool { return sameWords(e.text, l.text) }) {
			root.doc.mistakes.add(t.file, l.at, "%q is an example too: a test must be new to the matcher", l.text)
		}
	}
	checkAnswers(root, t)
}

// checkShelf notes what is wrong between the files: one phrase that would teach
// two intents, or is there twice.
func checkShelf(s *shelf, mistakes *Mistakes) {
	type place struct{ intent, file, text string }
	seen := map[string]place{}
	learn := func(intent string, examples []line) {
		for _, e := range examples {
			key := strings.Join(Normalise(e.text), " ")
			first, twice := seen[key]
			if twice && key != "" && (first.intent != intent || strings.EqualFold(first.text, e.text)) {
				mistakes.add(e.file, e.at, "%q is already an example of %s (%s)", e.text, first.intent, first.file)
			}
			seen[key] = place{intent, e.file, e.text}
		}
	}
	for _, t := range s.templates {
		learn(t.Intent, t.examples)
		checkMenu(s, t, mistakes)
		for _, a := range t.Answers {
			checkImage(s, t, a, mistakes)
		}
	}
	for _, intent := range s.intents() {
		learn(intent, s.others[intent])
	}
	if len(s.templates) == 0 {
		mistakes.add(".", 0, "the library holds no template")
	}
}

// sameWords tells that two texts are the same to the matcher.
func sameWords(a, b string) bool { return slices.Equal(Normalise(a), Normalise(b)) }

// NameOK tells whether a theme or an intent may be called so: small letters, digits
// and _, a letter first, at most 60 of them.
func NameOK(name string) bool { return len(name) <= 60 && intentName.MatchString(name) }
