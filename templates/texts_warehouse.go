package templates

import (
	"time"

	"bestie/shop"
)

// The texts of orders on their way through the warehouse.

// PurchaseOrder hands an order to the warehouse, or calls it off if it was cancelled.
type PurchaseOrder struct {
	Purchase shop.Purchase
	Group    bool // it goes to a group, where only replies to it are read
}

// Off tells that the order was called off.
func (p PurchaseOrder) Off() bool { return p.Purchase.Order.State == shop.OrderCancelled }

// StepTold answers what the warehouse told of a purchase order. Buyer: who gets the parcel
// is told too. Late is when the goods are short.
type StepTold struct {
	Number  int64
	Result  shop.StepResult
	State   shop.OrderState // as it is now
	Receipt string
	Short   string // goods that were told to be short, "" for another step
	Buyer   bool
}

// Why a word of the warehouse cannot be taken.
const (
	StepNoNumber  = "number"  // of which purchase order?
	StepNoReceipt = "receipt" // of the courier?
	StepNoGoods   = "goods"   // which are short?
	StepUnknown   = "unknown" // there is no such purchase order
	StepCrossed   = "crossed" // one was quoted and another named
)

// StepAsk tells why a word of the warehouse cannot be taken, and how it is written.
type StepAsk struct {
	Why            string
	Number, Quoted int64
	Word           string // of the step: "dikemas"
}

// WarehouseSays tells an admin what the warehouse wrote about a purchase order: words, or
// goods that are short.
type WarehouseSays struct {
	Purchase shop.Purchase
	Words    string
	Short    bool
}

// WarehouseHeard confirms that to the warehouse.
type WarehouseHeard struct{ Number int64 }

// PurchaseReminder names the purchase orders that are to be packed before the cut-off.
type PurchaseReminder struct {
	Numbers []int64
	Cutoff  time.Time
}

// OrderMoved tells who ordered how far the order is. Own: it is a customer's.
type OrderMoved struct {
	Name      string
	Order     shop.Order
	Short     string // goods that are short
	Corrected bool   // the courier's number was another one
}

// ParcelMoved tells who gets a parcel of a dropshipper how far it is.
type ParcelMoved struct {
	Name, Shop string
	State      shop.OrderState
	Receipt    string
	Corrected  bool
}

// OrderStatus answers "pesanan 12". State is "" for an order that is not there.
type OrderStatus struct {
	Name    string
	Order   shop.Order
	Missing shop.Rupiah // what has to be paid before a parked one goes
}

// OrderList answers "pesanan": the last orders, newest first.
type OrderList struct {
	Name   string
	Orders []shop.Order
}

// OrderLate reminds a dropshipper of what misses today's cut-off.
type OrderLate struct {
	Shop    string
	Parked  []shop.Order
	Missing shop.Rupiah
	Cutoff  time.Time
}

// BuyerTold answers "kabari on".
type BuyerTold struct {
	Name string
	On   bool
	Set  bool // it was changed just now
}

func (PurchaseOrder) text() string    { return "purchase_order" }
func (StepTold) text() string         { return "step_told" }
func (StepAsk) text() string          { return "step_ask" }
func (WarehouseSays) text() string    { return "warehouse_says" }
func (WarehouseHeard) text() string   { return "warehouse_heard" }
func (PurchaseReminder) text() string { return "purchase_reminder" }
func (OrderMoved) text() string       { return "order_moved" }
func (ParcelMoved) text() string      { return "parcel_moved" }
func (OrderStatus) text() string      { return "order_status" }
func (OrderList) text() string        { return "order_list" }
func (OrderLate) text() string        { return "order_late" }
func (BuyerTold) text() string        { return "buyer_told" }

func warehouseSamples() []Text {
	at := time.Date(2026, 11, 25, 15, 0, 0, 0, shop.WIB)
	o := shop.Order{
		ID: 7, Items: []shop.Item{{Product: "Bakso Urat", Variant: "Pedas", Count: 2, Price: 18_000}, {Product: "Keripik", Count: 1, Price: 12_000}},
		Recipient: "Rina", Phone: "6281200000001", Address: "Jl. Mawar 1, Bandung", Note: "jangan dibanting", Total: 48_000, OrderedAt: at, Dropship: true,
	}
	bare := o
	bare.Note, bare.Phone, bare.Dropship, bare.Payment = "", "", false, "transfer BCA"
	p := shop.Purchase{Number: 12, Order: o, Shop: "Toko Melati", Name: "Dina", Short: "Bakso Urat"}
	off := shop.Purchase{Number: 12, Order: bare, Name: "Rina"}
	off.Order.State = shop.OrderCancelled
	out := []Text{
		PurchaseOrder{p, false},
		PurchaseOrder{p, true},
		PurchaseOrder{off, false},
		PurchaseOrder{shop.Purchase{Number: 12, Order: bare}, false},
		WarehouseSays{p, "alamatnya kurang jelas", false},
		WarehouseSays{p, "", true},
		WarehouseSays{shop.Purchase{Number: 12, Order: bare}, "?", false},
		WarehouseHeard{12},
		PurchaseReminder{[]int64{12}, at},
		PurchaseReminder{[]int64{12, 13}, at},
		OrderList{"Dina", nil},
		OrderList{"", []shop.Order{o, bare}},
		OrderLate{"Toko Melati", []shop.Order{o, bare}, 20_000, at},
		OrderLate{"Toko Melati", nil, 0, at},
		BuyerTold{"Dina", true, true},
		BuyerTold{"", false, false},
		BuyerTold{"Dina", false, true},
	}
	for _, result := range []shop.StepResult{shop.StepTaken, shop.StepAgain, shop.StepCorrected, shop.StepLate, shop.StepCancelled, shop.StepOver} {
		for _, state := range []shop.OrderState{shop.OrderPlaced, shop.OrderPacked, shop.OrderShipped} {
			out = append(out, StepTold{12, result, state, "JNE123", "", true}, StepTold{12, result, state, "JNE123", "Bakso Urat", false})
		}
	}
	for _, why := range []string{StepNoNumber, StepNoReceipt, StepNoGoods, StepUnknown, StepCrossed} {
		out = append(out, StepAsk{why, 12, 13, "dikemas"}, StepAsk{why, 0, 0, "habis"})
	}
	for _, state := range []shop.OrderState{"", shop.OrderParked, shop.OrderPlaced, shop.OrderPacked, shop.OrderShipped, shop.OrderDone, shop.OrderCancelled, shop.OrderReturned} {
		moved, own := o, bare
		moved.State, own.State, moved.Receipt, moved.ChangedAt, own.ChangedAt = state, state, "JNE123", at, at
		out = append(out, OrderStatus{"Dina", moved, 20_000}, OrderStatus{"", own, 0})
		if state == shop.OrderPacked || state == shop.OrderShipped {
			out = append(out, OrderMoved{"Dina", moved, "", true}, OrderMoved{"", own, "", false}, OrderMoved{"Dina", moved, "Bakso Urat", false}, OrderMoved{"", own, "Bakso", false},
				ParcelMoved{"Rina", "Toko Melati", state, "JNE123", false}, ParcelMoved{"", "Toko Melati", state, "JNE123", true})
		}
	}
	return out
}
