package store

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rs/zerolog"
)

// settled is a folder in which a bot has run, with both files.
func settled(t *testing.T) (l *lab, dir string) {
	t.Helper()
	dir = t.TempDir()
	l = openLab(t, dir)
	l.must(os.WriteFile(filepath.Join(dir, sessionName), []byte("session"), 0o600))
	l.must(errOf(l.Settle(l.ctx, start, time.Minute)))
	return l, dir
}

func (l *lab) moved() bool {
	l.Helper()
	moved, err := l.Moved(l.ctx)
	l.must(err)
	return moved
}

// copyTo copies files of a closed folder over those of another.
func copyTo(t *testing.T, from, to string, names ...string) {
	t.Helper()
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(from, name))
		if err == nil {
			err = os.WriteFile(filepath.Join(to, name), data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestHomeStaysOverRestarts(t *testing.T) {
	l, dir := settled(t)
	if l.moved() {
		t.Error("a first start is a move")
	}
	l.must(l.Close())
	l.must(os.Chmod(filepath.Join(dir, FileName), 0o640))
	later := time.Now().Add(time.Hour)
	l.must(os.Chtimes(filepath.Join(dir, sessionName), later, later))
	l.must(os.Rename(dir, dir+"-renamed"))
	if l = openLab(t, dir+"-renamed"); l.moved() {
		t.Error("a restart, another mode, time or path is a move")
	}
}

func TestACopyHasMoved(t *testing.T) {
	for name, change := range map[string]func(t *testing.T, l *lab, dir string) (copied string){
		"folder": func(t *testing.T, _ *lab, dir string) string {
			to := t.TempDir()
			copyTo(t, dir, to, FileName, sessionName)
			return to
		},
		"session replaced": func(t *testing.T, l *lab, dir string) string {
			l.must(os.Remove(filepath.Join(dir, sessionName)))
			l.must(os.WriteFile(filepath.Join(dir, "filler"), nil, 0o600))
			l.must(os.WriteFile(filepath.Join(dir, sessionName), []byte("session"), 0o600))
			return dir
		},
		"backup over the original's file": func(t *testing.T, _ *lab, dir string) string {
			l := openLab(t, dir)
			to := t.TempDir()
			l.must(l.Backup(l.ctx, filepath.Join(to, FileName)))
			l.must(l.Close())
			copyTo(t, to, dir, FileName)
			return dir
		},
	} {
		t.Run(name, func(t *testing.T) {
			l, dir := settled(t)
			l.must(l.Close())
			l = openLab(t, change(t, l, dir))
			if !l.moved() {
				t.Fatal("not noticed")
			}
			l.must(errOf(l.Settle(l.ctx, start, time.Minute)))
			if l.moved() {
				t.Error("not settled")
			}
		})
	}
}

// What a copy has queued is not sent again; what is fresh may go.
func TestSettlingDropsWhatIsOld(t *testing.T) {
	l, dir := settled(t)
	now := start.Add(time.Hour)
	slot := l.slot(start)
	next := l.slot(now.Add(time.Minute))
	l.ask(1, start, answer("sending"))
	l.claim(l.next(start), start)
	l.ask(2, start, answer("old"))
	l.ask(3, now.Add(-time.Minute), answer("fresh"))
	l.must(l.Close())
	to := t.TempDir()
	copyTo(t, dir, to, FileName, sessionName)
	c := openLab(t, to)
	gone, err := c.Settle(c.ctx, now, 15*time.Minute)
	c.must(err)
	if gone != (Dropped{Messages: 1, Slots: 1}) {
		t.Errorf("dropped %+v", gone)
	}
	for text, want := range map[string]string{"sending": "unknown", "old": "cancelled", "fresh": "queued"} {
		if got := c.rows("SELECT status FROM outbox WHERE text = $1", text); got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
	if n := c.number("SELECT COUNT(*) FROM outbox WHERE due_at IS NOT NULL"); n != 1 {
		t.Errorf("%d rows are due", n)
	}
	for id, want := range map[int64]string{slot.ID: "missed", next.ID: "scheduled"} {
		if got := c.rows("SELECT state FROM campaigns WHERE id = $1", id); got != want {
			t.Errorf("campaign %d is %s, want %s", id, got, want)
		}
	}
	again, err := Open(c.ctx, to, zerolog.Nop())
	c.must(err)
	defer again.Close()
	if gone, err = again.Settle(c.ctx, now.Add(time.Hour), time.Minute); err != nil || gone != (Dropped{}) {
		t.Errorf("settling at home dropped %+v, %v", gone, err)
	}
}
