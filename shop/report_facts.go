package shop

import "time"

// WaitFact is one question as it stands in the table waits.
type WaitFact struct {
	ID, PersonID int64
	Name         string // what to call the customer
	Since        time.Time
	Intent       string // "" when nobody knows
	First        bool
	NeedsHuman   bool // only a person's answer counts
	Cancelled    bool
	AnsweredAt   time.Time // the first message that answered; zero for none
	HumanAt      time.Time // the first message of a person; zero for none
	HumanBy      int64     // the admin, 0 for the shop phone
}

// Answered is when what was asked was answered, zero while it is not.
func (w WaitFact) Answered() time.Time {
	if w.NeedsHuman || !w.HumanAt.IsZero() && (w.AnsweredAt.IsZero() || w.HumanAt.Before(w.AnsweredAt)) {
		return w.HumanAt
	}
	return w.AnsweredAt
}

// ClaimFact is a ticket that somebody took.
type ClaimFact struct {
	Admin int64
	At    time.Time
}

// RatingFact is one customer who was asked for a rating.
type RatingFact struct {
	Admin   int64 // who claimed the ticket, else who closed it; 0 for nobody
	AskedAt time.Time
	Score   int // 1 to 5, 0 for no answer
}

// DeskEvent is one thing that happened in a chat in which a person wrote.
type DeskEvent struct {
	PersonID int64 // the customer
	At       time.Time
	Kind     DeskEventKind
}

// DeskEventKind tells who did it.
type DeskEventKind int

// The events of a chat that its handling is measured by.
const (
	EventCustomer DeskEventKind = iota // the customer wrote
	EventPerson                        // a person of the shop wrote, on the shop phone or by "balas"
	EventClaim                         // an admin took the chat
)
