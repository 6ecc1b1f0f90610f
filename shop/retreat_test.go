package shop

import (
	"testing"
	"time"
)

// Every level lets out less than the one before, and what it says.
func TestRetreatLets(t *testing.T) {
	const never = -1
	wrote := []time.Duration{0, LiveFor, LiveFor + 1, KnownFor, KnownFor + 1, never}
	want := map[Lane][5]string{ // by level, for each of wrote
		LanePromo: {"yyyyyy", "------", "------", "------", "------"},
		LaneReply: {"yyyyyy", "yyyyyy", "yyyy--", "yy----", "------"},
		LaneAlert: {"yyyyyy", "yyyyyy", "yyyyyy", "yy----", "------"},
	}
	for lane, levels := range want {
		for level, lets := range levels {
			got := ""
			for _, w := range wrote {
				if Retreat(level).Lets(lane, w) {
					got += "y"
				} else {
					got += "-"
				}
			}
			if got != lets {
				t.Errorf("%s at level %d: %s, want %s", lane, level, got, lets)
			}
		}
	}
}

func TestGateRetreat(t *testing.T) {
	now := time.Date(2026, 11, 25, 17, 0, 0, 0, WIB)
	hour := now.Add(time.Hour)
	for _, c := range []struct {
		gate Gate
		want Retreat
	}{
		{Gate{}, RetreatNone},
		{Gate{Until: hour, Reason: RestPace}, RetreatNone},
		{Gate{Until: hour, Reason: "463"}, RetreatPromos},
		{Gate{Until: now, Reason: "463"}, RetreatNone},
		{Gate{Until: hour, Reason: "ban", Level: RetreatSilence, LevelUntil: hour}, RetreatSilence},
		{Gate{Until: hour, Reason: "ban", Level: RetreatSilence, LevelUntil: now}, RetreatPromos},
		{Gate{Reason: "", Level: RetreatKnown, LevelUntil: hour}, RetreatKnown},
	} {
		if got := c.gate.Retreat(now); got != c.want {
			t.Errorf("%+v: %d, want %d", c.gate, got, c.want)
		}
	}
}

func TestPromoHealth(t *testing.T) {
	for _, c := range []struct {
		h             PromoHealth
		few, unwanted bool
	}{
		{PromoHealth{Sent: 19}, false, false},
		{PromoHealth{Sent: 20, Arrived: 16, Tried: 20}, false, false},
		{PromoHealth{Sent: 20, Arrived: 15, Tried: 20}, true, false},
		{PromoHealth{Tried: 19, Stopped: 19}, false, false},
		{PromoHealth{Tried: 20, Stopped: 1}, false, true},
		{PromoHealth{Tried: 100, Stopped: 3}, false, false},
		{PromoHealth{Tried: 100, Stopped: 4}, false, true},
	} {
		if c.h.Delivery() != c.few || c.h.OptOuts() != c.unwanted {
			t.Errorf("%+v: too few arrive %v, too many opt out %v", c.h, c.h.Delivery(), c.h.OptOuts())
		}
	}
}
