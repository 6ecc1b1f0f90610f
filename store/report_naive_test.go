package store

import (
	"cmp"
	"database/sql"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bestie/shop"
)

// said is one message of the raw log, a row of inbox or outbox, at a whole second.
type said struct {
	person, at int64
	who, text  string
}

// question is one question as the raw log tells it; 0 is never.
type question struct {
	person, since, bot, human int64
	needsHuman, cancelled     bool
	first                     bool // of its conversation: nothing ends one here
	intent                    string
}

func (q question) answered() int64 {
	if q.needsHuman || q.human != 0 && (q.bot == 0 || q.human < q.bot) {
		return q.human
	}
	return q.bot
}

// rawLog is everything that was written, by person and time.
func (l *lab) rawLog() []said {
	l.Helper()
	all, err := collect(l.ctx, l.r, func(rows *sql.Rows) (s said, err error) { return s, rows.Scan(&s.person, &s.at, &s.who, &s.text) },
		`SELECT person_id, sent_at / 1000 AS at, IIF(from_me = 1, 'person', 'customer'), text FROM inbox
		UNION ALL SELECT person_id, sent_at / 1000, 'bot', text FROM outbox WHERE sent_at IS NOT NULL AND answers = 1 ORDER BY 1, 2`)
	l.must(err)
	return all
}

// asked reads the questions out of the log: who writes while nothing is open asks; what
// the bot or a person says ends it, or a goodbye.
func asked(log []said) (all []question) {
	open, latest := false, -1
	for i, s := range log {
		if i > 0 && log[i-1].person != s.person {
			open, latest = false, -1
		}
		words := strings.Fields(s.text)
		switch {
		case s.who == "customer" && words[0] == "bye":
			if open && !all[latest].needsHuman {
				all[latest].cancelled, open = true, false
			}
		case s.who == "customer" && !open:
			all = append(all, question{person: s.person, since: s.at, first: latest < 0})
			open, latest = true, len(all)-1
			fallthrough
		case s.who == "customer":
			q := &all[latest]
			q.needsHuman = q.needsHuman || words[0] == "human"
			if q.intent == "" && len(words) > 1 {
				q.intent = words[1]
			}
		case s.who == "bot" && open:
			if all[latest].bot == 0 {
				all[latest].bot = s.at
			}
			open = all[latest].needsHuman
		case s.who == "person" && latest >= 0:
			if all[latest].human == 0 {
				all[latest].human = s.at
			}
			open = false
		}
	}
	return all
}

// pace counts one clock, second by second; down tells which seconds were an outage.
func pace(of []question, answer func(question) int64, now int64, down map[int64]bool) (r shop.Response) {
	var waited, fair []int64
	for _, q := range of {
		end := answer(q)
		until := cmp.Or(end, now)
		up := int64(0)
		for s := q.since; s < until; s++ {
			if !down[s] {
				up++
			}
		}
		if end == 0 && until-q.since <= 300 {
			continue
		}
		r.Counted++
		if until-q.since <= 300 {
			r.True.InTime++
		}
		if up <= 300 {
			r.Fair.InTime++
		}
		if end != 0 {
			waited, fair = append(waited, until-q.since), append(fair, up)
		}
	}
	r.Answered = len(waited)
	r.True.Median, r.True.P90 = least(waited, 50), least(waited, 90)
	r.Fair.Median, r.Fair.P90 = least(fair, 50), least(fair, 90)
	return r
}

// least is the smallest of the values that at least p percent do not exceed.
func least(all []int64, p int) time.Duration {
	best := int64(-1)
	for _, v := range all {
		n := 0
		for _, o := range all {
			if o <= v {
				n++
			}
		}
		if n*100 >= p*len(all) && (best < 0 || v < best) {
			best = v
		}
	}
	return time.Duration(max(0, best)) * time.Second
}

