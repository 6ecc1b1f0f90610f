package shop

import "time"

// Preflight is what an audience comes to before anything is sent: how many people a
// query chooses, and what would become of them.
type Preflight struct {
	Chosen int
	Fates  map[Fate]int
}

// Add counts a person.
func (p *Preflight) Add(f Fate) {
	if p.Fates == nil {
		p.Fates = map[Fate]int{}
	}
	p.Chosen++
	p.Fates[f]++
}

// Fates lists all fates as a table shows them: who gets the promo, then who does not.
var Fates = []Fate{FateSafe, FateCapped, FateNoRoom, FateNoConsent, FateNeverWrote, FateComplaint, FateOptedOut, FateInvalid}

// Sentence is a fate in English, for the command line.
func (f Fate) Sentence() string {
	switch f {
	case FateSafe:
		return "safe: gets the promo"
	case FateCapped:
		return "capped: one a day, on 2 of any 7 days, over all campaigns"
	case FateNoRoom:
		return "no room: the evenings until the campaign ends are full"
	case FateNoConsent:
		return "no consent: never agreed to promos"
	case FateNeverWrote:
		return "never wrote to us: WhatsApp may refuse with error 463"
	case FateComplaint:
		return "open complaint in the last 7 days"
	case FateOptedOut:
		return "opted out"
	case FateInvalid:
		return "invalid: no address that can be written to"
	}
	return string(f)
}

// HeldCondition is a condition of a query and whether it holds for somebody.
type HeldCondition struct {
	Condition
	Holds bool
}

// PromoWhy explains what a campaign does with one person.
type PromoWhy struct {
	Own        bool // one of the shop's own people: never chosen
	Conditions []HeldCondition
	Candidate  Candidate
	Consent    *Consent  // the entry in force, nil when there is none
	Planned    Fate      // "" while the campaign has not planned for them
	Slot       time.Time // planned, zero for none
	Status     string    // of the message, "" while none was written
	Tried      time.Time // when it was sent last, zero while it was not
}

// Chosen tells whether the query chooses the person.
func (w PromoWhy) Chosen() bool {
	for _, c := range w.Conditions {
		if !c.Holds {
			return false
		}
	}
	return !w.Own
}
