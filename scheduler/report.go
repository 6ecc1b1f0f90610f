package scheduler

import (
	"context"
	"time"

	"github.com/rs/zerolog"

	"bestie/shop"
	"bestie/templates"
)

// ReportStore is what the reporter needs of the database.
type ReportStore interface {
	Report(ctx context.Context, p shop.Period, now time.Time) (shop.Report, error)
	ReportRequests(ctx context.Context) ([]shop.ReportRequest, error)
	// AnswerReport writes what a request asked for and ends it, in one transaction.
	AnswerReport(ctx context.Context, now time.Time, request int64, newID func() string, drafts []shop.Draft) error
	// WriteReport writes a report that was due and notes for which instant, in one transaction.
	WriteReport(ctx context.Context, now time.Time, key string, due time.Time, newID func() string, drafts []shop.Draft) error
	Instant(ctx context.Context, key string) (time.Time, error)
	SetInstant(ctx context.Context, key string, t time.Time) error
	Roster(ctx context.Context, now time.Time) (shop.Roster, error)
}

// ReportPolicy says when reports leave by themselves, as time since midnight (WIB).
type ReportPolicy struct {
	Daily  time.Duration // to the supervisor, every day; negative: never
	Weekly time.Duration // to the owner, on Mondays; negative: never
	// Shifts, if there are any, move the daily one to the end of the last shift that
	// begins on a day; Daily is for days on which none does.
	Shifts []shop.Shift
}

// daily is the instant at which the report of a day is due.
func (p ReportPolicy) daily(midnight time.Time) time.Time {
	if p.Daily < 0 {
		return time.Time{}
	}
	if end, ok := shop.LastEnd(p.Shifts, midnight); ok {
		return end
	}
	return midnight.Add(p.Daily)
}

// weekly is the same for the report of a week.
func (p ReportPolicy) weekly(midnight time.Time) time.Time {
	if p.Weekly < 0 || midnight.Weekday() != time.Monday {
		return time.Time{}
	}
	return midnight.Add(p.Weekly)
}

// Reporter writes the desk's figures: those that were asked for in chat, the day's to
// the supervisor and the week's to the owner (domain facts, section 7).
type Reporter struct {
	Store  ReportStore
	Texts  *templates.Texts
	Policy ReportPolicy
	NewID  func() string
	// Draw makes the picture of a report and keeps it as a file to send. Without one the
	// text goes alone.
	Draw   func(r shop.Report, title string, now time.Time) (*shop.File, error)
	Outbox *Worker // woken when something was written
	Log    zerolog.Logger
}

// Step writes what is due.
func (p *Reporter) Step(ctx context.Context, now time.Time) (time.Time, error) {
	if err := p.answer(ctx, now); err != nil {
		return time.Time{}, err
	}
	var next time.Time
	for _, r := range regular {
		due, err := p.serve(ctx, now, r)
		if err != nil {
			return time.Time{}, err
		}
		if !due.IsZero() && (next.IsZero() || due.Before(next)) {
			next = due
		}
	}
	return next, nil
}

// answer writes every report that was asked for in chat.
func (p *Reporter) answer(ctx context.Context, now time.Time) error {
	requests, err := p.Store.ReportRequests(ctx)
	if err != nil {
		return err
	}
	for _, r := range requests {
		to := []shop.Person{{ID: r.PersonID}}
		drafts, err := p.write(ctx, now, r.Span.Period(now), templates.Report{Title: templates.TitleOf(r.Span)}, to, shop.LaneReply)
		if err != nil {
			return err
		}
		if err = p.Store.AnswerReport(ctx, now, r.ID, p.NewID, drafts); err != nil {
			return err
		}
		p.Outbox.Wake()
	}
	return nil
}

// routine is a report that leaves by itself.
type routine struct {
	key    string // the setting that holds the last instant served
	role   shop.Role
	title  string
	advice bool
	on     func(p ReportPolicy, midnight time.Time) time.Time   // when it is due, zero for none on that day
	period func(p ReportPolicy, day, due time.Time) shop.Period // what it is about
}

