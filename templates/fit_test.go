package templates

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// The second stage is fitted here, by make calibrate: by folds of the library's own
// examples, every fold answered by a library that has learnt nothing like it. Messages
// of several questions, of one wish told twice and of small talk around a question are
// made from examples of one fold, because the library holds hardly any.

// lesson is what one fold teaches: a library that does not know its examples, and
// messages made of them.
type lesson struct {
	lib                     *Library
	examples, made, several []labelled
}

// lessons cuts the library into folds by phrasing.
func lessons(t testing.TB) (out []lesson) {
	s := readShelf(t)
	all := examplesOf(s)
	dealByPhrasing(all)
	for n := range folds {
		var held []labelled
		for _, l := range all {
			if l.fold == n {
				held = append(held, l)
			}
		}
		random := rand.New(rand.NewPCG(trainSeed, uint64(n)))
		one := lesson{lib: newLibrary(unlearnt(s, held)), examples: held}
		one.made, one.several = compose(held, random)
		out = append(out, one)
	}
	return out
}

func examplesOf(s *shelf) (all []labelled) {
	add := func(intent string, examples []line) {
		for _, e := range examples {
			all = append(all, labelled{intents: []string{intent}, text: e.text})
		}
	}
	for _, t := range s.templates {
		add(t.Intent, t.examples)
	}
	for _, intent := range s.intents() {
		add(intent, s.others[intent])
	}
	return all
}

// dealByPhrasing gives every line a fold; lines of one intent in nearly the same words
// go to the same one.
func dealByPhrasing(lines []labelled) {
	byIntent := map[string][]int{}
	for i, l := range lines {
		byIntent[l.intents[0]] = append(byIntent[l.intents[0]], i)
	}
	for _, members := range byIntent {
		sets, group := make([]map[string]bool, len(members)), make([]int, len(members))
		for i, at := range members {
			sets[i], group[i] = stems(lines[at].text), i
			for j := range i {
				if from, to := group[i], group[j]; from != to && alike(sets[i], sets[j]) {
					for k := range group[:i+1] {
						if group[k] == from {
							group[k] = to
						}
					}
				}
			}
		}
		fold, dealt := map[int]int{}, [folds]int{}
		for i, at := range members {
			n, ok := fold[group[i]]
			if !ok {
				n = slices.Index(dealt[:], slices.Min(dealt[:]))
				fold[group[i]] = n
			}
			dealt[n]++
			lines[at].fold = n
		}
	}
}

// unlearnt is a shelf without these examples.
func unlearnt(s *shelf, held []labelled) *shelf {
	out := map[string]bool{}
	for _, l := range held {
		out[l.text] = true
	}
	keep := func(all []line) []line {
		return slices.DeleteFunc(slices.Clone(all), func(l line) bool { return out[l.text] })
	}
	learn := &shelf{others: map[string][]line{}, where: s.where}
	for _, t := range s.templates {
		part := *t
		part.examples = keep(t.examples)
		learn.templates = append(learn.templates, &part)
	}
	for intent, lines := range s.others {
		learn.others[intent] = keep(lines)
	}
	return learn
}

// What people put between two things they ask, and between two pieces of one wish.
var (
	questionsApart = []string{", ", "? ", " terus ", " dan ", " sama ", "\n", ". ", " trus ", "? ", " sekalian ", ", ", " kalo ", " ", " tapi ", "? terus ", "? "}
	oneStory       = []string{", ", " terus ", " dan ", ". ", "\n", " trus ", " soalnya ", ", ", " kalo ", " ", " tapi ", ", padahal ", "... "}
)

// compose makes messages of examples: one wish in two pieces, and several wishes.
func compose(held []labelled, random *rand.Rand) (made, several []labelled) {
	wishes, of, nothing := []labelled{}, map[string][]labelled{}, []labelled{}
	for _, l := range held {
		switch n := len(Normalise(l.text)); {
		case l.intents[0] == unknown && n > 2:
			nothing = append(nothing, l)
		case n > 1 && n < 22 && !slices.Contains([]string{unknown, intentGreeting, intentThanks, intentAngry, intentOptOut}, l.intents[0]):
			wishes, of[l.intents[0]] = append(wishes, l), append(of[l.intents[0]], l)
		}
	}
	one := func(from []labelled) labelled { return from[random.IntN(len(from))] }
	join := func(glue []string, parts ...labelled) (out labelled) {
		for i, p := range parts {
			if i > 0 {
				out.text = strings.TrimRight(out.text, "?.! ") + glue[random.IntN(len(glue))]
			}
			out.text += p.text
			if p.intents[0] != unknown && !slices.Contains(out.intents, p.intents[0]) {
				out.intents = append(out.intents, p.intents[0])
			}
		}
		return out
	}
	for range 300 {
		several = append(several, join(questionsApart, one(wishes), one(wishes)))
	}
	for range 40 {
		several = append(several, join(questionsApart, one(wishes), one(wishes), one(wishes)))
	}
	for range 200 {
		w := one(wishes)
		made = append(made, join(oneStory, w, one(of[w.intents[0]])), join(oneStory, w, one(nothing)), join(oneStory, one(nothing), one(wishes)))
	}
	return made, several
}

