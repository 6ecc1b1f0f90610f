package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"bestie/store/sqlite"
)

// Backup writes a complete, consistent and checked copy of app.db to a new file
// while the bot runs. WhatsApp's session is not part of it: an old session must
// never be restored (field guide, section 7).
func (db *DB) Backup(ctx context.Context, file string) error {
	if err := db.copyTo(ctx, file); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return nil
}

// copyTo makes the copy. Whatever goes wrong, no half a copy is left.
func (db *DB) copyTo(ctx context.Context, file string) (err error) {
	// The file must be ours alone, and private from its first byte.
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s exists already: choose a new name", file)
	} else if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file))
		}
	}()
	if err = f.Close(); err != nil {
		return err
	}
	if _, err = db.r.ExecContext(ctx, "VACUUM INTO $1", file); err != nil {
		return err
	}
	if err = markCopied(ctx, file); err != nil {
		return err
	}
	if err = synced(file); err != nil {
		return err
	}
	if err = synced(filepath.Dir(file)); err != nil {
		return err
	}
	return checkFile(ctx, file)
}

// synced makes a file or a folder safe on disk. SQLite does not do that for
// VACUUM INTO. No connection to the file may be open.
func synced(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// checkFile asks whether a file is a sound database of this program.
func checkFile(ctx context.Context, file string) (err error) {
	found, err := look(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, found.Close()) }()
	if _, err = found.Schema(ctx); err != nil {
		return err
	}
	if err = found.Check(ctx); err != nil {
		return fmt.Errorf("%s is damaged: %w", file, err)
	}
	return nil
}

// markCopied marks a copy as one, so that a bot that starts on it sends nothing
// before a person has vouched for it (ADR 8).
func markCopied(ctx context.Context, file string) (err error) {
	pool, err := sqlite.Open(file, 1)
	if err != nil {
		return err
	}
	db := &DB{path: file, w: pool, r: pool}
	defer func() { err = errors.Join(err, pool.Close()) }()
	if err = db.SetSetting(ctx, settingHome, copied); err != nil {
		return err
	}
	_, err = pool.ExecContext(ctx, "PRAGMA journal_mode = DELETE") // a copy is one file, with nothing beside it
	return err
}

// NoteBackup keeps when the last backup of a database file was made. It may be
// called beside a running bot, also one of another version: it migrates nothing.
func NoteBackup(ctx context.Context, path string, now time.Time) (err error) {
	pool, err := sqlite.Open(path, 1)
	if err != nil {
		return err
	}
	db := &DB{path: path, w: pool, r: pool}
	defer func() { err = errors.Join(err, db.Close()) }()
	return db.SetInstant(ctx, SettingBackupAt, now)
}
