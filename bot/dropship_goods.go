package bot

import (
	"slices"
	"strconv"

	"bestie/shop"
	"bestie/templates"
)

// goodsOf reads what is ordered, at its cost. All of it must be clear, on the shelf and
// priced; else it returns why it is not.
func (c *turn) goodsOf(text string) (items []shop.Item, refused templates.Text) {
	for _, g := range templates.ReadOrder(text, c.Products) {
		item, why := c.itemOf(g)
		if why != nil {
			why.Name = c.name()
			return nil, *why
		}
		at := slices.IndexFunc(items, func(o shop.Item) bool { return o.Product == item.Product && o.Variant == item.Variant })
		if at < 0 {
			items = append(items, item)
			continue
		}
		items[at].Count += item.Count
		_, items[at].Price = c.onList(items[at]) // more of it may cost less
	}
	return items, c.shortOf(items)
}

// itemOf is one piece of an order, or why it is none.
func (c *turn) itemOf(g templates.Ordered) (shop.Item, *templates.GoodsRefused) {
	no := &templates.GoodsRefused{Goods: templates.Excerpt(g.Words)}
	switch {
	case len(g.Several) > 0:
		no.Why = templates.GoodsSeveral
		for _, p := range g.Several[:min(len(g.Several), 6)] {
			no.Choices = append(no.Choices, p.Name)
		}
		return shop.Item{}, no
	case g.Product == nil:
		no.Why = templates.GoodsUnknown
		return shop.Item{}, no
	}
	no.Goods = g.Product.Name
	if g.Variant == nil && len(g.Product.Variants) > 0 {
		no.Why = templates.GoodsVariant
		for _, v := range g.Product.Variants {
			no.Choices = append(no.Choices, v.Name)
		}
		return shop.Item{}, no
	}
	item := shop.Item{Product: g.Product.Name, Count: g.Count, Price: c.priceOf(g.Product, g.Variant, g.Count)}
	if g.Variant != nil {
		item.Variant = g.Variant.Name
		no.Goods += " " + g.Variant.Name
	}
	switch {
	case item.Price <= 0:
		no.Why = templates.GoodsCost
	case g.Count < 1 || g.Count > mostPieces:
		no.Why = templates.GoodsCount
	default:
		return item, nil
	}
	return shop.Item{}, no
}

// mostPieces bounds the pieces of one kind in an order.
const mostPieces = 9_999

// shortOf tells of which goods there are not enough; nil when there are. What nobody
// counted is not refused.
func (c *turn) shortOf(items []shop.Item) templates.Text {
	wanted := map[[2]string]int{} // the same goods may stand on two lines
	for _, item := range items {
		stock, _ := c.onList(item)
		goods := [2]string{item.Product, item.Variant}
		wanted[goods] += item.Count
		name := item.Product
		if item.Variant != "" {
			name += " " + item.Variant
		}
		switch {
		case stock == 0:
			return templates.GoodsRefused{Name: c.name(), Goods: name, Why: templates.GoodsSoldOut}
		case stock != shop.StockUnknown && stock < wanted[goods]:
			return templates.GoodsRefused{Name: c.name(), Goods: name, Why: templates.GoodsFew, Left: stock}
		}
	}
	return nil
}

// priceOf is what a piece costs whoever writes: dropshippers the cost, customers the price.
func (c *turn) priceOf(p *shop.Product, v *shop.Variant, n int) shop.Rupiah {
	if c.Account == nil {
		return p.Each(v, n)
	}
	return p.EachCost(v)
}

// onList is the stock and the price of ordered goods as the list is now; 0 and 0 for what is
// no more on it.
func (c *turn) onList(item shop.Item) (stock int, price shop.Rupiah) {
	for i := range c.Products {
		p := &c.Products[i]
		if p.Name != item.Product {
			continue
		}
		if item.Variant == "" {
			return p.Stock, c.priceOf(p, nil, item.Count)
		}
		for i := range p.Variants {
			if v := &p.Variants[i]; v.Name == item.Variant {
				return v.Stock, c.priceOf(p, v, item.Count)
			}
		}
	}
	return 0, 0
}

