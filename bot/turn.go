package bot

import (
	"strings"
	"time"
	"unicode/utf8"

	"bestie/shop"
)

// turn is one decision under way.
type turn struct {
	shop.Turn
	bot *Bot
	out shop.Outcome
	// text is what the person wrote in this turn, joined; asked is the first of
	// their messages that wants an answer, nil when none does.
	text  string
	asked *shop.Message
}

func newCase(b *Bot, t shop.Turn) *turn {
	c := &turn{Turn: t, bot: b, out: shop.Outcome{Conversation: t.Conversation}}
	var lines []string
	for i, m := range t.Messages {
		if m.FromMe || m.Kind.Mute() {
			continue
		}
		if c.asked == nil {
			c.asked = &t.Messages[i]
		}
		if s := strings.TrimSpace(m.Text); s != "" {
			lines = append(lines, s)
		}
	}
	c.text = strings.Join(lines, "\n")
	return c
}

// say adds a reply to the person. Exempt replies (commands, confirmations) are
// not counted by the loop guards.
func (c *turn) say(d shop.Draft) {
	d.To, d.Lane = c.Person.ID, shop.LaneReply
	d.Delay = c.typing(d.Text)
	c.out.Drafts = append(c.out.Drafts, d)
}

// typing is how long a person would take to write a text, within bounds, in
// whole seconds as stanza time stamps are.
func (c *turn) typing(text string) time.Duration {
	p := c.bot.Policy
	if p.TypingMax <= 0 {
		return 0
	}
	d := p.TypingMin + time.Duration(utf8.RuneCountInString(text)/60)*time.Second + time.Duration(c.bot.Rand(2))*time.Second
	return min(d, p.TypingMax)
}

// wait keeps or starts the first-response clock at the first message that wants
// an answer.
func (c *turn) wait() {
	if c.asked == nil {
		return
	}
	c.out.StartWait = true
	c.out.WaitSince = c.asked.SentAt
	c.out.WaitWords = c.words()
}

// mostWords is how much of a message a page quotes, in runes.
const mostWords = 80

// words are the first words of the turn for a page.
func (c *turn) words() string {
	s := strings.Join(strings.Fields(c.text), " ")
	if s == "" && c.asked != nil {
		return "[" + c.bot.Texts.KindName(c.asked.Kind) + "]"
	}
	if utf8.RuneCountInString(s) > mostWords {
		s = string([]rune(s)[:mostWords-1]) + "…"
	}
	return s
}

// page calls the duty admin at once, before the first level: a wish for a
// person, anger, threats, a reported payment (domain facts, section 1).
func (c *turn) page(reason string) {
	c.wait()
	number := c.NextNumber
	if c.Wait != nil && c.Wait.Number != 0 {
		number = c.Wait.Number
	}
	c.out.Number = number
	text := c.bot.Texts.Urgent(shop.Urgent{
		Number: number, Person: c.Person, Age: c.Now.Sub(c.asked.SentAt), Words: c.words(), Reason: reason,
	})
	for _, a := range c.Roster.For(shop.RankDuty) {
		c.out.Drafts = append(c.out.Drafts, shop.Draft{To: a.ID, Lane: shop.LaneAlert, Text: text, Exempt: true, AboutWait: true})
	}
}

// pick chooses a wording.
func (c *turn) pick(n int) int { return c.bot.Rand(n) }

// greetAgain is how long a greeting lasts before the bot greets again.
const greetAgain = 12 * time.Hour

// greeting is the line an answer begins with, once in a while.
func (c *turn) greeting() string {
	if c.Now.Sub(c.Conversation.GreetedAt) < greetAgain {
		return ""
	}
	c.out.Conversation.GreetedAt = c.Now
	return c.bot.Texts.Greeting(c.Person.CallName())
}

// join puts paragraphs together, leaving out empty ones.
func join(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, "\n\n")
}
