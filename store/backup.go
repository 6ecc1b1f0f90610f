package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Backup writes a complete, consistent copy of app.db to a new file while the
// bot runs. WhatsApp's session is not part of it: an old session must never be
// restored (field guide, section 7).
func (db *DB) Backup(ctx context.Context, file string) error {
	// The file must be ours alone, and private from its first byte.
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s exists already: choose a new name", file)
	} else if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if err = f.Close(); err != nil {
		return errors.Join(fmt.Errorf("backup: %w", err), os.Remove(file))
	}
	if err = db.copyTo(ctx, file); err != nil {
		return errors.Join(fmt.Errorf("backup: %w", err), os.Remove(file))
	}
	return nil
}

// copyTo writes the copy and marks it as one, so that a bot that starts on it
// sends nothing before a person has vouched for it (ADR 8).
func (db *DB) copyTo(ctx context.Context, file string) (err error) {
	conn, err := db.r.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err = conn.ExecContext(ctx, "VACUUM INTO $1", file); err != nil {
		return err
	}
	if _, err = conn.ExecContext(ctx, "ATTACH $1 AS copy", file); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, "UPDATE copy.settings SET value = $1 WHERE key = $2", copied, settingHome)
	_, detached := conn.ExecContext(context.WithoutCancel(ctx), "DETACH copy")
	return errors.Join(err, detached)
}
