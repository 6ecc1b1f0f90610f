package main

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"bestie/scheduler"
	"bestie/store"
	"bestie/store/sqlite"
	"bestie/whatsapp"
)

// syncBuffer is a log that a test reads while the program writes.
type syncBuffer struct {
	mu   sync.Mutex
	text strings.Builder
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

func (b *syncBuffer) has(text string) bool { return strings.Contains(b.String(), text) }

// count is how many lines contain a text.
func (b *syncBuffer) count(text string) int { return strings.Count(b.String(), text) }

// logTo is a logger at the level of production.
func logTo(b *syncBuffer) zerolog.Logger { return zerolog.New(b).Level(zerolog.InfoLevel) }

// listen keeps the log of every program that the stage opens from now on.
func (s *Stage) listen(t *testing.T) *syncBuffer {
	t.Helper()
	log := &syncBuffer{}
	s.opt.Log = logTo(log)
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("log:\n%s", log)
		}
	})
	return log
}

// books opens app.db beside the stage's program, as another process would.
func (s *Stage) books(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sqlite.Open(filepath.Join(s.dir, store.FileName), 1)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// outbox lists the rows of a lane as "status" or "status: reason", oldest first.
func (s *Stage) outbox(t *testing.T, lane string) []string {
	t.Helper()
	db := s.books(t)
	defer db.Close()
	rows, err := db.QueryContext(t.Context(), "SELECT status, reason FROM outbox WHERE lane = $1 ORDER BY id", lane)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var status, reason string
		if err = rows.Scan(&status, &reason); err != nil {
			t.Fatal(err)
		}
		if reason != "" {
			status += ": " + reason
		}
		list = append(list, status)
	}
	if err = rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// number is the one number a query on app.db finds.
func (s *Stage) number(t *testing.T, query string, args ...any) (n int) {
	t.Helper()
	db := s.books(t)
	defer db.Close()
	if err := db.QueryRowContext(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatal(fmt.Errorf("%s: %w", query, err))
	}
	return n
}

// await waits until the program's connection is in a state.
func (s *Stage) await(t *testing.T, want whatsapp.State) {
	t.Helper()
	eventually(t, "the connection is "+string(want), func() bool { return s.app.Status().State == want })
}

// beats waits for a heartbeat at the present instant or shortly before: ticks are
// no part of a stage's quiet. If the metronome was set anew in the very instant of
// a jump, its next tick is a beat away: the clock then goes on.
func (s *Stage) beats(t *testing.T) {
	t.Helper()
	since := time.Now()
	eventually(t, "a fresh heartbeat", func() bool {
		if time.Since(since) > 3*time.Second {
			since = time.Now()
			s.clock.Advance(scheduler.Beat)
		}
		beat, err := s.app.db.LastBeat(t.Context())
		return err == nil && s.clock.Since(beat).Abs() <= scheduler.Beat
	})
}

// eventually waits for something that happens by itself, in real time.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	limit := time.NewTimer(patienceOfStage)
	defer limit.Stop()
	for !ok() {
		select {
		case <-limit.C:
			t.Fatalf("it never came about that %s", what)
		case <-time.After(look):
		}
	}
}
