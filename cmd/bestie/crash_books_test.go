package main

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bestie/store"
)

// books is app.db as the test reads it, past the program.
type books struct{ *sql.DB }

func (s *site) openBooks() books {
	s.tb.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(s.dir, store.FileName)+"?mode=ro&_timeout=5000")
	if err != nil {
		s.tb.Fatal(err)
	}
	return books{db}
}

// stuck names the rows to which something still has to happen at an instant.
func (b books) stuck(tb testing.TB, now time.Time) []string {
	tb.Helper()
	return list(tb, b, func(rows *sql.Rows) (line string, err error) { return line, rows.Scan(&line) }, `
		SELECT 'inbox ' || id || ' is not handled: ' || text FROM inbox WHERE due_at IS NOT NULL
		UNION ALL SELECT 'outbox ' || id || ' is ' || status || ' (' || lane || '): ' || text FROM outbox
			WHERE due_at IS NOT NULL OR status IN ('queued', 'sending')
		UNION ALL SELECT 'campaign ' || campaign_id || ' has a slot to begin' FROM campaign_slots WHERE state IN ('due', 'running') AND starts_at <= $1
		UNION ALL SELECT 'campaign ' || id || ' is ' || state FROM campaigns WHERE state IN ('approved', 'running')
		UNION ALL SELECT 'purchase order ' || number || ' is to be told' FROM purchase_orders WHERE due <> ''
		UNION ALL SELECT 'page ' || id || ' is due' FROM pages WHERE state = 'due' OR alarm = 1
		UNION ALL SELECT 'alarm ' || id || ' is due' FROM alarms WHERE due_at IS NOT NULL
		UNION ALL SELECT 'wait ' || id || ' has a page to be written' FROM waits WHERE next_page_at <= $1 + 5000`, now.UnixMilli())
}

// inRow is a row of the inbox.
type inRow struct {
	id               int64
	phone, messageID string
	turn             int64 // 0: none
}

// outRow is a row of the outbox.
type outRow struct {
	id                                        int64
	phone, messageID, lane, text, status, why string
	turn, campaign                            int64 // 0: none
	tries                                     int
}

// act is a row of the consents.
type act struct {
	phone, words string
	granted      bool
}

// earlier begins the IDs of messages that a flow put into the inbox beforehand.
const earlier = "EARLIER"

// received and written are all rows of inbox and outbox since then, in the order
// in which they were written.
func (b books) received(tb testing.TB) []inRow {
	return list(tb, b, func(rows *sql.Rows) (r inRow, err error) {
		return r, rows.Scan(&r.id, &r.phone, &r.messageID, &r.turn)
	}, `SELECT i.id, COALESCE(p.phone, ''), i.message_id, COALESCE(i.turn_id, 0) FROM inbox i JOIN people p ON p.id = i.person_id
		WHERE i.message_id NOT LIKE '`+earlier+`%' ORDER BY i.id`)
}

func (b books) written(tb testing.TB) []outRow {
	return list(tb, b, func(rows *sql.Rows) (r outRow, err error) {
		return r, rows.Scan(&r.id, &r.phone, &r.messageID, &r.lane, &r.text, &r.status, &r.why, &r.turn, &r.campaign, &r.tries)
	}, `SELECT o.id, COALESCE(p.phone, ''), o.message_id, o.lane, o.text, o.status, o.reason, COALESCE(o.turn_id, 0), COALESCE(o.campaign_id, 0), o.attempts
		FROM outbox o JOIN people p ON p.id = o.person_id ORDER BY o.id`)
}

// acts are the consents and their withdrawals, in order.
func (b books) acts(tb testing.TB) []act {
	return list(tb, b, func(rows *sql.Rows) (a act, err error) {
		return a, rows.Scan(&a.phone, &a.words, &a.granted)
	}, "SELECT p.phone, c.words, c.granted FROM consents c JOIN people p ON p.id = c.person_id ORDER BY c.id")
}

// waiting lists the phones of those who still wait for an answer.
func (b books) waiting(tb testing.TB) []string {
	return list(tb, b, func(rows *sql.Rows) (phone string, err error) { return phone, rows.Scan(&phone) },
		"SELECT p.phone FROM waits w JOIN people p ON p.id = w.person_id WHERE w.ended_at IS NULL")
}

// campaign is the state of the first one.
func (b books) campaign(tb testing.TB) string {
	return strings.Join(list(tb, b, func(rows *sql.Rows) (state string, err error) { return state, rows.Scan(&state) },
		"SELECT state FROM campaigns LIMIT 1"), "")
}

func list[T any](tb testing.TB, b books, scan func(rows *sql.Rows) (T, error), query string, args ...any) (out []T) {
	tb.Helper()
	rows, err := b.Query(query, args...)
	if err != nil {
		tb.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			tb.Fatal(err)
		}
		out = append(out, v)
	}
	if err = rows.Err(); err != nil {
		tb.Fatal(err)
	}
	return out
}
