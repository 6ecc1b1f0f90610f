package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"bestie/shop"
)

// loadDesk reads what an admin or a division can mean by the messages of a turn. With
// a hundred thousand open chats it reads no more than with ten.
func loadDesk(ctx context.Context, tx *transaction, t shop.Turn) (*shop.Desk, error) {
	d := &shop.Desk{Quotes: map[string]shop.Quoted{}}
	if err := loadQuotes(ctx, tx, t, d); err != nil {
		return nil, err
	}
	if err := loadTickets(ctx, tx, t, d); err != nil {
		return nil, err
	}
	if err := loadPurchases(ctx, tx, t, d); err != nil || !t.Person.IsAdmin() {
		return d, err
	}
	if err := loadStatus(ctx, tx, d); err != nil {
		return nil, err
	}
	if err := loadShops(ctx, tx, t, d); err != nil {
		return nil, err
	}
	if err := loadCampaigns(ctx, tx, t, d); err != nil {
		return nil, err
	}
	if err := loadBooks(ctx, tx, t, d); err != nil {
		return nil, err
	}
	var err error
	d.Queue, err = collect(ctx, tx, func(rows *sql.Rows) (c shop.Queued, err error) {
		p := &c.Person
		c.Wait, err = scanWait(rows, &p.ID, &p.LID, &p.Phone, &p.Name, &p.PushName)
		c.Open = true
		return c, err
	}, "SELECT "+waitColumns+", "+peopleColumns+` FROM (SELECT * FROM waits WHERE ended_at IS NULL ORDER BY since, id LIMIT $1 + 0) w
		JOIN people p ON p.id = w.person_id ORDER BY w.since, w.id`, shop.QueueShown)
	return d, err
}

// loadQuotes finds the messages of ours that the person replies to. What they quote
// is their claim: it counts only if we sent it to them.
func loadQuotes(ctx context.Context, tx *transaction, t shop.Turn, d *shop.Desk) error {
	for _, m := range t.Messages {
		if m.QuotedID == "" {
			continue
		}
		var q shop.Quoted
		err := tx.QueryRowContext(ctx, `SELECT COALESCE(ticket_id, 0), lane = 'alert' AND ticket_id IS NULL, COALESCE(purchase, 0) FROM outbox
			WHERE message_id = $1 AND person_id = $2`, m.QuotedID, t.Person.ID).Scan(&q.Ticket, &q.Several, &q.Purchase)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		} else if err != nil {
			return err
		}
		d.Quotes[m.QuotedID] = q
	}
	return nil
}

// Bounds of what a turn may mean: numbers stand at the beginning of a command.
const (
	mostNumbers  = 12
	numberWithin = 60 // bytes
	mostClaimed  = 20
)

var numbers = regexp.MustCompile(`\d{1,7}`)

// loadTickets reads the tickets that are named, quoted, claimed by the person or to be
// confirmed, and the one that is open if there is no other.
func loadTickets(ctx context.Context, tx *transaction, t shop.Turn, d *shop.Desk) error {
	err := tx.QueryRowContext(ctx, `SELECT (SELECT COUNT(*) FROM tickets WHERE closed_at IS NULL),
		EXISTS (SELECT 1 FROM tickets WHERE closed_at IS NULL AND claimed_by IS NULL)`).Scan(&d.Open, &d.Free)
	if err != nil {
		return err
	}
	ids, err := collect(ctx, tx, func(rows *sql.Rows) (id int64, err error) { return id, rows.Scan(&id) },
		`SELECT id FROM (SELECT id FROM tickets WHERE claimed_by = $1 AND closed_at IS NULL ORDER BY id LIMIT $2 + 0)
		UNION SELECT id FROM (SELECT id FROM tickets WHERE closed_at IS NULL LIMIT 1) WHERE $3 = 1`, t.Person.ID, mostClaimed, d.Open)
	if err != nil {
		return err
	}
	for _, q := range d.Quotes {
		ids = append(ids, q.Ticket)
	}
	if m := t.Conversation.Memory.Desk; m != nil {
		ids = append(ids, m.Ticket)
	}
	for _, number := range named(t.Messages) {
		var id int64
		err = tx.QueryRowContext(ctx, `SELECT COALESCE((SELECT id FROM tickets WHERE number = $1 AND (closed_at IS NULL OR closed_at > $2)
			ORDER BY closed_at IS NOT NULL, id DESC LIMIT 1), 0)`, number, ms(t.Now.Add(-shop.TicketLife))).Scan(&id)
		if err != nil {
			return err
		}
		ids = append(ids, id)
	}
	for _, id := range ids {
		if id == 0 || d.Find(id) != nil {
			continue
		}
		v, err := ticketView(ctx, tx, id, t.Now)
		if err == nil && v.Kind == shop.TicketPayment {
			err = loadPayment(ctx, tx, d, &v)
		} else if err == nil && v.Kind == shop.TicketPromo {
			err = loadCampaign(ctx, tx, t.Person.ID, &v)
		}
		if err == nil && t.WantsTies() {
			v.Ties, err = personTies(ctx, tx, v.Person.ID)
		}
		if err != nil {
			return err
		}
		d.Tickets = append(d.Tickets, v)
	}
	return nil
}

