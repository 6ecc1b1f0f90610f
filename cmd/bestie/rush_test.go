package main

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"bestie/shop"
	"bestie/whatsapp/standin/people"
)

// TestRushOfDropshippers: fifty dropshippers write at once through the whole program, every
// message is delivered twice on the wire, and the bot is restarted in between. Each order and
// each payment is booked once, and the ledger verifies.
func TestRushOfDropshippers(t *testing.T) {
	const crowd = 50
	s, _ := newStage(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(s.app.db.PutProduct(t.Context(), shop.Product{Name: "keripik", Price: 15_000, Cost: 12_000, Stock: 9_000}))
	var all []*people.Person
	for n := range crowd {
		phone := fmt.Sprintf("62814%08d", n)
		_, err := s.app.db.RegisterDropshipper(t.Context(), s.clock.Now(), phone, "", shop.Dropshipper{Shop: fmt.Sprint("Toko ", n), Limit: shop.DefaultLimit})
		must(err)
		p := newPerson(t, s, phone, fmt.Sprint("Dropshipper ", n))
		s.srv.Duplicate(p.Device(), 1_000)
		all = append(all, p)
	}
	everybody := func(texts ...string) {
		var sent sync.WaitGroup
		for _, p := range all {
			sent.Go(func() {
				for _, text := range texts {
					if _, err := p.Say(t.Context(), stageNumber, text); err != nil {
						t.Error(err)
					}
				}
			})
		}
		sent.Wait()
	}
	everybody("order\nPesanan: keripik 5 pcs\nNama: Budi Santoso\nNo HP: 081311112222\nAlamat: Jl. Kenanga 2 Cimahi\nCatatan: -")
	pass(t, s, 10*time.Minute)
	everybody("ya")
	must(s.Restart(t.Context()))
	pass(t, s, 10*time.Minute)
	everybody("bayar 50000", "saldo")
	pass(t, s, 10*time.Minute)

	for query, want := range map[string]int{
		"SELECT COUNT(*) FROM orders":                                                    crowd,
		"SELECT COUNT(DISTINCT person_id) FROM orders WHERE state = 'placed'":            crowd,
		"SELECT COUNT(*) FROM payments":                                                  crowd,
		"SELECT COUNT(DISTINCT code) FROM payments WHERE state = 'pending'":              crowd,
		"SELECT COUNT(*) FROM postings":                                                  2 * crowd,
		"SELECT COUNT(*) FROM balances WHERE account LIKE 'credit:%' AND amount = 60000": crowd,
		"SELECT COUNT(*) FROM inbox i JOIN dropshippers d ON d.person_id = i.person_id":  4 * crowd,
	} {
		if got := s.number(t, query); got != want {
			t.Errorf("%d, want %d: %s", got, want, query)
		}
	}
	found, err := s.app.db.Verify(t.Context())
	if err != nil || found.Broken != nil || found.Outstanding != crowd*60_000 {
		t.Errorf("the ledger: %+v, %v", found, err)
	}
}
