package shop

import "time"

// ActionKind is what an admin does to a ticket.
type ActionKind string

// The kinds.
const (
	ActClaim   ActionKind = "claim"   // To takes the chat; the bot is silent there until Until
	ActPass    ActionKind = "pass"    // to Division, which answers through Admin
	ActPromise ActionKind = "promise" // the customer hears from Admin before Until
	ActClose   ActionKind = "close"   // the talk is over; a wait without an answer under way is cancelled
	ActAsk     ActionKind = "ask"     // the customer is asked how the service was
	ActBotOn   ActionKind = "bot_on"
	ActBotOff  ActionKind = "bot_off" // until Until

	ActErase ActionKind = "erase" // the customer's data are to go; the ticket is closed

	ActPromoSend ActionKind = "promo_send" // the missed slots of the campaign are sent now
	ActPromoSkip ActionKind = "promo_skip" // … or never

	ActPromoCode    ActionKind = "promo_code"    // Admin was sent a code to approve the campaign with, good until Until
	ActPromoMistake ActionKind = "promo_mistake" // Admin gave a wrong one
	ActPromoMove    ActionKind = "promo_move"    // the campaign becomes State: approved, paused, cancelled
	ActPromoLook    ActionKind = "promo_look"    // Admin wants to see what it would do
	ActPromoTest    ActionKind = "promo_test"    // Admin wants to be sent its wordings
	ActPromoReport  ActionKind = "promo_report"  // Admin wants to know what came of it
	ActPromoPicture ActionKind = "promo_picture" // the picture of message Picture becomes that of the campaign
)

// Action is one step of an admin. It is written in the transaction of the turn.
type Action struct {
	Kind     ActionKind
	Ticket   int64
	Admin    int64     // who does it
	To       int64     // of ActClaim: who has the chat from now on
	Until    time.Time // of ActClaim, ActBotOff, ActPromise
	Division string    // of ActPass
	Hash     []byte    // of ActPromoCode
	State    CampaignState
	Picture  int64 // of ActPromoPicture: the message, of the inbox
}

// OfPromo tells that the broadcaster has something to do because of an action.
func (a Action) OfPromo() bool {
	switch a.Kind {
	case ActPromoSend, ActPromoSkip, ActPromoMove, ActPromoLook, ActPromoTest, ActPromoReport, ActPromoPicture:
		return true
	}
	return false
}

// TicketView is a ticket with what a decision about it looks at.
type TicketView struct {
	Ticket
	Person    Person
	Wait      *Wait  // open, nil when nobody waits
	Claimer   string // the name of who has it
	Amount    Rupiah // what it is about; 0 for a chat
	Memory    Memory // what the talk was about
	Words     string // the customer's last messages, oldest first, one a line; at most three of the last day
	Answering bool   // an answer to the open wait is on its way
	Replied   bool   // the last question of the customer was answered
	Complaint bool   // the customer was angry lately: OpenComplaint
	Promo     bool   // a promo went, or is about to go, to the customer today
	Asked     bool   // the customer has been asked how the service was
	Ties      Ties   // what keeps the customer's data; read only if the words are about erasing them

	Payment *Payment // of a ticket of that kind, also one that is closed
	Books   *Account // of whom it is; shared by all tickets of theirs
	Missed  int      // slots of the campaign about which an admin was asked

	Campaign *Campaign     // of a ticket of that kind
	Code     *CampaignCode // that the admin of this turn was sent to approve it
}

// Unanswered tells that somebody waits and nothing is on its way to them.
func (v TicketView) Unanswered() bool { return v.Wait != nil && !v.Answering }

// Division is who answers for what is not the desk's ("gudang"). Its people are no
// admins: they answer about tickets that were passed to them, nothing else.
type Division struct {
	Name      string
	Person    Person
	Warehouse bool // purchase orders go to it; at most one
}

// Quoted is a message of ours that an admin replies to.
type Quoted struct {
	Ticket  int64 // what it is about; 0: about nothing, or about several
	Several bool  // a page about several chats

	Purchase int64 // number of the purchase order it is about, 0 for none
}

// Desk is what an admin can mean: not all there is, but the tickets whose number
// their words hold, those they have, the one that is quoted, and the head of the queue.
type Desk struct {
	Tickets []TicketView      // open, or closed within TicketLife; of each number the latest
	Quotes  map[string]Quoted // by the message ID of what is quoted
	Open    int               // how many tickets are open; Tickets holds it if it is the only one
	Free    bool              // one of them at least has nobody claimed
	Queue   []Queued          // the chats that have waited longest, at most QueueShown
	Waiting int               // how many chats wait
	Status  DeskStatus
	// Shops are those whose phone number is in the words, registered or not.
	Shops []ShopView
	// Campaigns are those that are not over and the last that were, newest first; read
	// only if the words are about promos. At most CampaignsShown.
	Campaigns []Campaign
	// NextNumber is that of the next ticket.
	NextNumber int
	// Purchases are those that the warehouse can mean: in its words, or quoted.
	Purchases []Purchase
	// Orders are those of customers whose number an admin wrote behind "lunas" or "batal".
	Orders []Order
	// Books are what the messages ask of the books (WantsBooks), by message ID.
	Books map[string]Books
}

