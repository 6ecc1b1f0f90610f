package scheduler_test

import (
	"cmp"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bestie/shop"
	"bestie/store"
)

// world is what a random play does to the pager, noted beside the database.
type world struct {
	*desk
	t      *rapid.T
	raw    *sql.DB // looks at the rows, and claims as the desk does
	staff  []shop.Person
	downs  [][2]time.Time         // when the program did not run
	claims map[int64][]claimed    // by customer
	got    map[string][]time.Time // pages by the phone they reached
	hours  shop.Hours             // when the clocks run
}

// shifts are working hours with breaks in which a play may well fall.
func shifts() shop.Hours {
	var h shop.Hours
	for day := range h.Week {
		for minute := 0; minute < 24*60; minute += 11 {
			h.Week[day] = append(h.Week[day], shop.Stretch{From: time.Duration(minute) * time.Minute, Until: time.Duration(min(minute+7, 24*60)) * time.Minute})
		}
	}
	return h
}

// setSLA gives the database the clock of this play.
func (w *world) setSLA() {
	sla := shop.DefaultSLA()
	sla.Hours = w.hours
	w.db.SetSLA(sla)
}

// aged is the first instant at which a customer has waited for a time, counted by the
// second, outside breaks.
func (w *world) aged(since time.Time, age time.Duration) time.Time {
	if len(w.hours.Week[0]) == 0 {
		return since.Add(age)
	}
	at := since
	for age > 0 {
		if t := at.In(shop.WIB); (t.Hour()*60+t.Minute())%11 < 7 {
			age -= time.Second
		}
		at = at.Add(time.Second)
	}
	return at
}

type claimed struct {
	at time.Time
	by int64
}

const crowd = 5

func newWorld(outer *testing.T, t *rapid.T) *world {
	w := &world{desk: newDesk(outer), t: t, claims: map[int64][]claimed{}, got: map[string][]time.Time{}}
	w.staff = []shop.Person{w.admin}
	for i, role := range []shop.Role{shop.RoleSecond, shop.RoleSupervisor, shop.RoleOwner} {
		p, err := w.db.Register(outer.Context(), start, fmt.Sprintf("628130000000%d", i+2), string(role), role)
		if err != nil {
			outer.Fatal(err)
		}
		w.staff = append(w.staff, p)
	}
	for n := range crowd {
		w.customer(n, start)
	}
	w.wire.answer = func(m shop.Outgoing) error {
		if slices.ContainsFunc(w.staff, func(p shop.Person) bool { return p.Phone == m.To.Phone }) {
			w.got[m.To.Phone] = append(w.got[m.To.Phone], w.clock.Now())
		}
		return nil
	}
	raw, err := sql.Open("sqlite", "file:"+filepath.Join(w.dir, store.FileName)+"?_pragma=busy_timeout(5000)")
	if err != nil {
		outer.Fatal(err)
	}
	outer.Cleanup(func() { _ = raw.Close() })
	w.raw = raw
	if rapid.Bool().Draw(t, "shifts") {
		w.hours = shifts()
	}
	w.setSLA()
	w.out.Policy.Guards = shop.Guards{} // nobody is told of replies that are held back
	return w
}

// human lets somebody answer a customer on the shop phone.
func (w *world) human(n int) {
	now := w.clock.Now()
	_, err := w.db.Receive(w.Context(), now, 0, shop.Incoming{
		Account: "628110000000", Chat: shop.Address{LID: fmt.Sprint(1000 + n), Phone: fmt.Sprintf("62812%08d", n)},
		ID: w.wire.NewMessageID(), FromMe: true, Kind: shop.KindText, Text: "saya bantu", SentAt: now,
	})
	if err != nil {
		w.Fatal(err)
	}
	w.turn(now, shop.Outcome{Human: now, Cancel: true})
}

// claim takes the open ticket of a customer, if there is one.
func (w *world) claim(n int, by shop.Person) {
	now := w.clock.Now()
	p, _, err := w.db.PersonByPhone(w.Context(), fmt.Sprintf("62812%08d", n))
	if err != nil {
		w.Fatal(err)
	}
	res, err := w.raw.Exec("UPDATE tickets SET claimed_by = $1, claimed_at = $2 WHERE person_id = $3 AND closed_at IS NULL", by.ID, now.UnixMilli(), p.ID)
	if err != nil {
		w.Fatal(err)
	}
	if did, _ := res.RowsAffected(); did > 0 {
		w.claims[p.ID] = append(w.claims[p.ID], claimed{now, by.ID})
	}
}