// named are the numbers that stand where a command has one.
func named(messages []shop.Message) (found []int64) {
	for _, m := range messages {
		for _, s := range numbers.FindAllString(m.Text[:min(len(m.Text), numberWithin)], -1) {
			if n, err := strconv.ParseInt(s, 10, 64); err == nil && len(found) < mostNumbers {
				found = append(found, n)
			}
		}
	}
	return found
}

// ticketView reads one ticket with all that a decision about it looks at.
func ticketView(ctx context.Context, tx *transaction, id int64, now time.Time) (v shop.TicketView, err error) {
	var memory string
	var complaint int64
	p := &v.Person
	v.Ticket, err = scanTicket(tx.QueryRowContext(ctx, "SELECT "+ticketColumns+", "+peopleColumns+`,
			COALESCE((SELECT CASE WHEN name <> '' THEN name ELSE push_name END FROM people WHERE id = k.claimed_by), ''),
			COALESCE(c.memory, '{}'), COALESCE(c.complaint_at, 0),
			COALESCE((SELECT answered_at IS NOT NULL FROM waits WHERE person_id = p.id ORDER BY id DESC LIMIT 1), 0),
			EXISTS (SELECT 1 FROM outbox WHERE person_id = p.id AND lane = 'promo' AND (tried_at >= $2 OR due_at IS NOT NULL)),
			EXISTS (SELECT 1 FROM ratings WHERE ticket_id = k.id),
			(SELECT COUNT(*) FROM campaigns g JOIN campaign_slots s ON s.campaign_id = g.id WHERE g.ticket_id = k.id AND s.state = 'asked')
		FROM tickets k JOIN people p ON p.id = k.person_id LEFT JOIN conversations c ON c.person_id = p.id WHERE k.id = $1`, id, ms(dayOf(now))),
		&p.ID, &p.LID, &p.Phone, &p.Name, &p.PushName, &v.Claimer, &memory, &complaint, &v.Replied, &v.Promo, &v.Asked, &v.Missed)
	if err != nil {
		return v, err
	}
	if memory != nothing && json.Unmarshal([]byte(memory), &v.Memory) != nil {
		v.Memory = shop.Memory{}
	}
	v.Memory = v.Memory.Fresh(now)
	v.Complaint = shop.Conversation{ComplaintAt: at(complaint)}.OpenComplaint(now)
	if v.Wait, err = openWait(ctx, tx, p.ID); err != nil {
		return v, err
	}
	if v.Wait != nil {
		if err = tx.QueryRowContext(ctx, "SELECT "+answerUnderWay+" FROM waits w WHERE w.id = $1", v.Wait.ID).Scan(&v.Answering); err != nil {
			return v, err
		}
	}
	v.Words, err = lastWords(ctx, tx, p.ID, now)
	return v, err
}

// dayOf is the beginning of the shop's day.
func dayOf(now time.Time) time.Time {
	y, m, d := now.In(shop.WIB).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, shop.WIB)
}

// lastWords are the last texts of a customer.
func lastWords(ctx context.Context, q querier, person int64, now time.Time) (string, error) {
	said, err := collect(ctx, q, func(rows *sql.Rows) (s string, err error) { return s, rows.Scan(&s) },
		`SELECT text FROM (SELECT substr(text, 1, 300) AS text, sent_at, id FROM inbox
			WHERE person_id = $1 AND from_me = 0 AND text <> '' AND kind NOT IN ('reaction', 'edit', 'revoke') AND sent_at > $2
			ORDER BY sent_at DESC, id DESC LIMIT 3) ORDER BY sent_at, id`, person, ms(now.Add(-shop.TicketLife)))
	return strings.Join(said, "\n"), err
}

// loadStatus reads how the program is doing.
func loadStatus(ctx context.Context, tx *transaction, d *shop.Desk) error {
	var slot sql.NullInt64
	s := &d.Status
	err := tx.QueryRowContext(ctx, `SELECT (SELECT COUNT(*) FROM waits WHERE ended_at IS NULL),
			COALESCE((SELECT value FROM settings WHERE key = $1), ''),
			(SELECT COUNT(*) FROM outbox WHERE rank < 2 AND due_at IS NOT NULL), (SELECT COUNT(*) FROM outbox WHERE rank = 2 AND due_at IS NOT NULL),
			(SELECT MIN(starts_at) FROM campaign_slots WHERE state = 'due')`, SettingState).
		Scan(&d.Waiting, &s.State, &s.Replies, &s.Promos, &slot)
	if err != nil {
		return err
	}
	s.Slot = nullAt(slot)
	s.Gate, err = gateOf(ctx, tx, shop.LanePromo)
	return err
}
