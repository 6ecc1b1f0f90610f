package scheduler_test

import (
	"flag"
	"slices"
	"testing"
	"time"

	"bestie/shop"
)

var promoPeople = flag.Int("promo.people", 120, "how many people get the campaign of TestSendsCostTheSame")

// Each send costs the same at row 10 and at the last row: what is asked before it is
// bounded by what one day may bring, not by the campaign. make bench asks for more people.
func TestSendsCostTheSame(t *testing.T) {
	d := newDesk(t)
	n := *promoPeople
	for i := range n {
		d.consent(d.customer(i, start))
	}
	for _, p := range []*shop.Promo{&d.out.Policy.Promo, &d.promos.Promo} { // no pace: only Go code can say so
		p.PaceMin, p.PaceMax, p.Batch, p.CapWeeks, p.CapCeiling = 0, 0, 0, []int{n}, n
	}
	d.campaign("diskon")
	var at []time.Time
	d.wire.answer = func(m shop.Outgoing) error { at = append(at, time.Now()); return nil }
	d.at(2, 20, 55)
	if len(at) < n {
		t.Fatalf("%d of %d left", len(at), n)
	}
	var spans []time.Duration
	for i := range at[1:] {
		spans = append(spans, at[i+1].Sub(at[i]))
	}
	median := func(list []time.Duration) time.Duration {
		list = slices.Sorted(slices.Values(list))
		return list[len(list)/2]
	}
	first, last := median(spans[10:40]), median(spans[n-31:])
	t.Logf("%d promos: a send costs %s from row 10 on and %s at the last rows", n, first, last)
	if last > 3*first+5*time.Millisecond {
		t.Errorf("%s at the beginning, %s at the end", first, last)
	}
}