// recount is the report as anybody would count it by hand from the log.
func recount(log []said, down map[int64]bool, p shop.Period, now time.Time) (r shop.Report) {
	inside := func(at int64) bool { return at >= p.From.Unix() && at < p.To.Unix() }
	all := asked(log)
	var of, humans [2][]question // the first ones of their conversations, and the next ones
	reasons := map[string]int{}
	for _, q := range all {
		if !inside(q.since) {
			continue
		}
		r.Questions++
		r.Hours[time.Unix(q.since, 0).In(shop.WIB).Hour()].Asked++
		if q.intent == "" {
			r.Unknown++
		} else {
			reasons[q.intent]++
		}
		if q.cancelled {
			r.Cancelled++
			continue
		}
		turn := 1
		if q.first {
			turn = 0
		}
		of[turn] = append(of[turn], q)
		if q.answered() == 0 || q.human != 0 {
			humans[turn] = append(humans[turn], q)
		}
		if q.answered() == 0 {
			r.Open++
		}
		if cmp.Or(q.answered(), now.Unix())-q.since > 300 {
			r.Breaches.Count++
			r.Hours[time.Unix(q.since, 0).In(shop.WIB).Hour()].Late++
		}
		resolve(&r.Contact, q, all, now.Unix())
	}
	for turn, figures := range []*shop.Responses{&r.First, &r.Next} {
		figures.Any = pace(of[turn], question.answered, now.Unix(), down)
		figures.Human = pace(humans[turn], func(q question) int64 { return q.human }, now.Unix(), down)
	}
	for s := p.From.Unix(); s < min(p.To.Unix(), now.Unix()); s++ {
		if down[s] {
			r.Outage += time.Second
		}
	}
	for intent, n := range reasons {
		r.Reasons = append(r.Reasons, shop.Reason{Intent: intent, Count: n})
	}
	slices.SortFunc(r.Reasons, func(a, b shop.Reason) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.Intent, b.Intent)) })
	r.Handling = handled(log, all, p)
	return r
}

// resolve compares a question with every other one.
func resolve(c *shop.Resolution, q question, all []question, now int64) {
	const window = 48 * 3600
	again := false
	for _, o := range all {
		if q.intent == "" || o.cancelled || o.person != q.person || o.intent != q.intent {
			continue
		}
		if o.since < q.since && q.since-o.since <= window {
			return
		}
		again = again || o.since > q.since && o.since-q.since <= window
	}
	switch {
	case q.intent == "":
	case now-q.since < window:
		c.Open++
	default:
		c.Counted++
		if q.answered() != 0 && !again {
			c.Resolved++
		}
	}
}

// handled looks at every message of a person: it begins a handling unless one of the same
// chat came before it without a break between, and it adds the time since the message before.
func handled(log []said, all []question, p shop.Period) (h shop.Handling) {
	from, to := p.From.AddDate(0, 0, -1).Unix(), p.To.AddDate(0, 0, 1).Unix()
	chats := map[int64]bool{}
	for _, q := range all {
		chats[q.person] = chats[q.person] || q.human != 0 && q.since >= from && q.since < to
	}
	log = slices.DeleteFunc(slices.Clone(log), func(s said) bool { return s.who == "bot" || !chats[s.person] || s.at < from || s.at >= to })
	begun, pending := false, int64(0)
	for i, s := range log {
		gap := int64(0)
		if i > 0 && log[i-1].person == s.person && s.at-log[i-1].at <= 4*3600 {
			gap = s.at - log[i-1].at
		} else {
			begun = false
		}
		if gap > 300 {
			gap = 0
		}
		if !begun {
			pending = 0
		}
		pending += gap
		if s.who != "person" {
			continue
		}
		if !begun {
			begun, pending = s.at >= p.From.Unix() && s.at < p.To.Unix(), gap
			if begun {
				h.Chats++
			} else {
				begun = true
				pending = -1 << 40 // a handling of another day: whatever it adds is none of ours
			}
		}
		if pending >= 0 {
			h.Total += time.Duration(pending) * time.Second
			pending = 0
		}
	}
	return h
}

