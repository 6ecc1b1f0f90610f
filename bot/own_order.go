package bot

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"bestie/shop"
	"bestie/templates"
)

// orderIntent is the template for how one orders: where there is a warehouse, the bot takes
// the order itself.
const orderIntent = "cara_order"

// ownOrder: a customer orders at the selling price, step by step or in one block, as
// dropshippers do (domain facts, section 7). Nothing goes before an admin has confirmed
// the payment.
func (c *turn) ownOrder() (bool, error) {
	if c.asked == nil || c.text == "" || c.Account != nil || c.Turn.Warehouse() == nil {
		return false, nil
	}
	m := *c.asked
	m.Text = c.text
	if m.Forwarded {
		return false, nil
	}
	if r, cmd := requestOf(m); cmd != nil {
		switch r.word {
		case "pesanan":
			return c.answerShop(c.orderStatus(r))
		case "batal":
			if said := c.ownCancel(r); len(said) > 0 {
				return c.answerShop(said)
			}
		case "order":
			if said := c.ownGoods(r); len(said) > 0 {
				return c.answerShop(said)
			}
		}
	}
	if o := c.mem().Order; o == nil || c.talksOfOther(o) {
		return false, nil
	}
	return c.answerShop(c.orderAnswer(m))
}

// talksOfOther tells that a message is no answer to what an order under way asks for: it is
// answered first, and the order waits.
func (c *turn) talksOfOther(o *shop.OpenOrder) bool {
	if templates.Angry(c.text) || asks(c.library.Match(c.text, c.Products...), personIntent) {
		c.mem().Order = nil
		return true
	}
	if o.Asked != shop.OrderRecipient && o.Asked != shop.OrderPhone && o.Asked != shop.OrderPayment || labelled(c.text) {
		return false
	}
	said := strings.Fields(strings.ToLower(c.text))
	return !dropping[bare(said[0])] && o.Asked != shop.OrderPayment && slices.ContainsFunc(c.library.Match(c.text, c.Products...).Parts, func(p templates.Part) bool {
		return p.Confidence >= firm && p.Intent != orderIntent
	})
}

// ownGoods answers "order bakso urat 2" of a customer. What is asked, or is no clear goods,
// the library answers, which asks for them.
func (c *turn) ownGoods(r request) []templates.Text {
	if r.asksSomething() && !labelled(r.raw) {
		return nil
	}
	goods := templates.ReadOrder(r.raw, c.Products)
	if !slices.ContainsFunc(goods, func(g templates.Ordered) bool { return g.Product != nil || len(g.Several) > 0 }) {
		return nil
	}
	return c.orderGoods(r)
}

// beginOwnOrder takes the place of the library's form: the order itself is written.
func (c *turn) beginOwnOrder() string {
	o := c.mem().Order
	if o == nil {
		o = &shop.OpenOrder{Own: true, At: c.Now}
		c.mem().Order = o
	}
	o.Asked = o.Next()
	text, err := c.write(templates.OrderAsk{Name: c.name(), Field: o.Asked})
	if err != nil {
		c.bot.Log.Error().Err(err).Msg("the question of an order could not be written")
	}
	return text
}

// ownPlace keeps a customer's order that was confirmed, and tells the duty admin.
func (c *turn) ownPlace(o *shop.OpenOrder, source string) []templates.Text {
	total := shop.TotalOf(o.Items)
	if total <= 0 || total > shop.MostPosted {
		return nil
	}
	placed := shop.Order{
		ID: c.NextOrder, PersonID: c.Person.ID, Source: fmt.Sprintf("%d:%s", c.Person.ID, source), Items: o.Items,
		Recipient: o.Recipient, Phone: o.Phone, Address: o.Address, Note: o.Note, Total: total, Payment: o.Payment,
		State: shop.OrderParked, OrderedAt: c.Now, ChangedAt: c.Now,
	}
	c.NextOrder++
	c.mem().Order, c.mem().Form = nil, nil
	c.out.Bookings = append(c.out.Bookings, shop.Booking{Orders: []shop.Order{placed}})
	c.alertDuty(templates.OwnOrderCame{Name: c.Person.CallName(), Phone: c.Person.Phone, Order: placed})
	return []templates.Text{templates.OwnOrder{Name: c.name(), Order: placed}}
}

