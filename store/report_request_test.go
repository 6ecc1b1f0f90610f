package store

import (
	"testing"
	"time"

	"bestie/shop"
)

// TestWaitIntents: a wait is about what was asked first and known; what is asked while the
// answer is on its way keeps its own subject.
func TestWaitIntents(t *testing.T) {
	l := newLab(t)
	ask := func(at time.Time, intent string, drafts ...shop.Draft) {
		l.receive(at, 0, l.message(1, at, "tanya"))
		l.turn(at, shop.Outcome{StartWait: true, WaitSince: at, WaitWords: "tanya", WaitIntent: intent, Drafts: drafts})
	}
	ask(start, "") // a greeting
	ask(start.Add(time.Second), "ongkir")
	ask(start.Add(2*time.Second), "stok", answer("Rp12.000"))
	ask(start.Add(3*time.Second), "retur")
	ask(start.Add(4*time.Second), "cod")
	l.send(start.Add(5 * time.Second))
	if got, want := l.rows("SELECT intent, ended_at IS NULL FROM waits ORDER BY id"), "ongkir 0\nretur 1"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestReportRequests: who asks twice gets one answer, and an answer is written once.
func TestReportRequests(t *testing.T) {
	l := newLab(t)
	for i, span := range []shop.Span{shop.SpanDay, shop.SpanMonth} {
		at := start.Add(time.Duration(i) * time.Second)
		l.receive(at, 0, l.message(1, at, "laporan"))
		l.turn(at, shop.Outcome{Report: span})
	}
	all, err := l.ReportRequests(l.ctx)
	l.must(err)
	if len(all) != 1 || all[0].Span != shop.SpanMonth || all[0].PersonID != l.person(1).ID || !all[0].AskedAt.Equal(start.Add(time.Second)) {
		t.Fatalf("%+v", all)
	}
	draft := []shop.Draft{{To: all[0].PersonID, Lane: shop.LaneReply, Text: "angka", Exempt: true}}
	for range 2 {
		l.must(l.AnswerReport(l.ctx, start, all[0].ID, l.newID, draft))
	}
	if n := l.number("SELECT COUNT(*) FROM outbox"); n != 1 {
		t.Errorf("%d messages", n)
	}
	l.must(l.WriteReport(l.ctx, start, "report_daily_at", start, l.newID, draft))
	if at, err := l.Instant(l.ctx, "report_daily_at"); err != nil || !at.Equal(start) || l.number("SELECT COUNT(*) FROM outbox") != 2 {
		t.Error(at, err)
	}
}
