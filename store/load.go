package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"
	"time"

	"bestie/shop"
)

// loadTurn reads everything that a decision about a chat may look at.
func (db *DB) loadTurn(ctx context.Context, tx *transaction, person int64, now time.Time) (t shop.Turn, err error) {
	t.Now = now
	version, err := loadChat(ctx, tx, person, &t)
	if err != nil {
		return t, err
	}
	if t.Conversation.Memory.Ask != nil {
		if t.LastSaid, err = lastSaid(ctx, tx, person); err != nil {
			return t, err
		}
	}
	if t.Messages, err = unhandled(ctx, tx, person, now); err != nil {
		return t, err
	}
	t.Messages = upToHuman(t.Messages)
	if t.Person.Has(shop.RoleDropshipper) {
		if t.Account, err = loadAccount(ctx, tx, person, t.Messages); err != nil {
			return t, err
		}
		if t.Account != nil {
			t.Dropshipper = &t.Account.Dropshipper
			if t.Rekons, err = wantedRekons(ctx, tx, t); err != nil {
				return t, err
			}
		}
	}
	lists, err := db.lists(ctx, tx, version)
	if err != nil {
		return t, err
	}
	t.Products, t.Plan, t.Roster, t.Divisions = lists.products, lists.plan, lists.at(now), lists.divisions
	if t.Warehouse() != nil {
		if err = loadOwnOrders(ctx, tx, &t); err != nil {
			return t, err
		}
	}
	if t.Person.IsAdmin() || t.Division() != "" {
		if t.Desk, err = loadDesk(ctx, tx, t); err != nil {
			return t, err
		}
	}
	if db.recent > 0 {
		t.Recent, err = recentReplies(ctx, tx, person, now.Add(-db.recent), now)
	}
	return t, err
}

// loadChat reads the person, the conversation, the open wait and the consent in
// one statement, and returns the version of the lists.
func loadChat(ctx context.Context, tx *transaction, person int64, t *shop.Turn) (version int64, err error) {
	var roles string
	var granted sql.NullBool
	var w shop.Wait
	var k shop.Ticket
	var memory string
	var ratingAt, lowRating int64
	var claimed, since, paused, muted, complaint, greeted, lastIn, lastCall, heard, ended int64
	p, c := &t.Person, &t.Conversation
	err = tx.QueryRowContext(ctx, `SELECT p.id, COALESCE(p.lid, ''), COALESCE(p.phone, ''), p.name, p.push_name,
			COALESCE((SELECT GROUP_CONCAT(role, ' ') FROM (SELECT role FROM person_roles WHERE person_id = p.id ORDER BY role)), ''),
			(SELECT granted FROM consents WHERE person_id = p.id ORDER BY id DESC LIMIT 1),
			COALESCE(c.paused_until, 0), COALESCE(c.muted_until, 0), COALESCE(c.complaint_at, 0), COALESCE(c.greeted_at, 0),
			COALESCE(c.last_in_text, ''), COALESCE(c.last_in_at, 0), COALESCE(c.last_call_at, 0), COALESCE(c.answered, 0), COALESCE(c.memory, '{}'),
			COALESCE(c.heard_at, 0), COALESCE(c.ended_at, 0),
			COALESCE(w.id, 0), COALESCE(k.number, 0), COALESCE(w.since, 0), COALESCE(w.words, ''), COALESCE(w.paged, 0),
			COALESCE(w.needs_human, 0), COALESCE(w.called, 0),
			COALESCE(k.id, 0), COALESCE(k.number, 0), COALESCE(k.claimed_by, 0), COALESCE(k.claimed_at, 0), COALESCE(k.division, ''),
			EXISTS (SELECT 1 FROM consent_asks WHERE person_id = p.id), COALESCE((SELECT MAX(asked_at) FROM ratings WHERE person_id = p.id), 0),
			COALESCE((SELECT MAX(rated_at) FROM ratings WHERE person_id = p.id AND score <= $3), 0),
			`+nextNumber+`, (SELECT version FROM lists)
		FROM people p LEFT JOIN conversations c ON c.person_id = p.id LEFT JOIN waits w ON w.person_id = p.id AND w.ended_at IS NULL
			LEFT JOIN tickets k ON k.person_id = p.id AND k.kind = 'chat' AND k.closed_at IS NULL
		WHERE p.id = $2`, dayBefore(t.Now), person, shop.LowScore).
		Scan(&p.ID, &p.LID, &p.Phone, &p.Name, &p.PushName, &roles, &granted,
			&paused, &muted, &complaint, &greeted, &c.LastInText, &lastIn, &lastCall, &c.Answered, &memory, &heard, &ended,
			&w.ID, &w.Number, &since, &w.Words, &w.Paged, &w.Human, &w.Called,
			&k.ID, &k.Number, &k.ClaimedBy, &claimed, &k.Division, &t.Asking.Asked, &ratingAt, &lowRating, &t.NextNumber, &version)
	if err != nil {
		return 0, err
	}
	for _, role := range strings.Fields(roles) {
		p.Roles = append(p.Roles, shop.Role(role))
	}
	c.PersonID = p.ID
	c.PausedUntil, c.MutedUntil, c.ComplaintAt = at(paused), at(muted), at(complaint)
	c.GreetedAt, c.LastInAt, c.LastCallAt = at(greeted), at(lastIn), at(lastCall)
	c.HeardAt, c.EndedAt = at(heard), at(ended)
	if memory != nothing {
		if json.Unmarshal([]byte(memory), &c.Memory) != nil {
			c.Memory = shop.Memory{} // another version wrote it: forgotten, which only makes us ask again
		}
		c.Memory = c.Memory.Fresh(t.Now)
	}
	t.Consent = consentState(granted)
	t.Asking.RatingAt, t.Asking.LowRating = at(ratingAt), at(lowRating)
	if w.ID != 0 {
		w.PersonID, w.Since = p.ID, at(since)
		t.Wait = &w
	}
	if k.ID != 0 {
		k.Kind, k.PersonID, k.ClaimedAt = shop.TicketChat, p.ID, at(claimed)
		t.Ticket = &k
	}
	return version, nil
}

