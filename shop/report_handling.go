package shop

import "time"

const (
	// Idle is the longest time between two messages that counts as work on a chat.
	Idle = 5 * time.Minute
	// HandlingBreak is the silence after which what comes is another handling of the
	// same chat. It is as long as the bot leaves a chat alone that a person took over.
	HandlingBreak = 4 * time.Hour
)

// handling measures the active handling time. One handling begins when an admin claims
// the chat, or else with the message before the first one that a person wrote, and ends with
// the last one a person wrote before a break. Of the time between two events that
// is over Idle nothing counts.
type handling struct {
	person int64
	last   time.Time
	begun  time.Time     // when the handling began, zero: it has not
	active time.Duration // from there to the last event
	worked time.Duration // from there to the last message of a person
	wrote  bool
}

func (h *handling) next(t *Tally, e DeskEvent) {
	if e.PersonID != h.person || e.At.Sub(h.last) > HandlingBreak {
		h.finish(t)
		*h = handling{person: e.PersonID, last: e.At}
	}
	gap := e.At.Sub(h.last)
	if gap > Idle {
		gap = 0
	}
	switch {
	case !h.begun.IsZero():
		h.active += gap
	case e.Kind == EventClaim:
		h.begun = e.At
	case e.Kind == EventPerson:
		h.begun, h.active = e.At, gap
	}
	if e.Kind == EventPerson {
		h.wrote, h.worked = true, h.active
	}
	h.last = e.At
}

// finish counts the handling that has ended if it began in the period.
func (h *handling) finish(t *Tally) {
	if h.wrote && t.r.Period.Has(h.begun) {
		t.r.Handling.Chats++
		t.r.Handling.Total += h.worked
	}
	*h = handling{}
}
