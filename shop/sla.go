package shop

import "time"

// Level is one step of the pager: how old a waiting chat must be and who is
// paged then. Hold: the customer is then also told, politely, that we are at it.
type Level struct {
	After time.Duration
	Rank  Rank
	Hold  bool
}

// SLA is the promise of a first response and the pages that guard it (domain
// facts, section 1: 5 minutes; pages at 2:30, 3:30, 4:30 and the breach at 5:00).
type SLA struct {
	Target time.Duration
	Hours  Hours         // when the clocks run: target and levels are working time
	Levels []Level       // ascending by After
	Repeat time.Duration // between the pages after the last level; 0: there are none
	Claim  time.Duration // how long a claim silences the pages about a chat
	Gap    time.Duration // the least time between two pages to one admin
}

// DefaultSLA is the promise as the shop made it.
func DefaultSLA() SLA {
	return SLA{Target: 5 * time.Minute, Levels: []Level{
		{After: 150 * time.Second, Rank: RankDuty},
		{After: 210 * time.Second, Rank: RankSecond},
		{After: 270 * time.Second, Rank: RankSupervisor, Hold: true},
		{After: 300 * time.Second, Rank: RankOwner},
	}, Repeat: 5 * time.Minute, Claim: 10 * time.Minute, Gap: time.Minute}
}

// Wait is one customer waiting for an answer. It begins with the first message
// that nobody answered and ends with an answering template or a human, whichever
// is sent first; a greeting, a menu or a holding reply does not end it.
type Wait struct {
	ID       int64
	PersonID int64
	Number   int       // the queue number shown on pages; 0 until the first page
	Since    time.Time // WhatsApp's time of the first unanswered message
	Words    string    // its first words
	Intent   string    // what it is about, when it begins; "" when nobody knows
	Paged    int       // how many steps (SLA.Step) have been entered: levels, then rounds
	Human    bool      // only a person ends it
	Called   bool      // a person was called at once about it
}

// Met tells whether an answer at the given instant kept the promise.
func (s SLA) Met(since, answered time.Time) bool {
	return s.Hours.Elapsed(since, answered) <= s.Target
}

// Urgent is a page that leaves at once, before the first level.
type Urgent struct {
	Number int
	Person Person
	Age    time.Duration
	Words  string
	Reason string // "person", "angry", "payment", "form"
	Title  string // of the form that was filled in, "" without one
	Data   []Given
}

// Given is one thing that a customer gave to a form; Value is empty when they could
// not.
type Given struct{ Name, Value string }
