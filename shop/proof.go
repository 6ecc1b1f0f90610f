package shop

import (
	"fmt"
	"time"
)

// Proof is the picture of a transfer that a dropshipper sent for a payment. It moves no
// money: it helps the admin who confirms (domain facts, section 4).
type Proof struct {
	ID       int64
	Payment  Payment
	Person   Person // who sent it
	Shop     string
	Account  string // from which they said they always pay, "" for none
	At       time.Time
	Raw      []byte // of the message, for the download
	Transfer Transfer
	Attempts int // downloads that failed
	Picture  Picture
}

// Picture is a file on our own disk and how it looks. The zero Picture is one that could
// not be fetched or read.
type Picture struct {
	Path   string
	SHA256 []byte
	Look   Look // without points: no picture that we can read
}

// ProofStep attaches a picture of the turn to a payment.
type ProofStep struct {
	Message  int64 // of the inbox
	Payment  int64
	Transfer Transfer
}

// Moment names the amount and the minute of a transfer, "" unless both were given: no
// two transfers have the same.
func (t Transfer) Moment() string {
	if t.Amount == 0 || !t.Clocked {
		return ""
	}
	return fmt.Sprintf("%d %s", t.Amount, t.At.In(WIB).Format("2006-01-02 15:04"))
}

// FlagKind names what is odd about a payment.
type FlagKind string

// The flags, the gravest first. None refuses a payment: an admin decides.
const (
	FlagPicture   FlagKind = "picture"   // the same picture was sent for another payment
	FlagReference FlagKind = "reference" // so was the bank's reference
	FlagMoment    FlagKind = "moment"    // another transfer of this amount left at this very minute
	FlagAccount   FlagKind = "account"   // it came from another account than the registered one
	FlagAmount    FlagKind = "amount"    // another amount was transferred
	FlagCode      FlagKind = "code"      // the amount without its code
	FlagOld       FlagKind = "old"       // of a day before it was announced
	FlagFuture    FlagKind = "future"    // of an instant that has not come
	FlagUnread    FlagKind = "unread"    // the picture could not be fetched or read
)

// Flag is one of them, and the payment whose proof was the same: its ID, 0 for none, what
// was to be transferred, and when it was announced, so that an admin can find it.
type Flag struct {
	Kind    FlagKind  `json:"kind"`
	Payment int64     `json:"payment,omitempty"`
	Sum     Rupiah    `json:"sum,omitempty"`
	At      time.Time `json:"at,omitzero"`
}

// Earlier is what other payments have in common with a transfer: their IDs, 0 for none,
// and the payments themselves as far as they are known.
type Earlier struct {
	Picture, Reference, Moment int64
	Payments                   map[int64]Payment
}

// oldTransfer is how long before it was announced a payment may have been made.
const oldTransfer = 24 * time.Hour

// Flags are what an admin should see before confirming a payment. What nobody typed is
// not judged.
func (p Payment) Flags(t Transfer, account string, known Earlier, now time.Time) (out []Flag) {
	add := func(is bool, kind FlagKind, other int64) {
		if is {
			same := known.Payments[other]
			out = append(out, Flag{kind, other, same.Transfer(), same.OpenedAt})
		}
	}
	add(known.Picture != 0, FlagPicture, known.Picture)
	add(known.Reference != 0, FlagReference, known.Reference)
	add(known.Moment != 0, FlagMoment, known.Moment)
	add(t.From != "" && account != "" && t.From != AccountNumber(account), FlagAccount, 0)
	switch t.Amount {
	case 0, p.Transfer():
	case p.Amount:
		add(true, FlagCode, 0)
	default:
		add(true, FlagAmount, 0)
	}
	if !t.At.IsZero() {
		end := t.At
		if !t.Clocked {
			end = t.At.AddDate(0, 0, 1)
		}
		add(end.Before(p.OpenedAt.Add(-oldTransfer)), FlagOld, 0)
		add(t.At.After(now.Add(time.Hour)), FlagFuture, 0)
	}
	return out
}
