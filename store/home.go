package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// settingHome is the setting in which app.db remembers the files it lives in.
const settingHome = "home"

// copied is the home of a backup: nowhere, so that it is never taken for the
// original, not even when it is written over the original's file.
const copied = "a copy"

// sessionName is the file of WhatsApp's session, package whatsapp's own.
const sessionName = "session.db"

// Moved tells whether the data folder is another one than the bot last ran in:
// it was copied, or one of its two files was put back from a copy (ADR 8). A
// folder in which no bot has run yet has not moved.
func (db *DB) Moved(ctx context.Context) (bool, error) {
	known, err := db.Setting(ctx, settingHome)
	if err != nil || known == "" {
		return false, err
	}
	here, err := home(filepath.Dir(db.path))
	return err == nil && known != here, err
}

// Dropped counts what a copy will not do again.
type Dropped struct {
	Messages int // queued messages that are not sent
	Slots    int // promo slots marked as missed
}

// Settle makes the folder's present files the home, because the bot starts in it
// for the first time, was linked anew, or a person vouched for it. If the folder
// has moved, the original may have gone on without it: what was queued longer ago
// than fresh, every promo, and the slots whose instant has come are dropped; they
// would reach people a second time or far too late.
func (db *DB) Settle(ctx context.Context, now time.Time, fresh time.Duration) (d Dropped, err error) {
	moved, err := db.Moved(ctx)
	if err != nil {
		return d, err
	}
	here, err := home(filepath.Dir(db.path))
	if err != nil {
		return d, err
	}
	err = db.tx(ctx, func(tx *transaction) error {
		if moved {
			if d, err = dropStale(ctx, tx, now, fresh); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = $2", settingHome, here)
		return err
	})
	return d, err
}

func dropStale(ctx context.Context, tx *transaction, now time.Time, fresh time.Duration) (d Dropped, err error) {
	const reason = "'the data folder was copied'"
	if _, err = tx.ExecContext(ctx, "UPDATE outbox SET status = 'unknown', reason = "+reason+" WHERE status = 'sending'"); err != nil {
		return d, err
	}
	res, err := tx.ExecContext(ctx, drop+reason+" WHERE due_at IS NOT NULL AND (lane = 'promo' OR created_at < $1)", ms(now.Add(-fresh)))
	if err != nil {
		return d, err
	}
	rows, err := res.RowsAffected()
	if err != nil {
		return d, err
	}
	d.Messages = int(rows)
	d.Slots, err = missSlots(ctx, tx, now, "state IN ('due', 'running', 'asked') AND starts_at <= $1", ms(now))
	return d, err
}

// home names the files of a data folder by what a copy cannot take with it: the
// inode, and where the file system keeps it, the instant of creation. Neither
// changes with a restart, a new mount, a new owner or mode, or a newer program.
func home(dir string) (string, error) {
	app, err := fileMark(filepath.Join(dir, FileName))
	if err != nil {
		return "", err
	}
	session, err := fileMark(filepath.Join(dir, sessionName))
	return app + " " + session, err
}

// fileMark is inode and instant of creation of a file; "none" if there is none.
func fileMark(path string) (string, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "none", nil
	} else if err != nil {
		return "", fmt.Errorf("data folder: %w", err)
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return "", fmt.Errorf("data folder: %s has no inode", filepath.Base(path))
	}
	return fmt.Sprintf("%d@%d", stat.Ino, born(path)), nil
}
