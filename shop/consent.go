package shop

import (
	"strings"
	"time"
)

// Consent is one entry of a person's consent to promos: when, how and in which
// words it was given or withdrawn (UU PDP asks for proof; field guide, section
// 5, point 8). The latest entry is in force; entries are never changed.
type Consent struct {
	PersonID int64
	Granted  bool
	At       time.Time
	Source   string // "chat", "import", "script", …
	Question string // of ours, which Words answers; "" when they spoke of themselves
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

// ConsentStateOf is what an entry says that is the latest.
func ConsentStateOf(granted bool) ConsentState {
	if granted {
		return ConsentIn
	}
	return ConsentOut
}

// AskFacts are what the books say about whether a person may be asked if promos are
// welcome.
type AskFacts struct {
	Asked     bool      // they were, once: never again
	RatingAt  time.Time // when they were last asked how the service was
	LowRating time.Time // when they last gave a low score
}

// LowScore is the highest score that is a complaint: the supervisor hears of it.
const LowScore = 2

// Allow tells whether a person may be asked now: once in a lifetime, not on the day of
// another question of ours, and not while a low score is as young as a complaint that
// keeps promos away.
func (f AskFacts) Allow(now time.Time) bool {
	return !f.Asked && f.RatingAt.Before(Midnight(now)) && now.Sub(f.LowRating) >= ComplaintRest
}

// OpenAsk is the question whether promos are welcome, as long as the next message may
// answer it.
type OpenAsk struct {
	Words string    `json:"words"`
	At    time.Time `json:"at"`
}

// AnsweredBy tells whether a message that came in at an instant may answer the question:
// said, the last words of ours that had left for the person, hold it. Whoever wrote
// before it left, or was asked something else since then, answers something else.
func (a OpenAsk) AnsweredBy(said *Said, received time.Time) bool {
	return said != nil && strings.Contains(said.Text, a.Words) && !received.Before(said.At)
}
