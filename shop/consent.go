package shop

import "time"

// Consent is one entry of a person's consent to promos: when, how and in which
// words it was given or withdrawn (UU PDP asks for proof; field guide, section
// 5, point 8). The latest entry is in force; entries are never changed.
type Consent struct {
	PersonID int64
	Granted  bool
	At       time.Time
	Source   string // "chat", "import", "script", …
	Words    string // what the person wrote
}

// ConsentState is what the latest entry says.
type ConsentState string

// A person who never said anything is not sent promos either.
const (
	ConsentNone ConsentState = "none"
	ConsentIn   ConsentState = "in"
	ConsentOut  ConsentState = "out"
)
