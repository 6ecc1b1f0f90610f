package main

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"

	"bestie/shop"
	"bestie/store"
	"bestie/whatsapp/standin"
	"bestie/whatsapp/standin/people"
)

// TestCrashAlwaysInOneSend: a message in whose send the program dies every time
// does not kill for ever. After five tries a person is told, and everybody else is
// answered.
func TestCrashAlwaysInOneSend(t *testing.T) {
	t.Parallel()
	const rinas, tries = "6281200000001", 5
	var prey atomic.Pointer[child]
	var deaths atomic.Int32
	s := newSite(t, siteOptions{
		Config: func(c *Config) {
			c.Admins = []Admin{{Name: "Sari", Phone: crashAdmin, Roles: []shop.Role{shop.RoleDuty}}}
		},
		Prepare: func(ctx context.Context, db *store.DB) error {
			return db.PutProduct(ctx, shop.Product{Name: "bakso", Price: 25000, Cost: 18000, Stock: 40})
		},
		OnSend: func(send standin.Send) standin.Verdict {
			if send.From.Phone != stageNumber || send.To != rinas {
				return standin.Verdict{}
			}
			deaths.Add(1)
			prey.Load().kill()
			return standin.Verdict{DropBefore: true}
		},
	})
	sari, rina, budi := s.person(crashAdmin, "Sari"), s.person(rinas, "Rina"), s.person("6281200000002", "Budi")
	ctx, cancel := s.bound()
	defer cancel()
	for _, p := range []*people.Person{rina, budi} {
		if _, err := p.Say(ctx, stageNumber, "harga bakso berapa kak?"); err != nil {
			t.Fatal(err)
		}
	}
	for range tries {
		c := s.launch()
		prey.Store(c)
		s.awaitEnd(c)
	}
	last := s.start()
	if err := s.until(func() bool { return got(budi, "Rp25.000") == 1 && got(sari, "tidak jelas sampai") == 1 }); err != nil {
		t.Fatalf("Budi read %v, Sari %v", budi.Received(), sari.Received())
	}
	s.stop(last)
	if n := deaths.Load(); n != tries || len(rina.Received()) != 0 {
		t.Errorf("%d deaths, want %d; Rina read %v", n, tries, rina.Received())
	}
	if told := sari.Received()[0].Text; !strings.Contains(told, "+"+rinas) {
		t.Errorf("Sari read %q", told)
	}
}
