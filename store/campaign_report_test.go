package store

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bestie/shop"
)

// promo puts a promo of a campaign to customer n on record, as if it had left at an instant.
func (l *lab) promo(campaign int64, n int, at time.Time, status string, wording int) {
	l.Helper()
	l.run(`INSERT INTO campaign_people (campaign_id, person_id, fate, slot_at, wording, written) VALUES ($1, $2, 'safe', $3, $4, 1)`, campaign, l.person(n).ID, ms(at), wording)
	var sent, due any
	switch status {
	case "sent", "delivered", "read":
		sent = ms(at)
	case "queued":
		due = ms(at)
	}
	l.run(`INSERT INTO outbox (message_id, person_id, lane, text, status, created_at, due_at, tried_at, sent_at, campaign_id, wording, reason) VALUES ($1, $2, 'promo', 'x', $3, $4, $5, $4, $6, $7, $8, '')`,
		l.newID(), l.person(n).ID, status, ms(at), due, sent, campaign, wording)
}

func (l *lab) campaignReport(campaign int64, now time.Time) shop.CampaignReport {
	l.Helper()
	r, ok, err := l.CampaignReport(l.ctx, now, campaign)
	l.must(err)
	if !ok {
		l.Fatal("no such campaign")
	}
	return r
}

func (l *lab) ordered(n int, at time.Time) {
	l.Helper()
	l.run(`INSERT INTO orders (person_id, dropship, source, items, recipient, address, total, state, ordered_at, placed_at, changed_at)
		VALUES ($1, 0, $2, '[1]', 'x', 'x', 1, 'placed', $3, $3, $3)`, l.person(n).ID, l.newID(), ms(at))
}

// TestCampaignReportMovesWithItsRows: every figure comes from rows; altering one moves it.
func TestCampaignReportMovesWithItsRows(t *testing.T) {
	l := newLab(t)
	for n := range 3 {
		l.receive(start, 0, l.message(n, start, "halo"))
	}
	c := l.campaign()
	l.promo(c.ID, 0, wednesday, "sent", 0)
	l.run("INSERT INTO campaign_people (campaign_id, person_id, fate) VALUES ($1, $2, 'no_consent')", c.ID, l.person(1).ID)
	who, later := l.person(0).ID, wednesday.Add(shop.PromoWindow-time.Millisecond)
	shown := func() string {
		r := l.campaignReport(c.ID, later)
		h := r.Hours[17]
		return fmt.Sprintf("%+v %+v %d %d %v", r.PromoFigures, h == r.PromoFigures && r.Wordings[0] == h, r.Chosen, r.Waiting, r.Unsent)
	}
	in := strings.NewReplacer("@who", fmt.Sprint(who), "@at", fmt.Sprint(ms(wednesday)))
	for _, step := range []struct{ stmt, want string }{
		{"INSERT INTO conversations (person_id) VALUES (@who) ON CONFLICT DO NOTHING", "{Sent:1 Delivered:0 Read:0 Unknown:0 Replied:0 Stopped:0 Complained:0 Ordered:0} true 2 0 [{no_consent  1}]"},
		{"UPDATE outbox SET status = 'delivered'", "{Sent:1 Delivered:1 Read:0 Unknown:0 Replied:0 Stopped:0 Complained:0 Ordered:0} true 2 0 [{no_consent  1}]"},
		{"UPDATE outbox SET status = 'read'", "{Sent:1 Delivered:1 Read:1 Unknown:0 Replied:0 Stopped:0 Complained:0 Ordered:0} true 2 0 [{no_consent  1}]"},
		{"UPDATE inbox SET sent_at = @at - 1 WHERE person_id = @who", "{Sent:1 Delivered:1 Read:1 Unknown:0 Replied:0 Stopped:0 Complained:0 Ordered:0} true 2 0 [{no_consent  1}]"},
		{"UPDATE inbox SET sent_at = @at + 259200000 WHERE person_id = @who", "{Sent:1 Delivered:1 Read:1 Unknown:0 Replied:0 Stopped:0 Complained:0 Ordered:0} true 2 0 [{no_consent  1}]"},
		{"UPDATE inbox SET sent_at = @at + 259199999 WHERE person_id = @who", "{Sent:1 Delivered:1 Read:1 Unknown:0 Replied:1 Stopped:0 Complained:0 Ordered:0} true 2 0 [{no_consent  1}]"},
		{"INSERT INTO orders (person_id, dropship, source, items, recipient, address, total, state, ordered_at, placed_at, changed_at) VALUES (@who, 0, 'a', '[1]', 'x', 'x', 1, 'placed', @at, @at, @at)", "{Sent:1 Delivered:1 Read:1 Unknown:0 Replied:1 Stopped:0 Complained:0 Ordered:1} true 2 0 [{no_consent  1}]"},
		{"UPDATE orders SET placed_at = @at - 1", "{Sent:1 Delivered:1 Read:1 Unknown:0 Replied:1 Stopped:0 Complained:0 Ordered:0} true 2 0 [{no_consent  1}]"},
		{"INSERT INTO consents (person_id, granted, at, source, words) VALUES (@who, 0, @at, 'x', 'STOP')", "{Sent:1 Delivered:1 Read:1 Unknown:0 Replied:1 Stopped:1 Complained:0 Ordered:0} true 2 0 [{no_consent  1}]"},
		{"UPDATE conversations SET complaint_at = @at WHERE person_id = @who", "{Sent:1 Delivered:1 Read:1 Unknown:0 Replied:1 Stopped:1 Complained:1 Ordered:0} true 2 0 [{no_consent  1}]"},
		{"UPDATE campaign_people SET fate = 'capped' WHERE fate = 'no_consent'", "{Sent:1 Delivered:1 Read:1 Unknown:0 Replied:1 Stopped:1 Complained:1 Ordered:0} true 2 0 [{capped  1}]"},
	} {
		l.run(in.Replace(step.stmt))
		if got := shown(); got != step.want {
			t.Errorf("after %s\n got %s\nwant %s", step.stmt, got, step.want)
		}
	}
}

