package bot

import (
	"cmp"
	"slices"

	"bestie/shop"
	"bestie/templates"
)

// consent: words that stop or start promos, and the answer to the question whether
// promos are welcome, come before any other rule, for every role, also while a person
// has the chat (field guide, section 5, requirement 6). What else the turn says is left
// to the other rules. Every change of mind stands on record; the last of them holds.
func (c *turn) consent() (bool, error) {
	ask := c.openAsk()
	var wishes []shop.Consent
	var rest []shop.Message
	for _, m := range c.Messages {
		wish, question := c.wish(m), ""
		if ask != nil && !m.FromMe && !m.Forwarded && m.Kind == shop.KindText {
			question, wish = ask.Words, cmp.Or(wish, templates.ConsentAnswer(m.Text))
		}
		if wish == templates.WishNone {
			ask = nil // only what follows the question at once answers it
			rest = append(rest, m)
			continue
		}
		wishes = append(wishes, shop.Consent{
			PersonID: c.Person.ID, Granted: wish == templates.WishIn, At: c.Now, Source: "chat", Question: question, Words: m.Text,
		})
		if m.Text = c.beside(m.Text); m.Text != "" {
			rest = append(rest, m)
		}
	}
	if len(wishes) == 0 {
		return false, nil
	}
	c.Messages = rest
	c.read(speaks)
	return c.asked == nil && !slices.ContainsFunc(c.Messages, typed), c.agree(wishes)
}

// agree puts on record every change of mind and confirms what holds now.
func (c *turn) agree(wishes []shop.Consent) error {
	state := c.Consent
	for _, w := range wishes {
		if said := shop.ConsentStateOf(w.Granted); said != state {
			state = said
			c.out.Consents = append(c.out.Consents, w)
		}
	}
	last, before := wishes[len(wishes)-1], c.Consent == state
	asked := last.Question != ""
	if last.Granted {
		return c.confirm(templates.OptedIn{Name: c.name(), Before: before, Asked: asked}, "berhenti")
	}
	return c.confirm(templates.OptedOut{Name: c.name(), Before: before, Asked: asked}, "berhenti")
}

// wish is what a message says about promos. What an admin wants passed on to a
// customer is the customer's business.
func (c *turn) wish(m shop.Message) templates.Wish {
	if m.FromMe || c.Person.IsAdmin() && c.commands(m) {
		return templates.WishNone
	}
	return templates.OptWish(m.Text)
}

// beside is what a message asks besides its wish about promos, "" for nothing: reasons
// and anger about them want no answer of their own.
func (c *turn) beside(text string) string {
	rest := templates.OptRest(text)
	if templates.Asks(rest) || templates.Begs(rest) && c.wishes(rest) {
		return rest
	}
	return ""
}

// openAsk takes the question whether promos are welcome out of the memory: nil unless it
// was the last that left for the person before this turn. The turn answers it or ends it.
func (c *turn) openAsk() *shop.OpenAsk {
	ask := c.mem().Ask
	c.mem().Ask = nil
	if ask == nil || !ask.AnsweredBy(c.LastSaid, c.Messages[0].ReceivedAt) {
		return nil
	}
	return ask
}

// askConsent asks, once in a lifetime, whether promos are welcome, and remembers that.
// It returns the words of the question, "" when this is no moment for it.
func (c *turn) askConsent() (string, error) {
	if !c.mayAsk() {
		return "", nil
	}
	words, err := c.write(templates.AskConsent{Name: c.name()})
	if err != nil {
		return "", err
	}
	c.out.AskConsent = words
	c.mem().Ask = &shop.OpenAsk{Words: words, At: c.Now}
	return words, nil
}

// mayAsk tells that nothing else is open with a customer who has never said whether
// promos are welcome, and that nothing has gone wrong lately.
func (c *turn) mayAsk() bool {
	m := c.mem()
	switch {
	case !c.bot.Policy.AskConsent, c.Consent != shop.ConsentNone, len(c.out.Consents) > 0, !c.Asking.Allow(c.Now):
		return false
	case c.Person.IsAdmin(), c.Division() != "", c.asked.Verified, c.asked.Forwarded:
		return false
	case c.Wait != nil && !c.out.CancelWait, c.Ticket != nil, m.Menu != nil, m.Form != nil, m.Order != nil:
		return false
	}
	return !c.Conversation.Silent(c.Now) && !c.Conversation.OpenComplaint(c.Now) && !templates.Angry(c.text) && c.age() <= c.bot.Policy.Freshness
}
