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

// TurnError is why one chat's turn could not be written although the database
// works: what was decided breaks a rule of the schema. Other chats are not concerned.
type TurnError struct {
	Person int64
	Cause  error
}

func (e *TurnError) Error() string {
	return fmt.Sprintf("the turn of person %d: %v", e.Person, e.Cause)
}

func (e *TurnError) Unwrap() error { return e.Cause }
