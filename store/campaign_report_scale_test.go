package store

import (
	"flag"
	"runtime"
	"testing"
	"time"
)

var campaignPeople = flag.Int("campaign.people", fewPeople, "how many people TestCampaignReportScale reports on")

// TestCampaignReportScale: a report costs the same a person whatever they have written, and
// nobody is kept in memory. Each has 50 messages and two promos here.
func TestCampaignReportScale(t *testing.T) {
	l := newLab(t)
	n := *campaignPeople
	c := l.campaign()
	other := l.campaign()
	const people = "WITH RECURSIVE n (i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 999 + $1) "
	l.run("INSERT INTO people (id, phone, name, created_at) "+people+"SELECT i, '6281' || i, 'P', 0 FROM n", n)
	l.run("INSERT INTO inbox (account, person_id, from_me, message_id, device, kind, text, file_name, quoted_id, target_id, detail, verified, forwarded, sent_at, received_at, handled_at) "+people+
		"SELECT 'x', i, 0, m.value, 0, 'text', 'x', '', '', '', '', '', 0, $2 + m.value * 3600000, 1, 1 FROM n, (WITH RECURSIVE m (value) AS (SELECT 0 UNION ALL SELECT value + 1 FROM m WHERE value < 49) SELECT value FROM m) m", n, ms(start))
	l.run("INSERT INTO campaign_people (campaign_id, person_id, fate, slot_at, written) "+people+"SELECT $2, i, IIF(i % 4, 'safe', 'no_consent'), IIF(i % 4, 1, NULL), i % 4 > 0 FROM n", n, c.ID)
	for i, id := range []int64{c.ID, other.ID} {
		l.run("INSERT INTO outbox (message_id, person_id, lane, text, status, created_at, tried_at, sent_at, campaign_id) "+people+
			"SELECT $4 || '-' || i, i, 'promo', 'x', 'read', $2, $2, $2, $3 FROM n WHERE i % 4", n, ms(start.AddDate(0, 0, i)), id, i)
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	began := time.Now()
	r := l.campaignReport(c.ID, start.AddDate(0, 0, 9))
	took := time.Since(began)
	runtime.GC()
	runtime.ReadMemStats(&after)
	t.Logf("%d people: %s, %d kB kept", r.Chosen, took, (int64(after.HeapAlloc)-int64(before.HeapAlloc))>>10)
	if r.Chosen != n || r.Replied != n-n/4 || r.NotSent() != n/4 || r.Sent != n-n/4 {
		t.Errorf("%+v of %d, %d not sent", r.PromoFigures, r.Chosen, r.NotSent())
	}
	if most := time.Second + time.Duration(n)*100*time.Microsecond; took > most && n > fewPeople {
		t.Errorf("took %s, more than %s", took, most)
	}
	if kept := int64(after.HeapAlloc) - int64(before.HeapAlloc); kept > 4<<20 {
		t.Errorf("%d bytes are kept", kept)
	}
}
