package store

import (
	"context"
	"database/sql"
	"math"
	"strconv"
	"strings"
	"time"

	"bestie/shop"
)

// audienceChunk is how many people are read at a time: no reader holds the file for
// long, and memory does not grow with the audience.
const audienceChunk = 1000

// Audience hands everybody whom a segment chooses to each, in the order of their id, with
// what decides about a promo to them. The caps are left to whoever places them: History
// holds what they got in the last week and what is planned for them by other campaigns.
// The shop's own people are in no segment, and those whom this campaign was written to
// already (campaign 0 for none) are left out. each may read and write the database; an
// error of it ends the walk.
func (db *DB) Audience(ctx context.Context, now time.Time, s shop.Segment, campaign int64, each func(shop.Candidate) error) error {
	b, err := db.segmentQuery(ctx, db.r, now, s)
	if err != nil {
		return err
	}
	query := audienceColumns + " WHERE " + b.all(s) + " AND " + outsiders + " AND p.id > " + b.bind(nil)
	after := len(b.args) - 1
	if campaign != 0 {
		query += " AND NOT EXISTS (SELECT 1 FROM outbox WHERE campaign_id = " + b.bind(campaign) + " AND person_id = p.id)"
	}
	query += " ORDER BY p.id LIMIT " + b.bind(audienceChunk) + " + 0"
	for last := int64(0); ; {
		b.args[after] = last
		chunk, err := db.audienceChunk(ctx, now, campaign, query, b.args)
		if err != nil {
			return err
		}
		for _, c := range chunk {
			if err = each(c); err != nil {
				return err
			}
			last = c.Person.ID
		}
		if len(chunk) < audienceChunk {
			return ctx.Err()
		}
	}
}

// wordsColumns are what a wording may say of a person p: the product they were after last,
// their city, and the shop of a dropshipper.
const wordsColumns = `
		COALESCE((SELECT product FROM interests WHERE person_id = p.id AND product <> '' ORDER BY MAX(asked_at, cart_at, ordered_at) DESC LIMIT 1), ''),
		COALESCE((SELECT substr(tag, 6) FROM person_tags WHERE person_id = p.id AND tag >= '` + shop.TagCity + `' AND tag < 'kota;' ORDER BY rowid DESC LIMIT 1), ''),
		COALESCE((SELECT shop FROM dropshippers WHERE person_id = p.id), '')`

// audienceColumns reads a candidate without the history.
const audienceColumns = "SELECT " + peopleColumns + `,
		(SELECT granted FROM consents WHERE person_id = p.id ORDER BY id DESC LIMIT 1),
		EXISTS (SELECT 1 FROM inbox WHERE person_id = p.id AND from_me = 0),
		COALESCE(c.complaint_at, 0), COALESCE(h.weights, ''), ` + wordsColumns + `
	FROM people p LEFT JOIN conversations c ON c.person_id = p.id LEFT JOIN writing_hours h ON h.person_id = p.id`

// outsiders leaves the shop's own people out, and the rows of those who were erased.
const outsiders = `p.erased_at = 0 AND NOT EXISTS (SELECT 1 FROM person_roles WHERE person_id = p.id AND role IN (` + adminRoles + `))
	AND NOT EXISTS (SELECT 1 FROM divisions WHERE person_id = p.id)`

func (db *DB) audienceChunk(ctx context.Context, now time.Time, campaign int64, query string, args []any) ([]shop.Candidate, error) {
	chunk, err := collect(ctx, db.r, func(rows *sql.Rows) (shop.Candidate, error) { return scanCandidate(rows, now) }, query, args...)
	if err != nil || len(chunk) == 0 {
		return nil, err
	}
	type got struct {
		person int64
		at     time.Time
	}
	promos, err := collect(ctx, db.r, func(rows *sql.Rows) (g got, err error) {
		var v int64
		err = rows.Scan(&g.person, &v)
		g.at = at(v)
		return g, err
	}, promosBetween, chunk[0].Person.ID, chunk[len(chunk)-1].Person.ID, ms(shop.Midnight(now).AddDate(0, 0, -7)), ms(shop.Midnight(now).AddDate(0, 0, -17)), campaign)
	i := 0
	for _, g := range promos {
		for chunk[i].Person.ID < g.person {
			i++
		}
		if chunk[i].Person.ID == g.person {
			chunk[i].History = append(chunk[i].History, g.at)
		}
	}
	return chunk, err
}

// promosBetween is when the people from $1 to $2 got promos after $3 or will get them
// from another campaign than $5. No promo waits for longer than ten days ($4).
const promosBetween = `SELECT person_id, COALESCE(tried_at, created_at) AS t FROM outbox
		WHERE lane = 'promo' AND person_id BETWEEN $1 AND $2 AND created_at > $4 AND t > $3
			AND status IN ('queued', 'sending', 'sent', 'delivered', 'read', 'unknown')
	UNION ALL SELECT n.person_id, n.slot_at FROM campaign_people n JOIN campaigns k ON k.id = n.campaign_id
		WHERE n.written = 0 AND n.slot_at IS NOT NULL AND n.person_id BETWEEN $1 AND $2 AND n.slot_at > $3 AND k.id <> $5
			AND k.state IN ('approved', 'scheduled', 'running', 'paused')
	ORDER BY 1, 2`

func scanCandidate(rows *sql.Rows, now time.Time) (c shop.Candidate, err error) {
	var granted sql.NullBool
	var wrote bool
	var complaint int64
	var weights string
	p := &c.Person
	err = rows.Scan(&p.ID, &p.LID, &p.Phone, &p.Name, &p.PushName, &granted, &wrote, &complaint, &weights, &c.Product, &c.City, &c.Shop)
	if err != nil {
		return c, err
	}
	c.Wrote = wroteAt(weights)
	c.Fate = shop.FateOf(c.Person.Address, consentState(granted), wrote, shop.Conversation{ComplaintAt: at(complaint)}.OpenComplaint(now))
	return c, nil
}

// wroteAt reads the weights of a person's hours, a JSON array of numbers, in thousandths.
// It is done for everybody in an audience: a reader of any JSON took a quarter of the time.
func wroteAt(weights string) (hours [24]int) {
	h := 0
	for number := range strings.SplitSeq(strings.Trim(weights, "[] "), ",") {
		if w, err := strconv.ParseFloat(strings.TrimSpace(number), 64); err == nil && h < len(hours) {
			hours[h] = int(math.Round(w * 1000))
		}
		h++
	}
	return hours
}
