package shop

import "time"

// WaitState is what has become of a wait.
type WaitState string

// The states: the first three while it lasts, the others for good.
const (
	WaitPending   WaitState = "pending"   // nobody has been paged
	WaitWarned    WaitState = "warned"    // somebody has been paged, the promise still holds
	WaitBreached  WaitState = "breached"  // the promise is broken and nobody has answered
	WaitMet       WaitState = "met"       // answered in time
	WaitLate      WaitState = "late"      // answered, but not in time
	WaitCancelled WaitState = "cancelled" // ended without an answer: goodbye, or the talk was closed
)

// Clocked are the facts from which the clocks of a wait are told. Zero instants have
// not come.
type Clocked struct {
	Since    time.Time // WhatsApp's time of the first unanswered message
	Answered time.Time // the first reply that answers, whoever wrote it
	Human    time.Time // the first reply of a person (domain facts, section 1: both figures)
	Ended    time.Time
	Paged    int // levels that have been paged
}

// State is what has become of a wait at an instant. An answer that did not end it, for
// only a person does, leaves it open.
func (s SLA) State(w Clocked, now time.Time) WaitState {
	switch {
	case !w.Ended.IsZero() && w.Answered.IsZero():
		return WaitCancelled
	case !w.Ended.IsZero() && s.Met(w.Since, w.Answered):
		return WaitMet
	case !w.Ended.IsZero():
		return WaitLate
	case s.Hours.Elapsed(w.Since, now) >= s.Target:
		return WaitBreached
	case w.Paged > 0:
		return WaitWarned
	}
	return WaitPending
}

// ConversationRest is how long nobody may write in a chat before what comes next is a
// new conversation.
const ConversationRest = 24 * time.Hour

// Hear notes that the customer, or a person of the shop, wrote at an instant of
// WhatsApp's. After a day without a word the conversation had ended: the next wait is a
// first response again.
func (c *Conversation) Hear(at time.Time) {
	if !c.HeardAt.IsZero() && at.Sub(c.HeardAt) >= ConversationRest {
		c.EndedAt = later(c.EndedAt, c.HeardAt.Add(ConversationRest))
	}
	c.HeardAt = later(c.HeardAt, at)
}

// End notes that the conversation is over: goodbye, or an admin closed it.
func (c *Conversation) End(at time.Time) { c.EndedAt = later(c.EndedAt, at) }

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
