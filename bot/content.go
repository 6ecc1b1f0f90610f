package bot

import (
	"time"

	"bestie/shop"
	"bestie/templates"
)

// sameQuestion is how long a repeated text counts as the same question.
const sameQuestion = time.Minute

// day is one day, for limits that count in days.
const day = 24 * time.Hour

// late: a message that waited for us, not we for it. It is never answered as if
// it were fresh; up to a limit it gets one apology that names the question, and a
// person always sees it (field guide, section 3, "Backlog").
func (c *turn) late() (bool, error) {
	age := c.Now.Sub(c.asked.SentAt)
	if age <= c.bot.Policy.Freshness {
		return false, nil
	}
	c.wait()
	if age > c.bot.Policy.ApologyUntil {
		c.out.NoPages = true
		return true, nil
	}
	c.say(shop.Draft{Text: c.bot.Texts.Apology(c.Person.CallName(), c.words()), Intent: "late"})
	return true, nil
}

// callText is how often a caller is told that calls are not taken.
const callText = 24 * time.Hour

// call: a call was rejected; one polite text a day says so.
func (c *turn) call() (bool, error) {
	if c.asked.Kind != shop.KindCall {
		return false, nil
	}
	if c.Now.Sub(c.Conversation.LastCallAt) >= callText {
		c.out.Conversation.LastCallAt = c.Now
		c.say(shop.Draft{Text: c.bot.Texts.CallRejected(c.Person.CallName()), Intent: "call"})
	}
	if c.text == "" {
		return true, nil
	}
	return false, nil
}

// payment: a reported payment is acknowledged, never confirmed, and a person is
// called at once: only an admin books money (domain facts, section 4).
func (c *turn) payment() (bool, error) {
	cmd, _, ok := templates.Command(c.text)
	picture := c.Dropshipper != nil && c.text == "" && c.asked.Kind == shop.KindImage
	if !picture && (!ok || cmd != templates.CommandPaid) {
		return false, nil
	}
	c.say(shop.Draft{Text: join(c.greeting(), c.bot.Texts.PaymentNoted(c.Person.CallName(), c.Dropshipper)), Exempt: true, Intent: "konfirmasi_bayar"})
	c.page("payment")
	return true, nil
}

// saldo: a dropshipper asks what is left of the credit.
func (c *turn) saldo() (bool, error) {
	cmd, _, ok := templates.Command(c.text)
	if !ok || cmd != templates.CommandBalance {
		return false, nil
	}
	c.wait()
	if c.Dropshipper == nil {
		c.say(shop.Draft{Text: join(c.greeting(), c.bot.Texts.SaldoUnknown(c.Person.CallName())), Intent: "limit_paylater"})
		return true, nil
	}
	c.out.Conversation.Answered = true
	c.say(shop.Draft{Text: c.bot.Texts.Saldo(c.Person.CallName(), *c.Dropshipper), Exempt: true, Answers: true, Intent: "limit_paylater"})
	return true, nil
}

// unreadable: WhatsApp never showed us what was written; ask for it again.
func (c *turn) unreadable() (bool, error) {
	if k := c.asked.Kind; k != shop.KindViewOnce && k != shop.KindPlaceholder || c.text != "" {
		return false, nil
	}
	c.wait()
	c.say(shop.Draft{Text: join(c.greeting(), c.bot.Texts.SendAgain()), Intent: "unreadable"})
	return true, nil
}

// media: a picture, a voice note, a place: a person has to look at it.
func (c *turn) media() (bool, error) {
	if c.text != "" {
		return false, nil
	}
	c.wait()
	c.say(shop.Draft{Text: join(c.greeting(), c.bot.Texts.MediaReceived(c.asked.Kind)), Intent: "media"})
	return true, nil
}
