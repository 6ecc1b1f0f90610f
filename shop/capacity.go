package shop

import (
	"slices"
	"time"
)

// PerPromo is how long a promo takes on average: the random gap, and its share of the
// rest after a batch. 0 means that promos leave as fast as they can, which only Go code
// can set.
func (p Promo) PerPromo() time.Duration {
	gap := (p.PaceMin + p.PaceMax) / 2
	if p.Batch < 1 {
		return gap
	}
	rest := (p.RestMin + p.RestMax) / 2
	return (gap*time.Duration(p.Batch-1) + rest) / time.Duration(p.Batch)
}

// evening is what one calendar day has room for. Its slots share the window: whoever
// is placed in an early one pushes those of a later one back.
type evening struct {
	day   time.Time
	slots []slotRoom // by time
	cap   int        // promos that may still be planned that day
}

// slotRoom is one slot of an evening.
type slotRoom struct {
	at   time.Time
	fits int // promos that can leave between its start and the end of the window
	used int // … that are planned for it
}

// unlimited stands for as many as one likes.
const unlimited = int(^uint(0) >> 1)

// evenings are the days with slots from now on that end before an instant. booked is how
// many promos other campaigns have planned or sent by day; they are taken as early ones.
func (p Promo) evenings(now, until time.Time, link time.Duration, booked map[time.Time]int) (list []evening) {
	for day := Midnight(now); day.Before(until); day = day.AddDate(0, 0, 1) {
		e := evening{day: day}
		shut := day.Add(p.WindowUntil)
		if until.Before(shut) {
			shut = until
		}
		for _, s := range p.Slots {
			at := day.Add(max(time.Duration(s.Hour)*time.Hour+time.Duration(s.Minute)*time.Minute, p.WindowFrom))
			if s.Weekday != day.Weekday() || !now.Before(at.Add(p.grace())) || !at.Before(shut) {
				continue
			}
			from := at
			if now.After(from) {
				from = now
			}
			e.slots = append(e.slots, slotRoom{at: at, fits: p.fit(shut.Sub(from))})
		}
		if len(e.slots) == 0 {
			continue
		}
		slices.SortFunc(e.slots, func(a, b slotRoom) int { return a.at.Compare(b.at) })
		e.slots = slices.CompactFunc(e.slots, func(a, b slotRoom) bool { return a.at.Equal(b.at) })
		e.slots[0].used = booked[day]
		e.cap = p.DailyCap(link+max(0, day.Sub(now))) - booked[day]
		list = append(list, e)
	}
	return list
}

// grace is how late a person may still be placed in a slot: earlier than it would be
// missed, so that what is planned at the last moment is sent.
func (p Promo) grace() time.Duration { return p.Late * 2 / 3 }

// fit is how many promos leave in a stretch of time.
func (p Promo) fit(span time.Duration) int {
	if p.PerPromo() <= 0 {
		return unlimited
	}
	return int(max(span, 0) / p.PerPromo())
}

// room is how many more fit into a slot of the evening: neither it nor a later one may
// run beyond the window.
func (e evening) room(slot int) int {
	left, before := e.cap, 0
	for i := len(e.slots) - 1; i >= 0; i-- {
		before += e.slots[i].used
		if i <= slot {
			left = min(left, e.slots[i].fits-before)
		}
	}
	return max(left, 0)
}
