package bot

import (
	"slices"
	"strconv"
	"strings"

	"bestie/shop"
	"bestie/templates"
)

// orderStatus answers "pesanan 12", "resi order 12?" and "pesanan" of a dropshipper or a
// customer. Anything else that begins so is talk.
func (c *turn) orderStatus(r request) []templates.Text {
	if labelled(r.text) {
		return nil
	}
	var number int64
	for _, w := range r.rest {
		n, err := strconv.ParseInt(trimNumber(w), 10, 64)
		switch {
		case err == nil && n > 0 && n <= mostOrderNumber && number == 0: // a longer one is a marketplace's
			number = n
		case err == nil || !aboutStatus[bare(w)] && bare(w) != "":
			return nil
		}
	}
	all := c.ownOrders()
	if number == 0 {
		if len(r.rest) > 0 || r.word != "pesanan" || r.asksSomething() {
			return nil
		}
		return []templates.Text{templates.OrderList{Name: c.name(), Orders: all[:min(len(all), mostListed)]}}
	}
	told := templates.OrderStatus{Name: c.name(), Order: shop.Order{ID: number}}
	for _, o := range all {
		if o.ID == number {
			told.Order = o
		}
	}
	if c.Account == nil && told.Order.State == "" {
		return nil // it may be a marketplace's
	}
	if c.Account != nil {
		told.Missing = c.Account.Missing(0)
	}
	return []templates.Text{told}
}

const (
	mostListed      = 6
	mostOrderNumber = 9_999_999
)

// aboutStatus are the words of a question how far an order is.
var aboutStatus = words("order pesanan no nomor nmr resi resinya status posisi sudah udah udh sdh sampai mana dikirim dikemas kirim berapa brp apa belum blm ya kak min saya")

// ownOrders are the person's last orders, newest first.
func (c *turn) ownOrders() []shop.Order {
	if c.Account == nil {
		return c.Orders
	}
	all := slices.Concat(c.Account.Open, c.Account.Parked, c.Orders) // what this turn changed comes first
	slices.SortStableFunc(all, func(a, b shop.Order) int { return int(b.ID - a.ID) })
	return slices.CompactFunc(all, func(a, b shop.Order) bool { return a.ID == b.ID })
}

// buyerWish answers "kabari on", "kabari off" and "kabari": whether who gets the parcels
// is told how far they are.
func (c *turn) buyerWish(r request) []templates.Text {
	rest := slices.DeleteFunc(slices.Clone(r.rest), func(w string) bool { return bare(w) == "pembeli" || bare(w) == "customer" })
	if len(rest) > 1 || r.asksSomething() || len(rest) == 0 && len(strings.Fields(r.raw)) > len(r.rest) { // "kabari ya kak"
		return nil
	}
	told := templates.BuyerTold{Name: c.name(), On: c.Account.TellBuyer}
	if len(rest) == 1 {
		switch w := bare(rest[0]); w {
		case "on", "ya", "nyala", "aktif":
			told.On = true
		case "off", "tidak", "jangan", "mati", "stop":
			told.On = false
		default:
			return nil
		}
		told.Set = true
		c.Account.TellBuyer = told.On
		c.out.TellBuyer = &told.On
	}
	return []templates.Text{told}
}

// whoToAsk are the admins on duty with their numbers, for what the bot cannot do.
func (c *turn) whoToAsk() (out []string) {
	for _, a := range c.Roster.For(shop.RankDuty) {
		if a.Phone != "" {
			out = append(out, a.CallName()+" (+"+a.Phone+")")
		}
	}
	return out
}

// ships is when an order that goes now leaves, if not today: "besok", "Senin, 30 Nov".
// Without a warehouse nobody knows.
func (c *turn) ships() string {
	if c.Turn.Warehouse() == nil {
		return ""
	}
	switch on, today := c.bot.Policy.Cutoff.Ships(c.Now), shop.DayOf(c.Now); on {
	case today:
		return ""
	case today + 1:
		return "besok"
	default:
		return shop.Date(on.Start())
	}
}
