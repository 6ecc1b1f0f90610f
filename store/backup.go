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
	if _, err := os.Lstat(file); err == nil {
		return fmt.Errorf("%s exists already: choose a new name", file)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	// The file must be private from its first byte.
	if err := private(file); err != nil {
		return err
	}
	if _, err := db.r.ExecContext(ctx, "VACUUM INTO $1", file); err != nil {
		return errors.Join(fmt.Errorf("backup: %w", err), os.Remove(file))
	}
	return nil
}