// down lets the program be dead for a while; kept rows are all that is left.
func (w *world) down(span time.Duration) {
	if err := w.db.Close(); err != nil {
		w.Fatal(err)
	}
	from := w.clock.Now()
	w.clock.Advance(span)
	w.downs = append(w.downs, [2]time.Time{from, w.clock.Now()})
	w.open()
	w.setSLA()
	w.out.Policy.Guards = shop.Guards{}
	w.advance(0)
}

func (w *world) act() {
	who := rapid.IntRange(0, crowd-1).Draw(w.t, "who")
	span := time.Duration(rapid.IntRange(1, 400).Draw(w.t, "seconds")) * time.Second
	switch rapid.SampledFrom([]string{"ask", "ask", "wait", "wait", "reply", "claim", "offline", "online", "down"}).Draw(w.t, "act") {
	case "ask":
		w.ask(who, shop.Draft{Lane: shop.LaneReply, Text: fmt.Sprint("saya cek ", w.clock.Now())})
	case "wait":
		w.advance(span)
	case "reply":
		w.human(who)
	case "claim":
		w.claim(who, w.staff[rapid.IntRange(0, len(w.staff)-1).Draw(w.t, "admin")])
	case "offline":
		w.wire.ready = false
	case "online":
		w.wire.ready = true
		w.advance(0)
	case "down":
		w.down(span)
	}
}

// entered is when a step whose instant is at was entered: at once, unless the program
// was dead or somebody held the chat.
func (w *world) entered(customer int64, at time.Time) time.Time {
	for {
		before := at
		for _, d := range w.downs {
			if at.After(d[0]) && at.Before(d[1]) {
				at = d[1]
			}
		}
		if c := w.claimer(customer, at); c.by != 0 && at.Before(c.at.Add(shop.DefaultSLA().Claim)) {
			at = c.at.Add(shop.DefaultSLA().Claim)
		}
		if at.Equal(before) {
			return at
		}
	}
}

// claimer is who had claimed a chat before an instant.
func (w *world) claimer(customer int64, at time.Time) (last claimed) {
	for _, c := range w.claims[customer] {
		if c.at.Before(at) {
			last = c
		}
	}
	return last
}

// demanded is what the age of a wait demanded until an instant, in words of its own:
// "level.round admin".
func (w *world) demanded(customer int64, since, until time.Time) (want []string) {
	after := []time.Duration{150 * time.Second, 210 * time.Second, 270 * time.Second, 300 * time.Second}
	duty, second, supervisor, owner := w.staff[0].ID, w.staff[1].ID, w.staff[2].ID, w.staff[3].ID
	who := [][]int64{{duty}, {duty, second}, {supervisor}, {owner}, {owner, duty}}
	for step := 0; ; step++ {
		level, round := min(step, 3)+1, max(0, step-3)
		at := w.aged(since, after[level-1]+time.Duration(round)*5*time.Minute)
		entered := w.entered(customer, at)
		if at.After(until) {
			return want
		}
		if entered.After(until) || round > 0 && !w.aged(since, after[level-1]+time.Duration(round+1)*5*time.Minute).After(entered) {
			continue // it ended before, or a later reminder took its place
		}
		admins := slices.Clone(who[min(step, 4)])
		if c := w.claimer(customer, entered); c.by != 0 && !slices.Contains(admins, c.by) {
			admins = append(admins, c.by)
		}
		slices.Sort(admins)
		for _, admin := range admins {
			want = append(want, fmt.Sprintf("%d.%d %d", level, round, admin))
		}
	}
}

// written is what the table has about a wait.
func (w *world) written(wait int64) (got []string) {
	rows, err := w.raw.Query("SELECT level || '.' || round || ' ' || admin_id FROM pages WHERE wait_id = $1 ORDER BY level, round, admin_id", wait)
	if err != nil {
		w.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err = rows.Scan(&s); err != nil {
			w.Fatal(err)
		}
		got = append(got, s)
	}
	return got
}

