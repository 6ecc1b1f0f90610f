package bot

import (
	"cmp"
	"strings"
	"time"
	"unicode/utf8"

	"bestie/shop"
	"bestie/templates"
)

// turn is one decision under way.
type turn struct {
	shop.Turn
	bot     *Bot
	library *templates.Library
	out     shop.Outcome
	// text is what the person wrote in this turn, joined; asked is the first of
	// their messages that wants an answer, nil when none does.
	text  string
	asked *shop.Message
	// about is the text that the answer is about: text, or what an earlier menu was
	// offered for.
	about string
	step  step // of a form under way
	roll  int  // the throw that chooses wordings
	tries int  // how often another wording was wanted
	// missed: a menu was open and this is no choice of it. A second one is not offered.
	missed bool
}

func newCase(b *Bot, t shop.Turn) *turn {
	c := &turn{Turn: t, bot: b, library: b.Library(), out: shop.Outcome{Conversation: t.Conversation}, roll: b.Rand(1 << 16)}
	c.out.Conversation.Memory = t.Conversation.Memory.Fresh(t.Now)
	for _, m := range t.Messages {
		c.out.Conversation.Hear(c.sentAt(m))
	}
	c.read(speaks)
	return c
}

// speaks tells that a person wrote a message which may want an answer.
func speaks(m shop.Message) bool { return !m.FromMe && !m.Kind.Mute() && !awayMessage(m.Text) }

// mostText is after how many bytes of a turn no further message is read: a burst
// of pages has asked enough.
const mostText = 16 << 10

// read makes text and asked of the messages that count.
func (c *turn) read(counts func(shop.Message) bool) {
	var lines []string
	size := 0
	c.asked = nil
	for i, m := range c.Messages {
		if !counts(m) {
			continue
		}
		if c.asked == nil {
			c.asked = &c.Messages[i]
		}
		if s := strings.TrimSpace(m.Text); s != "" && size < mostText {
			lines = append(lines, s)
			size += len(s)
		}
	}
	c.text = strings.Join(lines, "\n")
	c.about = c.text
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
	c.out.WaitSince = c.sentAt(*c.asked)
	c.out.WaitWords = c.words()
}

// sentAt is WhatsApp's time of a message; where our clock is behind WhatsApp's, ours.
func (c *turn) sentAt(m shop.Message) time.Time {
	if m.SentAt.After(c.Now) {
		return c.Now
	}
	return m.SentAt
}

// words are what the turn is about, for a page; empty when that is no text.
func (c *turn) words() string { return templates.Excerpt(c.about) }

// page calls the duty admin at once, before the first level: a wish for a
// person, anger, threats, a reported payment (domain facts, section 1), a form that
// was filled in, which comes along.
func (c *turn) page(reason string, form *shop.OpenForm) error {
	c.wait()
	c.out.NeedsHuman = true
	if c.Wait != nil && c.Wait.Called && reason != templates.ReasonPayment && reason != templates.ReasonErasure && form == nil {
		return nil // somebody was called already; the levels go on calling
	}
	number := c.NextNumber
	if c.Wait != nil && c.Wait.Number != 0 {
		number = c.Wait.Number
	}
	c.out.Number = number
	page := shop.Urgent{Number: number, Person: c.Person, Age: c.Now.Sub(c.asked.SentAt), Words: c.words(), Reason: reason}
	page.Title, page.Data = c.gathered(form)
	text, err := c.write(templates.UrgentOf(page))
	c.alert(text, true)
	return err
}

// alert tells the duty admin something; aboutWait drops it if the chat is
// answered before it leaves.
func (c *turn) alert(text string, aboutWait bool) {
	for _, a := range c.Roster.For(shop.RankDuty) {
		c.out.Drafts = append(c.out.Drafts, shop.Draft{To: a.ID, Lane: shop.LaneAlert, Text: text, Exempt: true, AboutWait: aboutWait})
	}
}

// write renders a text of the catalogue.
func (c *turn) write(t templates.Text) (string, error) {
	r, err := c.bot.Texts.Render(t, c.pick)
	return r.Text, err
}

// role is whom the library writes for.
func (c *turn) role() templates.Role {
	if c.Dropshipper != nil {
		return templates.RoleDropshipper
	}
	return templates.RoleCustomer
}

// name is what texts call the person: the shop's name for them, else what they said
// in this conversation, else their own.
func (c *turn) name() string {
	if c.Person.Name != "" {
		return c.Person.Name
	}
	return cmp.Or(c.mem().Known(factName), c.Person.PushName)
}

// pick chooses a wording; each further try of the turn takes the next.
func (c *turn) pick(n int) int { return (c.roll + c.tries) % n }

// greetAgain is how long a greeting lasts before the bot greets again.
const greetAgain = 12 * time.Hour

// greeting is the line an answer begins with, once in a while.
func (c *turn) greeting() (string, error) {
	if c.Now.Sub(c.Conversation.GreetedAt) < greetAgain {
		return "", nil
	}
	c.out.Conversation.GreetedAt = c.Now
	return c.write(templates.Greet{Word: templates.Greeting(c.text), Name: c.name()})
}

// reply says a text of the catalogue, after a greeting if one is due.
func (c *turn) reply(t templates.Text, d shop.Draft) error {
	hello, err := c.greeting()
	if err != nil {
		return err
	}
	r, err := c.bot.Texts.Render(t, c.pick)
	if err != nil {
		return err
	}
	d.Text = join(hello, r.Text)
	for i := range d.Parts {
		d.Parts[i].Wording = r.Wording
	}
	c.say(d)
	return nil
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

// says records a reply of code: an intent without a template.
func says(intent string) []shop.ReplyPart { return []shop.ReplyPart{{Intent: intent}} }

// partOf records a reply of the library. confidence is 0 to 1.
func partOf(r templates.Reply, confidence float64) shop.ReplyPart {
	return shop.ReplyPart{Intent: r.Intent, Template: r.Template, Wording: r.Wording, Version: r.Version, Confidence: int(confidence * 1000)}
}
