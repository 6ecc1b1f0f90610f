package templates

import (
	"time"

	"bestie/shop"
)

// The texts of ordering by chat.

// OrderAsk asks for the next field of an order. Again: the last answer was none.
type OrderAsk struct {
	Name  string
	Field shop.OrderField
	Again bool
}

// OrderCheck repeats an order before it is booked.
type OrderCheck struct {
	Name  string
	Order shop.OpenOrder
	Total shop.Rupiah
	Room  shop.Rupiah // what may be ordered now
	Moved bool        // prices or stock changed since it was shown
	Again bool        // the last answer was neither yes nor no
	Own   bool        // it is a customer's, at the selling price
	Queue bool        // other orders wait already: nobody overtakes them
}

// Parks tells that the order would wait for the limit.
func (o OrderCheck) Parks() bool { return !o.Own && o.Total > o.Room }

// Why goods cannot be ordered.
const (
	GoodsUnknown = "unknown" // not on the list
	GoodsSeveral = "several" // may be several products
	GoodsVariant = "variant" // which variant?
	GoodsSoldOut = "sold_out"
	GoodsFew     = "few"   // fewer pieces than ordered
	GoodsCount   = "count" // no number of pieces
	GoodsCost    = "cost"  // the list has no cost: a person quotes it
)

// GoodsRefused tells why goods cannot be ordered, and the way out.
type GoodsRefused struct {
	Name, Goods string
	Why         string
	Left        int
	Choices     []string
}

// OrderBooked confirms an order; Missing is what has to be paid before it goes, 0 when it
// is booked.
type OrderBooked struct {
	Name    string
	Order   shop.Order
	Free    shop.Rupiah
	Missing shop.Rupiah
	Near    bool   // the limit is nearly used up
	Ships   string // when it leaves, if not today: "besok"; "" else
}

// OrderDropped tells that an order that was begun is forgotten.
type OrderDropped struct{ Name string }

// OrderCancelled confirms that a placed or parked order was taken back.
type OrderCancelled struct {
	Name     string
	Number   int64
	Total    shop.Rupiah
	Credited bool
	Free     shop.Rupiah
	Released []int64 // parked orders that can go now
}

// OrderKept tells why an order cannot be taken back. State is "" for one that is not there.
type OrderKept struct {
	Name   string
	Number int64
	State  shop.OrderState
	Admins []string // whom to ask, with their numbers: "Sari (+62…)"
}

func (OrderAsk) text() string       { return "order_ask" }
func (OrderCheck) text() string     { return "order_check" }
func (GoodsRefused) text() string   { return "goods_refused" }
func (OrderBooked) text() string    { return "order_booked" }
func (OrderDropped) text() string   { return "order_dropped" }
func (OrderCancelled) text() string { return "order_cancelled" }
func (OrderKept) text() string      { return "order_kept" }

func dropOrderSamples() []Text {
	o := shop.OpenOrder{
		Items:     []shop.Item{{Product: "Bakso Urat", Variant: "Pedas", Count: 2, Price: 18_000}, {Product: "Sambal Bawang", Count: 1, Price: 12_000}},
		Recipient: "Rina", Phone: "6281200000001", Address: "Jl. Mawar 1, Bandung", Note: "jangan dibanting",
	}
	bare := o
	bare.Note, bare.NoNote = "", true
	paying := o
	paying.Payment = "transfer BCA"
	booked := shop.Order{ID: 12, Total: 48_000, PlacedAt: time.Date(2026, 11, 25, 17, 0, 0, 0, shop.WIB)}
	out := []Text{
		OrderCheck{"Dina", o, 48_000, 300_000, false, false, false, false},
		OrderCheck{"Dina", o, 48_000, 0, false, false, false, true},
		OrderCheck{"", bare, 48_000, 0, true, true, false, false},
		OrderCheck{"Rina", paying, 72_000, 0, false, false, true, false},
		OrderBooked{"Dina", booked, 252_000, 0, false, ""},
		OrderBooked{"Dina", booked, 252_000, 0, false, "besok"},
		OrderBooked{"", booked, 12_000, 0, true, "Senin, 30 Nov"},
		OrderBooked{"Dina", booked, 12_000, 36_000, true, ""},
		OrderDropped{"Dina"},
		OrderCancelled{"Dina", 12, 48_000, true, 300_000, nil},
		OrderCancelled{"", 12, 48_000, false, 300_000, []int64{13, 14}},
		OrderKept{"Dina", 12, "", nil},
		OrderKept{"Dina", 12, shop.OrderPacked, nil},
		OrderKept{"Dina", 12, shop.OrderShipped, []string{"Sari (+6281300000001)"}},
	}
	for _, field := range []shop.OrderField{shop.OrderItems, shop.OrderRecipient, shop.OrderPhone, shop.OrderAddress, shop.OrderNote, shop.OrderPayment} {
		out = append(out, OrderAsk{"Dina", field, false}, OrderAsk{"", field, true})
	}
	for _, why := range []string{GoodsUnknown, GoodsSeveral, GoodsVariant, GoodsSoldOut, GoodsFew, GoodsCount, GoodsCost} {
		out = append(out, GoodsRefused{"Dina", "Bakso Urat", why, 3, []string{"Original", "Pedas"}})
	}
	return out
}
