package shop

import "time"

// Account is what the ledger and the books say of one dropshipper at one instant: all
// that a decision about their money looks at. It is read in the transaction in which
// the Bookings are written; every step changes it, so that steps of one turn add up.
type Account struct {
	Dropshipper
	Pending  Rupiah    // announced, not confirmed: what has to arrive
	Deposit  Rupiah    // paid beyond what was owed; the next order uses it up
	DueSince time.Time // when the oldest order that is not paid was placed; zero when nothing is owed
	Unpaid   []Unpaid  // what is owed, oldest first
	Parked   []Order   // wait for the limit, oldest first
	Open     []Order   // placed or on their way, oldest first: those that can be cancelled or returned; at most MostOpen, the last
	Payments []Payment // pending, oldest first
	Lines    []Line    // of the statement, newest last; read only if a message asks for it (WantsLines)
	Head     int64     // the number of the ledger's last posting
	Codes    map[int]bool
	// Known are the messages of this turn that ordered or paid already: a retry books nothing.
	Known map[string]bool
	// The numbers that the next order and the next payment get.
	NextOrder, NextPayment int64
}

// MostOpen bounds Account.Open.
const MostOpen = 200

// Unpaid is an order of which something is owed.
type Unpaid struct {
	Order Order
	Rest  Rupiah
}

// Room is what may be ordered now: the deposit and what is free of the limit. Who is
// suspended orders from the deposit only.
func (a *Account) Room() Rupiah {
	free := max(0, a.Free())
	if !a.Suspended.IsZero() {
		free = 0
	}
	return a.Deposit + free
}

// Missing is what has to be paid until every parked order can go: for a new order of an
// amount, what is missing for it behind all that are parked. 0: nothing.
func (a *Account) Missing(more Rupiah) Rupiah {
	for _, o := range a.Parked {
		more += o.Total
	}
	room := a.Room()
	if free := a.Free(); free < 0 && a.Suspended.IsZero() {
		room += free // what is owed beyond the limit comes first
	}
	return max(0, more-room)
}

// Booking is what one step changes in the books. It is written as one.
type Booking struct {
	Postings []Posting
	Orders   []Order   // new, or as they are from now on
	Payments []Payment // new, or as they are from now on
}

// OrderState is how far an order has come.
type OrderState string

// The states. Parked: it waits for the credit limit and is not booked yet.
const (
	OrderParked    OrderState = "parked"
	OrderPlaced    OrderState = "placed"
	OrderPacked    OrderState = "packed"
	OrderShipped   OrderState = "shipped"
	OrderDone      OrderState = "done"
	OrderCancelled OrderState = "cancelled"
	OrderReturned  OrderState = "returned"
)

// Item is one line of an order. Price is what the one who ordered pays for a piece:
// the cost for a dropshipper, the selling price for a customer.
type Item struct {
	Product string `json:"product"`
	Variant string `json:"variant,omitempty"`
	Count   int    `json:"count"`
	Price   Rupiah `json:"price"`
}

// Order is goods for a recipient.
type Order struct {
	ID        int64
	PersonID  int64 // who ordered
	Dropship  bool
	Source    string // the message it came with: the same one orders once
	Items     []Item
	Recipient string
	Phone     string
	Address   string
	Note      string
	Total     Rupiah
	State     OrderState
	OrderedAt time.Time
	PlacedAt  time.Time // zero while it is parked
	ChangedAt time.Time
	Receipt   string // the courier's number
	Payment   string // of a customer's order: the way they pay
}

// PaymentState is how far a payment has come.
type PaymentState string

// The states.
const (
	PaymentPending  PaymentState = "pending"
	PaymentPosted   PaymentState = "posted"
	PaymentRejected PaymentState = "rejected"
	PaymentVoid     PaymentState = "void"
)

// PaymentLife is how long an announced payment waits for its confirmation.
const PaymentLife = 24 * time.Hour

// Payment is money that a dropshipper says was transferred. Only an admin's word posts it.
type Payment struct {
	ID        int64
	Ticket    int64
	Number    int // of its ticket
	PersonID  int64
	Source    string // the message it was announced with: the same one announces once
	Amount    Rupiah // without the code
	Code      int    // 1 to 999, to be added to the amount so that the transfer is recognised
	Shop      string
	State     PaymentState
	OpenedAt  time.Time
	ExpiresAt time.Time
	ClosedAt  time.Time // zero while it is pending
	ClosedBy  int64     // 0: the program
	Received  Rupiah    // what was confirmed
	Reason    string
	Flagged   []Flag // what an admin should look at
}

// Transfer is the amount that has to arrive.
func (p Payment) Transfer() Rupiah { return p.Amount + Rupiah(p.Code) }
