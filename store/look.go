package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	driver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"bestie/shop"
	"bestie/store/sqlite"
)

// owner is the name under which the migrations keep their version in a file.
const owner = "bestie"

// CodeNoData is the code of the error for a folder without app.db.
const CodeNoData = "no_data"

// Look opens app.db for reading alone: nothing is created, migrated or written,
// so that it may be used beside a running bot of another version. The *DB's
// writing methods fail. A missing file is a *shop.Error with CodeNoData.
func Look(ctx context.Context, dir string) (*DB, error) {
	path := filepath.Join(dir, FileName)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, &shop.Error{
			Code: CodeNoData, Sentence: "there is no " + FileName + " in " + dir,
			Hint: "set data_dir in the configuration, or start the bot once",
		}
	} else if err != nil {
		return nil, fmt.Errorf("%s: %w", FileName, err)
	}
	db, err := look(path)
	if err != nil {
		return nil, err
	}
	if _, err = db.Schema(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

func look(path string) (*DB, error) {
	pool, err := sqlite.OpenReadOnly(path, readers)
	if err != nil {
		return nil, err
	}
	return &DB{path: path, w: pool, r: pool, sla: shop.DefaultSLA()}, nil
}

// Schema is the version of the file's schema; see LatestSchema. The error says
// whether the file is not one of this program's, or cannot be read.
func (db *DB) Schema(ctx context.Context) (version int, err error) {
	var who string
	err = db.r.QueryRowContext(ctx, "SELECT version, owner FROM version, database_owner").Scan(&version, &who)
	if err == nil && who != owner {
		err = errors.New("it belongs to " + who)
	}
	var refused *driver.Error
	if errors.As(err, &refused) && refused.Code() != sqlite3.SQLITE_NOTADB && refused.Code() != sqlite3.SQLITE_ERROR {
		return 0, fmt.Errorf("%s cannot be read: %w", filepath.Base(db.path), err)
	} else if err != nil {
		return 0, fmt.Errorf("%s is not a database of bestie: %w", filepath.Base(db.path), err)
	}
	return version, nil
}

// LatestSchema is the version that this build brings every file to.
func LatestSchema() int {
	files, err := migrations.ReadDir("migrations")
	if err != nil {
		panic(err) // they are embedded
	}
	return len(files)
}

// Vitals are what tells from outside whether a bot works.
type Vitals struct {
	Beat    time.Time // last heartbeat; zero if there was never one
	State   string    // name of the connection's state at that time, "" if unknown
	Depth   Depth
	Inbox   time.Time // when the oldest unhandled message fell due; zero: there is none
	Outbox  time.Time // when the oldest unsent one that no gate holds back did; zero: there is none
	Started time.Time // last start
	Outage  time.Time // since when customers cannot reach us; zero: they can
}

// Vitals reads them.
func (db *DB) Vitals(ctx context.Context) (v Vitals, err error) {
	var errs [7]error
	v.Beat, errs[0] = db.LastBeat(ctx)
	v.Started, errs[1] = db.Instant(ctx, SettingStartedAt)
	v.State, errs[2] = db.Setting(ctx, SettingState)
	v.Depth, errs[3] = db.Depth(ctx)
	v.Inbox, _, errs[4] = earliest(ctx, db.r, "SELECT MIN(due_at) FROM inbox WHERE due_at IS NOT NULL")
	v.Outbox, _, errs[5] = db.NextOutDue(ctx)
	v.Outage, _, errs[6] = earliest(ctx, db.r, "SELECT MIN(from_at) FROM outages WHERE until_at IS NULL")
	return v, errors.Join(errs[:]...)
}

// Strangers are the admins on the roster who have neither written to the shop's
// number nor received anything from it: nobody knows whether they are on WhatsApp.
func (db *DB) Strangers(ctx context.Context) (names []string, err error) {
	return collect(ctx, db.r, func(rows *sql.Rows) (name string, err error) { return name, rows.Scan(&name) },
		`SELECT DISTINCT p.name FROM people p JOIN person_roles r ON r.person_id = p.id
		WHERE r.role IN (`+adminRoles+`)
			AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.person_id = p.id)
			AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.person_id = p.id AND o.status IN ('delivered', 'read'))
		ORDER BY p.id`)
}