// TestReportIsTheLogRecounted: whatever is asked and answered, with whatever outages, the
// report says what a recount of the raw messages says.
func TestReportIsTheLogRecounted(t *testing.T) {
	base := newLab(t)
	rapid.Check(t, func(rt *rapid.T) {
		l := base.with(rt)
		for _, table := range []string{"inbox", "questions", "outbox", "waits", "outages"} {
			l.run("DELETE FROM " + table)
		}
		now := start
		down := map[int64]bool{}
		steps := rapid.IntRange(1, 40).Draw(rt, "steps")
		for range steps {
			now = now.Add(time.Duration(rapid.SampledFrom([]int{1, 20, 120, 299, 300, 301, 1500, 8000, 30000}).Draw(rt, "later")) * time.Second)
			n := rapid.IntRange(1, 3).Draw(rt, "who")
			switch rapid.IntRange(0, 5).Draw(rt, "what") {
			case 0, 1, 2:
				l.drain(now)
				now = now.Add(time.Second)
				l.asks(n, now, rapid.SampledFrom([]string{"bot ongkir", "bot stok", "bot", "human ongkir", "human", "hold ongkir"}).Draw(rt, "text"))
			case 3:
				l.typed(n, now)
			case 4:
				l.drain(now)
				now = now.Add(time.Second)
				l.asks(n, now, "bye")
			case 5:
				end := now.Add(time.Duration(rapid.SampledFrom([]int{10, 400, 4000}).Draw(rt, "outage")) * time.Second)
				l.run("INSERT INTO outages (from_at, until_at, reason) VALUES ($1, $2, 'test')", ms(now), ms(end))
				for s := now.Unix(); s < end.Unix(); s++ {
					down[s] = true
				}
			}
		}
		if rapid.Bool().Draw(rt, "drained") {
			now = now.Add(time.Minute)
			l.drain(now)
		}
		now = now.Add(time.Duration(rapid.SampledFrom([]int{1, 301, 180000}).Draw(rt, "end")) * time.Second)
		from := start.Add(time.Duration(rapid.IntRange(-10, 100).Draw(rt, "from")) * 1000 * time.Second)
		p := shop.Period{From: from, To: from.Add(time.Duration(rapid.IntRange(1, 200).Draw(rt, "to")) * 1000 * time.Second)}
		for s := range down {
			if s >= now.Unix() {
				delete(down, s)
			}
		}
		l.compare(p, now, down)
	})
}

// compare recounts and reports.
func (l *lab) compare(p shop.Period, now time.Time, down map[int64]bool) {
	l.Helper()
	got, err := l.Report(l.ctx, p, now)
	l.must(err)
	want := recount(l.rawLog(), down, p, now)
	kept := shop.Report{
		Questions: got.Questions, Cancelled: got.Cancelled, Open: got.Open, Unknown: got.Unknown, First: got.First, Next: got.Next, Hours: got.Hours,
		Contact: got.Contact, Reasons: got.Reasons, Handling: got.Handling, Outage: got.Outage, Breaches: shop.Breaches{Count: got.Breaches.Count},
	}
	if diff := gocmp.Diff(want, kept); diff != "" {
		l.Errorf("the recount (-) and the report (+) differ:\n%s\nlog: %v", diff, l.rawLog())
	}
}

// drain lets everything leave that is written.
func (l *lab) drain(at time.Time) {
	l.Helper()
	for {
		if _, ok, err := l.NextOut(l.ctx, at); err != nil || !ok {
			l.must(err)
			return
		}
		l.send(at)
	}
}

// asks lets customer n write. The first word says what becomes of it, the second what it is
// about.
func (l *lab) asks(n int, at time.Time, text string) {
	l.Helper()
	l.receive(at, 0, l.message(n, at, text))
	out := shop.Outcome{StartWait: true, WaitSince: at, WaitWords: text}
	var open bool
	what, about, _ := strings.Cut(text, " ")
	l.must(l.r.QueryRowContext(l.ctx, `SELECT EXISTS (SELECT 1 FROM waits w JOIN people p ON p.id = w.person_id
		WHERE p.phone = $1 AND w.ended_at IS NULL AND w.needs_human = 1)`, address(n).Phone).Scan(&open))
	switch out.WaitIntent = about; what {
	case "bot":
		out.Drafts = []shop.Draft{answer("jawaban")}
	case "human":
		out.NeedsHuman = true
	case "bye":
		out = shop.Outcome{CancelWait: !open} // as the rule of goodbyes has it
	}
	l.turn(at, out)
}
