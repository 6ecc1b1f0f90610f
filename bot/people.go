package bot

import (
	"slices"
	"strings"

	"bestie/shop"
	"bestie/templates"
)

// takeover: somebody typed on the shop phone or on WhatsApp Web. That answers
// whoever waits and silences the bot in this chat for a while (domain facts,
// section 1).
func (c *turn) takeover() (bool, error) {
	for _, m := range c.Messages {
		if typed(m) {
			c.out.Human = m.SentAt
		}
	}
	if c.out.Human.IsZero() {
		return false, nil
	}
	c.out.Cancel = true
	c.out.Conversation.Answered = true
	c.mem().Menu, c.mem().Form = nil, nil // the person asks now
	if until := c.out.Human.Add(c.bot.Policy.Takeover); until.After(c.out.Conversation.PausedUntil) {
		c.out.Conversation.PausedUntil = until
	}
	return true, nil
}

// typed tells that a person of the shop wrote this.
func typed(m shop.Message) bool { return m.FromMe && m.Kind.Content() }

// confirm says a text that no loop guard may hold back.
func (c *turn) confirm(t templates.Text, intent string) error {
	text, err := c.write(t)
	c.say(shop.Draft{Text: text, Exempt: true, Parts: says(intent)})
	return err
}

// goodbye: thanks, stickers and lone emoji close the talk and start no clock. A
// running clock ends only if something was answered (domain facts, section 1).
// Thanks are answered, "oke" and a thumb are not.
func (c *turn) goodbye() (bool, error) {
	if c.asked == nil {
		return true, nil // stickers, reactions: kept, not answered
	}
	if !c.onlyText() || !templates.Goodbye(c.text) || c.confirmsOrder() {
		return false, nil
	}
	if c.Wait != nil && c.Conversation.Answered && !c.Wait.Human {
		c.out.CancelWait = true
	}
	solved := c.Conversation.Answered
	c.out.Conversation.Answered = false
	c.out.Conversation.End(c.sentAt(*c.asked))
	if c.Conversation.Silent(c.Now) || !templates.Thanks(c.text) {
		return true, nil
	}
	r, err := c.library.Render("terima_kasih", c.role(), c.vars(), c.pick)
	if err != nil {
		return false, err
	}
	last := r.CallToAction
	if solved {
		if question, err := c.askConsent(); err != nil {
			return false, err
		} else if question != "" {
			last = question
		}
	}
	c.say(shop.Draft{Text: join(r.Text, last), Parts: []shop.ReplyPart{partOf(r, 1)}})
	return true, nil
}

// has tells whether a message of this kind is in the turn.
func (c *turn) has(kind shop.Kind) bool {
	return slices.ContainsFunc(c.Messages, func(m shop.Message) bool { return !m.FromMe && m.Kind == kind })
}

func (c *turn) onlyText() bool {
	for _, m := range c.Messages {
		if !m.FromMe && !m.Kind.Mute() && m.Kind != shop.KindText {
			return false
		}
	}
	return true
}

// silent: a person has taken the chat over, or the loop guard closed it. A
// customer who writes to a person waits for that person; a machine does not.
func (c *turn) silent() (bool, error) {
	if !c.Conversation.Silent(c.Now) {
		return false, nil
	}
	if c.Now.Before(c.Conversation.PausedUntil) {
		c.wait()
		c.guess()
	}
	return true, nil
}

// machine: other programs write too. A verified business gets one reply a day,
// the same text twice in a minute one answer, and a chat that goes back and forth
// too fast is left alone and shown to a person (field guide, section 6).
func (c *turn) machine() (bool, error) {
	defer func() { c.out.Conversation.LastInText, c.out.Conversation.LastInAt = c.text, c.Now }()
	if c.text != "" && !c.chooses() && c.text == c.Conversation.LastInText && c.Now.Sub(c.Conversation.LastInAt) < sameQuestion {
		return true, nil
	}
	g := c.bot.Policy.Guards
	if c.asked.Verified && c.RepliesWithin(day) >= g.BusinessDay {
		return true, nil
	}
	if c.RepliesWithin(g.LoopWindow) <= g.LoopExchanges {
		return false, nil
	}
	c.out.Conversation.MutedUntil = c.Now.Add(g.LoopMute)
	text, err := c.write(templates.LoopMuted{Name: c.name(), Phone: c.Person.Phone, For: g.LoopMute})
	c.alert(text, false)
	return true, err
}

// awayMarks begin the automatic words of other businesses (field guide, section 6).
var awayMarks = []string{
	"terima kasih telah menghubungi", "terimakasih telah menghubungi", "terima kasih sudah menghubungi",
	"thank you for contacting", "thanks for contacting", "kami sedang tidak tersedia",
}

// awayMessage tells whether a text looks like a machine's. It asks for nothing.
func awayMessage(text string) bool {
	lower := strings.ToLower(text)
	return slices.ContainsFunc(awayMarks, func(mark string) bool { return strings.Contains(lower, mark) })
}
