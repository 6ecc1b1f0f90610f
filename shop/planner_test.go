package shop

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"
)

const oldLink = 40 * 7 * 24 * time.Hour

// wroteAt is somebody who writes at an hour only.
func wroteAt(hour int) (c [24]int) {
	c[hour] = 1000
	return c
}

func TestWritingHoursFade(t *testing.T) {
	var h WritingHours
	h.Add(day(mon, 13, 0))
	h.Add(day(mon, 20, 0).Add(hoursHalfLife))
	h.Add(day(mon, 20, 0)) // comes late
	if c := h.Counts(); c[13] < 490 || c[13] > 500 || c[20] < 1495 || c[20] > 1505 {
		t.Errorf("%v", c)
	}
	if h.Add(day(mon, 1, 0).UTC()); h.Counts()[1] == 0 {
		t.Error("not counted in WIB")
	}
}

func TestPerPromo(t *testing.T) {
	if got := DefaultPromo().PerPromo(); got != 83*time.Second { // 19 gaps of 40 s and a rest of 15 min in 20
		t.Error(got)
	}
	if got := (Promo{}).PerPromo(); got != 0 {
		t.Error(got)
	}
}

func TestPlaceByHourCapsAndRoom(t *testing.T) {
	p := DefaultPromo()
	got := func(days ...int) (h PromoHistory) {
		for _, d := range days {
			h = append(h, day(d, 17, 3))
		}
		return h
	}
	for _, c := range []struct {
		name string
		who  Candidate
		now  time.Time
		end  time.Time
		want Placement
	}{
		{"late by default", Candidate{}, day(mon, 9, 0), time.Time{}, Placement{Fate: FateSafe, Slot: day(wed, 19, 0), Hour: 19}},
		{"early by habit", Candidate{Wrote: wroteAt(13)}, day(mon, 9, 0), time.Time{}, Placement{Fate: FateSafe, Slot: day(wed, 17, 0), Hour: 17, Habit: true}},
		{"a slot that has just begun", Candidate{Wrote: wroteAt(13)}, day(wed, 17, 29), time.Time{}, Placement{Fate: FateSafe, Slot: day(wed, 17, 0), Hour: 17, Habit: true}},
		{"too late for it", Candidate{Wrote: wroteAt(13)}, day(wed, 17, 30), time.Time{}, Placement{Fate: FateSafe, Slot: day(fri, 17, 0), Hour: 17, Habit: true}},
		{"had one that day", Candidate{History: got(wed)}, day(wed, 9, 0), time.Time{}, Placement{Fate: FateSafe, Slot: day(fri, 19, 0), Hour: 19, Waited: true}},
		{"had two this week", Candidate{History: got(mon, tue)}, day(wed, 9, 0), time.Time{}, Placement{Fate: FateSafe, Slot: day(wed+7, 19, 0), Hour: 19, Waited: true}},
		{"… and it ends", Candidate{History: got(mon, tue)}, day(wed, 9, 0), day(fri, 23, 0), Placement{Fate: FateCapped, Hour: 19}},
		{"one is planned for Friday", Candidate{History: got(mon, fri)}, day(wed, 9, 0), day(wed, 23, 0), Placement{Fate: FateCapped, Hour: 19}},
		{"only the other hour before the end", Candidate{}, day(wed, 9, 0), day(wed, 18, 0), Placement{Fate: FateSafe, Slot: day(wed, 17, 0), Hour: 19, Moved: true}},
		{"no evening before the end", Candidate{}, day(wed, 9, 0), day(wed, 12, 0), Placement{Fate: FateNoRoom, Hour: 19}},
		{"opted out", Candidate{Fate: FateOptedOut}, day(wed, 9, 0), time.Time{}, Placement{Fate: FateOptedOut, Hour: 19}},
	} {
		t.Run(c.name, func(t *testing.T) {
			pl := NewPlanner(p, c.now, oldLink, nil, Campaign{ExpiresAt: c.end})
			if got := pl.Place(c.who); got != c.want {
				t.Errorf("%+v, want %+v", got, c.want)
			}
			if refused := pl.Plan().Refusal() != nil; refused != (c.want.Fate != FateSafe) {
				t.Errorf("refused: %t", refused)
			}
		})
	}
}

