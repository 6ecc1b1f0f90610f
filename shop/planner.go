package shop

import (
	"slices"
	"time"
)

// PlanAheadPromo is how far ahead a campaign without an expiry is planned: two weeks,
// after which nobody's offer is what it was.
const PlanAheadPromo = 14 * 24 * time.Hour

// Placement is what a plan does with one person, and why.
type Placement struct {
	Person int64
	Fate   Fate
	Slot   time.Time // zero unless Fate is FateSafe
	Hour   int       // of the day, WIB, at which they would be written to best
	Habit  bool      // Hour follows from when they write; otherwise it is the shop's default
	Moved  bool      // all evenings of their own hour were full or capped: it is another one
	Waited bool      // an earlier evening was full or capped
}

// Planner places the people of one campaign, one after the other: its memory does not
// grow with their number. Everybody gets the earliest evening of their own hour that
// their caps and the room allow before the campaign ends; else the earliest of another
// hour (ADR 13).
type Planner struct {
	promo Promo
	days  []evening
	hours []int
	plan  CampaignPlan
}

// NewPlanner makes a planner for a campaign. link is the age of the link now, booked how
// many promos are planned or sent already, by day (Midnight).
func NewPlanner(p Promo, now time.Time, link time.Duration, booked map[time.Time]int, c Campaign) *Planner {
	from, until := now, now.Add(PlanAheadPromo)
	if c.NotBefore.After(from) {
		from, until = c.NotBefore, c.NotBefore.Add(PlanAheadPromo)
		link += c.NotBefore.Sub(now)
	}
	if !c.ExpiresAt.IsZero() && c.ExpiresAt.Before(until) {
		until = c.ExpiresAt
	}
	pl := &Planner{promo: p, days: p.evenings(from, until, link, booked), plan: CampaignPlan{Fates: map[Fate]int{}, At: now}}
	for _, s := range p.Slots {
		if !slices.Contains(pl.hours, s.Hour) {
			pl.hours = append(pl.hours, s.Hour)
		}
	}
	return pl
}

// Place decides about one person and counts them. Fates other than FateSafe and
// FateCapped stay as they were found.
func (pl *Planner) Place(c Candidate) Placement {
	at := Placement{Person: c.Person.ID, Fate: c.Fate, Hour: PreferredHour(pl.hours, c.Wrote), Habit: c.Wrote != [24]int{}}
	if at.Fate == "" || at.Fate == FateSafe {
		pl.find(&at, c.History)
	}
	pl.plan.Chosen++
	pl.plan.Fates[at.Fate]++
	if at.Fate == FateSafe && len(pl.plan.Samples) < samplesShown {
		pl.plan.Samples = append(pl.plan.Samples, c)
	}
	return at
}

const samplesShown = 3

func (pl *Planner) find(at *Placement, got PromoHistory) {
	at.Fate = FateCapped
	for _, own := range []bool{true, false} {
		waited := false
		for d := range pl.days {
			e := &pl.days[d]
			if !got.allows(e.day) {
				waited = true
				continue
			}
			at.Fate = FateNoRoom
			for s := range e.slots {
				if (e.slots[s].at.In(WIB).Hour() == at.Hour) != own {
					continue
				}
				if e.room(s) == 0 {
					waited = true
					continue
				}
				e.slots[s].used++
				if e.cap != unlimited {
					e.cap--
				}
				pl.count(e.slots[s].at)
				at.Fate, at.Slot, at.Moved, at.Waited = FateSafe, e.slots[s].at, !own, waited
				return
			}
		}
	}
	if len(pl.days) == 0 {
		at.Fate = FateNoRoom
	}
}

func (pl *Planner) count(at time.Time) {
	i, ok := slices.BinarySearchFunc(pl.plan.Slots, at, func(s SlotPlan, at time.Time) int { return s.At.Compare(at) })
	if !ok {
		pl.plan.Slots = slices.Insert(pl.plan.Slots, i, SlotPlan{At: at})
	}
	pl.plan.Slots[i].People++
}

// Plan is what has been placed so far.
func (pl *Planner) Plan() CampaignPlan {
	out := pl.plan
	out.Evenings = len(pl.days)
	for _, e := range pl.days {
		room := 0
		for s := range e.slots {
			room = max(room, e.room(s))
		}
		if room > 0 {
			out.Open++
		}
	}
	out.Slots = slices.Clone(pl.plan.Slots)
	return out
}

// Planning is what a plan depends on beside the books.
type Planning struct {
	Promo Promo
	Link  time.Duration   // the age of the link now
	Rand  func(n int) int // 0 <= result < n: the order of the people and their wordings
}
