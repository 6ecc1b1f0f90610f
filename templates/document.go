package templates

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// byteOrderMark begins the files of some Windows editors.
const byteOrderMark = "\ufeff"

// document reads one YAML file field by field, remembering where everything
// stands and collecting mistakes instead of stopping at the first.
type document struct {
	file     string
	mistakes *Mistakes
}

// line is a text of a library file and where it stands.
type line struct {
	text string
	at   int
	file string
}

// fields is one YAML mapping.
type fields struct {
	doc    *document
	at     int
	values map[string]ast.Node
}

// open parses a file that must hold one mapping. It returns nil after noting a
// mistake when there is none to read.
func (d *document) open(data []byte) *fields {
	f, err := parser.ParseBytes(bytes.TrimPrefix(data, []byte(byteOrderMark)), 0)
	if err != nil {
		at, what := 0, err.Error()
		if syntax := (*yaml.SyntaxError)(nil); errors.As(err, &syntax) {
			at, what = syntax.Token.Position.Line, syntax.Message
		}
		d.mistakes.add(d.file, at, "not valid YAML: %s", what)
		return nil
	}
	if len(f.Docs) != 1 || f.Docs[0].Body == nil {
		d.mistakes.add(d.file, 0, "is empty or holds several documents; write one")
		return nil
	}
	return d.mapping(f.Docs[0].Body, "the file")
}

// tooLarge notes a file that is beyond its bounds. It is not parsed: the parser
// takes quadratic time over nesting.
func (d *document) tooLarge(data []byte) bool {
	if len(data) > mostFile {
		d.mistakes.add(d.file, 0, "has more than %d kB; split it", mostFile>>10)
		return true
	}
	if !utf8.Valid(data) {
		d.mistakes.add(d.file, 0, "is not written in UTF-8; save it as UTF-8")
		return true
	}
	at, depth := 0, 0
	for text := range strings.Lines(string(data)) {
		at++
		for _, r := range text {
			switch r {
			case '[', '{':
				depth++
			case ']', '}':
				depth = max(0, depth-1)
			}
			if depth > mostDepth {
				d.mistakes.add(d.file, at, "nests too deep: brackets are opened and not closed")
				return true
			}
		}
		if strings.HasPrefix(strings.TrimLeft(text, " "), strings.Repeat("- ", mostDepth)) {
			d.mistakes.add(d.file, at, "nests too deep")
			return true
		}
	}
	return false
}

// mapping reads a node as "key: value" lines.
func (d *document) mapping(n ast.Node, what string) *fields {
	m := &fields{doc: d, at: lineOf(n), values: map[string]ast.Node{}}
	var entries []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		entries = n.Values
	case *ast.MappingValueNode:
		entries = []*ast.MappingValueNode{n}
	default:
		d.mistakes.add(d.file, lineOf(n), "%s must be a list of key: value lines", what)
		return nil
	}
	for _, e := range entries {
		key := e.Key.GetToken().Value
		if m.values[key] != nil {
			d.mistakes.add(d.file, lineOf(e.Key), "%q is there twice", key)
			continue
		}
		m.values[key] = e.Value
	}
	return m
}

// allow notes every key that does not belong here.
func (m *fields) allow(keys ...string) {
	for key, n := range m.values {
		if !slices.Contains(keys, key) {
			m.doc.mistakes.add(m.doc.file, lineOf(n), "unknown key %q; allowed: %s", key, strings.Join(keys, ", "))
		}
	}
}

// keys lists the keys in alphabetical order.
func (m *fields) keys() []string {
	var out []string
	for key := range m.values {
		out = append(out, key)
	}
	slices.Sort(out)
	return out
}

// wrong notes that the value of a key is not what it must be.
func (m *fields) wrong(key, must string) {
	m.doc.mistakes.add(m.doc.file, m.where(key), "%s %s", key, must)
}

// where is the line of a key's value, or of the mapping when the key is absent.
func (m *fields) where(key string) int {
	if n := m.values[key]; n != nil {
		return lineOf(n)
	}
	return m.at
}

// text reads a text; absent is "".
func (m *fields) text(key string) string {
	n := m.values[key]
	if n == nil {
		return ""
	}
	s, ok := scalar(n)
	if !ok {
		m.wrong(key, "must be a text (put it in quotes)")
	}
	return strings.TrimSpace(s)
}

// flag reads true or false; absent is false.
func (m *fields) flag(key string) bool {
	switch n := m.values[key].(type) {
	case nil:
	case *ast.BoolNode:
		return n.Value
	default:
		m.wrong(key, "must be true or false")
	}
	return false
}

// share reads a number between 0 and 1; absent is 0.
func (m *fields) share(key string) float64 {
	n := m.values[key]
	if n == nil {
		return 0
	}
	v, err := strconv.ParseFloat(n.GetToken().Value, 64)
	if err != nil || v < 0 || v > 1 {
		m.wrong(key, "must be a number from 0 to 1")
	}
	return v
}

// lines reads a list of texts; absent is an empty list.
func (m *fields) lines(key string) []line {
	var out []line
	for _, n := range m.list(key) {
		s, ok := scalar(n)
		if s = strings.TrimSpace(s); !ok || s == "" {
			m.doc.mistakes.add(m.doc.file, lineOf(n), "every line of %s must be a text (put it in quotes)", key)
			continue
		}
		out = append(out, line{s, lineOf(n), m.doc.file})
	}
	return out
}

// list reads a list of anything.
func (m *fields) list(key string) []ast.Node {
	switch n := m.values[key].(type) {
	case nil:
		return nil
	case *ast.SequenceNode:
		return n.Values
	}
	m.wrong(key, `must be a list ("- …" lines)`)
	return nil
}

// inner reads a nested mapping; absent is nil.
func (m *fields) inner(key string) *fields {
	n := m.values[key]
	if n == nil {
		return nil
	}
	return m.doc.mapping(n, key)
}

// scalar is the text of a string or block; numbers and booleans are refused, so
// that "no" or "1" in a list is never silently something else.
func scalar(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	}
	return "", false
}

// lineOf is the first line of a node.
func lineOf(n ast.Node) int {
	switch n := n.(type) {
	case *ast.MappingNode:
		if len(n.Values) > 0 {
			return lineOf(n.Values[0])
		}
	case *ast.MappingValueNode:
		return lineOf(n.Key)
	case *ast.SequenceNode:
		if len(n.Values) > 0 {
			return lineOf(n.Values[0])
		}
	}
	return n.GetToken().Position.Line
}
