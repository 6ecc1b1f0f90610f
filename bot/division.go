package bot

import (
	"slices"
	"strings"

	"bestie/shop"
	"bestie/templates"
)

// group: in a group nothing is heard but the answers of a division.
func (c *turn) group() (bool, error) {
	if !c.Person.IsGroup() {
		return false, nil
	}
	_, err := c.division()
	return true, err
}

// division: whoever answers for a division writes about what was passed to them, by
// number or in reply to it; the words go to the admin who has the chat. Anything else
// they write is a customer's.
func (c *turn) division() (bool, error) {
	name := c.Turn.Division()
	if name == "" || c.Desk == nil {
		return false, nil
	}
	handled := map[int64]bool{}
	for _, m := range c.Messages {
		v, words := c.aboutCase(m, name)
		if v == nil {
			taken, err := c.fromWarehouse(m)
			if err != nil {
				return true, err
			}
			handled[m.ID] = taken
			continue
		}
		handled[m.ID] = true
		if err := c.fromDivision(v, name, words); err != nil {
			return true, err
		}
	}
	c.read(func(m shop.Message) bool { return speaks(m) && !handled[m.ID] })
	return c.asked == nil && slices.ContainsFunc(c.Messages, func(m shop.Message) bool { return handled[m.ID] }), nil
}

// aboutCase finds the ticket that a message of a division is about, and what it says;
// nil when it is about none that was passed to it.
func (c *turn) aboutCase(m shop.Message, name string) (*shop.TicketView, string) {
	if !speaks(m) || m.Forwarded {
		return nil, ""
	}
	o := c.order(m)
	v, words := o.quoted, strings.TrimSpace(m.Text)
	if cmd := deskCommandOf(o.word); cmd != nil && cmd.words[0] == "balas" {
		number, given, rest := cutNumber(o.rest)
		words = rest
		if given {
			v = c.Desk.Numbered(number)
		}
	}
	if v == nil || v.Division != name || words == "" && m.Kind == shop.KindText {
		return nil, ""
	}
	return v, words
}

func (c *turn) fromDivision(v *shop.TicketView, name, words string) error {
	if words == "" {
		words = "(lampiran, lihat di HP toko)"
	}
	told := templates.DivisionAnswer{Number: v.Number, Name: v.Person.CallName(), Division: name, Words: words}
	admins := []int64{v.ClaimedBy}
	if v.ClaimedBy == 0 {
		admins = nil
		for _, a := range c.Roster.For(shop.RankDuty) {
			admins = append(admins, a.ID)
		}
	}
	for _, a := range admins {
		if err := c.alertTo(a, told, v.ID); err != nil {
			return err
		}
	}
	return c.tell(templates.DivisionThanks{Number: v.Number, To: v.Claimer, Closed: !v.Open()}, v.ID)
}

// relay passes on what a customer writes in a chat that an admin has and the bot leaves
// alone. It decides nothing.
func (c *turn) relay() (bool, error) {
	k := c.Ticket
	if k == nil || k.ClaimedBy == 0 || c.asked == nil || !c.Now.Before(c.Conversation.PausedUntil) {
		return false, nil
	}
	told := templates.Relay{Number: k.Number, Name: c.Person.CallName(), Words: clipped(c.text, mostRelayed), Kind: shop.KindText}
	for _, m := range c.Messages {
		if speaks(m) && m.Kind != shop.KindText && m.Kind != shop.KindButton {
			told.Kind = m.Kind
		}
	}
	return false, c.alertTo(k.ClaimedBy, told, k.ID)
}

// mostRelayed is how many letters of a customer's words an admin is sent.
const mostRelayed = 2000

func clipped(text string, most int) string {
	if rs := []rune(text); len(rs) > most {
		return string(rs[:most]) + "…"
	}
	return text
}
