package bot

import (
	"strconv"
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
// person always sees it (field guide, section 3, "Backlog"). What is older than that
// is not spoken of, though something younger came with it.
func (c *turn) late() (bool, error) {
	if c.age() <= c.bot.Policy.Freshness {
		return false, nil
	}
	c.wait()
	c.guess()
	c.out.NeedsHuman = true
	if c.age() > c.bot.Policy.ApologyUntil {
		c.read(func(m shop.Message) bool { return speaks(m) && c.Now.Sub(m.SentAt) <= c.bot.Policy.ApologyUntil })
		if c.asked == nil {
			c.out.NoPages = true
			return true, nil
		}
		if c.wait(); c.age() <= c.bot.Policy.Freshness {
			return false, nil
		}
	}
	if c.Wait != nil && !c.mem().LateAt.Before(c.Wait.Since) {
		return true, nil // the apology for this wait has been made
	}
	c.mem().LateAt, c.out.Held = c.Now, true
	text, err := c.write(templates.Late{Name: c.name(), Question: c.words(), Age: c.age().Truncate(time.Minute)})
	c.say(shop.Draft{Text: text, Parts: says("late")})
	last := &c.out.Drafts[len(c.out.Drafts)-1]
	last.Delay = c.bot.apologyIn(c.Now, last.Delay)
	return true, err
}

// age is how long ago the first message was written that wants an answer.
func (c *turn) age() time.Duration { return c.Now.Sub(c.asked.SentAt) }

// apologyGap is the least time between two apologies for late messages. After an
// outage hundreds may be owed; they take half of what the bot may say in a minute, and
// the answers to fresh questions go between them.
const apologyGap = 4 * time.Second

// apologyIn is when the next apology may leave, at the earliest after a delay.
func (b *Bot) apologyIn(now time.Time, delay time.Duration) time.Duration {
	if wait := b.apology.Add(apologyGap).Sub(now); wait > delay && wait < mostApologies {
		delay = wait
	}
	b.apology = now.Add(delay)
	return delay
}

// mostApologies bounds the row of apologies; a longer one can only be the trace of a
// clock that was ahead.
const mostApologies = 6 * time.Hour

// callText is how often a caller is told that calls are not taken.
const callText = 24 * time.Hour

// call: a call was rejected; one polite text a day says so.
func (c *turn) call() (bool, error) {
	if c.asked.Kind != shop.KindCall {
		return false, nil
	}
	if c.Now.Sub(c.Conversation.LastCallAt) >= callText {
		c.out.Conversation.LastCallAt = c.Now
		if err := c.reply(templates.CallRejected{Name: c.name()}, shop.Draft{Parts: says("call")}); err != nil {
			return false, err
		}
	}
	return c.text == "", nil
}

// payment: a reported payment is acknowledged, never confirmed, and a person is
// called at once: only an admin books money (domain facts, section 4).
func (c *turn) payment() (bool, error) {
	cmd, amount, ok := templates.Command(c.text)
	picture := c.Dropshipper != nil && c.text == "" && c.has(shop.KindImage) && !c.awaits(templates.FieldPhoto) // nothing was announced
	if !picture && (!ok || cmd != templates.CommandPaid) {
		return false, nil
	}
	sum, _ := strconv.ParseInt(amount, 10, 64) // "" is no amount: 0
	told := templates.PaymentReported{Name: c.name(), Amount: shop.Rupiah(sum), Proof: c.has(shop.KindImage)}
	if err := c.reply(told, shop.Draft{Exempt: true, Parts: says(paymentIntent)}); err != nil {
		return false, err
	}
	c.out.WaitIntent = paymentIntent
	return true, c.page(templates.ReasonPayment, nil)
}

// balanceIntent is what "saldo" asks about.
const balanceIntent = "limit_paylater"

// saldo: somebody asks in many words what is left of their credit ("info sisa kredit tokoku");
// the word itself is a dropshipper's command and was answered before.
func (c *turn) saldo() (bool, error) {
	cmd, _, ok := templates.Command(c.text)
	if !ok || cmd != templates.CommandBalance {
		return false, nil
	}
	c.wait()
	c.out.WaitIntent = balanceIntent
	if c.Account == nil {
		return true, c.reply(templates.BalanceUnknown{Name: c.name()}, shop.Draft{Parts: says(balanceIntent)})
	}
	c.out.Conversation.Answered = true
	return true, c.reply(templates.BalanceOf(c.name(), c.Account), shop.Draft{Exempt: true, Answers: true, Parts: says(balanceIntent)})
}

// unreadable: WhatsApp never showed us what was written; ask for it again.
func (c *turn) unreadable() (bool, error) {
	if k := c.asked.Kind; k != shop.KindViewOnce && k != shop.KindPlaceholder || c.text != "" {
		return false, nil
	}
	c.wait()
	return true, c.reply(templates.ViewOnce{Name: c.name()}, shop.Draft{Parts: says("unreadable")})
}

// media: a picture, a voice note, a place: a person has to look at it.
func (c *turn) media() (bool, error) {
	if c.text != "" {
		return false, nil
	}
	c.wait()
	c.out.NeedsHuman = true
	return true, c.reply(templates.Media{Name: c.name(), Kind: c.asked.Kind}, shop.Draft{Parts: says("media")})
}
