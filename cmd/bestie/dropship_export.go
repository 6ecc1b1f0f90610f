package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"bestie/shop"
	"bestie/store"
)

// DropshipExportCommand writes all books of dropshippers as one spreadsheet.
type DropshipExportCommand struct {
	File string `arg:"" help:"A new file that ends in .xlsx."`
}

// Run reads; it changes nothing but the new file.
func (c *DropshipExportCommand) Run(ctx context.Context, env *Environment) (err error) {
	if !strings.EqualFold(filepath.Ext(c.File), ".xlsx") {
		return &UsageError{errors.New("the file must end in .xlsx")}
	}
	config, err := env.load(false)
	if err != nil {
		return err
	}
	db, err := env.look(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	sheets, err := bookSheets(ctx, db, config.Dropship.Terms, time.Now())
	if err != nil {
		return err
	}
	if err = writeNewSheets(c.File, sheets...); err != nil {
		return err
	}
	var said []string
	for _, s := range sheets {
		said = append(said, fmt.Sprintf("%s %d", s.name, len(s.rows)-1))
	}
	_, err = fmt.Fprintf(env.Out, "Written to %s: %s.\n", c.File, strings.Join(said, ", "))
	return err
}

func bookSheets(ctx context.Context, db *store.DB, terms time.Duration, now time.Time) (out []newSheet, err error) {
	names, err := db.PeopleNames(ctx)
	if err != nil {
		return nil, err
	}
	for _, sheet := range []func(context.Context, *store.DB, map[int64]string) (newSheet, error){
		shopSheet, orderSheet, paymentSheet,
		func(ctx context.Context, db *store.DB, _ map[int64]string) (newSheet, error) {
			return ledgerSheet(ctx, db)
		},
		func(ctx context.Context, db *store.DB, _ map[int64]string) (newSheet, error) {
			return agingSheet(ctx, db, terms, now)
		},
		changeSheet,
	} {
		s, err := sheet(ctx, db, names)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

func shopSheet(ctx context.Context, db *store.DB, _ map[int64]string) (newSheet, error) {
	rows := [][]string{{"shop", "phone", "limit", "used", "free", "pays from", "suspended", "reminders"}}
	list, err := db.ShopList(ctx)
	for _, v := range list {
		d := v.Dropshipper
		rows = append(rows, []string{d.Shop, v.Phone, rupiahCell(d.Limit), rupiahCell(d.Used), rupiahCell(d.Free()), d.BankAccount, timeCell(d.Suspended), yesNo(!d.Quiet)})
	}
	return newSheet{"dropshippers", rows}, err
}

func orderSheet(ctx context.Context, db *store.DB, names map[int64]string) (newSheet, error) {
	rows := [][]string{{"order", "by", "dropship", "state", "items", "total", "recipient", "phone", "address", "note", "ordered at (WIB)", "booked at", "changed at", "receipt", "message"}}
	all, err := db.AllOrders(ctx)
	for _, o := range all {
		var items []string
		for _, i := range o.Items {
			items = append(items, strings.TrimSpace(fmt.Sprintf("%d × %s %s", i.Count, i.Product, i.Variant)))
		}
		rows = append(rows, []string{
			strconv.FormatInt(o.ID, 10), names[o.PersonID], yesNo(o.Dropship), string(o.State), strings.Join(items, ", "), rupiahCell(o.Total),
			o.Recipient, o.Phone, o.Address, o.Note, timeCell(o.OrderedAt), timeCell(o.PlacedAt), timeCell(o.ChangedAt), o.Receipt, o.Source,
		})
	}
	return newSheet{"orders", rows}, err
}

func paymentSheet(ctx context.Context, db *store.DB, names map[int64]string) (newSheet, error) {
	rows := [][]string{{"payment", "by", "shop", "amount", "code", "transfer", "state", "received", "announced at (WIB)", "expires at", "closed at", "closed by", "reason", "message"}}
	all, err := db.AllPayments(ctx)
	for _, p := range all {
		by := names[p.ClosedBy]
		if p.ClosedBy == 0 && !p.ClosedAt.IsZero() {
			by = "the program"
		}
		rows = append(rows, []string{
			strconv.FormatInt(p.ID, 10), names[p.PersonID], p.Shop, rupiahCell(p.Amount), fmt.Sprintf("%03d", p.Code), rupiahCell(p.Transfer()), string(p.State),
			rupiahCell(p.Received), timeCell(p.OpenedAt), timeCell(p.ExpiresAt), timeCell(p.ClosedAt), by, p.Reason, p.Source,
		})
	}
	return newSheet{"payments", rows}, err
}

func agingSheet(ctx context.Context, db *store.DB, terms time.Duration, now time.Time) (newSheet, error) {
	rows := [][]string{{"shop", "phone", "not due", "up to 7 days", "up to 30 days", "older", "total", "due since"}}
	shops, _, err := aging(ctx, db, terms, now)
	for _, r := range shops {
		rows = append(rows, []string{r.Shop, r.Phone, rupiahCell(r.Current), rupiahCell(r.Week), rupiahCell(r.Month), rupiahCell(r.Older), rupiahCell(r.Total), r.Due})
	}
	return newSheet{"aging", rows}, err
}

func changeSheet(ctx context.Context, db *store.DB, names map[int64]string) (newSheet, error) {
	rows := [][]string{{"at (WIB)", "shop", "who", "what", "before", "after", "why"}}
	all, err := db.ShopChanges(ctx)
	for _, r := range all {
		by := r.By
		if by == "" {
			by = "command line"
		}
		rows = append(rows, []string{timeCell(r.At), names[r.Person], by, string(r.Kind), r.Old, r.New, r.Reason})
	}
	return newSheet{"changes", rows}, err
}

func rupiahCell(r shop.Rupiah) string { return strconv.FormatInt(int64(r), 10) }

func timeCell(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(shop.WIB).Format("2006-01-02 15:04:05")
}
