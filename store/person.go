package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"bestie/shop"
)

const personColumns = "id, COALESCE(lid, ''), COALESCE(phone, ''), name, push_name"

// peopleColumns are the same of a table joined as p.
const peopleColumns = "p.id, COALESCE(p.lid, ''), COALESCE(p.phone, ''), p.name, p.push_name"

func scanPerson(row interface{ Scan(...any) error }) (p shop.Person, err error) {
	err = row.Scan(&p.ID, &p.LID, &p.Phone, &p.Name, &p.PushName)
	return p, err
}

// Register makes sure that a phone number stands in the books under this name,
// with this role if one is given, and returns the person.
func (db *DB) Register(ctx context.Context, now time.Time, phone, name string, role shop.Role) (p shop.Person, err error) {
	err = db.tx(ctx, func(tx *transaction) error {
		p, err = register(ctx, tx, now, phone, name, role)
		return err
	})
	return p, err
}

func register(ctx context.Context, tx *transaction, now time.Time, phone, name string, role shop.Role) (shop.Person, error) {
	p, err := meet(ctx, tx, now, shop.Address{Phone: phone}, "")
	if err != nil {
		return p, err
	}
	if name != "" {
		p.Name = name
		if _, err = tx.ExecContext(ctx, "UPDATE people SET name = $1 WHERE id = $2", name, p.ID); err != nil {
			return p, err
		}
	}
	if role != "" {
		_, err = tx.ExecContext(ctx, "INSERT INTO person_roles (person_id, role) VALUES ($1, $2) ON CONFLICT DO NOTHING", p.ID, role)
	}
	return p, err
}

