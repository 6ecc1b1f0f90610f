package shop

import (
	"slices"
	"strings"
	"time"
)

// Rekon is what a dropshipper reports of one platform for one day (domain facts,
// section 4, "Daily reconciliation").
type Rekon struct {
	Platform  Platform
	Day       Day
	Orders    int
	Items     int
	Sales     Rupiah
	Cancelled int // of the orders
	At        time.Time
}

// RekonDays is how many days of reports a turn sees, today included.
const RekonDays = 8

// MostRekon bounds the numbers of orders and items of a day.
const MostRekon = 100_000

// Same tells that two reports give the same figures.
func (r Rekon) Same(o Rekon) bool {
	r.At = o.At
	return r == o
}

// RekonOf is the report of a platform for a day, nil when there is none.
func RekonOf(all []Rekon, p Platform, d Day) *Rekon {
	for i := range all {
		if all[i].Platform == p && all[i].Day == d {
			return &all[i]
		}
	}
	return nil
}

// RekonGap is a day for which a platform that is reported otherwise was not.
type RekonGap struct {
	Platform Platform
	Day      Day
}

// RekonGaps are the days before today, within RekonDays, that were left out: of each
// platform from its first report on, oldest first.
func RekonGaps(all []Rekon, today Day) (out []RekonGap) {
	for _, p := range SellingPlatforms {
		first := today
		for _, r := range all {
			if r.Platform == p && r.Day > today-RekonDays {
				first = min(first, r.Day)
			}
		}
		for d := first; d < today; d++ {
			if RekonOf(all, p, d) == nil {
				out = append(out, RekonGap{p, d})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b RekonGap) int { return int(a.Day - b.Day) })
	return out
}

// WantsRekons tells whether a message may be about the daily reports, so that they are
// worth reading: generous, for typing mistakes.
func WantsRekons(text string) bool {
	return slices.ContainsFunc(strings.Fields(strings.ToLower(text)), func(w string) bool {
		return strings.HasPrefix(w, "re") || strings.HasPrefix(w, "rk")
	})
}
