package shop

import (
	"fmt"
	"strings"
)

// SegmentProblem is what is wrong with a query, so that every reader can be told in
// their language.
type SegmentProblem string

// The problems.
const (
	SegmentEmpty      SegmentProblem = "empty"        // nothing was asked; everybody is written as "all"
	SegmentTooLong    SegmentProblem = "too long"     // more letters, conditions or values than a query may have
	SegmentAlone      SegmentProblem = "alone"        // a word without a key
	SegmentUnknown    SegmentProblem = "unknown"      // no such key
	SegmentTestNot    SegmentProblem = "test"         // the key is not asked this way
	SegmentNoValue    SegmentProblem = "no value"     // nothing stands after the key
	SegmentBadValue   SegmentProblem = "value"        // the key has no such value
	SegmentBadAge     SegmentProblem = "age"          // not a number of days, weeks or months
	SegmentUnclosed   SegmentProblem = "quote"        // a quotation that does not end
	SegmentNotSaved   SegmentProblem = "not saved"    // no segment has this name
	SegmentBadName    SegmentProblem = "name"         // not a name that a segment may have
	SegmentCycle      SegmentProblem = "cycle"        // a saved segment that uses itself
	SegmentAllAndMore SegmentProblem = "all and more" // "all" beside conditions
)

// SegmentError is the first mistake of a query. It unwraps to a *Error.
type SegmentError struct {
	Problem SegmentProblem
	Column  int      // of the mistake, in characters from 1; 0 when it is nowhere in particular
	Word    string   // what stands there, cut short
	Near    string   // what was probably meant, "" when nothing is near
	Allowed []string // what may stand there
}

// Error is one English sentence with the place.
func (e *SegmentError) Error() string {
	switch e.Problem {
	case SegmentEmpty, SegmentTooLong:
		return "the query " + e.sentence()
	}
	if e.Column == 0 {
		return e.sentence()
	}
	return fmt.Sprintf("column %d of the query: %s", e.Column, e.sentence())
}

// Unwrap gives the mistake the form of every other.
func (e *SegmentError) Unwrap() error {
	return &Error{Code: "segment", Sentence: e.Error(), Hint: e.hint()}
}

func (e *SegmentError) sentence() string {
	switch e.Problem {
	case SegmentEmpty:
		return "is empty"
	case SegmentTooLong:
		return fmt.Sprintf("is too long: at most %d letters, %d conditions and %d values in one", MostSegmentLetters, MostSegmentConditions, MostSegmentValues)
	case SegmentAlone:
		return fmt.Sprintf("%q stands alone, without a key", e.Word)
	case SegmentUnknown:
		return fmt.Sprintf("there is no key %q", e.Word)
	case SegmentTestNot:
		return fmt.Sprintf("%q cannot be asked this way", e.Word)
	case SegmentNoValue:
		return fmt.Sprintf("nothing stands after %q", e.Word)
	case SegmentBadValue:
		return fmt.Sprintf("%q is no value of this key", e.Word)
	case SegmentBadAge:
		return fmt.Sprintf("%q is not an age", e.Word)
	case SegmentUnclosed:
		return "this quotation does not end"
	case SegmentNotSaved:
		return fmt.Sprintf("no segment is saved as %q", e.Word)
	case SegmentBadName:
		return fmt.Sprintf("%q cannot be the name of a segment", e.Word)
	case SegmentCycle:
		return fmt.Sprintf("the segment %q uses itself", e.Word)
	case SegmentAllAndMore:
		return `"all" stands beside other conditions`
	}
	return string(e.Problem)
}

func (e *SegmentError) hint() string {
	switch {
	case e.Problem == SegmentEmpty:
		return "write all for everybody, or for example tag:bakso last_chat<28d"
	case e.Near != "":
		return "did you mean " + e.Near + "?"
	case len(e.Allowed) > 0:
		return "allowed: " + strings.Join(e.Allowed, ", ")
	case e.Problem == SegmentAllAndMore:
		return "leave all away"
	}
	return ""
}
