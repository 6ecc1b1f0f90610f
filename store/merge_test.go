package store

import (
	"fmt"
	"strings"
	"testing"
)

// TestMergeKnowsEveryTable: a table that points to people and is forgotten by the merge
// would make it fail for whoever is in that table, at a customer's first message.
func TestMergeKnowsEveryTable(t *testing.T) {
	l := newLab(t)
	steps := strings.Join(mergeSteps, "\n")
	pointers := strings.Split(l.rows(`SELECT m.name || '.' || f."from" FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f
		WHERE m.type = 'table' AND f."table" = 'people' ORDER BY 1`), "\n")
	if len(pointers) < 20 {
		t.Fatalf("only %d columns point to people", len(pointers))
	}
	for _, pointer := range pointers {
		table, column, _ := strings.Cut(pointer, ".")
		if table == "waits" && column == "person_id" {
			continue // mergeWaits
		}
		known := false
		for _, form := range []string{"UPDATE %s SET %s = $2", "UPDATE OR IGNORE %s SET %s = $2", "DELETE FROM %s WHERE %s = $1"} {
			known = known || strings.Contains(steps, fmt.Sprintf(form, table, column))
		}
		if !known {
			t.Errorf("%s: the merge leaves it behind", pointer)
		}
	}
}
