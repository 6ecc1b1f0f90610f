package bot

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"bestie/shop"
	"bestie/templates"
)

// staff is everybody who works for the desk.
func (c *turn) staff() []shop.Person { return c.Roster }

// targets are the names to which a chat can be passed.
func (o *order) targets() (names []string) {
	for _, a := range o.c.staff() {
		if name := a.CallName(); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, d := range o.c.Divisions {
		names = append(names, d.Name)
	}
	return names
}

// target finds who is meant by a name: a whole one, one of its words, or one mistyped
// that nobody else can be.
func (o *order) target(name string) (admin *shop.Person, division *shop.Division) {
	name = strings.ToLower(name)
	known := map[string]string{}
	var words []string
	for _, t := range o.targets() {
		for _, w := range append(strings.Fields(strings.ToLower(t)), strings.ToLower(t)) {
			if known[w] == "" {
				words = append(words, w)
			}
			known[w] = t
		}
	}
	called, ok := known[name]
	if !ok {
		called = known[templates.Mistyped(name, words)]
	}
	for i := range o.c.Divisions {
		if o.c.Divisions[i].Name == called {
			return nil, &o.c.Divisions[i]
		}
	}
	for _, a := range o.c.staff() {
		if called != "" && a.CallName() == called {
			return &a, nil
		}
	}
	return nil, nil
}

func (o *order) knowsTarget(rest string) bool {
	name, _ := cutWord(rest)
	admin, division := o.target(name)
	return admin != nil || division != nil
}

// pass answers "oper 3 sari" and "oper 3 gudang": what stands behind the name goes
// along as a note.
func (o *order) pass(v *shop.TicketView, rest string) templates.Text {
	if !v.Open() {
		return templates.Closed{Number: v.Number, Name: v.Person.CallName(), Already: true}
	}
	name, note := cutWord(rest)
	note = strings.TrimSpace(note)
	admin, division := o.target(name)
	c := o.c
	if division != nil {
		if v.ClaimedBy != c.Person.ID {
			o.take(c.Person) // the answer comes back to them
		}
		o.act(shop.Action{Kind: shop.ActPass, Division: division.Name})
		v.Division = division.Name
		o.alert(division.Person.ID, templates.DivisionCase{
			Number: v.Number, Name: v.Person.CallName(), By: c.Person.CallName(), Order: orderOf(v), Words: v.Words, Note: note, Group: division.Person.IsGroup(),
		})
		return templates.Passed{Number: v.Number, Name: v.Person.CallName(), To: division.Name, Division: true}
	}
	if admin.ID == c.Person.ID {
		return o.claim(v, "paksa")
	}
	o.take(*admin)
	told := templates.Handed{
		Number: v.Number, Name: v.Person.CallName(), By: c.Person.CallName(), Words: v.Words, Note: note, Phone: v.Person.Phone,
	}
	if v.Wait != nil {
		told.Waiting = c.Now.Sub(v.Wait.Since)
	}
	o.alert(admin.ID, told)
	return templates.Passed{Number: v.Number, Name: v.Person.CallName(), To: admin.CallName()}
}

// orderOf is the number of the customer's order, as far as it was said.
func orderOf(v *shop.TicketView) string {
	if n := templates.OrderNumber(v.Words); n != "" {
		return n
	}
	return v.Memory.Known(templates.VarOrder)
}

// Bounds of a promise.
const (
	shortestPromise = time.Minute
	longestPromise  = 24 * time.Hour
)

var (
	spanForm  = regexp.MustCompile(`^(?i:dalam\s+)?(\d{1,4}|se)\s*(?i:(m|mnt|min|menit|j|jam|h)(?:\s+lagi)?)?$`)
	clockForm = regexp.MustCompile(`^(?i:sebelum\s+)?(?i:(?:jam|pukul|pkl)\s+)?(\d{1,2})[.:](\d{2})$`)
)

// promiseUntil reads "10m", "10 menit", "1 jam", "17.10"; the zero time for anything
// else and for what is out of bounds.
func promiseUntil(text string, now time.Time) (until time.Time) {
	text = strings.TrimSpace(text)
	if p := clockForm.FindStringSubmatch(text); p != nil {
		hour, _ := strconv.Atoi(p[1])
		minute, _ := strconv.Atoi(p[2])
		if hour > 23 || minute > 59 {
			return time.Time{}
		}
		y, m, d := now.In(shop.WIB).Date()
		if until = time.Date(y, m, d, hour, minute, 0, 0, shop.WIB); !until.After(now) {
			until = until.AddDate(0, 0, 1)
		}
	} else if p := spanForm.FindStringSubmatch(text); p != nil && (p[1] != "se" || p[2] != "") {
		n := 1
		if p[1] != "se" {
			n, _ = strconv.Atoi(p[1])
		}
		unit := time.Minute
		if u := strings.ToLower(p[2]); strings.HasPrefix(u, "j") || u == "h" {
			unit = time.Hour
		}
		until = now.Add(time.Duration(n) * unit).Add(59 * time.Second).Truncate(time.Minute) // told by the minute, held by the minute
	}
	if left := until.Sub(now); left < shortestPromise || left > longestPromise+time.Minute {
		return time.Time{}
	}
	return until
}

func (o *order) knowsTime(rest string) bool { return !promiseUntil(rest, o.c.Now).IsZero() }

// promise answers "nanti 3 10m": the customer is told a time, and the admin is held
// to it.
func (o *order) promise(v *shop.TicketView, rest string) templates.Text {
	c := o.c
	if !v.Open() {
		return templates.Closed{Number: v.Number, Name: v.Person.CallName(), Already: true}
	}
	until := promiseUntil(rest, c.Now)
	if v.ClaimedBy != c.Person.ID {
		o.take(c.Person)
	}
	o.act(shop.Action{Kind: shop.ActPromise, Until: until})
	text, err := c.write(templates.WillCall{Name: v.Person.CallName(), Until: until, Now: c.Now})
	o.err = errors.Join(o.err, err)
	c.out.Drafts = append(c.out.Drafts, shop.Draft{To: v.Person.ID, Lane: shop.LaneReply, Text: text, Exempt: true, Parts: says("promise")})
	return templates.Promised{Number: v.Number, Name: v.Person.CallName(), Until: until, Now: c.Now}
}
