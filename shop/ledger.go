package shop

import (
	"errors"
	"fmt"
	"time"
)

// Dropshipper is a reseller with a credit limit (domain facts, section 4).
type Dropshipper struct {
	PersonID    int64
	Shop        string
	Limit       Rupiah // how much may be owed before orders wait
	Used        Rupiah // cost of orders not paid yet: the balance of the receivable account
	BankAccount string // payments from another account are flagged
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
	Reference string // unique: the same reference is booked once
	Reason    string
	Actor     string
	At        time.Time
	Entries   []Entry
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

// ReceivableAccount is what a dropshipper owes us.
func ReceivableAccount(personID int64) string { return fmt.Sprintf("receivable:%d", personID) }
