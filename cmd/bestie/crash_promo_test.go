package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"bestie/shop"
	"bestie/store"
)

// promoFlow: a campaign whose slot begins now goes to everybody, as fast as the
// program can. Nobody gets it twice, and what may have been delivered when the
// program died is not tried again. Nobody writes meanwhile.
func promoFlow(crowd int) flow {
	return flow{
		name: "promo", people: crowd,
		script: func(*rand.Rand, int) []input { return nil },
		config: func(c *Config) {
			p := &c.Promo
			p.PaceMin, p.PaceMax, p.Batch, p.CapWeeks, p.CapCeiling = 0, 0, 0, []int{crowd}, crowd
			p.Slots = []shop.Slot{{Weekday: time.Wednesday, Hour: 17}}
		},
		shift:   func(now time.Time) time.Duration { return promoSlot(now).Add(time.Minute).Sub(now) },
		prepare: func(ctx context.Context, db *store.DB, now time.Time) error { return planPromo(ctx, db, now, crowd) },
		check:   checkPromos,
	}
}

// promoSlot is the next Wednesday, 17.00: the first slot of the default policy.
func promoSlot(now time.Time) time.Time {
	return shop.Slot{Weekday: time.Wednesday, Hour: 17}.NextAfter(now)
}

// planPromo puts a campaign on record and a crowd that wants it.
func planPromo(ctx context.Context, db *store.DB, now time.Time, crowd int) error {
	for i := range crowd {
		phone := fmt.Sprintf(crashPhone, i+1)
		p, err := db.Register(ctx, now, phone, "", shop.RoleDropshipper)
		if err != nil {
			return err
		}
		if err = db.AddConsent(ctx, shop.Consent{PersonID: p.ID, Granted: true, At: now, Source: "test", Words: "mau promo"}); err != nil {
			return err
		}
		in := shop.Incoming{Account: stageNumber, Chat: shop.Address{Phone: phone}, ID: fmt.Sprint(earlier, i), Kind: shop.KindSticker, SentAt: now.AddDate(0, 0, -1)}
		if _, err = db.Receive(ctx, now.AddDate(0, 0, -1), 0, in); err != nil {
			return err
		}
	}
	slot := promoSlot(now.AddDate(0, 0, -1))
	_, err := db.AddCampaign(ctx, shop.Campaign{Name: "diskon", Text: "Diskon 25% hari ini saja, yuk checkout Kak!", ApprovedAt: slot.AddDate(0, 0, -1)})
	return err
}

// checkPromos: one row for everybody, tried once, which the phone saw or whose fate is
// on record as unknown; and the books count as many as the phones received.
func checkPromos(o *outcome) {
	if o.campaign != "finished" {
		o.violate("the campaign is %s", o.campaign)
	}
	rows, sent, unseen, screens := map[string]int{}, 0, 0, 0
	for _, r := range o.out {
		if r.lane != "promo" {
			continue
		}
		rows[r.phone]++
		switch r.status {
		case "sent", "delivered", "read":
			sent++
		case "unknown":
			if o.seen(r.phone, r.messageID) > 0 {
				sent++
			} else {
				unseen++
			}
		default:
			o.violate("the promo to %s is %s (%s)", r.phone, r.status, r.why)
		}
		if r.tries != 1 {
			o.violate("the promo to %s was tried %d times and is %s (%s)", r.phone, r.tries, r.status, r.why)
		}
	}
	for who := range o.crowd {
		if n := rows[o.phone(who)]; n != 1 {
			o.violate("%d promos to %s", n, o.phone(who))
		}
		n := len(o.screens[o.phone(who)])
		screens += n
		if n > 1 {
			o.violate("%s saw %d promos", o.phone(who), n)
		}
	}
	o.tb.Logf("%d people: the phones received %d promos, the books count %d and %d of unknown fate that never arrived", len(o.crowd), screens, sent, unseen)
	if sent != screens || sent+unseen != len(o.crowd) {
		o.violate("%d sent and %d unknown, but %d people and %d on their phones", sent, unseen, len(o.crowd), screens)
	}
}

func TestCrashPromo(t *testing.T) { crashTest(t, promoFlow(60), 0, 15) }

// TestCrashCampaign is the same with 2,000 people and 50 kills; it takes a quarter of an
// hour, so that make crash plays one seed of it, whatever SEEDS says.
func TestCrashCampaign(t *testing.T) {
	if *crashSeeds == 0 {
		t.Skip("make crash plays it")
	}
	for _, when := range []moment{anywhere, inSend} {
		t.Run(string(when), func(t *testing.T) {
			lives <- struct{}{}
			defer func() { <-lives }()
			crashRun(t, promoFlow(2000), when, *crashFrom, 0, 50)
		})
	}
}
