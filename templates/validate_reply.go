package templates

import (
	"io/fs"
	"maps"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"
)

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
		if n := len(a.Wordings); n < minWordings && !t.Draft || n == 0 || n > maxWordings {
			note.add(t.file, a.line, "a reply has %d to %d wordings, this one %d", minWordings, maxWordings, n)
		}
		checkRoles(root, a.line, a.Roles)
		if len(a.Needs) == 0 && len(a.Roles) == 0 && i < len(t.Answers)-1 {
			note.add(t.file, a.line, "this reply needs nothing, so the ones after it are never sent; put it last")
		}
		for _, name := range a.Needs {
			checkVariable(root, t, a.line, name)
		}
		for _, w := range a.Wordings {
			checkWording(root, t, a.line, w, a.Needs)
		}
		checkCalls(root, t, a)
	}
	if last := t.Answers[max(0, len(t.Answers)-1):]; len(last) == 1 && len(last[0].Roles) > 0 {
		note.add(t.file, last[0].line, "the last reply must be for everybody: leave out roles")
	}
	if t.Form != nil {
		checkForm(root, t)
	}
}

func checkRoles(root *fields, at int, list []Role) {
	for _, r := range list {
		if !slices.Contains(roles, string(r)) {
			root.doc.mistakes.add(root.doc.file, at, "roles knows no %s; allowed: %s", r, strings.Join(roles, ", "))
		}
	}
}

// checkCalls notes what is wrong with the call to action of a reply.
func checkCalls(root *fields, t *Template, a Answer) {
	if n := len(a.CallToAction); n > maxWordings {
		root.doc.mistakes.add(t.file, a.line, "a reply has at most %d calls to action, this one %d", maxWordings, n)
	}
	for _, call := range a.CallToAction {
		checkWording(root, t, a.line, call, a.Needs)
		if strings.Count(call, "?") > 1 {
			root.doc.mistakes.add(t.file, a.line, "%q asks two things: one call to action", call)
		}
	}
}

// checkForm notes what is wrong with a form.
func checkForm(root *fields, t *Template) {
	note := root.doc.mistakes
	at := root.where("form")
	if len(t.Form.Fields) == 0 {
		note.add(t.file, at, "a form has at least one of fields")
	}
	if n := len(t.Form.Done); n == 0 || n > maxWordings {
		note.add(t.file, at, "done has 1 to %d wordings, this one %d", maxWordings, n)
	}
	seen := map[string]bool{}
	for _, f := range t.Form.Fields {
		switch {
		case !intentName.MatchString(f.Name):
			note.add(t.file, f.line, "a field's name is written like nama_toko: small letters, digits and _")
		case seen[f.Name]:
			note.add(t.file, f.line, "the field %s is there twice", f.Name)
		}
		seen[f.Name] = true
		if !slices.Contains(fieldKinds, string(f.Kind)) {
			note.add(t.file, f.line, "a field's kind must be one of %s", strings.Join(fieldKinds, ", "))
		}
		if f.Ask == "" {
			note.add(t.file, f.line, "ask is missing")
		}
		checkWording(root, t, f.line, f.Ask, nil)
	}
	given := slices.Sorted(maps.Keys(seen))
	for _, w := range t.Form.Done {
		checkWording(root, t, at, w, given)
	}
	if !slices.ContainsFunc(t.Form.Done, func(w string) bool { return !uses(w, given) }) {
		note.add(t.file, at, "one of done must do without what is asked for: a customer may leave it out")
	}
}

// maxImage is the largest picture of the library, in bytes: it is read and sent
// with every reply that has it.
const maxImage = 1 << 20

// checkImage notes a picture that is not there or that WhatsApp would not show.
func checkImage(s *shelf, t *Template, a Answer, mistakes *Mistakes) {
	if a.Image == "" || a.Image == "{{"+VarImage+"}}" {
		return
	}
	data, err := fs.ReadFile(s.fsys, a.Image)
	kind := http.DetectContentType(data)
	switch {
	case err != nil:
		mistakes.add(t.file, a.line, "the picture %q is not in the library (write the path from the library's folder, or {{%s}})", a.Image, VarImage)
	case kind != "image/jpeg" && kind != "image/png":
		mistakes.add(t.file, a.line, "the picture %q is no JPEG and no PNG", a.Image)
	case len(data) > maxImage:
		mistakes.add(t.file, a.line, "the picture %q has %d kB; at most %d", a.Image, len(data)>>10, maxImage>>10)
	}
}

// checkMenu notes menus that lead nowhere.
func checkMenu(s *shelf, t *Template, mistakes *Mistakes) {
	if n := len(t.Menu); n == 1 || n > maxMenu {
		mistakes.add(t.file, 1, "a menu has 2 to %d choices, this one %d", maxMenu, n)
	}
	for _, intent := range t.Menu {
		i := slices.IndexFunc(s.templates, func(o *Template) bool { return o.Intent == intent })
		switch {
		case i < 0:
			mistakes.add(t.file, 1, "the menu offers %q, which no template answers", intent)
		case s.templates[i].Careful:
			mistakes.add(t.file, 1, "the menu offers %q, which is careful: it is never offered", intent)
		}
	}
}

// checkWording notes variables of a wording that may be empty when it is sent;
// those in needs are known.
func checkWording(root *fields, t *Template, at int, wording string, needs []string) {
	note := root.doc.mistakes
	if n := utf8.RuneCountInString(wording); n > maxWording {
		note.add(t.file, at, "a wording of %d characters is too long for a chat; at most %d", n, maxWording)
	}
	for _, m := range placeholder.FindAllStringSubmatch(wording, -1) {
		name := m[1]
		if !checkVariable(root, t, at, name) || name == VarKak || slices.Contains(needs, name) {
			continue
		}
		if _, has := t.Fallbacks[name]; !has {
			note.add(t.file, at, "{{%s}} may be unknown: list it under needs, or give it a text under variables", name)
		}
	}
	if rest := placeholder.ReplaceAllString(wording, ""); strings.ContainsAny(rest, "{}") {
		note.add(t.file, at, "a brace is left over in %q; a variable is written {{%s}}", wording, VarCity)
	}
}

// checkVariable notes a variable that the program does not know.
func checkVariable(root *fields, t *Template, at int, name string) bool {
	if slices.Contains(variables, name) || t.Form != nil && slices.ContainsFunc(t.Form.Fields, func(f Field) bool { return f.Name == name }) {
		return true
	}
	root.doc.mistakes.add(t.file, at, "unknown variable %q; allowed: %s", name, strings.Join(variables, ", "))
	return false
}
