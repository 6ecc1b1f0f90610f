package templates

import (
	"time"

	"bestie/shop"
)

// The texts around payments. Number is the ticket's, by which admins act on it.

// PaymentProof shows the duty admin the picture of a transfer, as its caption.
type PaymentProof struct {
	Number int
	Shop   string
	Amount shop.Rupiah
	Code   int
	Flags  []shop.Flag
	Closed bool // the payment had been confirmed, rejected or forgotten when it came
}

// Transfer is the amount that should have arrived.
func (p PaymentProof) Transfer() shop.Rupiah { return p.Amount + shop.Rupiah(p.Code) }

// ProofNoted tells a dropshipper that the picture for a payment came in.
type ProofNoted struct {
	Name     string
	Number   int
	Transfer shop.Rupiah
}

// AcceptPayment asks for "ya 15" before a payment is posted. Transfer is what should have
// arrived, Sum what is to be posted.
type AcceptPayment struct {
	Number        int
	Shop          string
	Sum, Transfer shop.Rupiah
	Flags         []shop.Flag
}

// PaymentPosted confirms a payment to the admin who posted it, and, with ForPayer, to the
// dropshipper. Line is its number in the ledger.
type PaymentPosted struct {
	Number        int
	Shop          string
	Sum           shop.Rupiah
	Line          int64
	Released      []int64 // orders that waited for it
	Owed, Deposit shop.Rupiah
	Parked        int         // orders that wait still
	Missing       shop.Rupiah // for all of them
	Ships         string      // when what was released leaves, if not today: "besok"
}

// PaymentReceived is PaymentPosted for the dropshipper.
type PaymentReceived struct {
	PaymentPosted
	Name string
}

// ForPayer is the same for whom it is from.
func (p PaymentPosted) ForPayer(name string) PaymentReceived { return PaymentReceived{p, name} }

// PaymentRejected confirms that a payment was rejected, with the number in the ledger.
type PaymentRejected struct {
	Number   int
	Shop     string
	Transfer shop.Rupiah
	Line     int64
	Reason   string
}

// PaymentRefused is PaymentRejected for the dropshipper.
type PaymentRefused struct {
	PaymentRejected
	Name string
}

// ForPayer is the same for whom it is from.
func (p PaymentRejected) ForPayer(name string) PaymentRefused { return PaymentRefused{p, name} }

// PaymentClosed answers a step on a payment that is over.
type PaymentClosed struct {
	Number int
	Shop   string
	State  shop.PaymentState
	Sum    shop.Rupiah
	Reason string
}

func (AcceptPayment) text() string   { return "accept_payment" }
func (PaymentPosted) text() string   { return "payment_posted" }
func (PaymentReceived) text() string { return "payment_received" }
func (PaymentRejected) text() string { return "payment_rejected" }
func (PaymentRefused) text() string  { return "payment_refused" }
func (PaymentClosed) text() string   { return "payment_closed" }
func (PaymentProof) text() string    { return "payment_proof" }
func (ProofNoted) text() string      { return "proof_noted" }

func paymentSamples() []Text {
	all := []shop.Flag{
		{Kind: shop.FlagPicture, Payment: 12, Sum: 150_123, At: time.Date(2026, 11, 24, 9, 0, 0, 0, shop.WIB)},
		{Kind: shop.FlagReference, Payment: 12},
		{Kind: shop.FlagMoment, Payment: 12},
		{Kind: shop.FlagAccount},
		{Kind: shop.FlagAmount},
		{Kind: shop.FlagCode},
		{Kind: shop.FlagOld},
		{Kind: shop.FlagFuture},
		{Kind: shop.FlagUnread},
	}
	return []Text{
		PaymentProof{15, "Toko Melati", 150_000, 123, nil, false},
		PaymentProof{15, "Toko Melati", 150_000, 123, all, true},
		AcceptPayment{15, "Toko Melati", 150_123, 150_123, nil},
		AcceptPayment{15, "Toko Melati", 120_000, 150_123, all},
		PaymentPosted{15, "Toko Melati", 150_123, 41, nil, 38_345, 0, 0, 0, ""},
		PaymentPosted{15, "Toko Melati", 150_123, 41, []int64{7, 8}, 238_345, 0, 1, 20_000, ""},
		PaymentPosted{15, "Toko Melati", 150_123, 41, nil, 0, 12_000, 0, 0, ""},
		PaymentPosted{15, "Toko Melati", 150_123, 41, nil, 238_345, 0, 2, 20_000, ""}.ForPayer("Melati"),
		PaymentPosted{15, "Toko Melati", 150_123, 41, []int64{7}, 38_345, 0, 0, 0, "besok"}.ForPayer("Melati"),
		PaymentPosted{15, "Toko Melati", 150_123, 41, []int64{7, 8}, 0, 12_000, 0, 0, ""}.ForPayer(""),
		PaymentRejected{15, "Toko Melati", 150_123, 41, "uangnya belum masuk"},
		PaymentRejected{15, "Toko Melati", 150_123, 41, "uangnya belum masuk"}.ForPayer("Melati"),
		PaymentClosed{15, "Toko Melati", shop.PaymentPosted, 150_123, ""},
		PaymentClosed{15, "Toko Melati", shop.PaymentRejected, 0, "uangnya belum masuk"},
		PaymentClosed{15, "Toko Melati", shop.PaymentVoid, 0, ""},
		PaymentClosed{Number: 15},
		ProofNoted{"Melati", 15, 150_123},
		ProofNoted{"", 15, 150_123},
	}
}
