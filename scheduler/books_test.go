package scheduler_test

import (
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"bestie/scheduler"
	"bestie/shop"
)

func (d *desk) bookkeeper() *scheduler.Bookkeeper {
	return &scheduler.Bookkeeper{
		Store: d.db, Texts: d.out.Texts, NewID: d.wire.NewMessageID, Outbox: d.pager.Outbox, Log: zerolog.Nop(),
		Policy: scheduler.BooksPolicy{Digest: 23*time.Hour + 30*time.Minute, Remind: 9 * time.Hour, Reminders: 2, Terms: 24 * time.Hour},
	}
}

// keep moves the clock to an instant after the day of start, starts the bookkeeper anew and
// lets it work.
func (d *desk) keep(day int, clock time.Duration) (next time.Time) {
	d.Helper()
	d.clock.Advance(shop.Midnight(start).AddDate(0, 0, day).Add(clock).Sub(d.clock.Now()))
	next = d.step(d.bookkeeper().Step)
	d.step(d.out.Step)
	return next
}

// book lets a dropshipper do something.
func (d *desk) book(person int64, do func(a *shop.Account) shop.Booking) {
	d.Helper()
	err := d.db.Book(d.Context(), d.clock.Now(), person, d.wire.NewMessageID, func(a *shop.Account) (shop.Booking, []shop.Draft, error) {
		return do(a), nil, nil
	})
	if err != nil {
		d.Fatal(err)
	}
}

func (d *desk) dropshipper() shop.Person {
	d.Helper()
	p, err := d.db.RegisterDropshipper(d.Context(), start, "6281300000009", "Dewi", shop.Dropshipper{Shop: "Toko Dewi", Limit: shop.DefaultLimit})
	if err != nil {
		d.Fatal(err)
	}
	return p
}

func nastar(total shop.Rupiah) shop.Order {
	return shop.Order{Items: []shop.Item{{Product: "Nastar", Count: 1, Price: total}}, Recipient: "Ibu Sari", Address: "Bandung", Total: total}
}

// TestPaymentsVoidThemselves: to the minute after 24 hours, once, with a notice.
func TestPaymentsVoidThemselves(t *testing.T) {
	d := newDesk(t)
	p := d.dropshipper()
	d.keep(0, 11*time.Hour)
	d.book(p.ID, func(a *shop.Account) shop.Booking { return a.Announce(150_000, "", 123, d.clock.Now(), "M1") })
	if next := d.keep(1, 11*time.Hour-time.Minute); shop.DateClock(next) != "Selasa, 6 Jan 11.00" || len(d.texts(p)) != 0 {
		t.Fatalf("next %s, %q", shop.DateClock(next), d.texts(p))
	}
	for range 2 {
		d.keep(1, 11*time.Hour)
	}
	if got := d.texts(p); len(got) != 1 || !strings.Contains(got[0], "Rp150.123") {
		t.Fatalf("%q", got)
	}
	a, err := d.db.Account(t.Context(), p.ID)
	if err != nil || a.Pending != 0 || len(a.Payments) != 0 {
		t.Errorf("%+v %v", a, err)
	}
}

// TestReminders: only of what is due, at nine, not at night, at most twice in seven days,
// and none to who does not want them or has paid.
func TestReminders(t *testing.T) {
	d := newDesk(t)
	p := d.dropshipper()
	d.keep(0, 10*time.Hour)
	d.book(p.ID, func(a *shop.Account) shop.Booking { return a.Place(nastar(88_468), d.clock.Now(), "M1") })
	const h = time.Hour
	for _, step := range []struct {
		day   int
		clock time.Duration
		want  int
	}{
		{1, 9 * h, 0},  // placed at ten: due at ten
		{2, 21 * h, 0}, // was down at nine; too late in the day
		{3, 9 * h, 1},
		{3, 19 * h, 1},
		{4, 19 * h, 2},
		{5, 9 * h, 2}, // twice in seven days
		{9, 9 * h, 2},
		{10, 9 * h, 3},
		{11, 9 * h, 3}, // that of day 4 at 19:00 still counts
		{12, 9 * h, 4},
	} {
		d.keep(step.day, step.clock)
		if got := d.texts(p); len(got) != step.want {
			t.Errorf("day %d at %s: %d reminders, want %d", step.day, step.clock, len(got), step.want)
		}
	}
	if got := d.texts(p)[0]; !strings.Contains(got, "Rp88.468") || !strings.Contains(got, "Senin, 5 Jan") {
		t.Error(got)
	}
	d.book(p.ID, func(a *shop.Account) shop.Booking { return a.Announce(88_468, "", 1, d.clock.Now(), "M2") })
	d.book(p.ID, func(a *shop.Account) shop.Booking { return a.Confirm(a.Payments[0], 88_468, 0, d.clock.Now()) })
	if d.keep(30, 9*h); len(d.texts(p)) != 4 {
		t.Error("reminded after paying")
	}
}

// TestDigest: every night to the owner, who can compare; a ledger that was rewritten is
// not told as sound.
func TestDigest(t *testing.T) {
	d := newDesk(t)
	owner, err := d.db.Register(t.Context(), start, "6281300000004", "Wira", shop.RoleOwner)
	if err != nil {
		t.Fatal(err)
	}
	p := d.dropshipper()
	const late = 23*time.Hour + 30*time.Minute
	d.keep(0, 10*time.Hour)
	if d.keep(0, late); len(d.texts(owner)) != 0 {
		t.Error("a digest of nothing")
	}
	d.keep(1, 10*time.Hour)
	d.book(p.ID, func(a *shop.Account) shop.Booking { return a.Place(nastar(88_468), d.clock.Now(), "M1") })
	for range 2 {
		d.keep(1, late)
	}
	found, err := d.db.Verify(t.Context())
	if err != nil || found.Broken != nil {
		t.Fatal(found, err)
	}
	got := d.texts(owner)
	if len(got) != 1 || !strings.Contains(got[0], "Rp88.468") || !strings.Contains(got[0], found.Head.String()[:12]) {
		t.Fatalf("%q", got)
	}
	found.Postings, found.Head = 1, shop.Hash{1} // the owner was sent another
	if err = d.db.Digest(t.Context(), d.clock.Now(), d.clock.Now(), found, d.wire.NewMessageID, nil, ""); err != nil {
		t.Fatal(err)
	}
	d.keep(2, late)
	if got = d.texts(owner); len(got) != 2 || !strings.Contains(got[1], "🚨") || !strings.Contains(got[1], "nomor 1") {
		t.Fatalf("%q", got)
	}
	if d.keep(3, late); strings.Contains(d.texts(owner)[2], "🚨") {
		t.Error("told twice")
	}
}
