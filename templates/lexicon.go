package templates

import (
	"bufio"
	"embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed words/*.txt
var wordFiles embed.FS

// lexicon is what words/*.txt says about how people write. It never changes
// after loading.
type lexicon struct {
	forms    map[string][]string // spelling -> the words it means
	roots    map[string]bool     // what the stemmer may come down to
	ordinary map[string]bool     // words that name nothing one could sell
	concepts map[string][]string // word -> tags
	places   map[string]string   // spelling of a place, lower case -> its name
}

// words is the shipped lexicon. A mistake in the embedded files is a mistake in
// the program, like a regular expression that does not compile: it panics, and
// every test sees it.
var words = sync.OnceValue(func() *lexicon {
	lex, err := loadLexicon()
	if err != nil {
		panic(err)
	}
	return lex
})

func loadLexicon() (*lexicon, error) {
	lex := &lexicon{
		forms: map[string][]string{}, roots: map[string]bool{},
		ordinary: map[string]bool{}, concepts: map[string][]string{}, places: map[string]string{},
	}
	readers := map[string]func(head string, rest []string) error{
		"words/forms.txt": lex.addForms, "words/roots.txt": lex.addRoots,
		"words/concepts.txt": lex.addConcept, "words/cities.txt": lex.addPlace, "words/ordinary.txt": lex.addOrdinary,
	}
	for file, add := range readers {
		if err := readWords(file, add); err != nil {
			return nil, err
		}
	}
	return lex, nil
}

// readWords calls add for every line "head: rest" or "head head head".
func readWords(file string, add func(head string, rest []string) error) error {
	f, err := wordFiles.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		head, rest, _ := strings.Cut(line, ":")
		if err := add(strings.TrimSpace(head), strings.Fields(rest)); err != nil {
			return fmt.Errorf("%s:%d: %w", file, n, err)
		}
	}
	return lines.Err()
}

func (l *lexicon) addForms(meaning string, forms []string) error {
	if len(forms) == 0 {
		return fmt.Errorf("%q has no forms; write meaning: form form", meaning)
	}
	target := strings.Fields(meaning)
	for _, f := range forms {
		if l.forms[f] != nil {
			return fmt.Errorf("%q already means %q", f, strings.Join(l.forms[f], " "))
		}
		l.forms[f] = target
	}
	for _, w := range target {
		l.roots[w] = true
	}
	return nil
}

func (l *lexicon) addRoots(roots string, _ []string) error {
	for _, r := range strings.Fields(roots) {
		l.roots[r] = true
	}
	return nil
}

func (l *lexicon) addOrdinary(words string, _ []string) error {
	for _, w := range strings.Fields(words) {
		l.ordinary[w] = true
	}
	return nil
}

func (l *lexicon) addConcept(tag string, members []string) error {
	if tag != strings.ToUpper(tag) || len(members) == 0 {
		return fmt.Errorf("%q: write TAG: word word", tag)
	}
	for _, w := range members {
		l.concepts[w] = append(l.concepts[w], tag)
	}
	return nil
}

func (l *lexicon) addPlace(name string, spellings []string) error {
	key := strings.ToLower(name)
	if l.places[key] != "" {
		return fmt.Errorf("place %q is there twice", name)
	}
	l.places[key] = name
	for _, s := range spellings {
		s = strings.ReplaceAll(s, "_", " ")
		if other := l.places[s]; other != "" {
			return fmt.Errorf("%q already means %s", s, other)
		}
		l.places[s] = name
	}
	return nil
}
