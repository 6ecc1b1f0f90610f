package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"bestie/shop"
)

// scalars reads the items of a list one by one, so that every wrong one is
// named; a list has at least one item and at most most.
func scalars[T any](v rawValue, most int, parse func(string) (T, error)) ([]T, []Mistake) {
	if v.shape != shapeList {
		return nil, []Mistake{{Line: v.line, Problem: "found " + v.found() + " where a list belongs"}}
	}
	if len(v.items) == 0 || len(v.items) > most {
		return nil, []Mistake{{Line: v.line, Problem: fmt.Sprintf("has %d items", len(v.items))}}
	}
	var out []T
	var mistakes []Mistake
	for _, item := range v.items {
		if item.shape != shapeScalar {
			mistakes = append(mistakes, Mistake{Line: item.line, Problem: "found " + item.found() + " as an item of the list"})
			continue
		}
		parsed, err := parse(item.text)
		if err != nil {
			mistakes = append(mistakes, Mistake{Line: item.line, Problem: item.found() + " " + err.Error()})
			continue
		}
		out = append(out, parsed)
	}
	return out, mistakes
}

// showList writes a list in YAML's one-line form.
func showList[T any](items []T, show func(T) string) string {
	words := make([]string, len(items))
	for i, item := range items {
		words[i] = show(item)
	}
	return "[" + strings.Join(words, ", ") + "]"
}

// Bounds of one level of the pager.
const (
	leastLevel = time.Second
	mostLevel  = 12 * time.Hour
	mostLevels = 8
)

// holdLevel is the place of the level at which the customer is told that we are at it.
const holdLevel = 2

// levelsKind is the list of ages at which pages leave. Their ranks follow from
// their places: the first is the duty admin, the second the second admin too,
// the next ones the supervisor, the last one the breach.
func levelsKind() settingKind {
	return settingKind{
		allowed: fmt.Sprintf("1 to %d ascending times from %s", mostLevels, spanBounds(leastLevel, mostLevel)),
		shape:   shapeList,
		set: func(c *Config, v rawValue) []Mistake {
			var last time.Duration
			ages, mistakes := scalars(v, mostLevels, func(s string) (time.Duration, error) {
				age, err := parseBoundSpan(s, leastLevel, mostLevel)
				if err == nil && age <= last {
					err = refusal("is not later than the " + formatSpan(last) + " before it")
				}
				last = max(last, age)
				return age, err
			})
			if len(mistakes) > 0 {
				return mistakes
			}
			levels := make([]shop.Level, len(ages))
			for i, age := range ages {
				levels[i] = shop.Level{After: age, Rank: rankAt(i, len(ages)), Hold: i == holdLevel}
			}
			c.SLA.Levels = levels
			return nil
		},
		show: func(c *Config) string {
			return showList(c.SLA.Levels, func(l shop.Level) string { return formatSpan(l.After) })
		},
	}
}

// rankAt is the rank of the i-th of n levels; a lone level is a warning.
func rankAt(i, n int) shop.Rank {
	if i > 0 && i == n-1 {
		return shop.RankOwner
	}
	return min(shop.Rank(i+1), shop.RankSupervisor)
}

// warnKind is the first level of the list alone. Levels that would not come
// after it are dropped; the others keep their ranks.
func warnKind() settingKind {
	return settingKind{
		allowed: spanBounds(leastLevel, mostLevel),
		shape:   shapeScalar,
		set: func(c *Config, v rawValue) []Mistake {
			var warn time.Duration
			one := spanKind(func(*Config) *time.Duration { return &warn }, leastLevel, mostLevel)
			if mistakes := one.set(c, v); len(mistakes) > 0 {
				return mistakes
			}
			levels := []shop.Level{{After: warn, Rank: c.SLA.Levels[0].Rank, Hold: c.SLA.Levels[0].Hold}}
			for _, l := range c.SLA.Levels[1:] {
				if l.After > warn {
					levels = append(levels, l)
				}
			}
			c.SLA.Levels = levels
			return nil
		},
		show: func(c *Config) string { return formatSpan(c.SLA.Levels[0].After) },
	}
}

// capsKind is the daily cap of promos in the first weeks of a link.
func capsKind(at func(*Config) *[]int, most int) settingKind {
	const mostWeeks = 12
	return settingKind{
		allowed: fmt.Sprintf("1 to %d whole numbers of 0 to %d, one a week", mostWeeks, most),
		shape:   shapeList,
		set: func(c *Config, v rawValue) []Mistake {
			caps, mistakes := scalars(v, mostWeeks, func(s string) (int, error) { return parseCount(s, 0, most) })
			if len(mistakes) == 0 {
				*at(c) = caps
			}
			return mistakes
		},
		show: func(c *Config) string {
			return showList(*at(c), func(n int) string { return fmt.Sprint(n) })
		},
	}
}

// slotsKind is the list of weekdays and times at which promos start.
func slotsKind(at func(*Config) *[]shop.Slot) settingKind {
	const mostSlots = 14
	return settingKind{
		allowed: fmt.Sprintf(`1 to %d different slots such as "wed 17:00" or "jumat 19.00" (WIB)`, mostSlots),
		shape:   shapeList,
		set: func(c *Config, v rawValue) []Mistake {
			var seen []shop.Slot
			slots, mistakes := scalars(v, mostSlots, func(s string) (shop.Slot, error) {
				slot, err := parseSlot(s)
				if err == nil && slices.Contains(seen, slot) {
					err = refusal("is there twice")
				}
				seen = append(seen, slot)
				return slot, err
			})
			if len(mistakes) > 0 {
				return mistakes
			}
			*at(c) = slots
			return nil
		},
		show: func(c *Config) string { return showList(*at(c), formatSlot) },
	}
}
