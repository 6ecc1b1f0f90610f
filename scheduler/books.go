package scheduler

import (
	"context"
	"errors"
	"time"

	"github.com/rs/zerolog"

	"bestie/shop"
	"bestie/templates"
)

// BooksStore is what the bookkeeper needs of the database.
type BooksStore interface {
	VoidPayment(ctx context.Context, now time.Time, newID func() string, compose func(a shop.Account, p shop.Payment, proven bool) ([]shop.Draft, error)) (int, error)
	NextVoid(ctx context.Context) (time.Time, bool, error)
	Debtors(ctx context.Context, now time.Time, most int) ([]int64, error)
	Remind(ctx context.Context, now time.Time, person int64, newID func() string, compose func(shop.Account) ([]shop.Draft, error)) error
	Verify(ctx context.Context) (shop.Audit, error)
	Digest(ctx context.Context, now, due time.Time, found shop.Audit, newID func() string, drafts []shop.Draft, alarm string) error
	Instant(ctx context.Context, key string) (time.Time, error)
	SetInstant(ctx context.Context, key string, t time.Time) error
	Roster(ctx context.Context, now time.Time) (shop.Roster, error)
}

// BooksPolicy says when the bookkeeper works, as time since midnight (WIB).
type BooksPolicy struct {
	Digest    time.Duration // of the ledger, to the owner; negative: never
	Remind    time.Duration // of what is due, to dropshippers; negative: never
	Reminders int           // most reminders a dropshipper gets in seven days
	Terms     time.Duration // how long after an order its cost is due
}

// workdayEnds is when it is too late for a reminder that was missed (domain facts,
// section 7: the shop's day).
const workdayEnds = 20 * time.Hour

// Bookkeeper closes payments that nobody confirmed, reminds of what is due, and lets the
// owner hold the ledger to what it said the day before.
type Bookkeeper struct {
	Store  BooksStore
	Texts  *templates.Texts
	Policy BooksPolicy
	NewID  func() string
	Outbox *Worker // woken when something was written
	Alarms *Worker // woken when the second channels have something to say
	Log    zerolog.Logger
}

// Step does what is due and returns when something will be.
func (k *Bookkeeper) Step(ctx context.Context, now time.Time) (time.Time, error) {
	next, err := k.void(ctx, now)
	if err != nil {
		return time.Time{}, err
	}
	for _, r := range []struct {
		key   string
		clock time.Duration
		do    func(ctx context.Context, now, due time.Time) error
	}{{"due_reminded_at", k.Policy.Remind, k.remind}, {"ledger_digest_at", k.Policy.Digest, k.digest}} {
		due, err := k.daily(ctx, now, r.key, r.clock, r.do)
		if err != nil {
			return time.Time{}, err
		}
		if !due.IsZero() && (next.IsZero() || due.Before(next)) {
			next = due
		}
	}
	return next, nil
}

// daily does something once a day and returns when it is due next. What was missed on an
// earlier day is left out, and a program that has never run owes nothing of before.
func (k *Bookkeeper) daily(ctx context.Context, now time.Time, key string, clock time.Duration, do func(ctx context.Context, now, due time.Time) error) (time.Time, error) {
	if clock < 0 {
		return time.Time{}, nil
	}
	served, err := k.Store.Instant(ctx, key)
	if err == nil && served.IsZero() {
		served, err = now, k.Store.SetInstant(ctx, key, now)
	}
	if err != nil {
		return time.Time{}, err
	}
	due := shop.Midnight(now).Add(clock)
	if due.After(now) {
		return due, nil
	}
	if due.After(served) {
		if err = do(ctx, now, due); err != nil {
			return time.Time{}, err
		}
		if err = k.Store.SetInstant(ctx, key, due); err != nil {
			return time.Time{}, err
		}
	}
	return shop.Midnight(now).AddDate(0, 0, 1).Add(clock), nil
}

