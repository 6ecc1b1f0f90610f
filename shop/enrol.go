package shop

import (
	"strings"
	"time"
)

// ShopChangeKind is what an admin changes about a dropshipper.
type ShopChangeKind string

// The kinds. A suspended dropshipper orders nothing on credit; what is owed stays owed.
const (
	ShopEnrol   ShopChangeKind = "enrol"
	ShopLimit   ShopChangeKind = "limit"
	ShopSuspend ShopChangeKind = "suspend"
	ShopResume  ShopChangeKind = "resume"
)

// ShopChange is one change to a dropshipper, put on record with who, when and why.
type ShopChange struct {
	Kind    ShopChangeKind `json:"kind"`
	Phone   string         `json:"phone"` // digits, with the country
	Shop    string         `json:"shop,omitempty"`
	Limit   Rupiah         `json:"limit,omitempty"`   // of ShopEnrol and ShopLimit
	Account string         `json:"account,omitempty"` // from which they pay; of ShopEnrol
	Reason  string         `json:"reason,omitempty"`
}

// ShopView is what an admin can change: a dropshipper, or somebody who is none yet.
type ShopView struct {
	Phone string // as it was named
	Person
	Dropshipper *Dropshipper // nil: not registered
	Suspended   bool
	Wrote       bool // they have written to us: we may write to them
}

// ShopRecord is one change as it stands on record. By is empty when it came from the
// command line.
type ShopRecord struct {
	At               time.Time
	Person           int64 // whose it is
	By               string
	Kind             ShopChangeKind
	Old, New, Reason string
}

// Misfit tells why a change makes no sense for what is on record, nil if it does.
func (c ShopChange) Misfit(v ShopView) *Error {
	switch d := v.Dropshipper; {
	case c.Kind == ShopEnrol && d != nil:
		return &Error{Code: "shop_known", Sentence: "This number is a dropshipper already: " + d.Shop + ".", Hint: "Change the limit instead."}
	case c.Kind != ShopEnrol && d == nil:
		return &Error{Code: "shop_unknown", Sentence: "No dropshipper has this number.", Hint: "Register it first."}
	case c.Kind == ShopSuspend && v.Suspended, c.Kind == ShopResume && !v.Suspended, c.Kind == ShopLimit && c.Limit == d.Limit:
		return &Error{Code: "shop_already", Sentence: d.Shop + " is like that already.", Hint: "Nothing was changed."}
	}
	return nil
}

// MostLimit bounds a credit limit: more is a typing mistake.
const MostLimit Rupiah = 100_000_000

// PhoneNumber reads a phone number as people write it, "0812-3456-7890", as digits with
// the country; false when it is none.
func PhoneNumber(text string) (string, bool) {
	var b strings.Builder
	for i, r := range strings.TrimSpace(text) {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == '+' && i == 0 || strings.ContainsRune(" -.()", r):
		default:
			return "", false
		}
	}
	digits := b.String()
	switch {
	case strings.HasPrefix(digits, "0"):
		digits = "62" + digits[1:]
	case strings.HasPrefix(digits, "8"):
		digits = "62" + digits
	}
	return digits, len(digits) >= 9 && len(digits) <= 15
}
