package store

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"bestie/shop"
)

// erasureStays are the text columns of rows that belong to a person which an erasure does
// not touch, and why.
var erasureStays = map[string]string{
	"inbox":               "account message_id kind quoted_id target_id: names of ours and of WhatsApp's",
	"outbox":              "message_id lane quote_id status reason parts: names of ours; what a reply was about",
	"waits":               "intent state: names of ours",
	"questions":           "intent: a name of ours",
	"tickets":             "kind division: names of ours",
	"promises":            "state: a name of ours",
	"pages":               "state: a name of ours",
	"orders":              "source items state receipt: goods and figures are book-keeping; the message's ID",
	"payments":            "source state: the message's ID",
	"proofs":              "sha256 reference moment: no transfer may be booked twice",
	"consents":            "source: how it was given",
	"dropshipper_changes": "what: a name of ours",
	"campaign_people":     "fate: a name of ours",
	"campaigns":           "kind name audience wordings offer deadline call image state: the shop's own",
	"campaign_events":     "state note: the shop's own",
	"segments":            "name query: the shop's own",
	"divisions":           "name: the shop's own; who answers for one is not erased",
	"purchase_orders":     "due short: goods",
}

// TestEraseKnowsEveryColumn: a column that is added to a table about people and that an
// erasure forgets would keep what somebody was promised is gone.
func TestEraseKnowsEveryColumn(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	var steps strings.Builder
	for _, s := range append(aboutThem(shop.Person{Address: address(1)}, start), ofThem(1, start)...) {
		steps.WriteString(s.stmt + "\n")
	}
	lines := strings.Split(steps.String(), "\n")
	columns := strings.Fields(strings.ReplaceAll(l.rows(`SELECT m.name || '.' || c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND c.type IN ('TEXT', 'BLOB') AND (m.name = 'people' OR EXISTS (SELECT 1 FROM pragma_foreign_key_list(m.name) f
			WHERE f."table" IN ('people', 'waits', 'tickets', 'orders', 'payments')))`), "\n", " "))
	if len(columns) < 80 {
		t.Fatalf("only %d columns are about people", len(columns))
	}
	for _, c := range columns {
		table, column, _ := strings.Cut(c, ".")
		known := strings.Contains(" "+strings.NewReplacer(":", " ", ",", " ").Replace(erasureStays[table])+" ", " "+column+" ")
		for _, line := range lines {
			known = known || strings.HasPrefix(line, "DELETE FROM "+table+" WHERE") || strings.HasPrefix(line, "UPDATE "+table+" SET") && strings.Contains(line, column+" = ")
		}
		if !known {
			t.Errorf("%s: an erasure leaves it behind", c)
		}
	}
}

// secret stands in everything that one customer said and that was said about them.
const secret = "zebrakuning"

