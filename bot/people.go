package bot

import (
	"bestie/shop"
	"bestie/templates"
)

// takeover: somebody typed on the shop phone or on WhatsApp Web. That answers
// whoever waits and silences the bot in this chat for a while (domain facts,
// section 1).
func (c *turn) takeover() (bool, error) {
	for _, m := range c.Messages {
		if m.FromMe && m.Kind.Content() {
			c.out.Human = m.SentAt
		}
	}
	if c.out.Human.IsZero() {
		return false, nil
	}
	c.out.Cancel = true
	c.out.Conversation.Answered = true
	if until := c.out.Human.Add(c.bot.Policy.Takeover); until.After(c.out.Conversation.PausedUntil) {
		c.out.Conversation.PausedUntil = until
	}
	return true, nil
}

// consent: words that stop or start promos come before any other rule, for
// every role, also while a person has the chat (field guide, section 5,
// requirement 6).
func (c *turn) consent() (bool, error) {
	wish := templates.WishNone
	for _, m := range c.Messages {
		if w := templates.OptWish(m.Text); !m.FromMe && w != templates.WishNone {
			wish = w
		}
	}
	if wish == templates.WishNone || c.Person.IsAdmin() {
		return false, nil
	}
	granted := wish == templates.WishIn
	state := shop.ConsentOut
	if granted {
		state = shop.ConsentIn
	}
	again := c.Consent == state
	if !again {
		c.out.Consent = &shop.Consent{PersonID: c.Person.ID, Granted: granted, At: c.Now, Source: "chat", Words: c.text}
	}
	c.say(shop.Draft{Text: c.bot.Texts.Consent(granted, again), Exempt: true, Intent: "berhenti"})
	return true, nil
}

// goodbye: thanks, stickers and lone emoji close the talk and start no clock. A
// running clock ends only if something was answered (domain facts, section 1).
func (c *turn) goodbye() (bool, error) {
	if c.asked == nil {
		return true, nil // stickers, reactions: kept, not answered
	}
	if !c.onlyText() || !templates.Goodbye(c.text) {
		return false, nil
	}
	if c.Wait != nil && c.Conversation.Answered {
		c.out.CancelWait = true
	}
	c.out.Conversation.Answered = false
	if c.Conversation.Silent(c.Now) || templates.EmojiOnly(c.text) {
		return true, nil
	}
	r, err := c.bot.Library.Render("terima_kasih", c.vars(), c.pick)
	if err != nil {
		return false, err
	}
	c.say(shop.Draft{Text: r.Text, Intent: r.Intent, Template: r.Template, Wording: r.Wording})
	return true, nil
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
	}
	return true, nil
}

// machine: other programs write too. A business's automatic words get one reply
// a day, the same text twice in a minute one answer, and a chat that goes back
// and forth too fast is left alone and shown to a person (field guide, section 6).
func (c *turn) machine() (bool, error) {
	defer func() { c.out.Conversation.LastInText, c.out.Conversation.LastInAt = c.text, c.Now }()
	if c.text != "" && c.text == c.Conversation.LastInText && c.Now.Sub(c.Conversation.LastInAt) < sameQuestion {
		return true, nil
	}
	g := c.bot.Policy.Guards
	if (c.asked.Verified || templates.AwayMessage(c.text)) && c.RepliesWithin(day) >= g.BusinessDay {
		return true, nil
	}
	if c.RepliesWithin(g.LoopWindow) <= g.LoopExchanges {
		return false, nil
	}
	c.out.Conversation.MutedUntil = c.Now.Add(g.LoopMute)
	for _, a := range c.Roster.For(shop.RankDuty) {
		c.out.Drafts = append(c.out.Drafts, shop.Draft{
			To: a.ID, Lane: shop.LaneAlert, Exempt: true, Text: c.bot.Texts.LoopMuted(c.Person, g.LoopMute),
		})
	}
	return true, nil
}
