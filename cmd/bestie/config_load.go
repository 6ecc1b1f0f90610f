package main

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
)

// LoadConfig reads the configuration: the defaults, over them the file (none if
// the path is ""), over both the BESTIE_* variables among environ ("NAME=value",
// as os.Environ gives them). With needNumber a missing business.number is a
// mistake too: `run` and `pair` cannot do without it. The error is a
// *ConfigError with every mistake found.
func LoadConfig(path string, environ []string, needNumber bool) (*Config, error) {
	l := loader{config: DefaultConfig(), origin: map[string]Mistake{}}
	if path != "" {
		l.file(path)
	}
	l.environment(environ)
	if needNumber && l.config.Business.Number == "" && l.origin["business.number"].Key == "" {
		l.note(Mistake{Source: path, Key: "business.number", Problem: "is missing, and running or pairing needs it", Allowed: phoneAllowed})
	}
	for _, m := range l.config.broken() {
		setting, _, _ := strings.Cut(m.Key, "[")
		at := l.origin[setting]
		if m.Line == 0 || at.Line == 0 { // an item knows its line of a file better
			m.Line = at.Line
		}
		m.Source = at.Source
		l.note(m)
	}
	if len(l.mistakes) > 0 {
		return nil, &ConfigError{l.mistakes}
	}
	return l.config, nil
}

// loader fills a configuration and remembers where every setting came from.
type loader struct {
	config   *Config
	origin   map[string]Mistake // by path: source and line alone
	mistakes []Mistake
}

func (l *loader) note(m Mistake) { l.mistakes = append(l.mistakes, m) }

// file reads a YAML file.
func (l *loader) file(path string) {
	src, err := configBounds.read(path)
	if err != nil {
		l.note(Mistake{Source: path, Problem: fileProblem(err)})
		return
	}
	l.yaml(path, src)
}

// yaml sets what the content of a file gives.
func (l *loader) yaml(path string, src []byte) {
	root, mistakes := readYAML(src, configBounds)
	for _, m := range mistakes {
		m.Source = path
		l.note(m)
	}
	switch root.shape {
	case shapeNone:
	case shapeMap:
		given := map[string]rawValue{}
		l.section(path, "", root, given)
		l.applyAll(path, given)
	default:
		l.note(Mistake{Source: path, Line: root.line, Problem: "holds " + root.found() + " where sections with settings belong"})
	}
	slices.SortStableFunc(l.mistakes, func(a, b Mistake) int { return a.Line - b.Line })
}

// fileProblem is a system error without the path, which stands before it.
func fileProblem(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		return "cannot be read: " + at.Err.Error()
	}
	return "cannot be read: " + err.Error()
}

// section collects the settings of a map by their full paths. A path is either a
// setting or a section of settings.
func (l *loader) section(source, prefix string, v rawValue, given map[string]rawValue) {
	for _, f := range v.fields {
		path := prefix + f.key
		_, twice := given[path]
		if twice {
			l.note(Mistake{Source: source, Line: f.line, Key: path, Problem: "is given twice"})
		}
		if m, ok := misplaced(path, f.value); ok {
			m.Source, m.Line = source, f.line
			l.note(m)
			continue
		}
		if !twice {
			given[path] = f.value
		}
		if isSection(path) {
			l.section(source, path+".", f.value, given)
		}
	}
}

// misplaced tells what is wrong with a key, apart from its value.
func misplaced(path string, v rawValue) (Mistake, bool) {
	s := findSetting(path)
	switch {
	case s != nil && s.rehearse:
		return Mistake{Key: path, Problem: "is for rehearsal scripts alone"}, true
	case s == nil && !isSection(path):
		return unknownKey(path), true
	case s == nil && v.shape != shapeMap && v.shape != shapeNone:
		return Mistake{Key: path, Problem: "found " + v.found() + " where a section belongs"}, true
	}
	return Mistake{}, false
}

// applyAll sets what a source gave, in the table's order; nothing given
// (`key:`) leaves the default.
func (l *loader) applyAll(source string, given map[string]rawValue) {
	for _, s := range settings {
		v, ok := given[s.path]
		if !ok || v.shape == shapeNone {
			continue
		}
		l.origin[s.path] = Mistake{Source: source, Line: v.line, Key: s.path}
		for _, m := range s.apply(l.config, v) {
			m.Source = source
			l.note(m)
		}
	}
}
