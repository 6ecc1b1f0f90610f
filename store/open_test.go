package store

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"bestie/shop"
)

func TestOpenMakesPrivateFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data folder with 100% odd #name?")
	l := openLab(t, dir)
	l.receive(start, 0, l.message(1, start, "halo"))
	for name, want := range map[string]fs.FileMode{".": 0o700, FileName: 0o600, FileName + "-wal": 0o600, FileName + "-shm": 0o600} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %o, want %o", name, got, want)
		}
	}
	if err := l.Check(l.ctx); err != nil {
		t.Error(err)
	}
}

func TestOpenClosesALooseFile(t *testing.T) {
	dir := t.TempDir()
	l := openLab(t, dir)
	l.must(l.Close())
	l.must(os.Chmod(filepath.Join(dir, FileName), 0o644))
	openLab(t, dir)
	info, err := os.Stat(filepath.Join(dir, FileName))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestOpenKeepsWhatIsThere(t *testing.T) {
	dir := t.TempDir()
	l := openLab(t, dir)
	l.ask(1, start, answer("ya"))
	l.must(l.Close())
	again := openLab(t, dir)
	if o := again.next(start); o.Text != "ya" || o.Person.Address != address(1) {
		t.Errorf("found %+v", o)
	}
}

func TestOpenRefusesANewerFile(t *testing.T) {
	dir := t.TempDir()
	l := openLab(t, dir)
	l.run("UPDATE version SET version = 99, compat = 99")
	l.must(l.Close())
	_, err := Open(t.Context(), dir, zerolog.Nop())
	if err == nil || !strings.Contains(err.Error(), "upgrading app.db") {
		t.Errorf("a newer file is opened: %v", err)
	}
}

// A second connection in the same process, and closing it, leave the first one's
// locks alone.
func TestSecondOpenOnOneFile(t *testing.T) {
	dir := t.TempDir()
	l := openLab(t, dir)
	tx, err := l.w.BeginTx(t.Context(), nil)
	l.must(err)
	other := openLab(t, dir)
	l.must(other.Close())
	third := openLab(t, dir)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err = third.SetSetting(ctx, "a", "b"); err == nil {
		t.Error("two writers at once")
	}
	l.must(tx.Rollback())
	l.must(third.SetSetting(l.ctx, "a", "b"))
}

// A panic in a transaction must not keep the only writer for ever.
func TestWriterSurvivesAPanic(t *testing.T) {
	l := newLab(t)
	l.receive(start, 0, l.message(1, start, "halo"))
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_, _ = l.Turns(l.ctx, start, 1, l.newID, func(shop.Turn) (shop.Outcome, error) { panic("a bad message") })
	}()
	ctx, cancel := context.WithTimeout(l.ctx, 5*time.Second)
	defer cancel()
	if err := l.SetSetting(ctx, "a", "b"); err != nil {
		t.Fatal("the writer is gone: ", err)
	}
	if seen := l.turn(start, shop.Outcome{}); len(seen.Messages) != 1 {
		t.Errorf("the message is gone: %+v", seen)
	}
}

func TestSettings(t *testing.T) {
	l := newLab(t)
	value, err := l.Setting(l.ctx, "x")
	if value != "" || err != nil {
		t.Error(value, err)
	}
	l.must(l.SetSetting(l.ctx, "x", "1"))
	l.must(l.SetSetting(l.ctx, "x", "2"))
	if value, err = l.Setting(l.ctx, "x"); value != "2" || err != nil {
		t.Error(value, err)
	}
	l.must(l.SetInstant(l.ctx, "t", start))
	if at, err := l.Instant(l.ctx, "t"); !at.Equal(start) || err != nil {
		t.Error(at, err)
	}
	if at, err := l.Instant(l.ctx, "never"); !at.IsZero() || err != nil {
		t.Error(at, err)
	}
	l.must(l.SetSetting(l.ctx, "t", "tomorrow"))
	if _, err = l.Instant(l.ctx, "t"); err == nil {
		t.Error("a word is an instant")
	}
	l.must(l.Beat(l.ctx, start))
	if at, err := l.LastBeat(l.ctx); !at.Equal(start) || err != nil {
		t.Error(at, err)
	}
}
