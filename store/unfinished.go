package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"bestie/shop"
)

// NextUnfinished is the instant at which a person is told of a complaint that was begun
// and not finished; ok is false when there is none.
func (db *DB) NextUnfinished(ctx context.Context) (time.Time, bool, error) {
	return earliest(ctx, db.w, "SELECT MIN(unfinished_at) FROM conversations WHERE unfinished_at > 0")
}

// Unfinished hands out the complaints that have been half told for shop.FormPatience, each
// once, and writes what compose makes of them, about the chat's ticket. A chat that waits
// for an answer or that somebody has is looked after already and only forgotten. It
// returns how many there were.
func (db *DB) Unfinished(ctx context.Context, now time.Time, newID func() string, compose func(shop.Urgent, shop.Roster) ([]shop.Draft, error)) (n int, err error) {
	err = db.tx(ctx, func(tx *transaction) error {
		due, err := collect(ctx, tx, func(rows *sql.Rows) (h halfTold, err error) {
			p := &h.Person
			return h, rows.Scan(&p.ID, &p.LID, &p.Phone, &p.Name, &p.PushName, &h.memory, &h.served)
		}, "SELECT "+peopleColumns+`, c.memory, EXISTS (SELECT 1 FROM waits WHERE person_id = p.id AND ended_at IS NULL)
				OR EXISTS (SELECT 1 FROM tickets WHERE person_id = p.id AND kind = 'chat' AND closed_at IS NULL AND claimed_by IS NOT NULL)
			FROM conversations c JOIN people p ON p.id = c.person_id WHERE c.unfinished_at > 0 AND c.unfinished_at <= $1 ORDER BY c.unfinished_at LIMIT 200`, ms(now))
		if err != nil || len(due) == 0 {
			return err
		}
		roster, err := db.roster(ctx, tx, now)
		if err != nil {
			return err
		}
		n = len(due)
		for _, h := range due {
			if err = h.tell(ctx, tx, now, newID, roster, compose); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// halfTold is a complaint that was begun and not finished.
type halfTold struct {
	shop.Urgent
	memory string
	served bool
}

func (h halfTold) tell(ctx context.Context, tx *transaction, now time.Time, newID func() string, roster shop.Roster,
	compose func(shop.Urgent, shop.Roster) ([]shop.Draft, error),
) error {
	_, err := tx.ExecContext(ctx, "UPDATE conversations SET unfinished_at = 0, memory = json_set(memory, '$.form.told', json('true')) WHERE person_id = $1", h.Person.ID)
	var memory shop.Memory
	if err != nil || h.served || json.Unmarshal([]byte(h.memory), &memory) != nil || memory.Form == nil {
		return err
	}
	ticket, err := openTicket(ctx, tx, h.Person.ID, now)
	if err != nil {
		return err
	}
	if h.Words, err = lastWords(ctx, tx, h.Person.ID, now); err != nil {
		return err
	}
	form := memory.Form
	h.Number, h.Age = ticket.Number, now.Sub(form.At)
	for _, name := range slices.Sorted(maps.Keys(form.Given)) {
		h.Data = append(h.Data, shop.Given{Name: name, Value: form.Given[name]})
	}
	h.Data = append(h.Data, shop.Given{Name: form.Asked})
	drafts, err := compose(h.Urgent, roster)
	if err != nil {
		return err
	}
	for i := range drafts {
		drafts[i].Ticket = ticket.ID
	}
	return queueAll(ctx, tx, now, newID, drafts)
}
