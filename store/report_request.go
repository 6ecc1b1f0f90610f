package store

import (
	"context"
	"database/sql"
	"strconv"
	"time"

	"bestie/shop"
)

// askReport notes that somebody asked for a report in chat. Who asks again before it
// is written gets one, of what they asked last.
func askReport(ctx context.Context, tx *transaction, person int64, span shop.Span, now time.Time) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM report_requests WHERE person_id = $1", person); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO report_requests (person_id, span, asked_at) VALUES ($1, $2, $3)", person, span, ms(now))
	return err
}

// ReportRequests lists the reports that were asked for and are not written, oldest first.
func (db *DB) ReportRequests(ctx context.Context) ([]shop.ReportRequest, error) {
	return collect(ctx, db.r, func(rows *sql.Rows) (r shop.ReportRequest, err error) {
		var asked int64
		err = rows.Scan(&r.ID, &r.PersonID, &r.Span, &asked)
		r.AskedAt = at(asked)
		return r, err
	}, "SELECT id, person_id, span, asked_at FROM report_requests ORDER BY id")
}

// AnswerReport writes the message that a request asked for and ends the request, in
// one transaction: a crash loses neither and doubles none.
func (db *DB) AnswerReport(ctx context.Context, now time.Time, request int64, newID func() string, drafts []shop.Draft) error {
	return db.tx(ctx, func(tx *transaction) error {
		res, err := tx.ExecContext(ctx, "DELETE FROM report_requests WHERE id = $1", request)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err // asked again meanwhile: that one is answered
		}
		return queueAll(ctx, tx, now, newID, drafts)
	})
}

// WriteReport writes the messages of a report that is due by the clock, and notes under
// the key for which instant, in one transaction.
func (db *DB) WriteReport(ctx context.Context, now time.Time, key string, due time.Time, newID func() string, drafts []shop.Draft) error {
	return db.tx(ctx, func(tx *transaction) error {
		if err := queueAll(ctx, tx, now, newID, drafts); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, putSetting, key, strconv.FormatInt(ms(due), 10))
		return err
	})
}
