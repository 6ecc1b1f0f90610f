package templates

import (
	"embed"
	"io/fs"
	"slices"
	"strings"
)

//go:embed library
var libraryFiles embed.FS

// Library is the reply library: templates, and the matcher that learnt from
// their examples. It never changes after loading and may be used by any number
// of goroutines.
type Library struct {
	templates []*Template // in the order of their files
	drafts    []*Template
	words     ownWords // the owner's
	byIntent  map[string]*Template
	matcher   *matcher
}

// Load reads the library that ships with the program.
func Load() (*Library, error) {
	sub, err := fs.Sub(libraryFiles, "library")
	if err != nil {
		return nil, err
	}
	return LoadFS(sub)
}

// LoadFS reads a library from a folder laid out like templates/library and
// trains its matcher. A library with mistakes is refused with Mistakes, which
// names all of them.
func LoadFS(fsys fs.FS) (*Library, error) {
	var mistakes Mistakes
	s, err := parseShelf(fsys, &mistakes)
	if err != nil {
		return nil, err
	}
	checkShelf(s, &mistakes)
	if err := mistakes.err(); err != nil {
		return nil, err
	}
	return newLibrary(s), nil
}

// newLibrary trains a library from files without mistakes.
func newLibrary(s *shelf) *Library {
	lib := s.library()
	lib.matcher = newMatcher(s)
	normalised.forget() // the examples: nobody asks for their words again
	return lib
}

// library is what a shelf can say, without having learnt to understand.
func (s *shelf) library() *Library {
	lib := &Library{templates: s.templates, drafts: s.drafts, words: s.words, byIntent: map[string]*Template{}}
	for _, t := range s.templates {
		lib.byIntent[t.Intent] = t
	}
	return lib
}

// Template returns the template of an intent, nil when there is none.
func (l *Library) Template(intent string) *Template { return l.byIntent[intent] }

// Templates lists all templates, by theme and intent.
func (l *Library) Templates() []*Template {
	return slices.SortedFunc(slices.Values(l.templates), func(a, b *Template) int { return strings.Compare(a.ID(), b.ID()) })
}

// Threshold is the confidence from which a template answers unless it sets its own.
func (l *Library) Threshold() float64 { return enough }
