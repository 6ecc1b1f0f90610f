package whatsapp

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"go.mau.fi/whatsmeow/types"

	"bestie/store/sqlite"
)

// Inspect tells which number the session in a data folder is linked to, "" if
// none is, and whether its file is sound. It reads for a moment and changes
// nothing, so it may be used beside a running bot.
func Inspect(ctx context.Context, dir string) (number string, err error) {
	path := filepath.Join(dir, SessionFile)
	if _, err = os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	} else if err != nil {
		return "", fmt.Errorf("session database: %w", err)
	}
	db, err := sqlite.OpenReadOnly(path, 1)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var sound string
	if err = db.QueryRowContext(ctx, "PRAGMA quick_check").Scan(&sound); err == nil && sound != "ok" {
		err = errors.New(sound)
	}
	if err != nil {
		return "", fmt.Errorf("session database: %w", err)
	}
	var device types.JID
	err = db.QueryRowContext(ctx, "SELECT jid FROM whatsmeow_device ORDER BY rowid DESC LIMIT 1").Scan(&device)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("session database: %w", err)
	}
	return device.User, nil
}
