package store

import (
	"context"
	"errors"
	"sync"

	driver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// commits lets writers that come while another one waits for the disk share the
// next commit. Each is still all or nothing and safe on disk when it returns.
type commits struct {
	mu      sync.Mutex
	waiting []*write
	led     bool // somebody commits, or is about to
}

// write is one unit of work and what became of it.
type write struct {
	ctx      context.Context
	fn       func(tx *transaction) error
	err      error
	panicked any
	// turn says true to the writer that has to lead the next group, and false to
	// one whose work is done.
	turn chan bool
}

// tx runs fn in an immediate write transaction, which it may share with others. An
// error or a panic of fn leaves nothing behind, least of all the one writer
// connection taken. fn may run twice: what it sets outside itself, it sets anew.
func (db *DB) tx(ctx context.Context, fn func(tx *transaction) error) error {
	w := &write{ctx: ctx, fn: fn, turn: make(chan bool, 1)}
	c := &db.commits
	c.mu.Lock()
	c.waiting = append(c.waiting, w)
	lead := !c.led
	c.led = true
	c.mu.Unlock()
	if lead || <-w.turn {
		db.lead(w)
	}
	if w.panicked != nil {
		panic(w.panicked)
	}
	return w.err
}

// mostShared bounds the writers of one commit: the first waits for the last.
const mostShared = 16

// lead commits everybody who waits, own among them, and hands the lead on.
func (db *DB) lead(own *write) {
	c := &db.commits
	c.mu.Lock()
	group := c.waiting[:min(len(c.waiting), mostShared)]
	c.waiting = c.waiting[len(group):]
	c.mu.Unlock()
	db.work(group)
	for _, w := range group {
		if w != own {
			w.turn <- false
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.led = len(c.waiting) > 0; c.led {
		c.waiting[0].turn <- true
	}
}

// work does what a group wants: together if it can be, else one by one.
func (db *DB) work(group []*write) {
	if len(group) > 1 {
		tx, err := db.begin(context.Background())
		for _, w := range group {
			w.err = err
		}
		if err != nil || tx.finish(together(group)) == nil {
			return
		}
		db.forget()
	}
	for _, w := range group {
		db.alone(w)
	}
}

// forget drops the lists in memory: they may have been read from what was rolled back.
func (db *DB) forget() { db.kept = nil }

// errPanicked stands for a panic while the work of several is tried together.
var errPanicked = errors.New("panic")

// together is the work of all as one. If any of it fails, none of it counts.
func together(group []*write) func(tx *transaction) error {
	return func(tx *transaction) (err error) {
		defer func() {
			if recover() != nil { // it will panic again when it is alone
				err = errPanicked
			}
		}()
		for _, w := range group {
			if err = w.ctx.Err(); err != nil {
				return err
			}
			if err = w.fn(tx); err != nil {
				return err
			}
		}
		return nil
	}
}

// alone does one writer's work in a transaction of its own.
func (db *DB) alone(w *write) {
	defer func() {
		if w.panicked = recover(); w.panicked != nil || w.err != nil {
			db.forget()
		}
	}()
	tx, err := db.begin(w.ctx)
	if err == nil {
		err = tx.finish(w.fn)
	}
	w.err = err
}

// patience is how often a writer waits for the other process's writer, each time
// for the busy timeout: SQLite's waiting is not fair, so that one who waits while
// another writes on and on can wait for longer than that.
const patience = 6

func (db *DB) begin(ctx context.Context) (*transaction, error) {
	conn, err := db.w.Conn(ctx)
	if err != nil {
		return nil, err
	}
	for range patience {
		_, err = conn.ExecContext(ctx, "BEGIN IMMEDIATE")
		var locked *driver.Error
		if !errors.As(err, &locked) || locked.Code()&0xff != sqlite3.SQLITE_BUSY {
			break
		}
	}
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return &transaction{steady{conn}, conn}, nil
}
