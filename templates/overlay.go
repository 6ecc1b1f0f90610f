package templates

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// LoadOver reads the shipped library with the owner's folder over it and trains
// its matcher; if the examples are those of before (nil: of none), what that one
// learnt is taken over, which takes no time. What the folder holds, all of it optional:
//
//   - <theme>/<intent>.yaml takes the place of the shipped template with the same
//     intent, in whatever theme that was, or is a new one;
//   - other.yaml and unknown.yaml add to what no template answers;
//   - words.txt adds spellings ("meaning: form form"), read after the shipped ones;
//   - pictures that replies name.
//
// Templates with `draft: true` are checked and listed, no more. The folder may be
// absent. One mistake, named with its file as dir/theme/intent.yaml, refuses all.
func LoadOver(dir string, before *Library) (*Library, error) {
	s, err := readShipped(dir)
	if err != nil {
		return nil, err
	}
	return s.learn(before), nil
}

func (s *shelf) learn(before *Library) *Library {
	if before == nil || before.matcher.trust.key != learningKey(s) {
		return newLibrary(s)
	}
	lib := s.library()
	lib.matcher = before.matcher.with(s.templates)
	return lib
}

// with is the same matcher for templates that teach the same and may want other
// thresholds.
func (m *matcher) with(list []*Template) *matcher {
	same := *m
	same.thresholds = map[string]float64{}
	for _, t := range list {
		same.thresholds[t.Intent] = t.Threshold
	}
	return &same
}

// ReadOver reads and checks what LoadOver does and learns nothing, which takes most
// of the time: the library can be shown and rendered, not matched. dir may be empty:
// the shipped library alone.
func ReadOver(dir string) (*Library, error) {
	s, err := readShipped(dir)
	if err != nil {
		return nil, err
	}
	return s.library(), nil
}

func readShipped(dir string) (*shelf, error) {
	shipped, err := fs.Sub(libraryFiles, "library")
	if err != nil {
		return nil, err
	}
	return readOver(shipped, dir)
}

func readOver(shipped fs.FS, dir string) (*shelf, error) {
	var mistakes Mistakes
	s, err := parseShelf(shipped, &mistakes)
	if err != nil {
		return nil, err
	}
	if err := s.putOver(dir, &mistakes); err != nil {
		return nil, err
	}
	checkShelf(s, &mistakes)
	return s, mistakes.err()
}

// putOver lays the owner's folder over a shelf.
func (s *shelf) putOver(dir string, mistakes *Mistakes) error {
	info, err := os.Stat(dir)
	switch {
	case dir == "", os.IsNotExist(err):
		return nil
	case err != nil:
		return err
	case !info.IsDir():
		mistakes.add(filepath.ToSlash(dir), 0, "is no folder")
		return nil
	}
	own, err := parseFolder(os.DirFS(dir), filepath.ToSlash(filepath.Clean(dir)), mistakes)
	if err != nil {
		return err
	}
	for _, t := range own.templates {
		s.replace(t, dir)
	}
	for _, d := range own.drafts {
		d.Own = true
	}
	s.drafts = append(s.drafts, own.drafts...)
	for _, intent := range own.intents() {
		if lines := own.others[intent]; len(lines) > 0 {
			if first := s.templateOf(intent); first != nil {
				mistakes.add(lines[0].file, lines[0].at, "%q has a template, %s: what it lists belongs there", intent, first.file)
				continue
			}
			s.others[intent] = append(s.others[intent], lines...)
		}
	}
	s.words, s.fsys = own.words, own.fsys
	return nil
}

// replace puts a template of the owner in the very place of the shipped one, so that
// the same examples teach the same.
func (s *shelf) replace(t *Template, dir string) {
	t.Own, t.pictures = true, dir
	delete(s.others, t.Intent)
	s.where[t.Intent] = t.file
	for i, old := range s.templates {
		if old.Intent == t.Intent {
			s.templates[i] = t
			return
		}
	}
	s.templates = append(s.templates, t)
}

func (s *shelf) templateOf(intent string) *Template {
	for _, t := range s.templates {
		if t.Intent == intent {
			return t
		}
	}
	return nil
}

// wordsFile holds the owner's spellings.
const wordsFile = "words.txt"

// ownWords are spellings that only this shop's customers use: form -> the words
// it means.
type ownWords map[string][]string

// parse reads lines "meaning: form form"; # begins a comment.
func (w ownWords) parse(doc *document, text string) {
	at := 0
	for l := range strings.Lines(text) {
		at++
		l = strings.TrimSpace(strings.TrimPrefix(l, byteOrderMark))
		if l == "" || l[0] == '#' {
			continue
		}
		meaning, forms, _ := strings.Cut(l, ":")
		target := maskProducts(Normalise(meaning), nil)
		if len(target) == 0 || len(strings.Fields(forms)) == 0 {
			doc.mistakes.add(doc.file, at, "write a meaning and how people spell it: berapa: brpo brapo")
			continue
		}
		for _, form := range strings.Fields(forms) {
			key := Normalise(form)
			switch {
			case len(key) != 1:
				doc.mistakes.add(doc.file, at, "%q is read as %d words; a form is one word", form, len(key))
			case w[key[0]] != nil:
				doc.mistakes.add(doc.file, at, "%q already means %q", form, strings.Join(w[key[0]], " "))
			default:
				w[key[0]] = target
			}
		}
	}
}

// read puts meanings in the place of spellings.
func (w ownWords) read(said []string) []string {
	if len(w) == 0 {
		return said
	}
	out := make([]string, 0, len(said))
	for _, word := range said {
		if meaning := w[word]; meaning != nil {
			out = append(out, meaning...)
			continue
		}
		out = append(out, word)
	}
	return out
}
