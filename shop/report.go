package shop

import "time"

// Report is the desk's figures for a period, worked out from rows alone: nothing
// is counted anywhere before somebody asks (docs/reports.md has every definition).
// A question is one wait; it belongs to the period in which it began. Cancelled
// ones are counted apart and nowhere else but in the volume.
type Report struct {
	Period        Period
	AsOf          time.Time     // the instant at which the rows were read
	Target        time.Duration // the promise of a first response
	Questions     int           // all that began in the period, cancelled ones included
	Conversations int           // of these, the first of their conversation
	Cancelled     int           // closed without an answer: a goodbye, opting out
	Open          int           // still unanswered
	First, Next   Responses     // answers to the first question of a conversation, and to the others
	Breaches      Breaches
	Handling      Handling
	Contact       Resolution
	Rating        Satisfaction
	Hours         [24]Volume  // by the hour of the day (WIB)
	Days          []DayVolume // by the day (WIB), every one of the period up to AsOf
	Reasons       []Reason    // most frequent first
	Unknown       int         // questions of which nobody knows what they are about
	Admins        []AdminFigures
	Templates     []Effect
	Outage        time.Duration // of the period, in which no customer could reach us
	Outages       int
}

// Empty tells that nobody asked anything in the period.
func (r Report) Empty() bool { return r.Questions == 0 }

// Responses are the two clocks of domain facts, section 1, always shown apart.
type Responses struct {
	// Any: the first message that answers what was asked, whoever wrote it. Where
	// only a person could answer, that is the person's.
	Any Response
	// Human: the first message of a person, in all chats that the bot did not settle alone.
	Human Response
}

// Response is how fast questions were answered. The true figures are what the
// customer waited by the clock of the SLA; the fair ones, the admins', have outages cut out.
type Response struct {
	Counted  int // answered, or unanswered for longer than the target
	Answered int
	True     Pace
	Fair     Pace
}

// Pace is how many were in time, and the time within which half and nine tenths of
// the answered ones were.
type Pace struct {
	InTime      int
	Median, P90 time.Duration // 0 when nothing was answered
}

// Breaches are the questions that waited for longer than the target, by the true figure.
type Breaches struct {
	Count int
	Worst []Breach // the longest, at most mostBreaches
}

// Breach is one of them.
type Breach struct {
	PersonID int64
	Name     string // what to call the customer, may be empty
	Since    time.Time
	Waited   time.Duration // until the answer, or AsOf
	Open     bool          // there is no answer yet
}

// Handling is the active handling time (AHT, domain facts, section 7).
type Handling struct {
	Chats int
	Total time.Duration
}

// Mean is the time that one chat took, 0 when there was none.
func (h Handling) Mean() time.Duration {
	if h.Chats == 0 {
		return 0
	}
	return h.Total / time.Duration(h.Chats)
}

// Resolution is the first contact resolution (FCR, domain facts, section 7).
type Resolution struct {
	Counted  int // first questions on a subject whose 48 hours are over
	Resolved int // … answered, and not asked again within them
	Open     int // first questions on a subject that are younger
}

// Satisfaction is the CSAT: what customers said after a ticket was closed, of
// those asked in the period.
type Satisfaction struct {
	Asked, Rated, Stars int
}

// Mean is the average of 1 to 5 stars, 0 when nobody rated.
func (s Satisfaction) Mean() float64 {
	if s.Rated == 0 {
		return 0
	}
	return float64(s.Stars) / float64(s.Rated)
}

func (s *Satisfaction) add(score int) {
	s.Asked++
	if score > 0 {
		s.Rated++
		s.Stars += score
	}
}

// Volume is how many questions came, and how many of them waited too long.
type Volume struct{ Asked, Late int }

func (v *Volume) add(late bool) {
	v.Asked++
	if late {
		v.Late++
	}
}

// DayVolume is the volume of the day that begins at Day.
type DayVolume struct {
	Day time.Time
	Volume
}

// Reason is what customers wrote about.
type Reason struct {
	Intent string
	Count  int
}

// AdminFigures are one person's. The shop phone, typed on by nobody who had claimed
// the chat, has ID 0 and no name.
type AdminFigures struct {
	ID       int64
	Name     string
	Claimed  int // tickets taken in the period and not passed on since
	Answered int // questions of the period that they answered first
	Median   time.Duration
	Rating   Satisfaction
}