// ownCancel answers "batal 12" of a customer: what is not paid is called off, the rest is
// an admin's to decide.
func (c *turn) ownCancel(r request) []templates.Text {
	rest := slices.DeleteFunc(slices.Clone(r.rest), func(w string) bool { return bare(w) == "order" || bare(w) == "pesanan" })
	if len(rest) != 1 || r.asksSomething() {
		return nil
	}
	number, err := strconv.ParseInt(trimNumber(rest[0]), 10, 64)
	at := slices.IndexFunc(c.Orders, func(o shop.Order) bool { return o.ID == number })
	if err != nil || at < 0 {
		return nil
	}
	o := c.Orders[at]
	switch o.State {
	case shop.OrderParked:
		c.callOff(o)
		return []templates.Text{templates.OwnOrderOff{Name: c.name(), Number: number}}
	case shop.OrderCancelled:
		return []templates.Text{templates.OrderStatus{Name: c.name(), Order: o}}
	}
	if o.State == shop.OrderPlaced {
		return nil // paid: a person gives the money back
	}
	return []templates.Text{templates.OrderKept{Name: c.name(), Number: number, State: o.State, Admins: c.whoToAsk()}}
}

func (c *turn) callOff(o shop.Order) {
	o.State, o.ChangedAt = shop.OrderCancelled, c.Now
	c.out.Bookings = append(c.out.Bookings, shop.Booking{Orders: []shop.Order{o}})
}

// ownPaid answers an admin's "lunas 12": the order of a customer goes to the warehouse.
func (c *turn) ownPaid(args []string) templates.Text {
	o, text := c.ownNamed(args, "lunas 12")
	if o == nil {
		return text
	}
	switch o.State {
	case shop.OrderParked:
		o.State, o.PlacedAt, o.ChangedAt = shop.OrderPlaced, c.Now, c.Now
		c.out.Bookings = append(c.out.Bookings, shop.Booking{Orders: []shop.Order{*o}})
		c.notify(o.PersonID, templates.OwnOrderPaid{Name: o.Recipient, Order: *o, Ships: c.ships()})
		return templates.OwnOrderDone{How: templates.OwnOrderLet, Order: *o}
	case shop.OrderCancelled:
		return templates.OwnOrderDone{How: templates.OwnOrderEnded, Order: *o}
	}
	return templates.OwnOrderDone{How: templates.OwnOrderGone, Order: *o}
}

// ownDropped answers an admin's "batal 12".
func (c *turn) ownDropped(args []string) templates.Text {
	o, text := c.ownNamed(args, "batal 12")
	if o == nil {
		return text
	}
	how := templates.OwnOrderDropped
	switch o.State {
	case shop.OrderParked, shop.OrderPlaced:
		o.State, o.ChangedAt = shop.OrderCancelled, c.Now
		c.callOff(*o)
		c.notify(o.PersonID, templates.OwnOrderOff{Name: o.Recipient, Number: o.ID})
	case shop.OrderCancelled:
		how = templates.OwnOrderEnded
	default:
		how = templates.OwnOrderLate
	}
	return templates.OwnOrderDone{How: how, Order: *o}
}

// ownNamed is the order of a customer that an admin names, else what to say. An admin who
// has a shop may mean an order of theirs.
func (c *turn) ownNamed(args []string, example string) (*shop.Order, templates.Text) {
	if c.Turn.Warehouse() == nil {
		return nil, templates.AdminHint{Name: c.name()}
	}
	args = slices.DeleteFunc(slices.Clone(args), func(w string) bool { return bare(w) == "order" || bare(w) == "pesanan" || trailWords[bare(w)] })
	if len(args) != 1 {
		if c.Account != nil {
			return nil, templates.AdminHint{Name: c.name()}
		}
		return nil, templates.Correction{Example: example}
	}
	number, err := strconv.ParseInt(trimNumber(args[0]), 10, 64)
	if err != nil || number <= 0 {
		return nil, templates.Correction{Example: example}
	}
	if o := c.Desk.Order(number); o != nil {
		return o, nil
	}
	if c.Account != nil {
		return nil, templates.AdminHint{Name: c.name()}
	}
	return nil, templates.OwnOrderDone{How: templates.OwnOrderNone, Order: shop.Order{ID: number}}
}
