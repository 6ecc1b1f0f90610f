package store

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"bestie/shop"
)

// crashFolder names the variable that makes TestCrashLedgerChild the program that dies.
const crashFolder = "BESTIE_TEST_LEDGER"

const (
	crashPeople = 10
	crashKills  = 30
)

// TestCrashLedger: a program that books orders and payments and confirms them is killed at
// 30 random instants. Afterwards each message it took was answered once, and each answer
// names the line that was booked.
func TestCrashLedger(t *testing.T) {
	dir := t.TempDir()
	l := openLab(t, dir)
	for n := range crashPeople {
		l.must(errOf(l.RegisterDropshipper(l.ctx, start, address(n).Phone, "", shop.Dropshipper{Shop: fmt.Sprint("Toko ", n), Limit: shop.DefaultLimit})))
	}
	l.must(l.Close())
	for kill := range crashKills {
		child := exec.Command(os.Args[0], "-test.run=^TestCrashLedgerChild$")
		child.Env = append(os.Environ(), crashFolder+"="+dir)
		l.must(child.Start())
		<-time.After(time.Duration(20+rand.IntN(150)) * time.Millisecond) // the random instant
		l.must(child.Process.Kill())
		if err := child.Wait(); child.ProcessState.Exited() {
			t.Fatalf("the program ended by itself before kill %d: %v", kill, err)
		}
	}
	l = openLab(t, dir)
	for {
		n, err := l.Turns(l.ctx, start.Add(time.Minute), 50, l.newID, rushed)
		l.must(err)
		if n == 0 {
			break
		}
	}
	messages, orders, booked := l.number("SELECT COUNT(*) FROM inbox"), l.number("SELECT COUNT(*) FROM orders"), l.number("SELECT COUNT(*) FROM payments")
	t.Logf("%d messages, %d orders, %d payments, %d postings after %d kills", messages, orders, booked, l.number("SELECT COUNT(*) FROM postings"), crashKills)
	if answers := l.number("SELECT COUNT(*) FROM outbox WHERE text <> 'terima'"); messages == 0 || answers != messages || orders+booked != messages {
		t.Errorf("%d messages, %d answers, %d orders, %d payments", messages, answers, orders, booked)
	}
	if confirmed, told := l.number("SELECT COUNT(*) FROM payments WHERE state = 'posted'"), l.number("SELECT COUNT(*) FROM outbox WHERE text = 'terima'"); confirmed != told {
		t.Errorf("%d payments are confirmed, %d were told", confirmed, told)
	}
	if n := l.number(`SELECT COUNT(*) FROM outbox o WHERE o.text LIKE 'baris %' AND NOT EXISTS (SELECT 1 FROM postings p
		WHERE o.text = 'baris ' || p.id AND p.actor = 'person:' || o.person_id)`); n != 0 {
		t.Errorf("%d answers name a line that is not theirs", n)
	}
	if found, err := l.Verify(l.ctx); err != nil || found.Broken != nil {
		t.Errorf("%+v %v", found.Broken, err)
	}
}

// TestCrashLedgerChild is the program that dies.
func TestCrashLedgerChild(t *testing.T) {
	dir := os.Getenv(crashFolder)
	if dir == "" {
		t.Skip("only TestCrashLedger starts it")
	}
	l := openLab(t, dir)
	life := fmt.Sprint(os.Getpid(), "-", time.Now().UnixNano(), "-")
	newID := func() string { return life + l.newID() }
	for i := 0; ; i++ {
		who := rand.IntN(crashPeople)
		m := shop.Incoming{Account: account, Chat: address(who), ID: newID(), Kind: shop.KindText, Text: "order", SentAt: start}
		if i%3 == 1 {
			m.Text = "bayar"
		}
		for range 2 { // each message is delivered twice
			l.must(errOf(l.Receive(l.ctx, start, 0, m)))
			l.must(errOf(l.Turns(l.ctx, start.Add(time.Minute), 3, newID, rushed)))
		}
		p, _, err := l.PersonByPhone(l.ctx, address(who).Phone)
		l.must(err)
		l.must(l.Book(l.ctx, start.Add(time.Minute), p.ID, newID, func(a *shop.Account) (shop.Booking, []shop.Draft, error) {
			if len(a.Payments) == 0 {
				return shop.Booking{}, nil, nil
			}
			b := a.Confirm(a.Payments[0], a.Payments[0].Transfer(), 0, start.Add(time.Minute))
			return b, []shop.Draft{{To: p.ID, Lane: shop.LaneReply, Text: "terima", Exempt: true}}, nil
		}))
	}
}
