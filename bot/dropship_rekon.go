package bot

import (
	"strconv"
	"strings"

	"bestie/shop"
	"bestie/templates"
)

// rekon answers "rekon shopee 12 15 1200000 1" (orders, items, sales, cancelled), with a day
// behind it if it is not today's, and "rekon" alone with the week.
func (c *turn) rekon(r request) []templates.Text {
	today := shop.DayOf(c.Now)
	said := joinUnits(r.rest)
	if len(said) == 0 || len(said) == 2 && said[0] == "minggu" && said[1] == "ini" || len(said) == 1 && said[0] == "minggu" {
		if r.asksSomething() {
			return nil
		}
		return c.rekonTable(today)
	}
	p, ok := shop.PlatformNamed(said[0])
	if !ok || r.asksSomething() {
		return nil
	}
	day := today
	if len(said) > 5 {
		if day, ok = shop.DayNamed(strings.Join(said[5:], " "), today, shop.RekonDays); !ok {
			return c.usage(r)
		}
		said = said[:5]
	}
	report, ok := rekonOf(said, p, day)
	if !ok {
		return c.usage(r)
	}
	report.At = c.Now
	told := templates.RekonNoted{Name: c.name(), New: report}
	if old := shop.RekonOf(c.Rekons, p, day); old != nil {
		before := *old
		told.Old, told.Repeated = &before, before.Same(report)
		*old = report
	} else {
		c.Rekons = append(c.Rekons, report)
	}
	if !told.Repeated {
		c.out.Rekons = append(c.out.Rekons, report)
	}
	told.Missing = shop.RekonGaps(c.Rekons, today)
	return []templates.Text{told}
}

// rekonOf reads a report: the sales may be nothing, the others are counts.
func rekonOf(said []string, p shop.Platform, day shop.Day) (r shop.Rekon, ok bool) {
	if len(said) != 5 {
		return r, false
	}
	counts := [3]int{}
	for i, at := range [3]int{1, 2, 4} {
		n, err := strconv.Atoi(said[at])
		if err != nil || n < 0 || n > shop.MostRekon {
			return r, false
		}
		counts[i] = n
	}
	sales, err := shop.ParseAmount(said[3])
	if err != nil && err != shop.AmountZero {
		return r, false
	}
	r = shop.Rekon{Platform: p, Day: day, Orders: counts[0], Items: counts[1], Sales: sales, Cancelled: counts[2]}
	return r, r.Cancelled <= r.Orders
}

// rekonTable shows the week: a long one in several messages.
func (c *turn) rekonTable(today shop.Day) (out []templates.Text) {
	const most = 7
	t := templates.RekonTable{Name: c.name(), Rows: c.Rekons, Missing: shop.RekonGaps(c.Rekons, today)}
	if len(t.Rows) <= most {
		return []templates.Text{t}
	}
	for _, p := range shop.SellingPlatforms {
		one := templates.RekonTable{Name: c.name()}
		for _, r := range t.Rows {
			if r.Platform == p {
				one.Rows = append(one.Rows, r)
			}
		}
		for _, g := range t.Missing {
			if g.Platform == p {
				one.Missing = append(one.Missing, g)
			}
		}
		if len(one.Rows) > 0 {
			out = append(out, one)
		}
	}
	return out
}
