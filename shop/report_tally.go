package shop

import (
	"cmp"
	"slices"
	"time"
)

// mostBreaches is how many breaches a report names.
const mostBreaches = 5

// SameSubject is the time within which a new question on the same subject tells that
// the first contact did not resolve it.
const SameSubject = 48 * time.Hour

// Tally works out a Report from rows that are handed to it one after the other, so
// that nothing but the figures is kept: for 100,000 waits a few megabytes. It knows
// no database and no clock.
type Tally struct {
	r      Report
	watch  stopwatch
	first  pair
	next   pair
	people map[int64]*adminTally
	topics map[string]int
	chat   subjects
	desk   handling
}

// pair is the two clocks of one kind of question.
type pair struct{ any, human sample }

// adminTally is what one admin did.
type adminTally struct {
	AdminFigures
	waited []time.Duration
}

// NewTally begins a report. Rows may be read around the period: those outside it
// are looked at only for what they say about those within.
func NewTally(p Period, now time.Time, sla SLA, outages []Outage) *Tally {
	t := &Tally{
		r:      Report{Period: p, AsOf: now, Target: sla.Target},
		watch:  newStopwatch(sla, outages, now),
		people: map[int64]*adminTally{}, topics: map[string]int{},
	}
	end := p.To
	if now.Before(end) {
		end = now
	}
	for day := Midnight(p.From); day.Before(end); day = day.AddDate(0, 0, 1) {
		t.r.Days = append(t.r.Days, DayVolume{Day: day})
	}
	for _, g := range t.watch.gaps {
		if g.From.Before(end) && g.Until.After(p.From) {
			t.r.Outages++
		}
	}
	t.r.Outage = t.watch.outage(p.From, end, func(from, to time.Time) time.Duration { return to.Sub(from) })
	return t
}

// Wait takes one question. They come by person, and of one person by Since and ID.
func (t *Tally) Wait(w WaitFact) {
	inside := t.r.Period.Has(w.Since)
	if !w.Cancelled {
		t.chat.next(t, w, inside)
	}
	if !inside {
		return
	}
	t.r.Questions++
	if w.First {
		t.r.Conversations++
	}
	late := !w.Cancelled && t.answers(w)
	t.r.Hours[w.Since.In(WIB).Hour()].add(late)
	if i, ok := slices.BinarySearchFunc(t.r.Days, Midnight(w.Since), func(d DayVolume, day time.Time) int { return d.Day.Compare(day) }); ok {
		t.r.Days[i].add(late)
	}
	if w.Intent == "" {
		t.r.Unknown++
	} else {
		t.topics[w.Intent]++
	}
	if w.Cancelled {
		t.r.Cancelled++
	}
}

// answers measures both clocks of a question and tells whether it was answered late
// or waits too long.
func (t *Tally) answers(w WaitFact) (late bool) {
	of := &t.next
	if w.First {
		of = &t.first
	}
	answered := w.Answered()
	late = of.any.add(t, w.Since, answered)
	if answered.IsZero() {
		t.r.Open++
	}
	if late {
		t.breach(w, answered)
	}
	if answered.IsZero() || !w.HumanAt.IsZero() {
		of.human.add(t, w.Since, w.HumanAt)
	}
	if !w.HumanAt.IsZero() {
		a := t.admin(w.HumanBy)
		a.Answered++
		a.waited = append(a.waited, t.watch.elapsed(w.Since, w.HumanAt))
	}
	return late
}

// breach keeps the longest.
func (t *Tally) breach(w WaitFact, answered time.Time) {
	b := Breach{PersonID: w.PersonID, Name: w.Name, Since: w.Since, Open: answered.IsZero()}
	if b.Open {
		answered = t.r.AsOf
	}
	b.Waited = t.watch.elapsed(w.Since, answered)
	t.r.Breaches.Count++
	worst := &t.r.Breaches.Worst
	i, _ := slices.BinarySearchFunc(*worst, b, func(a, b Breach) int {
		return cmp.Or(cmp.Compare(b.Waited, a.Waited), a.Since.Compare(b.Since), cmp.Compare(a.PersonID, b.PersonID))
	})
	*worst = slices.Insert(*worst, i, b)
	*worst = (*worst)[:min(len(*worst), mostBreaches)]
}

func (t *Tally) admin(id int64) *adminTally {
	if t.people[id] == nil {
		t.people[id] = &adminTally{AdminFigures: AdminFigures{ID: id}}
	}
	return t.people[id]
}

// Claim takes one claimed ticket.
func (t *Tally) Claim(c ClaimFact) {
	if t.r.Period.Has(c.At) {
		t.admin(c.Admin).Claimed++
	}
}

// Rating takes one rating that was asked for.
func (t *Tally) Rating(r RatingFact) {
	if !t.r.Period.Has(r.AskedAt) {
		return
	}
	t.r.Rating.add(r.Score)
	if r.Admin != 0 {
		t.admin(r.Admin).Rating.add(r.Score)
	}
}

// Event takes what happened in a chat that a person handled. Events come by person,
// and of one person in the order of time.
func (t *Tally) Event(e DeskEvent) { t.desk.next(t, e) }

// Report ends the tally. name tells what to call an admin.
func (t *Tally) Report(name func(id int64) string, effects []Effect) Report {
	t.desk.finish(t)
	t.r.First = Responses{t.first.any.figures(), t.first.human.figures()}
	t.r.Next = Responses{t.next.any.figures(), t.next.human.figures()}
	for intent, n := range t.topics {
		t.r.Reasons = append(t.r.Reasons, Reason{intent, n})
	}
	slices.SortFunc(t.r.Reasons, func(a, b Reason) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.Intent, b.Intent)) })
	for id, a := range t.people {
		if id != 0 {
			a.Name = name(id)
		}
		a.Median = percentile(a.waited, 50)
		t.r.Admins = append(t.r.Admins, a.AdminFigures)
	}
	slices.SortFunc(t.r.Admins, func(a, b AdminFigures) int {
		return cmp.Or(b.Answered-a.Answered, b.Claimed-a.Claimed, cmp.Compare(a.ID, b.ID))
	})
	t.r.Templates = effects
	return t.r
}
