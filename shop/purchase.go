package shop

import (
	"strings"
	"time"
)

// Purchase is an order on its way through the warehouse (domain facts, section 7). Its
// Number is the warehouse's own: it counts the orders that went, without a gap, in the
// order in which they went; the number of the Order counts those that waited or were
// called off before, too.
type Purchase struct {
	Number int64
	Order  Order
	Short  string // goods of it that the warehouse does not have, in its words; "" for none
	Shop   string // of the dropshipper who ordered, "" for a customer
	Name   string // of who ordered
	// Buyer is the person who gets the parcel, if the dropshipper wants them told and they
	// have written to us before: WhatsApp refuses a first message to strangers (error 463;
	// field guide, section 5). 0 for nobody.
	Buyer int64
}

// MostReceipt bounds the number of a courier and the goods that are short, in characters.
const MostReceipt = 60

// How a step of the warehouse went.
type StepResult string

// The results.
const (
	StepTaken     StepResult = "taken"
	StepAgain     StepResult = "again"     // it was told already
	StepCorrected StepResult = "corrected" // another courier's number than before
	StepLate      StepResult = "late"      // the order is further than that
	StepCancelled StepResult = "cancelled" // the order was called off
	StepOver      StepResult = "over"      // returned or done
)

// Step moves a purchase as the warehouse says: to OrderPacked, to OrderShipped with the
// courier's number, or, with state OrderPlaced, that goods are short. It changes p and
// returns what has to be written; nothing when the result is neither StepTaken nor
// StepCorrected.
func (p *Purchase) Step(to OrderState, words string, now time.Time) (StepResult, *Move) {
	was := p.Order
	switch was.State {
	case OrderCancelled:
		return StepCancelled, nil
	case OrderPlaced, OrderPacked, OrderShipped:
	default:
		return StepOver, nil
	}
	result := StepTaken
	words = brief(words, MostReceipt)
	switch {
	case to == OrderShipped && was.State == OrderShipped && strings.EqualFold(words, was.Receipt):
		return StepAgain, nil
	case to == OrderShipped && was.State == OrderShipped:
		result = StepCorrected
	case was.State == OrderShipped:
		return StepLate, nil
	case to == OrderPacked && was.State == OrderPacked && p.Short == "":
		return StepAgain, nil
	case to == OrderPlaced && p.Short != "" && strings.EqualFold(words, p.Short):
		return StepAgain, nil
	}
	m := &Move{Order: was.ID, From: was.State, To: to, Receipt: was.Receipt, At: now}
	switch to {
	case OrderShipped:
		m.Receipt = words
	case OrderPlaced:
		m.To, m.Short = was.State, words
	}
	p.Order.State, p.Order.Receipt, p.Order.ChangedAt, p.Short = m.To, m.Receipt, now, m.Short
	return result, m
}

// Move is a step of an order in the warehouse. It is written only if the order is still as
// From says.
type Move struct {
	Order    int64
	From, To OrderState
	Receipt  string
	Short    string
	At       time.Time
}

// Cutoff is until when, on a day on which the shop works, an order still leaves the same
// day (domain facts, section 6).
type Cutoff struct {
	Clock time.Duration // since midnight (WIB)
	Hours Hours
}

// Ships tells on which day an order leaves that goes at an instant.
func (c Cutoff) Ships(at time.Time) Day {
	d := DayOf(at)
	if !at.Before(d.Start().Add(c.Clock)) {
		d++
	}
	for range farthest {
		if c.Works(d) {
			break
		}
		d++
	}
	return d
}

// Works tells that the shop works on a day.
func (c Cutoff) Works(d Day) bool { return len(c.Hours.On(d)) > 0 }
