package store

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bestie/shop"
)

// hear lets somebody write from an address and returns who they are.
func (l *lab) hear(a shop.Address, pushName string) shop.Person {
	l.Helper()
	m := l.message(0, start, "halo")
	m.Chat, m.PushName = a, pushName
	l.receive(start, 0, m)
	return l.turn(start, shop.Outcome{}).Person
}

func TestPeopleBecomeKnown(t *testing.T) {
	both := shop.Address{LID: "L", Phone: "P"}
	lid, phone := shop.Address{LID: "L"}, shop.Address{Phone: "P"}
	for _, c := range []struct {
		name string
		seen []shop.Address
		want shop.Address
	}{
		{"LID and phone", []shop.Address{both}, both},
		{"LID first, phone later", []shop.Address{lid, both}, both},
		{"phone first, LID later", []shop.Address{phone, both}, both},
		{"two rows become one", []shop.Address{lid, phone, both}, both},
		{"LID only, for ever", []shop.Address{lid, lid}, lid},
		{"known, then only half", []shop.Address{both, lid, phone}, both},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := newLab(t)
			var last shop.Person
			for _, a := range c.seen {
				last = l.hear(a, "Rin")
			}
			if last.Address != c.want || last.PushName != "Rin" {
				t.Errorf("%+v", last)
			}
			if n := l.number("SELECT COUNT(*) FROM people"); n != 1 {
				t.Errorf("%d rows", n)
			}
			if n := l.number("SELECT COUNT(*) FROM inbox WHERE person_id = $1", last.ID); n != int64(len(c.seen)) {
				t.Errorf("%d messages", n)
			}
		})
	}
}

func TestRegisteredByPhoneWritesWithLID(t *testing.T) {
	l := newLab(t)
	want, err := l.RegisterDropshipper(l.ctx, start, "P", "Dina", shop.Dropshipper{Shop: "Toko Dina", Limit: 300_000})
	l.must(err)
	got := l.hear(shop.Address{LID: "L", Phone: "P"}, "dindin")
	if got.ID != want.ID || got.Name != "Dina" || got.CallName() != "Dina" || !got.Has(shop.RoleDropshipper) {
		t.Errorf("%+v", got)
	}
	if again, ok, err := l.PersonByPhone(l.ctx, "P"); !ok || err != nil || again.LID != "L" || !again.Has(shop.RoleDropshipper) {
		t.Errorf("%+v %t %v", again, ok, err)
	}
	if _, ok, err := l.PersonByPhone(l.ctx, "Q"); ok || err != nil {
		t.Error(ok, err)
	}
}

// A phone number that comes with another LID has another owner, who inherits
// nothing.
func TestPhoneMovesToAnotherPerson(t *testing.T) {
	l := newLab(t)
	old := l.hear(shop.Address{LID: "L1", Phone: "P"}, "")
	l.run("INSERT INTO person_roles VALUES ($1, 'duty')", old.ID)
	fresh := l.hear(shop.Address{LID: "L2", Phone: "P"}, "")
	if fresh.ID == old.ID || len(fresh.Roles) != 0 || fresh.Phone != "P" {
		t.Errorf("the new owner is %+v", fresh)
	}
	if again := l.hear(shop.Address{LID: "L1"}, ""); again.ID != old.ID || again.Phone != "" || !again.Has(shop.RoleDuty) {
		t.Errorf("the old owner is %+v", again)
	}
	// And on to a third LID that is known already.
	third := l.hear(shop.Address{LID: "L3"}, "")
	if got := l.hear(shop.Address{LID: "L3", Phone: "P"}, ""); got.ID != third.ID || got.Phone != "P" {
		t.Errorf("the third owner is %+v", got)
	}
}

// However one person is met, in whatever order, it ends in one row with
// everything that is theirs.
func TestAnyOrderOfSightingsIsOnePerson(t *testing.T) {
	base := newLab(t)
	person := 0
	rapid.Check(t, func(t *rapid.T) {
		l := base.with(t)
		l.ids.Store(int64(person) * 1000)
		person++
		full := shop.Address{LID: fmt.Sprint("L", person), Phone: fmt.Sprint("P", person)}
		kinds := rapid.SliceOfN(rapid.IntRange(0, 3), 0, 6).Draw(t, "sightings")
		kinds = append(kinds, 2) // sooner or later both are seen together
		var last shop.Person
		wrote := int64(0)
		for _, kind := range kinds {
			switch kind {
			case 0:
				last = l.hear(shop.Address{LID: full.LID}, "")
			case 1:
				last = l.hear(shop.Address{Phone: full.Phone}, "")
			case 2:
				last = l.hear(full, "")
			case 3:
				_, err := l.RegisterDropshipper(l.ctx, start, full.Phone, "", shop.Dropshipper{Shop: "Toko", Limit: 1})
				l.must(err)
				continue
			}
			wrote++
		}
		if n := l.number("SELECT COUNT(*) FROM people WHERE lid = $1 OR phone = $2", full.LID, full.Phone); n != 1 {
			t.Fatalf("%d rows", n)
		}
		if n := l.number("SELECT COUNT(*) FROM inbox WHERE person_id = $1", last.ID); n != wrote || last.Address != full {
			t.Fatalf("%d of %d messages, %+v", n, wrote, last)
		}
	})
}