// TestPlanSaysHowManyFit: 412 chosen, 57 without consent; tonight's evening is full
// after what fits between 17.00 and 21.00 and the early birds.
func TestPlanSaysHowManyFit(t *testing.T) {
	pl := NewPlanner(DefaultPromo(), day(wed, 9, 0), oldLink, map[time.Time]int{day(wed, 0, 0): 13}, Campaign{ExpiresAt: day(fri, 23, 0)})
	for i := range 412 {
		c := Candidate{Fate: FateSafe}
		switch {
		case i%4 != 0:
			c.Wrote = wroteAt(14)
		case i < 57*4:
			c.Fate = FateNoConsent
		}
		pl.Place(c)
	}
	plan := pl.Plan()
	if got := plan.String(); got != "412 chosen, 355 safe: 160 on Wed 25 Nov, 173 on Fri 27 Nov, no room for 22" {
		t.Error(got)
	}
	if err := plan.Refusal(); err != nil || plan.Open != 0 {
		t.Error(err, plan.Open)
	}
}

func TestPlanRefuses(t *testing.T) {
	for _, c := range []struct {
		link time.Duration
		fate Fate
		n    int
		want string
	}{{0, FateSafe, 1, "promo_no_room"}, {oldLink, FateNoConsent, 1, "promo_nobody_safe"}, {oldLink, FateSafe, 0, "promo_nobody"}} {
		pl := NewPlanner(DefaultPromo(), day(wed, 9, 0), c.link, nil, Campaign{ExpiresAt: day(wed, 22, 0)})
		for range c.n {
			pl.Place(Candidate{Fate: c.fate})
		}
		var e *Error
		if err := pl.Plan().Refusal(); !errors.As(err, &e) || e.Code != c.want || e.Hint == "" {
			t.Errorf("%v, want %s", err, c.want)
		}
	}
}

// TestPlansKeepTheRules: whatever the audience, nobody is placed on a day that their caps
// forbid, outside the slots, after the end, or beyond what the evening has room for; and
// nobody is left out for whom there was room in the end.
func TestPlansKeepTheRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := DefaultPromo()
		p.CapCeiling = rapid.IntRange(1, 60).Draw(t, "ceiling")
		now := drawInstant(t)
		end := now.Add(time.Duration(rapid.IntRange(1, 14*24).Draw(t, "hours")) * time.Hour)
		booked := map[time.Time]int{Midnight(now): rapid.IntRange(0, 40).Draw(t, "booked")}
		pl := NewPlanner(p, now, oldLink, booked, Campaign{ExpiresAt: end})
		byDay := map[time.Time]int{}
		for range rapid.IntRange(0, 200).Draw(t, "people") {
			c := Candidate{Wrote: wroteAt(rapid.IntRange(0, 23).Draw(t, "hour"))}
			for range rapid.IntRange(0, 2).Draw(t, "promos") {
				at := now.Add(time.Duration(rapid.IntRange(-7*24, 7*24).Draw(t, "ago")) * time.Hour)
				if c.History.allows(Midnight(at)) {
					c.History = append(c.History, at)
				}
			}
			got := pl.Place(c)
			switch got.Fate {
			case FateSafe:
				byDay[Midnight(got.Slot)]++
				if !c.History.allows(Midnight(got.Slot)) || !got.Slot.Before(end) || now.Sub(got.Slot) >= p.Late {
					t.Fatalf("%+v for %v at %v until %v", got, c.History, now, end)
				}
			case FateNoRoom:
				for _, e := range pl.days {
					for s := range e.slots {
						if e.room(s) > 0 && c.History.allows(e.day) {
							t.Fatalf("there is room on %v", e.day)
						}
					}
				}
			}
		}
		for d, n := range byDay {
			if n+booked[d] > p.DailyCap(oldLink+d.Sub(now)) {
				t.Fatalf("%d on %v", n, d)
			}
		}
	})
}
