package store

import (
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bestie/shop"
)

// announce puts a pending payment of a person on record, as a turn would.
func (l *lab) announce(id, person int64) {
	l.Helper()
	l.run(`INSERT INTO payments (id, person_id, source, amount, code, shop, opened_at, expires_at) VALUES ($1, $2, 'm' || $1, 150000, $1, 'Toko Melati', $3, $3 + 1)`,
		id, person, start.UnixMilli())
}

func TestProofsAreFetchedOnceAndCompared(t *testing.T) {
	l := newLab(t)
	l.receive(start, 0, l.message(1, start, "a"))
	person := l.person(1).ID
	l.announce(1, person)
	l.announce(2, person)
	said := shop.Transfer{Amount: 150_001, Reference: "998877", At: start, Clocked: true}
	seen := l.turn(start, shop.Outcome{})
	first := shop.ProofStep{Message: seen.Messages[0].ID, Payment: 1, Transfer: said}
	for _, text := range []string{"b", "c"} { // the turn that holds it, and a retry of it
		m := l.message(1, start.Add(time.Minute), text)
		m.ID = text
		l.receive(start, 0, m)
		l.turn(start.Add(time.Minute), shop.Outcome{Proofs: []shop.ProofStep{first}})
	}
	if n := l.number("SELECT COUNT(*) FROM proofs"); n != 1 {
		t.Fatalf("%d proofs of one message", n)
	}
	p, ok, err := l.DueProof(l.ctx, start.Add(time.Hour))
	l.must(err)
	if !ok || p.Payment.ID != 1 || p.Payment.Amount != 150_000 || !cmp.Equal(p.Transfer, said) || p.Shop != "Toko Melati" {
		t.Fatalf("%v %+v", ok, p)
	}
	l.must(l.ProofAgain(l.ctx, p, start.Add(2*time.Hour)))
	if _, ok, _ := l.DueProof(l.ctx, start.Add(time.Hour)); ok {
		t.Error("a proof that was put off is due")
	}
	p, _, err = l.DueProof(l.ctx, start.Add(2*time.Hour))
	l.must(err)
	if p.Attempts != 1 {
		t.Errorf("%d attempts", p.Attempts)
	}
	p.Picture = shop.Picture{Path: "x.jpg", SHA256: []byte("same")}
	note := []shop.Draft{{To: person, Lane: shop.LaneAlert, Text: "bukti"}}
	for range 2 {
		l.must(l.ProofTaken(l.ctx, start, p, []shop.Flag{{Kind: shop.FlagCode}}, l.newID, note))
	}
	if got := l.rows("SELECT COUNT(*), MAX(text) FROM outbox"); got != "1 bukti" {
		t.Errorf("told: %s", got)
	}
	if got := l.rows("SELECT flags FROM payments ORDER BY id"); got != "[{\"kind\":\"code\"}]\n[]" {
		t.Errorf("flags: %s", got)
	}
	for name, c := range map[string]struct {
		other shop.Proof
		want  shop.Earlier
	}{
		"the same payment":   {shop.Proof{Payment: shop.Payment{ID: 1}, Transfer: said, Picture: p.Picture}, shop.Earlier{}},
		"the same file":      {shop.Proof{Payment: shop.Payment{ID: 2}, Picture: shop.Picture{SHA256: []byte("same")}}, shop.Earlier{Picture: 1}},
		"the same reference": {shop.Proof{Payment: shop.Payment{ID: 2}, Transfer: shop.Transfer{Reference: "998877"}}, shop.Earlier{Reference: 1}},
		"the same minute":    {shop.Proof{Payment: shop.Payment{ID: 2}, Transfer: shop.Transfer{Amount: 150_001, At: start, Clocked: true}}, shop.Earlier{Moment: 1}},
		"nothing":            {shop.Proof{Payment: shop.Payment{ID: 2}}, shop.Earlier{}},
	} {
		got, err := l.EarlierProofs(l.ctx, c.other)
		l.must(err)
		found := got.Payments
		got.Payments = nil
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
		if anything := c.want.Picture+c.want.Reference+c.want.Moment > 0; anything != (found[1].Amount > 0 && !found[1].OpenedAt.IsZero()) {
			t.Errorf("%s: payments %+v", name, found)
		}
	}
}