// deed is what somebody did at a second.
type deed struct {
	person int
	at     time.Time
	what   string
}

// sentPromo is one promo of the history that a recount looks at.
type sentPromo struct {
	campaign int64
	person   int
	at       time.Time
	status   string
	wording  int
}

func (p sentPromo) reached() bool {
	return slices.Contains([]string{"sent", "delivered", "read", "unknown"}, p.status)
}

// recountPromos counts by hand: each deed belongs to the latest promo before it.
func recountPromos(campaign int64, promos []sentPromo, deeds []deed) (total shop.PromoFigures, hours [24]shop.PromoFigures, wordings [2]shop.PromoFigures) {
	for _, p := range promos {
		if p.campaign != campaign || !p.reached() {
			continue
		}
		did := map[string]int{}
		for _, d := range deeds {
			latest := sentPromo{}
			for _, o := range promos {
				if o.reached() && o.person == d.person && !o.at.After(d.at) && o.at.After(latest.at) {
					latest = o
				}
			}
			if latest == p && d.at.Sub(p.at) < 72*time.Hour {
				did[d.what] = 1
			}
		}
		for _, f := range []*shop.PromoFigures{&total, &hours[p.at.In(shop.WIB).Hour()], &wordings[p.wording]} {
			switch p.status {
			case "unknown":
				f.Unknown++
			case "read":
				f.Sent, f.Delivered, f.Read = f.Sent+1, f.Delivered+1, f.Read+1
			case "delivered":
				f.Sent, f.Delivered = f.Sent+1, f.Delivered+1
			default:
				f.Sent++
			}
			f.Replied += did["reply"]
			f.Stopped += did["stop"]
			f.Ordered += did["reply"] * did["order"]
		}
	}
	return total, hours, wordings
}

