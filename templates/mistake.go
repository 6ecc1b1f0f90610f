package templates

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Mistake is one thing wrong in a library file, told so that its author can
// mend it: where, what, and what would be allowed.
type Mistake struct {
	File string
	Line int // 1-based; 0 when the whole file is meant
	What string
}

// String writes a mistake as "file:line: what".
func (m Mistake) String() string {
	if m.Line == 0 {
		return fmt.Sprintf("%s: %s", m.File, m.What)
	}
	return fmt.Sprintf("%s:%d: %s", m.File, m.Line, m.What)
}

// Mistakes is every mistake of a library, in the order of files and lines. A
// library with one of them is refused as a whole.
type Mistakes []Mistake

func (m Mistakes) Error() string {
	lines := make([]string, len(m))
	for i, one := range m {
		lines[i] = one.String()
	}
	return strings.Join(lines, "\n")
}

func (m *Mistakes) add(file string, line int, format string, args ...any) {
	*m = append(*m, Mistake{file, line, fmt.Sprintf(format, args...)})
}

// err returns the mistakes sorted, or nil when there are none.
func (m Mistakes) err() error {
	if len(m) == 0 {
		return nil
	}
	slices.SortStableFunc(m, byPlace)
	return m
}

func byPlace(a, b Mistake) int {
	return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line)
}
