package store

import (
	"errors"
	"testing"
	"time"

	"bestie/shop"
)

// TestListsAreKept: products and admins are read once, not for every turn; a change
// is seen, and what was read inside a transaction that failed is forgotten.
func TestListsAreKept(t *testing.T) {
	l := newLab(t)
	product := shop.Product{Name: "bakso", Price: 25_000, Stock: -1}
	l.must(l.PutProduct(l.ctx, product))
	look := func(fail error) []shop.Product {
		var list []shop.Product
		err := l.tx(l.ctx, func(tx *transaction) error {
			var version int64
			if err := tx.QueryRowContext(l.ctx, "SELECT version FROM lists").Scan(&version); err != nil {
				return err
			}
			lists, err := l.lists(l.ctx, tx, version)
			if err == nil {
				list = lists.products
			}
			return errors.Join(err, fail)
		})
		if !errors.Is(err, fail) {
			t.Fatal(err)
		}
		return list
	}
	first := look(nil)
	l.must(l.SetInstant(l.ctx, "any", start)) // another writer, alone
	if second := look(nil); &first[0] != &second[0] {
		t.Error("the lists were read anew though nothing has changed")
	}
	product.Price = 26_000
	l.must(l.PutProduct(l.ctx, product))
	if list := look(nil); list[0].Price != 26_000 {
		t.Error("a new price was not seen")
	}
	look(errors.New("no"))
	if l.kept != nil {
		t.Error("lists from a transaction that failed are kept")
	}
}

// TestRosterFollowsTheClock: a turn gets the roster of its instant, also when the
// clock goes back, and a person without a role may be on a shift.
func TestRosterFollowsTheClock(t *testing.T) {
	l := newLab(t)
	days := []time.Weekday{0, 1, 2, 3, 4, 5, 6}
	l.SetPlan(shop.Plan{Shifts: []shop.Shift{
		{Days: days, From: 6 * time.Hour, Until: 22 * time.Hour, Duty: "Sari"},
		{Days: days, From: 22 * time.Hour, Until: 6 * time.Hour, Duty: "Rani"},
	}, Absences: []shop.Absence{{Person: "Sari", From: shop.Midnight(start).AddDate(0, 0, 2), To: shop.Midnight(start).AddDate(0, 0, 2), StandIn: "Rani"}}})
	l.must(l.SetRoster(l.ctx, start, []shop.Person{
		{Name: "Sari", Address: shop.Address{Phone: "S"}, Roles: []shop.Role{shop.RoleDuty, shop.RoleOwner}},
		{Name: "Rani", Address: shop.Address{Phone: "R"}},
	}))
	if rani, _, err := l.PersonByPhone(l.ctx, "R"); err != nil || !rani.IsAdmin() {
		t.Errorf("who has no role is no admin: %+v, %v", rani, err)
	}
	for _, c := range []struct {
		after time.Duration
		duty  string
	}{{0, "Sari"}, {12 * time.Hour, "Rani"}, {12*time.Hour - 1, "Sari"}, {20 * time.Hour, "Sari"}, {19 * time.Hour, "Rani"}, {48 * time.Hour, "Rani"}, {72 * time.Hour, "Sari"}} {
		at := start.Add(c.after)
		seen := l.ask(1, at)
		roster, err := l.Roster(l.ctx, at)
		l.must(err)
		for from, r := range map[string]shop.Roster{"a turn": seen.Roster, "the store": roster} {
			if duty, _ := r.With(shop.RoleDuty); duty.Name != c.duty || len(r) != 2 {
				t.Errorf("after %v %s has %s on duty, want %s (%d people)", c.after, from, duty.Name, c.duty, len(r))
			}
		}
		if owner, _ := seen.Roster.With(shop.RoleOwner); owner.Name != "Sari" && c.after != 48*time.Hour {
			t.Errorf("after %v the owner is %q", c.after, owner.Name)
		}
		if len(seen.Plan.Shifts) != 2 || len(seen.Plan.People) != 2 {
			t.Errorf("the turn sees the plan %+v", seen.Plan)
		}
	}
}
