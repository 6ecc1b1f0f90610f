package templates

import (
	"math"
	"math/rand/v2"
)

// How the model is trained. The method and these figures are what was measured
// best on the shop's own data: multinomial logistic regression, AdaGrad, class
// weights (n/K/n_c)^0.5.
const (
	epochs    = 30
	rate      = 0.15
	decay     = 5e-4
	trainSeed = 7
	// ignore is the error below which a class learns nothing from a message; it
	// halves the time to train and changes no answer.
	ignore = 0.004
	// A message with an error below learnt sits out some epochs: it has nothing
	// to teach for a while.
	learnt     = 0.05
	restEpochs = 4
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
	squares  []float32
	biasSums []float32
	errors   []float32 // of the sample at hand, by class
	active   []int     // classes with an error worth a step
}

// train fits a model to the samples. The same samples give the same model,
// whatever the machine does meanwhile.
func train(samples []sample, classes, features int) *model {
	t := &trainer{
		model:   model{classes, make([]float32, classes*features), make([]float32, classes)},
		squares: make([]float32, classes*features), biasSums: make([]float32, classes),
		errors: make([]float32, classes),
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
	return &t.model
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
			t.active = append(t.active, c)
			g := e * weight
			t.biasSums[c] += g * g
			t.bias[c] -= rate * g / root32(t.biasSums[c])
		}
	}
	for _, e := range s.x {
		at := int(e.feature) * t.classes
		w, sq := t.weights[at:at+t.classes], t.squares[at:at+t.classes]
		for _, c := range t.active {
			g := t.errors[c]*weight*e.value + decay*w[c]
			sq[c] += g * g
			w[c] -= rate * g / root32(sq[c])
		}
	}
	return -t.errors[s.class]
}

func root32(v float32) float32 { return float32(math.Sqrt(float64(v))) + 1e-8 }

// probabilities writes the probability of every class into out.
func (m *model) probabilities(x sparse, out []float32) {
	copy(out, m.bias)
	for _, e := range x {
		w := m.weights[int(e.feature)*m.classes:][:len(out)]
		for c := range out {
			out[c] += w[c] * e.value
		}
	}
	top := out[0]
	for _, v := range out {
		top = max(top, v)
	}
	var sum float32
	for c, v := range out {
		out[c] = float32(math.Exp(float64(v - top)))
		sum += out[c]
	}
	for c := range out {
		out[c] /= sum
	}
}
