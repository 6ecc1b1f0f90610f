package templates

import (
	"cmp"
	"math"
	"slices"
)

// Several questions in one message are answered each. But most messages that can
// be cut are one wish in several pieces ("udah tf tapi blm diproses"), and a piece
// of a wish easily sounds like another one. So a piece is believed to be a
// question of its own only when it is surer the shorter it is.

// clue is one piece of a message as the model reads it by itself.
type clue struct {
	clause
	top   Ranked
	share float64 // what the whole message gives to the intent of the piece
}

// How a piece is believed: its confidence and its share of the whole as log odds,
// its length and a question mark. Fitted to messages of one question and of
// several (docs/matching.md).
const (
	beliefNeeded = 5.78
	beliefShare  = 0.14
	beliefLength = 2.65 // for the logarithm of the number of words …
	mostLength   = 7    // … of which more say no more
	beliefAsks   = 1.3
)

// stands tells that a piece is a question, or nothing at all, in its own right.
func (c clue) stands() bool {
	length := math.Log(float64(min(len(c.words), mostLength)))
	belief := logOdds(c.top.Score) + beliefShare*logOdds(c.share) + beliefLength*length
	if c.asks {
		belief += beliefAsks
	}
	return belief >= beliefNeeded
}

func logOdds(p float64) float64 {
	p = min(max(p, 1e-5), 1-5e-4)
	return math.Log(p / (1 - p))
}

// loneShare is what the whole message must give to the intent of its only clear
// piece when it is not sure itself.
const loneShare = 0.15

// certainAlone is the confidence at which the whole message outweighs its pieces.
const certainAlone = 0.8

// questions finds the sure questions of a message. rest tells that it also asks
// something that no template answers.
func (m *matcher) questions(cut []clause, whole []float32) (parts []Part, rest bool) {
	top := m.best(whole)[0]
	if top.Intent == unknown && top.Score >= certainAlone {
		return nil, false
	}
	sure := m.isSure(top)
	if len(cut) > 1 {
		parts, rest = m.pieces(cut, whole)
	}
	asked := slices.DeleteFunc(slices.Clone(parts), pleasantry)
	said := func(p Part) bool { return p.Intent == top.Intent }
	switch {
	case len(asked) > 1 && sure && top.Score >= certainAlone && !slices.ContainsFunc(asked, said) && wish(Part{Intent: top.Intent}):
		// The pieces of a story sound like this and that; what it is about is clear.
	case len(asked) > 1:
		return asked, rest
	case len(asked) == 1 && sure && asked[0].Intent != top.Intent && !pleasantry(Part{Intent: top.Intent}):
		// The whole says one thing and one clear piece another: both, when the
		// rest of the message says what the whole does.
		if at := m.elsewhere(cut, asked[0], top); at >= 0 {
			return slices.Insert(asked, at, Part{top.Intent, top.Score}), false
		}
	case len(asked) == 1 && (sure || m.share(whole, asked[0].Intent) >= loneShare):
		return asked, rest
	}
	if sure {
		return []Part{{top.Intent, top.Score}}, rest && len(asked) == 0 && top.Score < certainAlone
	}
	return nil, !top.Known && top.Intent != unknown && top.Score >= certainAlone/2
}

// isSure tells whether a template may answer. Opting out is never a likeness:
// the rules alone decide it.
func (m *matcher) isSure(r Ranked) bool {
	return r.Known && r.Score >= m.threshold(r.Intent) && r.Intent != intentOptOut
}

// share is what a message gives to an intent.
func (m *matcher) share(whole []float32, intent string) float64 {
	class, _ := slices.BinarySearch(m.classes, intent)
	return float64(whole[class])
}

// clue reads a piece.
func (m *matcher) clue(c clause, whole []float32) clue {
	top := m.classify(c.words)[0]
	return clue{c, top, m.share(whole, top.Intent)}
}

// pieces reads every piece by itself; pieces that say nothing clear are read
// together with their unclear neighbours. rest tells that an unclear one asks
// something, or that a clear one is a wish without a template.
func (m *matcher) pieces(cut []clause, whole []float32) (parts []Part, rest bool) {
	var clues []clue
	for _, c := range cut {
		one := m.clue(c, whole)
		if last := len(clues) - 1; last >= 0 && !one.stands() && !clues[last].stands() {
			both := clause{slices.Concat(clues[last].words, c.words), clues[last].asks || c.asks}
			clues[last] = m.clue(both, whole)
			continue
		}
		clues = append(clues, one)
	}
	for _, c := range clues {
		known := func(p Part) bool { return p.Intent == c.top.Intent }
		switch {
		case slices.ContainsFunc(parts, known):
		case c.stands() && m.isSure(c.top):
			parts = append(parts, Part{c.top.Intent, c.top.Score})
		case c.stands():
			rest = rest || c.top.Intent != unknown
		default:
			rest = rest || c.asks && len(c.words) > 1
		}
	}
	return parts, rest
}

// elsewhere tells where the wish of the whole message stands beside its one clear
// piece: 0 before it, 1 after it, -1 when the other pieces do not say it.
func (m *matcher) elsewhere(cut []clause, clear Part, top Ranked) int {
	var others []string
	at, found := 1, false
	for i, c := range cut {
		if m.classify(c.words)[0].Intent != clear.Intent {
			others = append(others, c.words...)
			if !found {
				at, found = cmp.Compare(i, 0), true
			}
		}
	}
	if !found || m.classify(others)[0].Intent != top.Intent {
		return -1
	}
	return at
}
