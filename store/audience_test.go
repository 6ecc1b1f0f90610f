package store

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"bestie/shop"
)

// segment reads a query.
func (l *lab) segment(query string) shop.Segment {
	l.Helper()
	s, err := shop.ParseSegment(query)
	l.must(err)
	return s
}

// chosen is whom a query chooses, by id, with their fates.
func (l *lab) chosen(now time.Time, query string, campaign int64) string {
	l.Helper()
	var list []string
	l.must(l.Audience(l.ctx, now, l.segment(query), campaign, func(c shop.Candidate) error {
		list = append(list, fmt.Sprintf("%d:%s", c.Person.ID, c.Fate))
		return nil
	}))
	return strings.Join(list, " ")
}

func TestAudience(t *testing.T) {
	l := newLab(t)
	now := start
	const day = int64(24 * 3600 * 1000)
	ago := func(days int64) int64 { return ms(now) - days*day }
	for i := 1; i <= 8; i++ {
		l.run("INSERT INTO people (id, phone, created_at) VALUES ($1, $2, 0)", i, fmt.Sprintf("62812%08d", i))
		l.run("INSERT INTO consents (person_id, granted, at, source, words) VALUES ($1, 1, 1, 'chat', 'ya')", i)
		l.run(`INSERT INTO inbox (account, person_id, from_me, message_id, device, kind, text, file_name, quoted_id, target_id, detail, verified, forwarded, sent_at, received_at, handled_at)
			VALUES ('1', $1, 0, 'M', 0, 'text', '', '', '', '', '', '', 0, 1, 1, 1)`, i)
	}
	l.run("INSERT INTO person_roles VALUES (2, 'dropshipper'), (3, 'duty')")
	l.run("INSERT INTO divisions VALUES ('gudang', 4)")
	l.run("INSERT INTO person_tags VALUES (1, 'bakso'), (5, 'bakso'), (5, 'komplain')")
	l.run("UPDATE people SET city = 'Bandung', batch = 3 WHERE id IN (1, 6)")
	l.run("INSERT INTO conversations (person_id, wrote_at, complaint_at) VALUES (1, $1, 0), (2, $2, 0), (5, $1, $1)", ago(3), ago(40))
	l.run("INSERT INTO interests VALUES (1, 'Bakso Urat', $1, 0, 0), (6, 'Bakso Halus', $1, $2, 0), (7, 'Siomay', 0, 0, $2)", ago(10), ago(2))
	l.run("INSERT INTO consents (person_id, granted, at, source, words) VALUES (6, 0, 2, 'chat', 'stop')")
	l.run("DELETE FROM inbox WHERE person_id = 7")
	l.run("INSERT INTO people (id, phone, created_at) VALUES (9, '123', 0), (10, '628121111111', 0)")
	l.run("INSERT INTO segments (name, query, created_at) VALUES ('aktif', 'last_chat<28d', 0)")
	for _, c := range [][2]string{
		{"all", "1:safe 2:safe 5:complaint 6:opted_out 7:never_wrote 8:safe 9:invalid 10:no_consent"},
		{"role:customer tag:bakso", "1:safe 5:complaint"},
		{"role:dropshipper", "2:safe"},
		{"tag:bakso -tag:komplain", "1:safe"},
		{"kota:bandung,jakarta", "1:safe 6:opted_out"},
		{"batch:3 -asked:urat", "6:opted_out"},
		{"last_chat<28d", "1:safe 5:complaint"},
		{"last_chat>28d", "2:safe"},
		{"-never_chatted", "1:safe 2:safe 5:complaint"},
		{"segment:aktif -tag:komplain", "1:safe"},
		{"-segment:aktif role:ds", "2:safe"},
		{`asked:"bakso urat",halus`, "1:safe 6:opted_out"},
		{"asked<7d", ""},
		{"asked<11d", "1:safe 6:opted_out"},
		{"cart<7d", "6:opted_out"},
		{"ordered:siomay", "7:never_wrote"},
		{"never_ordered tag:komplain", "5:complaint"},
	} {
		if got := l.chosen(now, c[0], 0); got != c[1] {
			t.Errorf("%s chooses %q, not %q", c[0], got, c[1])
		}
	}
}
