package shop

import "time"

// Retreat is how far the program has drawn back from WhatsApp. Each level lets less out
// than the one before (field guide, section 5, requirement 5).
type Retreat int

// The levels, the mildest first.
const (
	RetreatNone    Retreat = iota // everything goes out
	RetreatPromos                 // everything but promos
	RetreatKnown                  // … to the shop's own people, and to who wrote within KnownFor
	RetreatReplies                // … only to who wrote within LiveFor, the shop's own people too
	RetreatSilence                // nothing
)

// How long ago somebody may have written to us.
const (
	KnownFor = 28 * 24 * time.Hour // their token is good for as long (field guide, section 5, 463)
	LiveFor  = 24 * time.Hour      // the chat is live
)

// Lets tells whether a message of a lane may go to somebody who last wrote to us so long
// ago; a negative time stands for never.
func (r Retreat) Lets(lane Lane, wrote time.Duration) bool {
	within := func(most time.Duration) bool { return wrote >= 0 && wrote <= most }
	switch {
	case r == RetreatNone:
		return true
	case lane == LanePromo || r >= RetreatSilence:
		return false
	case r == RetreatPromos:
		return true
	case r == RetreatKnown:
		return lane == LaneAlert || within(KnownFor)
	default:
		return within(LiveFor)
	}
}

// UntilAllowed is how long a rest lasts that only a person ends.
const UntilAllowed = 100 * 365 * 24 * time.Hour

// Reasons of a Gate that are no retreat: promos rest for a moment.
const (
	RestPace  = "pace"
	RestYield = "customers wait"
	RestHeld  = "replies are held back"
)

// Gate is a lane that stands still: until when and why. That of the promos also says how
// far the program has drawn back beyond them.
type Gate struct {
	Until      time.Time
	Reason     string
	Strikes    int       // refusals in a row, doubles the back-off
	Level      Retreat   // beyond RetreatPromos, until LevelUntil; 0 for none
	LevelUntil time.Time // it ends by itself, nobody can shorten it
}

// Retreat is the level at an instant.
func (g Gate) Retreat(now time.Time) Retreat {
	switch {
	case now.Before(g.LevelUntil):
		return g.Level
	case !now.Before(g.Until), g.Reason == RestPace, g.Reason == RestYield, g.Reason == RestHeld:
		return RetreatNone
	}
	return RetreatPromos
}

// ByPerson tells that promos rest until a person allows them.
func (g Gate) ByPerson(now time.Time) bool { return g.Until.Sub(now) > UntilAllowed/2 }

// PromoHealth is how the latest promos were received: at most HealthOf, of the last seven
// days and since the last stop was over.
type PromoHealth struct {
	Sent    int // so long ago that a receipt has had time to come
	Arrived int // … and delivered or read
	Tried   int // all that may have been delivered
	Stopped int // of their people, who opted out since
}

// The limits of the field guide, section 5, requirement 5.
const (
	HealthOf     = 200              // the latest promos that are looked at
	HealthAfter  = 20               // so many sends before anything is concluded
	HealthGrace  = 30 * time.Minute // a phone may be off
	leastArrived = 80               // percent
	mostStopped  = 3                // percent
)

// Delivery tells that too few promos arrive: the number may be blocked by many.
func (h PromoHealth) Delivery() bool {
	return h.Sent >= HealthAfter && h.Arrived*100 < h.Sent*leastArrived
}

// OptOuts tells that too many people did not want what they got.
func (h PromoHealth) OptOuts() bool {
	return h.Tried >= HealthAfter && h.Stopped*100 > h.Tried*mostStopped
}
