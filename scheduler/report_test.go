package scheduler_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"bestie/scheduler"
	"bestie/shop"
)

// reporter is the one of a desk, as after a start.
func (d *desk) reporter() *scheduler.Reporter {
	return &scheduler.Reporter{
		Store: d.db, Texts: d.out.Texts, NewID: d.wire.NewMessageID, Outbox: d.pager.Outbox, Log: zerolog.Nop(),
		Policy: scheduler.ReportPolicy{Daily: 21 * time.Hour, Weekly: 8 * time.Hour},
	}
}

// lookAt moves the clock to an instant after start, starts the program anew and lets it work.
func (d *desk) lookAt(day int, clock time.Duration) (next time.Time) {
	d.Helper()
	d.clock.Advance(shop.Midnight(start).AddDate(0, 0, day).Add(clock).Sub(d.clock.Now()))
	next = d.step(d.reporter().Step)
	d.step(d.out.Step)
	return next
}

// TestRegularReports: each once, though the program is started anew at every look; what was
// missed is caught up on the same day only. The program started on Monday at 10:00.
func TestRegularReports(t *testing.T) {
	d := newDesk(t)
	boss, err := d.db.Register(t.Context(), start, "6281300000003", "Ratna", shop.RoleSupervisor)
	if err != nil {
		t.Fatal(err)
	}
	owner, err := d.db.Register(t.Context(), start, "6281300000004", "Wira", shop.RoleOwner)
	if err != nil {
		t.Fatal(err)
	}
	const h = time.Hour
	for _, step := range []struct {
		day           int
		clock         time.Duration
		daily, weekly int // so far
		next          string
	}{
		{0, 10 * h, 0, 0, "Senin, 5 Jan 21.00"}, // owes nothing of 08:00
		{0, 20*h + 59*time.Minute, 0, 0, "Senin, 5 Jan 21.00"},
		{0, 21 * h, 1, 0, "Selasa, 6 Jan 21.00"},
		{0, 21*h + time.Minute, 1, 0, "Selasa, 6 Jan 21.00"},
		{1, 23*h + 59*time.Minute, 2, 0, "Rabu, 7 Jan 21.00"}, // was down at 21:00, is up the same day
		{3, 9 * h, 2, 0, "Kamis, 8 Jan 21.00"},                // was down all Wednesday: left out
		{3, 21 * h, 3, 0, "Jumat, 9 Jan 21.00"},
		{7, 8 * h, 3, 1, "Senin, 12 Jan 21.00"},
		{7, 9 * h, 3, 1, "Senin, 12 Jan 21.00"},
		{14, 13 * h, 3, 2, "Senin, 19 Jan 21.00"},  // down on Monday at eight
		{22, 13 * h, 3, 2, "Selasa, 27 Jan 21.00"}, // down all Monday
	} {
		next := d.lookAt(step.day, step.clock)
		if daily, weekly := len(d.texts(boss)), len(d.texts(owner)); daily != step.daily || weekly != step.weekly || shop.DateClock(next) != step.next {
			t.Errorf("day %d at %s: %d daily, %d weekly, next %s; want %d, %d, %s", step.day, step.clock, daily, weekly, shop.DateClock(next), step.daily, step.weekly, step.next)
		}
	}
	if n := len(d.texts(d.admin)); n > 0 {
		t.Errorf("the duty admin got %d reports that they did not ask for", n)
	}
}

// TestReportAtTheEndOfTheShift: a night shift that begins on Tuesday ends the day's work
// on Wednesday morning; Thursday has no shift and its report leaves at the fixed time.
func TestReportAtTheEndOfTheShift(t *testing.T) {
	d := newDesk(t)
	boss, err := d.db.Register(t.Context(), start, "6281300000003", "Ratna", shop.RoleSupervisor)
	if err != nil {
		t.Fatal(err)
	}
	const h = time.Hour
	reporter := func() *scheduler.Reporter {
		r := d.reporter()
		r.Policy.Shifts = []shop.Shift{
			{Days: []time.Weekday{time.Monday, time.Tuesday}, From: 8 * h, Until: 16 * h},
			{Days: []time.Weekday{time.Tuesday}, From: 20 * h, Until: 5 * h},
		}
		return r
	}
	for _, step := range []struct {
		day   int
		clock time.Duration
		sent  int // so far
		next  string
	}{
		{0, 10 * h, 0, "Senin, 5 Jan 16.00"},
		{0, 16 * h, 1, "Rabu, 7 Jan 05.00"},
		{1, 16 * h, 1, "Rabu, 7 Jan 05.00"},
		{2, 5 * h, 2, "Rabu, 7 Jan 21.00"},
		{2, 21 * h, 3, "Kamis, 8 Jan 21.00"},
	} {
		d.clock.Advance(shop.Midnight(start).AddDate(0, 0, step.day).Add(step.clock).Sub(d.clock.Now()))
		next := d.step(reporter().Step)
		d.step(d.out.Step)
		if n := len(d.texts(boss)); n != step.sent || shop.DateClock(next) != step.next {
			t.Errorf("day %d at %s: %d sent, next %s; want %d, %s", step.day, step.clock, n, shop.DateClock(next), step.sent, step.next)
		}
	}
}

func TestReportsSwitchedOff(t *testing.T) {
	d := newDesk(t)
	r := d.reporter()
	r.Policy = scheduler.ReportPolicy{Daily: -1, Weekly: -1}
	d.step(r.Step)
	d.clock.Advance(14 * 24 * time.Hour)
	if next := d.step(r.Step); !next.IsZero() {
		t.Errorf("something is due at %s", next)
	}
}

// TestReportAsked: the answer is a picture with the text below it; when the picture cannot be
// made the text goes alone, and nobody gets two.
func TestReportAsked(t *testing.T) {
	d := newDesk(t)
	d.ask(1, reply("jawaban"))
	d.step(d.out.Step)
	d.advance(time.Minute)
	path := filepath.Join(t.TempDir(), "a.png")
	if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, broken := range []bool{false, true} {
		d.wire.sent = nil
		if _, err := d.db.Receive(t.Context(), d.clock.Now(), 0, shop.Incoming{
			Account: "628110000000", Chat: d.admin.Address, ID: d.wire.NewMessageID(), Kind: shop.KindText, Text: "laporan", SentAt: d.clock.Now(),
		}); err != nil {
			t.Fatal(err)
		}
		d.turn(d.clock.Now(), shop.Outcome{Report: shop.SpanDay})
		r := d.reporter()
		r.Draw = func(shop.Report, string, time.Time) (*shop.File, error) {
			if broken {
				return nil, errors.New("no room")
			}
			return &shop.File{Kind: shop.FileImage, MIME: "image/png", Path: path}, nil
		}
		for range 3 { // a crash after the first changes nothing
			d.step(r.Step)
		}
		d.advance(time.Minute)
		if len(d.wire.sent) != 1 || !strings.Contains(d.wire.sent[0].Text, "1 pertanyaan") || (d.wire.sent[0].File == nil) != broken {
			t.Errorf("broken %v: %+v", broken, d.wire.sent)
		}
	}
}
