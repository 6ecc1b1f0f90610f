package store

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bestie/shop"
)

// reported is the report of the week around start, four days after it.
func (l *lab) reported() shop.Report {
	l.Helper()
	r, err := l.Report(l.ctx, shop.Period{From: shop.Midnight(start).AddDate(0, 0, -3), To: shop.Midnight(start).AddDate(0, 0, 4)}, start.AddDate(0, 0, 8))
	l.must(err)
	return r
}

// typed lets a person type to customer n on the shop phone.
func (l *lab) typed(n int, at time.Time) {
	l.Helper()
	m := l.message(n, at, "sebentar kak")
	m.FromMe = true
	l.receive(at, 0, m)
	l.turn(at, shop.Outcome{Human: at, Cancel: true})
}

// deskLab is a day at the desk with at least one row for every figure.
func deskLab(t *testing.T) *lab {
	l := newLab(t)
	sari, err := l.Register(l.ctx, start, "6281300000001", "Sari", shop.RoleDuty)
	l.must(err)
	cost := answer("Ongkir Rp12.000")
	cost.Parts = []shop.ReplyPart{{Intent: "ongkir", Template: "pengiriman/ongkir", Version: "1"}}
	ask := func(n int, at time.Time, intent string, human bool, drafts ...shop.Draft) {
		l.receive(at, 0, l.message(n, at, "tanya"))
		l.turn(at, shop.Outcome{StartWait: true, WaitSince: at, WaitWords: "tanya", WaitIntent: intent, NeedsHuman: human, Drafts: drafts})
	}
	ask(1, start, "ongkir", false, cost)
	l.send(start.Add(10 * time.Second))
	ask(2, start.Add(time.Minute), "stok", true)
	l.typed(2, start.Add(4*time.Minute))
	ask(3, start.Add(time.Hour), "", true)
	l.typed(3, start.Add(time.Hour+20*time.Minute))
	ask(4, start.Add(2*time.Hour), "harga", false)
	ask(1, start.Add(3*time.Hour), "retur", false, answer("Bisa"))
	l.send(start.Add(3*time.Hour + 30*time.Second))
	l.run("UPDATE waits SET first = 0 WHERE intent = 'retur'")
	l.run("UPDATE waits SET human_by = $1 WHERE intent = 'stok'", sari.ID)
	l.run("INSERT INTO outages (from_at, until_at, reason) VALUES ($1, $2, 'test')", ms(start.Add(time.Hour)), ms(start.Add(time.Hour+10*time.Minute)))
	l.run("INSERT INTO tickets (number, person_id, opened_at, claimed_by, claimed_at, closed_at) VALUES (1, $1, $2, $3, $4, $5)",
		l.person(2).ID, ms(start), sari.ID, ms(start.Add(2*time.Minute)), ms(start.Add(time.Hour)))
	l.run("INSERT INTO tickets (number, person_id, opened_at, closed_at) VALUES (2, $1, $2, $3)", l.person(1).ID, ms(start), ms(start.Add(time.Hour)))
	l.run("INSERT INTO ratings (ticket_id, person_id, asked_at, score, rated_at) VALUES (1, $1, $2, 4, $2)", l.person(2).ID, ms(start.Add(time.Hour)))
	l.run("INSERT INTO ratings (ticket_id, person_id, asked_at, score, rated_at) VALUES (2, $1, $2, 2, $2)", l.person(1).ID, ms(start.Add(time.Hour)))
	return l
}