// check compares the entries of every wait with what its age demanded.
func (w *world) check() {
	rows, err := w.raw.Query("SELECT id, person_id, since, COALESCE(ended_at, 0) FROM waits")
	if err != nil {
		w.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, person, since, ended int64
		if err = rows.Scan(&id, &person, &since, &ended); err != nil {
			w.Fatal(err)
		}
		until := w.clock.Now()
		if ended != 0 {
			until = time.UnixMilli(ended)
		}
		want, got := w.demanded(person, time.UnixMilli(since), until), w.written(id)
		if !slices.Equal(want, got) {
			w.t.Fatalf("wait %d of %d since %s until %s has\n%q, want\n%q", id, person, time.UnixMilli(since).In(shop.WIB), until.In(shop.WIB), got, want)
		}
	}
	for phone, times := range w.got {
		for i := range times[:max(0, len(times)-1)] {
			if gap := times[i+1].Sub(times[i]); gap < time.Minute {
				w.t.Fatalf("%s got two pages within %s: %s", phone, gap, w.outbox())
			}
		}
	}
	w.none("an entry out of order", "SELECT COUNT(*) FROM pages a JOIN pages b ON a.wait_id = b.wait_id AND a.id < b.id AND (a.level > b.level OR a.level = b.level AND a.round > b.round)")
	w.none("a message without an entry", "SELECT COUNT(*) FROM outbox o WHERE lane = 'alert' AND status NOT IN ('cancelled') AND NOT EXISTS (SELECT 1 FROM pages p WHERE p.outbox_id = o.id)")
}

// outbox is every page, for a failure.
func (w *world) outbox() (out string) {
	rows, err := w.raw.Query("SELECT id, person_id, status, attempts, created_at, COALESCE(tried_at, 0), COALESCE(wait_id, 0), reason, text FROM outbox WHERE lane = 'alert' ORDER BY id")
	if err != nil {
		w.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, person, attempts, created, tried, wait int64
		var status, reason, text string
		if err = rows.Scan(&id, &person, &status, &attempts, &created, &tried, &wait, &reason, &text); err != nil {
			w.Fatal(err)
		}
		out += fmt.Sprintln("\n", id, person, status, attempts, time.UnixMilli(created).In(shop.WIB).Format("15:04:05"), time.UnixMilli(tried).In(shop.WIB).Format("15:04:05"), wait, reason, text)
	}
	return out
}

// none fails if a count is not zero.
func (w *world) none(what, query string, args ...any) {
	var n int
	if err := w.raw.QueryRow(query, args...).Scan(&n); err != nil {
		w.Fatal(err)
	}
	if n != 0 {
		w.t.Fatalf("%s: %d", what, n)
	}
}

// settle gives the pager a connection and the time it needs, and checks that nothing
// is left to be said and that what was said names every chat.
func (w *world) settle() {
	w.wire.ready = true
	w.advance(61 * time.Second)
	sla := shop.DefaultSLA()
	w.none("an entry that nobody was told of", `SELECT COUNT(*) FROM pages p JOIN waits w ON w.id = p.wait_id
		WHERE p.state = 'due' AND p.due_at <= $1 AND w.ended_at IS NULL`, w.clock.Now().Add(-sla.Gap).UnixMilli())
	w.none("a page that did not leave", `SELECT COUNT(*) FROM pages p JOIN outbox o ON o.id = p.outbox_id JOIN waits w ON w.id = p.wait_id
		WHERE w.ended_at IS NULL AND o.status NOT IN ('sent', 'delivered', 'read')`)
	w.none("a chat that its page does not name", `SELECT COUNT(*) FROM pages p JOIN outbox o ON o.id = p.outbox_id JOIN waits w ON w.id = p.wait_id
		JOIN tickets k ON k.person_id = w.person_id WHERE o.status = 'sent' AND o.text NOT LIKE '%#' || k.number || ' %'`)
}

// However messages, replies, claims, outages and deaths of the program follow each
// other: every conversation that waited has exactly the entries that its age demands,
// in order, and no admin gets two pages within a minute.
func TestEntriesAreWhatTheAgeDemands(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t, rt)
		defer func() { _ = cmp.Or(w.raw.Close(), w.db.Close()) }()
		for range rapid.IntRange(5, 25).Draw(rt, "acts") {
			w.act()
			w.check()
		}
		w.settle()
		w.check()
	})
}
