package bot

import (
	"errors"

	"bestie/shop"
	"bestie/templates"
)

// answer finds the templates for what was asked and says them in one message, in
// the order of the questions. What it is not sure of gets an honest holding reply
// and stays in the queue: a wrong answer costs more than none.
func (c *turn) answer() (bool, error) {
	m := c.bot.Library.Match(c.text)
	var parts []string
	sure, over, greets := !m.Rest && len(m.Parts) > 0, false, false
	vars := c.vars()
	draft := shop.Draft{Confidence: int(m.Confidence * 1000)}
	for _, part := range m.Parts {
		r, err := c.bot.Library.Render(part.Intent, vars, c.pick)
		if errors.Is(err, templates.ErrMissing) || errors.Is(err, templates.ErrNoTemplate) {
			sure = false
			continue
		} else if err != nil {
			return false, err
		}
		parts = append(parts, r.Text)
		if draft.Intent == "" {
			draft.Intent, draft.Template, draft.Wording = r.Intent, r.Template, r.Wording
		}
		sure, over, greets = sure && r.Answers, over || r.HandOver, greets || r.Greets
	}
	if m.Rest || len(parts) == 0 {
		parts = append(parts, c.bot.Texts.Holding(c.Person.CallName(), len(parts) > 0, c.pick))
	}
	c.wait()
	c.compose(draft, parts, sure, greets)
	c.call4Help(m, over)
	return true, nil
}

// compose makes one message of the parts, greeting first.
func (c *turn) compose(draft shop.Draft, parts []string, sure, greets bool) {
	if greets {
		c.out.Conversation.GreetedAt = c.Now
	} else {
		parts = append([]string{c.greeting()}, parts...)
	}
	draft.Text, draft.Answers = join(parts...), sure
	if sure {
		c.out.Conversation.Answered = true
	}
	c.say(draft)
}

// call4Help pages a person at once about anger, threats and a wish for a person.
func (c *turn) call4Help(m templates.Match, over bool) {
	angry := templates.Angry(c.text)
	for _, part := range m.Parts {
		angry = angry || part.Intent == "komplain_marah"
	}
	switch {
	case angry:
		c.out.Conversation.ComplaintAt = c.Now
		c.page("angry")
	case over:
		c.page("person")
	}
}
