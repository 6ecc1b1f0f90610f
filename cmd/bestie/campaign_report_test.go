package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bestie/shop"
	"bestie/whatsapp/standin/people"
)

// TestCampaignReportIsWhatThePhonesSaw sends a campaign to 30 phones. Some read it, some
// write, stop or order, at the desk's own pace; one is switched off. What the report says is
// what the phones and their receipts say, and the author is sent it with a picture.
func TestCampaignReportIsWhatThePhonesSaw(t *testing.T) {
	t.Parallel()
	const crowd, shops = 30, 4 // the first of the crowd are dropshippers: they can order by chat
	s, sari := newStage(t, func(o *StageOptions) {
		c := *o.Config
		c.Promo.PaceMin, c.Promo.PaceMax, c.Promo.Batch, c.Promo.CapWeeks, c.Promo.YieldSlow, c.Promo.YieldStop = time.Second, 2*time.Second, 0, []int{crowd}, 0, 0
		c.Promo.Slots = []shop.Slot{{Weekday: time.Wednesday, Hour: 17}}
		o.Config = &c
	})
	ctx, db, now := t.Context(), s.app.db, s.clock.Now()
	phones := make([]*people.Person, crowd)
	for i := range crowd {
		number, name := fmt.Sprintf("62812000002%02d", i), fmt.Sprintf("Orang %d", i)
		if i < shops {
			if _, err := db.RegisterDropshipper(ctx, now, number, "", shop.Dropshipper{Shop: name, Limit: 1_000_000}); err != nil {
				t.Fatal(err)
			}
		}
		phones[i] = newPerson(t, s, number, name)
		if _, err := phones[i].Say(ctx, stageNumber, "makasih kak"); err != nil {
			t.Fatal(err)
		}
	}
	pass(t, s, time.Minute)
	for i := range crowd - 1 { // the last never agreed
		p, _, err := db.PersonByPhone(ctx, fmt.Sprintf("62812000002%02d", i))
		if err != nil {
			t.Fatal(err)
		}
		if err = db.AddConsent(ctx, shop.Consent{PersonID: p.ID, Granted: true, At: now, Source: "test", Words: "mau promo"}); err != nil {
			t.Fatal(err)
		}
	}
	author, _, err := db.PersonByPhone(ctx, "6281300000001")
	if err != nil {
		t.Fatal(err)
	}
	id, err := db.AddCampaign(ctx, shop.Campaign{
		Name: "Diskon Rabu", Wordings: []string{"Diskon 25% A, sampai Jumat. Yuk order!", "Diskon 25% B, sampai Jumat. Yuk order!"}, ApprovedAt: now, CreatedBy: author.ID,
	})
	if err != nil {
		t.Fatal(err)
	}
	s.app.promos.Wake()
	phones[crowd-2].Disconnect()
	slot := shop.Slot{Weekday: time.Wednesday, Hour: 17}.NextAfter(s.clock.Now())
	pass(t, s, slot.Add(30*time.Minute).Sub(s.clock.Now()))

	for i, p := range phones {
		promo, ok := promoOn(p)
		if !ok {
			continue
		}
		if i%2 == 0 {
			if err := p.MarkRead(ctx, promo); err != nil {
				t.Fatal(err)
			}
		}
		switch {
		case i < shops:
			ask(t, s, p, "order\nPesanan: bakso 1 pcs\nNama: Budi\nNo HP: 0813-1111-2222\nAlamat: Jl. Kenanga 2, Cimahi, Jawa Barat\nCatatan: tidak ada")
			if i < shops-1 { // the last does not confirm
				ask(t, s, p, "ya")
			}
		case i%5 == 0:
			ask(t, s, p, "mau tanya dulu kak")
		case i%11 == 0:
			ask(t, s, p, "STOP")
		}
	}
	pass(t, s, time.Minute)
	compareWithPhones(t, s, id, phones)

	pass(t, s, 12*time.Hour)
	if got(sari, "Hasil promo #1 \"Diskon Rabu\" (sementara)") != 1 {
		t.Error("the author was not told that evening, once")
	}
	pass(t, s, 72*time.Hour)
	for _, m := range sari.Received() {
		if strings.Contains(m.Text, "(akhir)") && m.Kind != people.Image {
			t.Error("the last report came without its picture")
		}
	}
	if got(sari, "Hasil promo #1 \"Diskon Rabu\" (akhir)") != 1 {
		t.Error("the author was not told 72 hours later, once")
	}
}

// promoOn is the promo that reached a phone.
func promoOn(p *people.Person) (people.Received, bool) {
	for _, m := range p.Received() {
		if strings.Contains(m.Text, "Diskon 25%") {
			return m, true
		}
	}
	return people.Received{}, false
}

// compareWithPhones counts on the phones what the report says; a phone that is off was
// sent its promo all the same, which waits for it at WhatsApp.
func compareWithPhones(t *testing.T, s *Stage, campaign int64, phones []*people.Person) {
	t.Helper()
	want, wordings := shop.PromoFigures{}, [2]int{}
	for i, p := range phones {
		promo, ok := promoOn(p)
		if !ok {
			continue
		}
		want.Delivered++
		if strings.Contains(promo.Text, "25% B") {
			wordings[1]++
		} else {
			wordings[0]++
		}
		if i%2 == 0 {
			want.Read++
		}
		if got(p, "masuk") > 0 {
			want.Ordered++
		}
		if got(p, "tidak akan menerima promo") > 0 {
			want.Stopped++
		}
		if i < 4 || i%5 == 0 || i%11 == 0 {
			want.Replied++
		}
	}
	want.Sent = want.Delivered + 1
	r, _, err := s.app.db.CampaignReport(t.Context(), s.clock.Now(), campaign)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, r.PromoFigures); diff != "" {
		t.Errorf("the phones (-) and the report (+) differ:\n%s", diff)
	}
	if want.Delivered != len(phones)-2 || want.Ordered != 3 || want.Stopped != 2 || want.Read == 0 {
		t.Errorf("the phones saw too little to compare: %+v", want)
	}
	if a, b := r.Wordings[0].Delivered, r.Wordings[1].Delivered; a != wordings[0] || b != wordings[1] || a == 0 || b == 0 {
		t.Errorf("the report has %d and %d of the two wordings, the phones %v", a, b, wordings)
	}
	if r.Chosen != len(phones) || r.NotSent() != 1 {
		t.Errorf("%d were chosen, %d got nothing: %v", r.Chosen, r.NotSent(), r.Unsent)
	}
}
