package store

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"bestie/shop"
)

var wednesday = time.Date(2026, 1, 7, 17, 0, 0, 0, shop.WIB)

func (l *lab) consent(n int, granted bool) {
	l.Helper()
	l.must(l.AddConsent(l.ctx, shop.Consent{PersonID: l.person(n).ID, Granted: granted, At: start, Source: "chat", Words: "ya"}))
}

// campaign is one that was approved and not planned.
func (l *lab) campaign() shop.Campaign {
	l.Helper()
	id, err := l.AddCampaign(l.ctx, shop.Campaign{Name: "diskon", Text: "Diskon!", ApprovedAt: start, CreatedBy: l.duty()})
	l.must(err)
	c, _, err := l.Campaign(l.ctx, id)
	l.must(err)
	return c
}

// slot is a campaign that has such people in one slot.
func (l *lab) slot(at time.Time, people ...int) shop.Campaign {
	l.Helper()
	c := l.campaign()
	l.run("INSERT INTO campaign_slots (campaign_id, starts_at) VALUES ($1, $2)", c.ID, ms(at))
	for i, n := range people {
		l.run("INSERT INTO campaign_people (campaign_id, person_id, fate, slot_at, position) VALUES ($1, $2, 'safe', $3, $4)", c.ID, l.person(n).ID, ms(at), i)
	}
	l.run("UPDATE campaigns SET state = 'scheduled' WHERE id = $1", c.ID)
	return c
}

// batch writes the next people of a slot.
func (l *lab) batch(now time.Time, c shop.Campaign, starts time.Time, most int) int {
	l.Helper()
	n, err := l.WriteBatch(l.ctx, now, c, starts, most, l.newID, func(who shop.Candidate, wording int) string { return c.Render(who, wording) })
	l.must(err)
	return n
}

func TestConsentsAreForEver(t *testing.T) {
	l := newLab(t)
	l.ask(1, start)
	who := l.person(1).ID
	state := func() shop.ConsentState {
		s, err := consent(l.ctx, l.r, who)
		l.must(err)
		return s
	}
	got := []shop.ConsentState{state()}
	for _, granted := range []bool{true, false, true} {
		l.consent(1, granted)
		got = append(got, state())
	}
	if fmt.Sprint(got) != "[none in out in]" {
		t.Errorf("%v", got)
	}
	for _, stmt := range []string{"UPDATE consents SET granted = 0", "UPDATE consents SET words = ''", "DELETE FROM consents"} {
		if _, err := l.w.ExecContext(l.ctx, stmt); err == nil {
			t.Errorf("%s is allowed", stmt)
		}
	}
	if err := l.AddConsent(l.ctx, shop.Consent{PersonID: who, Granted: true, At: start}); err == nil {
		t.Error("a consent from nowhere")
	}
}

func TestOptOutDropsWaitingPromos(t *testing.T) {
	l := newLab(t)
	l.ask(1, start, answer("balasan"))
	l.batch(start, l.slot(wednesday, 1), wednesday, 50)
	l.consent(1, false)
	if got := l.rows("SELECT lane, status FROM outbox ORDER BY id"); got != "reply queued\npromo cancelled" {
		t.Errorf("%q", got)
	}
}

func TestSlotsAreWrittenInBatchesOnce(t *testing.T) {
	l := newLab(t)
	for n := 1; n <= 5; n++ {
		l.ask(n, start)
	}
	c := l.slot(wednesday, 3, 1, 2, 5, 4)
	if at, ok, _ := l.NextSlot(l.ctx); !ok || !at.Equal(wednesday) {
		t.Errorf("next slot %v", at)
	}
	if _, _, _, ok, _ := l.DueSlot(l.ctx, wednesday.Add(-1)); ok {
		t.Error("due too early")
	}
	for _, want := range []int{2, 2, 1} {
		got, at, _, ok, err := l.DueSlot(l.ctx, wednesday)
		if !ok || err != nil || got.ID != c.ID || got.Text != "Diskon!" || !at.Equal(wednesday) {
			t.Fatalf("%+v %v %t %v", got, at, ok, err)
		}
		if n := l.batch(wednesday, c, wednesday, 2); n != want {
			t.Errorf("%d written, want %d", n, want)
		}
		l.must(l.EndCampaigns(l.ctx, wednesday))
	}
	if n := l.batch(wednesday, c, wednesday, 2); n != 0 {
		t.Errorf("%d more", n)
	}
	if n, err := l.PromosWaiting(l.ctx); n != 5 || err != nil {
		t.Error(n, err)
	}
	if got := l.rows("SELECT (SELECT state FROM campaigns), state FROM campaign_slots"); got != "running written" {
		t.Error(got)
	}
	for range 5 {
		l.send(wednesday)
	}
	l.must(l.EndCampaigns(l.ctx, wednesday))
	if got := l.rows("SELECT state FROM campaigns"); got != "finished" {
		t.Error(got)
	}
	if got := l.rows("SELECT group_concat(person_id) FROM (SELECT person_id FROM outbox WHERE lane = 'promo' ORDER BY id)"); got != l.rows("SELECT group_concat(person_id) FROM (SELECT person_id FROM campaign_people ORDER BY position)") {
		t.Errorf("in the order %s", got)
	}
	if got := l.rows("SELECT group_concat(state) FROM campaign_events"); got != "approved,running,finished" {
		t.Error(got)
	}
}

