package store

import (
	"flag"
	"runtime"
	"testing"
	"time"

	"bestie/shop"
)

// fewPeople is a crowd for every run; speed is a matter of larger ones, of make bench.
const fewPeople = 2000

var (
	audiencePeople   = flag.Int("audience.people", fewPeople, "among how many people TestAudienceScale chooses")
	audienceMessages = flag.Int("audience.messages", 10, "how many messages each of them wrote and got")
)

// TestAudienceScale: choosing costs a few microseconds a person and memory that does not
// grow with them. make bench asks for 100,000 people with ten messages each.
func TestAudienceScale(t *testing.T) {
	l := newLab(t)
	n := *audiencePeople
	l.crowd(n)
	for _, query := range []string{"all", "role:customer last_chat<28d tag:bakso -tag:komplain", "asked:bakso ordered>10d"} {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		chosen, safe, peak := 0, 0, uint64(0)
		began := time.Now()
		l.must(l.Audience(l.ctx, start, l.segment(query), 0, func(c shop.Candidate) error {
			if chosen++; c.Fate == shop.FateSafe {
				safe++
			}
			if chosen%10_000 == 0 {
				runtime.ReadMemStats(&after)
				peak = max(peak, after.HeapInuse)
			}
			return nil
		}))
		took := time.Since(began)
		runtime.ReadMemStats(&after)
		peak = max(peak, after.HeapInuse)
		t.Logf("%s: %d of %d people chosen, %d safe, %s, at most %d MB of memory in use (%d MB before)", query, chosen, n, safe, took, peak>>20, before.HeapInuse>>20)
		if chosen == 0 || safe == 0 || query == "all" && chosen != n {
			t.Errorf("%s chose %d, %d safe", query, chosen, safe)
		}
		if most := 3*time.Second + time.Duration(n)*20*time.Microsecond; took > most && n > fewPeople {
			t.Errorf("took %s, more than %s", took, most)
		}
		if peak > before.HeapInuse+50<<20 {
			t.Errorf("memory grew from %d to %d MB", before.HeapInuse>>20, peak>>20)
		}
	}
}

// crowd fills the books with n customers with their messages, consents, tags,
// interests, and promos of other campaigns.
func (l *lab) crowd(n int) {
	l.Helper()
	for _, stmt := range []string{
		"INSERT INTO people (id, lid, phone, name, created_at) SELECT i, '9' || i, '6281' || (100000000 + i), 'Pelanggan ' || i, 0 FROM n",
		"INSERT INTO person_tags SELECT i, CASE i % 3 WHEN 0 THEN 'bakso' WHEN 1 THEN 'kota:Bandung' ELSE 'komplain' END FROM n",
		"INSERT INTO conversations (person_id, wrote_at, complaint_at) SELECT i, $2 - i % 60 * 86400000, IIF(i % 50, 0, $2 - 1000) FROM n",
		"INSERT INTO consents (person_id, granted, at, source, words) SELECT i, 1, 1, 'chat', 'ya' FROM n WHERE i % 5",
		"INSERT INTO consents (person_id, granted, at, source, words) SELECT i, 0, 2, 'chat', 'stop' FROM n WHERE i % 20 = 0",
		"INSERT INTO interests SELECT i, IIF(i % 2, 'Bakso Urat', 'Siomay'), $2 - i % 40 * 86400000, 0, IIF(i % 3, 0, $2 - i % 30 * 86400000) FROM n",
		`INSERT INTO writing_hours SELECT i, $2, '[0,0,0,0,0,0,0,0,1.25,0,0,0,0,0.5,0,0,0,3.25,1,0,0,0,0,0]' FROM n`,
		`INSERT INTO campaigns (id, name, wordings, state, created_at, approved_at) SELECT i, 'x', '["x"]', 'scheduled', 1, 1 FROM n WHERE i <= 2`,
		"INSERT INTO campaign_people (campaign_id, person_id, fate, slot_at, position) SELECT 1, i, 'safe', $2 + 86400000, i FROM n WHERE i % 4 = 0",
		`INSERT INTO outbox (message_id, person_id, lane, text, status, created_at, tried_at, campaign_id)
			SELECT 'P' || i, i, 'promo', 'x', 'sent', $2 - 86400000, $2 - 86400000, 2 FROM n WHERE i % 10 = 0`,
		`INSERT INTO outbox (message_id, person_id, lane, text, status, created_at, sent_at) SELECT 'R' || i || '-' || d.v, i, 'reply', 'jawaban', 'sent', $2 - d.v * 86400000, $2 FROM n, digits d`,
		`INSERT INTO inbox (account, person_id, from_me, message_id, device, kind, text, file_name, quoted_id, target_id, detail, verified, forwarded, sent_at, received_at, handled_at)
			SELECT '1', i, 0, 'M' || d.v, 0, 'text', 'berapa harga bakso urat satu kilo kak', '', '', '', '', '', 0, $2 - d.v * 86400000, $2, $2 FROM n, digits d`,
	} {
		l.run(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1), digits (v) AS (SELECT 0 UNION ALL SELECT v + 1 FROM digits WHERE v < $3 - 1) `+stmt, n, ms(start), *audienceMessages)
	}
}