// customerToErase has something in every table that can hold it.
func customerToErase(l *lab) (person int64) {
	l.Helper()
	l.must(l.SetRoster(l.ctx, start, []shop.Person{{Address: address(50), Name: "Sari", Roles: []shop.Role{shop.RoleOwner}}}))
	admin, _, err := l.PersonByPhone(l.ctx, address(50).Phone)
	l.must(err)
	m := l.message(1, start, "halo ini "+secret)
	m.PushName = secret
	l.receive(start, 0, m)
	person = l.number("SELECT id FROM people WHERE push_name = $1", secret)
	l.turn(start, shop.Outcome{
		StartWait: true, WaitSince: start, WaitWords: secret, NeedsHuman: true, Number: 3, Tags: []string{"kota:" + secret},
		Consents:   []shop.Consent{{PersonID: person, Granted: true, At: start, Source: "chat", Words: secret, Question: secret}},
		AskConsent: secret,
		Drafts: []shop.Draft{
			{To: person, Lane: shop.LaneReply, Text: "Halo " + secret},
			{To: admin.ID, Lane: shop.LaneAlert, Text: "Chat #3: " + secret, AboutWait: true},
		},
	})
	ticket := l.number("SELECT id FROM tickets WHERE person_id = $1", person)
	for _, stmt := range []string{
		`UPDATE people SET name = 'Kak ` + secret + `' WHERE id = $1`,
		`INSERT INTO ratings (ticket_id, person_id, asked_at, score, rated_at, comment) VALUES ($2, $1, 1, 5, 2, '` + secret + `')`,
		`INSERT INTO orders (id, person_id, dropship, source, items, recipient, phone, address, note, total, state, ordered_at, changed_at) SELECT 7, $1, 0, 'A', '[{}]', '` + secret + `', '1', '` + secret + `', '` + secret + `', 5000, 'done', $2, 1`,
		`INSERT INTO payments (id, person_id, source, amount, code, shop, state, opened_at, expires_at, closed_at, received, reason) SELECT 9, $1, 'B', 5000, 5, '` + secret + `', 'posted', $2, $2 + 1, 3, 5005, '` + secret + `'`,
		`INSERT INTO proofs (payment_id, person_id, inbox_id, at, path, look, transfer) SELECT 9, $1, MIN(id), $2, '/data/proofs/` + secret + `', CAST('` + secret + `' AS BLOB), '{"x":"` + secret + `"}' FROM inbox`,
		`INSERT INTO dropshippers (person_id, shop, credit_limit) SELECT $1, '` + secret + `', $2`,
		`INSERT INTO dropshipper_changes (person_id, at, what, old, new, reason) SELECT $1, $2, 'enrol', '', '` + secret + `', '` + secret + `'`,
		`INSERT INTO interests (person_id, product) SELECT $1, '` + secret + `' WHERE $2 > 0`,
		`INSERT INTO rekons (person_id, platform, day, orders, items, sales, cancelled, at) SELECT $1, 'shopee', '2026-01-04', 1, 1, 1, 0, $2`,
		`INSERT INTO outbox (message_id, person_id, lane, text, status, created_at) SELECT 'Q', ` + "(SELECT person_id FROM person_roles LIMIT 1)" + `, 'reply', 'Antrian: Kak ` + secret + `', 'sent', $2 WHERE $1 > 0`,
		`UPDATE inbox SET raw = CAST('` + secret + `' AS BLOB), detail = '` + secret + `', file_name = '` + secret + `' WHERE person_id = $1 AND $2 > 0`,
	} {
		if strings.Contains(stmt, "$2") {
			l.run(stmt, person, ticket)
		} else {
			l.run(stmt, person)
		}
	}
	said := l.message(50, start, "nama 3 Kak "+secret)
	l.receive(start, 0, said)
	l.turn(start, shop.Outcome{})
	l.run(`UPDATE conversations SET last_in_text = '`+secret+`', memory = '{"topic":{"product":"`+secret+`"}}' WHERE person_id = $1`, person)
	l.run(`UPDATE conversations SET last_in_text = '`+secret+`', memory = '{"desk":{"reply":"`+secret+`"}}' WHERE person_id = $1`, admin.ID)
	l.run("UPDATE outbox SET status = 'sending', due_at = NULL WHERE status = 'queued'")
	l.run("UPDATE outbox SET status = 'sent' WHERE status = 'sending'")
	return person
}

// holds tells which files of the database still hold the secret.
func (l *lab) holds() (files []string) {
	l.Helper()
	for _, suffix := range []string{"", "-wal"} {
		b, err := os.ReadFile(l.path + suffix)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			l.Fatal(err)
		}
		if bytes.Contains(b, []byte(secret)) {
			files = append(files, "app.db"+suffix)
		}
	}
	return files
}

