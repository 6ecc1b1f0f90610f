package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"bestie/shop"
)

// loadBooks reads what an admin asks of the books, for each message of a turn.
func loadBooks(ctx context.Context, tx *transaction, t shop.Turn, d *shop.Desk) error {
	for _, m := range t.Messages {
		kind := shop.WantsBooks(m.Text)
		if kind == "" {
			continue
		}
		b, err := books(ctx, tx, kind, m.Text, t.Now)
		if err != nil {
			return fmt.Errorf("the books for an admin: %w", err)
		}
		if d.Books == nil {
			d.Books = map[string]shop.Books{}
		}
		d.Books[m.MessageID] = b
	}
	return nil
}

func books(ctx context.Context, q querier, kind shop.BooksKind, text string, now time.Time) (b shop.Books, err error) {
	said := shop.AfterWord(text)
	switch kind {
	case shop.BooksAging:
		b.Debtors, err = debtors(ctx, q)
		return b, err
	case shop.BooksDay:
		day, ok := shop.DayOf(now), true
		if said != "" {
			day, ok = shop.DayNamed(said, day, shop.BooksBack)
		}
		if !ok {
			return b, nil
		}
		of, err := booksOfDay(ctx, q, day)
		b.Day = &of
		return b, err
	}
	names, err := shopNames(ctx, q)
	if err != nil {
		return b, err
	}
	var found []shop.ShopName
	found, b.Rest = shop.FindShops(names, said)
	b.Found, err = accountsOf(ctx, q, found[:min(len(found), shop.MostFound)])
	if err == nil && len(b.Found) == 1 {
		b.Found[0].Lines, err = lines(ctx, q, b.Found[0].Name.Person, time.Time{}, shop.MostLines)
	}
	return b, err
}

// shopNames are all dropshippers by the name of the shop.
func shopNames(ctx context.Context, q querier) ([]shop.ShopName, error) {
	return collect(ctx, q, func(rows *sql.Rows) (s shop.ShopName, err error) {
		return s, rows.Scan(&s.Person, &s.Shop, &s.Phone)
	}, "SELECT d.person_id, d.shop, COALESCE(p.phone, '') FROM dropshippers d JOIN people p ON p.id = d.person_id ORDER BY d.shop, d.person_id")
}

func accountsOf(ctx context.Context, q querier, names []shop.ShopName) (out []shop.ShopAccount, err error) {
	for _, name := range names {
		a, err := loadAccount(ctx, q, name.Person, nil)
		if err != nil {
			return nil, err
		}
		out = append(out, shop.ShopAccount{Name: name, Account: a})
	}
	return out, nil
}

// debtors are the dropshippers who owe something, worst first.
func debtors(ctx context.Context, q querier) ([]shop.ShopAccount, error) {
	names, err := collect(ctx, q, func(rows *sql.Rows) (s shop.ShopName, err error) {
		return s, rows.Scan(&s.Person, &s.Shop, &s.Phone)
	}, `SELECT d.person_id, d.shop, COALESCE(p.phone, '') FROM dropshippers d JOIN people p ON p.id = d.person_id
		JOIN balances b ON b.account = 'credit:' || d.person_id AND b.amount > 0`)
	if err != nil {
		return nil, err
	}
	all, err := accountsOf(ctx, q, names)
	shop.WorstFirst(all)
	return all, err
}

// Owing are the dropshippers who owe something, with the books; worst first.
func (db *DB) Owing(ctx context.Context) ([]shop.ShopAccount, error) { return debtors(ctx, db.r) }

// ShopNames are all dropshippers by the name of the shop.
func (db *DB) ShopNames(ctx context.Context) ([]shop.ShopName, error) { return shopNames(ctx, db.r) }

// BooksOfDay compares the ledger, the reports and the confirmed payments of a day.
func (db *DB) BooksOfDay(ctx context.Context, day shop.Day) (shop.BooksOfDay, error) {
	return booksOfDay(ctx, db.r, day)
}