func TestReportOfADay(t *testing.T) {
	l := deskLab(t)
	got := l.reported()
	second := func(n int) time.Duration { return time.Duration(n) * time.Second }
	want := shop.Report{
		Period: got.Period, AsOf: got.AsOf, Target: 5 * time.Minute, Days: got.Days, Hours: got.Hours,
		Questions: 5, Conversations: 4, Open: 1, Unknown: 1, Outages: 1, Outage: 10 * time.Minute,
		First: shop.Responses{
			Any: shop.Response{
				Counted: 4, Answered: 3,
				True: shop.Pace{InTime: 2, Median: second(180), P90: second(1200)}, Fair: shop.Pace{InTime: 2, Median: second(180), P90: second(600)},
			},
			Human: shop.Response{
				Counted: 3, Answered: 2,
				True: shop.Pace{InTime: 1, Median: second(180), P90: second(1200)}, Fair: shop.Pace{InTime: 1, Median: second(180), P90: second(600)},
			},
		},
		Next: shop.Responses{Any: shop.Response{
			Counted: 1, Answered: 1,
			True: shop.Pace{InTime: 1, Median: second(30), P90: second(30)}, Fair: shop.Pace{InTime: 1, Median: second(30), P90: second(30)},
		}},
		Breaches: shop.Breaches{Count: 2, Worst: []shop.Breach{
			{PersonID: l.person(4).ID, Since: start.Add(2 * time.Hour), Waited: 8*24*time.Hour - 2*time.Hour, Open: true},
			{PersonID: l.person(3).ID, Since: start.Add(time.Hour), Waited: 20 * time.Minute},
		}},
		Handling:  shop.Handling{Chats: 2, Total: 2 * time.Minute}, // claimed to answered; 20 minutes of silence are none
		Contact:   shop.Resolution{Counted: 4, Resolved: 3},
		Rating:    shop.Satisfaction{Asked: 2, Rated: 2, Stars: 6},
		Reasons:   []shop.Reason{{Intent: "harga", Count: 1}, {Intent: "ongkir", Count: 1}, {Intent: "retur", Count: 1}, {Intent: "stok", Count: 1}},
		Templates: []shop.Effect{{Template: "pengiriman/ongkir", Version: "1", Said: 1, Rated: 1, Stars: 2}},
	}
	want.Admins = []shop.AdminFigures{
		{ID: got.Admins[0].ID, Name: "Sari", Claimed: 1, Answered: 1, Median: 3 * time.Minute, Rating: shop.Satisfaction{Asked: 1, Rated: 1, Stars: 4}},
		{Answered: 1, Median: 20 * time.Minute},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestFiguresComeFromRows alters one row at a time and sees the figure move.
func TestFiguresComeFromRows(t *testing.T) {
	const late = "since + 400000"
	for _, tt := range []struct {
		name, table, set, where string
		figure                  func(r shop.Report) any
	}{
		{"first, any, in time", "waits", "answered_at = " + late, "intent = 'ongkir'", func(r shop.Report) any { return r.First.Any.True.InTime }},
		{"first, any, counted", "waits", "since = since - 86400000 * 9", "intent = 'ongkir'", func(r shop.Report) any { return r.First.Any.Counted }},
		{"first, any, median", "waits", "human_at = human_at + 7000", "intent = 'stok'", func(r shop.Report) any { return r.First.Any.True.Median }},
		{"first, any, p90", "waits", "human_at = human_at + 1000", "intent = ''", func(r shop.Report) any { return r.First.Any.True.P90 }},
		{"first, human, in time", "waits", "human_at = " + late, "intent = 'stok'", func(r shop.Report) any { return r.First.Human.True.InTime }},
		{"first, human, answered", "waits", "human_at = NULL", "intent = 'stok'", func(r shop.Report) any { return r.First.Human.Answered }},
		{"first, human, median", "waits", "human_at = human_at - 7000", "intent = 'stok'", func(r shop.Report) any { return r.First.Human.True.Median }},
		{"first, human, p90", "waits", "human_at = human_at - 7000", "intent = ''", func(r shop.Report) any { return r.First.Human.True.P90 }},
		{"next, any, in time", "waits", "answered_at = " + late, "intent = 'retur'", func(r shop.Report) any { return r.Next.Any.True.InTime }},
		{"next, any, median", "waits", "answered_at = answered_at + 1", "intent = 'retur'", func(r shop.Report) any { return r.Next.Any.True.Median }},
		{"next, human", "waits", "human_at = answered_at", "intent = 'retur'", func(r shop.Report) any { return r.Next.Human.Answered }},
		{"fair, in time", "outages", "until_at = until_at + 360000", "1", func(r shop.Report) any { return r.First.Any.Fair.InTime }},
		{"fair, p90", "outages", "until_at = until_at + 1000", "1", func(r shop.Report) any { return r.First.Any.Fair.P90 }},
		{"outage minutes", "outages", "until_at = until_at + 60000", "1", func(r shop.Report) any { return r.Outage }},
		{"outages", "outages", "until_at = 0, from_at = 0", "1", func(r shop.Report) any { return r.Outages }},
		{"breaches", "waits", "human_at = since + 1000", "intent = ''", func(r shop.Report) any { return r.Breaches.Count }},
		{"breaches, name", "people", "name = 'Budi'", "phone = '" + address(3).Phone + "'", func(r shop.Report) any { return r.Breaches.Worst[1].Name }},
		{"handling, time", "inbox", "sent_at = sent_at + 60000", "from_me = 1 AND person_id = (SELECT person_id FROM waits WHERE intent = 'stok')", func(r shop.Report) any { return r.Handling.Total }},
		{"handling, chats", "inbox", "kind = 'sticker'", "from_me = 1 AND person_id = (SELECT person_id FROM waits WHERE intent = 'stok')", func(r shop.Report) any { return r.Handling.Chats }},
		{"handling, claim", "tickets", "claimed_at = claimed_at + 30000", "number = 1", func(r shop.Report) any { return r.Handling.Mean() }},
		{"first contact", "waits", "intent = 'ongkir'", "intent = 'retur'", func(r shop.Report) any { return r.Contact }},
		{"rating, mean", "ratings", "score = 5", "ticket_id = 1", func(r shop.Report) any { return r.Rating.Mean() }},
		{"rating, rated", "ratings", "score = NULL, rated_at = NULL", "ticket_id = 1", func(r shop.Report) any { return r.Rating.Rated }},
		{"rating, asked", "ratings", "asked_at = 0", "ticket_id = 1", func(r shop.Report) any { return r.Rating.Asked }},
		{"volume by hour", "waits", "since = since + 3600000", "intent = 'harga'", func(r shop.Report) any { return r.Hours }},
		{"volume by day", "waits", "since = since + 86400000", "intent = 'harga'", func(r shop.Report) any { return r.Days }},
		{"late by hour", "waits", "answered_at = " + late, "intent = 'ongkir'", func(r shop.Report) any { return r.Hours[10].Late }},
		{"reasons", "waits", "intent = 'ongkir'", "intent = 'harga'", func(r shop.Report) any { return r.Reasons }},
		{"unknown", "waits", "intent = ''", "intent = 'harga'", func(r shop.Report) any { return r.Unknown }},
		{"admin, claimed", "tickets", "claimed_at = claimed_at - 86400000 * 9", "number = 1", func(r shop.Report) any { return r.Admins[0].Claimed }},
		{"admin, answered", "waits", "human_by = (SELECT human_by FROM waits WHERE human_by > 0)", "intent = ''", func(r shop.Report) any { return r.Admins[0].Answered }},
		{"admin, median", "waits", "human_at = human_at + 1000", "intent = 'stok'", func(r shop.Report) any { return r.Admins[0].Median }},
		{"admin, rating", "ratings", "score = 1", "ticket_id = 1", func(r shop.Report) any { return r.Admins[0].Rating.Mean() }},
		{"admin, name", "people", "name = 'Dewi'", "name = 'Sari'", func(r shop.Report) any { return r.Admins[0].Name }},
		{"template", "outbox", `parts = '[{"intent":"ongkir","template":"pengiriman/lain"}]'`, "parts <> '[]'", func(r shop.Report) any { return r.Templates }},
		{"template, handed over", "inbox", "from_me = 1, sent_at = sent_at - 9000000", "turn_id IS NOT NULL AND person_id = (SELECT person_id FROM waits WHERE intent = 'retur') AND sent_at > (SELECT MIN(since) FROM waits)", func(r shop.Report) any { return r.Templates[0].HandedOver }},
		{"template, rating", "ratings", "score = 3", "ticket_id = 2", func(r shop.Report) any { return r.Templates[0].Stars }},
		{"cancelled", "waits", "state = 'cancelled'", "intent = 'ongkir'", func(r shop.Report) any { return r.Cancelled }},
		{"open", "waits", "answered_at = since + 1", "intent = 'harga'", func(r shop.Report) any { return r.Open }},
		{"questions", "waits", "since = 0", "intent = 'harga'", func(r shop.Report) any { return r.Questions }},
		{"conversations", "waits", "first = 0", "intent = 'harga'", func(r shop.Report) any { return r.Conversations }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := deskLab(t)
			before := tt.figure(l.reported())
			id := l.number("SELECT MIN(rowid) FROM " + tt.table + " WHERE " + tt.where)
			l.run("UPDATE "+tt.table+" SET "+tt.set+" WHERE rowid = $1", id)
			after := tt.figure(l.reported())
			if cmp.Equal(before, after) {
				t.Errorf("one row was altered and the figure stays %v", after)
			}
		})
	}
}

func TestReportOfNothing(t *testing.T) {
	l := newLab(t)
	if r := l.reported(); !r.Empty() || len(r.Admins) > 0 || r.Outage != 0 {
		t.Errorf("%+v", r)
	}
}

// TestReportBesideTheWriter: the writer goes on while the snapshot of a report is open,
// and the report does not see what it writes.
func TestReportBesideTheWriter(t *testing.T) {
	l := deskLab(t)
	ctx, cancel := context.WithTimeout(l.ctx, time.Second)
	defer cancel()
	const count = "SELECT COUNT(*) FROM ratings"
	l.must(l.snapshot(l.ctx, func(q querier) error {
		var before, after int64
		l.must(q.QueryRowContext(ctx, count).Scan(&before))
		if _, err := l.w.ExecContext(ctx, "DELETE FROM ratings"); err != nil {
			t.Errorf("the writer has to wait for the report: %v", err)
		}
		l.must(q.QueryRowContext(ctx, count).Scan(&after))
		if before == 0 || before != after || l.number(count) != 0 {
			t.Errorf("the snapshot had %d ratings and has %d; the file has %d", before, after, l.number(count))
		}
		return nil
	}))
}
