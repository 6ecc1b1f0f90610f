package shop

import (
	"slices"
	"time"
)

// Step is one page that the age of a wait demands: a level, or a round after the
// last one.
type Step struct {
	Level int // from 1, the place in SLA.Levels
	Round int // the repetitions of the last level, from 1; 0 for a level itself
	Rank  Rank
	At    time.Time
	Hold  bool // by now the customer is to be told that we are at it
}

// remindFor is how long the rounds go on after the last level. What nobody answered
// for a day stands in the queue; reminders go unread by then.
const remindFor = 24 * time.Hour

// Step returns the n-th step of a wait, from 0: first the levels, then a round
// each SLA.Repeat for a day. ok is false when there is none.
func (s SLA) Step(w Wait, n int) (step Step, ok bool) {
	last := len(s.Levels) - 1
	if last < 0 || n > last && (s.Repeat <= 0 || time.Duration(n-last)*s.Repeat > remindFor) {
		return Step{}, false
	}
	level := s.Levels[min(n, last)]
	step = Step{Level: min(n, last) + 1, Round: max(0, n-last), Rank: level.Rank}
	step.Hold = slices.ContainsFunc(s.Levels[:step.Level], func(l Level) bool { return l.Hold })
	step.At = s.aged(w.Since, level.After+time.Duration(step.Round)*s.Repeat)
	return step, true
}

// aged is the instant at which a wait has an age in working time.
func (s SLA) aged(since time.Time, age time.Duration) time.Time { return s.Hours.After(since, age) }

// Next returns the instant of the first step that has not been entered; ok is
// false when there is none.
func (s SLA) Next(w Wait) (at time.Time, ok bool) {
	step, ok := s.Step(w, w.Paged)
	return step.At, ok
}

// Steps lists the steps that have come but were not entered yet, in order, and how
// many there are of a wait by now. All levels are listed; of the rounds that passed
// while nobody looked only the last, since a reminder of long ago reminds nobody.
func (s SLA) Steps(w Wait, now time.Time) (due []Step, paged int) {
	paged = w.Paged
	for {
		step, ok := s.Step(w, paged)
		if !ok || step.At.After(now) {
			return due, paged
		}
		if n := len(due); n > 0 && due[n-1].Round > 0 {
			due = due[:n-1]
		}
		due = append(due, step)
		paged++
	}
}

// Breached tells that the promise is broken when a level has come.
func (s SLA) Breached(level int) bool {
	return level > 0 && s.Levels[min(level, len(s.Levels))-1].After >= s.Target
}

// Alarms tells that a step also goes out by the second channels: from the
// supervisor's level on.
func (st Step) Alarms() bool { return st.Rank >= RankSupervisor }

// Recipients is everybody who is paged at a step, nobody twice: who claimed the
// chat (0 for nobody) and still did not answer comes first, the duty admin hears
// every round.
func (st Step) Recipients(r Roster, claimer int64) (ids []int64) {
	if claimer != 0 {
		ids = append(ids, claimer)
	}
	people := r.For(st.Rank)
	if st.Round > 0 {
		people = append(slices.Clone(people), r.For(RankDuty)...)
	}
	for _, p := range people {
		if !slices.Contains(ids, p.ID) {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// Page is one waiting chat as a page shows it.
type Page struct {
	Now    time.Time
	Wait   Wait
	Person Person
	Ticket int64 // the chat's, 0 for none
	Rank   Rank  // of the highest level that the page is about
	Round  int   // the repetition of the last level, 0 for none
	Breach bool  // the promise is broken
	Menu   bool  // the customer was offered choices and has not chosen
}
