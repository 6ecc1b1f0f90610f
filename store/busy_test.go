package store

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"bestie/shop"
)

// Eight goroutines on two connections to one file, as two processes have, do
// everything at once; nobody is ever told that the database is locked.
func TestNobodyFindsTheDatabaseLocked(t *testing.T) {
	dir := t.TempDir()
	bot, command := openLab(t, dir), openLab(t, dir)
	for _, l := range []*lab{bot, command} {
		l.run("PRAGMA synchronous = OFF")
	}
	admin := bot.duty()
	const rounds = 10
	var all sync.WaitGroup
	for g := range 8 {
		l := bot
		if g%2 == 1 {
			l = command
		}
		all.Go(func() {
			ids := 0
			newID := func() string { ids++; return fmt.Sprintf("%d-%d", g, ids) }
			for i := range rounds {
				if err := everything(l, newID, start.Add(time.Duration(i)*time.Minute), g, admin); err != nil {
					t.Errorf("goroutine %d: %v", g, err)
					return
				}
			}
		})
	}
	all.Wait()
	if n := bot.number("SELECT COUNT(*) FROM inbox"); n != 8*rounds {
		t.Errorf("%d messages of %d", n, 8*rounds)
	}
	if n := bot.number("SELECT COUNT(*) FROM postings"); n != 8*rounds {
		t.Errorf("%d postings of %d", n, 8*rounds)
	}
	bot.must(bot.Check(bot.ctx))
	bot.must(bot.Backup(bot.ctx, filepath.Join(t.TempDir(), "copy.db")))
}

// everything does one of each at an instant.
func everything(l *lab, newID func() string, now time.Time, n int, admin int64) error {
	ctx := l.ctx
	m := shop.Incoming{Account: account, Chat: address(n % 3), ID: newID(), Kind: shop.KindText, Text: "halo", SentAt: now}
	if _, err := l.Receive(ctx, now, 0, m); err != nil {
		return err
	}
	if _, err := l.Turns(ctx, now, 1, newID, func(t shop.Turn) (shop.Outcome, error) {
		return shop.Outcome{Conversation: t.Conversation, StartWait: true, WaitSince: now, Drafts: []shop.Draft{
			{To: t.Person.ID, Lane: shop.LaneReply, Text: newID(), Answers: true},
		}}, nil
	}); err != nil {
		return err
	}
	if o, ok, err := l.NextOut(ctx, now); err != nil {
		return err
	} else if ok {
		if err = sendOne(ctx, l.DB, o, now); err != nil {
			return err
		}
	}
	_, err := l.EnterPages(ctx, now, newID, nil)
	if err != nil {
		return err
	}
	if _, _, err = l.SendPages(ctx, now, newID, listed); err != nil {
		return err
	}
	if _, err = l.Post(ctx, posting(newID(), shop.Entry{Account: "a", Amount: 1}, shop.Entry{Account: "b", Amount: -1})); err != nil {
		return err
	}
	if err = l.SetGate(ctx, shop.LanePromo, shop.Gate{Until: now, Reason: "pace"}); err != nil {
		return err
	}
	if _, err = l.Depth(ctx); err != nil {
		return err
	}
	return l.Beat(ctx, now)
}

func sendOne(ctx context.Context, db *DB, o shop.OutRow, now time.Time) error {
	if _, err := db.ReplyFacts(ctx, o, now); err != nil {
		return err
	}
	if ok, err := db.Claim(ctx, o.ID, now, nil); err != nil || !ok {
		return err
	}
	o.SentAt = now
	if err := db.Sent(ctx, o); err != nil {
		return err
	}
	return db.Receipt(ctx, shop.Receipt{Kind: shop.ReceiptRead, MessageIDs: []string{o.MessageID}, At: now})
}
