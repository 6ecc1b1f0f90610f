package store

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"bestie/shop"
)

// A copy made while the bot writes is whole: it opens, is sound, and holds
// everything that was committed before it was begun.
func TestBackupWhileWriting(t *testing.T) {
	l := newLab(t)
	stop, running := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			if _, err := l.Receive(l.ctx, start, 0, l.message(i%7, start, "halo")); err != nil {
				t.Error(err)
				return
			}
			if i == 20 {
				close(running)
			}
		}
	})
	<-running
	dir := t.TempDir()
	for i := range 3 {
		committed := l.number("SELECT COUNT(*) FROM inbox")
		into := filepath.Join(dir, fmt.Sprint(i))
		l.must(os.Mkdir(into, 0o700))
		file := filepath.Join(into, FileName)
		l.must(l.Backup(l.ctx, file))
		info, err := os.Stat(file)
		l.must(err)
		if info.Mode().Perm() != 0o600 {
			t.Errorf("mode %o", info.Mode().Perm())
		}
		restored := openLab(t, into)
		l.must(restored.Check(l.ctx))
		if n := restored.number("SELECT COUNT(*) FROM inbox"); n < committed {
			t.Errorf("%d rows of at least %d", n, committed)
		}
		restored.turn(start, shop.Outcome{}) // and it works on
	}
	close(stop)
	all.Wait()
}

func TestBackupReplacesNothing(t *testing.T) {
	l := newLab(t)
	file := filepath.Join(t.TempDir(), "copy.db")
	l.must(os.WriteFile(file, []byte("precious"), 0o600))
	if err := l.Backup(l.ctx, file); err == nil {
		t.Error("an existing file is replaced")
	}
	if data, err := os.ReadFile(file); err != nil || string(data) != "precious" {
		t.Errorf("%q %v", data, err)
	}
	if err := l.Backup(l.ctx, filepath.Join(t.TempDir(), "no", "such", "folder.db")); err == nil {
		t.Error("a copy nowhere")
	}
}
