package bot

import (
	"regexp"
	"slices"
	"strings"

	"bestie/shop"
	"bestie/templates"
)

// Words of talk about orders that exist: no new ones.
var aboutOrders = words("belum blm sudah udah udh sdh kemarin kmrn kapan mana sampai sampe nyampe dikirim kirimnya resi batal dibatalkan komplain rusak kurang salah status cek ketahan ditahan kok kenapa masuk konfirmasi")

// orderGoods answers "order", alone or with what is ordered, in one line or in a pasted
// block with labels: from then on an order is being written, and nothing is booked before
// "ya".
func (c *turn) orderGoods(r request) []templates.Text {
	if r.asksSomething() && !labelled(r.raw) || slices.ContainsFunc(r.rest, func(w string) bool { return aboutOrders[bare(w)] }) && !labelled(r.raw) {
		return nil
	}
	o := &shop.OpenOrder{At: c.Now, Own: c.Account == nil}
	var refused templates.Text
	if len(r.rest) > 0 {
		goods := templates.ReadOrder(r.raw, c.Products)
		if !labelled(r.raw) && !slices.ContainsFunc(goods, func(g templates.Ordered) bool { return g.Product != nil || len(g.Several) > 0 }) && !strings.ContainsAny(r.raw, "0123456789") {
			return nil
		}
		refused = c.fillOrder(o, r.raw, shop.OrderItems)
	}
	c.mem().Order, c.mem().Form, c.mem().Menu = o, nil, nil
	return c.nextOfOrder(o, refused)
}

// Answers to the question whether an order is right, and to that for a note.
var (
	agreeing  = words("ya iya yaa iyaa y yes ok oke okey okay betul benar bener bnr lanjut setuju sip siap gas cocok pas sesuai deh kak min")
	dropping  = words("batal batalkan batalin btl cancel gajadi stop")
	noteless  = words("tidak ga gak nggak engga enggak tdk no - kosong skip lewati tanpa")
	hesitates = words("tidak ga gak nggak engga enggak tdk no bukan salah")
)

// orderAnswer takes a message as the next answer to an order under way; nothing when there
// is none, or when it is about other things.
func (c *turn) orderAnswer(m shop.Message) []templates.Text {
	o := c.mem().Order
	if o == nil {
		return nil
	}
	said := strings.Fields(strings.ToLower(m.Text))
	first := bare(said[0])
	switch {
	case dropping[first] && len(said) <= 4, first == "ga" && len(said) > 1 && len(said) <= 4 && strings.HasPrefix(said[1], "jadi"):
		c.mem().Order = nil
		return []templates.Text{templates.OrderDropped{Name: c.name()}}
	case labelled(m.Text):
	case o.Asked == shop.OrderConfirm && onlyOf(said, agreeing):
		return c.placeOrder(o, m.MessageID)
	case o.Asked == shop.OrderConfirm && hesitates[first]:
		c.mem().Order = nil
		return []templates.Text{templates.OrderDropped{Name: c.name()}}
	case templates.Asks(m.Text):
		return nil // it is answered first; the order waits
	}
	before := *o
	refused := c.fillOrder(o, m.Text, o.Asked)
	o.At = c.Now
	if refused == nil && sameOrder(before, *o) {
		if o.Misses++; o.Misses >= mostMisses+1 {
			c.mem().Order = nil
			return nil // a talk about something else
		}
	} else {
		o.Misses = 0
	}
	return c.nextOfOrder(o, refused)
}

// confirmsOrder tells that "oke", with which others end a talk, is the answer to whether an
// order is right.
func (c *turn) confirmsOrder() bool {
	o := c.mem().Order
	return o != nil && o.Asked == shop.OrderConfirm && onlyOf(strings.Fields(strings.ToLower(c.text)), agreeing)
}

func onlyOf(said []string, allowed map[string]bool) bool {
	return !slices.ContainsFunc(said, func(w string) bool { return !allowed[bare(w)] })
}

func sameOrder(a, b shop.OpenOrder) bool {
	return slices.Equal(a.Items, b.Items) && a.Recipient == b.Recipient && a.Phone == b.Phone && a.Address == b.Address && a.Note == b.Note && a.NoNote == b.NoNote && a.Payment == b.Payment
}

// nextOfOrder asks for what is missing, or repeats the whole order.
func (c *turn) nextOfOrder(o *shop.OpenOrder, refused templates.Text) []templates.Text {
	o.Asked = o.Next()
	if refused != nil {
		return []templates.Text{refused}
	}
	if o.Asked == shop.OrderConfirm {
		return []templates.Text{c.checkOf(o, false)}
	}
	return []templates.Text{templates.OrderAsk{Name: c.name(), Field: o.Asked, Again: o.Misses > 0}}
}

