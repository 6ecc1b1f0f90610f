package shop

import (
	"fmt"
	"strings"
)

// Explain says in one English sentence whom a segment chooses. The Indonesian one is
// texts/segment.tmpl.
func (s Segment) Explain() string {
	if len(s) == 0 {
		return "everybody"
	}
	parts := make([]string, len(s))
	for i, c := range s {
		parts[i] = c.Explain()
	}
	return "people who " + strings.Join(parts, ", and who ")
}

// Explain says what a condition asks of a person, to follow "who".
func (c Condition) Explain() string {
	yes, no := englishOf(c)
	if c.Not {
		return no
	}
	return yes
}

// englishOf is a condition and its opposite.
func englishOf(c Condition) (yes, no string) {
	values := orList(c.Values)
	switch c.Test {
	case SegmentWithin:
		in := fmt.Sprintf(" in the last %d days", c.Days)
		return verbs[c.Key].did + in, "did not " + verbs[c.Key].do + in
	case SegmentBefore:
		return fmt.Sprintf("last %s %d days ago or earlier", verbs[c.Key].did, c.Days),
			fmt.Sprintf("%s in the last %d days or never", verbs[c.Key].did, c.Days)
	case SegmentNever:
		return "never " + verbs[c.Key].did, verbs[c.Key].did + " at least once"
	}
	switch c.Key {
	case SegmentRole:
		return "are " + values, "are not " + values
	case SegmentTag:
		return "are tagged " + values, "are not tagged " + values
	case SegmentCity:
		return "live in " + values, "are not known to live in " + values
	case SegmentBatch:
		return "are in batch " + values, "are not in batch " + values
	case SegmentSaved:
		return "are in the segment " + values, "are not in the segment " + values
	case SegmentCart:
		return "put " + values + " into a cart", "did not put " + values + " into a cart"
	case SegmentOrdered:
		return "ordered " + values, "did not order " + values
	}
	return "asked about " + values, "did not ask about " + values
}

// verbs are what happened at a key, in the past and after "did not".
var verbs = map[SegmentKey]struct{ did, do string }{
	SegmentLastChat: {"wrote to us", "write to us"},
	SegmentAsked:    {"asked about a product", "ask about a product"},
	SegmentCart:     {"filled a cart", "fill a cart"},
	SegmentOrdered:  {"ordered", "order"},
}

// orList joins values that are one of several.
func orList(values []string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = quoteValue(v)
	}
	if n := len(quoted); n > 1 {
		return strings.Join(quoted[:n-1], ", ") + " or " + quoted[n-1]
	}
	return strings.Join(quoted, "")
}
