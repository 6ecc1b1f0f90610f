package whatsapp

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/rs/zerolog"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/store/sqlstore"
	waLog "go.mau.fi/whatsmeow/util/log"

	"bestie/shop"
	"bestie/store/sqlite"
)

// SessionFile is the name of the library's database inside Options.Dir. It is
// the account: whoever has a copy can read and send, and an old copy must never
// be put back (field guide, section 7).
const SessionFile = "session.db"

// openSession opens the session database with the settings of the field guide,
// section 1, and brings its schema up to date.
func openSession(ctx context.Context, dir string, log zerolog.Logger) (*sql.DB, *sqlstore.Container, error) {
	path, err := secureFile(dir)
	if err != nil {
		return nil, nil, err
	}
	// One connection: a third faster under load than several that wait for each
	// other's writes, and never SQLITE_BUSY while decrypting.
	db, err := sqlite.Open(path, 1)
	if err != nil {
		return nil, nil, fmt.Errorf("open session database: %w", err)
	}
	box := sqlstore.NewWithDB(db, "sqlite", waLog.Zerolog(log))
	if err = box.Upgrade(log.WithContext(ctx)); err == nil {
		err = box.LIDMap.FillCache(ctx)
	}
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("prepare session database: %w", err), db.Close())
	}
	return db, box, nil
}

// secureFile creates the folder and the file for their owner only. SQLite gives
// its -wal and -shm files the mode of the database file.
func secureFile(dir string) (string, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("data folder: %w", err)
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		return "", fmt.Errorf("data folder: %w", err)
	}
	base, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("data folder: %w", err)
	}
	path := filepath.Join(base, SessionFile)
	if err = sqlite.Private(path); err != nil {
		return "", fmt.Errorf("session database: %w", err)
	}
	return path, nil
}

// chooseDevice returns the session of the configured number, the newest if an
// older pairing left its row behind, or a blank one to pair with.
func chooseDevice(ctx context.Context, box *sqlstore.Container, number string) (*store.Device, error) {
	devices, err := box.GetAllDevices(ctx)
	if err != nil {
		return nil, fmt.Errorf("read sessions: %w", err)
	}
	var chosen *store.Device
	for _, d := range devices {
		if number != "" && d.ID.User != number {
			return nil, &shop.Error{
				Code:     "session_of_other_number",
				Sentence: "The data folder holds the session of another WhatsApp number.",
				Hint:     "Set business.number to the linked number, or use another data folder.",
			}
		}
		if chosen == nil || d.ID.Device > chosen.ID.Device {
			chosen = d
		}
	}
	if chosen == nil {
		return box.NewDevice(), nil
	}
	return chosen, nil
}