// twoRows are one person in two rows: from is known by LID, into by phone.
func twoRows(l *lab) (from, into shop.Person) {
	l.Helper()
	return l.hear(shop.Address{LID: "L"}, "lid name"), l.hear(shop.Address{Phone: "P"}, "")
}

func TestMergeMovesEverything(t *testing.T) {
	l := newLab(t)
	from, into := twoRows(l)
	l.run("UPDATE people SET name = 'Dina' WHERE id = $1", from.ID)
	for _, stmt := range []string{
		"INSERT INTO dropshippers (person_id, shop, credit_limit) VALUES ($1, 'Toko Dina', 300000)", "INSERT INTO person_roles VALUES ($1, 'dropshipper')",
		"INSERT INTO person_tags VALUES ($1, 'vip')", "INSERT INTO waits (person_id, since, words) VALUES ($1, 5, 'lama')",
		"INSERT INTO outbox (message_id, person_id, lane, text, created_at, due_at) VALUES ('X', $1, 'reply', 'ya', 1, 1)",
		"UPDATE conversations SET paused_until = 77, expiry = 86400 WHERE person_id = $1",
	} {
		l.run(stmt, from.ID)
	}
	l.run("UPDATE conversations SET muted_until = 88 WHERE person_id = $1", into.ID)
	l.must(l.AddConsent(l.ctx, shop.Consent{PersonID: from.ID, Granted: true, At: start, Source: "chat"}))
	for i, id := range []int64{from.ID, into.ID} {
		_, err := l.Post(l.ctx, shop.Posting{
			Reference: fmt.Sprint("o", i), Reason: "order", Actor: "a", At: start,
			Entries: []shop.Entry{{Account: shop.CreditAccount(id), Amount: 18_000}, {Account: "sales", Amount: -18_000}},
		})
		l.must(err)
	}
	m := l.message(0, start, "halo")
	m.Chat = shop.Address{LID: "L", Phone: "P"}
	l.receive(start, 0, m)
	seen := l.turn(start, shop.Outcome{})
	got := seen.Person
	if got.ID != into.ID || got.LID != "L" || got.Phone != "P" || got.Name != "Dina" || got.PushName != "lid name" || !got.Has(shop.RoleDropshipper) {
		t.Errorf("%+v", got)
	}
	if seen.Wait == nil || seen.Wait.Words != "lama" || seen.Consent != shop.ConsentIn || seen.Dropshipper == nil || seen.Dropshipper.Used != 36_000 {
		t.Errorf("wait %+v, consent %s, shop %+v", seen.Wait, seen.Consent, seen.Dropshipper)
	}
	for what, query := range map[string]string{
		"0":                 "SELECT COUNT(*) FROM people WHERE id = " + fmt.Sprint(from.ID),
		"3":                 "SELECT COUNT(*) FROM inbox WHERE person_id = $1",
		"vip":               "SELECT tag FROM person_tags WHERE person_id = $1",
		"ya":                "SELECT text FROM outbox WHERE person_id = $1",
		"77 88 86400":       "SELECT paused_until, muted_until, expiry FROM conversations WHERE person_id = $1",
		"0 balanced ledger": "SELECT SUM(amount), 'balanced ledger' FROM entries",
	} {
		args := []any{into.ID}
		if !strings.Contains(query, "$1") {
			args = nil
		}
		if got := l.rows(query, args...); got != what {
			t.Errorf("%s: %q, want %q", query, got, what)
		}
	}
}

