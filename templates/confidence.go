package templates

import "math"

// A probability of the model is one number out of many that say how far it is to be
// trusted. The second stage asks "is the likeliest intent right?" of all of them: how
// likely it is, how likely nothing at all, and whether letters, words and tags agree.
// Its weights were fitted to examples that the model had not learnt
// (words/calibration.txt, docs/matching.md).

// reading is what the model makes of some words.
type reading struct {
	p     []float32       // probability of every class
	top   int             // the likeliest class
	leads [blocks]float64 // how far each block by itself puts top before the others; below zero: it speaks for another
}

// weigh reads words.
func (m *matcher) weigh(words []string) reading {
	classes := len(m.classes)
	sums := make([]float32, (int(blocks)+1)*classes)
	r := reading{p: sums[:classes:classes]}
	copy(r.p, m.model.bias)
	for b, part := range m.vectors.blocks(words, 0) {
		said := sums[(b+1)*classes:][:classes]
		m.model.add(part, said)
		for c, v := range said {
			r.p[c] += v
		}
	}
	softmax(r.p, 1)
	for c, p := range r.p {
		if p > r.p[r.top] {
			r.top = c
		}
	}
	for b := range r.leads {
		r.leads[b] = lead(sums[(b+1)*classes:][:classes], r.top)
	}
	return r
}

// lead is how far a class is before the best of the others, within ±6.
func lead(logits []float32, class int) float64 {
	next := float32(math.Inf(-1))
	for c, v := range logits {
		if c != class {
			next = max(next, v)
		}
	}
	return float64(min(max(logits[class]-next, -6), 6))
}

// evidence is what the second stage weighs of a reading, a constant first.
func (m *matcher) evidence(r reading) []float64 {
	return []float64{
		1, logOdds(float64(r.p[r.top])), logOdds(m.share(r, unknown)),
		r.leads[charBlock], r.leads[wordBlock], r.leads[conceptBlock],
	}
}

// judged is the likeliest intent and how probably it is right.
func (m *matcher) judged(r reading) Part {
	return Part{m.classes[r.top], probability(weighed(m.trust.confidence, m.evidence(r)))}
}

// weighed is the sum of what is known, each by its weight.
func weighed(weights, known []float64) (sum float64) {
	for i, k := range known {
		sum += weights[i] * k
	}
	return sum
}

func probability(logOdds float64) float64 { return 1 / (1 + math.Exp(-logOdds)) }

func logOdds(p float64) float64 {
	p = min(max(p, 4e-5), 1-3e-4)
	return math.Log(p / (1 - p))
}
