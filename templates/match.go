package templates

import (
	"slices"
	"strings"

	"bestie/shop"
)

// Intents that rules decide or that need care of their own.
const (
	intentGreeting = "salam"
	intentThanks   = "terima_kasih"
	intentAngry    = "komplain_marah"
	intentOptOut   = "berhenti"
	certain        = 1.0 // the confidence of an exact rule
)

// Part is one sure question of a message.
type Part struct {
	Intent     string
	Confidence float64
}

// Match is what a message was understood as.
type Match struct {
	Intent     string   // the first sure question; empty when nothing is sure: call a person
	Confidence float64  // of Intent, or of the best guess when Intent is empty; 0 to 1
	Threshold  float64  // what the best guess needed to be sure
	Parts      []Part   // all sure questions in the order of the message; greetings only when there is nothing else, thanks also before it
	Rest       bool     // something else was asked, or said, that no template answers: call a person for it
	Ranked     []Ranked // the three likeliest for the whole message, best first, answerable or not
	Words      []string // the message as the matcher read it
	Menu       []string // two or three intents to offer as choices when no part is sure; nil when a person is better
}

// Match understands a message, as far as it is sure of it. It uses no context:
// "2 aja" is nothing to it. Only the first 4 kB are read. products are the
// shop's: their names are read as "a product", so that "kerupuk ready kak?" is
// understood in a shop that sells kerupuk.
func (l *Library) Match(text string, products ...shop.Product) Match {
	read := l.reader(products)
	said := read(text)
	m := Match{Words: said, Threshold: enough}
	whole := message{words: len(said)}
	if len(said) > 0 {
		whole.reading = l.matcher.weigh(said)
		m.Ranked = l.matcher.best(whole.p)
		m.Confidence = l.matcher.judged(whole.reading).Confidence
		m.Threshold = l.matcher.threshold(m.Ranked[0].Intent)
	}
	if intent := l.exact(text, said); intent != "" {
		m.Ranked = first(Ranked{intent, certain, true}, m.Ranked)
		return m.sure(Part{intent, certain})
	}
	if len(said) == 0 {
		return m
	}
	parts, rest := l.matcher.questions(clauses(text, read), whole)
	if l.byIntent[intentAngry] != nil && Angry(text) && !slices.ContainsFunc(parts, wish) {
		parts = []Part{{intentAngry, certain}}
	}
	if len(parts) > 0 && l.byIntent[intentThanks] != nil && OpensWithThanks(text) && !slices.ContainsFunc(parts, pleasantry) {
		parts = append([]Part{{intentThanks, certain}}, parts...)
	}
	m.Rest = rest || len(parts) == 0
	if len(parts) == 0 {
		m.Menu = l.menu(text, m.Ranked)
	}
	return m.sure(parts...)
}

// first puts what a rule decided before what is merely likely.
func first(sure Ranked, ranked []Ranked) []Ranked {
	others := slices.DeleteFunc(slices.Clone(ranked), func(r Ranked) bool { return r.Intent == sure.Intent })
	all := append([]Ranked{sure}, others...)
	return all[:min(len(all), 3)]
}

// maxWords is how many words of a message the model weighs.
const maxWords = 150

// reader is how the matcher reads a message in a shop with these products.
func (l *Library) reader(products []shop.Product) func(text string) []string {
	return func(text string) []string {
		said := withoutGreeting(l.words.read(maskProducts(Normalise(text), products)))
		return l.matcher.vectors.put(said[:min(len(said), maxWords)])
	}
}

// wish tells that a part asks something or complains.
func wish(p Part) bool { return !pleasantry(p) }

// sure sets the parts of a match; thanks before a question are not what it is about.
func (m Match) sure(parts ...Part) Match {
	m.Parts = parts
	if len(parts) > 0 {
		about := parts[max(0, slices.IndexFunc(parts, wish))]
		m.Intent, m.Confidence = about.Intent, about.Confidence
	}
	return m
}

// exact decides the few whole messages that rules decide better than any
// likeness: opting out, "p", thanks.
func (l *Library) exact(text string, said []string) string {
	intent := ""
	switch {
	case OptWish(text) == WishOut:
		intent = intentOptOut
	case len(said) == 1 && said[0] == "p", onlyCalls(text, said):
		intent = intentGreeting
	case Thanks(text):
		intent = intentThanks
	}
	if l.byIntent[intent] == nil {
		return ""
	}
	return intent
}

// onlyCalls tells that a message only calls for attention: "kak", "min dong". "Tolong
// admin" asks for somebody, and "ya kak" answers something; a "kak" on a line of its
// own after "ya" calls again.
func onlyCalls(text string, said []string) bool {
	if len(said) == 0 || len(said) > 1 && slices.Contains(said, "admin") || slices.ContainsFunc(said, func(w string) bool { return !vocatives[w] }) {
		return false
	}
	for line := range strings.SplitSeq(text, "\n") {
		if words := Normalise(line); len(words) > 0 && (callers[words[0]] || words[0] == "tolong") {
			return true
		}
	}
	return false
}

// pleasantry tells that a part asks nothing.
func pleasantry(p Part) bool { return p.Intent == intentGreeting || p.Intent == intentThanks }
