package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"bestie/shop"
)

// segmentQuery turns a segment into a condition on a row of people called p. Values are
// arguments, never part of the text.
type segmentQuery struct {
	now   time.Time
	saved map[string]shop.Segment
	args  []any
}

// bind makes a value an argument and returns its place.
func (b *segmentQuery) bind(v any) string {
	b.args = append(b.args, v)
	return "$" + strconv.Itoa(len(b.args))
}

// all is the condition that a whole segment holds.
func (b *segmentQuery) all(s shop.Segment) string {
	parts := []string{"1"}
	for _, c := range s {
		parts = append(parts, b.one(c))
	}
	return strings.Join(parts, " AND ")
}

// one is a condition of a segment. It is never NULL: what is not known does not hold.
func (b *segmentQuery) one(c shop.Condition) string {
	if c.Not {
		return "NOT (" + b.holds(c) + ")"
	}
	return "(" + b.holds(c) + ")"
}

func (b *segmentQuery) holds(c shop.Condition) string {
	if c.Test != shop.SegmentIs {
		return b.age(c)
	}
	each := make([]string, len(c.Values))
	for i, v := range c.Values {
		each[i] = b.is(c.Key, v)
	}
	return strings.Join(each, " OR ")
}

// is tells that one value is right.
func (b *segmentQuery) is(key shop.SegmentKey, v string) string {
	switch key {
	case shop.SegmentRole:
		if v == string(shop.RoleDropshipper) {
			return "EXISTS (SELECT 1 FROM person_roles WHERE person_id = p.id AND role = " + b.bind(v) + ")"
		}
		return "NOT EXISTS (SELECT 1 FROM person_roles WHERE person_id = p.id)"
	case shop.SegmentTag:
		return b.tagged(v)
	case shop.SegmentCity:
		return b.tagged(shop.TagCity + v)
	case shop.SegmentBatch:
		return b.tagged(shop.TagBatch + v)
	case shop.SegmentSaved:
		return b.all(b.saved[v])
	}
	return fmt.Sprintf("EXISTS (SELECT 1 FROM interests WHERE person_id = p.id AND %s > 0 AND instr(lower(product), %s) > 0)", interestOf[key], b.bind(v))
}

// tagged compares tags as people read them: "Bakso" is "bakso".
func (b *segmentQuery) tagged(tag string) string {
	return "EXISTS (SELECT 1 FROM person_tags WHERE person_id = p.id AND lower(tag) = lower(" + b.bind(tag) + "))"
}

// interestOf is where the table of interests keeps each kind.
var interestOf = map[shop.SegmentKey]string{shop.SegmentAsked: "asked_at", shop.SegmentCart: "cart_at", shop.SegmentOrdered: "ordered_at"}

// age compares the last time of something with the days of a condition.
func (b *segmentQuery) age(c shop.Condition) string {
	last := "COALESCE((SELECT wrote_at FROM conversations WHERE person_id = p.id), 0)"
	if column := interestOf[c.Key]; column != "" {
		last = "COALESCE((SELECT MAX(" + column + ") FROM interests WHERE person_id = p.id), 0)"
	}
	switch c.Test {
	case shop.SegmentWithin:
		return last + " > " + b.bind(ms(c.Since(b.now)))
	case shop.SegmentBefore:
		return last + " BETWEEN 1 AND " + b.bind(ms(c.Since(b.now)))
	}
	return last + " = 0"
}

// segmentQuery looks up the saved segments that a segment uses.
func (db *DB) segmentQuery(ctx context.Context, q querier, now time.Time, s shop.Segment) (*segmentQuery, error) {
	saved, err := shop.ExpandSegment(s, func(name string) (string, bool, error) { return savedSegment(ctx, q, name) })
	return &segmentQuery{now: now, saved: saved}, err
}

func savedSegment(ctx context.Context, q querier, name string) (query string, ok bool, err error) {
	err = q.QueryRowContext(ctx, "SELECT query FROM segments WHERE name = $1", name).Scan(&query)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return query, err == nil, err
}

// SaveSegment gives a query a name; one that had it before is replaced. Segments that
// it uses must exist, and none may use itself: the error is then a *shop.SegmentError.
func (db *DB) SaveSegment(ctx context.Context, now time.Time, name string, s shop.Segment, by int64) error {
	name, err := shop.SegmentName(name)
	if err != nil {
		return err
	}
	return db.tx(ctx, func(tx *transaction) error {
		around := shop.Segment{{Key: shop.SegmentSaved, Test: shop.SegmentIs, Values: []string{name}}}
		_, err := shop.ExpandSegment(around, func(other string) (string, bool, error) {
			if other == name {
				return s.String(), true, nil
			}
			return savedSegment(ctx, tx, other)
		})
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO segments (name, query, created_at, created_by) VALUES ($1, $2, $3, NULLIF($4, 0))
			ON CONFLICT (name) DO UPDATE SET query = excluded.query, created_at = excluded.created_at, created_by = excluded.created_by`,
			name, s.String(), ms(now), by)
		return err
	})
}

// Segments lists the saved segments by name.
func (db *DB) Segments(ctx context.Context) ([]shop.SavedSegment, error) {
	return segments(ctx, db.r)
}

func segments(ctx context.Context, q querier) ([]shop.SavedSegment, error) {
	return collect(ctx, q, func(rows *sql.Rows) (s shop.SavedSegment, err error) { return s, rows.Scan(&s.Name, &s.Query) },
		"SELECT name, query FROM segments ORDER BY name")
}

// DeleteSegment forgets a saved segment; ok is false when there is none of this name. One that
// another segment or a campaign that is not over uses stays: the error is a *shop.Error that names the user.
func (db *DB) DeleteSegment(ctx context.Context, name string) (ok bool, err error) {
	if name, err = shop.SegmentName(name); err != nil {
		return false, err
	}
	err = db.tx(ctx, func(tx *transaction) error {
		user, err := userOf(ctx, tx, name)
		if err != nil {
			return err
		} else if user != "" {
			return &shop.Error{Code: "segment", Sentence: fmt.Sprintf("the segment %q is used by %s", name, user), Hint: "change that first"}
		}
		res, err := tx.ExecContext(ctx, "DELETE FROM segments WHERE name = $1", name)
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		ok = n > 0
		return err
	})
	return ok, err
}

// userOf is what uses a saved segment, "" for nothing.
func userOf(ctx context.Context, q querier, name string) (string, error) {
	users, err := collect(ctx, q, func(rows *sql.Rows) (u [2]string, err error) { return u, rows.Scan(&u[0], &u[1]) },
		`SELECT 'the segment "' || name || '"', query FROM segments
		UNION ALL SELECT 'the campaign "' || name || '"', audience FROM campaigns WHERE state IN ('draft', 'approved', 'scheduled', 'running', 'paused')`)
	for _, u := range users {
		if s, err := shop.ParseSegment(u[1]); err == nil && slices.Contains(s.Uses(), name) {
			return u[0], nil
		}
	}
	return "", err
}
