package shop

import "time"

// OpenOrderLife is how long an order that was begun waits for its next answer.
const OpenOrderLife = 2 * time.Hour

// OrderField is what an order needs before it can be placed.
type OrderField string

// The fields, in the order in which they are asked for.
const (
	OrderItems     OrderField = "items"
	OrderRecipient OrderField = "recipient"
	OrderPhone     OrderField = "phone"
	OrderAddress   OrderField = "address"
	OrderNote      OrderField = "note"
	OrderPayment   OrderField = "payment" // of a customer only
	OrderConfirm   OrderField = "confirm"
)

// OpenOrder is an order that a dropshipper or a customer is writing and has not confirmed:
// nothing of it is booked.
type OpenOrder struct {
	Items     []Item     `json:"items,omitempty"`
	Recipient string     `json:"recipient,omitempty"`
	Phone     string     `json:"phone,omitempty"`
	Address   string     `json:"address,omitempty"`
	Note      string     `json:"note,omitempty"`
	NoNote    bool       `json:"no_note,omitempty"` // there is none
	Own       bool       `json:"own,omitempty"`     // it is a customer's, at the selling price
	Payment   string     `json:"payment,omitempty"` // how the customer pays
	Asked     OrderField `json:"asked"`
	Misses    int        `json:"misses,omitempty"` // messages in a row that were no answer
	At        time.Time  `json:"at"`               // the last step
}

// Next is the first field that is missing; OrderConfirm when none is.
func (o *OpenOrder) Next() OrderField {
	switch {
	case len(o.Items) == 0:
		return OrderItems
	case o.Recipient == "":
		return OrderRecipient
	case o.Phone == "":
		return OrderPhone
	case o.Address == "":
		return OrderAddress
	case o.Note == "" && !o.NoNote:
		return OrderNote
	case o.Own && o.Payment == "":
		return OrderPayment
	}
	return OrderConfirm
}

// MostOrderText bounds an address and a note, in characters; MostOrderName a name.
const (
	MostOrderText = 300
	MostOrderName = 60
)

// Brief is a text on one line, cut to n characters.
func Brief(text string, n int) string { return brief(text, n) }
