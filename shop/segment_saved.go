package shop

import (
	"errors"
	"slices"
	"strconv"
)

// mostExpanded bounds the conditions of a query with those of all segments in it.
const mostExpanded = 300

// SavedSegment is a query that was given a name.
type SavedSegment struct {
	Name  string
	Query string
}

// SegmentName is a name as it is stored and looked up; the error is a *SegmentError.
func SegmentName(name string) (string, error) {
	folded := foldValue(name)
	if folded == "" || len(folded) > mostSegmentValue {
		return "", &SegmentError{Problem: SegmentBadName, Word: brief(name, 40), Allowed: []string{"1 to " + strconv.Itoa(mostSegmentValue) + " letters, such as bandung-aktif"}}
	}
	return folded, nil
}

// ExpandSegment returns the saved segments that a query uses, also through others, by
// name: all of them exist and none uses itself. saved gives the query behind a name; an
// error of its own is returned as it is.
func ExpandSegment(s Segment, saved func(name string) (query string, ok bool, err error)) (map[string]Segment, error) {
	e := expansion{saved: saved, found: map[string]Segment{}, size: map[string]int{}}
	n, err := e.walk(s, nil)
	if err == nil && n > mostExpanded {
		err = &SegmentError{Problem: SegmentTooLong}
	}
	return e.found, err
}

type expansion struct {
	saved func(name string) (string, bool, error)
	found map[string]Segment
	size  map[string]int // conditions, expanded
}

// walk follows the segments in s, which stands in those of the path, and counts the
// conditions. The count stops to grow beyond the bound.
func (e *expansion) walk(s Segment, path []string) (n int, err error) {
	for _, c := range s {
		if n++; c.Key != SegmentSaved {
			continue
		}
		for _, name := range c.Values {
			if slices.Contains(path, name) {
				return n, &SegmentError{Problem: SegmentCycle, Word: name}
			}
			if _, known := e.found[name]; !known {
				inner, err := e.read(name)
				if err != nil {
					return n, err
				}
				if e.size[name], err = e.walk(inner, append(slices.Clone(path), name)); err != nil {
					return n, err
				}
				e.found[name] = inner
			}
			n = min(n+e.size[name], 2*mostExpanded)
		}
	}
	return n, nil
}

func (e *expansion) read(name string) (Segment, error) {
	query, ok, err := e.saved(name)
	if err != nil {
		return nil, err
	} else if !ok {
		return nil, &SegmentError{Problem: SegmentNotSaved, Word: name}
	}
	s, err := ParseSegment(query)
	if wrong := new(SegmentError); errors.As(err, &wrong) {
		return nil, &Error{Code: "segment", Sentence: "in the segment " + strconv.Quote(name) + ": " + wrong.Error(), Hint: wrong.hint()}
	}
	return s, err
}
