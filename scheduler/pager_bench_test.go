package scheduler_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/rs/zerolog"

	"bestie/scheduler"
	"bestie/shop"
	"bestie/store"
	"bestie/templates"
)

// BenchmarkPager is one tick of the pager beside so many open conversations, of which
// so many are due. A tick costs what is due, not what is open.
func BenchmarkPager(b *testing.B) {
	for _, open := range []int{1_000, 100_000} {
		desk := newPagerBench(b, open)
		for _, due := range []int{0, 1, 100} {
			b.Run(fmt.Sprintf("open=%d/due=%d", open, due), func(b *testing.B) { desk.run(b, due) })
		}
	}
}

// pagerBench is a pager on a real database.
type pagerBench struct {
	pager *scheduler.Pager
	raw   *sql.DB
	clock *clockwork.FakeClock
}

func newPagerBench(b *testing.B, open int) *pagerBench {
	b.Helper()
	dir := b.TempDir()
	db, err := store.Open(b.Context(), dir, zerolog.Nop())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	if _, err = db.Register(b.Context(), start, "6281300000001", "Sari", shop.RoleDuty); err != nil {
		b.Fatal(err)
	}
	texts, err := templates.LoadTexts()
	if err != nil {
		b.Fatal(err)
	}
	raw, err := sql.Open("sqlite", "file:"+filepath.Join(dir, store.FileName)+"?_pragma=busy_timeout(5000)")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = raw.Close() })
	p := &pagerBench{raw: raw, clock: clockwork.NewFakeClockAt(start)}
	p.do(b, `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
		INSERT INTO people (id, phone, created_at) SELECT 1000 + i, 6281500000000 + i, 0 FROM n`, open)
	p.do(b, "INSERT INTO waits (person_id, since, words, next_page_at) SELECT id, $1, 'tanya', $2 FROM people WHERE id > 1000", start.UnixMilli(), start.AddDate(1, 0, 0).UnixMilli())
	metro, err := scheduler.NewMetronome(p.clock, zerolog.Nop(), nil)
	if err != nil {
		b.Fatal(err)
	}
	idle := metro.Add("outbox", func(context.Context, time.Time) (time.Time, error) { return time.Time{}, nil })
	p.pager = &scheduler.Pager{Store: db, Sender: &wire{ready: true}, Texts: texts, Rand: func(int) int { return 0 }, Outbox: idle, Alarms: idle}
	return p
}

func (p *pagerBench) do(b *testing.B, stmt string, args ...any) {
	b.Helper()
	if _, err := p.raw.Exec(stmt, args...); err != nil {
		b.Fatal(err)
	}
}

func (p *pagerBench) run(b *testing.B, due int) {
	for b.Loop() {
		if due > 0 {
			b.StopTimer()
			p.clock.Advance(2 * time.Minute)
			now := p.clock.Now().UnixMilli()
			p.do(b, "DELETE FROM pages")
			p.do(b, "DELETE FROM outbox")
			p.do(b, "UPDATE waits SET since = $1, next_page_at = $2, paged = 0 WHERE id <= $3", now-150_000, now, due)
			b.StartTimer()
		}
		if _, err := p.pager.Step(b.Context(), p.clock.Now()); err != nil {
			b.Fatal(err)
		}
	}
}
