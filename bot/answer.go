package bot

import (
	"errors"
	"slices"

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
	holding, err := c.holding(m.Rest, len(parts))
	if err != nil {
		return false, err
	}
	c.wait()
	if err = c.compose(draft, append(parts, holding), sure, greets); err != nil {
		return false, err
	}
	return true, c.callPerson(m, over)
}

// holding says that the answer, or the rest of it, will come.
func (c *turn) holding(rest bool, answered int) (string, error) {
	switch {
	case answered == 0:
		return c.write(templates.Holding{Name: c.name()})
	case rest:
		return c.write(templates.Rest{Name: c.name()})
	}
	return "", nil
}

// compose makes one message of the parts, greeting first.
func (c *turn) compose(draft shop.Draft, parts []string, sure, greets bool) error {
	if greets {
		c.out.Conversation.GreetedAt = c.Now
	}
	hello, err := c.greeting()
	if err != nil {
		return err
	}
	if greets {
		hello = ""
	}
	draft.Text, draft.Answers = join(append([]string{hello}, parts...)...), sure
	if sure {
		c.out.Conversation.Answered = true
	}
	c.say(draft)
	return nil
}

// callPerson pages a person at once about threats, anger and a wish for a
// person.
func (c *turn) callPerson(m templates.Match, over bool) error {
	reason := ""
	switch {
	case templates.Threat(c.text):
		reason = templates.ReasonThreat
	case templates.Angry(c.text) || asks(m, "komplain_marah"):
		reason = templates.ReasonAngry
	case over:
		return c.page(templates.ReasonPerson)
	default:
		return nil
	}
	c.out.Conversation.ComplaintAt = c.Now
	return c.page(reason)
}

func asks(m templates.Match, intent string) bool {
	return slices.ContainsFunc(m.Parts, func(p templates.Part) bool { return p.Intent == intent })
}
