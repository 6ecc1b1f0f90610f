package main

import (
	"slices"
	"strings"
)

const (
	envPrefix = "BESTIE_"
	envFile   = "_FILE" // behind a variable's name: the value is a file that holds the setting
	envConfig = "BESTIE_CONFIG"
)

// environment reads the BESTIE_* variables. Empty ones count as not set, as
// container tools pass them on; BESTIE_CONFIG is the command line's.
func (l *loader) environment(environ []string) {
	vars := map[string]string{}
	for _, pair := range environ {
		name, text, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(name, envPrefix) && text != "" && name != envConfig && !serviceLink(name) {
			vars[name] = text
		}
	}
	for _, s := range settings {
		name := s.env()
		text, direct := vars[name]
		path, indirect := vars[name+envFile]
		delete(vars, name)
		delete(vars, name+envFile)
		switch {
		case s.rehearse && (direct || indirect):
			l.note(Mistake{Source: name, Key: s.path, Problem: "is for rehearsal scripts alone"})
		case direct && indirect:
			l.note(Mistake{Source: name, Key: s.path, Problem: "is given twice, also as " + name + envFile})
		case indirect:
			l.variableFile(name+envFile, path, s)
		case direct:
			l.variable(name, text, s, false)
		}
	}
	l.unknownVariables(vars)
}

// serviceLink tells whether an orchestrator put the variable there to describe a
// service called bestie (Kubernetes does), not a person to set something.
func serviceLink(name string) bool {
	return name == envPrefix+"PORT" || strings.HasPrefix(name, envPrefix+"PORT_") || strings.HasPrefix(name, envPrefix+"SERVICE_")
}

// variable sets one setting from text; secret text is not repeated in errors.
func (l *loader) variable(source, text string, s setting, secret bool) {
	v, err := readText(s.kind.shape, text)
	if err != nil {
		l.note(Mistake{Source: source, Key: s.path, Problem: s.unread(err), Allowed: s.kind.allowed})
		return
	}
	if secret {
		v = v.hidden()
	}
	l.origin[s.path] = Mistake{Source: source, Key: s.path}
	for _, m := range s.apply(l.config, v) {
		m.Source, m.Line = source, 0
		l.note(m)
	}
}

func (l *loader) variableFile(source, path string, s setting) {
	src, err := configBounds.read(path)
	if err != nil {
		l.note(Mistake{Source: source, Key: s.path, Problem: quote(path) + " " + fileProblem(err)})
		return
	}
	l.variable(source, string(src), s, true)
}

func (l *loader) unknownVariables(vars map[string]string) {
	var known, unknown []string
	for _, s := range settings {
		known = append(known, s.env())
	}
	for name := range vars {
		unknown = append(unknown, name)
	}
	slices.Sort(unknown)
	for _, name := range unknown {
		m := Mistake{Source: name, Problem: "is not a setting"}
		bare := strings.TrimSuffix(name, envFile)
		if near := nearest(bare, known); near != "" {
			m.Problem += ", did you mean " + near + strings.TrimPrefix(name, bare) + "?"
		}
		l.note(m)
	}
}
