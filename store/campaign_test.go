package store

import (
	"fmt"
	"testing"
	"time"

	"bestie/shop"
)

var wednesday = time.Date(2026, 1, 7, 17, 0, 0, 0, shop.WIB)

func (l *lab) consent(n int, granted bool) {
	l.Helper()
	l.must(l.AddConsent(l.ctx, shop.Consent{PersonID: l.person(n).ID, Granted: granted, At: start, Source: "chat", Words: "ya"}))
}

func (l *lab) campaign(slots ...shop.PlannedSlot) shop.Campaign {
	l.Helper()
	c := shop.Campaign{Name: "diskon", Text: "Diskon!", ApprovedAt: start}
	var err error
	c.ID, err = l.AddCampaign(l.ctx, c, slots)
	l.must(err)
	return c
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
	c := l.campaign(shop.PlannedSlot{At: wednesday})
	l.must(l.WriteSlot(l.ctx, start, c, shop.PlannedSlot{At: wednesday}, []shop.Person{l.person(1)}, "promo", l.newID))
	l.consent(1, false)
	if got := l.rows("SELECT lane, status FROM outbox ORDER BY id"); got != "reply queued\npromo cancelled" {
		t.Errorf("%q", got)
	}
}

func TestCandidates(t *testing.T) {
	l := newLab(t)
	for n := 1; n <= 6; n++ {
		l.ask(n, wednesday.Add(-time.Hour))
	}
	for n := 2; n <= 6; n++ {
		l.consent(n, true)
	}
	l.consent(3, false)                                                                                                       // has opted out
	l.run("INSERT INTO person_roles VALUES ($1, 'owner')", l.person(4).ID)                                                    // works here
	l.run("UPDATE conversations SET complaint_at = $1 WHERE person_id = $2", ms(wednesday.AddDate(0, 0, -6)), l.person(5).ID) // is angry
	never, err := l.Register(l.ctx, start, "628999", "Impor", "")                                                             // never wrote to us
	l.must(err)
	l.must(l.AddConsent(l.ctx, shop.Consent{PersonID: never.ID, Granted: true, At: start, Source: "import"}))
	before := l.campaign()
	l.must(l.WriteSlot(l.ctx, wednesday.AddDate(0, 0, -2), before, shop.PlannedSlot{}, []shop.Person{l.person(6)}, "promo", l.newID))
	l.send(wednesday.AddDate(0, 0, -2))
	c := l.campaign(shop.PlannedSlot{At: wednesday})
	names := func() (out []string) {
		list, err := l.Candidates(l.ctx, c.ID, wednesday)
		l.must(err)
		for _, cand := range list {
			out = append(out, cand.Person.Phone[len(cand.Person.Phone)-1:])
			if cand.Wrote[16] != 1 {
				t.Errorf("wrote at %v", cand.Wrote)
			}
			if want := cand.Person.ID == l.person(6).ID; (len(cand.History) == 1) != want {
				t.Errorf("history of %d: %v", cand.Person.ID, cand.History)
			}
		}
		return out
	}
	if got := names(); fmt.Sprint(got) != "[2 6]" {
		t.Errorf("chosen %v", got)
	}
	l.must(l.WriteSlot(l.ctx, wednesday, c, shop.PlannedSlot{At: wednesday}, []shop.Person{l.person(2)}, "promo", l.newID))
	if got := names(); fmt.Sprint(got) != "[6]" {
		t.Errorf("then %v", got)
	}
}

func TestSlotsAreWrittenOnce(t *testing.T) {
	l := newLab(t)
	l.ask(1, start)
	friday := wednesday.AddDate(0, 0, 2)
	first, second := shop.PlannedSlot{At: wednesday}, shop.PlannedSlot{At: friday, Second: true}
	c := l.campaign(first, second)
	if at, ok, _ := l.NextSlot(l.ctx); !ok || !at.Equal(wednesday) {
		t.Errorf("next slot %v", at)
	}
	if _, _, ok, _ := l.DueSlot(l.ctx, wednesday.Add(-1)); ok {
		t.Error("due too early")
	}
	got, slot, ok, err := l.DueSlot(l.ctx, wednesday)
	if !ok || err != nil || got.ID != c.ID || got.Text != "Diskon!" || !slot.At.Equal(wednesday) || slot.Second {
		t.Errorf("%+v %+v %t %v", got, slot, ok, err)
	}
	for range 2 {
		l.must(l.WriteSlot(l.ctx, wednesday, c, first, []shop.Person{l.person(1)}, "promo", l.newID))
	}
	if n := l.number("SELECT COUNT(*) FROM outbox"); n != 1 {
		t.Errorf("%d promos", n)
	}
	if state := l.rows("SELECT state FROM campaigns"); state != "running" {
		t.Error(state)
	}
	if at, ok, _ := l.SlotAfter(l.ctx, c.ID, wednesday); !ok || !at.Equal(friday) {
		t.Errorf("slot after %v", at)
	}
	admin := l.duty()
	l.must(l.MissSlots(l.ctx, friday, c, second.At, second.At, l.newID, []shop.Draft{{To: admin, Lane: shop.LaneAlert, Text: "terlewat"}}))
	if got := l.rows("SELECT (SELECT state FROM campaigns), group_concat(state ORDER BY starts_at) FROM campaign_slots"); got != "finished written,missed" {
		t.Error(got)
	}
	if _, ok, _ := l.NextSlot(l.ctx); ok {
		t.Error("a slot is left")
	}
	lost := l.campaign(first)
	l.must(l.MissSlots(l.ctx, friday, lost, first.At, first.At, l.newID, nil))
	if got := l.rows("SELECT state FROM campaigns WHERE id = $1", lost.ID); got != "missed" {
		t.Error(got)
	}
}

func TestPromoFacts(t *testing.T) {
	l := newLab(t)
	l.ask(1, start)
	l.ask(2, start)
	l.consent(1, true)
	c := l.campaign()
	l.must(l.WriteSlot(l.ctx, wednesday, c, shop.PlannedSlot{}, []shop.Person{l.person(2), l.person(1)}, "promo", l.newID))
	l.send(wednesday)
	o := l.next(wednesday)
	f, err := l.PromoFacts(l.ctx, o, wednesday.Add(time.Minute))
	l.must(err)
	if f.Consent != shop.ConsentIn || !f.Wrote || f.Complaint || f.SentToday != 1 || !f.LastAt.Equal(wednesday) || len(f.History) != 0 {
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
