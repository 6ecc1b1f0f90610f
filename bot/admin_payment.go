package bot

import (
	"errors"
	"slices"
	"strings"

	"bestie/shop"
	"bestie/templates"
)

// knowsSum tells that what follows "terima 15" is nothing, or holds an amount or what
// else is known of the transfer.
func (o *order) knowsSum(rest string) bool {
	said := shop.ParseTransfer(rest, o.c.Now)
	return strings.TrimSpace(rest) == "" || said != shop.Transfer{} && (said.Amount == 0 || said.Amount >= leastSum)
}

// leastSum is the smallest amount that is taken for one: "terima 15 5" is a slip.
const leastSum shop.Rupiah = 1_000

// accept answers "terima 15" and "terima 15 120000": it repeats whose payment it is, how
// much of it and what is odd, and posts nothing before the second word.
func (o *order) accept(v *shop.TicketView, rest string) templates.Text {
	if !pending(v) {
		return paymentClosed(v)
	}
	said := shop.ParseTransfer(rest, o.c.Now)
	sum := v.Payment.Transfer()
	if said.Amount > 0 {
		sum = said.Amount
	}
	flags := slices.Clone(v.Payment.Flagged)
	for _, f := range v.Payment.Flags(said, v.Books.BankAccount, shop.Earlier{}, o.c.Now) {
		if f.Kind != shop.FlagAmount && f.Kind != shop.FlagCode && !slices.Contains(flags, f) { // the sum itself is in the question
			flags = append(flags, f)
		}
	}
	o.confirmFirst("terima", v)
	o.c.mem().Desk.Sum = sum
	return templates.AcceptPayment{Number: v.Number, Shop: v.Payment.Shop, Sum: sum, Transfer: v.Payment.Transfer(), Flags: flags}
}

// pending tells that a ticket is about a payment that waits for an admin.
func pending(v *shop.TicketView) bool {
	return v.Payment != nil && v.Books != nil && v.Payment.State == shop.PaymentPending
}

// post does what accept asked about.
func (o *order) post(v *shop.TicketView) templates.Text {
	if !pending(v) {
		return paymentClosed(v)
	}
	b := v.Books.Confirm(*v.Payment, o.sum, o.c.Person.ID, o.c.Now)
	if !o.book(v, b) {
		return paymentClosed(v)
	}
	told := templates.PaymentPosted{
		Number: v.Number, Shop: v.Payment.Shop, Sum: o.sum, Line: b.Postings[0].Number,
		Owed: v.Books.Used, Deposit: v.Books.Deposit, Parked: len(v.Books.Parked), Missing: v.Books.Missing(0), Ships: o.c.ships(),
	}
	for _, released := range b.Orders {
		told.Released = append(told.Released, released.ID)
	}
	o.tellPayer(v, told.ForPayer(v.Person.CallName()))
	return told
}

// reject answers "tolak 15 alasan".
func (o *order) reject(v *shop.TicketView, rest string) templates.Text {
	if !pending(v) {
		return paymentClosed(v)
	}
	reason := strings.TrimSpace(rest)
	b := v.Books.Reject(*v.Payment, reason, o.c.Person.ID, o.c.Now)
	if !o.book(v, b) {
		return paymentClosed(v)
	}
	told := templates.PaymentRejected{Number: v.Number, Shop: v.Payment.Shop, Transfer: v.Payment.Transfer(), Line: b.Postings[0].Number, Reason: reason}
	o.tellPayer(v, told.ForPayer(v.Person.CallName()))
	return told
}

// book takes a booking into the turn; false when it is none. The numbers of postings run
// on over everybody's books.
func (o *order) book(v *shop.TicketView, b shop.Booking) bool {
	if len(b.Postings) == 0 || len(b.Payments) == 0 {
		return false
	}
	o.c.out.Bookings = append(o.c.out.Bookings, b)
	*v.Payment, v.ClosedAt = b.Payments[0], o.c.Now
	for i := range o.c.Desk.Tickets {
		if other := o.c.Desk.Tickets[i].Books; other != nil {
			other.Head = v.Books.Head
		}
	}
	return true
}

func (o *order) tellPayer(v *shop.TicketView, t templates.Text) {
	text, err := o.c.write(t)
	o.err = errors.Join(o.err, err)
	o.c.out.Drafts = append(o.c.out.Drafts, shop.Draft{To: v.Person.ID, Lane: shop.LaneReply, Text: text, Exempt: true, Parts: says(paymentIntent)})
}

func paymentClosed(v *shop.TicketView) templates.Text {
	told := templates.PaymentClosed{Number: v.Number}
	if p := v.Payment; p != nil {
		told.Shop, told.State, told.Sum, told.Reason = p.Shop, p.State, p.Received, p.Reason
	}
	return told
}
