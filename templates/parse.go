package templates

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// The two files of the library that answer nothing. What they hold the matcher
// learns as "not one of ours": wishes without a template, and no wish at all.
const (
	otherFile   = "other.yaml"   // intent: [examples]
	unknownFile = "unknown.yaml" // examples: [...]
)

// unknown is the class of messages that no template may answer.
const unknown = "unknown"

// shelf is a library as read from its files, before it has learnt anything.
type shelf struct {
	templates []*Template
	drafts    []*Template
	words     ownWords
	others    map[string][]line // intents without template, and unknown
	where     map[string]string // intent -> file
	fsys      fs.FS             // where pictures lie
}

// Bounds of a library: far more than one needs, and little enough that a folder
// of something else is refused at once.
const (
	mostFiles = 2000
	mostFile  = 256 << 10 // bytes of one YAML file; the largest shipped one has a twentieth
	mostDepth = 12        // lists and maps inside each other
)

// parseShelf reads all files. Whatever is wrong is noted; what could be read is
// returned, so that one run finds all mistakes.
func parseShelf(fsys fs.FS, mistakes *Mistakes) (*shelf, error) {
	return parseFolder(fsys, "", mistakes)
}

// parseFolder reads a folder that people know by a name, which goes before its
// files in every mistake; "" is the shipped one.
func parseFolder(fsys fs.FS, name string, mistakes *Mistakes) (*shelf, error) {
	s := &shelf{others: map[string][]line{}, where: map[string]string{}, words: ownWords{}, fsys: fsys}
	files := 0
	err := fs.WalkDir(fsys, ".", func(file string, e fs.DirEntry, err error) error {
		switch hidden := len(file) > 1 && strings.HasPrefix(path.Base(file), "."); {
		case err != nil:
			return err
		case e.IsDir() && hidden:
			return fs.SkipDir // .git
		case e.IsDir() || hidden:
			return nil // what editors leave behind
		}
		if files++; files > mostFiles {
			mistakes.add(path.Join(name, "."), 0, "holds more than %d files; is it the right folder?", mostFiles)
			return fs.SkipAll
		}
		doc := &document{path.Join(name, file), mistakes}
		switch {
		case path.Ext(file) == ".yml":
			mistakes.add(doc.file, 0, "ends in .yml; a template's name ends in .yaml")
		case path.Ext(file) == ".yaml", file == wordsFile && name != "":
			data, err := fs.ReadFile(fsys, file)
			if err != nil {
				return err
			}
			s.read(doc, file, data)
		}
		return nil
	})
	return s, err
}

// read takes one file of the library.
func (s *shelf) read(doc *document, file string, data []byte) {
	if doc.tooLarge(data) {
		return
	}
	if file == wordsFile {
		s.words.parse(doc, string(data))
		return
	}
	root := doc.open(data)
	switch {
	case root == nil:
	case file == otherFile:
		s.parseOther(root)
	case file == unknownFile:
		root.allow("examples")
		s.others[unknown] = root.lines("examples")
	default:
		s.add(parseTemplate(root, file), doc.mistakes)
	}
}

// parseOther reads the wishes that have no template yet.
func (s *shelf) parseOther(root *fields) {
	for _, intent := range root.keys() {
		s.others[intent] = root.lines(intent)
		s.where[intent] = root.doc.file
	}
}

func (s *shelf) add(t *Template, mistakes *Mistakes) {
	if first := s.where[t.Intent]; first != "" {
		mistakes.add(t.file, 1, "intent %q is in %s already", t.Intent, first)
		return
	}
	s.where[t.Intent] = t.file
	if t.Draft {
		s.drafts = append(s.drafts, t)
		return
	}
	s.templates = append(s.templates, t)
}

// parseTemplate reads one template file.
func parseTemplate(root *fields, file string) *Template {
	root.allow("intent", "title", "roles", "examples", "keywords", "variables", "replies",
		"hand_over", "closes", "greets", "careful", "threshold", "menu", "form", "tests", "draft")
	t := &Template{
		file: root.doc.file, Theme: path.Dir(file), Draft: root.flag("draft"),
		Intent: root.text("intent"), Title: root.text("title"),
		HandOver: root.flag("hand_over"), Closes: root.flag("closes"), Greets: root.flag("greets"),
		Careful: root.flag("careful"), Threshold: root.share("threshold"), Menu: texts(root.lines("menu")), Fallbacks: map[string]string{},
	}
	t.examples = append(root.lines("examples"), root.lines("keywords")...)
	t.Examples, t.Keywords = texts(root.lines("examples")), texts(root.lines("keywords"))
	t.Roles = rolesOf(root.lines("roles"))
	if t.Careful && t.Threshold == 0 {
		t.Threshold = carefulThreshold
	}
	if f := root.inner("form"); f != nil {
		t.Form = parseForm(f)
	}
	if v := root.inner("variables"); v != nil {
		for _, name := range v.keys() {
			t.Fallbacks[name] = v.text(name)
		}
	}
	for _, n := range root.list("replies") {
		if a := root.doc.mapping(n, "a reply"); a != nil {
			t.Answers = append(t.Answers, parseAnswer(a))
		}
	}
	if tests := root.inner("tests"); tests != nil {
		tests.allow("positive", "negative")
		t.Positive, t.Negative = texts(tests.lines("positive")), texts(tests.lines("negative"))
		t.tests = append(tests.lines("positive"), tests.lines("negative")...)
	}
	checkTemplate(root, t)
	t.Version = version(t)
	return t
}

func parseForm(f *fields) *Form {
	f.allow("fields", "done")
	form := &Form{Done: texts(f.lines("done"))}
	for _, n := range f.list("fields") {
		if m := f.doc.mapping(n, "a field"); m != nil {
			m.allow("name", "kind", "ask")
			form.Fields = append(form.Fields, Field{m.text("name"), FieldKind(m.text("kind")), m.text("ask"), m.at})
		}
	}
	return form
}

// version is a hash over all that a template can say, and when.
func version(t *Template) string {
	sum := sha256.New()
	for _, c := range t.Cells() {
		switch part, _, _ := strings.Cut(c.Part, "."); part {
		case "replies", "variables", "form", "menu":
			fmt.Fprintf(sum, "%q %q\n", c.Part, c.Text)
		}
	}
	return hex.EncodeToString(sum.Sum(nil))[:8]
}

// rolesOf drops the places.
func rolesOf(lines []line) []Role {
	out := make([]Role, len(lines))
	for i, l := range lines {
		out[i] = Role(l.text)
	}
	return out
}

func parseAnswer(a *fields) Answer {
	a.allow("needs", "roles", "answers", "asks", "wordings", "call_to_action", "image")
	if a.values["answers"] == nil {
		a.wrong("answers", "is missing: true if this reply gives the asked fact or the next step, false if it only holds")
	}
	return Answer{
		Needs: texts(a.lines("needs")), Stops: a.flag("answers"), Asks: a.flag("asks"),
		Roles: rolesOf(a.lines("roles")), Wordings: texts(a.lines("wordings")), CallToAction: texts(a.lines("call_to_action")),
		Image: a.text("image"), line: a.at,
	}
}

// texts drops the places.
func texts(lines []line) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = l.text
	}
	return out
}

// intents lists everything the matcher tells apart, in alphabetical order.
func (s *shelf) intents() []string {
	out := make([]string, 0, len(s.templates)+len(s.others))
	for _, t := range s.templates {
		out = append(out, t.Intent)
	}
	for intent := range s.others {
		out = append(out, intent)
	}
	slices.Sort(out)
	return out
}
