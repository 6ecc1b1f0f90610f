package shop

import (
	"fmt"
	"strings"
	"time"
)

// CampaignPlan is what a campaign will do with its audience: how many of each fate, and
// how many in each slot.
type CampaignPlan struct {
	At       time.Time // when it was made
	Chosen   int
	Fates    map[Fate]int
	Slots    []SlotPlan  // those with people, by time
	Evenings int         // evenings with slots before the campaign ends
	Open     int         // … of them with room left
	Samples  []Candidate // the first of those who get it, at most three
}

// SlotPlan is how many people one slot serves.
type SlotPlan struct {
	At     time.Time
	People int
}

// Safe is how many people nothing but caps and room speaks against.
func (p CampaignPlan) Safe() int {
	return p.Fates[FateSafe] + p.Fates[FateCapped] + p.Fates[FateNoRoom]
}

// Capped is how many have had their promos for the days that are left.
func (p CampaignPlan) Capped() int { return p.Fates[FateCapped] }

// NoRoom is how many do not fit into any evening.
func (p CampaignPlan) NoRoom() int { return p.Fates[FateNoRoom] }

// Days are the slots taken together by calendar day, in order.
func (p CampaignPlan) Days() (days []SlotPlan) {
	for _, s := range p.Slots {
		if last := len(days) - 1; last >= 0 && days[last].At.Equal(Midnight(s.At)) {
			days[last].People += s.People
		} else {
			days = append(days, SlotPlan{At: Midnight(s.At), People: s.People})
		}
	}
	return days
}

// String is the plan in one English line: "412 chosen, 355 safe: 160 on Wed 25 Nov, 195
// on Fri 27 Nov".
func (p CampaignPlan) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d chosen, %d safe", p.Chosen, p.Safe())
	for i, d := range p.Days() {
		sep := ", "
		if i == 0 {
			sep = ": "
		}
		fmt.Fprintf(&b, "%s%d on %s", sep, d.People, d.At.Format("Mon 2 Jan"))
	}
	if n := p.Fates[FateCapped]; n > 0 {
		fmt.Fprintf(&b, ", %d capped", n)
	}
	if n := p.Fates[FateNoRoom]; n > 0 {
		fmt.Fprintf(&b, ", no room for %d", n)
	}
	return b.String()
}

// Refusal is why a campaign cannot be planned at all: nobody would get it. nil when
// somebody does.
func (p CampaignPlan) Refusal() error {
	switch {
	case p.Fates[FateSafe] > 0:
		return nil
	case p.Chosen == 0:
		return &Error{Code: "promo_nobody", Sentence: "the audience chooses nobody", Hint: "widen the query of the audience"}
	case p.Evenings == 0:
		return &Error{Code: "promo_no_evening", Sentence: "there is no slot before the campaign ends", Hint: "let it expire later"}
	case p.Fates[FateNoRoom] > 0:
		return &Error{Code: "promo_no_room", Sentence: "all evenings before the campaign ends are full", Hint: "let it expire later, or wait until the link is older: the daily cap grows with its age"}
	case p.Fates[FateCapped] > 0:
		return &Error{Code: "promo_capped", Sentence: "everybody whom it may reach has had their promos for the week", Hint: "let it expire later"}
	}
	return &Error{Code: "promo_nobody_safe", Sentence: "nobody of the audience may be sent promos", Hint: "the list by fate tells why"}
}

// Title is how people call a campaign.
func (c Campaign) Title() string {
	if c.Name != "" {
		return c.Name
	}
	return c.Text
}
