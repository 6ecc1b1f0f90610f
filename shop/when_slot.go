package shop

import (
	"strconv"
	"strings"
	"time"
)

// ParseSlot reads from when a promo may be sent: a day to come, or the start of a slot on
// it, for promos start at no other time (domain facts, section 3). The error is an *Error
// that names the slots nearest to what was said.
func (p Promo) ParseSlot(text string, now time.Time) (time.Time, error) {
	t, err := ParseWhen(text, now)
	if err != nil {
		return t, err
	}
	whole := t.Equal(Midnight(t))
	switch {
	case t.Before(now) && !(whole && t.Equal(Midnight(now))):
		return time.Time{}, &Error{Code: "slot_past", Sentence: strconv.Quote(text) + " is over", Hint: p.slotsHint(now, now)}
	case whole || p.isSlot(t):
		return t, nil
	}
	return time.Time{}, &Error{Code: "slot", Sentence: strconv.Quote(text) + " is no start of an evening of promos", Hint: p.slotsHint(t, now)}
}

// NearestSlots are the last start of a slot before an instant and the first one after it,
// as far as they are still to come.
func (p Promo) NearestSlots(t, now time.Time) (near []time.Time) {
	var before, after time.Time
	for _, s := range p.Slots {
		next := s.NextAfter(t)
		if after.IsZero() || next.Before(after) {
			after = next
		}
		if last := s.NextAfter(t.AddDate(0, 0, -7)); last.Before(t) && last.After(before) {
			before = last
		}
	}
	if before.After(now) {
		near = append(near, before)
	}
	if !after.IsZero() {
		near = append(near, after)
	}
	return near
}

func (p Promo) isSlot(t time.Time) bool {
	for _, s := range p.Slots {
		if s.NextAfter(t).Equal(t) {
			return true
		}
	}
	return false
}

func (p Promo) slotsHint(t, now time.Time) string {
	var names []string
	for _, at := range p.NearestSlots(t, now) {
		names = append(names, DateClock(at))
	}
	return strings.Join(names, " or ")
}
