package scheduler_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"bestie/scheduler"
	"bestie/shop"
	"bestie/store"
)

// stumbling fails at the first erasure, as a program that is killed there.
type stumbling struct {
	*store.DB
	fell bool
}

func (s *stumbling) Erase(ctx context.Context, now time.Time, person int64) error {
	if !s.fell {
		s.fell = true
		return errors.New("killed")
	}
	return s.DB.Erase(ctx, now, person)
}

// TestEraser: an erasure that was granted is done an hour later, after the customer has
// read of it; what fails half-way is done again as a whole.
func TestEraser(t *testing.T) {
	d := newDesk(t)
	rina := d.customer(1, start)
	d.ask(1)
	sari, ok, err := d.db.PersonByPhone(t.Context(), "6281300000001")
	if err != nil {
		t.Fatal(err)
	}
	if !ok {
		if sari, err = d.db.Register(t.Context(), start, "6281300000001", "Sari", shop.RoleOwner); err != nil {
			t.Fatal(err)
		}
	}
	d.advance(3 * time.Minute) // paged: there is a ticket
	now := d.clock.Now()
	_, err = d.db.Receive(t.Context(), now, 0, shop.Incoming{Account: "628110000000", Chat: sari.Address, ID: "grant", Kind: shop.KindText, Text: "ya 1", SentAt: now})
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.db.Turns(t.Context(), now, 1, d.wire.NewMessageID, func(turn shop.Turn) (shop.Outcome, error) {
		v := turn.Desk.Numbered(1)
		return shop.Outcome{
			Desk:   []shop.Action{{Kind: shop.ActErase, Ticket: v.ID, Admin: turn.Person.ID}},
			Drafts: []shop.Draft{{To: rina.ID, Lane: shop.LaneReply, Text: "segera dihapus", Exempt: true}},
		}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	cleaned := 0
	e := &scheduler.Eraser{Store: &stumbling{DB: d.db}, Log: zerolog.Nop(), Clean: func(_ context.Context, e shop.Erasure) error {
		if e.Person.ID != rina.ID {
			t.Errorf("cleaned up after %+v", e.Person)
		}
		cleaned++
		return nil
	}}
	step := func() (time.Time, error) { return e.Step(t.Context(), d.clock.Now()) }
	if next, err := step(); err != nil || !next.Equal(now.Add(shop.ErasureDelay)) || cleaned != 0 {
		t.Fatalf("next %s, %v, cleaned %d", next, err, cleaned)
	}
	d.advance(shop.ErasureDelay)
	if got := d.texts(rina); len(got) == 0 || got[len(got)-1] != "segera dihapus" {
		t.Fatalf("told %q", got)
	}
	if _, err = step(); err == nil {
		t.Fatal("the first try did not fail")
	}
	if next, err := step(); err != nil || !next.IsZero() || cleaned != 2 {
		t.Errorf("next %s, %v, cleaned %d", next, err, cleaned)
	}
	if _, ok, err := d.db.PersonByPhone(t.Context(), rina.Phone); ok || err != nil {
		t.Error("still known", err)
	}
}
