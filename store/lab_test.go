package store

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"bestie/shop"
)

// start is a Monday morning, WIB.
var start = time.Date(2026, 1, 5, 10, 0, 0, 0, shop.WIB)

// tb is a test, a fuzz target or a property check.
type tb interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Errorf(format string, args ...any)
}

// lab is a database in a real file with short ways to fill it.
type lab struct {
	tb
	ctx context.Context
	*DB
	ids atomic.Int64
}

func newLab(t *testing.T) *lab {
	t.Helper()
	l := openLab(t, t.TempDir())
	l.run("PRAGMA synchronous = OFF") // these tests cut no power
	return l
}

func openLab(t *testing.T, dir string) *lab {
	t.Helper()
	db, err := Open(t.Context(), dir, zerolog.Nop())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return &lab{tb: t, ctx: context.WithoutCancel(t.Context()), DB: db}
}

// with is the same database under another test, such as one property check.
func (l *lab) with(t tb) *lab { return &lab{tb: t, ctx: l.ctx, DB: l.DB} }

func (l *lab) newID() string { return fmt.Sprintf("3EB0%08d", l.ids.Add(1)) }

func (l *lab) must(err error) {
	l.Helper()
	if err != nil {
		l.Fatal(err)
	}
}

// run runs a statement of the test's own.
func (l *lab) run(stmt string, args ...any) {
	l.Helper()
	_, err := l.w.ExecContext(l.ctx, stmt, args...)
	l.must(err)
}

// number is the one number a query finds.
func (l *lab) number(query string, args ...any) (n int64) {
	l.Helper()
	l.must(l.r.QueryRowContext(l.ctx, query, args...).Scan(&n))
	return n
}

// rows is what a query finds: columns joined by spaces, rows by newlines.
func (l *lab) rows(query string, args ...any) string {
	l.Helper()
	rows, err := l.r.QueryContext(l.ctx, query, args...)
	l.must(err)
	defer rows.Close()
	columns, err := rows.Columns()
	l.must(err)
	var lines []string
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		l.must(rows.Scan(into...))
		lines = append(lines, strings.TrimSuffix(fmt.Sprintln(values...), "\n"))
	}
	l.must(rows.Err())
	return strings.Join(lines, "\n")
}

const account = "628110000000"

// address is how customer n is known in full.
func address(n int) shop.Address {
	return shop.Address{LID: fmt.Sprint(9000 + n), Phone: fmt.Sprintf("62812%08d", n)}
}

// message is one text of customer n.
func (l *lab) message(n int, at time.Time, text string) shop.Incoming {
	return shop.Incoming{Account: account, Chat: address(n), ID: l.newID(), Kind: shop.KindText, Text: text, SentAt: at}
}

func (l *lab) receive(at time.Time, debounce time.Duration, m shop.Incoming) (isNew bool) {
	l.Helper()
	isNew, err := l.Receive(l.ctx, at, debounce, m)
	l.must(err)
	return isNew
}

// turn handles a chat that is due with a fixed outcome and returns what was seen.
func (l *lab) turn(at time.Time, out shop.Outcome) (seen shop.Turn) {
	l.Helper()
	did, err := l.Turns(l.ctx, at, 1, l.newID, func(t shop.Turn) (shop.Outcome, error) {
		seen = t
		out.Conversation = t.Conversation
		for i := range out.Drafts {
			if out.Drafts[i].To == 0 {
				out.Drafts[i].To = t.Person.ID
			}
		}
		return out, nil
	})
	l.must(err)
	if did != 1 {
		l.Fatal("no chat is due")
	}
	return seen
}

// ask lets customer n ask at an instant and the bot decide the drafts.
func (l *lab) ask(n int, at time.Time, drafts ...shop.Draft) shop.Turn {
	l.Helper()
	l.receive(at, 0, l.message(n, at, "tanya"))
	return l.turn(at, shop.Outcome{StartWait: true, WaitSince: at, WaitWords: "tanya", Drafts: drafts})
}

func answer(text string) shop.Draft {
	return shop.Draft{Lane: shop.LaneReply, Text: text, Answers: true}
}

// next is the row to send now.
func (l *lab) next(at time.Time) shop.OutRow {
	l.Helper()
	o, ok, err := l.NextOut(l.ctx, at)
	l.must(err)
	if !ok {
		l.Fatal("nothing is to be sent")
	}
	return o
}

func (l *lab) claim(o shop.OutRow, at time.Time) {
	l.Helper()
	ok, err := l.Claim(l.ctx, o.ID, at, nil)
	l.must(err)
	if !ok {
		l.Fatal("the row could not be claimed")
	}
}

// send takes the next row through to the server's word.
func (l *lab) send(at time.Time) shop.OutRow {
	l.Helper()
	o := l.next(at)
	l.claim(o, at)
	o.SentAt = at
	l.must(l.Sent(l.ctx, o))
	return o
}

// person is customer n as the books have them.
func (l *lab) person(n int) shop.Person {
	l.Helper()
	p, ok, err := l.PersonByPhone(l.ctx, address(n).Phone)
	l.must(err)
	if !ok {
		l.Fatalf("customer %d is unknown", n)
	}
	return p
}
