package shop

import "time"

// TicketKind tells what a ticket is about.
type TicketKind string

// The kinds. One numbering serves them all, so that no number is confirmed by
// mistake.
const (
	TicketChat    TicketKind = "chat"
	TicketPayment TicketKind = "payment"
	TicketCase    TicketKind = "case"
	TicketPromo   TicketKind = "promo"
)

// Ticket is one thing that an admin can act on, under the number that pages show
// as #3. The ticket of a chat is opened with the first page about it and closed by
// "selesai", or by a day of silence.
type Ticket struct {
	ID         int64
	Number     int
	Kind       TicketKind
	PersonID   int64 // the customer
	OpenedAt   time.Time
	ClaimedBy  int64     // the admin who took it, 0 for nobody
	ClaimedAt  time.Time // zero while nobody has
	Division   string    // to which it was passed, "" for none
	PromisedAt time.Time // when the customer was promised to hear from us; zero for no promise
	PromisedBy int64     // the admin who promised
	ClosedAt   time.Time // zero while it is open
}

// TicketLife is how long a ticket stays open without a message in its chat.
const TicketLife = 24 * time.Hour

// Open tells that the ticket can be acted on.
func (t Ticket) Open() bool { return t.ClosedAt.IsZero() }