func TestMissedSlotsWaitForAWord(t *testing.T) {
	for _, send := range []bool{true, false} {
		l := newLab(t)
		l.ask(1, start)
		l.ask(2, start)
		c := l.slot(wednesday, 1)
		friday := wednesday.AddDate(0, 0, 2)
		l.run("INSERT INTO campaign_slots (campaign_id, starts_at) VALUES ($1, $2)", c.ID, ms(friday))
		l.run("INSERT INTO campaign_people (campaign_id, person_id, fate, slot_at) VALUES ($1, $2, 'safe', $3)", c.ID, l.person(2).ID, ms(friday))
		l.must(l.AskSlots(l.ctx, wednesday.Add(time.Hour), c.ID, wednesday.Add(15*time.Minute), l.newID, []shop.Draft{{To: l.duty(), Lane: shop.LaneAlert, Text: "kirim?"}}))
		if at, _, _ := l.NextSlot(l.ctx); !at.Equal(friday) {
			t.Errorf("next %v", at)
		}
		answer := func() {
			kind := map[bool]shop.ActionKind{true: shop.ActPromoSend, false: shop.ActPromoSkip}[send]
			l.must(l.tx(l.ctx, func(tx *transaction) error {
				return l.act(l.ctx, tx, wednesday.Add(2*time.Hour), []shop.Action{{Kind: kind, Ticket: c.Ticket}})
			}))
		}
		answer()
		_, at, begun, ok, err := l.DueSlot(l.ctx, wednesday.Add(2*time.Hour))
		if ok != send || begun != send || err != nil || send && !at.Equal(wednesday) {
			t.Errorf("%v %t %t %v", at, begun, ok, err)
		}
		why, ok, err := l.WhyPromo(l.ctx, c.ID, l.person(1).ID)
		if want := map[bool]shop.Fate{true: shop.FateSafe, false: shop.FateMissed}[send]; why.Fate != want || !ok || err != nil {
			t.Errorf("%+v %t %v", why, ok, err)
		}
		before := l.rows("SELECT group_concat(state) FROM campaign_slots")
		if answer(); l.rows("SELECT group_concat(state) FROM campaign_slots") != before {
			t.Error("the second answer changed something")
		}
	}
}

func TestPlansAreWrittenAndCanBeAnew(t *testing.T) {
	l := newLab(t)
	const crowd = 450 // more than two transactions
	for n := 1; n <= crowd; n++ {
		l.ask(n, start)
		l.consent(n, true)
	}
	c := l.campaign()
	by := shop.Planning{Promo: shop.DefaultPromo(), Link: 100 * 7 * 24 * time.Hour, Rand: rand.New(rand.NewPCG(1, 2)).IntN}
	preview, err := l.PreviewPlan(l.ctx, start, c, by)
	l.must(err)
	if n := l.number("SELECT COUNT(*) FROM campaign_people"); n != 0 {
		t.Errorf("the preview wrote %d", n)
	}
	told := 0
	plan := func() shop.CampaignPlan {
		p, err := l.PlanCampaign(l.ctx, start, c, by, l.newID, func(shop.CampaignPlan) ([]shop.Draft, error) {
			told++
			return nil, nil
		})
		l.must(err)
		return p
	}
	l.run("INSERT INTO campaign_people (campaign_id, person_id, fate, slot_at) VALUES ($1, $2, 'safe', 1)", c.ID, l.person(9).ID) // a try that was killed
	if got := plan(); got.String() != preview.String() || told != 1 || got.Fates[shop.FateSafe] != crowd {
		t.Errorf("%s, preview %s", got, preview)
	}
	if got := l.rows("SELECT state, (SELECT COUNT(*) FROM campaign_slots), (SELECT COUNT(*) FROM campaign_people), (SELECT COUNT(DISTINCT position) > 440 FROM campaign_people) FROM campaigns"); got != fmt.Sprint("scheduled ", len(preview.Slots), " ", crowd, " 1") {
		t.Error(got)
	}
	l.batch(wednesday, c, preview.Slots[0].At, 50)
	l.must(l.Replan(l.ctx, wednesday, c.ID, "test"))
	if got := plan(); got.Chosen != crowd-50 {
		t.Errorf("anew: %s", got)
	}
	if got := l.rows("SELECT COUNT(*), SUM(written) FROM campaign_people"); got != fmt.Sprint(crowd, " 50") {
		t.Error(got)
	}
}

func TestPromoFacts(t *testing.T) {
	l := newLab(t)
	l.ask(1, start)
	l.ask(2, start)
	l.consent(1, true)
	l.batch(wednesday, l.slot(wednesday, 2, 1), wednesday, 50)
	l.send(wednesday)
	o := l.next(wednesday)
	f, err := l.PromoFacts(l.ctx, o, wednesday.Add(time.Minute))
	l.must(err)
	if f.Consent != shop.ConsentIn || !f.Wrote || f.Complaint || f.SentToday != 1 || len(f.History) != 0 {
		t.Errorf("%+v", f)
	}
	l.run("UPDATE conversations SET complaint_at = $1 WHERE person_id = $2", ms(wednesday), o.Person.ID)
	tomorrow := wednesday.AddDate(0, 0, 1)
	if f, err = l.PromoFacts(l.ctx, o, tomorrow); err != nil || !f.Complaint || f.SentToday != 0 {
		t.Errorf("%+v %v", f, err)
	}
	if sent, left, err := l.PromoCounts(l.ctx, wednesday.Add(time.Hour)); sent != 1 || left != 1 || err != nil {
		t.Error(sent, left, err)
	}
}