// TestErase: after an erasure no byte in the files says who it was, the figures stand, and
// whoever comes back is new and gets no promo.
func TestErase(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	person := customerToErase(l)
	if len(l.holds()) == 0 {
		t.Fatal("nothing to erase")
	}
	figures := func() string {
		return l.rows(`SELECT (SELECT COUNT(*) FROM inbox), (SELECT COUNT(*) FROM outbox), (SELECT COUNT(*) FROM waits), (SELECT SUM(total) FROM orders),
			(SELECT SUM(received) FROM payments), (SELECT SUM(score) FROM ratings), (SELECT COUNT(*) FROM consents)`)
	}
	before := figures()
	l.must(l.Erase(l.ctx, start.Add(time.Hour), person))
	if held := l.holds(); len(held) > 0 {
		t.Errorf("the secret is still in %v", held)
	}
	if after := figures(); after != before {
		t.Errorf("figures: %s, before %s", after, before)
	}
	if got := l.rows("SELECT COALESCE(lid, '-'), COALESCE(phone, '-'), name, push_name, erased_at > 0 FROM people WHERE id = $1", person); got != "- -   1" {
		t.Errorf("left of the person: %q", got)
	}
	l.receive(start.Add(2*time.Hour), 0, l.message(1, start.Add(2*time.Hour), "halo lagi"))
	seen := l.turn(start.Add(2*time.Hour), shop.Outcome{})
	if seen.Person.ID == person || seen.Consent != shop.ConsentOut || seen.Wait != nil || seen.Conversation.LastInText != "" {
		t.Errorf("who came back: %+v", seen)
	}
	list := []shop.ImportedPerson{{Phone: address(1).Phone, Proof: &shop.ConsentProof{At: start.Add(time.Minute), How: "formulir"}}}
	r, err := l.ImportPeople(l.ctx, start.Add(3*time.Hour), "daftar.csv", list)
	l.must(err)
	if len(r.StayedOut) != 1 {
		t.Errorf("a list brought them back: %+v", r)
	}
}

// TestErasedByNumberInAList: a number whose data were erased is no promo's, also when it is
// only known from a list, and when the LID comes later.
func TestErasedByNumberInAList(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.must(l.Erase(l.ctx, start.Add(time.Hour), customerToErase(l)))
	list := []shop.ImportedPerson{{Phone: address(1).Phone, Name: "Baru", Proof: &shop.ConsentProof{At: start.Add(time.Minute), How: "formulir"}}}
	_, err := l.ImportPeople(l.ctx, start.Add(2*time.Hour), "daftar.csv", list)
	l.must(err)
	p, _, err := l.PersonByPhone(l.ctx, address(1).Phone)
	l.must(err)
	if state, err := consent(l.ctx, l.r, p.ID); err != nil || state != shop.ConsentOut {
		t.Errorf("consent %s, %v", state, err)
	}
}

// TestDueErasure: what is under way is finished first, and open business holds it back.
func TestDueErasure(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	person := customerToErase(l)
	ticket := l.number("SELECT id FROM tickets WHERE person_id = $1", person)
	l.must(l.tx(l.ctx, func(tx *transaction) error {
		return l.act(l.ctx, tx, start, []shop.Action{{Kind: shop.ActErase, Ticket: ticket}})
	}))
	due := func(now time.Time) bool {
		e, ok, err := l.DueErasure(l.ctx, now, now.Add(time.Hour))
		l.must(err)
		if ok && (e.Person.ID != person || len(e.Files) != 1) {
			t.Errorf("due: %+v", e)
		}
		return ok
	}
	if due(start.Add(59 * time.Minute)) {
		t.Error("due before the customer has read that it will be")
	}
	now := start.Add(shop.ErasureDelay)
	l.run("UPDATE outbox SET status = 'sending' WHERE status = 'queued'")
	l.run("INSERT INTO outbox (message_id, person_id, lane, text, created_at, due_at) VALUES ('T', $1, 'reply', 'dihapus', 1, 1)", person)
	if due(now) {
		t.Error("due while a message is on its way")
	}
	l.run("UPDATE outbox SET status = 'sending', due_at = NULL WHERE message_id = 'T'")
	l.run("UPDATE outbox SET status = 'sent' WHERE message_id = 'T'")
	l.run("UPDATE orders SET id = 8 WHERE id = 7")
	l.run("INSERT INTO orders (person_id, dropship, source, items, recipient, address, total, state, ordered_at, changed_at) VALUES ($1, 0, 'C', '[{}]', '', '', 5, 'placed', 1, 1)", person)
	now = now.Add(time.Hour)
	if due(now) {
		t.Error("due with an open order")
	}
	if err := l.Erase(l.ctx, now, person); err == nil {
		t.Error("erased with an open order")
	}
	l.run("UPDATE orders SET state = 'shipped' WHERE source = 'C'")
	if now = now.Add(time.Hour); !due(now) {
		t.Error("not due when everything is done")
	}
	l.must(l.Erase(l.ctx, now, person))
	if _, ok, err := l.NextErasure(l.ctx); ok || err != nil {
		t.Error("somebody is still to be erased", err)
	}
}
