// Package store keeps what must not be forgotten: app.db, one SQLite file in
// the data folder. Every exported method is one transaction (or one read) and
// takes the instant it happens at from its caller; no statement asks for the
// time itself.
//
// There is one writer connection and a small pool of readers for reports. What
// the workers ask between two writes ("what is due?") is asked on the writer: its
// page cache stays valid over its own commits, a reader's does not. The schema refuses
// impossible states by itself (STRICT, CHECK, UNIQUE, triggers), so that a
// defect in the program ends in an error, not in a wrong row. WhatsApp's own
// session lives in another file with other rules for backup; package whatsapp
// owns it (ADR 0001).
package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"bestie/shop"
	"bestie/store/sqlite"
	"github.com/rs/zerolog"
	"go.mau.fi/util/dbutil"
)

//go:embed migrations/*.sql
var migrations embed.FS

// FileName is the program's own database inside the data folder.
const FileName = "app.db"

// readers is how many reads may run beside the writer.
const readers = 4

// DB is the program's database. All methods are safe for concurrent use.
type DB struct {
	path string
	w, r *sql.DB
	sla  shop.SLA
	plan shop.Plan // its people stand in the file
	// channels is how many second channels there are.
	channels int
	recent   time.Duration
	kept     *kept // of the writer
	commits  commits
}

// Open opens or creates app.db in the folder (made with mode 0700 if missing)
// and brings its schema up to date. It fails on a schema newer than this
// program.
func Open(ctx context.Context, dir string, log zerolog.Logger) (*DB, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	path := filepath.Join(dir, FileName)
	if err := sqlite.Private(path); err != nil {
		return nil, err
	}
	return open(ctx, path, log)
}

func open(ctx context.Context, path string, log zerolog.Logger) (*DB, error) {
	w, err := sqlite.Open(path, 1)
	if err != nil {
		return nil, err
	}
	if err = upgrade(ctx, w, log); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	r, err := sqlite.Open(path, readers)
	if err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return &DB{path: path, w: w, r: r, sla: shop.DefaultSLA(), recent: 24 * time.Hour}, nil
}

func upgrade(ctx context.Context, w *sql.DB, log zerolog.Logger) error {
	db, err := dbutil.NewWithDB(w, "sqlite")
	if err != nil {
		return err
	}
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	files, ok := sub.(interface {
		fs.ReadFileFS
		fs.ReadDirFS
	})
	if !ok {
		return errors.New("the embedded migrations cannot be read")
	}
	db.Owner = owner
	db.UpgradeTable = dbutil.BuildUpgradeTable().WithFS(files).Finish()
	if err = db.Upgrade(log.WithContext(ctx)); err != nil {
		return fmt.Errorf("upgrading %s: %w", FileName, err)
	}
	return nil
}

// SetSLA sets the pager's levels, by which every wait knows when it falls due.
// Call it before the first message.
func (db *DB) SetSLA(sla shop.SLA) { db.sla = sla }

// SetPlan sets the shifts and absences; its people are left aside, as the file knows
// them (SetRoster). Call it before the first message.
func (db *DB) SetPlan(plan shop.Plan) { db.plan = plan }

// SetRecent sets how far back a turn sees what the bot said in its chat: as far
// as the guards look, a day unless set; 0 when there are none. Call it before the
// first message.
func (db *DB) SetRecent(span time.Duration) { db.recent = span }

// Path is the database file.
func (db *DB) Path() string { return db.path }

// Close closes both pools. SQLite checkpoints when the last connection goes.
func (db *DB) Close() error { return errors.Join(db.r.Close(), db.w.Close()) }

// exec runs one writing statement in a transaction of its own.
func (db *DB) exec(ctx context.Context, stmt string, args ...any) error {
	return db.tx(ctx, func(tx *transaction) error {
		_, err := tx.ExecContext(ctx, stmt, args...)
		return err
	})
}

// querier is a transaction or a pool.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// collect runs a query and scans every row.
func collect[T any](ctx context.Context, q querier, scan func(rows *sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// ms is an instant at rest: Unix milliseconds UTC, 0 for "never".
func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// at reads an instant written by ms.
func at(v int64) time.Time {
	if v == 0 {
		return time.Time{}
	}
	return time.UnixMilli(v).In(shop.WIB)
}

// nullAt reads a nullable instant.
func nullAt(v sql.NullInt64) time.Time {
	if !v.Valid {
		return time.Time{}
	}
	return at(v.Int64)
}

// text stores "" as NULL in nullable unique columns.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}
