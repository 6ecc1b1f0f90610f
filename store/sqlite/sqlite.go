// Package sqlite opens the program's two SQLite files, app.db and session.db,
// the same way: private files, the settings of the field guide (section 1), and
// connections that compile each statement once.
//
// The library that owns session.db prepares nothing: without the cache, half of
// its time in the database goes into parsing the same thirty statements again
// (docs/performance.md has the figures).
package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// settings are per connection and therefore part of the data source name.
// FULL: a committed message survives a power cut. immediate: a transaction waits
// for its turn from the start instead of failing half-way. secure_delete: what was erased
// is overwritten, not only forgotten (ADR 13).
const settings = "?_fk=1&_journal=WAL&_timeout=5000&_sync=FULL&_txlock=immediate&_pragma=secure_delete(1)"

// escape hides from SQLite what would end the path part of a file: URI.
var escape = strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23")

// DSN is the data source name of a file with the settings it is opened with.
func DSN(path string) string { return "file:" + escape.Replace(path) + settings }

// Open returns a pool of at most connections to a database file. Nothing is
// opened before the first use.
func Open(path string, connections int) (*sql.DB, error) { return pool(DSN(path), connections) }

// OpenReadOnly is Open for a file that is there and is not to be changed, such as
// that of a running bot: every write through the pool fails.
func OpenReadOnly(path string, connections int) (*sql.DB, error) {
	return pool("file:"+escape.Replace(path)+"?mode=ro&_timeout=2000", connections)
}

func pool(dsn string, connections int) (*sql.DB, error) {
	base, err := sqlite.NewConnector(dsn)
	if err != nil {
		return nil, fmt.Errorf("database name: %w", err)
	}
	db := sql.OpenDB(connector{base})
	db.SetMaxOpenConns(connections)
	return db, nil
}

// Failed tells that the database could not do its work: the disk is full or
// broken, another process holds the file. An answer such as "no rows" or a refused
// row is no failure.
func Failed(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff != sqlite3.SQLITE_CONSTRAINT
}

// connector gives every connection its statements.
type connector struct{ driver.Connector }

// Connect implements driver.Connector.
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	raw, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	full, ok := raw.(connection)
	if !ok {
		return nil, errors.Join(fmt.Errorf("sqlite: a connection of type %T lacks a method that is needed", raw), raw.Close())
	}
	return &conn{connection: full, compiled: map[string]*statement{}}, nil
}

// Private makes sure that a database file exists and that only its owner can
// read it; SQLite gives the -wal and -shm files the mode of the main file. A file
// that is there is not opened: closing it would drop the locks that another
// connection of this process has on it (field guide, section 10).
func Private(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err == nil {
		return f.Close()
	}
	if !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("database file: %w", err)
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err = os.Chmod(path+suffix, 0o600); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("database file: %w", err)
		}
	}
	return nil
}