// mostRecent is how many of the bot's last replies a decision sees: more than
// any guard counts (field guide, section 6).
const mostRecent = 60

// recentReplies is when the bot last spoke in a chat, for the guards against
// loops (field guide, section 6).
func recentReplies(ctx context.Context, q querier, person int64, after, now time.Time) ([]shop.Said, error) {
	return collect(ctx, q, func(rows *sql.Rows) (s shop.Said, err error) {
		var v int64
		err = rows.Scan(&v, &s.Text)
		s.At = at(v)
		return s, err
	}, `SELECT created_at, text FROM outbox WHERE person_id = $1 AND lane = 'reply' AND exempt = 0 AND created_at > $2 AND created_at <= $3
		ORDER BY created_at DESC LIMIT $4 + 0`, person, ms(after), ms(now), mostRecent)
}

// mostRead is how many letters of a message a turn looks at. The matcher reads no
// more, and a flood of the longest texts must fit into memory.
const mostRead = 4096

func unhandled(ctx context.Context, q querier, person int64, now time.Time) ([]shop.Message, error) {
	return collect(ctx, q, func(rows *sql.Rows) (m shop.Message, err error) {
		var sent, received int64
		var verified string
		err = rows.Scan(&m.ID, &m.MessageID, &m.FromMe, &m.Kind, &m.Text, &m.QuotedID, &m.TargetID, &verified, &m.Forwarded, &sent, &received)
		m.SentAt, m.ReceivedAt, m.Verified = at(sent), at(received), verified != ""
		return m, err
	}, `SELECT id, message_id, from_me, kind, substr(text, 1, $3), quoted_id, target_id, verified, forwarded, sent_at, received_at
		FROM inbox WHERE person_id = $1 AND due_at IS NOT NULL AND (kind <> 'placeholder' OR due_at <= $2) ORDER BY sent_at, id`, person, ms(now), mostRead)
}

// upToHuman ends a turn at the last message that was typed on the shop phone:
// what the customer wrote before it was read by a person, what they write after
// it is a turn of its own.
func upToHuman(all []shop.Message) []shop.Message {
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].FromMe {
			return all[:i+1]
		}
	}
	return all
}

// kept are the lists that every turn needs and that hardly ever change. version
// is what the table lists held when they were read: its triggers count every
// change, whichever process makes it. Only the writer's transactions look at
// them, so they need no lock.
type kept struct {
	version  int64
	products []shop.Product
	plan     shop.Plan

	divisions []shop.Division

	roster shop.Roster // of the plan, in the span
	span   shop.Interval
}

// rosterLasts bounds how long a roster is kept if no change is near.
const rosterLasts = 24 * time.Hour

// at is the roster at an instant, made anew when it may have changed.
func (k *kept) at(now time.Time) shop.Roster {
	if !k.span.Holds(now) {
		k.roster, k.span = k.plan.At(now), shop.Interval{From: now, To: now.Add(rosterLasts)}
		if next := k.plan.Changes(now, k.span.To); len(next) > 0 {
			k.span.To = next[0]
		}
	}
	return k.roster
}

// lists returns products and admins, and keeps the divisions, read anew if they have changed. The caller
// must not change what it gets.
func (db *DB) lists(ctx context.Context, tx *transaction, version int64) (*kept, error) {
	if db.kept == nil || db.kept.version != version {
		list, err := onShelf(ctx, tx)
		if err != nil {
			return nil, err
		}
		plan, err := db.planned(ctx, tx)
		if err != nil {
			return nil, err
		}
		others, err := divisions(ctx, tx)
		if err != nil {
			return nil, err
		}
		db.kept = &kept{version: version, products: list, plan: plan, divisions: others}
	}
	return db.kept, nil
}

// dayBefore is the instant a day before another, as it is stored.
func dayBefore(now time.Time) int64 { return ms(now.AddDate(0, 0, -1)) }
