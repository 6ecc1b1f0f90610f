package store

import (
	"context"
	"database/sql"
	"time"

	"bestie/shop"
)

// Effects measures the templates by what followed their replies that were written
// from one instant up to, not including, another: one line for each template and
// version, by name. Replies that did not leave do not count. What it asks of the
// database grows with the replies of the span; it is for reports.
func (db *DB) Effects(ctx context.Context, from, to time.Time) ([]shop.Effect, error) {
	return effects(ctx, db.r, from, to)
}

func effects(ctx context.Context, q querier, from, to time.Time) ([]shop.Effect, error) {
	return collect(ctx, q, func(rows *sql.Rows) (e shop.Effect, err error) {
		return e, rows.Scan(&e.Template, &e.Version, &e.Said, &e.AskedAgain, &e.HandedOver, &e.Rated, &e.Stars)
	}, `SELECT p.value ->> 'template' AS template, COALESCE(p.value ->> 'version', '') AS version, COUNT(*),
			COUNT(*) FILTER (WHERE EXISTS (SELECT 1 FROM outbox a, json_each(a.parts) q WHERE a.person_id = o.person_id AND a.lane = 'reply'
				AND a.created_at > o.created_at AND a.created_at <= o.created_at + $3 AND q.value ->> 'intent' = p.value ->> 'intent')),
			COUNT(*) FILTER (WHERE EXISTS (SELECT 1 FROM inbox i WHERE i.person_id = o.person_id AND i.from_me = 1
				AND i.sent_at > o.created_at AND i.sent_at <= o.created_at + $4)),
			COALESCE(SUM((SELECT COUNT(score) FROM ratings r WHERE r.person_id = o.person_id AND r.asked_at > o.created_at AND r.asked_at <= o.created_at + $5)), 0),
			COALESCE(SUM((SELECT SUM(score) FROM ratings r WHERE r.person_id = o.person_id AND r.asked_at > o.created_at AND r.asked_at <= o.created_at + $5)), 0)
		FROM outbox o, json_each(o.parts) p
		WHERE o.lane = 'reply' AND o.status IN ('sent', 'delivered', 'read') AND o.created_at >= $1 AND o.created_at < $2
			AND p.value ->> 'template' <> ''
		GROUP BY 1, 2 ORDER BY 1, 2`, ms(from), ms(to), shop.AskedAgainWithin.Milliseconds(), shop.HandedOverWithin.Milliseconds(), shop.RatedWithin.Milliseconds())
}
