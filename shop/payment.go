package shop

import (
	"fmt"
	"time"
)

// MostCode is the largest code that is added to a transfer.
const MostCode = 999

// FreeCode is a code that no pending payment uses, starting the search anywhere; false
// when all are in use.
func (a *Account) FreeCode(start int) (int, bool) {
	for i := range MostCode {
		code := 1 + (max(0, start)+i)%MostCode
		if !a.Codes[code] {
			return code, true
		}
	}
	return 0, false
}

// Announce opens a payment: money that is said to be on its way. It moves nothing that
// is owed until an admin confirms it. An amount that is none, a code that is in use, or
// a message that announced already changes nothing.
func (a *Account) Announce(amount Rupiah, shop string, code int, now time.Time, source string) Booking {
	if amount <= 0 || amount > MostPosted-MostCode || code < 1 || code > MostCode || a.Codes[code] || a.Known[source] {
		return Booking{}
	}
	if shop == "" {
		shop = a.Shop
	}
	p := Payment{
		ID: a.NextPayment, PersonID: a.PersonID, Source: source, Amount: amount, Code: code, Shop: shop,
		State: PaymentPending, OpenedAt: now, ExpiresAt: now.Add(PaymentLife),
	}
	a.NextPayment++
	a.know(source)
	if a.Codes == nil {
		a.Codes = map[int]bool{}
	}
	a.Codes[code] = true
	a.Pending += p.Transfer()
	a.Payments = append(a.Payments, p)
	b := Booking{Payments: []Payment{p}}
	a.post(&b, Posting{
		Reference: payReference(p, "open"), Reason: "payment announced", Actor: a.actor(), Source: source, At: now,
		Entries: []Entry{{AccountReceivable, p.Transfer()}, {PendingAccount(a.PersonID), -p.Transfer()}},
	})
	return b
}

// Confirm posts what arrived of a pending payment: to what is owed, oldest order first,
// and what is more to the deposit. Parked orders that it pays for are released, oldest
// first. The payment closes with what was received: after a partial one the rest stays
// owed. A payment that is not pending, or an amount that is none, changes nothing.
func (a *Account) Confirm(p Payment, amount Rupiah, by int64, now time.Time) Booking {
	if amount <= 0 || amount > MostPosted {
		return Booking{}
	}
	p, ok := a.take(p.ID)
	if !ok {
		return Booking{}
	}
	p.State, p.Received = PaymentPosted, amount
	entries := append(a.unannounced(p), Entry{AccountCash, amount})
	return a.close(p, Posting{Reference: payReference(p, "post"), Reason: "payment received", Entries: append(entries, a.credit(amount, 0)...)}, by, now)
}

// Reject closes a pending payment that did not arrive.
func (a *Account) Reject(p Payment, reason string, by int64, now time.Time) Booking {
	return a.drop(p, PaymentRejected, "reject", reason, by, now)
}

// Void closes a pending payment that nobody confirmed in time, or that was taken back.
func (a *Account) Void(p Payment, reason string, by int64, now time.Time) Booking {
	return a.drop(p, PaymentVoid, "void", reason, by, now)
}

func (a *Account) drop(p Payment, to PaymentState, word, reason string, by int64, now time.Time) Booking {
	p, ok := a.take(p.ID)
	if !ok {
		return Booking{}
	}
	p.State, p.Reason = to, reason
	if reason == "" {
		reason = "payment " + string(to)
	}
	return a.close(p, Posting{Reference: payReference(p, word), Reason: reason, Entries: a.unannounced(p)}, by, now)
}

func (a *Account) close(p Payment, posting Posting, by int64, now time.Time) Booking {
	p.ClosedAt, p.ClosedBy = now, by
	posting.Actor, posting.Source, posting.At = person(by), p.Source, now
	b := Booking{Payments: []Payment{p}}
	a.post(&b, posting)
	a.release(&b, by, now)
	return b
}

// take removes a payment from the pending ones.
func (a *Account) take(id int64) (Payment, bool) {
	for i, p := range a.Payments {
		if p.ID == id {
			a.Payments = append(a.Payments[:i:i], a.Payments[i+1:]...)
			a.Pending -= p.Transfer()
			delete(a.Codes, p.Code)
			return p, true
		}
	}
	return Payment{}, false
}

// unannounced takes an announcement back.
func (a *Account) unannounced(p Payment) []Entry {
	return []Entry{{PendingAccount(a.PersonID), p.Transfer()}, {AccountReceivable, -p.Transfer()}}
}

func payReference(p Payment, step string) string { return fmt.Sprintf("pay:%d:%s", p.ID, step) }
