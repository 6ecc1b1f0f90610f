package shop

import (
	"slices"
	"time"
)

// Level is one step of the pager: how old a waiting chat must be and who is
// paged then.
type Level struct {
	After time.Duration
	Rank  Rank
}

// SLA is the promise of a first response and the pages that guard it (domain
// facts, section 1: 5 minutes; pages at 2:30, 3:30, 4:30 and the breach at 5:00).
type SLA struct {
	Target time.Duration
	Levels []Level // ascending by After
	Hours  Hours   // when the clocks run: target and levels are working time
}

// DefaultSLA is the promise as the shop made it.
func DefaultSLA() SLA {
	return SLA{Target: 5 * time.Minute, Levels: []Level{
		{150 * time.Second, RankDuty},
		{210 * time.Second, RankSecond},
		{270 * time.Second, RankSupervisor},
		{300 * time.Second, RankOwner},
	}}
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
	Paged    int       // how many levels have been paged
	Human    bool      // only a person ends it
	Called   bool      // a person was called at once about it
}

// Due returns the highest level whose instant has come but was not paged yet,
// and its index. Levels that fell due together (after an outage) become one
// page, the highest: nobody is paged four times for one chat at one instant.
func (s SLA) Due(w Wait, now time.Time) (level Level, index int, ok bool) {
	age := s.Hours.Elapsed(w.Since, now)
	for i := len(s.Levels) - 1; i >= w.Paged; i-- {
		if s.Levels[i].After <= age {
			return s.Levels[i], i, true
		}
	}
	return Level{}, 0, false
}

// Next returns the instant of the first level after the paged ones; ok is false
// when every level has been paged.
func (s SLA) Next(w Wait) (at time.Time, ok bool) {
	if w.Paged >= len(s.Levels) {
		return time.Time{}, false
	}
	return s.Hours.After(w.Since, s.Levels[w.Paged].After), true
}

// Met tells whether an answer at the given instant kept the promise.
func (s SLA) Met(since, answered time.Time) bool {
	return s.Hours.Elapsed(since, answered) <= s.Target
}

// Page is one wait whose next level has come, with everything a text about it
// needs.
type Page struct {
	Now    time.Time
	Wait   Wait
	Person Person
	Roster Roster
	Level  Level
	Missed []Level // lower levels that fell due together with it, after an outage
	Breach bool    // the promise is broken
	Menu   bool    // the customer was offered choices and has not chosen
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

// PageAlone is how many chats may fall due at one instant and still be paged one
// by one; more of them, as after an outage, become one page for each recipient.
const PageAlone = 3

// Recipients is everybody who is paged: at the level, and at the levels that
// were missed on the way to it; nobody twice.
func (p Page) Recipients() []Person {
	var out []Person
	for _, level := range append(slices.Clone(p.Missed), p.Level) {
		for _, person := range p.Roster.For(level.Rank) {
			if !slices.ContainsFunc(out, func(o Person) bool { return o.ID == person.ID }) {
				out = append(out, person)
			}
		}
	}
	return out
}
