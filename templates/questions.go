package templates

import (
	"math"
	"slices"
)

// Several questions in one message are answered each. But most messages that can
// be cut are one wish in several pieces ("udah tf tapi blm diproses"), and a piece
// of a wish easily sounds like another one. So a piece is believed by its own
// confidence and by how it stands in the message, and several pieces are answered
// only when all of them together are believable. Both were fitted to messages of one
// question and of several (docs/matching.md).

// clue is one piece of a message as the model reads it by itself.
type clue struct {
	clause
	reading
	intent string
	belief float64 // that it asks for its likeliest intent, as log odds
	share  float64 // what the whole message gives to that intent
}

// Beliefs, as probabilities: from which a piece may be one of several questions, is
// not read together with its neighbour, or is answered when the whole message is not
// sure; and from which several questions are answered.
const (
	beliefAmong   = 0.5
	beliefStands  = 0.65
	beliefAlone   = 0.85
	beliefSeveral = 0.5
)

// stands tells that a piece is a question, or nothing at all, in its own right.
func (c clue) stands() bool { return c.belief >= logOdds(beliefStands) }

// mostLength is the number of words of which more say no more.
const mostLength = 7

// standing is what a piece is believed by: what the model makes of it, its length, a
// question mark, and how the whole message agrees.
func (m *matcher) standing(c clue, whole message) []float64 {
	other, agrees := 1.0, 0.0
	if c.top == whole.top {
		other, agrees = 0, logOdds(float64(whole.p[whole.top]))
	}
	asks := 0.0
	if c.asks {
		asks = 1
	}
	return append(m.evidence(c.reading), math.Log(float64(min(len(c.words), mostLength))), asks, logOdds(c.share),
		other, agrees, float64(len(c.words))/float64(whole.words))
}

// message is a whole message.
type message struct {
	reading
	words int
}

// loneShare is what the whole message must give to the intent of its only clear
// piece when it is not sure itself.
const loneShare = 0.15

// certainAlone is the probability at which the whole message outweighs its pieces.
const certainAlone = 0.8

// questions finds the sure questions of a message. rest tells that it also asks
// something that no template answers.
func (m *matcher) questions(cut []clause, whole message) (parts []Part, rest bool) {
	top, likely := m.judged(whole.reading), whole.p[whole.top]
	if top.Intent == unknown && likely >= certainAlone {
		return nil, false
	}
	var asked []clue
	if len(cut) > 1 {
		asked, rest = m.asked(m.clues(cut, whole))
	}
	sure := m.isSure(top)
	switch {
	case len(asked) > 1 && probability(weighed(m.trust.several, together(asked, whole))) >= beliefSeveral:
		return answers(asked), rest
	case len(asked) == 1 && sure && (asked[0].intent == top.Intent || pleasantry(top) && asked[0].stands()):
		return answers(asked), rest
	case sure:
		return []Part{top}, rest && len(asked) == 0 && likely < certainAlone
	case len(asked) == 1 && asked[0].belief >= logOdds(beliefAlone) && asked[0].share >= loneShare:
		return answers(asked), rest
	}
	return nil, !m.answerable[top.Intent] && top.Intent != unknown && likely >= certainAlone/2
}

// isSure tells whether a template may answer. Opting out is never a likeness:
// the rules alone decide it.
func (m *matcher) isSure(p Part) bool {
	return m.answerable[p.Intent] && p.Confidence >= m.threshold(p.Intent) && p.Intent != intentOptOut
}

// mayBeAsked tells whether a template may answer a piece, when all the others are
// right too.
func (m *matcher) mayBeAsked(c clue) bool {
	needed := max(beliefAmong, m.thresholds[c.intent])
	return m.answerable[c.intent] && c.belief >= logOdds(needed) && c.intent != intentOptOut && !pleasantry(Part{Intent: c.intent})
}

// share is what a reading gives to an intent.
func (m *matcher) share(r reading, intent string) float64 {
	class, _ := slices.BinarySearch(m.classes, intent)
	return float64(r.p[class])
}

// clue reads a piece.
func (m *matcher) clue(c clause, whole message) clue {
	piece := clue{clause: c, reading: m.weigh(c.words)}
	piece.intent = m.classes[piece.top]
	piece.share = float64(whole.p[piece.top])
	piece.belief = weighed(m.trust.piece, m.standing(piece, whole))
	return piece
}

// clues reads every piece by itself; pieces that say nothing clear are read
// together with their unclear neighbours.
func (m *matcher) clues(cut []clause, whole message) (clues []clue) {
	for _, c := range cut {
		one := m.clue(c, whole)
		if last := len(clues) - 1; last >= 0 && !one.stands() && !clues[last].stands() {
			both := clause{slices.Concat(clues[last].words, c.words), clues[last].asks || c.asks}
			clues[last] = m.clue(both, whole)
			continue
		}
		clues = append(clues, one)
	}
	return clues
}

// asked finds the pieces that may be questions of their own, one of each intent.
// rest tells that an unclear one asks something, or that a clear one is a wish
// without a template.
func (m *matcher) asked(clues []clue) (asked []clue, rest bool) {
	for _, c := range clues {
		known := func(o clue) bool { return o.intent == c.intent }
		switch {
		case slices.ContainsFunc(asked, known), c.stands() && pleasantry(Part{Intent: c.intent}):
		case m.mayBeAsked(c):
			asked = append(asked, c)
		case c.stands():
			rest = rest || c.intent != unknown
		default:
			rest = rest || c.asks && len(c.words) > 1
		}
	}
	return asked, rest
}

// together is what several questions are believed by: the weakest and the strongest
// of them, the shortest, how the whole message agrees, and how many are asked with a
// question mark.
func together(asked []clue, whole message) []float64 {
	weakest, strongest, shortest, least, shares, asks := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(1), 0.0, 0.0
	for _, c := range asked {
		weakest, strongest = min(weakest, c.belief), max(strongest, c.belief)
		shortest, least = min(shortest, float64(len(c.words))), min(least, c.share)
		if shares += c.share; c.asks {
			asks += 1 / float64(len(asked))
		}
	}
	return []float64{
		1, min(max(weakest, -3), 6), min(max(strongest, -3), 8), math.Log(shortest), math.Log(float64(whole.words)),
		logOdds(least), math.Log(1e-4 + shares), logOdds(float64(whole.p[whole.top])), asks,
	}
}

// answers are the parts of a match for pieces.
func answers(asked []clue) (parts []Part) {
	for _, c := range asked {
		parts = append(parts, Part{c.intent, probability(c.belief)})
	}
	return parts
}
