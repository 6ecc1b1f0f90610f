package main

import (
	"strings"
)

// readText reads a value from one string, as the environment and scripts give
// it. A scalar is taken as it stands, without quotes around it; a list and a map
// may leave YAML's brackets out: "1m, 2m" and "bandung: 12000, solo: 15000".
func readText(want shape, text string) (rawValue, error) {
	text = strings.TrimSpace(text)
	if want == shapeScalar {
		return rawValue{shape: shapeScalar, text: unquote(text)}, nil
	}
	src := text
	if !strings.Contains(text, "\n") {
		switch {
		case want == shapeList && !strings.HasPrefix(text, "["):
			src = "[" + text + "]"
		case want == shapeMap && !strings.HasPrefix(text, "{"):
			src = "{" + text + "}"
		}
	}
	v, mistakes := readYAML([]byte(src), configBounds)
	if len(mistakes) > 0 {
		return rawValue{}, refusal(quote(text) + " cannot be read as " + want.String())
	}
	return v, nil
}

func unquote(s string) string {
	if n := len(s); n >= 2 && s[0] == '"' && s[n-1] == '"' {
		return s[1 : n-1]
	}
	return s
}

// hidden is the value as errors may show it: without its text.
func (v rawValue) hidden() rawValue {
	v.secret = true
	for i := range v.items {
		v.items[i] = v.items[i].hidden()
	}
	for i := range v.fields {
		v.fields[i].value = v.fields[i].value.hidden()
	}
	return v
}
