package templates

import (
	"math"
	"math/rand/v2"
)

// How the model is trained: multinomial logistic regression, AdaGrad, class
// weights (n/K/n_c)^0.5, starting from what counting alone says of every feature.
// The figures are those that cross-validation found best (docs/matching.md).
const (
	epochs    = 12
	rate      = 0.15
	decay     = 3e-3 // towards what counting says
	trainSeed = 7
	// ignore is the error below which a class learns nothing from a message; it
	// halves the time to train and changes no answer.
	ignore = 0.004
	// A message with an error below learnt sits out some epochs: it has nothing
	// to teach for a while.
	learnt     = 0.05
	restEpochs = 4
	// countsSay is how much of what counting says the model starts with, and
	// rarely a feature of which every class is given that many messages more.
	countsSay = 0.5
	rarely    = 0.5
	fewest    = 20 // … as if no class had fewer messages: small ones say less
)

// sample is one training message.
type sample struct {
	x     sparse
	class int
}

// model holds one weight per feature and class; weights of a feature lie side by
// side. It is read-only after training.
type model struct {
	classes int
	weights []float32
	bias    []float32
}

// trainer is a model with the sums of squares AdaGrad steps by.
type trainer struct {
	model
	journeys []journey // of every weight
	biasSums []float32
	errors   []float32 // of the sample at hand, by class
	active   []lapse   // the classes with an error worth a step
}

// lapse is how wrong the model was about a class.
type lapse struct {
	class int
	error float32
}

// journey is where a weight started, at what counting says, and how far it has come: the sum
// of the squares of its steps. They are read together, so they lie together.
type journey struct{ counted, squares float32 }

// train fits a model to the samples. The same samples give the same model,
// whatever the machine does meanwhile.
func train(samples []sample, classes, features int) *model {
	t := &trainer{
		model:    model{classes: classes, bias: make([]float32, classes)},
		journeys: make([]journey, classes*features), biasSums: make([]float32, classes),
		errors: make([]float32, classes),
	}
	t.weights = tally(samples, classes, features)
	for i, w := range t.weights {
		t.journeys[i].counted = w
	}
	weight := classWeights(samples, classes)
	order := make([]int, len(samples))
	for i := range order {
		order[i] = i
	}
	random := rand.New(rand.NewPCG(trainSeed, trainSeed))
	rests := make([]int, len(samples))
	for range epochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			if rests[i]--; rests[i] > 0 {
				continue
			}
			if t.step(samples[i], weight[samples[i].class]) < learnt {
				rests[i] = restEpochs
			}
		}
	}
	learnt := t.model // a copy: what training needed besides is let go
	return &learnt
}

// tally gives every feature the weight that its share in each class's messages
// suggests (naive Bayes), centred on zero. It generalises better than fitting
// where a feature is rare; where it is frequent, fitting corrects it.
func tally(samples []sample, classes, features int) []float32 {
	counts := make([]float32, classes*features)
	sizes := make([]float64, classes)
	for _, s := range samples {
		sizes[s.class]++
		for _, e := range s.x {
			counts[int(e.feature)*classes+s.class]++
		}
	}
	never := make([]float32, classes) // by class, the logarithm for a feature it never had
	for c, n := range sizes {
		never[c] = float32(math.Log(rarely / (n + fewest)))
	}
	logs := make([]float32, len(samples)+1) // by count, what is to be added to never
	for n := range logs {
		logs[n] = float32(math.Log(float64(n)/rarely + 1))
	}
	for f := range features {
		row := counts[f*classes:][:classes]
		var mean, found float32
		for c, n := range row {
			found += n
			row[c] = never[c] + logs[int(n)]
			mean += row[c] / float32(classes)
		}
		for c := range row {
			if row[c] = countsSay * (row[c] - mean); found == 0 {
				row[c] = 0
			}
		}
	}
	return counts
}

// classWeights gives rare classes more say: (n/K/n_c)^0.5.
func classWeights(samples []sample, classes int) []float32 {
	counts := make([]float64, classes)
	for _, s := range samples {
		counts[s.class]++
	}
	out := make([]float32, classes)
	for c, n := range counts {
		if n > 0 {
			out[c] = float32(math.Sqrt(float64(len(samples)) / float64(classes) / n))
		}
	}
	return out
}

// step moves the weights against the error of one sample and returns how wrong
// the model was about its class.
func (t *trainer) step(s sample, weight float32) float32 {
	t.probabilities(s.x, t.errors)
	t.errors[s.class]--
	t.active = t.active[:0]
	for c, e := range t.errors {
		if e > ignore || e < -ignore {
			t.active = append(t.active, lapse{c, e})
			g := e * weight
			t.biasSums[c] += g * g
			t.bias[c] -= rate * g / root32(t.biasSums[c])
		}
	}
	for _, e := range s.x {
		at := int(e.feature) * t.classes
		weights, journeys := t.weights[at:at+t.classes], t.journeys[at:at+t.classes]
		for _, a := range t.active {
			w, p := &weights[a.class], &journeys[a.class]
			g := a.error*weight*e.value + decay*(*w-p.counted)
			p.squares += g * g
			*w -= rate * g / root32(p.squares)
		}
	}
	return -t.errors[s.class]
}

func root32(v float32) float32 { return float32(math.Sqrt(float64(v))) + 1e-8 }

// logits writes how much speaks for every class into out.
func (m *model) logits(x sparse, out []float32) {
	copy(out, m.bias)
	for _, e := range x {
		w, v, c := m.weights[int(e.feature)*m.classes:][:len(out)], e.value, 0
		for ; c+4 <= len(out) && c+4 <= len(w); c += 4 { // four at a time: half the time of training
			o, w := out[c:c+4:c+4], w[c:c+4:c+4]
			o[0] += w[0] * v
			o[1] += w[1] * v
			o[2] += w[2] * v
			o[3] += w[3] * v
		}
		for ; c < len(out); c++ {
			out[c] += w[c] * v
		}
	}
}

// probabilities writes the probability of every class into out.
func (m *model) probabilities(x sparse, out []float32) {
	m.logits(x, out)
	softmax(out, 1)
}

// softmax turns logits into probabilities; a sharpness above one makes them
// surer.
func softmax(out []float32, sharpness float32) {
	top := out[0]
	for _, v := range out {
		top = max(top, v)
	}
	var sum float32
	for c, v := range out {
		out[c] = float32(math.Exp(float64(sharpness * (v - top))))
		sum += out[c]
	}
	for c := range out {
		out[c] /= sum
	}
}
