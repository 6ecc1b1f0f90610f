package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"strings"
)

// connection is what the driver's connections can do and database/sql uses.
type connection interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// mostStatements bounds the statements that one connection keeps. The two files
// need about a hundred together; some of the library's grow with their number of
// arguments, so there is no end to them.
const mostStatements = 200

// conn is a connection that keeps its statements compiled. database/sql uses a
// connection from one goroutine at a time.
type conn struct {
	connection
	compiled map[string]*statement
}

// compiledStatement is what the driver's statements can do.
type compiledStatement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// statement is one compiled statement; busy while its rows are read.
type statement struct {
	compiledStatement
	busy bool
}

// ExecContext implements driver.ExecerContext.
func (c *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s, err := c.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.connection.ExecContext(ctx, query, args)
	}
	return s.ExecContext(short(ctx), args)
}

// QueryContext implements driver.QueryerContext.
func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.connection.QueryContext(ctx, query, args)
	}
	rows, err := s.QueryContext(short(ctx), args)
	if err != nil {
		return nil, err
	}
	s.busy = true
	return &reading{rows, s}, nil
}

// BeginTx implements driver.ConnBeginTx. A transaction that only reads does not
// take the writer's place.
func (c *conn) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	begin := "BEGIN IMMEDIATE"
	if opts.ReadOnly {
		begin = "BEGIN"
	}
	if _, err := c.ExecContext(ctx, begin, nil); err != nil {
		return nil, err
	}
	return transaction{c}, nil
}

// transaction is the one that a connection is in.
type transaction struct{ c *conn }

// Commit implements driver.Tx. After a failure the transaction may still be open;
// database/sql expects that it is not.
func (t transaction) Commit() error {
	_, err := t.c.ExecContext(context.Background(), "COMMIT", nil)
	if err != nil {
		_ = t.Rollback() // its own error says only that the transaction has ended
	}
	return err
}

// Rollback implements driver.Tx.
func (t transaction) Rollback() error {
	_, err := t.c.ExecContext(context.Background(), "ROLLBACK", nil)
	return err
}

// short takes the cancellation out of a context. Compiled statements run for
// less than a millisecond; to be able to interrupt one, the driver starts a
// goroutine for each.
func short(ctx context.Context) context.Context { return context.WithoutCancel(ctx) }

// statement returns the compiled form of a query, or nil when it has none that is
// free: it is no everyday statement, or its rows are still being read.
func (c *conn) statement(ctx context.Context, query string) (*statement, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if s, ok := c.compiled[query]; ok {
		if s.busy {
			return nil, nil
		}
		return s, nil
	}
	if !everyday(query) {
		return nil, nil
	}
	made, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	full, ok := made.(compiledStatement)
	if !ok {
		return nil, made.Close()
	}
	if err = c.makeRoom(); err != nil {
		return nil, errors.Join(err, made.Close())
	}
	s := &statement{compiledStatement: full}
	c.compiled[query] = s
	return s, nil
}

// makeRoom drops some statement that is not in use, whichever the map shows
// first, when there are too many.
func (c *conn) makeRoom() error {
	if len(c.compiled) < mostStatements {
		return nil
	}
	for query, s := range c.compiled {
		if !s.busy {
			delete(c.compiled, query)
			return s.Close()
		}
	}
	return nil
}

// everyday tells whether a statement reads or changes rows or bounds a
// transaction. What changes the
// schema or the connection is not kept, nor is a script, of which only the first
// statement would count.
func everyday(query string) bool {
	query = strings.TrimSpace(query)
	if strings.Contains(strings.TrimSuffix(query, ";"), ";") {
		return false
	}
	verb, _, _ := strings.Cut(query, " ")
	switch strings.ToUpper(strings.TrimSpace(verb)) {
	case "SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "WITH", "BEGIN", "COMMIT", "ROLLBACK":
		return true
	}
	return false
}

// Close drops the statements, then the connection.
func (c *conn) Close() error {
	var errs []error
	for _, s := range c.compiled {
		errs = append(errs, s.Close())
	}
	clear(c.compiled)
	return errors.Join(append(errs, c.connection.Close())...)
}

// reading is the result of a compiled statement, which is free again at its end.
type reading struct {
	driver.Rows
	of *statement
}

// Close implements driver.Rows.
func (r *reading) Close() error {
	r.of.busy = false
	return r.Rows.Close()
}
