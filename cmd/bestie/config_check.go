package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Check tells whether the settings fit together; the error is a *ConfigError.
// LoadConfig has checked already; call it after the last Set.
func (c *Config) Check() error {
	if mistakes := c.broken(); len(mistakes) > 0 {
		return &ConfigError{mistakes}
	}
	return nil
}

// broken lists the rules over several settings that do not hold, each under the
// key that is more likely to be changed.
func (c *Config) broken() []Mistake {
	var out []Mistake
	ordered := func(key string, least time.Duration, other string, most time.Duration, format func(time.Duration) string) {
		if least > most {
			out = append(out, Mistake{Key: key, Problem: fmt.Sprintf("%s is more than %s, %s", format(least), other, format(most))})
		}
	}
	ordered("reply.typing_min", c.Reply.TypingMin, "reply.typing_max", c.Reply.TypingMax, formatSpan)
	ordered("reply.freshness", c.Reply.Freshness, "reply.apology_until", c.Reply.ApologyUntil, formatSpan)
	ordered("promo.pace_min", c.Promo.PaceMin, "promo.pace_max", c.Promo.PaceMax, formatSpan)
	ordered("promo.rest_min", c.Promo.RestMin, "promo.rest_max", c.Promo.RestMax, formatSpan)
	if c.Promo.WindowFrom >= c.Promo.WindowUntil {
		out = append(out, Mistake{Key: "promo.window_from", Problem: fmt.Sprintf("%s is not before promo.window_until, %s", formatClock(c.Promo.WindowFrom), formatClock(c.Promo.WindowUntil))})
	}
	for _, s := range c.Promo.Slots {
		at := time.Duration(s.Hour)*time.Hour + time.Duration(s.Minute)*time.Minute
		if at < c.Promo.WindowFrom || at >= c.Promo.WindowUntil {
			out = append(out, Mistake{Key: "promo.slots", Problem: fmt.Sprintf("%s is outside promo.window_from to promo.window_until", formatSlot(s))})
		}
	}
	if c.SLA.Hours.Never() {
		out = append(out, Mistake{Key: "hours.week", Problem: "is never open: no clock would ever run and nobody would be paged", Allowed: "hours on at least one weekday, or no hours.week at all"})
	}
	for i, a := range c.Admins {
		if a.Phone == c.Business.Number {
			out = append(out, Mistake{Key: "admins", Problem: fmt.Sprintf("[%d] has the business number itself", i), Allowed: "the admin's own WhatsApp number"})
		}
	}
	for _, d := range c.Divisions {
		named := slices.ContainsFunc(c.Admins, func(a Admin) bool { return slices.Contains(strings.Fields(strings.ToLower(a.Name)), d.Name) })
		number := d.Phone != "" && d.Phone == c.Business.Number || slices.ContainsFunc(c.Admins, func(a Admin) bool { return a.Phone == d.Phone })
		switch {
		case named:
			out = append(out, Mistake{Key: "divisions", Problem: d.Name + " is also the name of an admin", Allowed: "a name of its own"})
		case number:
			out = append(out, Mistake{Key: "divisions", Problem: d.Name + " has the number of an admin or of the business", Allowed: "a number of its own"})
		}
	}
	return append(append(out, c.brokenWarehouse()...), c.brokenRoster()...)
}
