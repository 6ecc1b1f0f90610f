package templates

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Cell is one text of a template as a table holds it. Part is its place in the
// file, list items counted from 1: "examples", "replies.2.wordings",
// "form.fields.1.ask", "variables.sapaan".
type Cell struct{ Part, Text string }

// Cells is all that a template's file says, but for its intent, theme and comments:
// FromCells makes the same template of it.
func (t *Template) Cells() []Cell {
	var c cells
	c.add("title", t.Title)
	c.add("roles", roleNames(t.Roles)...)
	c.flag("draft", t.Draft)
	c.flag("hand_over", t.HandOver)
	c.flag("closes", t.Closes)
	c.flag("greets", t.Greets)
	c.flag("careful", t.Careful)
	if t.Threshold > 0 && !(t.Careful && t.Threshold == carefulThreshold) {
		c.add("threshold", strconv.FormatFloat(t.Threshold, 'g', -1, 64))
	}
	c.add("examples", t.Examples...)
	c.add("keywords", t.Keywords...)
	for _, name := range sortedKeys(t.Fallbacks) {
		c = append(c, Cell{"variables." + name, t.Fallbacks[name]})
	}
	for i, a := range t.Answers {
		c.answer(fmt.Sprintf("replies.%d.", i+1), a)
	}
	c.add("menu", t.Menu...)
	if t.Form != nil {
		for i, f := range t.Form.Fields {
			at := fmt.Sprintf("form.fields.%d.", i+1)
			c.add(at+"name", f.Name)
			c.add(at+"kind", string(f.Kind))
			c.add(at+"ask", f.Ask)
		}
		c.add("form.done", t.Form.Done...)
	}
	c.add("tests.positive", t.Positive...)
	c.add("tests.negative", t.Negative...)
	return c
}

type cells []Cell

// add takes the texts of one part, one cell each.
func (c *cells) add(part string, texts ...string) {
	for _, text := range texts {
		if text != "" {
			*c = append(*c, Cell{part, text})
		}
	}
}

func (c *cells) flag(part string, on bool) {
	if on {
		c.add(part, "true")
	}
}

func (c *cells) answer(at string, a Answer) {
	c.add(at+"needs", a.Needs...)
	c.add(at+"roles", roleNames(a.Roles)...)
	c.add(at+"answers", strconv.FormatBool(a.Stops))
	c.flag(at+"asks", a.Asks)
	c.add(at+"image", a.Image)
	c.add(at+"wordings", a.Wordings...)
	c.add(at+"call_to_action", a.CallToAction...)
}

func roleNames(list []Role) []string {
	out := make([]string, len(list))
	for i, r := range list {
		out[i] = string(r)
	}
	return out
}

// lists are the keys that hold a list of texts; bare those whose value YAML reads as
// something else than a text.
var (
	lists = []string{"roles", "examples", "keywords", "needs", "wordings", "call_to_action", "menu", "done", "positive", "negative"}
	bare  = []string{"draft", "hand_over", "closes", "greets", "careful", "threshold", "answers", "asks"}
)

// keyOrder is the order in which people read the keys of a file, of a reply and of a
// field, whatever the order of the cells; what is no key comes last.
var keyOrder = []string{
	"title", "needs", "roles", "draft", "hand_over", "closes", "greets", "careful", "threshold", "examples", "keywords", "variables", "replies", "menu", "form", "tests",
	"answers", "asks", "image", "wordings", "call_to_action", "name", "kind", "ask", "fields", "done", "positive", "negative",
}

// FromCells writes the file of a template. lines tells for each of its lines, from
// the first on, which cell it comes from, -1 for none: so a mistake in the file can be
// told with its place in the table. The error names the index of a cell that has no
// place in a template.
func FromCells(intent string, list []Cell) (text string, lines []int, err error) {
	root := &branch{cell: -1}
	for i, c := range list {
		if what := root.put(strings.Split(c.Part, "."), c.Text, i); what != "" {
			return "", nil, &CellError{i, what}
		}
	}
	root.sort()
	w := &writer{}
	w.line("intent: "+quoted(intent), -1)
	w.mapping(root, "", "")
	return w.text.String(), w.lines, nil
}

// CellError tells which cell, by its index, cannot be part of a template, and why.
type CellError struct {
	Cell int
	What string
}

func (e *CellError) Error() string { return fmt.Sprintf("cell %d: %s", e.Cell+1, e.What) }

// branch is a part of a file under construction: a text, or what lies below.
type branch struct {
	key  string // name of the part, or the number in a list of mappings
	text string
	cell int
	kids []*branch // a mapping's keys, a list's items
}

// sort puts the keys of every mapping into keyOrder. Lists stay as they are.
func (b *branch) sort() {
	if b.key == "variables" {
		slices.SortStableFunc(b.kids, func(x, y *branch) int { return strings.Compare(x.key, y.key) })
	} else {
		slices.SortStableFunc(b.kids, func(x, y *branch) int { return rank(x.key) - rank(y.key) })
	}
	for _, k := range b.kids {
		k.sort()
	}
}

// rank is the place of a key; items of a list share one.
func rank(key string) int {
	if i := slices.Index(keyOrder, key); i >= 0 {
		return i
	}
	return len(keyOrder)
}

// put hangs a text into the tree; it returns what is wrong with the path.
func (b *branch) put(path []string, text string, cell int) string {
	key, last := path[0], len(path) == 1
	if key == "" || len(path) > 4 {
		return "write a part like examples, replies.1.wordings or tests.positive"
	}
	if n, err := strconv.Atoi(key); err == nil {
		switch {
		case last || n < 1 || n > len(b.kids)+1:
			return fmt.Sprintf("number %s does not come after %d; parts are counted 1, 2, 3 in the order of the rows", key, len(b.kids))
		case n == len(b.kids)+1:
			b.kids = append(b.kids, &branch{key: key, cell: -1})
		}
		return b.kids[n-1].put(path[1:], text, cell)
	}
	i := slices.IndexFunc(b.kids, func(k *branch) bool { return k.key == key })
	if i < 0 {
		i = len(b.kids)
		b.kids = append(b.kids, &branch{key: key, cell: -1})
	}
	kid := b.kids[i]
	switch {
	case !last && kid.cell >= 0:
		return key + " is a text already"
	case !last:
		return kid.put(path[1:], text, cell)
	case slices.Contains(lists, key) && b.key != "variables":
		kid.kids = append(kid.kids, &branch{text: text, cell: cell})
	case kid.cell >= 0 || len(kid.kids) > 0:
		return key + " is there twice"
	default:
		kid.text, kid.cell = text, cell
	}
	return ""
}
