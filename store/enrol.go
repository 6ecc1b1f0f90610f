package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"bestie/shop"
)

// phones finds what may be a phone number in a command.
var phones = regexp.MustCompile(`\+?\d[\d.()-]{7,20}\d`)

// loadShops reads who is named by phone number in the words of an admin, or in what waits
// for a confirmation.
func loadShops(ctx context.Context, tx *transaction, t shop.Turn, d *shop.Desk) error {
	var named []string
	for _, m := range t.Messages {
		named = append(named, phones.FindAllString(m.Text[:min(len(m.Text), 2*numberWithin)], -1)...)
	}
	if m := t.Conversation.Memory.Desk; m != nil && m.Change != nil {
		named = append(named, m.Change.Phone)
	}
	for _, text := range named[:min(len(named), mostNumbers)] {
		phone, ok := shop.PhoneNumber(text)
		if !ok || d.ShopOf(phone) != nil {
			continue
		}
		v, err := shopView(ctx, tx, phone)
		if err != nil {
			return err
		}
		d.Shops = append(d.Shops, v)
	}
	return nil
}

func shopView(ctx context.Context, q querier, phone string) (v shop.ShopView, err error) {
	v.Phone = phone
	var roles string
	err = q.QueryRowContext(ctx, "SELECT "+peopleColumns+`, COALESCE((SELECT GROUP_CONCAT(role, ' ') FROM person_roles WHERE person_id = p.id), ''),
			EXISTS (SELECT 1 FROM inbox WHERE person_id = p.id AND from_me = 0),
			COALESCE((SELECT suspended_at > 0 FROM dropshippers WHERE person_id = p.id), 0)
		FROM people p WHERE p.phone = $1`, phone).
		Scan(&v.ID, &v.LID, &v.Person.Phone, &v.Name, &v.PushName, &roles, &v.Wrote, &v.Suspended)
	if errors.Is(err, sql.ErrNoRows) {
		return v, nil
	} else if err != nil {
		return v, err
	}
	for _, role := range strings.Fields(roles) {
		v.Roles = append(v.Roles, shop.Role(role))
	}
	v.Dropshipper, err = dropshipper(ctx, q, v.ID)
	return v, err
}

// ChangeShop writes one change to a dropshipper that nobody in a chat made; err is a
// *shop.Error when it does not fit what is on record.
func (db *DB) ChangeShop(ctx context.Context, now time.Time, c shop.ShopChange) error {
	return db.tx(ctx, func(tx *transaction) error { return changeShop(ctx, tx, now, nil, c) })
}

// ShopList is every dropshipper by the name of the shop.
func (db *DB) ShopList(ctx context.Context) ([]shop.ShopView, error) {
	phones, err := collect(ctx, db.r, func(rows *sql.Rows) (phone string, err error) { return phone, rows.Scan(&phone) },
		"SELECT p.phone FROM dropshippers d JOIN people p ON p.id = d.person_id WHERE p.phone IS NOT NULL ORDER BY d.shop, p.id")
	var out []shop.ShopView
	for _, phone := range phones {
		v, err := shopView(ctx, db.r, phone)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, err
}

// ShopHistory is every change to the dropshipper with a phone number, oldest first.
func (db *DB) ShopHistory(ctx context.Context, phone string) ([]shop.ShopRecord, error) {
	return shopChanges(ctx, db.r, "p.phone = $1", phone)
}

func shopChanges(ctx context.Context, q querier, where string, args ...any) ([]shop.ShopRecord, error) {
	return collect(ctx, q, func(rows *sql.Rows) (r shop.ShopRecord, err error) {
		var changed int64
		err = rows.Scan(&changed, &r.By, &r.Kind, &r.Old, &r.New, &r.Reason, &r.Person)
		r.At = at(changed)
		return r, err
	}, `SELECT c.at, COALESCE((SELECT CASE WHEN name <> '' THEN name ELSE push_name END FROM people WHERE id = c.by_id), ''), c.what, c.old, c.new, c.reason,
			c.person_id FROM dropshipper_changes c JOIN people p ON p.id = c.person_id WHERE `+where+" ORDER BY c.id", args...)
}

// changeShop writes one change to a dropshipper and who made it, nil for nobody in a chat.
func changeShop(ctx context.Context, tx *transaction, now time.Time, by any, c shop.ShopChange) error {
	v, err := shopView(ctx, tx, c.Phone)
	if err != nil {
		return err
	}
	old, changed := "", ""
	if why := c.Misfit(v); why != nil {
		return why
	}
	switch d := v.Dropshipper; {
	case c.Kind == shop.ShopEnrol:
		p, err := register(ctx, tx, now, c.Phone, "", shop.RoleDropshipper)
		if err != nil {
			return err
		}
		v.ID, changed = p.ID, fmt.Sprintf("%s, %s", c.Shop, c.Limit)
		_, err = tx.ExecContext(ctx, `INSERT INTO dropshippers (person_id, shop, credit_limit, bank_account) VALUES ($1, $2, $3, $4)`, p.ID, c.Shop, c.Limit, c.Account)
		if err != nil {
			return err
		}
	case c.Kind == shop.ShopLimit:
		old, changed = d.Limit.String(), c.Limit.String()
		if _, err = tx.ExecContext(ctx, "UPDATE dropshippers SET credit_limit = $1 WHERE person_id = $2", c.Limit, v.ID); err != nil {
			return err
		}
	default:
		at := int64(0)
		if c.Kind == shop.ShopSuspend {
			at = ms(now)
		}
		old, changed = standing(v.Suspended), standing(c.Kind == shop.ShopSuspend)
		if _, err = tx.ExecContext(ctx, "UPDATE dropshippers SET suspended_at = $1 WHERE person_id = $2", at, v.ID); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO dropshipper_changes (person_id, at, by_id, what, old, new, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)",
		v.ID, ms(now), by, c.Kind, old, changed, c.Reason)
	if err != nil {
		return err
	}
	return release(ctx, tx, now, v.ID)
}

func standing(suspended bool) string {
	if suspended {
		return "suspended"
	}
	return "active"
}
