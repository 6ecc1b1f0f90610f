package bot

import (
	"errors"
	"slices"

	"bestie/shop"
	"bestie/templates"
)

// spoken is the answer to a turn while it is put together.
type spoken struct {
	parts  []string
	draft  shop.Draft
	sure   bool   // every question was answered with a fact or the next step
	greets bool   // a part greets by itself
	over   bool   // a part hands the chat to a person
	looks  bool   // somebody was promised to look
	call   string // the last part's call to action
}

// mostTries is how many wordings are tried to avoid saying the very same text
// again; after that the outbox drops the repetition and a person looks.
const mostTries = 4

// answer finds the templates for what was asked and says them in one message, in
// the order of the questions. What it is not sure of gets an honest holding reply
// and stays in the queue: a wrong answer costs more than none.
func (c *turn) answer() (bool, error) {
	m := c.library.Match(c.text, c.Products...)
	hello, err := c.greeting()
	if err != nil {
		return false, err
	}
	var s spoken
	for c.tries = 0; c.tries < mostTries; c.tries++ {
		if s, err = c.compose(m, hello); err != nil {
			return false, err
		}
		if !c.SaidWithin(s.draft.Text, c.bot.Policy.Guards.SameText) {
			break
		}
	}
	if s.greets {
		c.out.Conversation.GreetedAt = c.Now
	}
	if s.sure {
		c.out.Conversation.Answered = true
	}
	c.wait()
	c.out.NeedsHuman = s.looks
	c.say(s.draft)
	return true, c.callPerson(m, s.over)
}

// compose makes one message: the greeting, empathy for the angry, the answers
// and, for what is left, the promise to look.
func (c *turn) compose(m templates.Match, hello string) (s spoken, err error) {
	s = spoken{sure: !m.Rest && len(m.Parts) > 0}
	if err = c.findParts(m, &s); err != nil {
		return s, err
	}
	opening := []string{hello}
	if s.greets {
		opening = nil
	}
	if angryBesides(m) || templates.Angry(c.text) && !asks(m, angryIntent) {
		empathy, err := c.write(templates.Empathy{Name: c.name()})
		if err != nil {
			return s, err
		}
		opening, s.sure = append(opening, empathy), false
	}
	holding, err := c.holding(m.Rest && !s.over, len(s.parts))
	s.looks = s.looks || m.Rest || holding != ""
	if holding != "" {
		s.draft.Parts = append(s.draft.Parts, says("holding")...)
	}
	s.draft.Text = join(append(append(opening, s.parts...), holding, s.call)...)
	s.draft.Answers = s.sure
	return s, err
}

// findParts renders the template of every question; one whose facts are unknown
// is left to a person.
func (c *turn) findParts(m templates.Match, s *spoken) error {
	vars := c.vars()
	for _, part := range m.Parts {
		if part.Intent == angryIntent && angryBesides(m) {
			continue
		}
		r, err := c.library.Render(part.Intent, c.role(), vars, c.pick)
		if errors.Is(err, templates.ErrMissing) || errors.Is(err, templates.ErrNoTemplate) {
			s.sure, s.looks = false, true
			continue
		} else if err != nil {
			return err
		}
		s.parts = append(s.parts, r.Text)
		s.draft.Parts = append(s.draft.Parts, partOf(r, part.Confidence))
		s.call = r.CallToAction
		s.sure, s.over, s.greets, s.looks = s.sure && r.Answers, s.over || r.HandOver, s.greets || r.Greets, s.looks || r.Promises
	}
	return nil
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

// angryIntent is the template for anger without a concrete wish.
const angryIntent = "komplain_marah"

// angryBesides tells that a message is angry and asks something too: a sentence
// of empathy then opens the answer, for two requests in one message are too many.
func angryBesides(m templates.Match) bool { return len(m.Parts) > 1 && asks(m, angryIntent) }

// callPerson pages a person at once about threats, anger and a wish for a
// person.
func (c *turn) callPerson(m templates.Match, over bool) error {
	reason := ""
	switch {
	case templates.Threat(c.text):
		reason = templates.ReasonThreat
	case templates.Angry(c.text) || asks(m, angryIntent):
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
