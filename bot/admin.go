package bot

import (
	"slices"
	"strings"

	"bestie/shop"
	"bestie/templates"
)

// adminCommand is one word an admin may write to the business number, about no
// ticket in particular. Those about a ticket are deskCommands.
type adminCommand struct {
	words []string
	run   func(c *turn, args []string) templates.Text
}

var adminCommands = []adminCommand{
	{[]string{"antrian", "antri", "antrean"}, (*turn).queueList},
	{[]string{"status"}, (*turn).status},
	{[]string{"bantuan", "help", "menu"}, (*turn).help},
	{[]string{"jaga", "jadwal", "siapa", "piket"}, (*turn).onDuty},
	{[]string{"laporan", "report"}, (*turn).report},
	{[]string{"lunas"}, (*turn).ownPaid},
	{[]string{"batal"}, (*turn).ownDropped},
}

// admin: whoever works for the shop writes commands, in a direct chat only. They
// are known by number and LID, never by name; what they quote or forward is
// somebody else's word and no command (field guide, section 7).
func (c *turn) admin() (bool, error) {
	if !c.Person.IsAdmin() {
		return false, nil
	}
	if c.Desk == nil {
		c.Desk = &shop.Desk{}
	}
	for _, m := range c.Messages {
		if !speaks(m) || m.Forwarded || c.wish(m) != templates.WishNone {
			continue
		}
		if shown := c.showBooks(m); len(shown) > 0 {
			for _, text := range shown {
				if err := c.tell(text, 0); err != nil {
					return true, err
				}
			}
			continue
		}
		text, about := c.order(m).answer()
		if text == nil {
			continue
		}
		if _, unknown := text.(templates.AdminHint); unknown && c.Account != nil { // who works here may have a shop too
			asked := c.obeyShop(m)
			if len(asked) == 0 {
				asked = c.orderAnswer(m)
			}
			if done, err := c.answerShop(asked); done || err != nil {
				if err != nil {
					return true, err
				}
				continue
			}
		}
		if err := c.tell(text, about); err != nil {
			return true, err
		}
	}
	return true, nil
}

// tell answers an admin; who quotes the answer means the ticket.
func (c *turn) tell(t templates.Text, about int64) error {
	text, err := c.write(t)
	c.say(shop.Draft{Text: text, Exempt: true, Ticket: about, Parts: says("admin")})
	return err
}

// alertTo writes to one person of the shop; who quotes it means the ticket.
func (c *turn) alertTo(person int64, t templates.Text, about int64) error {
	text, err := c.write(t)
	c.out.Drafts = append(c.out.Drafts, shop.Draft{To: person, Lane: shop.LaneAlert, Text: text, Exempt: true, Ticket: about})
	return err
}

// answer is what an admin hears, and the ticket it is about, 0 for none; nil for
// what needs no answer.
func (o *order) answer() (templates.Text, int64) {
	text := o.obey()
	if o.err != nil {
		o.c.bot.Log.Error().Err(o.err).Msg("a text for an admin could not be written")
	}
	if text == nil || o.view == nil {
		return text, 0
	}
	return text, o.view.ID
}

// obey finds out what a message wants and does it. What is no command is never sent to a
// customer, unless it is the reply to a message about one.
func (o *order) obey() templates.Text {
	if o.m.Kind != shop.KindText && o.m.Kind != shop.KindButton {
		switch {
		case !o.m.Kind.Content():
			return nil
		case o.m.Kind != shop.KindImage || o.word != "promo":
			return templates.NotSendable{}
		}
		return o.promo()
	}
	if text := o.keptReply(); text != nil {
		return text
	}
	if text := o.confirmChange(); text != nil {
		return text
	}
	if o.quoted != nil || o.several {
		return o.quote()
	}
	if kind, ok := shopWords[o.word]; ok {
		return o.changeShop(kind)
	}
	if o.word == "promo" {
		return o.promo()
	}
	if cmd := deskCommandOf(o.word); cmd != nil {
		return o.run(cmd)
	}
	fields := strings.Fields(strings.ToLower(o.m.Text))
	for _, cmd := range adminCommands {
		if slices.Contains(cmd.words, o.word) {
			return cmd.run(o.c, fields[1:])
		}
	}
	if text := o.nearMiss(fields); text != nil {
		return text
	}
	if templates.Goodbye(o.m.Text) {
		return nil
	}
	return templates.AdminHint{Name: o.c.name()}
}

// nearMiss obeys a mistyped command ("anbil 3"), if the rest of it is as it must be.
func (o *order) nearMiss(fields []string) templates.Text {
	word := o.meant()
	if word == "promo" && len(fields) > 1 {
		return o.promo()
	}
	if cmd := deskCommandOf(word); cmd != nil {
		number, _, rest := cutNumber(o.rest)
		if cmd.words[0] == "balas" && o.c.Desk.Numbered(number) == nil || !cmd.fits(o, rest) {
			return templates.Correction{Example: cmd.example}
		}
		return o.run(cmd)
	}
	for _, cmd := range adminCommands {
		if word != "" && cmd.words[0] == word && len(fields) <= 3 {
			return cmd.run(o.c, fields[1:])
		}
	}
	return nil
}

// meant is the command that the first word is a mistyped form of, "" for none.
func (o *order) meant() string {
	if ownWords[o.word] {
		return ""
	}
	var known []string
	for _, cmd := range deskCommands {
		known = append(known, cmd.words[0])
	}
	for _, cmd := range adminCommands {
		known = append(known, cmd.words[0])
	}
	return templates.Mistyped(o.word, append(known, "promo"))
}

// ownWords are no mistyped commands but words of their own: "batas 3 hari" is not for
// customer #3.
var ownWords = map[string]bool{
	"batas": true, "bahas": true, "malas": true, "belas": true, "balai": true, "balap": true, "ganti": true, "promosi": true, "juga": true, "raga": true, "kopi": true, "opera": true,
}
