package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"
)

// Keys of settings that the program keeps for itself.
const (
	SettingHeartbeat = "heartbeat"  // Unix milliseconds of the last tick of a running bot
	SettingState     = "wa_state"   // the name of the connection's last state
	SettingLinkedAt  = "linked_at"  // Unix milliseconds of the pairing: the age of the link
	SettingStartedAt = "started_at" // Unix milliseconds of the last start
	SettingBackupAt  = "backup_at"  // Unix milliseconds of the last `bestie backup`
)

// Setting returns a small value that survives restarts, "" when it is not set.
func (db *DB) Setting(ctx context.Context, key string) (value string, err error) {
	err = db.r.QueryRowContext(ctx, "SELECT value FROM settings WHERE key = $1", key).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

// SetSetting stores a small value.
func (db *DB) SetSetting(ctx context.Context, key, value string) error {
	return db.exec(ctx, putSetting, key, value)
}

const putSetting = "INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = $2"

// Check asks SQLite whether the file is sound; nil means it is.
func (db *DB) Check(ctx context.Context) error {
	var answer string
	if err := db.r.QueryRowContext(ctx, "PRAGMA quick_check").Scan(&answer); err != nil {
		return err
	}
	if answer != "ok" {
		return errors.New(answer)
	}
	return nil
}

// Depth is how much work waits: messages not handled, rows not sent, people
// waiting for an answer.
type Depth struct{ Inbox, Outbox, Waits int }

// Depth counts the queues, for health and status.
func (db *DB) Depth(ctx context.Context) (d Depth, err error) {
	err = db.r.QueryRowContext(ctx, `SELECT (SELECT COUNT(*) FROM inbox WHERE due_at IS NOT NULL),
		(SELECT COUNT(*) FROM outbox WHERE due_at IS NOT NULL), (SELECT COUNT(*) FROM waits WHERE ended_at IS NULL)`).
		Scan(&d.Inbox, &d.Outbox, &d.Waits)
	return d, err
}

// Beat notes that the bot is alive.
func (db *DB) Beat(ctx context.Context, now time.Time) error {
	return db.SetInstant(ctx, SettingHeartbeat, now)
}

// LastBeat is when a running bot last said that it is alive; zero if never.
func (db *DB) LastBeat(ctx context.Context) (time.Time, error) {
	return db.Instant(ctx, SettingHeartbeat)
}

// Instant reads a setting that holds Unix milliseconds; zero if it is not set.
func (db *DB) Instant(ctx context.Context, key string) (time.Time, error) {
	value, err := db.Setting(ctx, key)
	if err != nil || value == "" {
		return time.Time{}, err
	}
	v, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return time.Time{}, fmt.Errorf("setting %s: %w", key, err)
	}
	return at(v), nil
}

// SetInstant stores an instant under a key.
func (db *DB) SetInstant(ctx context.Context, key string, t time.Time) error {
	return db.SetSetting(ctx, key, strconv.FormatInt(ms(t), 10))
}