// TestCampaignReportIsARecount: whoever got which promos and did what when, each deed is
// ascribed to the one promo that a recount ascribes it to.
func TestCampaignReportIsARecount(t *testing.T) {
	base := newLab(t)
	base.receive(start, 0, base.message(0, start, "a"))
	base.receive(start, 0, base.message(1, start, "b"))
	var ids []int64
	for range 3 {
		id, err := base.AddCampaign(base.ctx, shop.Campaign{Name: "x", Wordings: []string{"a", "b"}, ApprovedAt: start})
		base.must(err)
		ids = append(ids, id)
	}
	base.run("DROP TRIGGER consents_no_delete")
	rapid.Check(t, func(rt *rapid.T) {
		l := base.with(rt)
		for _, table := range []string{"inbox", "outbox", "campaign_people", "consents", "orders"} {
			l.run("DELETE FROM " + table)
		}
		var promos []sentPromo
		taken := map[time.Time]bool{}
		second := func(name string) time.Time {
			return wednesday.Add(time.Duration(rapid.SampledFrom([]int{0, 1, 3600, 86400, 86401, 172800, 259199, 259200, 345600, 604800}).Draw(rt, name)) * time.Second)
		}
		for _, id := range ids {
			for n := range 2 {
				p := sentPromo{id, n, second("promo"), rapid.SampledFrom([]string{"sent", "delivered", "read", "unknown", "failed", "queued"}).Draw(rt, "status"), rapid.IntRange(0, 1).Draw(rt, "wording")}
				if taken[p.at] { // two promos in one second: nobody could tell
					continue
				}
				taken[p.at] = true
				promos = append(promos, p)
				l.promo(p.campaign, n, p.at, p.status, p.wording)
			}
		}
		var deeds []deed
		for range rapid.IntRange(0, 8).Draw(rt, "deeds") {
			d := deed{rapid.IntRange(0, 1).Draw(rt, "who"), second("when"), rapid.SampledFrom([]string{"reply", "stop", "order"}).Draw(rt, "what")}
			deeds = append(deeds, d)
			switch d.what {
			case "reply":
				l.receive(d.at, 0, l.message(d.person, d.at, "mau"))
			case "stop":
				l.must(l.AddConsent(l.ctx, shop.Consent{PersonID: l.person(d.person).ID, At: d.at, Source: "chat", Words: "stop"}))
			case "order":
				l.ordered(d.person, d.at)
			}
		}
		// A STOP cancels what waits; it counts as waiting or not sent, in any case not as sent.
		for _, id := range ids {
			got := l.campaignReport(id, wednesday.AddDate(0, 0, 30))
			total, hours, wordings := recountPromos(id, promos, deeds)
			if diff := gocmp.Diff(total, got.PromoFigures) + gocmp.Diff(hours, got.Hours) + gocmp.Diff(wordings[:], got.Wordings); diff != "" {
				rt.Fatalf("campaign %d: the recount (-) and the report (+) differ:\n%s\npromos %v\ndeeds %v", id, diff, promos, deeds)
			}
			if sum := got.Reached() + got.Failed + got.Waiting + got.NotSent(); sum != got.Chosen {
				rt.Fatalf("%d people are accounted for, %d were chosen", sum, got.Chosen)
			}
		}
	})
}

// TestPromoReportsAreOwedOnce: on the evening and 72 hours after the last promo, to the
// author, though the program looks again and again.
func TestPromoReportsAreOwedOnce(t *testing.T) {
	l := newLab(t)
	l.receive(start, 0, l.message(1, start, "halo"))
	c := l.campaign()
	l.promo(c.ID, 1, wednesday.Add(time.Minute), "sent", 0)
	l.run("UPDATE campaigns SET state = 'scheduled'")
	ended := wednesday.Add(5 * time.Minute)
	l.must(l.EndCampaigns(l.ctx, ended))
	l.must(l.EndCampaigns(l.ctx, ended))
	var got []string
	for {
		r, due, ok, err := l.NextPromoReport(l.ctx)
		l.must(err)
		if !ok {
			break
		}
		got = append(got, fmt.Sprint(r.Kind, " ", shop.DateClock(due), " ", r.Person == c.CreatedBy))
		for range 2 { // the second changes nothing
			l.must(l.WritePromoReport(l.ctx, due, r, l.newID, []shop.Draft{{To: r.Person, Lane: shop.LaneReply, Text: string(r.Kind)}}))
		}
	}
	want := []string{"evening Rabu, 7 Jan 21.00 true", "final Sabtu, 10 Jan 17.01 true"}
	if n := l.number("SELECT COUNT(*) FROM outbox WHERE lane = 'reply'"); n != 2 || slices.CompareFunc(got, want, cmp.Compare[string]) != 0 {
		t.Errorf("%d messages; owed %v, want %v", n, got, want)
	}
}
