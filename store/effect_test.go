package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bestie/shop"
)

func TestEffects(t *testing.T) {
	l := newLab(t)
	price := shop.ReplyPart{Intent: "tanya_harga", Template: "produk/tanya_harga", Version: "00c0ffee"}
	cost := shop.ReplyPart{Intent: "ongkir", Template: "pengiriman/ongkir", Version: "12345678"}
	reply := func(parts ...shop.ReplyPart) shop.Draft {
		d := answer("jawaban")
		d.Parts = parts
		return d
	}
	say := func(n int, at time.Time, parts ...shop.ReplyPart) {
		l.ask(n, at, reply(parts...))
		l.send(at)
	}
	say(1, start, price, cost)
	say(1, start.Add(9*time.Minute), price)                                      // asked again
	say(1, start.Add(9*time.Minute+time.Second), shop.ReplyPart{Intent: "menu"}) // no template
	say(2, start.Add(20*time.Minute), price)
	say(2, start.Add(31*time.Minute), price) // eleven minutes later: a new question
	l.ask(3, start.Add(40*time.Minute), reply(cost))
	l.send(start.Add(40 * time.Minute))
	typed := l.message(3, start.Add(99*time.Minute), "sebentar kak")
	typed.FromMe = true
	l.receive(start.Add(99*time.Minute), 0, typed)
	l.ask(4, start.Add(50*time.Minute), reply(cost)) // never left
	got, err := l.Effects(l.ctx, start, start.Add(2*time.Hour))
	l.must(err)
	want := []shop.Effect{
		{Template: "pengiriman/ongkir", Version: "12345678", Said: 2, HandedOver: 1},
		{Template: "produk/tanya_harga", Version: "00c0ffee", Said: 4, AskedAgain: 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got, err = l.Effects(l.ctx, start.Add(time.Minute), start.Add(9*time.Minute)); err != nil || len(got) != 0 {
		t.Errorf("a span without replies: %+v, %v", got, err)
	}
}
