package templates

import "bestie/shop"

// The texts of orders that customers give by chat.

// OwnOrder confirms the order of a customer: it goes when it is paid.
type OwnOrder struct {
	Name  string
	Order shop.Order
}

// OwnOrderCame tells an admin of it.
type OwnOrderCame struct {
	Name, Phone string
	Order       shop.Order
}

// OwnOrderPaid tells the customer that the order goes. Ships is when it leaves, if not
// today: "besok".
type OwnOrderPaid struct {
	Name  string
	Order shop.Order
	Ships string
}

// OwnOrderOff tells the customer that the order is called off.
type OwnOrderOff struct {
	Name   string
	Number int64
}

// What became of the order of a customer that an admin wrote about.
const (
	OwnOrderLet     = "let"     // it goes now
	OwnOrderDropped = "dropped" // it is called off
	OwnOrderGone    = "gone"    // it went before
	OwnOrderLate    = "late"    // too late to call it off
	OwnOrderEnded   = "ended"   // it was called off before
	OwnOrderNone    = "none"    // there is no such order of a customer
)

// OwnOrderDone answers an admin's "lunas 12" or "batal 12".
type OwnOrderDone struct {
	How   string // one of the OwnOrder constants
	Order shop.Order
}

func (OwnOrder) text() string     { return "own_order" }
func (OwnOrderCame) text() string { return "own_order_came" }
func (OwnOrderPaid) text() string { return "own_order_paid" }
func (OwnOrderOff) text() string  { return "own_order_off" }
func (OwnOrderDone) text() string { return "own_order_done" }

func (OwnOrder) answers() {}

func ownOrderSamples() []Text {
	o := shop.Order{ID: 12, Items: []shop.Item{{Product: "Bakso Urat", Variant: "Pedas", Count: 2, Price: 25_000}}, Recipient: "Rina", Phone: "6281200000001", Address: "Jl. Mawar 1, Bandung", Total: 50_000, Payment: "transfer BCA"}
	out := []Text{OwnOrder{"Rina", o}, OwnOrder{"", o}, OwnOrderCame{"Rina", "6281200000001", o}, OwnOrderCame{Order: o}, OwnOrderPaid{"Rina", o, ""}, OwnOrderPaid{"", o, "besok"}, OwnOrderOff{"Rina", 12}}
	for _, how := range []string{OwnOrderLet, OwnOrderDropped, OwnOrderGone, OwnOrderLate, OwnOrderEnded, OwnOrderNone} {
		out = append(out, OwnOrderDone{how, o})
	}
	return out
}