// checkOf is an order as it would be booked.
func (c *turn) checkOf(o *shop.OpenOrder, moved bool) templates.OrderCheck {
	if c.Account == nil {
		return templates.OrderCheck{Name: c.name(), Order: *o, Total: shop.TotalOf(o.Items), Moved: moved, Again: o.Misses > 0, Own: true}
	}
	room := c.Account.Room()
	queue := len(c.Account.Parked) > 0
	if queue {
		room = 0 // nobody overtakes those that wait
	}
	return templates.OrderCheck{Name: c.name(), Order: *o, Total: shop.TotalOf(o.Items), Room: room, Moved: moved, Again: o.Misses > 0, Queue: queue}
}

// label finds the name of a field at the start of a line of a pasted order.
var label = regexp.MustCompile(`(?im)^[ \t*•-]*(pesanan|order(?:an)?|produk|items?|barang|penerima|nama(?: +penerima)?|(?:no(?:mor)?\.? *)?(?:hp|telp(?:on)?|telepon|wa|whatsapp)(?: +penerima)?|alamat(?: +lengkap)?|catatan|note|keterangan|ket)[ \t*]*[:=][ \t]*`)

func labelled(text string) bool { return label.MatchString(text) }

// fieldOf is the field that a label names.
func fieldOf(name string) shop.OrderField {
	switch name = strings.ToLower(name); {
	case strings.HasPrefix(name, "penerima"), strings.HasPrefix(name, "nama"):
		return shop.OrderRecipient
	case strings.HasPrefix(name, "alamat"):
		return shop.OrderAddress
	case strings.HasPrefix(name, "catatan"), strings.HasPrefix(name, "note"), strings.HasPrefix(name, "ket"):
		return shop.OrderNote
	case strings.HasPrefix(name, "pesan"), strings.HasPrefix(name, "order"), strings.HasPrefix(name, "produk"), strings.HasPrefix(name, "item"), strings.HasPrefix(name, "barang"):
		return shop.OrderItems
	}
	return shop.OrderPhone
}

// fillOrder takes what a message gives: each label its field, what stands before the first
// label the field that was asked for. It returns why goods were refused.
func (c *turn) fillOrder(o *shop.OpenOrder, text string, asked shop.OrderField) (refused templates.Text) {
	at := label.FindAllStringSubmatchIndex(text, -1)
	head := text
	if len(at) > 0 {
		head = text[:at[0][0]]
	}
	if strings.TrimSpace(head) != "" {
		refused = c.fillField(o, asked, head)
	}
	for i, m := range at {
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		if why := c.fillField(o, fieldOf(text[m[2]:m[3]]), text[m[1]:end]); why != nil {
			refused = why
		}
	}
	return refused
}

// fillField takes the value of one field, if it is one.
func (c *turn) fillField(o *shop.OpenOrder, field shop.OrderField, value string) templates.Text {
	value = strings.TrimSpace(value)
	switch field {
	case shop.OrderItems:
		items, refused := c.goodsOf(value)
		if refused != nil {
			return refused
		}
		if len(items) > 0 {
			o.Items = items
		}
	case shop.OrderRecipient:
		if name := shop.Brief(value, shop.MostOrderName); strings.ContainsFunc(name, isLetter) && !strings.ContainsAny(name, "0123456789") {
			o.Recipient = name
		}
	case shop.OrderPhone:
		if phone, ok := shop.PhoneNumber(value); ok {
			o.Phone = phone
		}
	case shop.OrderAddress:
		if address := shop.Brief(value, shop.MostOrderText); len(strings.Fields(address)) >= 2 && len(address) >= leastAddress {
			o.Address = address
		}
	case shop.OrderNote:
		said := strings.Fields(strings.ToLower(value))
		if len(said) > 0 && len(said) <= 4 && noteless[strings.Trim(said[0], ".,!")] {
			o.Note, o.NoNote = "", true
		} else if value != "" {
			o.Note, o.NoNote = shop.Brief(value, shop.MostOrderText), false
		}
	case shop.OrderPayment:
		if way := shop.Brief(value, shop.MostOrderName); strings.ContainsFunc(way, isLetter) {
			o.Payment = way
		}
	}
	return nil
}

// leastAddress is how long an address is at least, in bytes.
const leastAddress = 10

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 0x7f }
