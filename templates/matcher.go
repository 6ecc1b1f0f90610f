package templates

import (
	"slices"
	"sync"

	"bestie/shop"
)

// matcher classifies messages. It is read-only after training.
type matcher struct {
	classes    []string        // every intent, with template or not, and unknown
	answerable map[string]bool // intents with a template
	thresholds map[string]float64
	vectors    *vectoriser
	model      *memo
	trust      calibration
}

// Ranked is one intent and how probable it is, 0 to 1, over everything the
// library knows. Known tells whether there is a template for it.
type Ranked struct {
	Intent string
	Score  float64
	Known  bool
}

// newMatcher learns from the examples of a library.
func newMatcher(s *shelf) *matcher {
	m := &matcher{
		classes: s.intents(), answerable: map[string]bool{}, thresholds: map[string]float64{},
		vectors: newVectoriser(words()),
	}
	type phrase struct {
		words []string
		class int
	}
	var phrases []phrase
	learn := func(intent string, examples []line) {
		class, _ := slices.BinarySearch(m.classes, intent)
		for _, e := range examples {
			if w := withoutGreeting(s.words.read(maskProducts(Normalise(e.text), nil))); len(w) > 0 {
				phrases = append(phrases, phrase{w, class})
				m.vectors.count(w)
			}
		}
	}
	for _, t := range s.templates {
		m.answerable[t.Intent], m.thresholds[t.Intent] = true, t.Threshold
		learn(t.Intent, t.examples)
	}
	for _, intent := range s.intents() {
		learn(intent, s.others[intent])
	}
	samples := make([]sample, len(phrases))
	for _, p := range phrases {
		m.vectors.learn(p.words)
	}
	var work sync.WaitGroup // the vectoriser has learnt: it is only read from here on
	for half := range slices.Chunk(indexes(len(phrases)), len(phrases)/2+1) {
		work.Go(func() {
			for _, i := range half {
				samples[i] = sample{m.vectors.vector(phrases[i].words, 1), phrases[i].class}
			}
		})
	}
	work.Wait()
	m.vectors.vocabulary()
	m.fit(s, samples)
	return m
}

// indexes are 0 to n-1.
func indexes(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// fit trains the model and finds out how far to trust it.
func (m *matcher) fit(s *shelf, samples []sample) {
	classes, features := len(m.classes), int(m.vectors.size)
	learnt := train(samples, classes, features)
	m.trust = calibrated(learningKey(s), samples, classes, features)
	m.model = learnt.keep(m.trust.sharpness)
}

// Likeliest ranks the three likeliest wishes of a message, best first, whatever
// their confidence, and as if every message had one: unknown does not compete.
func (l *Library) Likeliest(text string, products ...shop.Product) []Ranked {
	said := l.reader(products)(text)
	if len(said) == 0 {
		return nil
	}
	p := l.matcher.weigh(said).p
	nothing, _ := slices.BinarySearch(l.matcher.classes, unknown)
	p[nothing] = 0
	ranked := l.matcher.best(p)
	if intent := l.exact(text, said); intent != "" {
		return first(Ranked{intent, certain, true}, ranked)
	}
	return ranked
}

// best names the three likeliest classes.
func (m *matcher) best(p []float32) []Ranked {
	var best [3]Ranked
	for c, score := range p {
		r := Ranked{m.classes[c], float64(score), m.answerable[m.classes[c]]}
		for i := range best {
			if r.Score > best[i].Score {
				r, best[i] = best[i], r
			}
		}
	}
	return slices.DeleteFunc(best[:], func(r Ranked) bool { return r.Intent == "" })
}

// enough is the confidence from which a template may answer that has no threshold
// of its own. Confidence is fitted to wording that is harder than what customers mostly
// write, with messages that want nothing of the shop counted three times: what it calls
// two in three is right more than nineteen times in twenty in everyday chat, and from there
// on cross-validation shows few wrong templates left to be spared (docs/matching.md).
const enough = 0.68

// threshold is the confidence from which a template may answer.
func (m *matcher) threshold(intent string) float64 {
	switch own := m.thresholds[intent]; own {
	case 0:
		return enough
	default:
		return own
	}
}
