package templates

import (
	"time"

	"bestie/shop"
)

// PaymentVoid tells a dropshipper that a payment announced At was not confirmed in time.
type PaymentVoid struct {
	Shop     string
	Transfer shop.Rupiah
	At       time.Time
}

// PaymentMissed tells the duty admin of a payment that was closed although a picture of the
// transfer had come: nobody answered it in time. Number is that of its ticket.
type PaymentMissed struct {
	Number   int
	Shop     string
	Transfer shop.Rupiah
	At       time.Time
}

// PaymentDue reminds a dropshipper of what is owed since an instant. Pending was
// announced and is being looked at.
type PaymentDue struct {
	Shop          string
	Owed, Pending shop.Rupiah
	Since         time.Time
}

// LedgerDigest tells the owner where the ledger stands, and in Broken where it is not what
// was booked, nil for nowhere.
type LedgerDigest struct {
	At                time.Time
	Owed              shop.Rupiah
	Postings, Entries int64
	Head              string
	Broken            *shop.Break
}

func (PaymentVoid) text() string   { return "payment_void" }
func (PaymentMissed) text() string { return "payment_missed" }
func (PaymentDue) text() string    { return "payment_due" }
func (LedgerDigest) text() string  { return "ledger_digest" }

func booksSamples() []Text {
	at := time.Date(2026, 11, 25, 17, 0, 0, 0, shop.WIB)
	return []Text{
		PaymentVoid{"Toko Melati", 150_123, at},
		PaymentMissed{15, "Toko Melati", 150_123, at},
		PaymentDue{"Toko Melati", 88_468, 0, at},
		PaymentDue{"Toko Melati", 88_468, 50_001, at},
		LedgerDigest{at, 88_468, 12, 25, "0123456789ab", nil},
		LedgerDigest{At: at, Broken: &shop.Break{Number: 7, Line: 2}},
		LedgerDigest{At: at, Broken: &shop.Break{Number: 7}},
		LedgerDigest{At: at, Broken: &shop.Break{Number: 7, Digest: true}},
		LedgerDigest{At: at, Broken: &shop.Break{Digest: true}},
		LedgerDigest{At: at, Broken: &shop.Break{}},
	}
}
