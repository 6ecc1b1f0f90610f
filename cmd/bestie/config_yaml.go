package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// shape is how a value is built, whatever it means.
type shape int

const (
	shapeNone   shape = iota // nothing was given: `key:` or `key: null`
	shapeScalar              // one word, number or text
	shapeList
	shapeMap
)

// String names the shape for a person.
func (s shape) String() string {
	return [...]string{"nothing", "a single value", "a list", "a section"}[s]
}

// rawValue is a setting as somebody wrote it, before it means anything. Scalars
// keep the very letters of the file: a phone number must not lose its leading
// zero to YAML's numbers.
type rawValue struct {
	shape  shape
	text   string
	items  []rawValue
	fields []rawField
	line   int
	secret bool // never repeat the text in an error
}

// rawField is one key of a map.
type rawField struct {
	key   string
	line  int
	value rawValue
}

// found shows the value in an error.
func (v rawValue) found() string {
	switch {
	case v.secret:
		return "its content"
	case v.shape == shapeScalar:
		return quote(v.text)
	}
	return v.shape.String()
}

const mostSyntaxFaults = 20

// byteOrderMark begins the files of some Windows editors.
const byteOrderMark = "\ufeff"

// readYAML reads a file within its bounds into values. The parser stops at its first syntax
// error; to list the others too, the faulty line is blanked with the block that
// hangs on it and the rest is parsed again.
func readYAML(src []byte, b bounds) (rawValue, []Mistake) {
	if m, broken := b.broken(src); broken {
		return rawValue{}, []Mistake{m}
	}
	r := yamlReader{}
	lines := strings.Split(strings.TrimPrefix(string(src), byteOrderMark), "\n")
	for len(r.mistakes) < mostSyntaxFaults {
		file, err := parser.ParseBytes([]byte(strings.Join(lines, "\n")), 0, parser.AllowDuplicateMapKey())
		if err == nil {
			return r.document(file), r.mistakes
		}
		line := r.syntax(err)
		if line < 1 || line > len(lines) {
			break
		}
		blankBlock(lines, line-1)
	}
	return rawValue{}, r.mistakes
}

// blankBlock empties a line and the deeper indented ones that follow it.
func blankBlock(lines []string, at int) {
	deep := indent(lines[at])
	lines[at] = ""
	for i := at + 1; i < len(lines); i++ {
		if strings.TrimSpace(lines[i]) != "" && indent(lines[i]) <= deep {
			return
		}
		lines[i] = ""
	}
}

func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " \t")) }

// yamlReader turns the parser's tree into values and collects what it refuses.
type yamlReader struct {
	mistakes []Mistake
}

func (r *yamlReader) refuse(line int, problem string) {
	r.mistakes = append(r.mistakes, Mistake{Line: line, Problem: problem})
}

// syntax notes a parser's error and returns its line, 0 when it has none.
func (r *yamlReader) syntax(err error) int {
	var at yaml.Error
	if !errors.As(err, &at) || at.GetToken() == nil {
		r.refuse(0, "is not valid YAML: "+err.Error())
		return 0
	}
	line := at.GetToken().Position.Line
	r.refuse(line, "is not valid YAML: "+at.GetMessage())
	return line
}

func (r *yamlReader) document(file *ast.File) rawValue {
	if len(file.Docs) > 1 {
		r.refuse(lineOf(file.Docs[1].Body), "begins a second YAML document (a line ---); only one is read")
	}
	if len(file.Docs) == 0 {
		return rawValue{}
	}
	return r.value(file.Docs[0].Body)
}

func lineOf(n ast.Node) int {
	if n == nil || n.GetToken() == nil {
		return 0
	}
	return n.GetToken().Position.Line
}

func (r *yamlReader) value(n ast.Node) rawValue {
	v := rawValue{line: lineOf(n)}
	switch n := n.(type) {
	case nil, *ast.NullNode, *ast.CommentGroupNode:
		return v
	case *ast.MappingNode:
		v.shape = shapeMap
		for _, entry := range n.Values {
			v.fields = append(v.fields, r.field(entry)...)
		}
	case *ast.MappingValueNode: // a map of one key
		v.shape = shapeMap
		v.fields = r.field(n)
	case *ast.SequenceNode:
		v.shape = shapeList
		for _, item := range n.Values {
			v.items = append(v.items, r.value(item))
		}
	case *ast.LiteralNode:
		v.shape, v.text = shapeScalar, strings.TrimSpace(n.Value.Value)
	case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		v.shape, v.text = shapeScalar, strings.TrimSpace(n.GetToken().Value)
	default: // anchors, aliases, tags
		r.refuse(v.line, fmt.Sprintf("uses a YAML feature that is not read here (%s)", n.Type()))
	}
	return v
}

// field reads one key, or none when it is not written as a plain word.
func (r *yamlReader) field(entry *ast.MappingValueNode) []rawField {
	key := entry.Key.GetToken()
	switch entry.Key.(type) {
	case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
	default:
		r.refuse(key.Position.Line, fmt.Sprintf("uses a YAML feature that is not read here (%s)", entry.Key.Type()))
		return nil
	}
	f := rawField{key: key.Value, line: key.Position.Line, value: r.value(entry.Value)}
	if f.value.line == 0 {
		f.value.line = f.line
	}
	return []rawField{f}
}
