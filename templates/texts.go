package templates

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"text/template"
	"unicode"
	"unicode/utf8"

	"bestie/shop"
)

//go:embed texts/*.tmpl
var textFiles embed.FS

// Text is one of the texts outside the library, with what it says: Holding,
// Page, Balance, … (texts_customer.go, texts_admin.go). Each has a file
// texts/<name>.tmpl.
type Text interface {
	text() string // the file's name without .tmpl
}

// answering is implemented by texts that give the asked fact or the next step
// and so stop the SLA clock; all others only hold.
type answering interface{ answers() }

// Texts is the catalogue of all texts outside the library. It never changes
// after loading and may be used by any number of goroutines.
type Texts struct {
	wordings map[string][]*template.Template
}

// LoadTexts reads the texts that ship with the program and writes a sample of
// each, so that a misspelt field is found at start and not in front of a
// customer. It names every mistake by file.
func LoadTexts() (*Texts, error) {
	sub, err := fs.Sub(textFiles, "texts")
	if err != nil {
		return nil, err
	}
	return loadTexts(sub)
}

// wordingMark is the line between two wordings of one text.
const wordingMark = "\n---\n"

// partFile holds what several texts share.
const partFile = "who.tmpl"

func loadTexts(fsys fs.FS) (*Texts, error) {
	t := &Texts{wordings: map[string][]*template.Template{}}
	parts, err := fs.ReadFile(fsys, partFile)
	if err != nil {
		return nil, err
	}
	shared, err := template.New("parts").Funcs(textFuncs).Parse(string(parts))
	if err != nil {
		return nil, err
	}
	files, err := fs.Glob(fsys, "*.tmpl")
	if err != nil {
		return nil, err
	}
	var wrong []error
	for _, file := range files {
		if file == partFile {
			continue
		}
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, err
		}
		wrong = append(wrong, t.parse(file, string(data), shared))
	}
	return t, errors.Join(append(wrong, t.check())...)
}

// parse reads all wordings of one file.
func (t *Texts) parse(file, data string, shared *template.Template) error {
	name := strings.TrimSuffix(path.Base(file), ".tmpl")
	for i, wording := range strings.Split(strings.TrimSpace(data), wordingMark) {
		base, err := shared.Clone()
		if err != nil {
			return err
		}
		one, err := base.New(fmt.Sprintf("texts/%s#%d", file, i+1)).Option("missingkey=error").Parse(wording)
		if err != nil {
			return err
		}
		t.wordings[name] = append(t.wordings[name], one)
	}
	return nil
}

// check writes every wording of every text with all its samples.
func (t *Texts) check() error {
	var wrong []error
	used := map[string]bool{}
	for _, sample := range textSamples {
		used[sample.text()] = true
		n := len(t.wordings[sample.text()])
		if n == 0 {
			wrong = append(wrong, fmt.Errorf("texts/%s.tmpl is missing", sample.text()))
		}
		for i := range n {
			if _, err := t.Render(sample, func(int) int { return i }); err != nil {
				wrong = append(wrong, err)
			}
		}
	}
	for name := range t.wordings {
		if !used[name] {
			wrong = append(wrong, fmt.Errorf("texts/%s.tmpl is used by nothing", name))
		}
	}
	return errors.Join(wrong...)
}

// Render writes a text. With several wordings pick chooses one.
func (t *Texts) Render(data Text, pick Pick) (Reply, error) {
	name := data.text()
	wordings := t.wordings[name]
	if len(wordings) == 0 {
		return Reply{}, fmt.Errorf("%w for text %q", ErrNoTemplate, name)
	}
	i := pick.of(len(wordings))
	var b strings.Builder
	if err := wordings[i].Execute(&b, data); err != nil {
		return Reply{}, err
	}
	_, answers := data.(answering)
	text := strings.TrimSpace(b.String())
	if text == "" {
		return Reply{}, fmt.Errorf("texts/%s.tmpl says nothing", name)
	}
	return Reply{Text: text, Template: "texts/" + name, Wording: i, Answers: answers}, nil
}

// textFuncs are the functions a text may use.
var textFuncs = template.FuncMap{
	"kak": Kak, "age": shop.Age, "dateclock": shop.DateClock, "clock": shop.Clock, "excerpt": Excerpt, "plain": plain, "capital": capital,
	"statename": StateName,
	"label":     func(field string) string { return strings.ReplaceAll(field, "_", " ") },
	"date":      shop.Date, "listed": listed, "paged": pagedOf,
	"holder": func(r shop.Roster, role string) string { return holderOf(r, shop.Role(role)) },
	"inc":    func(i int) int { return i + 1 },
	"code":   threeDigits, "platform": PlatformName, "gaps": gapsOf, "day": func(d shop.Day) string { return shop.Date(d.Start()) },
	"phone": func(digits string) string {
		if digits == "" {
			return ""
		}
		return "+" + digits
	},
}

// maxExcerpt is how many characters of a message a page quotes.
const maxExcerpt = 80

// Excerpt is the first words of a message for a page: one line, at most 80
// characters, without signs that would format or hide text in a chat.
func Excerpt(text string) string {
	clean := plain(text)
	if utf8.RuneCountInString(clean) <= maxExcerpt {
		return clean
	}
	rs := []rune(clean)[:maxExcerpt]
	short := string(rs)
	if i := strings.LastIndexByte(short, ' '); i > maxExcerpt/2 {
		short = short[:i]
	}
	return strings.TrimRight(short, " ,.") + "…"
}

// plain is what a customer wrote as one line, without signs that would format or
// hide text in a chat.
func plain(text string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune("*_~`\"“”", r):
			return -1
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.In(r, unicode.Cf) && r != '\u200d':
			return -1
		}
		return r
	}, clip(text, maxText))
	return strings.Join(strings.Fields(clean), " ")
}
