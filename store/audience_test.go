package store

import (
	"fmt"
	"maps"
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
		l.wroteOnce(i)
	}
	l.run("INSERT INTO person_roles VALUES (2, 'dropshipper'), (3, 'duty')")
	l.run("INSERT INTO divisions (name, person_id) VALUES ('gudang', 4)")
	l.run("INSERT INTO person_tags VALUES (1, 'bakso'), (5, 'bakso'), (5, 'komplain')")
	l.run("INSERT INTO person_tags VALUES (1, 'kota:Bandung'), (6, 'kota:bandung'), (1, 'batch:3'), (6, 'batch:3'), (2, 'batch:33')")
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

// What a person got and what is planned for them counts, whichever campaign it is of;
// what this one planned does not, and whom it was written to is not chosen again.
func TestAudienceHistory(t *testing.T) {
	l := newLab(t)
	now := start
	for i := 1; i <= 3; i++ {
		l.run("INSERT INTO people (id, phone, created_at) VALUES ($1, $2, 0)", i, fmt.Sprintf("62812%08d", i))
	}
	for i, state := range []string{"scheduled", "running", "cancelled", "scheduled"} {
		l.run("INSERT INTO campaigns (id, name, wordings, state, created_at, approved_at) VALUES ($1, 'x', '[\"x\"]', $2, 1, 1)", i+1, state)
	}
	planned := func(campaign, person int, at time.Time, written bool) {
		l.run("INSERT INTO campaign_people (campaign_id, person_id, fate, slot_at, written) VALUES ($1, $2, 'safe', $3, $4)", campaign, person, ms(at), written)
	}
	promo := func(campaign, person int, status string, tried time.Time) {
		l.run(`INSERT INTO outbox (message_id, person_id, lane, text, status, created_at, tried_at, due_at, campaign_id) VALUES ($1, $2, 'promo', 'x', $3, $4, $4, $5, $6)`,
			l.newID(), person, status, ms(tried), map[bool]any{true: ms(tried), false: nil}[status == "queued"], campaign)
	}
	day := func(n int) time.Time { return now.AddDate(0, 0, n) }
	planned(1, 1, day(2), false) // by another campaign: counts
	planned(2, 1, day(4), true)  // in the outbox since: that row counts
	planned(3, 1, day(5), false) // of a cancelled one
	planned(4, 1, day(6), false) // of this one
	promo(2, 1, "sent", day(-1)) // counts
	promo(3, 1, "failed", day(-2))
	promo(1, 3, "unknown", day(-3)) // counts
	promo(2, 3, "sent", day(-9))
	promo(4, 2, "sent", day(-1)) // of this one
	got := map[int64]string{}
	l.must(l.Audience(l.ctx, now, shop.Segment{}, 4, func(c shop.Candidate) error {
		for _, at := range c.History {
			got[c.Person.ID] += fmt.Sprint(int(at.Sub(now).Hours()/24), " ")
		}
		got[c.Person.ID] += "."
		return nil
	}))
	if want := map[int64]string{1: "-1 2 .", 3: "-3 ."}; !maps.Equal(got, want) {
		t.Errorf("%v, not %v", got, want)
	}
}

// What a wording says of somebody is known when it is shown beforehand, too.
func TestAudienceKnowsTheShop(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	p, err := l.RegisterDropshipper(l.ctx, start, address(1).Phone, "", shop.Dropshipper{Shop: "Toko Ayu", Limit: 1})
	l.must(err)
	all, err := shop.ParseSegment("role:dropshipper")
	l.must(err)
	var shops []string
	l.must(l.Audience(l.ctx, start, all, 0, func(c shop.Candidate) error {
		if c.Person.ID == p.ID {
			shops = append(shops, c.Shop)
		}
		return nil
	}))
	if len(shops) != 1 || shops[0] != "Toko Ayu" {
		t.Errorf("shops %q", shops)
	}
}