// rows are what was known of something, whether it was right, and what that counts.
type rows struct {
	known  [][]float64
	right  []bool
	counts []float64
}

// nothingCounts is what a message counts that wants nothing of the shop: there are far
// more kinds of them than a library can hold examples of.
const nothingCounts = 3

func (r *rows) add(l labelled, known []float64, right bool) {
	count := 1.0
	if len(l.intents) == 1 && l.intents[0] == unknown {
		count = nothingCounts
	}
	r.known, r.right, r.counts = append(r.known, known), append(r.right, right), append(r.counts, count)
}

// fitConfidence fits what says that the likeliest intent of a message is right.
func fitConfidence(all []lesson) []float64 {
	var r rows
	for _, one := range all {
		m := one.lib.matcher
		for _, l := range one.examples {
			said := one.lib.reader(nil)(l.text)
			if len(said) == 0 || one.lib.exact(l.text, said) != "" {
				continue
			}
			if read := m.weigh(said); m.classes[read.top] != unknown {
				r.add(l, m.evidence(read), m.classes[read.top] == l.intents[0])
			}
		}
	}
	return r.fit()
}

// fitPieces fits what says that a piece of a message is a question of its own, and that
// several are, under the belief that the libraries have now.
func fitPieces(all []lesson) (piece, several []float64) {
	var pieces, sets rows
	for _, one := range all {
		m := one.lib.matcher
		for _, l := range slices.Concat(one.examples, one.made, one.several) {
			read := one.lib.reader(nil)
			said, cut := read(l.text), clauses(l.text, read)
			if len(cut) < 2 || one.lib.exact(l.text, said) != "" {
				continue
			}
			whole := message{m.weigh(said), len(said)}
			clues := m.clues(cut, whole)
			for _, c := range clues {
				if c.intent != unknown && !pleasantry(Part{Intent: c.intent}) {
					pieces.add(l, m.standing(c, whole), slices.Contains(l.intents, c.intent))
				}
			}
			if asked, _ := m.asked(clues); len(asked) > 1 {
				foreign := func(c clue) bool { return !slices.Contains(l.intents, c.intent) }
				sets.add(l, together(asked, whole), !slices.ContainsFunc(asked, foreign))
			}
		}
	}
	return pieces.fit(), sets.fit()
}

// fitSecondStage fits all weights. Which pieces are read together depends on how they
// are believed, so those are fitted in rounds, beginning with the belief of whole
// messages.
func fitSecondStage(t testing.TB) (c calibration) {
	all := lessons(t)
	c.confidence = fitConfidence(all)
	c.piece = append(slices.Clone(c.confidence), make([]float64, pieceWeights-confidenceWeights)...)
	for range 4 {
		for _, one := range all {
			one.lib.matcher.trust.piece = c.piece
		}
		c.piece, c.several = fitPieces(all)
	}
	return c
}

// fit is a logistic regression by Newton's method, hardly drawn to zero.
func (r rows) fit() []float64 {
	n := len(r.known[0])
	w := make([]float64, n)
	for range 10 {
		slope, bend := make([]float64, n), make([][]float64, n)
		for i := range n {
			slope[i], bend[i] = -0.01*w[i], make([]float64, n)
			bend[i][i] = 0.01
		}
		for k, x := range r.known {
			p := probability(weighed(w, x))
			missed := -p
			if r.right[k] {
				missed++
			}
			for i := range n {
				slope[i] += r.counts[k] * missed * x[i]
				for j := range n {
					bend[i][j] += r.counts[k] * p * (1 - p) * x[i] * x[j]
				}
			}
		}
		for i, step := range solve(bend, slope) {
			w[i] += step
		}
	}
	return w
}

// solve finds x of a·x = b by elimination; it uses up both.
func solve(a [][]float64, b []float64) []float64 {
	n := len(b)
	for i := range n {
		p := i
		for k := i; k < n; k++ {
			if math.Abs(a[k][i]) > math.Abs(a[p][i]) {
				p = k
			}
		}
		a[i], a[p], b[i], b[p] = a[p], a[i], b[p], b[i]
		for k := i + 1; k < n; k++ {
			f := a[k][i] / a[i][i]
			for j := i; j < n; j++ {
				a[k][j] -= f * a[i][j]
			}
			b[k] -= f * b[i]
		}
	}
	for i := n - 1; i >= 0; i-- {
		for j := i + 1; j < n; j++ {
			b[i] -= a[i][j] * b[j]
		}
		b[i] /= a[i][i]
	}
	return b
}
