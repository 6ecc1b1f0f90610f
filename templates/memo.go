package templates

import "slices"

// memo is a trained model as it is kept: half the memory, weights as whole numbers
// of one grain each. The grain is so fine (the largest weight has 32,767 of them)
// that probabilities differ in the fourth decimal at most.
type memo struct {
	classes int
	weights []int16
	grain   float32
	bias    []float32
}

// keep makes a memo of a model, every probability as much surer as the calibration
// says.
func (m *model) keep(sharpness float32) *memo {
	most := float32(1e-9) // a model that learnt nothing has no weights
	for _, w := range m.weights {
		most = max(most, w, -w)
	}
	const finest = 1<<15 - 1
	k := &memo{classes: m.classes, weights: make([]int16, len(m.weights)), grain: sharpness * most / finest, bias: slices.Clone(m.bias)}
	for i, w := range m.weights {
		k.weights[i] = int16(w * finest / most)
	}
	for i := range k.bias {
		k.bias[i] *= sharpness
	}
	return k
}

// add adds what some features speak for every class to out.
func (k *memo) add(x sparse, out []float32) {
	for _, e := range x {
		w, v := k.weights[int(e.feature)*k.classes:][:len(out)], e.value*k.grain
		for c := range out {
			out[c] += float32(w[c]) * v
		}
	}
}
