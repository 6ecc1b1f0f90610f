package bot

import (
	"slices"
	"strconv"
	"strings"

	"bestie/shop"
	"bestie/templates"
)

// stepWord is a word by which the warehouse tells how far an order is.
type stepWord struct {
	to    shop.OrderState // OrderPlaced: goods are short
	words []string        // the first is its name
}

var stepWords = []stepWord{
	{shop.OrderPacked, []string{"dikemas", "kemas", "dikemass", "dkemas", "packing", "dipacking", "packed", "dipack", "dibungkus", "terkemas"}},
	{shop.OrderShipped, []string{"dikirim", "kirim", "dkirim", "dikrim", "terkirim", "dikirimkan", "shipped", "resi", "resinya"}},
	{shop.OrderPlaced, []string{"habis", "abis", "hbs", "kosong", "kosongg", "stokhabis"}},
}

// fillers say nothing between a step and its number.
var fillers = words("po kak ka min admin no nomor nmr order pesanan sudah udah udh sdh sdah dah ya yg yang untuk stok stock barang barangnya dan & + , . : - semua paket paketnya ok oke siap selesai telah done baru aja saja lewat via dengan pakai")

// saying is one line of the warehouse, taken apart.
type saying struct {
	step    stepWord
	numbers []int64 // of purchase orders
	rest    string  // what follows them, as typed
	clear   bool    // nothing else is said: also without a number it is no talk
}

// sayingOf finds a step in a line: "dikemas 12 13", "PO 12 dikirim JNE123456", "habis 12
// Bakso Urat"; ok is false when there is none. quoted is the number of the purchase order
// that is replied to, 0 for none.
func sayingOf(line string, quoted int64) (s saying, ok bool) {
	fields := strings.Fields(line)
	i := 0
	for ; i < len(fields); i++ {
		if n, number := poNumber(fields[i]); number {
			s.numbers = append(s.numbers, n)
		} else if !filler(fields[i]) {
			break
		}
	}
	if i == len(fields) {
		return s, false
	}
	if s.step, ok = stepOf(bare(fields[i])); !ok {
		return s, false
	}
	i++
	for ; i < len(fields); i++ {
		n, number := poNumber(fields[i])
		switch {
		case number && s.step.to != shop.OrderPacked && len(s.numbers) > 0,
			number && s.step.to != shop.OrderPacked && quoted != 0 && n != quoted && i+1 == len(fields) && len(bare(fields[i])) > 4: // a courier's number
		case number:
			s.numbers = append(s.numbers, n)
			continue
		case filler(fields[i]), s.step.to == shop.OrderShipped && slices.Contains(s.step.words, bare(fields[i])):
			continue
		}
		break
	}
	rest := fields[i:]
	for n := len(rest); n > 0 && trailWords[bare(rest[n-1])]; n-- {
		rest = rest[:n-1]
	}
	s.rest = strings.Trim(strings.Join(rest, " "), " .,:;!")
	s.clear = s.rest == "" || len(rest) == 1 && s.step.to == shop.OrderShipped
	return s, true
}

// filler is a word that says nothing, in any writing.
func filler(word string) bool { return fillers[bare(word)] || bare(word) == "" || bare(word) == "-" }

// poNumber reads "12", "#12", "PO12", "po-12".
func poNumber(word string) (int64, bool) {
	word = strings.TrimLeft(strings.TrimPrefix(bare(word), "po"), "#-.")
	if word == "" || len(word) > 7 || strings.ContainsFunc(word, func(r rune) bool { return r < '0' || r > '9' }) {
		return 0, false
	}
	n, _ := strconv.ParseInt(word, 10, 64) // seven digits always fit
	return n, true
}

// stepOf is the step that a word means, also mistyped.
func stepOf(word string) (stepWord, bool) {
	names := make([]string, len(stepWords))
	for i, s := range stepWords {
		if slices.Contains(s.words, word) {
			return s, true
		}
		names[i] = s.words[0]
	}
	if meant := templates.Mistyped(word, names); meant != "" {
		return stepOf(meant)
	}
	return stepWord{}, false
}

// fromWarehouse takes a message of the warehouse about purchase orders; handled is false
// for what is about none.
func (c *turn) fromWarehouse(m shop.Message) (handled bool, err error) {
	here := c.Turn.Warehouse()
	if here == nil || here.Person.ID != c.Person.ID || !speaks(m) || m.Forwarded {
		return false, nil
	}
	quoted := c.Desk.Quotes[m.QuotedID].Purchase
	if m.QuotedID == "" {
		quoted = 0
	}
	for line := range strings.Lines(m.Text) {
		s, ok := sayingOf(line, quoted)
		switch {
		case !ok, quoted == 0 && (templates.Asks(line) || len(s.numbers) == 0 && !s.clear):
			continue
		}
		handled = true
		for _, t := range c.stepsOf(s, quoted) {
			if err = c.tellWarehouse(t, max(quoted, first(s.numbers))); err != nil {
				return true, err
			}
		}
	}
	if words := strings.TrimSpace(m.Text); !handled && quoted != 0 && (words != "" || m.Kind.Content()) {
		return true, c.passWords(c.Desk.Purchase(quoted), words)
	}
	return handled, nil
}

