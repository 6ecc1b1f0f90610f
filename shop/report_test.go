package shop

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var (
	reportDay = time.Date(2026, 11, 24, 0, 0, 0, 0, WIB)
	asked     = reportDay.Add(10 * time.Hour)
	soon      = asked.Add(72 * time.Hour)
)

// tallied is the report of one day from questions, three days later.
func tallied(now time.Time, gaps []Outage, waits ...WaitFact) Report {
	t := NewTally(Period{reportDay, reportDay.AddDate(0, 0, 1)}, now, DefaultSLA(), gaps)
	for i, w := range waits {
		w.ID = int64(i + 1)
		if w.PersonID == 0 {
			w.PersonID = w.ID
		}
		t.Wait(w)
	}
	return t.Report(func(int64) string { return "Sari" }, nil)
}

func after(d time.Duration) time.Time { return asked.Add(d) }

func TestResponses(t *testing.T) {
	r := tallied(soon, nil,
		WaitFact{Since: asked, First: true, AnsweredAt: after(10 * time.Second)},
		WaitFact{Since: asked, First: true, AnsweredAt: after(5 * time.Minute)}, // exactly in time
		WaitFact{Since: asked, First: true, AnsweredAt: after(10 * time.Second), NeedsHuman: true, HumanAt: after(6 * time.Minute), HumanBy: 7},
		WaitFact{Since: asked, First: true}, // nobody ever answered
		WaitFact{Since: asked, First: true, Cancelled: true},
		WaitFact{Since: asked, AnsweredAt: after(20 * time.Minute), HumanAt: after(time.Minute)},
	)
	want := Responses{
		Any:   Response{4, 3, Pace{2, 5 * time.Minute, 6 * time.Minute}, Pace{2, 5 * time.Minute, 6 * time.Minute}},
		Human: Response{2, 1, Pace{0, 6 * time.Minute, 6 * time.Minute}, Pace{0, 6 * time.Minute, 6 * time.Minute}},
	}
	if diff := cmp.Diff(want, r.First); diff != "" {
		t.Error(diff)
	}
	minute := Pace{1, time.Minute, time.Minute}
	if diff := cmp.Diff(Responses{Response{1, 1, minute, minute}, Response{1, 1, minute, minute}}, r.Next); diff != "" {
		t.Error(diff)
	}
	if r.Questions != 6 || r.Conversations != 5 || r.Cancelled != 1 || r.Open != 1 || r.Breaches.Count != 2 || !r.Breaches.Worst[0].Open {
		t.Errorf("%+v", r)
	}
	wantAdmins := []AdminFigures{{ID: 0, Answered: 1, Median: time.Minute}, {ID: 7, Name: "Sari", Answered: 1, Median: 6 * time.Minute}}
	if diff := cmp.Diff(wantAdmins, r.Admins); diff != "" {
		t.Error(diff)
	}
}

// TestYoungQuestion: what waits for less than the target has no outcome yet.
func TestYoungQuestion(t *testing.T) {
	for age, counted := range map[time.Duration]int{5 * time.Minute: 0, 5*time.Minute + time.Second: 1} {
		r := tallied(after(age), nil, WaitFact{Since: asked, First: true})
		if r.First.Any.Counted != counted || r.First.Human.Counted != counted || r.Breaches.Count != counted || r.Open != 1 {
			t.Errorf("after %s: %+v", age, r)
		}
	}
}

// TestOutageInReport: the customer waited 22 minutes, 20 of them nobody could know.
func TestOutageInReport(t *testing.T) {
	gaps := []Outage{
		{From: after(10 * time.Minute), Until: after(21 * time.Minute)},
		{From: after(time.Minute), Until: after(11 * time.Minute)}, // they overlap
		{From: after(-time.Hour), Until: after(-59 * time.Minute)},
		{From: after(23 * time.Minute)}, // it lasts
	}
	r := tallied(after(24*time.Minute), gaps, WaitFact{Since: asked, First: true, AnsweredAt: after(22 * time.Minute)})
	want := Response{1, 1, Pace{0, 22 * time.Minute, 22 * time.Minute}, Pace{1, 2 * time.Minute, 2 * time.Minute}}
	if diff := cmp.Diff(want, r.First.Any); diff != "" {
		t.Error(diff)
	}
	if r.Outages != 3 || r.Outage != 22*time.Minute || r.Breaches.Count != 1 || r.Breaches.Worst[0].Waited != 22*time.Minute {
		t.Errorf("%d outages of %s; %+v", r.Outages, r.Outage, r.Breaches)
	}
}

func TestPercentile(t *testing.T) {
	var all []time.Duration
	for _, want := range []struct{ n, p50, p90 int }{{0, 0, 0}, {1, 1, 1}, {2, 1, 2}, {10, 5, 9}, {11, 6, 10}, {100, 50, 90}} {
		for len(all) < want.n {
			all = append(all, time.Duration(len(all)+1))
		}
		if p50, p90 := percentile(all, 50), percentile(all, 90); int(p50) != want.p50 || int(p90) != want.p90 {
			t.Errorf("of %d: p50 %d, p90 %d", want.n, p50, p90)
		}
	}
}

