package shop

import (
	"slices"
	"time"
)

// stopwatch measures waiting time for reports.
type stopwatch struct {
	sla  SLA
	gaps []Outage // ascending, none touches another
}

// newStopwatch puts outages in order and joins those that overlap; what lasts still
// ends now.
func newStopwatch(sla SLA, outages []Outage, now time.Time) stopwatch {
	s := stopwatch{sla: sla}
	sorted := slices.Clone(outages)
	slices.SortFunc(sorted, func(a, b Outage) int { return a.From.Compare(b.From) })
	for _, g := range sorted {
		if g.Until.IsZero() || g.Until.After(now) {
			g.Until = now
		}
		if !g.Until.After(g.From) {
			continue
		}
		if last := len(s.gaps) - 1; last >= 0 && !g.From.After(s.gaps[last].Until) {
			if g.Until.After(s.gaps[last].Until) {
				s.gaps[last].Until = g.Until
			}
			continue
		}
		s.gaps = append(s.gaps, g)
	}
	return s
}

// elapsed is the time between two instants by the clock of the SLA.
func (s stopwatch) elapsed(from, to time.Time) time.Duration { return s.sla.Hours.Elapsed(from, to) }

// fair is elapsed without outages.
func (s stopwatch) fair(from, to time.Time) time.Duration {
	return s.elapsed(from, to) - s.outage(from, to, s.elapsed)
}

// outage is how much of the time between two instants was an outage, as measured by a clock.
func (s stopwatch) outage(from, to time.Time, measure func(from, to time.Time) time.Duration) (sum time.Duration) {
	i, _ := slices.BinarySearchFunc(s.gaps, from, func(g Outage, t time.Time) int {
		if g.Until.After(t) {
			return 1
		}
		return -1
	})
	for ; i < len(s.gaps) && s.gaps[i].From.Before(to); i++ {
		g := s.gaps[i]
		if g.From.Before(from) {
			g.From = from
		}
		if g.Until.After(to) {
			g.Until = to
		}
		sum += measure(g.From, g.Until)
	}
	return sum
}
