package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
)

// steady asks a connection or a pool what no context interrupts. To be able to,
// database/sql starts a goroutine for every query; ours take less than a millisecond
// each, and starting and ending those cost a tenth of a message.
type steady struct{ querier }

// ExecContext implements querier.
func (s steady) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return s.querier.ExecContext(context.WithoutCancel(ctx), query, args...)
}

// QueryContext implements querier.
func (s steady) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return s.querier.QueryContext(context.WithoutCancel(ctx), query, args...)
}

// QueryRowContext implements querier.
func (s steady) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return s.querier.QueryRowContext(context.WithoutCancel(ctx), query, args...)
}

// transaction is the one that the writer's connection is in. It stands for *sql.Tx,
// which starts a goroutine for itself and for every query.
type transaction struct {
	steady
	conn *sql.Conn
}

// finish does the work of a transaction and ends it.
func (t *transaction) finish(fn func(tx *transaction) error) (err error) {
	committed := false
	defer func() {
		if !committed && t.exec("ROLLBACK") != nil {
			// A full disk ends a transaction by itself, and so does the loss of the file.
			// Which of them it was is not asked: a new connection is in none.
			_ = t.conn.Raw(func(any) error { return driver.ErrBadConn })
		}
		if closed := t.conn.Close(); !errors.Is(closed, sql.ErrConnDone) {
			err = errors.Join(err, closed)
		}
	}()
	if err = fn(t); err != nil {
		return err
	}
	err = t.exec("COMMIT")
	committed = err == nil
	return err
}

// exec runs what no context may stop.
func (t *transaction) exec(statement string) error {
	_, err := t.conn.ExecContext(context.Background(), statement)
	return err
}
