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
	call   string         // the call to action of the last part
	form   *shop.OpenForm // what is asked next, or was given completely
	done   bool           // the form is complete: a person gets it
	offer  []string       // the menu at the end
	unsure bool           // the menu is all there is to say
	sure   bool           // every question was answered with a fact or the next step
	greets bool           // a part greets by itself
	over   bool           // a part hands the chat to a person
	looks  bool           // somebody was promised to look
}

// mostTries is how many wordings are tried to avoid saying the very same text
// again; after that the outbox drops the repetition and a person looks.
const mostTries = 4

// answer finds the templates for what was asked and says them in one message, in
// the order of the questions. What it is not sure of gets a menu of what it may be,
// or an honest holding reply, and stays in the queue: a wrong answer costs more than
// none.
func (c *turn) answer() (bool, error) {
	m := c.library.Match(c.text, c.Products...)
	if pricey(m) && templates.AsksPriceOf(c.text, c.Products, c.mem().Topic) {
		m = templates.Match{Parts: []templates.Part{{Intent: priceIntent, Confidence: 1}}}
	}
	if len(m.Parts) == 0 && templates.AsksKind(c.text, c.Products, c.mem().Topic) {
		m.Parts, m.Menu, m.Rest = []templates.Part{{Intent: stockIntent, Confidence: 1}}, nil, false
	}
	return true, c.respond(m)
}

// stockIntent is the template for what is on the shelf, priceIntent for what it costs,
// bulkIntent for what much of it costs.
const (
	stockIntent = "tanya_stok"
	priceIntent = "tanya_harga"
	bulkIntent  = "grosir"
)

// pricey tells that a message of which nothing is sure may mean the price or the bulk
// price.
func pricey(m templates.Match) bool {
	return len(m.Parts) == 0 && slices.ContainsFunc(m.Menu, func(intent string) bool { return intent == priceIntent || intent == bulkIntent })
}