// void closes what waited too long, one payment a transaction.
func (k *Bookkeeper) void(ctx context.Context, now time.Time) (time.Time, error) {
	for {
		at, ok, err := k.Store.NextVoid(ctx)
		if err != nil || !ok || at.After(now) {
			return at, err
		}
		roster, err := k.Store.Roster(ctx, now)
		if err != nil {
			return time.Time{}, err
		}
		n, err := k.Store.VoidPayment(ctx, now, k.NewID, func(a shop.Account, p shop.Payment, proven bool) ([]shop.Draft, error) {
			out, err := k.write(templates.PaymentVoid{Shop: a.Shop, Transfer: p.Transfer(), At: p.OpenedAt}, a.PersonID, shop.LaneReply)
			if !proven {
				return out, err
			}
			for _, admin := range roster.For(shop.RankDuty) { // who sent a picture may well have paid
				more, wrong := k.write(templates.PaymentMissed{Number: p.Number, Shop: a.Shop, Transfer: p.Transfer(), At: p.OpenedAt}, admin.ID, shop.LaneAlert)
				out, err = append(out, more...), errors.Join(err, wrong)
			}
			return out, err
		})
		if err != nil || n == 0 {
			return time.Time{}, err
		}
		k.Outbox.Wake()
	}
}

// remind writes to everybody whose debt is due. After the end of the working day it is
// left out.
func (k *Bookkeeper) remind(ctx context.Context, now, _ time.Time) error {
	if !now.Before(shop.Midnight(now).Add(workdayEnds)) {
		return nil
	}
	debtors, err := k.Store.Debtors(ctx, now, k.Policy.Reminders)
	if err != nil {
		return err
	}
	for _, person := range debtors {
		err = k.Store.Remind(ctx, now, person, k.NewID, func(a shop.Account) ([]shop.Draft, error) {
			due := a.Due(k.Policy.Terms)
			if due.IsZero() || due.After(now) {
				return nil, nil
			}
			return k.write(templates.PaymentDue{Shop: a.Shop, Owed: a.Used, Since: a.DueSince, Pending: a.Pending}, person, shop.LaneReply)
		})
		if err != nil {
			return err
		}
	}
	k.Outbox.Wake()
	return nil
}

// digest verifies the ledger and tells the owner where it stands. If it is not what was
// booked, or not what the last digest said, the second channels are told too.
func (k *Bookkeeper) digest(ctx context.Context, now, due time.Time) error {
	found, err := k.Store.Verify(ctx)
	if err != nil {
		return err
	}
	if found.Postings == 0 && found.Broken == nil {
		return nil // nothing was ever booked
	}
	text := templates.LedgerDigest{At: due, Owed: found.Outstanding, Postings: found.Postings, Entries: found.Entries, Head: found.Head.String()[:headShown], Broken: found.Broken}
	lane, alarm := shop.LaneReply, ""
	if found.Broken != nil {
		lane = shop.LaneAlert
		k.Log.Error().Stringer("place", found.Broken).Msg("the ledger is not what was booked")
		said, err := k.Texts.Render(text, nil)
		if err != nil {
			return err
		}
		alarm = said.Text
	}
	roster, err := k.Store.Roster(ctx, now)
	if err != nil {
		return err
	}
	var drafts []shop.Draft
	for _, owner := range holders(roster, shop.RoleOwner) {
		more, err := k.write(text, owner.ID, lane)
		if err != nil {
			return err
		}
		drafts = append(drafts, more...)
	}
	if err = k.Store.Digest(ctx, now, due, found, k.NewID, drafts, alarm); err != nil {
		return err
	}
	k.Outbox.Wake()
	if k.Alarms != nil {
		k.Alarms.Wake()
	}
	return nil
}

// headShown is how many digits of the last hash the owner is sent: enough that nobody
// finds another ledger with the same.
const headShown = 12

func (k *Bookkeeper) write(text templates.Text, to int64, lane shop.Lane) ([]shop.Draft, error) {
	said, err := k.Texts.Render(text, nil)
	if err != nil {
		return nil, err
	}
	return []shop.Draft{{To: to, Lane: lane, Text: said.Text, Exempt: true}}, nil
}
