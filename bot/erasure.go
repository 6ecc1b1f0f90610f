package bot

import (
	"errors"
	"slices"
	"time"

	"bestie/shop"
	"bestie/templates"
)

// erasureAgain is how long after the answer to a wish for erasure the same wish pages
// nobody again.
const erasureAgain = time.Hour

// erasure: who wants their data erased is heard before everything else, gets no promo from
// then on, and a person grants it: the chat may be somebody else's for a minute, and what
// is gone is gone (UU PDP). What else the turn says is that person's to answer.
func (c *turn) erasure() (bool, error) {
	i := slices.IndexFunc(c.Messages, func(m shop.Message) bool {
		return speaks(m) && !m.Forwarded && m.Kind == shop.KindText && templates.ErasureWish(m.Text)
	})
	if i < 0 || c.Person.IsAdmin() || c.Division() != "" {
		return false, nil
	}
	text, err := c.write(templates.ErasureAsked{Name: c.name()})
	if err != nil || c.SaidWithin(text, erasureAgain) {
		return true, err
	}
	if c.Consent == shop.ConsentIn {
		c.out.Consents = append(c.out.Consents, shop.Consent{PersonID: c.Person.ID, At: c.Now, Source: "chat", Words: c.Messages[i].Text})
	}
	c.say(shop.Draft{Text: text, Parts: says("hapus_data")})
	return true, c.page(templates.ReasonErasure, nil)
}

// eraseFirst answers "lupakan 3": it repeats whose data go, and does nothing before the
// second word.
func (o *order) eraseFirst(v *shop.TicketView, _ string) templates.Text {
	if told := o.unerasable(v); told != nil {
		return told
	}
	o.confirmFirst(shop.EraseCommand, v)
	return templates.AskErasure{Number: v.Number, Name: v.Person.CallName(), Phone: v.Person.Phone}
}

// erase does what eraseFirst asked about: the customer is told, and the data go when that
// has arrived.
func (o *order) erase(v *shop.TicketView) templates.Text {
	if told := o.unerasable(v); told != nil {
		return told
	}
	text, err := o.c.write(templates.ErasureTold{Name: v.Person.CallName()})
	o.err = errors.Join(o.err, err)
	o.c.out.Drafts = append(o.c.out.Drafts, shop.Draft{To: v.Person.ID, Lane: shop.LaneReply, Text: text, Author: o.c.Person.ID, Exempt: true, Answers: true, Parts: says("hapus_data")})
	o.act(shop.Action{Kind: shop.ActErase})
	v.ClosedAt = o.c.Now
	return templates.ErasureGranted{Number: v.Number, Name: v.Person.CallName(), At: o.c.Now.Add(shop.ErasureDelay)}
}

// unerasable is why an admin cannot have the data of a customer erased, nil when they can.
func (o *order) unerasable(v *shop.TicketView) templates.Text {
	told := templates.ErasureRefused{Number: v.Number, Name: v.Person.CallName(), Ties: v.Ties}
	switch {
	case !o.c.Person.Has(shop.RoleOwner) && !o.c.Person.Has(shop.RoleSupervisor):
		told.Why = templates.ErasureNotAllowed
	case v.Person.Address == shop.Address{}:
		told.Why = templates.ErasureDone
	case v.Ties.Any():
		told.Why = templates.ErasureTied
	default:
		return nil
	}
	return told
}
