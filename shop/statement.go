package shop

import "time"

// Line is one line of a dropshipper's statement: one posting, as far as it changes what
// they owe. Announcements change nothing and have no line.
type Line struct {
	Number    int64 // of the posting
	Reference string
	Reason    string
	At        time.Time
	Amount    Rupiah // positive: more is owed
	Owed      Rupiah // after it; negative: a deposit
}

// MostLines is how many lines of a statement a turn sees.
const MostLines = 300

// LinesOf are those of some lines that fall into a span.
func LinesOf(all []Line, from, to time.Time) (out []Line) {
	for _, l := range all {
		if !l.At.Before(from) && l.At.Before(to) {
			out = append(out, l)
		}
	}
	return out
}

// NearLimit is the share of the limit, in percent, from which a dropshipper is warned.
const NearLimit = 80

// Near tells whether so much use of the limit is near its end.
func (d Dropshipper) Near(used Rupiah) bool { return d.Limit > 0 && used*100 >= d.Limit*NearLimit }

// Warns tells whether a step from one use of the limit to what is used now crossed the
// mark: the warning comes once, and again after it has been below.
func (a *Account) Warns(before Rupiah) bool { return !a.Near(before) && a.Near(a.Used) }

// Aging is what is owed by age, counted from the instant at which it was due.
type Aging struct {
	Current                   Rupiah // not due yet
	Week, Month, Older, Total Rupiah // up to 7 days late, up to 30, more
}

// Aged sorts what is owed by how late it is. terms is how long after an order its cost is
// due: "every day" (domain facts, section 4).
func (a *Account) Aged(terms time.Duration, now time.Time) (g Aging) {
	for _, u := range a.Unpaid {
		switch late := now.Sub(u.Order.PlacedAt.Add(terms)); {
		case late < 0:
			g.Current += u.Rest
		case late < 7*24*time.Hour:
			g.Week += u.Rest
		case late < 30*24*time.Hour:
			g.Month += u.Rest
		default:
			g.Older += u.Rest
		}
	}
	g.Total = a.Used
	return g
}

// Due is when what is owed longest has to be paid, zero when nothing is owed.
func (a *Account) Due(terms time.Duration) time.Time {
	if a.DueSince.IsZero() {
		return time.Time{}
	}
	return a.DueSince.Add(terms)
}
