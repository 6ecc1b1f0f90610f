package shop

import (
	"slices"
	"time"
)

// Slot is a weekday and time at which promos start (domain facts, section 3:
// Wednesday and Friday, 17:00 and 19:00 WIB). It is the start of a window, not
// an instant (field guide, section 5, requirement 2).
type Slot struct {
	Weekday      time.Weekday
	Hour, Minute int
}

// DefaultSlots are the shop's four.
func DefaultSlots() []Slot {
	return []Slot{{time.Wednesday, 17, 0}, {time.Wednesday, 19, 0}, {time.Friday, 17, 0}, {time.Friday, 19, 0}}
}

// NextAfter returns the first start of the slot at or after t.
func (s Slot) NextAfter(t time.Time) time.Time {
	t = t.In(WIB)
	days := (int(s.Weekday) - int(t.Weekday()) + 7) % 7
	at := time.Date(t.Year(), t.Month(), t.Day()+days, s.Hour, s.Minute, 0, 0, WIB)
	if at.Before(t) {
		at = time.Date(t.Year(), t.Month(), t.Day()+days+7, s.Hour, s.Minute, 0, 0, WIB)
	}
	return at
}

// Promo holds the rules of sending promos. Every figure is a setting with the
// default of the field guide, section 5; none may be zero or unlimited in a
// configuration file.
type Promo struct {
	Slots            []Slot
	PaceMin, PaceMax time.Duration // random gap between two promos
	Batch            int           // promos before a rest
	RestMin, RestMax time.Duration
	WindowFrom       time.Duration // since midnight WIB; nothing is sent before
	WindowUntil      time.Duration // … or from then on
	Late             time.Duration // a slot later than this is missed, not sent
	CapWeeks         []int         // daily cap in the first weeks of the link
	CapGrowth        int           // percent a week after those
	CapCeiling       int
	YieldSlow        int // customers without an answer from which on promos leave three times slower; 0: never
	YieldStop        int // … from which on none leaves; 0: never
}

// DefaultPromo is the policy of the field guide.
func DefaultPromo() Promo {
	return Promo{
		Slots: DefaultSlots(), PaceMin: 20 * time.Second, PaceMax: 60 * time.Second,
		Batch: 20, RestMin: 10 * time.Minute, RestMax: 20 * time.Minute,
		WindowFrom: 8 * time.Hour, WindowUntil: 21 * time.Hour, Late: 45 * time.Minute,
		CapWeeks: []int{0, 20, 50}, CapGrowth: 25, CapCeiling: 200,
		YieldSlow: 3, YieldStop: 10,
	}
}

// NextOpen returns now if promos may leave now, else the instant at which the
// next evening opens. An evening is open from its first slot, but never before
// WindowFrom, until WindowUntil. Without any such slot nothing ever may leave:
// the answer is then always a week away.
func (p Promo) NextOpen(now time.Time) time.Time {
	today := Midnight(now)
	next := now.AddDate(0, 0, 7)
	for _, s := range p.Slots {
		opens := max(time.Duration(s.Hour)*time.Hour+time.Duration(s.Minute)*time.Minute, p.WindowFrom)
		if opens >= p.WindowUntil {
			continue
		}
		day := today.AddDate(0, 0, (int(s.Weekday)-int(today.Weekday())+7)%7)
		if !now.Before(day.Add(p.WindowUntil)) {
			day = day.AddDate(0, 0, 7)
		}
		if at := day.Add(opens); at.Before(next) {
			next = at
		}
	}
	if next.Before(now) {
		return now
	}
	return next
}

// DailyCap is how many promos may leave a day when the link is this old; a link
// from the future (the clock was set back) is new.
func (p Promo) DailyCap(link time.Duration) int {
	week := int(max(link, 0) / (7 * 24 * time.Hour))
	if week < len(p.CapWeeks) {
		return min(p.CapWeeks[week], p.CapCeiling)
	}
	limit := 1
	if n := len(p.CapWeeks); n > 0 {
		limit = max(limit, p.CapWeeks[n-1])
	}
	for w := len(p.CapWeeks); w <= week && limit < p.CapCeiling; w++ {
		limit = max(limit+1, limit*(100+p.CapGrowth)/100)
	}
	return min(limit, p.CapCeiling)
}

// PreferredHour chooses among the slots' hours the one nearest to the hours in
// which a person usually writes, given as 24 counts. In doubt, and without a
// message in the afternoon or evening, it is the latest (domain facts, section 3).
// It is 0 when there are no hours.
func PreferredHour(hours []int, wrote [24]int) int {
	if len(hours) == 0 {
		return 0
	}
	latestFirst := slices.SortedFunc(slices.Values(hours), func(a, b int) int { return b - a })
	score := make(map[int]int, len(hours))
	for h := 12; h < 24; h++ {
		best := latestFirst[0]
		for _, slot := range latestFirst {
			if distance(h, slot) < distance(h, best) {
				best = slot
			}
		}
		score[best] += wrote[h]
	}
	best := latestFirst[0]
	for _, slot := range latestFirst {
		if score[slot] > score[best] {
			best = slot
		}
	}
	return best
}

// distance is how many hours an hour of writing lies from a slot.
func distance(hour, slot int) int {
	if d := hour - slot; d >= 0 {
		return d
	}
	return slot - hour
}

// PromoHistory is what a person got before, as calendar days WIB.
type PromoHistory []time.Time

// CapFrees returns the first instant at or after now at which the person may
// get another promo: at most one a day, on at most 2 of any 7 consecutive
// calendar days, over all campaigns (domain facts, section 3).
func (h PromoHistory) CapFrees(now time.Time) time.Time {
	for day := Midnight(now); ; day = day.AddDate(0, 0, 1) {
		if h.allows(day) {
			if day.Before(now) {
				return now
			}
			return day
		}
	}
}

// allows checks every window of seven days that contains the day.
func (h PromoHistory) allows(day time.Time) bool {
	if len(h) == 0 {
		return true
	}
	got := map[time.Time]bool{}
	for _, t := range h {
		got[Midnight(t)] = true
	}
	if got[day] {
		return false
	}
	for first := day.AddDate(0, 0, -6); !first.After(day); first = first.AddDate(0, 0, 1) {
		n := 0
		for i := range 7 {
			if got[first.AddDate(0, 0, i)] {
				n++
			}
		}
		if n >= 2 {
			return false
		}
	}
	return true
}

// Midnight is the beginning of t's calendar day in WIB.
func Midnight(t time.Time) time.Time {
	t = t.In(WIB)
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, WIB)
}

// Candidate is a person a campaign may still reach.
type Candidate struct {
	Person  Person
	Wrote   [24]int // messages of theirs by hour of the day, WIB
	History PromoHistory
	Fate    Fate   // all but the caps and the room, which depend on the slot: FateSafe if nothing else speaks against them
	City    string // the last one they named or a list said, "" for none
	Product string // what they last asked about, put into a cart or ordered; "" for nothing
	Shop    string // of a dropshipper
}
