package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
)

// Many writers at once: each one's work is there when it returns, or none of it
// when it failed, whatever became of those it shared a commit with.
func TestSharedCommits(t *testing.T) {
	l := newLab(t)
	errRefused := errors.New("refused")
	shared := 0
	var all sync.WaitGroup
	for n := range 40 {
		all.Go(func() {
			for i := range 25 {
				key := fmt.Sprintf("%d.%d", n, i)
				err := func() (err error) {
					defer func() {
						if p := recover(); p != nil {
							err = fmt.Errorf("%v", p)
						}
					}()
					return l.tx(l.ctx, func(tx *transaction) error {
						for _, half := range []string{"a", "b"} {
							if _, err := tx.ExecContext(l.ctx, "INSERT INTO settings (key, value) VALUES ($1, '')", key+half); err != nil {
								return err
							}
						}
						switch {
						case n == 7 && i%5 == 0:
							return errRefused
						case n == 8 && i%5 == 0:
							panic("a defect")
						}
						return nil
					})
				}()
				var found int
				l.must(l.r.QueryRowContext(l.ctx, "SELECT COUNT(*) FROM settings WHERE key IN ($1, $2)", key+"a", key+"b").Scan(&found))
				failed := (n == 7 || n == 8) && i%5 == 0
				if failed && (err == nil || found != 0) || !failed && (err != nil || found != 2) {
					t.Errorf("%s: %d rows, %v", key, found, err)
				}
			}
		})
	}
	all.Wait()
	l.must(l.r.QueryRowContext(l.ctx, "SELECT COUNT(*) FROM settings WHERE value = ''").Scan(&shared))
	if want := 2 * (40*25 - 10); shared != want {
		t.Errorf("%d rows, want %d", shared, want)
	}
}

// Somebody who is gone does not take the others along.
func TestSharedCommitWithoutOne(t *testing.T) {
	l := newLab(t)
	gone, cancel := context.WithCancel(l.ctx)
	cancel()
	var all sync.WaitGroup
	for n := range 20 {
		all.Go(func() {
			ctx := l.ctx
			if n%4 == 0 {
				ctx = gone
			}
			err := l.SetSetting(ctx, fmt.Sprint("k", n), "v")
			if (n%4 == 0) != errors.Is(err, context.Canceled) || n%4 != 0 && err != nil {
				t.Errorf("%d: %v", n, err)
			}
		})
	}
	all.Wait()
}
