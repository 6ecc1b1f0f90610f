package templates

import "math"

// calibration says how far a model's probabilities are to be trusted. It is
// learnt from messages that a part of the model had not seen.
type calibration struct {
	key       string  // what the sharpness was made for
	sharpness float32 // what the logits are multiplied with, so that "0.8" is right eight times in ten

	// The weights of the second stage: what says that the likeliest intent is right, that a
	// piece of a message is a question of its own, that several pieces are. They tell how
	// evidence is to be taken, not what a library says, so every library has the shipped ones.
	confidence, piece, several []float64
}

const rehearsals = 3 // parts into which the examples are cut

// calibrated is the calibration of a shelf: the shipped one when it was made for
// exactly these examples, words and code, else one with a new sharpness, which takes
// longer than all the rest of loading.
func calibrated(key string, samples []sample, classes, features int) calibration {
	c := shippedCalibration()
	if c.key != key {
		c.key, c.sharpness = key, rehearse(samples, classes, features)
	}
	return c
}

// rehearse trains on two parts of the examples, asks for the third, and in
// turn. Neighbouring lines of a file are often variants of one sentence, so a
// part is cut out in one piece, not line by line.
func rehearse(samples []sample, classes, features int) (sharpness float32) {
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
	return sharpest(asked)
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
