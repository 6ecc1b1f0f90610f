package scheduler

import (
	"context"
	"time"

	"bestie/shop"
	"bestie/templates"
)

// PhoneStore is what the phone watch needs of the database.
type PhoneStore interface {
	Instant(ctx context.Context, key string) (time.Time, error)
	SetInstant(ctx context.Context, key string, t time.Time) error
	Roster(ctx context.Context, now time.Time) (shop.Roster, error)
	Alert(ctx context.Context, now time.Time, newID func() string, alerts []shop.Draft) error
}

// PhoneWatch warns the owner when the shop phone has not been seen for 7 and for
// 11 days: WhatsApp drops the linked devices of a phone that stays away for
// about 14 (field guide, section 2).
type PhoneWatch struct {
	Store  PhoneStore
	Texts  *templates.Texts
	NewID  func() string
	Key    string // the setting in which the adapter notes when it saw the phone
	Outbox *Worker
}

// phoneWarned is the setting that holds the instant for which the last warning
// was given, so that a restart does not repeat it.
const phoneWarned = "phone_warned_at"

var phoneAges = []time.Duration{7 * 24 * time.Hour, 11 * 24 * time.Hour}

// Step warns if an age has been reached that was not warned of yet.
func (w *PhoneWatch) Step(ctx context.Context, now time.Time) (time.Time, error) {
	seen, err := w.Store.Instant(ctx, w.Key)
	if err != nil || seen.IsZero() {
		return time.Time{}, err
	}
	warned, err := w.Store.Instant(ctx, phoneWarned)
	if err != nil {
		return time.Time{}, err
	}
	for i := len(phoneAges) - 1; i >= 0; i-- {
		due := seen.Add(phoneAges[i])
		if due.After(now) || !due.After(warned) {
			continue
		}
		if err = w.warn(ctx, now, now.Sub(seen)); err != nil {
			return time.Time{}, err
		}
		if err = w.Store.SetInstant(ctx, phoneWarned, due); err != nil {
			return time.Time{}, err
		}
		break
	}
	for _, age := range phoneAges {
		if due := seen.Add(age); due.After(now) {
			return due, nil
		}
	}
	return time.Time{}, nil
}

func (w *PhoneWatch) warn(ctx context.Context, now time.Time, away time.Duration) error {
	r, err := w.Texts.Render(templates.PhoneAway{For: away}, nil)
	if err != nil {
		return err
	}
	roster, err := w.Store.Roster(ctx, now)
	if err != nil {
		return err
	}
	defer w.Outbox.Wake()
	return w.Store.Alert(ctx, now, w.NewID, Alerts(roster, shop.RankOwner, r.Text))
}
