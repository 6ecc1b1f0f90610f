package shop

import (
	"math"
	"time"
)

// WritingHours tell at which hours of the day, WIB, a person writes to us: 24 weights
// that fade, so that last month counts half of today. Only how they compare matters,
// and all fade alike: they are brought up to date when one is added, not when read.
type WritingHours struct {
	At      time.Time // the newest message counted
	Weights [24]float64
}

// hoursHalfLife is after what time a message counts half.
const hoursHalfLife = 30 * 24 * time.Hour

// Add counts a message that was written at an instant, which may lie before others.
func (h *WritingHours) Add(at time.Time) {
	weight := 1.0
	if at.After(h.At) {
		fade := faded(at.Sub(h.At))
		if h.At.IsZero() {
			fade = 0
		}
		for i := range h.Weights {
			h.Weights[i] *= fade
		}
		h.At = at
	} else {
		weight = faded(h.At.Sub(at))
	}
	h.Weights[at.In(WIB).Hour()] += weight
}

// Counts are the weights in thousandths of a message, as PreferredHour reads them.
func (h WritingHours) Counts() (counts [24]int) {
	for i, w := range h.Weights {
		counts[i] = int(math.Round(w * 1000))
	}
	return counts
}

// faded is what is left of a message's weight after some time.
func faded(age time.Duration) float64 {
	return math.Exp2(-age.Hours() / hoursHalfLife.Hours())
}
