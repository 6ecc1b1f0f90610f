package main

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"bestie/bot"
	"bestie/shop"
	"bestie/store"
	"bestie/store/sqlite"
	"bestie/templates"
)

// A chat whose outcome the database refuses does not hold up the others: it gets
// the fallback, and if not even that can be written, it waits.
func TestRefusedOutcome(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		refuse string // rows that are refused
		rinas  string // what is queued for the chat concerned
		later  bool   // it is put off
	}{
		"the answer":   {"BEFORE INSERT ON outbox WHEN NEW.person_id = 1 AND NEW.text LIKE '%Rp25.000%'", "fallback", false},
		"any outcome":  {"BEFORE INSERT ON conversations WHEN NEW.person_id = 1", "", true},
		"nothing else": {"BEFORE DELETE ON outbox", "tanya_harga", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refusedOutcome(t, c.refuse, c.rinas, c.later)
		})
	}
}

func refusedOutcome(t *testing.T, refuse, rinas string, later bool) {
	ctx, dir, now := t.Context(), t.TempDir(), time.Date(2026, 11, 25, 9, 0, 0, 0, shop.WIB)
	db, err := store.Open(ctx, dir, zerolog.Nop())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	raw, err := sqlite.Open(filepath.Join(dir, store.FileName), 1)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if _, err = raw.ExecContext(ctx, "CREATE TRIGGER refuse "+refuse+" BEGIN SELECT RAISE(ABORT, 'refused'); END"); err != nil {
		t.Fatal(err)
	}
	if err = db.PutProduct(ctx, shop.Product{Name: "bakso", Price: 25000, Cost: 18000, Stock: 40}); err != nil {
		t.Fatal(err)
	}
	for c := range 3 {
		_, err = db.Receive(ctx, now, 0, shop.Incoming{
			Account: stageNumber, Chat: shop.Address{LID: fmt.Sprint(c + 1)}, ID: fmt.Sprint("3A", c), Kind: shop.KindText, Text: "harga bakso berapa kak?", SentAt: now,
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	library, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	texts, err := templates.LoadTexts()
	if err != nil {
		t.Fatal(err)
	}
	b := &bot.Bot{
		Store: db, Library: func() *templates.Library { return library }, Texts: texts, Policy: swiftConfig().answerPolicy(), Rand: dice(1, 1), NewID: (&door{}).NewMessageID,
		Log: zerolog.Nop(), Decided: func([]time.Time) {},
	}
	next, err := b.Step(ctx, now)
	if err != nil {
		t.Fatal(err)
	}
	if later != next.After(now.Add(5*time.Minute)) {
		t.Errorf("the next chat is due at %v", next)
	}
	for person, want := range map[int]string{1: rinas, 2: "tanya_harga", 3: "tanya_harga"} {
		var got sql.NullString
		if err = raw.QueryRowContext(ctx, "SELECT MAX(json_extract(parts, '$[0].intent')) FROM outbox WHERE person_id = $1", person).Scan(&got); err != nil || got.String != want {
			t.Errorf("person %d was queued %q (%v), want %q", person, got.String, err, want)
		}
	}
}