// respond says what there is to say about what was understood, remembers what it
// asked and calls a person if one is needed.
func (c *turn) respond(m templates.Match) error {
	hello, err := c.greeting()
	if err != nil {
		return err
	}
	c.keepCity(m)
	vars := c.vars()
	var s spoken
	for c.tries = 0; c.tries < mostTries; c.tries++ {
		if s, err = c.compose(m, vars, hello); err != nil {
			return err
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
	c.mem().Menu = nil
	switch {
	case s.done:
		c.mem().Form = nil
	case s.form != nil:
		c.mem().Form = s.form
	}
	if len(s.offer) > 0 {
		c.mem().Offer(s.offer, c.about, s.unsure, c.Now)
	}
	c.wait()
	c.out.WaitIntent = subject(m, s.draft.Parts)
	c.out.NeedsHuman = c.out.NeedsHuman || s.looks
	c.say(s.draft)
	return c.callPerson(m, s)
}

// subject is what a question is about, for reports: what was answered first, else what
// it most likely means, "" when nobody knows.
func subject(m templates.Match, answered []shop.ReplyPart) string {
	var likely []string
	for _, part := range answered {
		if part.Template != "" {
			likely = append(likely, part.Intent)
		}
	}
	for _, part := range m.Parts {
		likely = append(likely, part.Intent)
	}
	for _, intent := range append(likely, m.Menu...) {
		if intent != greetingIntent && intent != thanksIntent {
			return intent
		}
	}
	return ""
}

// guess notes what a question is likely to be about that the bot leaves to a person.
func (c *turn) guess() {
	if c.text != "" {
		c.out.WaitIntent = subject(c.library.Match(c.text, c.Products...), nil)
	}
}

// compose makes one message: the greeting, empathy for the angry, the answers, for
// what is left the promise to look, and at the end one question or call to action.
func (c *turn) compose(m templates.Match, vars templates.Vars, hello string) (s spoken, err error) {
	s = spoken{sure: !m.Rest && len(m.Parts) > 0 || c.step.answers(m)}
	if c.step.on {
		s.form = c.mem().Form
	}
	if err = c.findParts(m, vars, &s); err != nil {
		return s, err
	}
	asked := c.ask(vars, &s)
	opening, err := c.opening(m, hello, &s)
	if err != nil {
		return s, err
	}
	closing, err := c.closing(m, vars, &s, asked)
	if err != nil {
		return s, err
	}
	s.draft.Text = join(slices.Concat(opening, s.parts, closing)...)
	s.draft.Exempt = c.step.got
	s.draft.Answers = s.sure
	return s, nil
}

// opening is what goes before the answers: a greeting, and empathy for the angry
// before anything else is said (domain facts, section 2).
func (c *turn) opening(m templates.Match, hello string, s *spoken) (lines []string, err error) {
	if !s.greets {
		lines = append(lines, hello)
	}
	if angryBesides(m) || templates.Angry(c.text) && !asks(m, angryIntent) {
		s.sure = false
		empathy, err := c.write(templates.Empathy{Name: c.name()})
		return append(lines, empathy), err
	}
	if c.step.lead == nil || s.done { // what is said at the end thanks as well
		return lines, nil
	}
	lead, err := c.write(c.step.lead)
	return append(lines, lead), err
}

// findParts renders the template of every question; one whose facts are unknown
// is left to a person.
func (c *turn) findParts(m templates.Match, vars templates.Vars, s *spoken) error {
	for _, part := range m.Parts {
		if part.Intent == angryIntent && angryBesides(m) {
			s.draft.Parts = append(s.draft.Parts, says(angryIntent)...) // the sentence of empathy answers it
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
		if r.Closes && len(m.Parts) > 1 {
			continue // "sama-sama" before an answer answers nothing and promises nothing
		}
		s.sure, s.over, s.greets, s.looks = s.sure && r.Answers, s.over || r.HandOver, s.greets || r.Greets, s.looks || r.Promises
		if r.Image != "" && s.draft.File == nil && c.bot.Picture != nil {
			s.draft.File = c.bot.Picture(r.Image)
		}
		t := c.library.Template(part.Intent)
		if len(t.Menu) > 0 {
			s.offer = t.Menu
		}
		if t.Form != nil && !covers(r, t.Form) {
			s.form = c.begin(t, vars)
		}
	}
	return nil
}

// closing is the end of a message: the promise to look at what was not understood,
// and one thing to do next. A form's question goes before a menu, a menu before a
// call to action, for two requests in one message are too many.
func (c *turn) closing(m templates.Match, vars templates.Vars, s *spoken, asked string) (lines []string, err error) {
	add := func(t templates.Text) {
		text, failed := c.write(t)
		lines, err = append(lines, text), errors.Join(err, failed)
	}
	switch {
	case len(s.parts) == 0 && c.step.on && !c.step.handed && !m.Rest:
		s.draft.Parts = says(s.form.Intent)
	case len(s.parts) == 0 && len(m.Parts) == 0 && len(m.Menu) > 0 && !c.missed && !c.step.on && !templates.Angry(c.text):
		s.offer, s.unsure = m.Menu, true
		s.draft.Parts = append(s.draft.Parts, says("menu")...)
		add(templates.Unsure{Name: c.name(), Titles: c.titles(m.Menu)})
		return lines, err
	case len(s.parts) == 0:
		s.looks = true
		s.draft.Parts = append(s.draft.Parts, says("holding")...)
		add(templates.Holding{Name: c.name()})
	case m.Rest && !s.over:
		s.looks = true
		s.draft.Parts = append(s.draft.Parts, says("holding")...)
		add(templates.Rest{Name: c.name()})
	}
	switch {
	case asked != "":
		s.offer = nil
		lines = append(lines, asked)
	case len(s.offer) > 0:
		add(templates.Choose{Name: c.name(), Titles: c.titles(s.offer)})
	case s.form != nil && s.done:
		s.offer = nil
		text, failed := c.finish(vars, s)
		lines, err = append(lines, text), errors.Join(err, failed)
	default:
		lines = append(lines, s.call)
	}
	return lines, err
}

const (
	greetingIntent = "salam"            // a greeting is about nothing
	thanksIntent   = "terima_kasih"     // nor are thanks
	angryIntent    = "komplain_marah"   // the template for anger without a concrete wish
	personIntent   = "bicara_admin"     // … for the wish to talk to a person
	paymentIntent  = "konfirmasi_bayar" // … for a reported payment
)

// angryBesides tells that a message is angry and asks something too: a sentence
// of empathy then opens the answer, for two requests in one message are too many.
func angryBesides(m templates.Match) bool { return len(m.Parts) > 1 && asks(m, angryIntent) }

// callPerson pages a person at once about threats, anger, a wish for a person, a
// reported payment and what a form has gathered.
func (c *turn) callPerson(m templates.Match, s spoken) error {
	form := c.step.left
	if s.done {
		form = s.form
	}
	reason := ""
	switch {
	case templates.Threat(c.text):
		reason = templates.ReasonThreat
	case templates.Angry(c.text) || asks(m, angryIntent):
		reason = templates.ReasonAngry
	case asks(m, paymentIntent):
		return c.page(templates.ReasonPayment, form)
	case s.over || asks(m, personIntent):
		return c.page(templates.ReasonPerson, form)
	case form != nil:
		return c.page(templates.ReasonForm, form)
	default:
		return nil
	}
	c.out.Conversation.ComplaintAt = c.Now
	return c.page(reason, form)
}

func asks(m templates.Match, intent string) bool {
	return slices.ContainsFunc(m.Parts, func(p templates.Part) bool { return p.Intent == intent })
}