// placeOrder books an order that was confirmed, or parks it. Prices and stock are looked at
// once more: what was confirmed is what is booked.
func (c *turn) placeOrder(o *shop.OpenOrder, source string) []templates.Text {
	if refused := c.shortOf(o.Items); refused != nil {
		o.Items, o.Asked, o.At = nil, shop.OrderItems, c.Now
		return []templates.Text{refused}
	}
	moved := false
	for i, item := range o.Items {
		if _, cost := c.onList(item); cost != item.Price && cost > 0 {
			o.Items[i].Price, moved = cost, true
		}
	}
	if o.At = c.Now; moved {
		return []templates.Text{c.checkOf(o, true)}
	}
	if c.Account == nil {
		return c.ownPlace(o, source)
	}
	used := c.Account.Used
	b := c.Account.Place(shop.Order{
		Items: o.Items, Recipient: o.Recipient, Phone: o.Phone, Address: o.Address, Note: o.Note, Total: shop.TotalOf(o.Items),
	}, c.Now, source)
	c.mem().Order = nil
	if len(b.Orders) == 0 {
		return nil
	}
	c.out.Bookings = append(c.out.Bookings, b)
	told := templates.OrderBooked{Name: c.name(), Order: b.Orders[0], Free: c.Account.Free(), Near: c.Account.Warns(used)}
	if told.Order.State == shop.OrderParked {
		told.Missing = c.Account.Missing(0)
	} else {
		told.Ships = c.ships()
	}
	return []templates.Text{told}
}

// cancelOrder answers "batal 12": what is not packed yet is taken back. "batal bayar" takes
// back the last payment that was announced.
func (c *turn) cancelOrder(r request) []templates.Text {
	if r.asksSomething() || c.mem().Order != nil && (len(r.rest) == 0 || bare(r.rest[0]) == "order" || bare(r.rest[0]) == "aja") {
		return nil
	}
	rest := r.rest
	if len(rest) == 1 && (bare(rest[0]) == "bayar" || bare(rest[0]) == "pembayaran" || bare(rest[0]) == "topup") {
		return c.cancelPayment()
	}
	if len(rest) == 2 && (bare(rest[0]) == "order" || bare(rest[0]) == "pesanan") {
		rest = rest[1:]
	}
	if len(rest) == 0 {
		return c.usage(r)
	}
	number, err := strconv.ParseInt(trimNumber(rest[0]), 10, 64)
	if len(rest) > 1 || err != nil {
		return nil
	}
	if number <= 0 {
		return c.usage(r)
	}
	return c.takeBack(number)
}

func trimNumber(word string) string {
	if word = bare(word); len(word) > 1 && word[0] == '#' {
		return word[1:]
	}
	return word
}

func (c *turn) takeBack(number int64) []templates.Text {
	b := c.Account.Cancel(shop.Order{ID: number}, c.Person.ID, c.Now)
	if len(b.Orders) == 0 {
		kept := templates.OrderKept{Name: c.name(), Number: number}
		for _, o := range c.Account.Open {
			if o.ID == number {
				kept.State, kept.Admins = o.State, c.whoToAsk()
			}
		}
		return []templates.Text{kept}
	}
	c.out.Bookings = append(c.out.Bookings, b)
	told := templates.OrderCancelled{Name: c.name(), Number: number, Total: b.Orders[0].Total, Credited: !b.Orders[0].PlacedAt.IsZero(), Free: c.Account.Free()}
	for _, o := range b.Orders[1:] {
		told.Released = append(told.Released, o.ID)
	}
	return []templates.Text{told}
}

func (c *turn) cancelPayment() []templates.Text {
	told := templates.PaymentDropped{Name: c.name()}
	if n := len(c.Account.Payments); n > 0 {
		p := c.Account.Payments[n-1]
		c.out.Bookings = append(c.out.Bookings, c.Account.Void(p, "taken back", c.Person.ID, c.Now))
		told.Amount = p.Amount
	}
	return []templates.Text{told}
}