// Purchase returns the purchase order with a number, nil when there is none.
func (d *Desk) Purchase(number int64) *Purchase {
	for i := range d.Purchases {
		if d.Purchases[i].Number == number {
			return &d.Purchases[i]
		}
	}
	return nil
}

// Order returns the order of a customer with a number, nil when there is none.
func (d *Desk) Order(number int64) *Order {
	for i := range d.Orders {
		if d.Orders[i].ID == number {
			return &d.Orders[i]
		}
	}
	return nil
}

// ShopOf returns the person with a phone number, nil when nobody was asked for by it.
func (d *Desk) ShopOf(phone string) *ShopView {
	for i := range d.Shops {
		if d.Shops[i].Phone == phone {
			return &d.Shops[i]
		}
	}
	return nil
}

// QueueShown is how many chats an admin sees at once.
const QueueShown = 15

// DeskStatus is how the program is doing, as an admin asks it.
type DeskStatus struct {
	State   string    // name of the connection's state at the last heartbeat, "" if unknown
	Replies int       // messages to customers and admins that are still to be sent
	Promos  int       // promos that are
	Gate    Gate      // of the promos
	Slot    time.Time // when the next promo is planned, zero for none
}

// Find returns the ticket with an ID, nil when it is not among them.
func (d *Desk) Find(id int64) *TicketView {
	for i := range d.Tickets {
		if d.Tickets[i].ID == id {
			return &d.Tickets[i]
		}
	}
	return nil
}

// Numbered returns the latest ticket with a number, an open one before a closed; nil
// when there is none.
func (d *Desk) Numbered(number int) (found *TicketView) {
	for i := range d.Tickets {
		v := &d.Tickets[i]
		if v.Number == number && (found == nil || v.Open() && !found.Open() || v.Open() == found.Open() && v.ID > found.ID) {
			found = v
		}
	}
	return found
}

// DeskMemoryLife is how long an unfinished command is remembered.
const DeskMemoryLife = 5 * time.Minute

// DeskMemory is a command that waits for a word: a reply for its number, or a step
// for its confirmation, which counts only for this very ticket, kind and amount.
type DeskMemory struct {
	Reply   string      `json:"reply,omitempty"`   // words for a customer, exactly as typed
	Command string      `json:"command,omitempty"` // to be confirmed
	Ticket  int64       `json:"ticket,omitempty"`
	Number  int         `json:"number,omitempty"`
	Kind    TicketKind  `json:"kind,omitempty"`
	Amount  Rupiah      `json:"amount,omitempty"`
	Sum     Rupiah      `json:"sum,omitempty"`    // what is to be posted of it
	Change  *ShopChange `json:"change,omitempty"` // to be confirmed by the last digits of its phone number
	At      time.Time   `json:"at"`
}

// MostKept is how many characters of a reply wait for their number.
const MostKept = 1500

// Confirms tells that a ticket is still what the confirmation was asked about.
func (m *DeskMemory) Confirms(v *TicketView) bool {
	return m != nil && m.Command != "" && v != nil && v.ID == m.Ticket && v.Number == m.Number && v.Kind == m.Kind && v.Amount == m.Amount
}

// PromiseGrace is how long after a missed promise the supervisor is told.
const PromiseGrace = 5 * time.Minute

// Promise is a customer who was told to hear from us by Due and has not.
type Promise struct {
	Ticket   Ticket
	Person   Person
	Admin    Person // who promised
	Due      time.Time
	Reminded bool // the admin was told; now the supervisor is
	Roster   Roster
}

// OpenRating is a customer who was asked how the service was.
type OpenRating struct {
	Ticket  int64     `json:"ticket"`
	Number  int       `json:"number"`
	AskedAt time.Time `json:"asked_at"`
	Score   int       `json:"score,omitempty"`   // 0 until they answer
	RatedAt time.Time `json:"rated_at,omitzero"` // when they did
}

// CommentTime is how long after the score a comment is taken for one.
const CommentTime = 10 * time.Minute

// Rating is what a customer said of the service: a score of 1 to 5, or, later, a
// comment (then Score is 0).
type Rating struct {
	Ticket  int64
	Score   int
	Comment string
}
