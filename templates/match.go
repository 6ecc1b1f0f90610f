package templates

import (
	"slices"

	"bestie/shop"
)

// Intents that rules decide or that need care of their own.
const (
	intentGreeting  = "salam"
	intentThanks    = "terima_kasih"
	intentAngry     = "komplain_marah"
	intentOptOut    = "berhenti"
	certain         = 1.0 // the confidence of an exact rule
	clauseThreshold = 0.55
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
	Parts      []Part   // all sure questions in the order of the message; greetings and thanks only when there is nothing else
	Rest       bool     // something else was asked, or said, that no template answers: call a person for it
	Ranked     []Ranked // the three likeliest for the whole message, best first, answerable or not
	Words      []string // the message as the matcher read it
}

// Match understands a message, as far as it is sure of it. It uses no context:
// "2 aja" is nothing to it. Only the first 4 kB are read. products are the
// shop's: their names are read as "a product", so that "kerupuk ready kak?" is
// understood in a shop that sells kerupuk.
func (l *Library) Match(text string, products ...shop.Product) Match {
	read := reader(products)
	said := read(text)
	m := Match{Words: said, Threshold: Threshold}
	if len(said) > 0 {
		m.Ranked = l.matcher.classify(said)
		m.Confidence = m.Ranked[0].Score
		m.Threshold = l.matcher.threshold(m.Ranked[0].Intent)
	}
	if intent := l.exact(text, said); intent != "" {
		return m.sure(Part{intent, certain})
	}
	if len(said) == 0 {
		return m
	}
	parts, other := l.matcher.questions(clauses(text, read), m.Ranked)
	if !other && l.byIntent[intentAngry] != nil && Angry(text) && !slices.ContainsFunc(parts, wish) {
		parts = []Part{{intentAngry, certain}}
	}
	m.Rest = other || len(parts) == 0
	return m.sure(parts...)
}

// maxWords is how many words of a message the model weighs.
const maxWords = 150

// reader is how the matcher reads a message in a shop with these products.
func reader(products []shop.Product) func(text string) []string {
	return func(text string) []string {
		said := maskProducts(Normalise(text), products)
		return said[:min(len(said), maxWords)]
	}
}

// wish tells that a part asks something or complains.
func wish(p Part) bool { return !pleasantry(p) }

// sure sets the parts of a match.
func (m Match) sure(parts ...Part) Match {
	m.Parts = parts
	if len(parts) > 0 {
		m.Intent, m.Confidence = parts[0].Intent, parts[0].Confidence
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
	case len(said) == 1 && said[0] == "p", onlyCalls(said):
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
// admin" asks for somebody.
func onlyCalls(said []string) bool {
	return len(said) > 0 && !slices.ContainsFunc(said, func(w string) bool { return !vocatives[w] }) &&
		(len(said) == 1 || !slices.Contains(said, "admin"))
}

// questions finds the sure questions of a message. other tells that it also says
// something, just as surely, that no template answers.
func (m *matcher) questions(cut []clause, whole []Ranked) (parts []Part, other bool) {
	top := whole[0]
	single := m.isSure(top, m.threshold(top.Intent))
	other = isOther(top)
	if top.Intent == unknown && top.Score >= certainAlone {
		return nil, false
	}
	if len(cut) > 1 {
		floor := clauseThreshold
		if other {
			floor = certainAlone // half a statement easily sounds like a question
		}
		parts, rest := m.separate(cut, floor)
		switch {
		case len(parts) > 1, len(parts) == 1 && (rest || !single || pleasantry(Part{Intent: top.Intent})):
			return parts, rest || other
		case single && len(parts) == 0 && rest && top.Score < certainAlone:
			return nil, true // the clauses say something else than the whole
		}
	}
	if single {
		return []Part{{top.Intent, top.Score}}, false
	}
	return nil, other
}

// isOther tells that something is surely a wish without a template.
func isOther(r Ranked) bool {
	return !r.Known && r.Intent != unknown && r.Score >= clauseThreshold
}

// certainAlone is the confidence at which the whole message outweighs its
// clauses.
const certainAlone = 0.8

// isSure tells whether a template may answer. Opting out is never a likeness:
// the rules alone decide it.
func (m *matcher) isSure(r Ranked, threshold float64) bool {
	return r.Known && r.Score >= threshold && r.Intent != intentOptOut
}

// separate classifies every clause by itself, sure from floor on. Greetings and
// thanks do not count beside a question. rest tells that a clause is surely
// something else, or a question of which nothing is sure.
func (m *matcher) separate(cut []clause, floor float64) (parts []Part, rest bool) {
	vague := false
	for _, c := range cut {
		r := m.classify(c.words)[0]
		switch {
		case m.isSure(r, max(floor, m.thresholds[r.Intent])):
			if !slices.ContainsFunc(parts, func(p Part) bool { return p.Intent == r.Intent }) {
				parts = append(parts, Part{r.Intent, r.Score})
			}
		case isOther(r):
			rest = true
		case len(c.words) > 1:
			vague = true
			rest = rest || c.asks && r.Score < clauseThreshold
		}
	}
	questions := slices.DeleteFunc(slices.Clone(parts), pleasantry)
	if len(questions) > 0 || rest || vague {
		parts = questions
	}
	return parts, rest
}

// pleasantry tells that a part asks nothing.
func pleasantry(p Part) bool { return p.Intent == intentGreeting || p.Intent == intentThanks }
