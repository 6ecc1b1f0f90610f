package shop

import "time"

// Conversation is what we remember of the chat with one person.
type Conversation struct {
	PersonID    int64
	PausedUntil time.Time // a person took the chat over: the bot is silent until then
	MutedUntil  time.Time // the loop guard silenced the bot (field guide, section 6)
	ComplaintAt time.Time // the last complaint; promos stay away for a while
	GreetedAt   time.Time // the last greeting line, so that it is not repeated all day
	LastInText  string    // normalised text of the last handled message
	LastInAt    time.Time
	LastCallAt  time.Time // when a rejected call was last answered in text
	Answered    bool      // something was answered since the last goodbye
	HeardAt     time.Time // WhatsApp's time of the last message of theirs, or of a person of the shop
	EndedAt     time.Time // when the last conversation ended: goodbye, closed, or a day of silence
	Memory      Memory
}

// Silent tells whether the bot must not answer in this chat.
func (c Conversation) Silent(now time.Time) bool {
	return now.Before(c.PausedUntil) || now.Before(c.MutedUntil)
}

// ComplaintRest is how long after a complaint a person gets no promos.
const ComplaintRest = 7 * 24 * time.Hour

// OpenComplaint tells whether a complaint is recent enough to keep promos away
// (field guide, section 5, requirement 1).
func (c Conversation) OpenComplaint(now time.Time) bool {
	return !c.ComplaintAt.IsZero() && now.Sub(c.ComplaintAt) < ComplaintRest
}

// Message is an incoming message as it lies in the inbox.
type Message struct {
	ID         int64
	MessageID  string
	FromMe     bool
	Kind       Kind
	Text       string
	QuotedID   string
	TargetID   string
	SentAt     time.Time // WhatsApp's time
	ReceivedAt time.Time // ours
	Verified   bool      // the sender is a verified business
	Forwarded  bool      // somebody else's words, passed on
}

// Turn is everything a decision may look at: one person, what they wrote since
// the last turn, and what we know. It is read in the same transaction in which
// the Outcome is written.
type Turn struct {
	Now          time.Time
	Person       Person
	Messages     []Message
	Conversation Conversation
	Wait         *Wait   // nil when nobody waits
	Ticket       *Ticket // the open ticket of the chat, nil when there is none
	Consent      ConsentState
	Asking       AskFacts     // what decides whether they may be asked for it
	LastSaid     *Said        // the last message of ours that left for them, and when; read only while they are asked for consent
	Dropshipper  *Dropshipper // nil for everybody else
	Account      *Account     // the books of the dropshipper; nil for everybody else
	Rekons       []Rekon      // the dropshipper's daily reports of the last RekonDays; read only if a message asks for them (WantsRekons)
	Products     []Product
	Plan         Plan   // who works when
	Roster       Roster // of Now
	Divisions    []Division
	Desk         *Desk   // what admins and divisions can act on, nil for everybody else
	NextNumber   int     // the queue number a wait gets that is paged first in this turn
	Orders       []Order // of the person: the last, newest first, at most MostOwnOrders; read only if there is a warehouse
	NextOrder    int64   // the number that a customer's next order gets
	Recent       []Said  // what the bot replied here lately, as far back as the guards look, not counting exempt replies
}

// Division is the name of the division that the person answers for, "" for none.
func (t Turn) Division() string {
	for _, d := range t.Divisions {
		if d.Person.ID == t.Person.ID {
			return d.Name
		}
	}
	return ""
}

// MostOwnOrders bounds Turn.Orders.
const MostOwnOrders = 10

// Warehouse is where purchase orders go, nil when there is none.
func (t Turn) Warehouse() *Division {
	for i := range t.Divisions {
		if t.Divisions[i].Warehouse {
			return &t.Divisions[i]
		}
	}
	return nil
}

// RepliesWithin counts the bot's replies to this chat in the last span.
func (t Turn) RepliesWithin(span time.Duration) (n int) {
	for _, said := range t.Recent {
		if t.Now.Sub(said.At) < span {
			n++
		}
	}
	return n
}

// SaidWithin tells whether the bot sent this very text here in the last span.
func (t Turn) SaidWithin(text string, span time.Duration) bool {
	for _, said := range t.Recent {
		if said.Text == text && t.Now.Sub(said.At) < span {
			return true
		}
	}
	return false
}

