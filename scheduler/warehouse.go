package scheduler

import (
	"context"
	"time"

	"bestie/shop"
	"bestie/templates"
)

// DispatchStore is what the dispatcher needs of the database.
type DispatchStore interface {
	HandOver(ctx context.Context, now time.Time, newID func() string, compose func(shop.Division, shop.Purchase) (shop.Draft, error)) (int, error)
	Unpacked(ctx context.Context, before time.Time) (*shop.Division, []shop.Purchase, error)
	Late(ctx context.Context, now time.Time, most int) ([]int64, error)
	Remind(ctx context.Context, now time.Time, person int64, newID func() string, compose func(shop.Account) ([]shop.Draft, error)) error
	WriteReport(ctx context.Context, now time.Time, key string, due time.Time, newID func() string, drafts []shop.Draft) error
	Instant(ctx context.Context, key string) (time.Time, error)
	SetInstant(ctx context.Context, key string, t time.Time) error
}

// DispatchPolicy says until when orders leave the same day.
type DispatchPolicy struct {
	Cutoff    shop.Cutoff
	Remind    time.Duration // since midnight (WIB); negative: never
	Reminders int           // most reminders a dropshipper gets in seven days
}

// Dispatcher brings orders to the warehouse, and reminds of what would miss the day's
// cut-off. An order is numbered where it is booked; here it is only told, so that whatever
// lets an order go need not know how it is told.
type Dispatcher struct {
	Store  DispatchStore
	Texts  *templates.Texts
	Policy DispatchPolicy
	NewID  func() string
	Outbox *Worker // woken when something was written
}

// Step tells the warehouse what is due and returns when the next reminder is.
func (d *Dispatcher) Step(ctx context.Context, now time.Time) (time.Time, error) {
	for ctx.Err() == nil {
		n, err := d.Store.HandOver(ctx, now, d.NewID, func(to shop.Division, p shop.Purchase) (shop.Draft, error) {
			return d.write(templates.PurchaseOrder{Purchase: p, Group: to.Person.IsGroup()}, 0)
		})
		if err != nil {
			return time.Time{}, err
		}
		if n == 0 {
			break
		}
		d.Outbox.Wake()
	}
	return d.remind(ctx, now)
}

// cutoffReminded is the setting of the last day's reminder.
const cutoffReminded = "cutoff_reminded_at"

// remind names what would miss today's cut-off, once a day on which the shop works. After
// the cut-off it is too late to help.
func (d *Dispatcher) remind(ctx context.Context, now time.Time) (time.Time, error) {
	if d.Policy.Remind < 0 {
		return time.Time{}, nil
	}
	today := shop.DayOf(now)
	due, cutoff := today.Start().Add(d.Policy.Remind), today.Start().Add(d.Policy.Cutoff.Clock)
	if due.After(now) {
		return due, nil
	}
	tomorrow := (today + 1).Start().Add(d.Policy.Remind)
	if !now.Before(cutoff) || !d.Policy.Cutoff.Works(today) {
		return tomorrow, nil
	}
	served, err := d.Store.Instant(ctx, cutoffReminded)
	if err != nil || !served.Before(due) {
		return tomorrow, err
	}
	to, list, err := d.Store.Unpacked(ctx, cutoff)
	if err != nil {
		return time.Time{}, err
	}
	if to == nil {
		return tomorrow, nil
	}
	var drafts []shop.Draft
	if len(list) > 0 {
		text := templates.PurchaseReminder{Cutoff: cutoff}
		for _, p := range list {
			text.Numbers = append(text.Numbers, p.Number)
		}
		draft, err := d.write(text, to.Person.ID)
		if err != nil {
			return time.Time{}, err
		}
		drafts = append(drafts, draft)
	}
	if err = d.Store.WriteReport(ctx, now, cutoffReminded, due, d.NewID, drafts); err != nil {
		return time.Time{}, err
	}
	defer d.Outbox.Wake()
	return tomorrow, d.remindLate(ctx, now, cutoff)
}

// remindLate writes to dropshippers whose orders are not on their way to the warehouse, in
// the working day.
func (d *Dispatcher) remindLate(ctx context.Context, now, cutoff time.Time) error {
	if !now.Before(shop.Midnight(now).Add(workdayEnds)) {
		return nil
	}
	people, err := d.Store.Late(ctx, now, d.Policy.Reminders)
	if err != nil {
		return err
	}
	for _, person := range people {
		err = d.Store.Remind(ctx, now, person, d.NewID, func(a shop.Account) ([]shop.Draft, error) {
			draft, err := d.write(templates.OrderLate{Shop: a.Shop, Parked: a.Parked, Missing: a.Missing(0), Cutoff: cutoff}, person)
			draft.Lane = shop.LaneReply
			return []shop.Draft{draft}, err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (d *Dispatcher) write(t templates.Text, to int64) (shop.Draft, error) {
	said, err := d.Texts.Render(t, nil)
	return shop.Draft{To: to, Lane: shop.LaneAlert, Text: said.Text, Exempt: true}, err
}
