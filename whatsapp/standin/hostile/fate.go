package hostile

import (
	"fmt"
	"slices"
	"strings"

	"bestie/shop"
)

// Fate compares what became of n messages of the class with what must: how many
// were skipped for which reason, before and after, and how many were stored as
// which kind. It returns what is wrong, or "".
func (c *Class) Fate(n int, before, after map[string]int, stored map[shop.Kind]int) string {
	var wrong []string
	total := 0
	for reason := range after {
		if skipped := after[reason] - before[reason]; skipped > 0 {
			total += skipped
			if !slices.Contains(c.Skipped, reason) {
				wrong = append(wrong, fmt.Sprintf("%d were skipped as %q", skipped, reason))
			}
		}
	}
	for kind, rows := range stored {
		total += rows
		if !slices.Contains(c.Kinds, kind) {
			wrong = append(wrong, fmt.Sprintf("%d were stored as %q", rows, kind))
		}
	}
	switch {
	case c.Same:
		n = 1
	case c.Refused:
		n = 0
	}
	if total != n {
		wrong = append(wrong, fmt.Sprintf("%d were stored or skipped, want %d", total, n))
	}
	slices.Sort(wrong)
	return strings.Join(wrong, "; ")
}

// Table is every class in Markdown, for docs/hostile-input.md.
func Table() string {
	var b strings.Builder
	b.WriteString("| Class | What becomes of it | Reply | Why |\n| --- | --- | --- | --- |\n")
	for _, c := range Classes() {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", c.Name, c.becomes(), c.Reply, c.Why)
	}
	return b.String()
}

func (c *Class) becomes() string {
	var parts []string
	if len(c.Kinds) > 0 {
		kinds := make([]string, len(c.Kinds))
		for i, kind := range c.Kinds {
			kinds[i] = "`" + string(kind) + "`"
		}
		parts = append(parts, "stored: "+strings.Join(kinds, ", "))
	}
	if len(c.Skipped) > 0 {
		parts = append(parts, "skipped: `"+strings.Join(c.Skipped, "`, `")+"`")
	}
	if c.Refused {
		parts = append(parts, "refused by the library, named in its log")
	}
	return strings.Join(parts, "; ")
}

// String names the reply in the table.
func (r Reply) String() string {
	return [...]string{"none", "one for a turn", "one"}[r]
}