// Said is one reply of the bot: when it was written, and its text.
type Said struct {
	At   time.Time
	Text string
}

// Lane is the priority of an outgoing message: alerts go before replies,
// replies before promos (domain facts; money notices count as replies).
type Lane string

// The lanes in order of priority.
const (
	LaneAlert Lane = "alert"
	LaneReply Lane = "reply"
	LanePromo Lane = "promo"
)

// Draft is an outgoing message before it has an ID.
type Draft struct {
	To        int64 // person
	Lane      Lane
	Text      string
	File      *File
	QuoteID   string
	Delay     time.Duration // earliest instant after now
	Answers   bool          // sending it ends the wait
	Exempt    bool          // commands, menus, money notices, pages: the loop guards let it pass
	AboutWait bool          // a page about this turn's wait: dropped if somebody answered meanwhile
	Ticket    int64         // what a message to an admin is about; 0: with AboutWait the chat's, else none
	Purchase  int64         // number of the purchase order that a message to the warehouse is about, 0 for none
	Author    int64         // the admin whose words these are, 0 when the bot speaks
	Parts     []ReplyPart   // what it says, in order; empty for what is no reply
}

// ReplyPart records what one part of a reply said, so that its effect can be
// measured: which answers are asked about again, which end with a person.
type ReplyPart struct {
	Intent     string `json:"intent"`               // what was answered; "menu" and "holding" answer nothing
	Template   string `json:"template,omitempty"`   // "pengiriman/ongkir"; empty for flows of code
	Wording    int    `json:"wording"`              // from 0
	Version    string `json:"version,omitempty"`    // of the template's texts
	Confidence int    `json:"confidence,omitempty"` // of the match in thousandths
}

// Outcome is what a turn decided. It is written in one transaction together
// with the mark that its messages were handled.
type Outcome struct {
	Conversation Conversation
	Drafts       []Draft
	// Consents are what the person says of promos, in the order in which they said it.
	Consents []Consent
	// AskConsent are the words in which a draft asks whether promos are welcome, "" when
	// none does. They stand in the memory too, until the next message.
	AskConsent string

	// StartWait opens a wait at the first message of the turn unless one runs.
	StartWait bool
	WaitSince time.Time
	WaitWords string
	// WaitIntent is what the question is about, for reports: an intent of the library, ""
	// when nobody knows.
	WaitIntent string
	// NeedsHuman: the customer was promised that somebody looks, or a person was
	// called. An answer of the bot to another question does not end such a wait.
	NeedsHuman bool
	// Tags are added to the person ("kota:Bandung").
	Tags []string
	// Human ends the wait: a person answered at this instant.
	Human time.Time
	// CancelWait ends the wait without an answer (goodbye, opt-out).
	CancelWait bool
	// Number is given to the wait when a draft pages somebody about it at once.
	Number int
	// NoPages keeps the wait in the queue without paging anybody: it is too old
	// for a page to help.
	NoPages bool
	// Held: the customer is told in this turn that we are late, so that no holding reply
	// of the pager says it again.
	Held bool
	// OpenPromos lets promos leave again after a stop.
	OpenPromos bool
	// Desk is what an admin does to tickets, in order.
	Desk []Action
	// Rating is what the customer said of the service.
	Rating *Rating
	// Cancel drops replies of ours that are still queued for this chat.
	Cancel bool
	// Campaigns are drafts that an admin wrote, with the numbers they get.
	Campaigns []Campaign
	// Shops are changes to dropshippers, by the person of the turn.
	Shops []ShopChange
	// Proofs are pictures of transfers in this turn, to be fetched and looked at.
	Proofs []ProofStep
	// Bookings are what the turn changes in the books, in order.
	Bookings []Booking
	// Moves are steps of orders in the warehouse.
	Moves []Move
	// TellBuyer is the dropshipper's wish that who gets their parcels is told, or not; nil: as it was.
	TellBuyer *bool
	// Rekons are daily reports of the dropshipper; one replaces that of the same day and platform.
	Rekons []Rekon
	// Report asks for the figures of a span, to be sent to the person of the turn; "" for none.
	Report Span
}

// Queued is one chat in the admins' queue.
type Queued struct {
	Wait   Wait
	Person Person
	Open   bool // still waiting for an answer
}
