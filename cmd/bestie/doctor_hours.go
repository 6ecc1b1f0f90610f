package main

import (
	"context"
	"fmt"
	"strings"

	"bestie/shop"
	"bestie/store"
)

// holidaysSoon is how many days before its end the list of holidays is called old.
const holidaysSoon = 60

// hours tells when the clocks of the desk run, and whether the list of holidays
// reaches far enough.
func (p *patient) hours() {
	h := p.config.SLA.Hours
	if h.Always() {
		p.ok("hours", "the desk's clocks run at all hours")
		return
	}
	week := strings.ReplaceAll(strings.Trim(showWeek(h.Week), "[]"), `"`, "")
	if week == "" {
		week = "at all hours"
	}
	now := "open"
	if !h.Open(p.now) {
		now = "closed; open again " + wib(h.After(p.now, 1))
	}
	p.ok("hours", "working hours (WIB): %s; %s; now %s", week, plural(len(h.Own), "own day"), now)
	if h.KeepsHolidays() || h.JointLeave {
		p.holidays()
	}
}

func (p *patient) holidays() {
	const hint = "install a newer build; until then write holidays into hours.days"
	today := shop.DayOf(p.now)
	switch left := int(shop.HolidaysUntil - today); {
	case left < 0:
		p.red("holidays", "the list of holidays ended on "+shop.HolidaysUntil.String()+": the desk is paged on holidays", hint)
	case left < holidaysSoon:
		p.note("holidays", fmt.Sprintf("the list of holidays ends in %s, on %s", plural(left, "day"), shop.HolidaysUntil), hint)
	default:
		next, _ := shop.NextHoliday(today)
		sure := ""
		if next.Day > shop.HolidaysDecreed {
			sure = ", provisional"
		}
		p.ok("holidays", "next holiday: %s, %s%s; the list reaches to %s", next.Day, next.Name, sure, shop.HolidaysUntil)
	}
}

// outages tells how long customers could not reach us in the last week, and whether
// they can now.
func (p *patient) outages(ctx context.Context, db *store.DB) error {
	from := p.now.Add(-7 * day)
	list, err := db.Outages(ctx, from, p.now)
	if err != nil {
		return err
	}
	lost := p.now.Sub(from) - shop.Hours{}.Without(list, from, p.now)
	if n := len(list); n > 0 && list[n-1].Until.IsZero() {
		open := list[n-1]
		p.note("outages", fmt.Sprintf("no customer can reach us since %s (%s, %s)", wib(open.From), age(p.now.Sub(open.From)), open.Reason), "the lines about the bot and its session say why")
		return nil
	}
	p.ok("outages", "the last 7 days: %s, %s in all", plural(len(list), "outage"), age(lost))
	return nil
}
