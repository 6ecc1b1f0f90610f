package templates

import (
	"math"
	"slices"
)

// calibration says how far a model's probabilities are to be trusted. It is
// learnt with the model from messages that a part of the model had not seen.
type calibration struct {
	key       string  // what it was made for
	sharpness float32 // what the logits are multiplied with, so that "0.8" is right eight times in ten
	threshold float64 // from which probability on an answer is worth its risk
}

const (
	rehearsals = 3 // parts into which the examples are cut
	// A wrong template costs a customer's trust, and a person who mends it; a
	// hand-over costs only the person: so many hand-overs weigh a wrong template up.
	wrongCosts = 3
	// Whatever a library's own examples suggest: wording it does not hold is
	// harder than its own.
	lowestThreshold, highestThreshold = 0.66, 0.85
)

// calibrated is the calibration of a shelf: the shipped one when it was made for
// exactly these examples, words and code, else a new one, which takes longer
// than all the rest of loading.
func calibrated(key string, samples []sample, classes, features, nothing int) calibration {
	if c := shippedCalibration(); c.key == key {
		return c
	}
	c := calibrate(samples, classes, features, nothing)
	c.key = key
	return c
}

// calibrate trains on two parts of the examples, asks for the third, and in
// turn. Neighbouring lines of a file are often variants of one sentence, so a
// part is cut out in one piece, not line by line.
func calibrate(samples []sample, classes, features, nothing int) calibration {
	var asked []rehearsed
	for part := range rehearsals {
		learn, held := cutOut(samples, classes, part)
		m := train(learn, classes, features)
		for _, s := range held {
			r := rehearsed{make([]float32, classes), s.class}
			m.logits(s.x, r.logits)
			asked = append(asked, r)
		}
	}
	c := calibration{sharpness: sharpest(asked)}
	c.threshold = worthwhile(asked, c.sharpness, nothing)
	return c
}

// rehearsed is an example as a model saw it that had not learnt it.
type rehearsed struct {
	logits []float32
	class  int
}

// cutOut takes the n-th part of every class's samples away.
func cutOut(samples []sample, classes, n int) (learn, held []sample) {
	sizes, seen := make([]int, classes), make([]int, classes)
	for _, s := range samples {
		sizes[s.class]++
	}
	for _, s := range samples {
		if seen[s.class]*rehearsals/sizes[s.class] == n {
			held = append(held, s)
		} else {
			learn = append(learn, s)
		}
		seen[s.class]++
	}
	return learn, held
}

// sharpest finds the sharpness under which what was asked was likeliest.
func sharpest(asked []rehearsed) float32 {
	best, least := float32(1), math.Inf(1)
	p := make([]float32, 0, 64)
	for sharpness := float32(0.5); sharpness <= 3; sharpness += 0.1 {
		loss := 0.0
		for _, r := range asked {
			p = append(p[:0], r.logits...)
			softmax(p, sharpness)
			loss -= math.Log(float64(max(p[r.class], 1e-6)))
		}
		if loss < least {
			best, least = sharpness, loss
		}
	}
	return best
}

// worthwhile finds the threshold that costs least.
func worthwhile(asked []rehearsed, sharpness float32, nothing int) float64 {
	type answer struct {
		p     float32
		right bool
	}
	var answers []answer
	for _, r := range asked {
		softmax(r.logits, sharpness)
		top := 0
		for c, p := range r.logits {
			if p > r.logits[top] {
				top = c
			}
		}
		if top != nothing {
			answers = append(answers, answer{r.logits[top], top == r.class})
		}
	}
	slices.SortFunc(answers, func(a, b answer) int { return int(1e6 * (b.p - a.p)) })
	best, at, gain := 0, highestThreshold, 0
	for _, a := range answers {
		if gain++; !a.right {
			gain -= 1 + wrongCosts
		}
		if gain > best {
			best, at = gain, float64(a.p)
		}
	}
	return min(max(at, lowestThreshold), highestThreshold)
}
