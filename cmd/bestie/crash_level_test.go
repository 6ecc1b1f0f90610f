package main

import (
	"database/sql"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"bestie/shop"
)

// levelGap is the least time between two pages in the flow of the levels.
const levelGap = 2 * time.Second

// levelFlow: customers wait while the levels pass, seconds apart, and the program dies
// between them. Every wait has each of its entries once, each entry reached the admin's
// phone once, and every alarm the second channel.
func levelFlow(w *tower) flow {
	return flow{
		name: "levels", people: 40,
		script: func(dice *rand.Rand, n int) (script []input) {
			for _, who := range dice.Perm(40)[:n] {
				script = append(script, input{who, "kak bisa titip bingkisan buat acara kantor minggu depan ga?"})
			}
			return script
		},
		config: func(c *Config) {
			c.Alerts = []string{w.webhook()}
			c.SLA = shop.SLA{Target: 4 * time.Second, Gap: levelGap, Claim: time.Minute, Levels: []shop.Level{
				{After: time.Second, Rank: shop.RankDuty},
				{After: 2 * time.Second, Rank: shop.RankSecond},
				{After: 3 * time.Second, Rank: shop.RankSupervisor},
				{After: 4 * time.Second, Rank: shop.RankOwner},
			}}
		},
		check: func(o *outcome) { checkLevels(o, w) },
	}
}

// pageRow is an entry with the message that carried it.
type pageRow struct {
	wait             int64
	step, state      string
	messageID, phone string
	created          int64
}

func checkLevels(o *outcome, w *tower) {
	db := o.openBooks()
	defer db.Close()
	steps, times := map[int64]string{}, map[int64]bool{}
	for _, p := range list(o.tb, db, func(rows *sql.Rows) (p pageRow, err error) {
		return p, rows.Scan(&p.wait, &p.step, &p.state, &p.messageID, &p.phone, &p.created)
	}, `SELECT g.wait_id, g.level || '.' || g.round, g.state, COALESCE(o.message_id, ''), COALESCE(p.phone, ''), COALESCE(o.created_at, 0)
		FROM pages g LEFT JOIN outbox o ON o.id = g.outbox_id LEFT JOIN people p ON p.id = g.admin_id ORDER BY g.id`) {
		steps[p.wait] += " " + p.step
		times[p.created] = true
		if n := o.seen(p.phone, p.messageID); p.state != "written" || n != 1 {
			o.violate("entry %s of wait %d is %s and was seen %d times", p.step, p.wait, p.state, n)
		}
	}
	for at := range times {
		for other := range times {
			if other > at && time.Duration(other-at)*time.Millisecond < levelGap {
				o.violate("two pages were written %d ms apart", other-at)
			}
		}
	}
	for wait, got := range steps {
		if got != " 1.0 2.0 3.0 4.0" {
			o.violate("wait %d has the entries%s", wait, got)
		}
	}
	if len(steps) != len(o.mouth) {
		o.violate("%d waits were paged, %d people asked", len(steps), len(o.mouth))
	}
	got := strings.Join(w.texts(), "\n")
	for _, text := range list(o.tb, db, func(rows *sql.Rows) (text string, err error) { return text, rows.Scan(&text) }, "SELECT text FROM alarms") {
		if !strings.Contains(got, text) {
			o.violate("an alarm never went out: %q", text)
		}
	}
	if !strings.Contains(got, "chat pelanggan") {
		o.violate("no page went out by the second channel: %q", got)
	}
}

// mostLate is how late a page may leave: a second where time is measured (make bench).
// Elsewhere the machine does ten other things, and only a page that hangs fails.
func mostLate() time.Duration {
	if *performance > 0 {
		return time.Second
	}
	return patienceOfSite
}

// On the wall clock every page leaves within a second of its instant.
func TestPagesLeaveInTime(t *testing.T) {
	f := levelFlow(newTower(t))
	levels := f.config
	f.config = func(c *Config) {
		levels(c)
		c.SLA.Gap = time.Millisecond
	}
	f.check = func(o *outcome) {
		db := o.openBooks()
		defer db.Close()
		late := list(o.tb, db, func(rows *sql.Rows) (ms int64, err error) { return ms, rows.Scan(&ms) },
			"SELECT o.tried_at - g.due_at FROM pages g JOIN outbox o ON o.id = g.outbox_id")
		worst := slices.Max(append(late, 0))
		o.tb.Logf("%d entries, the latest left %d ms after its instant", len(late), worst)
		if len(late) != 4*len(o.mouth) || worst > mostLate().Milliseconds() {
			o.violate("%d entries for %d people, %d ms late", len(late), len(o.mouth), worst)
		}
	}
	crashRun(t, f, anywhere, 1, 8, 0)
}

func TestCrashLevels(t *testing.T) { crashTest(t, levelFlow(newTower(t)), 40, 20) }