func TestFirstContactResolution(t *testing.T) {
	ask := func(person int64, at time.Duration, intent string) WaitFact {
		return WaitFact{PersonID: person, Since: after(at), Intent: intent, AnsweredAt: after(at + time.Second)}
	}
	const h = time.Hour
	unanswered := ask(1, 0, "ongkir")
	unanswered.AnsweredAt = time.Time{}
	cancelled := ask(1, h, "ongkir")
	cancelled.Cancelled = true
	for _, tt := range []struct {
		name  string
		now   time.Time
		waits []WaitFact
		want  Resolution
	}{
		{"answered", soon, []WaitFact{ask(1, 0, "ongkir")}, Resolution{1, 1, 0}},
		{"never answered", soon, []WaitFact{unanswered}, Resolution{1, 0, 0}},
		{"asked again", soon, []WaitFact{ask(1, 0, "ongkir"), ask(1, 48*h, "ongkir")}, Resolution{1, 0, 0}},
		{"asked twice more", soon, []WaitFact{ask(1, 0, "ongkir"), ask(1, h, "ongkir"), ask(1, 2*h, "ongkir")}, Resolution{1, 0, 0}},
		{"asked again later", soon, []WaitFact{ask(1, 0, "ongkir"), ask(1, 48*h+time.Second, "ongkir")}, Resolution{1, 1, 0}},
		{"another subject", soon, []WaitFact{ask(1, 0, "ongkir"), ask(1, h, "stok")}, Resolution{2, 2, 0}},
		{"somebody else", soon, []WaitFact{ask(1, 0, "ongkir"), ask(2, h, "ongkir")}, Resolution{2, 2, 0}},
		{"a question of the day before", soon, []WaitFact{ask(1, -20*h, "ongkir"), ask(1, h, "ongkir")}, Resolution{}},
		{"nobody knows", soon, []WaitFact{ask(1, 0, ""), ask(1, h, "")}, Resolution{}},
		{"asked again and cancelled", soon, []WaitFact{ask(1, 0, "ongkir"), cancelled}, Resolution{1, 1, 0}},
		{"young", after(48*h - time.Second), []WaitFact{ask(1, 0, "ongkir"), ask(1, h, "ongkir")}, Resolution{0, 0, 1}},
		{"just old enough", after(48 * h), []WaitFact{ask(1, 0, "ongkir")}, Resolution{1, 1, 0}},
	} {
		if got := tallied(tt.now, nil, tt.waits...).Contact; got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

func TestHandling(t *testing.T) {
	const m = time.Minute
	type e = DeskEvent
	in, out, claim := EventCustomer, EventPerson, EventClaim
	for _, tt := range []struct {
		name   string
		events []e
		want   Handling
	}{
		{"question and answer", []e{{1, after(0), in}, {1, after(2 * m), out}}, Handling{1, 2 * m}},
		{"what came before the answered message does not count", []e{{1, after(-9 * m), in}, {1, after(-4 * m), in}, {1, after(0), out}}, Handling{1, 4 * m}},
		{"exactly five minutes count", []e{{1, after(0), in}, {1, after(5 * m), out}}, Handling{1, 5 * m}},
		{"more is idle", []e{{1, after(0), in}, {1, after(5*m + 1), out}, {1, after(7*m + 1), out}}, Handling{1, 2 * m}},
		{"from the claim", []e{{1, after(0), in}, {1, after(3 * m), claim}, {1, after(4 * m), out}}, Handling{1, m}},
		{"until the last word of a person", []e{{1, after(0), in}, {1, after(m), out}, {1, after(3 * m), in}}, Handling{1, m}},
		{"claimed and left alone", []e{{1, after(0), in}, {1, after(m), claim}}, Handling{}},
		{"two chats", []e{{1, after(0), in}, {1, after(m), out}, {2, after(0), in}, {2, after(3 * m), out}}, Handling{2, 4 * m}},
		{"the same chat after a break", []e{{1, after(0), in}, {1, after(m), out}, {1, after(5 * time.Hour), in}, {1, after(5*time.Hour + m), out}}, Handling{2, 2 * m}},
		{"another day", []e{{1, after(-20 * time.Hour), in}, {1, after(-20*time.Hour + m), out}}, Handling{}},
	} {
		tally := NewTally(Period{reportDay, reportDay.AddDate(0, 0, 1)}, soon, DefaultSLA(), nil)
		for _, e := range tt.events {
			tally.Event(e)
		}
		if got := tally.Report(nil, nil).Handling; got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

func TestEmptyReport(t *testing.T) {
	r := tallied(asked, nil)
	if !r.Empty() || r.Handling.Mean() != 0 || r.Rating.Mean() != 0 || len(r.Days) != 1 || r.Staff() != (Staff{All: true}) {
		t.Errorf("%+v", r)
	}
	if _, ok := r.Busiest(); ok {
		t.Error("an empty day has a busiest hour")
	}
}

func TestStaffFor(t *testing.T) {
	for perDay, want := range map[float64]Staff{
		0: {All: true}, 10: {PerDay: 10, All: true}, 10.5: {PerDay: 10.5, CS: 1}, 30: {PerDay: 30, CS: 1},
		31: {PerDay: 31, CS: 2, Marketing: 1, Shipping: 1}, 50: {PerDay: 50, CS: 2, Marketing: 1, Shipping: 1},
		51: {PerDay: 51, CS: 2, Marketing: 1, Shipping: 1, More: true},
	} {
		want.PerDay = perDay
		if got := StaffFor(perDay); got != want {
			t.Errorf("%v a day: %+v, want %+v", perDay, got, want)
		}
	}
}

func TestSpans(t *testing.T) {
	now := reportDay.Add(17 * time.Hour)
	for span, want := range map[Span]string{
		SpanDay:   "Selasa, 24 Nov 00.00 s.d. 17.00",
		SpanWeek:  "Rabu, 18 Nov 00.00 s.d. Selasa, 24 Nov 17.00",
		SpanMonth: "Senin, 26 Okt 00.00 s.d. Selasa, 24 Nov 17.00",
	} {
		if got := span.Period(now).String(); got != want {
			t.Errorf("%s: %s, want %s", span, got, want)
		}
	}
	week := Period{reportDay.AddDate(0, 0, -7), reportDay}
	if got, want := week.String(), "Selasa, 17 Nov 00.00 s.d. Senin, 23 Nov 24.00"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
