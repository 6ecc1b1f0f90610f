package main

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/rs/zerolog"

	"bestie/bot"
	"bestie/scheduler"
	"bestie/shop"
	"bestie/store"
	"bestie/templates"
)

// door is a way to WhatsApp that costs nothing: what is left is our own part.
type door struct{ ids int }

func (d *door) Ready() bool { return true }

func (d *door) Send(context.Context, shop.Outgoing) (shop.Sent, error) { return shop.Sent{}, nil }

func (d *door) Typing(context.Context, shop.Address, bool) error { return nil }

func (d *door) NewMessageID() string {
	d.ids++
	return fmt.Sprintf("3EB0%016X", d.ids)
}

// BenchmarkOwnPart is everything that happens to one question but WhatsApp: the
// row in the inbox, the turn, the answer through the outbox, the receipt.
func BenchmarkOwnPart(b *testing.B) {
	for _, chats := range []int{1, 20} {
		b.Run(fmt.Sprintf("chats=%d", chats), func(b *testing.B) { ownPart(b, chats) })
	}
}

func ownPart(b *testing.B, chats int) {
	ctx, now := context.WithCancel(b.Context())
	defer now()
	db, err := store.Open(ctx, b.TempDir(), zerolog.Nop())
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if err = db.PutProduct(ctx, shop.Product{Name: "bakso", Price: 25000, Cost: 18000, Stock: 40}); err != nil {
		b.Fatal(err)
	}
	library, err := shipped()
	if err != nil {
		b.Fatal(err)
	}
	texts, err := templates.LoadTexts()
	if err != nil {
		b.Fatal(err)
	}
	config, way := swiftConfig(), &door{}
	clock := clockwork.NewFakeClockAt(time.Date(2026, 11, 25, 9, 0, 0, 0, shop.WIB))
	answers := &bot.Bot{
		Store: db, Log: zerolog.Nop(), Library: func() *templates.Library { return library }, Texts: texts, Rand: dice(1, 1), NewID: way.NewMessageID, Policy: config.answerPolicy(),
		Decided: func([]time.Time) {},
	}
	out := &scheduler.Outbox{Store: db, Sender: way, Texts: texts, Clock: clock, Rand: dice(1, 2), Log: zerolog.Nop(), Policy: scheduler.Policy{Guards: config.guards(), Stale: day}}
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		for c := range chats {
			err = errOnly(db.Receive(ctx, clock.Now(), 0, shop.Incoming{
				Account: stageNumber, Chat: shop.Address{LID: fmt.Sprint(1e14 + c), Phone: fmt.Sprint(6281200000000 + c)}, ID: fmt.Sprintf("3A%d-%d", c, n),
				Kind: shop.KindText, Text: fmt.Sprintf("harga bakso berapa kak? %d", n), SentAt: clock.Now(),
			}))
			if err != nil {
				b.Fatal(err)
			}
		}
		before := way.ids
		if _, err = answers.Step(ctx, clock.Now()); err != nil {
			b.Fatal(err)
		}
		if _, err = out.Step(ctx, clock.Now()); err != nil {
			b.Fatal(err)
		}
		for id := before + 1; id <= way.ids; id++ {
			r := shop.Receipt{Kind: shop.ReceiptDelivered, MessageIDs: []string{fmt.Sprintf("3EB0%016X", id)}, At: clock.Now()}
			if err = db.Receipt(ctx, r); err != nil {
				b.Fatal(err)
			}
		}
		if way.ids-before != chats {
			b.Fatalf("%d answers to %d questions", way.ids-before, chats)
		}
		clock.Advance(time.Second)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*chats), "µs/message")
}

func errOnly[T any](_ T, err error) error { return err }
