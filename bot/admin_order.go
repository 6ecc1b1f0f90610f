package bot

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"bestie/shop"
	"bestie/templates"
)

// order is one message of an admin on its way to become a deed.
type order struct {
	c       *turn
	m       shop.Message
	word    string           // the first, in small letters
	rest    string           // what follows it, as typed
	quoted  *shop.TicketView // of the message that is replied to
	several bool             // that message is about several
	view    *shop.TicketView // which ticket is meant, once that is known
	sum     shop.Rupiah      // what is to be posted, once that is confirmed
	err     error            // of a text for somebody else
}

func (c *turn) order(m shop.Message) *order {
	o := &order{c: c, m: m}
	o.word, o.rest = cutWord(m.Text)
	if q, ok := c.Desk.Quotes[m.QuotedID]; ok && m.QuotedID != "" {
		o.quoted, o.several = c.Desk.Find(q.Ticket), q.Several
	}
	return o
}

// commands tells that a message of an admin is meant for the desk.
func (c *turn) commands(m shop.Message) bool {
	if m.QuotedID != "" {
		return true
	}
	word, _ := cutWord(m.Text)
	return deskCommandOf(word) != nil
}

// cutWord takes the first word off a text.
func cutWord(text string) (word, rest string) {
	text = strings.TrimSpace(text)
	i := strings.IndexFunc(text, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '#' || r == ':' })
	if i < 0 {
		i = len(text)
	}
	return strings.ToLower(strings.Trim(text[:i], ".,!/*_")), strings.TrimLeft(text[i:], ":")
}

// numberForm is how a number is written behind a command: "3", "#3", "no 3", "3:".
var numberForm = regexp.MustCompile(`^\s*(?:(?i:no|nomor|nmr|chat)\b\.?\s*)?#?(-?\d{1,7})(?:\s*[:.,;)])?(?:\s+|$)`)

// cutNumber takes the number off what follows a command; given is false when there is
// none. The tail begins with its first letter and is as typed from there.
func cutNumber(rest string) (number int, given bool, tail string) {
	found := numberForm.FindStringSubmatchIndex(rest)
	if found == nil {
		return 0, false, strings.TrimLeft(rest, " \n\t")
	}
	n, _ := strconv.Atoi(rest[found[2]:found[3]]) // seven digits always fit
	return n, true, rest[found[1]:]
}

// deskCommand is a word about a ticket.
type deskCommand struct {
	words   []string
	kinds   []shop.TicketKind
	example string
	fits    func(o *order, rest string) bool // the rest behind the number is as it must be
	do      func(o *order, v *shop.TicketView, rest string) templates.Text
}

var (
	chats  = []shop.TicketKind{shop.TicketChat}
	paid   = []shop.TicketKind{shop.TicketPayment}
	people = []shop.TicketKind{shop.TicketChat, shop.TicketPayment, shop.TicketCase}
	promos = []shop.TicketKind{shop.TicketPromo}
	all    = []shop.TicketKind{shop.TicketChat, shop.TicketPayment, shop.TicketCase, shop.TicketPromo}
)

var deskCommands []deskCommand

func init() {
	deskCommands = []deskCommand{
		{[]string{"ambil", "take"}, people, "ambil 3", oneOf("", "paksa"), (*order).claim},
		{[]string{"balas", "bales", "bls", "jawab"}, people, "balas 3 Siap Kak, segera kami cek.", something, (*order).send},
		{[]string{"oper"}, people, "oper 3 gudang", (*order).knowsTarget, (*order).pass},
		{[]string{"nanti"}, people, "nanti 3 10m", (*order).knowsTime, (*order).promise},
		{[]string{"selesai", "tutup", "done"}, chats, "selesai 3", oneOf("", "ya", "kak"), (*order).close},
		{[]string{"bot"}, chats, "bot 3 on", oneOf("on", "off"), (*order).botSwitch},
		{[]string{shop.EraseCommand}, chats, "lupakan 3", oneOf(""), (*order).eraseFirst},
		{[]string{"terima", "trima"}, paid, "terima 15", (*order).knowsSum, (*order).accept},
		{[]string{"tolak"}, paid, "tolak 15 uangnya belum masuk", something, (*order).reject},
		{[]string{"kirim"}, promos, "kirim 3", oneOf("", "ya"), (*order).sendMissed},
		{[]string{"lewati"}, promos, "lewati 3", oneOf("", "ya"), (*order).skipMissed},
		{[]string{"ya", "iya"}, all, "ya 3", oneOf(""), (*order).confirm},
	}
}

func oneOf(words ...string) func(*order, string) bool {
	return func(_ *order, rest string) bool {
		return slices.Contains(words, strings.ToLower(strings.TrimSpace(rest)))
	}
}

func something(_ *order, rest string) bool { return strings.TrimSpace(rest) != "" }

func deskCommandOf(word string) *deskCommand {
	for i := range deskCommands {
		if slices.Contains(deskCommands[i].words, word) {
			return &deskCommands[i]
		}
	}
	return nil
}