func first(numbers []int64) int64 {
	if len(numbers) == 0 {
		return 0
	}
	return numbers[0]
}

// tellWarehouse answers the warehouse; who quotes the answer means the purchase order.
func (c *turn) tellWarehouse(t templates.Text, number int64) error {
	text, err := c.write(t)
	if c.Desk.Purchase(number) == nil {
		number = 0
	}
	c.say(shop.Draft{Text: text, Exempt: true, Purchase: number, Parts: says("gudang")})
	return err
}

// stepsOf does what a line says to each purchase order it names.
func (c *turn) stepsOf(s saying, quoted int64) (out []templates.Text) {
	word := s.step.words[0]
	if quoted != 0 && len(s.numbers) == 0 {
		s.numbers = []int64{quoted}
	}
	slices.Sort(s.numbers)
	s.numbers = slices.Compact(s.numbers)
	switch {
	case len(s.numbers) == 0:
		return append(out, templates.StepAsk{Why: templates.StepNoNumber, Word: word})
	case quoted != 0 && (len(s.numbers) > 1 || s.numbers[0] != quoted):
		return append(out, templates.StepAsk{Why: templates.StepCrossed, Number: s.numbers[0], Quoted: quoted})
	}
	for _, number := range s.numbers {
		p := c.Desk.Purchase(number)
		ask := templates.StepAsk{Number: number, Word: word}
		switch {
		case p == nil:
			ask.Why = templates.StepUnknown
		case s.rest == "" && s.step.to == shop.OrderShipped:
			ask.Why = templates.StepNoReceipt
		case s.rest == "" && s.step.to == shop.OrderPlaced:
			ask.Why = templates.StepNoGoods
		default:
			out = append(out, c.takeStep(p, s))
			continue
		}
		out = append(out, ask)
	}
	return out
}

// takeStep moves a purchase order and tells whom it concerns, once.
func (c *turn) takeStep(p *shop.Purchase, s saying) templates.Text {
	result, move := p.Step(s.step.to, s.rest, c.Now)
	told := templates.StepTold{Number: p.Number, Result: result, State: p.Order.State, Receipt: p.Order.Receipt}
	if s.step.to == shop.OrderPlaced {
		told.Short = p.Short
	}
	if move == nil {
		return told
	}
	c.out.Moves = append(c.out.Moves, *move)
	name := p.Shop
	if name == "" {
		name = p.Name
	}
	c.notify(p.Order.PersonID, templates.OrderMoved{Name: name, Order: p.Order, Short: told.Short, Corrected: result == shop.StepCorrected})
	if told.Short != "" {
		c.alertDuty(templates.WarehouseSays{Purchase: *p, Short: true})
		return told
	}
	if p.Buyer != 0 {
		told.Buyer = true
		c.notify(p.Buyer, templates.ParcelMoved{Name: p.Order.Recipient, Shop: p.Shop, State: p.Order.State, Receipt: p.Order.Receipt, Corrected: result == shop.StepCorrected})
	}
	return told
}

// notify writes to somebody else than the person of the turn.
func (c *turn) notify(person int64, t templates.Text) {
	text, err := c.write(t)
	if err != nil {
		c.bot.Log.Error().Err(err).Msg("a text about an order could not be written")
		return
	}
	c.out.Drafts = append(c.out.Drafts, shop.Draft{To: person, Lane: shop.LaneReply, Text: text, Exempt: true, Parts: says("pesanan")})
}

// alertDuty writes to whoever is on duty.
func (c *turn) alertDuty(t templates.Text) {
	for _, a := range c.Roster.For(shop.RankDuty) {
		if err := c.alertTo(a.ID, t, 0); err != nil {
			c.bot.Log.Error().Err(err).Msg("a text about an order could not be written")
		}
	}
}

// passWords lets the duty admin read what the warehouse wrote about an order.
func (c *turn) passWords(p *shop.Purchase, words string) error {
	if p == nil {
		return nil
	}
	if words == "" {
		words = "(lampiran, lihat di HP toko)"
	}
	c.alertDuty(templates.WarehouseSays{Purchase: *p, Words: clipped(words, mostRelayed)})
	return c.tellWarehouse(templates.WarehouseHeard{Number: p.Number}, p.Number)
}
