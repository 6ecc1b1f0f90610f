package bot

import (
	"cmp"
	"slices"
	"time"

	"bestie/shop"
	"bestie/templates"
)

// Bounds of patience with a form.
const (
	mostMisses = 2         // so many messages in a row that are no answer, and a person goes on
	bareAnswer = time.Hour // how long after its question a bare word counts as its answer
	oldPicture = time.Hour // how long before its complaint a picture may have come
)

// caseTheme is the folder of complaints: whoever begins one is not left alone with it.
const caseTheme = "purnajual"

// onFile stands for a picture among what a form was given: it is in the chat.
const onFile = "ada di chat"

// step is what a message does to the form under way.
type step struct {
	on     bool           // there is one
	got    bool           // the message gives something: forms end, so the loop guards let its reply pass
	lead   templates.Text // what is said of the answer before the next question
	hush   bool           // do not ask again: the customer talks of other things
	handed bool           // a person goes on with it
	left   *shop.OpenForm // what a person goes on with
}

// answers tells that a step alone gives the next step of what was asked.
func (s step) answers(m templates.Match) bool {
	_, again := s.lead.(templates.Missed)
	return s.on && len(m.Parts) == 0 && !s.handed && !again
}

// form: what was asked for comes in, all at once or one by one. Who cannot give it
// is not pressed, who asks something else gets an answer first, and who is not
// understood twice gets a person with what there is.
func (c *turn) form() (bool, error) {
	f := c.mem().Form
	if f == nil {
		return false, nil
	}
	t := c.library.Template(f.Intent)
	if t == nil || t.Form == nil { // the library was edited meanwhile
		c.mem().Form = nil
		return false, nil
	}
	m := c.library.Match(c.text, c.Products...)
	if templates.Angry(c.text) || asks(m, personIntent) {
		c.step, c.mem().Form = step{left: f}, nil
		return true, c.respond(m)
	}
	recent, asks := c.Now.Sub(f.At) < bareAnswer, templates.Asks(c.text)
	anything := kindOf(t, f.Asked) == templates.FieldText // "ganti baru aja" is what was asked for
	question := slices.ContainsFunc(m.Parts, func(p templates.Part) bool { return asks || p.Confidence >= firm && !anything })
	got := c.fill(t, f, recent && !question)
	other := besides(m, f.Intent)
	if got && !asks {
		other = nil
	}
	c.step.on = true
	rest := m.Rest && (len(other) > 0 || asks && !got)
	switch {
	case got:
		c.step.got = true
		c.step.lead, f.Misses, f.Aside = templates.Noted{Name: c.name()}, 0, false
	case question && len(other) < len(m.Parts) && asks: // the same once more: begin anew
		c.step, c.mem().Form = step{}, nil
		return true, c.respond(m)
	case question && len(other) < len(m.Parts): // more of the same
		c.step.lead = templates.Noted{Name: c.name()}
	case len(other) > 0 || rest:
		c.step.hush, f.Aside = f.Aside, true
	case templates.Declines(c.text):
		c.step.lead, f.Misses = templates.Skipped{Name: c.name()}, 0
		f.Skipped = append(f.Skipped, f.Asked)
	case c.text == "" || !recent:
		c.step.on = false
		return false, nil // a voice note, or a talk that begins anew
	default:
		c.miss(f)
	}
	f.At = c.Now
	m = templates.Match{Parts: other, Rest: rest}
	if got && c.answered(t) { // what was missing for an answer is there
		c.step, c.mem().Form = step{}, nil
		m.Parts = append(m.Parts, templates.Part{Intent: t.Intent, Confidence: 1})
	}
	return true, c.respond(m)
}

// answered tells that the reply of a template says all that its form asked for.
func (c *turn) answered(t *templates.Template) bool {
	r, err := c.library.Render(t.Intent, c.role(), c.vars(), nil)
	return err == nil && covers(r, t.Form)
}

// covers tells that a reply has used all that a form would ask for: there is nothing
// to ask, and nothing that a person has to look at.
func covers(r templates.Reply, f *templates.Form) bool {
	return !slices.ContainsFunc(f.Fields, func(field templates.Field) bool { return !slices.Contains(r.Needs, field.Name) })
}

// miss counts a message that was no answer.
func (c *turn) miss(f *shop.OpenForm) {
	if f.Misses++; f.Misses < mostMisses {
		c.step.lead = templates.Missed{Name: c.name()}
		return
	}
	c.step.handed, c.step.left = true, f
	c.mem().Form = nil
}

// kindOf is the kind of a field of a form, "" when the library has lost it.
func kindOf(t *templates.Template, name string) templates.FieldKind {
	for _, field := range t.Form.Fields {
		if field.Name == name {
			return field.Kind
		}
	}
	return ""
}

// firm is the confidence from which a statement that a form did not ask for is a
// wish of its own.
const firm = 0.75

// besides are the wishes of a message other than the one that a form is about.
func besides(m templates.Match, intent string) []templates.Part {
	return slices.DeleteFunc(slices.Clone(m.Parts), func(p templates.Part) bool { return p.Intent == intent })
}

