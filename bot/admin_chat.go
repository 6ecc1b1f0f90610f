package bot

import (
	"errors"
	"strings"
	"unicode/utf8"

	"bestie/shop"
	"bestie/templates"
)

// act adds a step of the admin.
func (o *order) act(a shop.Action) {
	a.Ticket, a.Admin = o.view.ID, o.c.Person.ID
	o.c.out.Desk = append(o.c.out.Desk, a)
}

// alert writes to another admin about the ticket.
func (o *order) alert(person int64, t templates.Text) {
	o.err = errors.Join(o.err, o.c.alertTo(person, t, o.view.ID))
}

// take gives the chat to an admin and tells whoever had it.
func (o *order) take(to shop.Person) {
	v := o.view
	o.act(shop.Action{Kind: shop.ActClaim, To: to.ID, Until: o.c.Now.Add(o.c.bot.Policy.Takeover)})
	if v.ClaimedBy != 0 && v.ClaimedBy != to.ID && v.ClaimedBy != o.c.Person.ID {
		o.alert(v.ClaimedBy, templates.TakenAway{Number: v.Number, Name: v.Person.CallName(), By: to.CallName()})
	}
	v.ClaimedBy, v.Claimer, v.ClaimedAt = to.ID, to.CallName(), o.c.Now
}

// claim answers "ambil 3" and "ambil 3 paksa".
func (o *order) claim(v *shop.TicketView, rest string) templates.Text {
	told := templates.Claimed{How: templates.ClaimNew, Number: v.Number, Name: v.Person.CallName(), By: v.Claimer, Since: v.ClaimedAt}
	if v.Wait != nil {
		told.Words = v.Wait.Words
	}
	switch {
	case !v.Open():
		told.How = templates.ClaimClosed
		return told
	case v.ClaimedBy == o.c.Person.ID:
		told.How = templates.ClaimMine
		return told
	case v.ClaimedBy != 0 && strings.TrimSpace(rest) == "":
		told.How = templates.ClaimOther
		return told
	case v.ClaimedBy != 0:
		told.How = templates.ClaimForced
	}
	o.take(o.c.Person)
	return told
}

// mostSent is how many letters of a message a turn sees (store): what is longer would
// be cut, and words of an admin are never cut.
const mostSent = 4096

// send answers "balas 3 ...": the words go out exactly as typed. Whoever answers has
// the chat from then on, unless somebody else does, who is told.
func (o *order) send(v *shop.TicketView, words string) templates.Text {
	if utf8.RuneCountInString(o.m.Text) >= mostSent {
		return templates.NotSendable{TooLong: true}
	}
	c := o.c
	told := templates.ReplySent{Number: v.Number, Name: v.Person.CallName(), Closed: !v.Open()}
	switch {
	case !v.Open():
	case v.ClaimedBy == 0:
		o.take(c.Person)
	default:
		o.act(shop.Action{Kind: shop.ActBotOff, Until: c.Now.Add(c.bot.Policy.Takeover)})
		if v.ClaimedBy != c.Person.ID {
			told.By, told.Since = v.Claimer, v.ClaimedAt
			o.alert(v.ClaimedBy, templates.AnsweredFor{Number: v.Number, Name: v.Person.CallName(), By: c.Person.CallName(), Words: words})
		}
	}
	c.out.Drafts = append(c.out.Drafts, shop.Draft{
		To: v.Person.ID, Lane: shop.LaneReply, Text: words, Author: c.Person.ID, Answers: true, Exempt: true,
	})
	v.Answering, v.Replied = true, true
	return told
}

// botSwitch answers "bot 3 on": the bot speaks again in a chat that a person
// took over, or is silenced there.
func (o *order) botSwitch(v *shop.TicketView, rest string) templates.Text {
	told := templates.BotSwitched{Name: v.Person.CallName(), On: strings.EqualFold(strings.TrimSpace(rest), "on")}
	if told.On {
		o.act(shop.Action{Kind: shop.ActBotOn})
		return told
	}
	told.Until = o.c.Now.Add(o.c.bot.Policy.Takeover)
	o.act(shop.Action{Kind: shop.ActBotOff, Until: told.Until})
	return told
}

// confirmed are the commands that are asked about before they are done.
var confirmed = map[string]func(o *order, v *shop.TicketView) templates.Text{
	"selesai": (*order).end,
	"terima":  (*order).post,

	shop.EraseCommand: (*order).erase,

	"promo batal": (*order).dropPromo,
}

// confirmFirst asks for "ya 3". The answer counts for this ticket, kind and amount
// alone, and for five minutes.
func (o *order) confirmFirst(command string, v *shop.TicketView) templates.Text {
	o.c.mem().Desk = &shop.DeskMemory{Command: command, Ticket: v.ID, Number: v.Number, Kind: v.Kind, Amount: v.Amount, At: o.c.Now}
	told := templates.AskConfirm{Command: command, Number: v.Number, Name: v.Person.CallName(), Amount: v.Amount}
	if v.Wait != nil {
		told.Words, told.Age = v.Wait.Words, o.c.Now.Sub(v.Wait.Since)
	}
	return told
}

// confirm answers "ya 3".
func (o *order) confirm(v *shop.TicketView, _ string) templates.Text {
	asked := o.c.mem().Desk
	if !asked.Confirms(v) || confirmed[asked.Command] == nil {
		told := templates.NoConfirm{Number: v.Number}
		if asked != nil && asked.Command != "" && asked.Number != v.Number {
			told.Open = asked.Number
		}
		return told
	}
	o.c.mem().Desk, o.sum = nil, asked.Sum
	return confirmed[asked.Command](o, v)
}

// close answers "selesai 3"; nobody who still waits is given up without a second word.
func (o *order) close(v *shop.TicketView, _ string) templates.Text {
	switch {
	case !v.Open():
		return templates.Closed{Number: v.Number, Name: v.Person.CallName(), Already: true}
	case v.Unanswered():
		return o.confirmFirst("selesai", v)
	}
	return o.end(v)
}

// end closes a chat and asks the customer how it was.
func (o *order) end(v *shop.TicketView) templates.Text {
	told := templates.Closed{Number: v.Number, Name: v.Person.CallName(), Already: !v.Open(), Rated: o.mayRate(v)}
	if told.Already {
		told.Rated = false
		return told
	}
	o.act(shop.Action{Kind: shop.ActClose})
	v.ClosedAt = o.c.Now
	if !told.Rated {
		return told
	}
	text, err := o.c.write(templates.AskRating{Name: v.Person.CallName()})
	o.err = errors.Join(o.err, err)
	o.c.out.Drafts = append(o.c.out.Drafts, shop.Draft{To: v.Person.ID, Lane: shop.LaneReply, Text: text, Exempt: true, Parts: says("rating")})
	o.act(shop.Action{Kind: shop.ActAsk})
	v.Asked = true
	return told
}

// mayRate: asked once a conversation, if something was answered in it, never on a day
// with a promo and never somebody who is angry.
func (o *order) mayRate(v *shop.TicketView) bool {
	return o.c.bot.Policy.Rating && v.Kind == shop.TicketChat && !v.Asked && !v.Promo && !v.Complaint && !v.Unanswered() && (v.Replied || v.Answering)
}