// SetRoster makes exactly these people admins, in this order of naming. Who has no
// role gets RoleStaff: paged when a shift names them.
func (db *DB) SetRoster(ctx context.Context, now time.Time, roster []shop.Person) error {
	return db.tx(ctx, func(tx *transaction) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM person_roles WHERE role IN ("+adminRoles+")"); err != nil {
			return err
		}
		for _, a := range roster {
			p, err := meet(ctx, tx, now, shop.Address{Phone: a.Phone}, "")
			if err != nil {
				return err
			}
			if _, err = tx.ExecContext(ctx, "UPDATE people SET name = $1 WHERE id = $2", a.Name, p.ID); err != nil {
				return err
			}
			for _, role := range orStaff(a.Roles) {
				if _, err = tx.ExecContext(ctx, "INSERT INTO person_roles (person_id, role) VALUES ($1, $2) ON CONFLICT DO NOTHING", p.ID, role); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func orStaff(roles []shop.Role) []shop.Role {
	if len(roles) == 0 {
		return []shop.Role{shop.RoleStaff}
	}
	return roles
}

// PersonByPhone finds somebody by number; ok is false when nobody has it.
func (db *DB) PersonByPhone(ctx context.Context, phone string) (p shop.Person, ok bool, err error) {
	p, err = scanPerson(db.r.QueryRowContext(ctx, "SELECT "+personColumns+" FROM people WHERE phone = $1", phone))
	if errors.Is(err, sql.ErrNoRows) {
		return p, false, nil
	} else if err != nil {
		return p, false, err
	}
	err = loadRoles(ctx, db.r, &p)
	return p, err == nil, err
}

// Roster returns who answers for the desk at an instant.
func (db *DB) Roster(ctx context.Context, now time.Time) (shop.Roster, error) {
	return db.roster(ctx, db.r, now)
}

func (db *DB) roster(ctx context.Context, q querier, now time.Time) (shop.Roster, error) {
	plan, err := db.planned(ctx, q)
	return plan.At(now), err
}

// planned is the plan with its people: all admins, in the order in which their roles
// were given.
func (db *DB) planned(ctx context.Context, q querier) (shop.Plan, error) {
	people, err := collect(ctx, q, func(rows *sql.Rows) (p shop.Person, err error) {
		var roles string
		err = rows.Scan(&p.ID, &p.LID, &p.Phone, &p.Name, &p.PushName, &roles)
		for _, role := range strings.Fields(roles) {
			p.Roles = append(p.Roles, shop.Role(role))
		}
		return p, err
	}, "SELECT "+personColumns+`, GROUP_CONCAT(role, ' ') FROM person_roles JOIN people ON id = person_id
		WHERE role IN (`+adminRoles+`) GROUP BY person_id ORDER BY MIN(person_roles.rowid)`)
	return shop.Plan{People: people, Shifts: db.plan.Shifts, Absences: db.plan.Absences}, err
}

// adminRoles are the roles of whoever works for the desk.
const adminRoles = "'duty', 'second', 'supervisor', 'owner', 'staff'"

func loadRoles(ctx context.Context, q querier, p *shop.Person) (err error) {
	p.Roles, err = collect(ctx, q, func(rows *sql.Rows) (r shop.Role, err error) { return r, rows.Scan(&r) },
		"SELECT role FROM person_roles WHERE person_id = $1 ORDER BY role", p.ID)
	return err
}

// meet finds the person behind an address or writes a new row. A LID is the
// identity; a phone number that was registered before its owner ever wrote gets
// its LID here, and two rows that turn out to be one person become one.
func meet(ctx context.Context, tx *transaction, now time.Time, a shop.Address, pushName string) (shop.Person, error) {
	if a.IsZero() {
		return shop.Person{}, errors.New("an address needs a LID or a phone number")
	}
	byLID, byPhone, err := findPeople(ctx, tx, a)
	if err != nil {
		return shop.Person{}, err
	}
	var p shop.Person
	switch {
	case byLID == nil && byPhone == nil:
		return insertPerson(ctx, tx, now, a, pushName)
	case byLID == nil:
		p, err = nameLID(ctx, tx, now, *byPhone, a, pushName)
	case byPhone == nil:
		p, err = namePhone(ctx, tx, now, *byLID, a.Phone)
	case byLID.ID != byPhone.ID:
		p, err = reconcile(ctx, tx, now, *byLID, *byPhone, a)
	default:
		p = *byLID
	}
	if err != nil || pushName == "" || pushName == p.PushName {
		return p, err
	}
	p.PushName = pushName
	_, err = tx.ExecContext(ctx, "UPDATE people SET push_name = $1 WHERE id = $2", pushName, p.ID)
	return p, err
}

// findPeople finds who has the LID and who has the phone number of an address;
// nil for nobody.
func findPeople(ctx context.Context, q querier, a shop.Address) (byLID, byPhone *shop.Person, err error) {
	found, err := collect(ctx, q, func(rows *sql.Rows) (shop.Person, error) { return scanPerson(rows) },
		"SELECT "+personColumns+" FROM people WHERE lid = $1 OR phone = $2", text(a.LID), text(a.Phone))
	for i, p := range found {
		if a.LID != "" && p.LID == a.LID {
			byLID = &found[i]
		}
		if a.Phone != "" && p.Phone == a.Phone {
			byPhone = &found[i]
		}
	}
	return byLID, byPhone, err
}

func insertPerson(ctx context.Context, tx *transaction, now time.Time, a shop.Address, pushName string) (shop.Person, error) {
	p := shop.Person{Address: a, PushName: pushName}
	err := tx.QueryRowContext(ctx, "INSERT INTO people (lid, phone, push_name, created_at) VALUES ($1, $2, $3, $4) RETURNING id",
		text(a.LID), text(a.Phone), pushName, ms(now)).Scan(&p.ID)
	if err != nil {
		return p, err
	}
	return p, heedErasure(ctx, tx, now, p.ID, a)
}

// nameLID gives a person known by phone their LID. A phone number that comes
// with another LID has changed its owner (field guide, section 3): the number
// moves to a new person and the old one keeps their history under their LID.
func nameLID(ctx context.Context, tx *transaction, now time.Time, p shop.Person, a shop.Address, pushName string) (shop.Person, error) {
	if a.LID == "" || p.LID == a.LID {
		return p, nil
	}
	if p.LID == "" {
		p.LID = a.LID
		if _, err := tx.ExecContext(ctx, "UPDATE people SET lid = $1 WHERE id = $2", a.LID, p.ID); err != nil {
			return p, err
		}
		return p, heedErasure(ctx, tx, now, p.ID, shop.Address{LID: a.LID})
	}
	if _, err := tx.ExecContext(ctx, "UPDATE people SET phone = NULL WHERE id = $1", p.ID); err != nil {
		return p, err
	}
	return insertPerson(ctx, tx, now, a, pushName)
}

// namePhone keeps the phone number that came with a known LID.
func namePhone(ctx context.Context, tx *transaction, now time.Time, p shop.Person, phone string) (shop.Person, error) {
	if phone == "" || p.Phone == phone {
		return p, nil
	}
	p.Phone = phone
	if _, err := tx.ExecContext(ctx, "UPDATE people SET phone = $1 WHERE id = $2", phone, p.ID); err != nil {
		return p, err
	}
	return p, heedErasure(ctx, tx, now, p.ID, shop.Address{Phone: phone})
}

// reconcile settles a LID and a phone number that stand in two rows. If the
// phone's row has no LID it was registered by number before its owner wrote: the
// two are one person, and the registered row, which roles and money hang on,
// stays. Otherwise the number has moved to the owner of the LID.
func reconcile(ctx context.Context, tx *transaction, now time.Time, byLID, byPhone shop.Person, a shop.Address) (shop.Person, error) {
	if byPhone.LID != "" {
		if _, err := tx.ExecContext(ctx, "UPDATE people SET phone = NULL WHERE id = $1", byPhone.ID); err != nil {
			return byLID, err
		}
		return namePhone(ctx, tx, now, byLID, a.Phone)
	}
	if err := merge(ctx, tx, now, byLID.ID, byPhone.ID); err != nil {
		return byLID, fmt.Errorf("merging two rows of one person: %w", err)
	}
	byPhone.LID = a.LID
	byPhone.Name, byPhone.PushName = cmp.Or(byPhone.Name, byLID.Name), cmp.Or(byPhone.PushName, byLID.PushName)
	_, err := tx.ExecContext(ctx, "UPDATE people SET lid = $1, name = $2, push_name = $3 WHERE id = $4", a.LID, byPhone.Name, byPhone.PushName, byPhone.ID)
	return byPhone, err
}
