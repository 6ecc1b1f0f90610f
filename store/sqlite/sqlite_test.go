package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"bestie/store/sqlite"
)

func open(t *testing.T, connections int) *sql.DB {
	t.Helper()
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "a?b#c%41.db"), connections)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	exec(t, db, "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT NOT NULL UNIQUE) STRICT")
	return db
}

func exec(t *testing.T, db *sql.DB, query string, args ...any) {
	t.Helper()
	if _, err := db.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatal(err)
	}
}

// all reads a column of texts.
func all(t *testing.T, db *sql.DB, query string, args ...any) string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var v sql.NullString
		if err = rows.Scan(&v); err != nil {
			t.Fatal(err)
		}
		out = append(out, v.String)
	}
	if err = rows.Err(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(out, " ")
}

// A compiled statement gives the same answers as a new one: with other values,
// after an error, after the schema has changed.
func TestCompiledStatements(t *testing.T) {
	t.Parallel()
	db := open(t, 1)
	const insert = "INSERT INTO t (v) VALUES ($1)"
	for _, v := range []string{"a", "b", "c"} {
		exec(t, db, insert, v)
	}
	if _, err := db.ExecContext(t.Context(), insert, "a"); err == nil {
		t.Error("the same value twice: no error")
	}
	if _, err := db.ExecContext(t.Context(), insert, nil); err == nil {
		t.Error("the value of the call before was taken for a missing one")
	}
	exec(t, db, insert, "d")
	if got := all(t, db, "SELECT v FROM t WHERE v > $1 ORDER BY v", "a"); got != "b c d" {
		t.Error(got)
	}
	const everything = "SELECT * FROM t WHERE v = $1"
	row := db.QueryRowContext(t.Context(), everything, "b")
	var id, more int
	var v string
	if err := row.Scan(&id, &v); err != nil || id != 2 {
		t.Error(id, err)
	}
	exec(t, db, "ALTER TABLE t ADD COLUMN more INTEGER NOT NULL DEFAULT 7")
	if err := db.QueryRowContext(t.Context(), everything, "b").Scan(&id, &v, &more); err != nil || more != 7 {
		t.Error("after the schema changed:", more, err)
	}
}

// Rows that are being read do not disturb the same statement begun once more on
// the same connection.
func TestSameStatementInside(t *testing.T) {
	t.Parallel()
	db := open(t, 1)
	exec(t, db, "INSERT INTO t (v) VALUES ('a'), ('b'), ('c')")
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	const query = "SELECT v FROM t WHERE id >= $1 ORDER BY id"
	outer, err := tx.QueryContext(t.Context(), query, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer outer.Close()
	var seen []string
	for outer.Next() {
		var v, inside string
		if err = outer.Scan(&v); err != nil {
			t.Fatal(err)
		}
		if err = tx.QueryRowContext(t.Context(), query, 3).Scan(&inside); err != nil {
			t.Fatal(err)
		}
		seen = append(seen, v+inside)
	}
	if got := strings.Join(seen, " "); got != "ac bc cc" || outer.Err() != nil {
		t.Error(got, outer.Err())
	}
}

// More different statements than a connection keeps still work, and so does
// a transaction that fails.
func TestManyStatements(t *testing.T) {
	t.Parallel()
	db := open(t, 2)
	for i := range 500 {
		exec(t, db, fmt.Sprintf("INSERT INTO t (v) VALUES ($1 || '%d')", i), "n")
	}
	if got := all(t, db, "SELECT COUNT(*) FROM t"); got != "500" {
		t.Error(got)
	}
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = tx.ExecContext(t.Context(), "DELETE FROM t"); err != nil {
		t.Fatal(err)
	}
	if err = tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if got := all(t, db, "SELECT COUNT(*) FROM t"); got != "500" {
		t.Error("after a rollback:", got)
	}
}

// A script is not cut to its first statement, and an ended context does nothing.
func TestScriptsAndEndedContexts(t *testing.T) {
	t.Parallel()
	db := open(t, 1)
	exec(t, db, "INSERT INTO t (v) VALUES ('x'); INSERT INTO t (v) VALUES ('y');")
	if got := all(t, db, "SELECT v FROM t ORDER BY v"); got != "x y" {
		t.Error(got)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := db.ExecContext(ctx, "DELETE FROM t"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if got := all(t, db, "SELECT COUNT(*) FROM t"); got != "2" {
		t.Error(got)
	}
}
