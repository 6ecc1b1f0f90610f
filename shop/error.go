package shop

import "fmt"

// Error is a failure told to four readers: a machine (Code), a person
// (Sentence), the operator (Hint: the way out) and the log (Cause). It is mapped
// once, at the edge that shows it; customers never see one.
type Error struct {
	Code     string
	Sentence string
	Hint     string
	Cause    error
}

func (e *Error) Error() string {
	if e.Cause != nil {
		return fmt.Sprintf("%s: %v", e.Sentence, e.Cause)
	}
	return e.Sentence
}

func (e *Error) Unwrap() error { return e.Cause }