func TestMergeOfTwoWaits(t *testing.T) {
	l := newLab(t)
	l.must(errOf(l.Register(l.ctx, start, "A", "Sari", shop.RoleDuty)))
	from, into := twoRows(l)
	early, late := start.Add(-2*time.Minute).UnixMilli(), start.UnixMilli()
	l.run("INSERT INTO waits (id, person_id, since, words, next_page_at) VALUES (1, $1, $2, 'pertama', 9)", into.ID, early)
	l.run("INSERT INTO waits (id, person_id, since, words, next_page_at, needs_human) VALUES (2, $1, $2, 'kedua', 9, 1)", from.ID, late)
	l.run("INSERT INTO outbox (message_id, person_id, lane, text, created_at, due_at, wait_id) SELECT 'P', id, 'alert', 'x', 1, 1, 2 FROM people WHERE phone = 'A'")
	l.hear(shop.Address{LID: "L", Phone: "P"}, "")
	want := fmt.Sprintf("1 %d pending 1\n2 %d cancelled 1", into.ID, into.ID)
	if got := l.rows("SELECT id, person_id, state, needs_human FROM waits ORDER BY id"); got != want {
		t.Error(cmp.Diff(want, got))
	}
	if got := l.rows("SELECT wait_id, status FROM outbox"); got != "1 queued" {
		t.Errorf("the page is %q", got)
	}
}

// Of one campaign under both addresses at most one message leaves, and what left
// counts in the caps.
func TestMergeNeverDoublesACampaign(t *testing.T) {
	for _, c := range []struct{ from, into, want string }{
		{"queued", "queued", "1 cancelled\n2 queued"},
		{"sent", "queued", "1 sent\n2 cancelled"},
		{"queued", "sent", "1 cancelled\n2 sent"},
		{"sent", "read", "1 sent\n2 read"},
		{"failed", "queued", "1 failed\n2 queued"},
		{"unknown", "queued", "1 unknown\n2 cancelled"},
	} {
		t.Run(c.from+" and "+c.into, func(t *testing.T) {
			l := newLab(t)
			from, into := twoRows(l)
			campaign, err := l.AddCampaign(l.ctx, shop.Campaign{Name: "x", Text: "x", ApprovedAt: start}, nil)
			l.must(err)
			for i, row := range []struct {
				person int64
				status string
			}{{from.ID, c.from}, {into.ID, c.into}} {
				due, tried := any(nil), any(ms(start))
				if row.status == "queued" {
					due, tried = ms(start), nil
				}
				l.run("INSERT INTO outbox (id, message_id, person_id, lane, text, status, created_at, due_at, tried_at, campaign_id) VALUES ($1, $1, $2, 'promo', 'x', $3, 1, $4, $5, $6)",
					i+1, row.person, row.status, due, tried, campaign)
			}
			l.hear(shop.Address{LID: "L", Phone: "P"}, "")
			if got := l.rows("SELECT id, status FROM outbox ORDER BY id"); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
			if n := l.number("SELECT COUNT(*) FROM outbox WHERE person_id = $1 AND lane = 'promo'", into.ID); n != 2 {
				t.Errorf("%d rows count", n)
			}
		})
	}
}

func TestMergeKeepsTheReadableCopy(t *testing.T) {
	l := newLab(t)
	twoRows(l)
	for kind, a := range map[shop.Kind]shop.Address{shop.KindPlaceholder: {Phone: "P"}, shop.KindText: {LID: "L"}} {
		m := l.message(0, start, "isi")
		m.Chat, m.ID, m.Kind = a, "SAME", kind
		l.receive(start, time.Hour, m)
	}
	m := l.message(0, start, "halo")
	m.Chat = shop.Address{LID: "L", Phone: "P"}
	l.receive(start, 0, m)
	if got := l.rows("SELECT kind, text FROM inbox WHERE message_id = 'SAME'"); got != "text isi" {
		t.Errorf("kept %q", got)
	}
}

func errOf[T any](_ T, err error) error { return err }

func TestRosterInOrderOfNaming(t *testing.T) {
	l := newLab(t)
	l.must(errOf(l.Register(l.ctx, start, "OLD", "Old", shop.RoleOwner)))
	admins := []shop.Person{
		{Name: "Owi", Address: shop.Address{Phone: "O"}, Roles: []shop.Role{shop.RoleOwner}},
		{Name: "Sari", Address: shop.Address{Phone: "S"}, Roles: []shop.Role{shop.RoleDuty}},
	}
	l.must(l.SetRoster(l.ctx, start, admins))
	l.must(l.SetRoster(l.ctx, start, admins))
	roster, err := l.Roster(l.ctx, start)
	l.must(err)
	if len(roster) != 2 || roster[0].Name != "Owi" || roster[1].Name != "Sari" || roster.For(shop.RankDuty)[0].Phone != "S" {
		t.Errorf("%+v", roster)
	}
	if old, _, _ := l.PersonByPhone(l.ctx, "OLD"); old.IsAdmin() {
		t.Error("who is not named any more is still an admin")
	}
}

func TestAddressesAreNeeded(t *testing.T) {
	l := newLab(t)
	m := l.message(1, start, "halo")
	m.Chat = shop.Address{}
	if _, err := l.Receive(l.ctx, start, 0, m); err == nil {
		t.Error("a message from nobody is kept")
	}
}
