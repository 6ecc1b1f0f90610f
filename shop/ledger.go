package shop

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"time"
)

// Dropshipper is a reseller with a credit limit (domain facts, section 4).
type Dropshipper struct {
	PersonID    int64
	Shop        string
	Limit       Rupiah    // how much may be owed before orders wait
	Used        Rupiah    // cost of orders not paid yet: the balance of the account CreditAccount
	BankAccount string    // payments from another account are flagged
	Suspended   time.Time // no new orders on credit from then on; zero: not suspended
	Quiet       bool      // they asked not to be reminded of what is due
	TellBuyer   bool      // who gets their parcels is told how far they are
}

// Free is what may still be ordered on credit.
func (d Dropshipper) Free() Rupiah { return d.Limit - d.Used }

// DefaultLimit is the initial credit limit per dropshipper.
const DefaultLimit Rupiah = 300_000

// Entry is one side of a posting: a positive amount debits the account, a
// negative one credits it.
type Entry struct {
	Account string
	Amount  Rupiah
}

// Posting is one movement of money in double entry: its entries add up to zero.
// It is never changed; a correction is another posting.
type Posting struct {
	Number    int64  // its place in the ledger, from 1 without gaps; 0: the next
	Reference string // unique: the same reference is booked once
	Reason    string
	Actor     string
	Source    string // the message it came with, "" for none
	At        time.Time
	Entries   []Entry
	Hash      Hash // zero until it is booked
}

// ErrUnbalanced is returned for a posting whose entries do not add up to zero.
var ErrUnbalanced = errors.New("the entries do not add up to zero")

// MostPosted bounds one entry, so that no sum of entries can overflow: Rp1 trillion.
const MostPosted Rupiah = 1_000_000_000_000

// Check refuses a posting that double entry does not allow.
func (p Posting) Check() error {
	if p.Reference == "" || p.Reason == "" || p.Actor == "" {
		return errors.New("a posting needs a reference, a reason and an actor")
	}
	if len(p.Entries) < 2 {
		return errors.New("a posting needs at least two entries")
	}
	var sum Rupiah
	for _, e := range p.Entries {
		if e.Account == "" || e.Amount == 0 {
			return errors.New("an entry needs an account and an amount")
		}
		if e.Amount > MostPosted || e.Amount < -MostPosted {
			return fmt.Errorf("an entry of %s is beyond %s", e.Amount, MostPosted)
		}
		sum += e.Amount
	}
	if sum != 0 {
		return fmt.Errorf("%w: %s", ErrUnbalanced, sum)
	}
	return nil
}

// The company's accounts.
const (
	AccountReceivable  = "receivable" // payments that were announced
	AccountCash        = "cash:bca"
	AccountSales       = "sales"
	AccountAdjustments = "adjustments"
)

// CreditAccount is what a dropshipper owes: a debit balance.
func CreditAccount(person int64) string { return fmt.Sprintf("credit:%d", person) }

// PendingAccount is what a dropshipper announced: a credit balance.
func PendingAccount(person int64) string { return fmt.Sprintf("pending:%d", person) }

// DepositAccount is what a dropshipper paid beyond the debt: a credit balance.
func DepositAccount(person int64) string { return fmt.Sprintf("deposit:%d", person) }

// Hash is the SHA-256 of a posting chained to the one before it.
type Hash [sha256.Size]byte

// String is the hash in hexadecimal digits.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// Chained is the hash of a posting in its place in the ledger: over the hash before it
// and the canonical text.
func (p Posting) Chained(before Hash) Hash {
	return sha256.Sum256(p.canonical(before[:]))
}

// canonical appends the text of a posting that its hash covers: every field in quotes, so that
// no two postings have the same text.
func (p Posting) canonical(b []byte) []byte {
	b = strconv.AppendInt(b, p.Number, 10)
	for _, field := range []string{p.Reference, p.Reason, p.Actor, p.Source} {
		b = strconv.AppendQuote(append(b, ' '), field)
	}
	b = strconv.AppendInt(append(b, ' '), p.At.UnixMilli(), 10)
	for _, e := range p.Entries {
		b = strconv.AppendQuote(append(b, '\n'), e.Account)
		b = strconv.AppendInt(append(b, ' '), int64(e.Amount), 10)
	}
	return b
}

// Same tells whether two postings say the same, whenever and wherever they were booked:
// the second is a retry of the first.
func (p Posting) Same(o Posting) bool {
	p.Number, p.At = o.Number, o.At
	return string(p.canonical(nil)) == string(o.canonical(nil))
}

// Reverse is the correction of a posting: the same entries the other way round. One
// posting is reversed once.
func (p Posting) Reverse(actor, reason string, now time.Time) Posting {
	r := Posting{Reference: "reverse:" + p.Reference, Reason: reason, Actor: actor, At: now}
	for _, e := range p.Entries {
		r.Entries = append(r.Entries, Entry{e.Account, -e.Amount})
	}
	return r
}
