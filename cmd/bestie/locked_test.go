package main

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bestie/store"
	"bestie/store/sqlite"
	"bestie/whatsapp"
	"bestie/whatsapp/standin/people"
)

// TestLockedDatabase lets another process hold the write lock of one of the two
// databases while messages arrive, for longer than SQLite waits by itself: nothing
// is lost, and everything is answered once the lock is gone.
func TestLockedDatabase(t *testing.T) {
	t.Parallel()
	for _, file := range []string{store.FileName, whatsapp.SessionFile} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			s, _ := newStage(t, func(o *StageOptions) { o.Timing = quick })
			rina, budi := newPerson(t, s, "6281200000001", "Rina"), newPerson(t, s, "6281200000002", "Budi")
			ask(t, s, rina, "stok bakso masih ada kak?") // Rina's session exists, Budi's does not
			release := hold(t, filepath.Join(s.dir, file))
			for _, p := range []*people.Person{rina, budi} {
				if _, err := p.Say(t.Context(), stageNumber, question); err != nil {
					t.Fatal(err)
				}
			}
			eventually(t, "the messages have arrived", func() bool { return strings.Contains(fmt.Sprint(s.srv.Busy()), "unacked") })
			time.Sleep(6 * time.Second) // beyond the busy timeout of 5 s: what is tested is time itself
			if got(rina, price)+got(budi, price) != 0 {
				t.Error("an answer left past the lock")
			}
			release()
			pass(t, s, 30*time.Second)
			if got(rina, price) != 1 || got(budi, price) != 1 {
				t.Errorf("Rina was answered %d times, Budi %d", got(rina, price), got(budi, price))
			}
		})
	}
}

// hold takes the write lock of a database file as another process would.
func hold(t *testing.T, file string) (release func()) {
	t.Helper()
	db, err := sqlite.Open(file, 1)
	if err != nil {
		t.Fatal(err)
	}
	tx, err := db.BeginTx(t.Context(), &sql.TxOptions{}) // immediate, by the data source name
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := tx.Rollback(); err != nil {
			t.Error(err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
}
