package shop

import (
	"slices"
	"strings"
	"time"
)

// MemoryLife is how long what was said in a conversation is remembered.
const MemoryLife = 24 * time.Hour

// Memory is what a conversation has been about, so that nobody has to say things
// twice. What is older than MemoryLife counts as never said.
type Memory struct {
	Topic   Topic           `json:"topic,omitzero"` // the product talked about
	TopicAt time.Time       `json:"topic_at,omitzero"`
	Facts   map[string]Fact `json:"facts,omitempty"`   // what the customer gave, by the name of its variable
	PhotoAt time.Time       `json:"photo_at,omitzero"` // when a picture or a video last came
	Menu    *OpenMenu       `json:"menu,omitempty"`    // choices that a number answers
	Form    *OpenForm       `json:"form,omitempty"`    // what is being asked one by one
	Rating  *OpenRating     `json:"rating,omitempty"`  // the question how the service was
	Ask     *OpenAsk        `json:"ask,omitempty"`     // the question whether promos are welcome
	Desk    *DeskMemory     `json:"desk,omitempty"`    // of an admin: what a later word of theirs completes
	LateAt  time.Time       `json:"late_at,omitzero"`  // the last apology for a late message
	Order   *OpenOrder      `json:"order,omitempty"`   // of a dropshipper: what is being ordered
}

// Fact is one thing a customer said and when.
type Fact struct {
	Value string    `json:"value"`
	At    time.Time `json:"at"`
}

// OpenMenu is a numbered list that was sent and not answered yet.
type OpenMenu struct {
	Intents []string  `json:"intents"` // in the order of their numbers, from 1
	Text    string    `json:"text"`    // the message that the choices are about
	Unsure  bool      `json:"unsure"`  // offered because the message was not understood
	At      time.Time `json:"at"`
}

// OpenForm is a form under way.
type OpenForm struct {
	Intent  string            `json:"intent"`
	Given   map[string]string `json:"given,omitempty"`   // by field
	Skipped []string          `json:"skipped,omitempty"` // fields that the customer cannot or will not give
	Asked   string            `json:"asked"`             // the field asked for last
	Misses  int               `json:"misses,omitempty"`  // messages that were no answer to it
	Aside   bool              `json:"aside,omitempty"`   // another question came in between; it is not repeated again
	Case    bool              `json:"case,omitempty"`    // a complaint: left unfinished, a person goes on with it
	Told    bool              `json:"told,omitempty"`    // … and has been told
	At      time.Time         `json:"at"`                // the last step
}

// Bounds of what is remembered, in characters: a memory is one small row.
const (
	mostFact  = 80
	mostGiven = 300
	mostAbout = 500
)

// Fresh is the memory without what is too old. It shares nothing with m: what is
// changed in the one does not change the other.
func (m Memory) Fresh(now time.Time) Memory {
	old := func(at time.Time) bool { return now.Sub(at) >= MemoryLife }
	out := Memory{Facts: map[string]Fact{}}
	if !old(m.TopicAt) {
		out.Topic, out.TopicAt = m.Topic, m.TopicAt
	}
	for name, f := range m.Facts {
		if !old(f.At) {
			out.Facts[name] = f
		}
	}
	if !old(m.PhotoAt) {
		out.PhotoAt = m.PhotoAt
	}
	if !old(m.LateAt) {
		out.LateAt = m.LateAt
	}
	if m.Menu != nil && !old(m.Menu.At) {
		menu := *m.Menu
		out.Menu = &menu
	}
	if m.Form != nil && !old(m.Form.At) {
		out.Form = m.Form.clone()
	}
	if m.Rating != nil && !old(m.Rating.AskedAt) {
		rating := *m.Rating
		out.Rating = &rating
	}
	if m.Ask != nil && !old(m.Ask.At) {
		ask := *m.Ask
		out.Ask = &ask
	}
	if m.Order != nil && now.Sub(m.Order.At) < OpenOrderLife {
		order := *m.Order
		order.Items = slices.Clone(order.Items)
		out.Order = &order
	}
	if m.Desk != nil && now.Sub(m.Desk.At) < DeskMemoryLife {
		desk := *m.Desk
		out.Desk = &desk
	}
	return out
}

// FormPatience is how long a complaint may stay half told before a person is told.
const FormPatience = 30 * time.Minute

// Unfinished is the instant at which a person is told of a complaint that the customer
// began and did not finish; zero when there is none.
func (m Memory) Unfinished() time.Time {
	if m.Form == nil || !m.Form.Case || m.Form.Told {
		return time.Time{}
	}
	return m.Form.At.Add(FormPatience)
}

func (f *OpenForm) clone() *OpenForm {
	c := *f
	c.Given, c.Skipped = map[string]string{}, slices.Clone(f.Skipped)
	for name, value := range f.Given {
		c.Given[name] = value
	}
	return &c
}

// IsZero tells that nothing is remembered.
func (m Memory) IsZero() bool {
	return m.Topic == Topic{} && len(m.Facts) == 0 && m.PhotoAt.IsZero() && m.LateAt.IsZero() && m.Menu == nil && m.Form == nil && m.Rating == nil && m.Ask == nil && m.Desk == nil && m.Order == nil
}

// Note remembers a fact; an empty value is none.
func (m *Memory) Note(name, value string, now time.Time) {
	if value = brief(value, mostFact); value == "" {
		return
	}
	if m.Facts == nil {
		m.Facts = map[string]Fact{}
	}
	m.Facts[name] = Fact{value, now}
}

// Known is a fact that was given, "" when it was not.
func (m Memory) Known(name string) string { return m.Facts[name].Value }

// Offer remembers a menu; text is the message that its choices are about.
func (m *Memory) Offer(intents []string, text string, unsure bool, now time.Time) {
	m.Menu = &OpenMenu{Intents: intents, Text: brief(text, mostAbout), Unsure: unsure, At: now}
}

// Give keeps what the customer gave for a field.
func (f *OpenForm) Give(field, value string) {
	if f.Given == nil {
		f.Given = map[string]string{}
	}
	f.Given[field] = brief(value, mostGiven)
}

// Has tells that a field was given or is not going to be.
func (f *OpenForm) Has(field string) bool {
	return f.Given[field] != "" || slices.Contains(f.Skipped, field)
}

// brief is a text on one line, cut to n characters.
func brief(text string, n int) string {
	text = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, ""))), " ")
	if rs := []rune(text); len(rs) > n {
		return string(rs[:n])
	}
	return text
}