// fill takes what the turn gives to the fields that are still open, the one asked
// for last also in bare words. got tells that it gave something.
func (c *turn) fill(t *templates.Template, f *shop.OpenForm, recent bool) (got bool) {
	for _, field := range t.Form.Fields {
		had := f.Given[field.Name]
		if had != "" && field.Kind != templates.FieldOrder && field.Kind != templates.FieldPhone {
			continue // a number may be corrected
		}
		value := templates.Given(field.Kind, c.text, recent && field.Name == f.Asked, c.Products)
		if field.Kind == templates.FieldPhoto && (c.has(shop.KindImage) || c.has(shop.KindVideo)) {
			value = onFile
		}
		if value == "" || value == had || slices.ContainsFunc(t.Form.Fields, func(o templates.Field) bool { return f.Given[o.Name] == value && value != onFile }) {
			continue
		}
		if v, _ := templates.ProductVars(c.text, c.Products, c.mem().Topic, false); field.Kind == templates.FieldProduct && v[templates.VarProduct] != "" {
			value = v[templates.VarProduct] // with its variant
		}
		got = true
		c.give(f, field, value)
	}
	return got
}

// give keeps a value, also for the conversation where it is good for more than the
// form.
func (c *turn) give(f *shop.OpenForm, field templates.Field, value string) {
	f.Give(field.Name, value)
	f.Skipped = slices.DeleteFunc(f.Skipped, func(name string) bool { return name == field.Name })
	switch field.Kind {
	case templates.FieldName:
		c.mem().Note(factName, value, c.Now)
	case templates.FieldOrder:
		c.mem().Note(templates.VarOrder, value, c.Now)
	case templates.FieldPlace:
		c.liveIn(templates.Place(value))
		c.mem().Note(templates.VarCity, cmp.Or(templates.Place(value), value), c.Now)
	}
}

// begin opens the form of a template, or goes on with it, with everything that is
// known already.
func (c *turn) begin(t *templates.Template, vars templates.Vars) *shop.OpenForm {
	f := &shop.OpenForm{Intent: t.Intent, At: c.Now, Case: t.Theme == caseTheme}
	if open := c.mem().Form; open != nil && open.Intent == t.Intent {
		f = open
		f.At = c.Now
	}
	for _, field := range t.Form.Fields {
		if f.Given[field.Name] != "" {
			continue
		}
		if value := c.known(field, vars); value != "" {
			f.Give(field.Name, value)
		}
	}
	return f
}

// known is what the message or the talk before it gives for a field.
func (c *turn) known(field templates.Field, vars templates.Vars) string {
	m := c.mem()
	switch field.Kind {
	case templates.FieldPhoto:
		if c.Now.Sub(m.PhotoAt) < oldPicture {
			return onFile
		}
		return ""
	case templates.FieldName:
		return cmp.Or(m.Known(factName), c.Person.Name)
	case templates.FieldOrder:
		return m.Known(templates.VarOrder)
	}
	return cmp.Or(vars[field.Name], templates.Given(field.Kind, c.about, false, c.Products))
}

// ask is the question for the next field of the form, "" when none is open or
// nothing is to be asked. A form that is complete is done.
func (c *turn) ask(vars templates.Vars, s *spoken) string {
	if s.form == nil || c.step.handed {
		return ""
	}
	if s.form.Intent == orderIntent && !c.step.on && c.Account == nil && c.Turn.Warehouse() != nil {
		s.form = nil
		return c.beginOwnOrder()
	}
	t := c.library.Template(s.form.Intent)
	for _, field := range t.Form.Fields {
		if s.form.Has(field.Name) {
			continue
		}
		s.form.Asked = field.Name
		if c.step.hush && s.form == c.mem().Form {
			return ""
		}
		return t.Ask(field, vars)
	}
	s.done, s.sure, s.looks = true, false, true
	return ""
}

// finish is what is said of a form that is complete, or of which the customer gave
// what they could.
func (c *turn) finish(vars templates.Vars, s *spoken) (string, error) {
	if len(s.form.Skipped) > 0 {
		return c.write(templates.Partly{Name: c.name()})
	}
	all := templates.Vars{}
	remember(all, s.form.Given)
	remember(all, vars)
	return c.library.Template(s.form.Intent).Done(all, c.pick), nil
}

// awaits tells that the form under way still lacks a field of a kind.
func (c *turn) awaits(kind templates.FieldKind) bool {
	f := c.mem().Form
	if f == nil {
		return false
	}
	t := c.library.Template(f.Intent)
	return t != nil && t.Form != nil && slices.ContainsFunc(t.Form.Fields, func(field templates.Field) bool {
		return field.Kind == kind && f.Given[field.Name] == ""
	})
}

// gathered is what a person reads of a form: all fields, also those without a value.
func (c *turn) gathered(f *shop.OpenForm) (title string, data []shop.Given) {
	if f == nil {
		return "", nil
	}
	t := c.library.Template(f.Intent)
	for _, field := range t.Form.Fields {
		data = append(data, shop.Given{Name: field.Name, Value: f.Given[field.Name]})
	}
	return t.Title, data
}
