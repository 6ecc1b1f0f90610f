package shop

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Place orders goods at their cost (domain facts, section 4). If the deposit and the
// free limit cover it, and nobody waits in front, it is booked; else it is parked, and
// released when money comes in. A later small order does not overtake an earlier large
// one: who paid for the first would wait for it forever. An order without an amount, or
// whose message ordered already, changes nothing.
func (a *Account) Place(o Order, now time.Time, source string) Booking {
	if o.Total <= 0 || o.Total > MostPosted || a.Known[source] {
		return Booking{}
	}
	o.ID, a.NextOrder = a.NextOrder, a.NextOrder+1
	o.PersonID, o.Dropship, o.Source, o.OrderedAt, o.ChangedAt = a.PersonID, true, source, now, now
	a.know(source)
	if len(a.Parked) > 0 || o.Total > a.Room() {
		o.State, o.PlacedAt = OrderParked, time.Time{}
		a.Parked = append(a.Parked, o)
		return Booking{Orders: []Order{o}}
	}
	var b Booking
	a.book(&b, o, a.actor(), now)
	return b
}

// book charges an order: from the deposit as far as it goes, the rest on credit.
func (a *Account) book(b *Booking, o Order, actor string, now time.Time) {
	o.State, o.PlacedAt, o.ChangedAt = OrderPlaced, now, now
	p := Posting{
		Reference: orderReference(o.ID), Reason: "order", Actor: actor, Source: o.Source, At: now,
		Entries: []Entry{{CreditAccount(a.PersonID), o.Total}, {AccountSales, -o.Total}},
	}
	paid := min(a.Deposit, o.Total)
	if paid > 0 {
		p.Entries = append(p.Entries, Entry{DepositAccount(a.PersonID), paid}, Entry{CreditAccount(a.PersonID), -paid})
	}
	a.Deposit -= paid
	a.Used += o.Total - paid
	if o.Total > paid {
		a.Unpaid = append(a.Unpaid, Unpaid{o, o.Total - paid})
	}
	a.Open = append(a.Open, o)
	a.post(b, p)
	b.Orders = append(b.Orders, o)
	a.due()
}

// Release books parked orders, strictly oldest first, as far as deposit and limit reach:
// after a payment, a cancelled order, a higher limit.
func (a *Account) Release(by int64, now time.Time) Booking {
	var b Booking
	a.release(&b, by, now)
	return b
}

func (a *Account) release(b *Booking, by int64, now time.Time) {
	for len(a.Parked) > 0 && a.Parked[0].Total <= a.Room() {
		o := a.Parked[0]
		a.Parked = a.Parked[1:]
		a.book(b, o, person(by), now)
	}
}

// Cancel takes an order back that was not packed yet. What was charged is credited: to
// what is owed, and what is more to the deposit. Orders that waited for the limit may
// be released. An order in another state, or of somebody else, changes nothing.
func (a *Account) Cancel(o Order, by int64, now time.Time) Booking {
	for i, parked := range a.Parked {
		if parked.ID == o.ID {
			parked.State, parked.ChangedAt = OrderCancelled, now
			a.Parked = append(a.Parked[:i:i], a.Parked[i+1:]...)
			b := Booking{Orders: []Order{parked}}
			a.release(&b, by, now)
			return b
		}
	}
	return a.takeBack(o, OrderCancelled, "cancel", by, now, OrderPlaced)
}

// Return takes an order back that had been packed or was on its way, or had arrived.
func (a *Account) Return(o Order, by int64, now time.Time) Booking {
	return a.takeBack(o, OrderReturned, "return", by, now, OrderPacked, OrderShipped, OrderDone)
}

func (a *Account) takeBack(o Order, to OrderState, word string, by int64, now time.Time, from ...OrderState) Booking {
	at := -1
	for i, open := range a.Open {
		if open.ID == o.ID {
			at = i
		}
	}
	if at < 0 || !contains(from, a.Open[at].State) {
		return Booking{}
	}
	o = a.Open[at]
	o.State, o.ChangedAt = to, now
	a.Open = append(a.Open[:at:at], a.Open[at+1:]...)
	var b Booking
	entries := append([]Entry{{AccountSales, o.Total}}, a.credit(o.Total, o.ID)...)
	a.post(&b, Posting{
		Reference: word + ":" + strconv.FormatInt(o.ID, 10), Reason: "reversal of " + orderReference(o.ID),
		Actor: person(by), At: now, Entries: entries,
	})
	b.Orders = append(b.Orders, o)
	a.release(&b, by, now)
	return b
}

// credit takes an amount off what is owed, of one order first and then of the oldest, and
// adds what is more to the deposit.
func (a *Account) credit(amount Rupiah, first int64) (out []Entry) {
	owed := max(0, min(amount, a.Used))
	if owed > 0 {
		out = append(out, Entry{CreditAccount(a.PersonID), -owed})
	}
	if more := amount - owed; more > 0 {
		out = append(out, Entry{DepositAccount(a.PersonID), -more})
		a.Deposit += more
	}
	a.Used -= owed
	var left []Unpaid
	for _, u := range a.Unpaid {
		if u.Order.ID != first {
			left = append(left, u)
			continue
		}
		owed -= min(owed, u.Rest)
	}
	a.Unpaid = left
	for owed > 0 && len(a.Unpaid) > 0 {
		paid := min(owed, a.Unpaid[0].Rest)
		owed -= paid
		rest := append([]Unpaid{}, a.Unpaid...)
		if rest[0].Rest -= paid; rest[0].Rest == 0 {
			rest = rest[1:]
		}
		a.Unpaid = rest
	}
	a.due()
	return out
}

// due keeps DueSince in step with what is unpaid.
func (a *Account) due() {
	a.DueSince = time.Time{}
	if len(a.Unpaid) > 0 {
		a.DueSince = a.Unpaid[0].Order.PlacedAt
	}
}

// post gives a posting its number and books it.
func (a *Account) post(b *Booking, p Posting) {
	a.Head++
	p.Number = a.Head
	b.Postings = append(b.Postings, p)
}

func (a *Account) know(source string) {
	if a.Known == nil {
		a.Known = map[string]bool{}
	}
	a.Known[source] = true
}

func (a *Account) actor() string { return person(a.PersonID) }

// person names who did something: 0 is the program.
func person(id int64) string {
	if id == 0 {
		return "bestie"
	}
	return fmt.Sprintf("person:%d", id)
}

func orderReference(id int64) string { return fmt.Sprintf("order:%d", id) }

func contains(all []OrderState, s OrderState) bool {
	for _, one := range all {
		if one == s {
			return true
		}
	}
	return false
}

// TotalOf is what the items cost together.
func TotalOf(items []Item) (sum Rupiah) {
	for _, item := range items {
		sum += item.Price * Rupiah(item.Count)
	}
	return sum
}

// WantsLines tells whether a message may ask for the statement, so that it is worth
// reading: generous, since a typing mistake must not show an empty one.
func WantsLines(text string) bool {
	for _, word := range strings.Fields(strings.ToLower(text)) {
		for _, start := range []string{"mut", "mts", "histor", "riwayat", "transaksi", "laporan"} {
			if strings.HasPrefix(word, start) {
				return true
			}
		}
	}
	return false
}
