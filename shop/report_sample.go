package shop

import (
	"slices"
	"time"
)

// sample gathers how long questions waited.
type sample struct {
	counted        int
	inTime, fairly int
	waited, fair   []time.Duration
}

// add takes a question that began at since and was answered at an instant, zero for
// not yet. It is counted once its outcome is known: when it is answered, or when the target has
// passed. late tells that the promise is broken.
func (s *sample) add(t *Tally, since, answered time.Time) (late bool) {
	end := answered
	if end.IsZero() {
		end = t.r.AsOf
	}
	waited, fair := t.watch.elapsed(since, end), t.watch.fair(since, end)
	late = waited > t.r.Target
	if answered.IsZero() {
		if late {
			s.counted++
		}
		if late && fair <= t.r.Target { // the time to answer it is not over for the admins
			s.fairly++
		}
		return late
	}
	s.counted++
	if !late {
		s.inTime++
	}
	if fair <= t.r.Target {
		s.fairly++
	}
	s.waited = append(s.waited, waited)
	s.fair = append(s.fair, fair)
	return late
}

func (s *sample) figures() Response {
	return Response{
		Counted: s.counted, Answered: len(s.waited),
		True: Pace{s.inTime, percentile(s.waited, 50), percentile(s.waited, 90)},
		Fair: Pace{s.fairly, percentile(s.fair, 50), percentile(s.fair, 90)},
	}
}

// percentile is the least value that p percent of all do not exceed (nearest rank),
// 0 of none. It sorts all.
func percentile(all []time.Duration, p int) time.Duration {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[(len(all)*p+99)/100-1]
}

// subjects follows what one person asks about, for the first contact resolution.
type subjects struct {
	person int64
	last   map[string]*contact // by intent
}

// contact is the latest question on a subject.
type contact struct {
	since   time.Time
	settled *int // where it counts as resolved, nil if it does not
}

// next takes the next question that was not cancelled. A question on a subject that the
// same person asked about less than 48 hours before belongs to that contact and takes
// back that it was resolved; any other is a first contact. What nobody knows the
// subject of does not count.
func (s *subjects) next(t *Tally, w WaitFact, inside bool) {
	if w.PersonID != s.person || s.last == nil {
		s.person, s.last = w.PersonID, map[string]*contact{}
	}
	if w.Intent == "" {
		return
	}
	before := s.last[w.Intent]
	now := &contact{since: w.Since}
	s.last[w.Intent] = now
	if before != nil && w.Since.Sub(before.since) <= SameSubject {
		if before.settled != nil {
			*before.settled--
		}
		return
	}
	if !inside {
		return
	}
	c := &t.r.Contact
	if t.r.AsOf.Sub(w.Since) < SameSubject {
		c.Open++
		return
	}
	c.Counted++
	if !w.Answered().IsZero() {
		c.Resolved++
		now.settled = &c.Resolved
	}
}
