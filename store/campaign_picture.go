package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"bestie/shop"
)

// awaitPicture notes that the picture of a message is to become that of a campaign; a
// later one takes its place. A code that was sent to approve the campaign as it was is
// worth nothing any more.
func awaitPicture(ctx context.Context, tx *transaction, now time.Time, campaign, person, message int64) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM campaign_codes WHERE campaign_id = $1", campaign); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO campaign_pictures (campaign_id, person_id, inbox_id, due_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT DO UPDATE SET person_id = excluded.person_id, inbox_id = excluded.inbox_id, due_at = excluded.due_at, attempts = 0`,
		campaign, person, message, ms(now))
	return err
}

// NextPicture is the instant at which a picture for a campaign is to be fetched; ok is
// false when none waits.
func (db *DB) NextPicture(ctx context.Context) (time.Time, bool, error) {
	return earliest(ctx, steady{db.w}, "SELECT MIN(due_at) FROM campaign_pictures")
}

// DuePicture is the picture to fetch now that has waited longest.
func (db *DB) DuePicture(ctx context.Context, now time.Time) (p shop.PromoPicture, ok bool, err error) {
	err = db.r.QueryRowContext(ctx, `SELECT q.campaign_id, q.person_id, q.inbox_id, q.attempts, COALESCE(i.raw, x''), COALESCE(k.id, 0), COALESCE(k.number, 0), c.name
		FROM campaign_pictures q JOIN inbox i ON i.id = q.inbox_id JOIN campaigns c ON c.id = q.campaign_id LEFT JOIN tickets k ON k.id = c.ticket_id
		WHERE q.due_at <= $1 ORDER BY q.due_at, q.campaign_id LIMIT 1`, ms(now)).
		Scan(&p.Campaign, &p.Person, &p.Message, &p.Attempts, &p.Raw, &p.Ticket, &p.Number, &p.Name)
	if errors.Is(err, sql.ErrNoRows) {
		return p, false, nil
	}
	return p, err == nil, err
}

// PictureAgain puts a picture off that could not be fetched.
func (db *DB) PictureAgain(ctx context.Context, p shop.PromoPicture, again time.Time) error {
	return db.exec(ctx, "UPDATE campaign_pictures SET due_at = $1, attempts = attempts + 1 WHERE campaign_id = $2 AND inbox_id = $3", ms(again), p.Campaign, p.Message)
}

// PictureTaken gives a draft its picture, nil for one that cannot be used, and tells who
// sent it, in one transaction. What was approved meanwhile stays as it was approved.
func (db *DB) PictureTaken(ctx context.Context, now time.Time, p shop.PromoPicture, image *shop.File, newID func() string, drafts []shop.Draft) error {
	return db.tx(ctx, func(tx *transaction) error {
		res, err := tx.ExecContext(ctx, "DELETE FROM campaign_pictures WHERE campaign_id = $1 AND inbox_id = $2", p.Campaign, p.Message)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err // another one took its place
		}
		if image != nil {
			file, err := json.Marshal(image)
			if err != nil {
				return err
			}
			if _, err = tx.ExecContext(ctx, "UPDATE campaigns SET image = $1 WHERE id = $2 AND state = 'draft'", string(file), p.Campaign); err != nil {
				return err
			}
		}
		return queueAll(ctx, tx, now, newID, drafts)
	})
}