// run does a command that stands alone.
func (o *order) run(cmd *deskCommand) templates.Text {
	number, given, rest := cutNumber(o.rest)
	if cmd.words[0] == "ya" && !given {
		return o.bareYes()
	}
	if !cmd.fits(o, rest) {
		return o.correct(cmd, rest)
	}
	if given {
		o.view = o.c.Desk.Numbered(number)
		if o.view == nil {
			return templates.NoSuchNumber{Number: number}
		}
	} else if o.view = o.only(cmd); o.view == nil {
		return o.ask(cmd, rest)
	}
	return o.do(cmd, rest)
}

// correct tells how a command is written. "oper 3 bejo" is written well: there is no
// Bejo.
func (o *order) correct(cmd *deskCommand, rest string) templates.Text {
	if cmd.words[0] == "oper" && rest != "" {
		name, _ := cutWord(rest)
		return templates.NobodyCalled{Name: name, Known: o.targets()}
	}
	return templates.Correction{Example: cmd.example}
}

// do does a command to a ticket, if it fits what the ticket is.
func (o *order) do(cmd *deskCommand, rest string) templates.Text {
	if v := o.view; !slices.Contains(cmd.kinds, v.Kind) {
		return templates.OtherKind{Number: v.Number, Kind: v.Kind, Name: v.Person.CallName(), Command: cmd.words[0]}
	}
	return cmd.do(o, o.view, rest)
}

// only is the ticket that is meant without a number: the one the admin has, else the
// one that is open; nil when that is not clear. Words for a customer are only sent so
// if nobody else waits to be claimed: they may be meant for the last page.
func (o *order) only(cmd *deskCommand) *shop.TicketView {
	var mine, open []*shop.TicketView
	for i := range o.c.Desk.Tickets {
		v := &o.c.Desk.Tickets[i]
		if !v.Open() {
			continue
		}
		open = append(open, v)
		if v.ClaimedBy == o.c.Person.ID {
			mine = append(mine, v)
		}
	}
	switch {
	case len(mine) == 1 && (cmd.words[0] != "balas" || !o.c.Desk.Free):
		return mine[0]
	case len(mine) == 0 && len(open) == 1 && o.c.Desk.Open == 1:
		return open[0]
	}
	return nil
}

// ask wants to know the number; the words of a reply are kept until it comes.
func (o *order) ask(cmd *deskCommand, rest string) templates.Text {
	if cmd.words[0] != "balas" || utf8.RuneCountInString(rest) > shop.MostKept {
		return templates.AskNumber{Command: cmd.words[0]}
	}
	o.c.mem().Desk = &shop.DeskMemory{Reply: rest, At: o.c.Now}
	return templates.AskNumber{Command: cmd.words[0], Kept: true}
}

// keptReply sends the words that were kept when their number comes; nil when it does
// not.
func (o *order) keptReply() templates.Text {
	kept := o.c.mem().Desk
	number, given, rest := cutNumber(o.m.Text)
	if kept == nil || kept.Reply == "" || !given || rest != "" {
		return nil
	}
	if o.view = o.c.Desk.Numbered(number); o.view == nil {
		return templates.NoSuchNumber{Number: number}
	}
	o.c.mem().Desk = nil
	return o.do(deskCommandOf("balas"), kept.Reply)
}

// quote is a reply to a message about a ticket: a command if it is written as one from
// the first to the last word, else words for the customer.
func (o *order) quote() templates.Text {
	words, balas := strings.TrimSpace(o.m.Text), deskCommandOf("balas")
	number, given, rest := cutNumber(o.rest)
	if cmd := deskCommandOf(o.word); cmd != nil && (cmd.words[0] != "ya" || o.confirming()) {
		same := o.quoted != nil && number == o.quoted.Number
		switch {
		case !cmd.fits(o, rest) && (same || strings.TrimSpace(o.rest) == ""):
			return templates.Correction{Example: cmd.example}
		case !cmd.fits(o, rest):
		case o.quoted != nil && given && !same:
			return templates.Crossed{Quoted: o.quoted.Number, Named: number}
		case o.quoted == nil || cmd.words[0] == "ya":
			return o.run(cmd)
		default:
			o.view = o.quoted
			return o.do(cmd, rest)
		}
	} else if near := deskCommandOf(o.meant()); cmd == nil && near != nil && rest == "" {
		return templates.Correction{Example: near.example}
	}
	for _, cmd := range adminCommands {
		if cmd.words[0] == strings.ToLower(words) {
			return cmd.run(o.c, nil)
		}
	}
	if o.quoted == nil {
		return o.ask(balas, words)
	}
	o.view = o.quoted
	return o.do(balas, words)
}

// bareYes is a "ya" without a number: it confirms nothing.
func (o *order) bareYes() templates.Text {
	if o.confirming() && strings.TrimSpace(o.rest) == "" {
		return templates.Correction{Example: "ya " + strconv.Itoa(o.c.mem().Desk.Number)}
	}
	if templates.Goodbye(o.m.Text) || strings.TrimSpace(o.rest) == "" {
		return nil
	}
	return templates.AdminHint{Name: o.c.name()}
}

// confirming tells that a step waits for its confirmation.
func (o *order) confirming() bool {
	m := o.c.mem().Desk
	return m != nil && m.Command != ""
}
