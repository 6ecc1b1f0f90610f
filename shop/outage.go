package shop

import (
	"slices"
	"time"
)

// OutageMoment is how long the session may be away without being an outage: a
// connection that is dialled again at once keeps nobody waiting.
const OutageMoment = 10 * time.Second

// Outage is time in which no customer could reach us: the link, the network or the
// program was down. Until is zero while it lasts.
type Outage struct {
	From, Until time.Time
	Reason      string
}

// Without is the working time between two instants of which the desk can be blamed:
// outages, which may overlap, are cut out; one that still lasts reaches to the end.
// Figures go by it, pages never do: the customer waits all the same.
func (h Hours) Without(outages []Outage, from, to time.Time) time.Duration {
	sorted := slices.SortedFunc(slices.Values(outages), func(a, b Outage) int { return a.From.Compare(b.From) })
	sum, done := h.Elapsed(from, to), from
	for _, o := range sorted {
		if o.Until.IsZero() || o.Until.After(to) {
			o.Until = to
		}
		if o.From.Before(done) {
			o.From = done
		}
		if o.Until.After(o.From) {
			sum -= h.Elapsed(o.From, o.Until)
			done = o.Until
		}
	}
	return sum
}
