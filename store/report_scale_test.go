package store

import (
	"flag"
	"runtime"
	"testing"
	"time"

	"bestie/shop"
)

const fewWaits = 5000

var reportWaits = flag.Int("report.waits", fewWaits, "how many questions TestReportScale reports on")

// TestReportScale: what a report keeps grows by a few bytes a question. Asked for more of
// them (make bench: 100,000), it also has to be there within a second for every 10,000.
func TestReportScale(t *testing.T) {
	l := newLab(t)
	n := *reportWaits
	l.run(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1 / 10)
		INSERT INTO people (id, phone, name, created_at) SELECT i, '6281' || i, 'Pelanggan ' || i, 0 FROM n`, n)
	l.run(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
		INSERT INTO waits (person_id, since, words, intent, answered_at, human_at, ended_at, state)
		SELECT 1 + i % ($1 / 10), $2 + i * 6000, 'tanya', 'intent_' || (i % 50), $2 + i * 6000 + i % 900 * 1000, IIF(i % 3, NULL, $2 + i * 6000 + i % 900 * 1000), $2 + i * 6000 + 1000, 'met' FROM n`, n, ms(start))
	l.run(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
		INSERT INTO outbox (message_id, person_id, lane, text, created_at, sent_at, status, answers, parts)
		SELECT 'M' || i, 1 + i % ($1 / 10), 'reply', 'jawaban', $2 + i * 6000, $2 + i * 6000, 'sent', 1, '[{"intent":"intent_' || (i % 50) || '","template":"a/b","version":"1"}]' FROM n`, n, ms(start))
	p := shop.Period{From: start, To: start.AddDate(0, 0, 30)}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	began := time.Now()
	r, err := l.Report(l.ctx, p, start.AddDate(0, 0, 40))
	took := time.Since(began)
	l.must(err)
	runtime.GC()
	runtime.ReadMemStats(&after)
	allocated := after.TotalAlloc - before.TotalAlloc
	t.Logf("%d questions: %s, %d MB allocated in all, %d kB kept", r.Questions, took, allocated>>20, (int64(after.HeapAlloc)-int64(before.HeapAlloc))>>10)
	if r.Questions < n-1 || r.First.Any.Answered < n-1 {
		t.Errorf("%d of %d questions, %d answered", r.Questions, n, r.First.Any.Answered)
	}
	if most := time.Second + time.Duration(n)*100*time.Microsecond; took > most && n > fewWaits {
		t.Errorf("took %s, more than %s", took, most)
	}
}