// dayParts are what the rows say of a day, each a count and a sum by dropshipper.
var dayParts = []struct {
	query string
	add   func(s *shop.ShopDay, n int, sum shop.Rupiah)
}{
	{
		`SELECT o.person_id, COUNT(*), SUM(o.total) FROM postings p JOIN orders o ON o.id = CAST(substr(p.reference, 7) AS INTEGER) AND o.dropship = 1
			WHERE p.at >= $1 AND p.at < $2 AND p.reference GLOB 'order:[0-9]*' AND o.state NOT IN ('cancelled', 'returned') GROUP BY o.person_id`,
		func(s *shop.ShopDay, n int, sum shop.Rupiah) { s.Booked, s.Cost = n, sum },
	},
	{
		`SELECT o.person_id, COUNT(*), 0 FROM postings p JOIN orders o ON o.id = CAST(substr(p.reference, 7) AS INTEGER) AND o.dropship = 1
			WHERE p.at >= $1 AND p.at < $2 AND p.reference GLOB 'order:[0-9]*' AND o.state IN ('cancelled', 'returned') GROUP BY o.person_id`,
		func(s *shop.ShopDay, n int, _ shop.Rupiah) { s.TakenBack = n },
	},
	{
		"SELECT person_id, COUNT(*), 0 FROM orders WHERE state = 'parked' AND dropship = 1 AND ordered_at >= $1 AND ordered_at < $2 GROUP BY person_id",
		func(s *shop.ShopDay, n int, _ shop.Rupiah) { s.Waiting = n },
	},
	{
		`SELECT y.person_id, COUNT(*), SUM(e.amount) FROM postings p JOIN payments y ON y.id = CAST(substr(p.reference, 5) AS INTEGER)
			JOIN entries e ON e.posting_id = p.id AND e.account = 'cash:bca'
			WHERE p.at >= $1 AND p.at < $2 AND p.reference GLOB 'pay:*:post' GROUP BY y.person_id`,
		func(s *shop.ShopDay, n int, sum shop.Rupiah) { s.Payments, s.Paid = n, sum },
	},
	{
		"SELECT person_id, COUNT(*), SUM(amount + code) FROM payments WHERE state = 'pending' AND opened_at >= $1 AND opened_at < $2 GROUP BY person_id",
		func(s *shop.ShopDay, n int, sum shop.Rupiah) { s.Open, s.Announced = n, sum },
	},
}

// booksOfDay reads orders and payments from the ledger, not from their own rows: those say
// how they stand now, the ledger what was booked on the day.
func booksOfDay(ctx context.Context, q querier, day shop.Day) (b shop.BooksOfDay, err error) {
	b.Day = day
	from, to := ms(day.Start()), ms((day + 1).Start())
	names, err := shopNames(ctx, q)
	if err != nil {
		return b, err
	}
	of := map[int64]*shop.ShopDay{}
	for _, name := range names {
		of[name.Person] = &shop.ShopDay{ShopName: name}
	}
	for _, part := range dayParts {
		if err = perShop(ctx, q, of, part.add, part.query, from, to); err != nil {
			return b, err
		}
	}
	if err = reported(ctx, q, of, day); err != nil {
		return b, err
	}
	err = q.QueryRowContext(ctx, `SELECT COALESCE(SUM(e.amount), 0) FROM postings p JOIN entries e ON e.posting_id = p.id AND e.account = 'cash:bca'
		WHERE p.at >= $1 AND p.at < $2`, from, to).Scan(&b.Cash)
	for _, s := range of {
		if *s != (shop.ShopDay{ShopName: s.ShopName}) {
			b.Shops = append(b.Shops, *s)
		}
	}
	slices.SortFunc(b.Shops, func(x, y shop.ShopDay) int {
		return cmp.Or(cmp.Compare(x.Shop, y.Shop), cmp.Compare(x.Person, y.Person))
	})
	return b, err
}

// perShop adds a count and a sum for each dropshipper.
func perShop(ctx context.Context, q querier, of map[int64]*shop.ShopDay, add func(*shop.ShopDay, int, shop.Rupiah), query string, from, to int64) error {
	_, err := collect(ctx, q, func(rows *sql.Rows) (_ struct{}, err error) {
		var person int64
		var n int
		var sum shop.Rupiah
		if err = rows.Scan(&person, &n, &sum); err == nil && of[person] != nil {
			add(of[person], n, sum)
		}
		return struct{}{}, err
	}, query, from, to)
	return err
}

// reported adds the dropshippers' own figures.
func reported(ctx context.Context, q querier, of map[int64]*shop.ShopDay, day shop.Day) error {
	_, err := collect(ctx, q, func(rows *sql.Rows) (_ struct{}, err error) {
		var person int64
		var r shop.ShopDay
		if err = rows.Scan(&person, &r.Reports, &r.Reported, &r.Cancelled, &r.Sales); err == nil && of[person] != nil {
			s := of[person]
			s.Reports, s.Reported, s.Cancelled, s.Sales = r.Reports, r.Reported, r.Cancelled, r.Sales
		}
		return struct{}{}, err
	}, "SELECT person_id, COUNT(*), SUM(orders), SUM(cancelled), SUM(sales) FROM rekons WHERE day = $1 GROUP BY person_id", day.String())
	return err
}
