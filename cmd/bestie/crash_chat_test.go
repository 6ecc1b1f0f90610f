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

// crashGoods are what the customers of the chat flow ask for.
var crashGoods = []string{"bakso", "sosis", "nugget", "dimsum", "cireng"}

// chat: customers ask for prices, one to three questions at a time. Every message
// belongs to exactly one turn, and every turn has one answer that arrives once.
func chatFlow() flow {
	return flow{
		name: "chat", people: 30, script: chatScript,
		config: func(c *Config) { c.Reply.Debounce = 20 * time.Millisecond }, // so that some messages share a turn
		prepare: func(ctx context.Context, db *store.DB, _ time.Time) error {
			for i, name := range crashGoods {
				price := shop.Rupiah(10000 + 1000*i)
				if err := db.PutProduct(ctx, shop.Product{Name: name, Price: price, Cost: price / 2, Stock: 40}); err != nil {
					return err
				}
			}
			return nil
		},
		check: func(o *outcome) {
			o.turns()
			o.nobodyWaits()
		},
	}
}

// chatScript deals the customers like cards, so that a few messages in a row come
// from different people.
func chatScript(dice *rand.Rand, n int) (script []input) {
	var deck []int
	for len(script) < n {
		if len(deck) == 0 {
			deck = dice.Perm(30)
		}
		who := deck[0]
		deck = deck[1:]
		for range min(1+dice.IntN(3), n-len(script)) {
			script = append(script, input{who, fmt.Sprintf("harga %s berapa kak? (%d)", crashGoods[dice.IntN(len(crashGoods))], len(script)+1)})
		}
	}
	return script
}

func TestCrashChat(t *testing.T) { crashTest(t, chatFlow(), 300, 25) }
