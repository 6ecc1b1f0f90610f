package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"go.mau.fi/whatsmeow/types"

	"bestie/shop"
	"bestie/store/sqlite"
)

// eraseTables are what the library keeps of a person by name or in words, and the column
// with their address (sqlstore's schema). The keys of the encryption and the pair of number
// and LID stay: without them their next message could not be read.
var eraseTables = map[string]string{
	"whatsmeow_contacts":        "their_jid",
	"whatsmeow_chat_settings":   "chat_jid",
	"whatsmeow_message_secrets": "chat_jid",
	"whatsmeow_retry_buffer":    "chat_jid",
	"whatsmeow_privacy_tokens":  "their_jid",
}

// eraseWords are where the library keeps messages for a while, also those in which others
// were told of the person: to send them again if asked, or not to decrypt them twice.
var eraseWords = []string{"whatsmeow_retry_buffer", "whatsmeow_event_buffer"}

// Erase removes from the session in a data folder what it knows of a person: names, and
// the last messages to them and about them. It may be used beside a
// running bot, which may have the name in memory until it is started again. Nothing to
// remove is no error.
func Erase(ctx context.Context, dir string, p shop.Person) (err error) {
	path := filepath.Join(dir, SessionFile)
	if _, err = os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return fmt.Errorf("session database: %w", err)
	}
	db, err := sqlite.Open(path, 1)
	if err != nil {
		return fmt.Errorf("session database: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var jids []types.JID
	if p.Phone != "" {
		jids = append(jids, types.NewJID(p.Phone, types.DefaultUserServer))
	}
	if p.LID != "" {
		jids = append(jids, types.NewJID(p.LID, types.HiddenUserServer))
	}
	for table, column := range eraseTables {
		for _, jid := range jids {
			if _, err = db.ExecContext(ctx, "DELETE FROM "+table+" WHERE "+column+" = $1", jid.String()); err != nil {
				return fmt.Errorf("session database: erasing from %s: %w", table, err)
			}
		}
	}
	for _, table := range eraseWords {
		for _, word := range p.KnownBy() {
			if _, err = db.ExecContext(ctx, "DELETE FROM "+table+" WHERE instr(plaintext, $1) > 0", []byte(word)); err != nil {
				return fmt.Errorf("session database: erasing from %s: %w", table, err)
			}
		}
	}
	_, err = db.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	return err
}