// regular are the reports that leave by themselves. Each day's tells of the time since
// the one before, so that every question is in one of them; the week's is that of
// Monday to Sunday.
var regular = []routine{
	{
		key: "report_daily_at", role: shop.RoleSupervisor, title: templates.TitleShift, on: ReportPolicy.daily,
		period: func(p ReportPolicy, day, due time.Time) shop.Period {
			return shop.Period{From: p.daily(day.AddDate(0, 0, -1)), To: due}
		},
	},
	{
		key: "report_weekly_at", role: shop.RoleOwner, title: templates.TitleLast, advice: true, on: ReportPolicy.weekly,
		period: func(_ ReportPolicy, day, _ time.Time) shop.Period {
			return shop.Period{From: day.AddDate(0, 0, -7), To: day}
		},
	},
}

// serve writes one regular report if it is due and was not written, and returns when
// it is due next. Whatever was missed on an earlier day is left out, and a
// program that has never run owes nothing of the time before.
func (p *Reporter) serve(ctx context.Context, now time.Time, r routine) (time.Time, error) {
	served, err := p.Store.Instant(ctx, r.key)
	if err == nil && served.IsZero() {
		served, err = now, p.Store.SetInstant(ctx, r.key, now)
	}
	if err != nil {
		return time.Time{}, err
	}
	today := shop.Midnight(now)
	for day := today.AddDate(0, 0, -1); day.Before(today.AddDate(0, 0, 8)); day = day.AddDate(0, 0, 1) { // a night shift ends the day after
		due := r.on(p.Policy, day)
		switch {
		case due.Before(today) || !due.After(served):
		case due.After(now):
			return due, nil
		default:
			if err = p.send(ctx, now, day, due, r); err != nil {
				return time.Time{}, err
			}
		}
	}
	return time.Time{}, nil
}

// send writes a regular report to everybody who has its role, or to the owner where
// nobody is supervisor: those of the shift that ends. Who is only a stand-in for pages
// gets none.
func (p *Reporter) send(ctx context.Context, now, day, due time.Time, r routine) error {
	roster, err := p.Store.Roster(ctx, due.Add(-time.Millisecond))
	if err != nil {
		return err
	}
	to := holders(roster, r.role)
	if len(to) == 0 {
		to = holders(roster, shop.RoleOwner)
	}
	var drafts []shop.Draft
	if len(to) > 0 {
		text := templates.Report{Title: r.title, Advice: r.advice}
		if drafts, err = p.write(ctx, now, r.period(p.Policy, day, due), text, to, shop.LaneAlert); err != nil {
			return err
		}
	}
	if err = p.Store.WriteReport(ctx, now, r.key, due, p.NewID, drafts); err != nil {
		return err
	}
	p.Outbox.Wake()
	return nil
}

func holders(roster shop.Roster, role shop.Role) (out []shop.Person) {
	for _, person := range roster {
		if person.Has(role) {
			out = append(out, person)
		}
	}
	return out
}

// write makes the message of a report: its text, as the caption of its picture.
func (p *Reporter) write(ctx context.Context, now time.Time, period shop.Period, text templates.Report, to []shop.Person, lane shop.Lane) ([]shop.Draft, error) {
	figures, err := p.Store.Report(ctx, period, now)
	if err != nil {
		return nil, err
	}
	text.Report = figures
	said, err := p.Texts.Render(text, nil)
	if err != nil {
		return nil, err
	}
	var picture *shop.File
	if p.Draw != nil && !figures.Empty() {
		if picture, err = p.Draw(figures, text.Title, now); err != nil {
			p.Log.Error().Err(err).Msg("the picture of a report could not be made; its text goes alone")
			picture = nil
		}
	}
	var drafts []shop.Draft
	for _, person := range to {
		drafts = append(drafts, shop.Draft{To: person.ID, Lane: lane, Text: said.Text, File: picture, Exempt: true})
	}
	return drafts, nil
}
