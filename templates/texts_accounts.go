package templates

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"bestie/shop"
)

// The books of dropshippers as admins see them.

// Aging is one part of the list of who owes what, worst first.
type Aging struct {
	At          time.Time
	Sum         shop.Aging
	Shops       int // who owe something, all of them
	Rows        []AgingRow
	Part, Parts int
	More        int // who are on no part
	Rest        shop.Rupiah
}

// AgingRow is one dropshipper: what is owed in all, what of it is due, and since when.
type AgingRow struct {
	Number     int
	Shop       string
	Owed, Late shop.Rupiah
	Due        time.Time
}

const (
	agingPart = 8 // rows of a message
	mostAging = 3 * agingPart
)

// AgingOf are the parts for dropshippers in the order in which they are to stand.
func AgingOf(all []shop.ShopAccount, terms time.Duration, now time.Time) (out []Text) {
	var rows []AgingRow
	whole := Aging{At: now, Shops: len(all)}
	for i, a := range all {
		g := a.Aged(terms, now)
		whole.Sum.Add(g)
		if i < mostAging {
			rows = append(rows, AgingRow{i + 1, a.Shop, g.Total, g.Late(), a.Due(terms)})
		} else {
			whole.More++
			whole.Rest += g.Total
		}
	}
	if len(rows) == 0 {
		return []Text{whole}
	}
	parts := slices.Collect(slices.Chunk(rows, agingPart))
	for i, part := range parts {
		one := whole
		one.Rows, one.Part, one.Parts = part, i+1, len(parts)
		out = append(out, one)
	}
	return out
}

// Since tells how late a row is.
func (a Aging) Since(r AgingRow) string {
	switch late := a.At.Sub(r.Due); {
	case late < 0:
		return "jatuh tempo " + shop.DateClock(r.Due)
	case late < 24*time.Hour:
		return "baru jatuh tempo"
	default:
		return fmt.Sprintf("lewat %d hari", late/(24*time.Hour))
	}
}

// ShopBalance is where one dropshipper stands, for an admin.
type ShopBalance struct {
	shop.ShopAccount
	Due, Now time.Time
}

// Parked is how many orders wait, and their sum.
func (b ShopBalance) Parked() (p struct {
	Count int
	Sum   shop.Rupiah
},
) {
	for _, o := range b.Account.Parked {
		p.Sum += o.Total
	}
	p.Count = len(b.Account.Parked)
	return p
}

// Late tells that something is due.
func (b ShopBalance) Late() bool { return !b.Due.IsZero() && !b.Due.After(b.Now) }

// ShopWhich asks which of several shops is meant.
type ShopWhich struct {
	Command string
	Found   []shop.ShopAccount
	Rest    string
}

// Example is the command with the first of them, by number: it means one only.
func (s ShopWhich) Example() string {
	return strings.TrimSpace(s.Command + " " + s.Found[0].Name.Phone + " " + s.Rest)
}

// ShopUnfound answers a name that no shop has.
type ShopUnfound struct{ Command, Said string }

// DayBooks is one part of the reconciliation of a day. Odd are the dropshippers where
// something does not fit.
type DayBooks struct {
	shop.BooksOfDay
	Odd         []shop.ShopDay
	Part, Parts int
	More        int // who are on no part
}

const (
	dayPart = 3 // dropshippers of a message
	mostDay = 3 * dayPart
)

// BooksOf are the parts for a day.
func BooksOf(b shop.BooksOfDay) (out []Text) {
	odd := slices.DeleteFunc(slices.Clone(b.Shops), shop.ShopDay.Fits)
	more := max(0, len(odd)-mostDay)
	parts := slices.Collect(slices.Chunk(odd[:len(odd)-more], dayPart))
	if len(parts) == 0 {
		parts = [][]shop.ShopDay{nil}
	}
	for i, part := range parts {
		out = append(out, DayBooks{b, part, i + 1, len(parts), more})
	}
	return out
}

// Says names what does not fit for a dropshipper, in one sentence for each.
func (DayBooks) Says(s shop.ShopDay) string {
	var said []string
	here := fmt.Sprintf("%d order di buku", s.Booked)
	if s.Waiting > 0 {
		here += fmt.Sprintf(" dan %d menunggu limit", s.Waiting)
	}
	sold := fmt.Sprintf("lapor %d order", s.Reported)
	if s.Cancelled > 0 {
		sold += fmt.Sprintf(" (batal %d)", s.Cancelled)
	}
	switch gap, n := s.Gap(); gap {
	case shop.GapNoReport:
		said = append(said, here+", rekonnya belum masuk.")
	case shop.GapMissing:
		said = append(said, fmt.Sprintf("%s, %s: %d order belum dipesan ke sini.", sold, here, n))
	case shop.GapMore:
		said = append(said, fmt.Sprintf("%s, %s: %d order belum masuk rekon.", sold, here, n))
	}
	if s.Open > 0 {
		said = append(said, fmt.Sprintf("%d pembayaran (%s) belum dikonfirmasi.", s.Open, s.Announced))
	}
	return strings.Join(said, " ")
}

// Corrected is what the ledger booked on the bank account beside payments.
func (b DayBooks) Corrected() shop.Rupiah { return b.Cash - b.Sum().Paid }

func (Aging) text() string       { return "aging" }
func (ShopBalance) text() string { return "shop_balance" }
func (ShopWhich) text() string   { return "shop_which" }
func (ShopUnfound) text() string { return "shop_unfound" }
func (DayBooks) text() string    { return "day_books" }

func accountSamples() []Text {
	at := time.Date(2026, 11, 25, 17, 0, 0, 0, shop.WIB)
	account := func(n int, used shop.Rupiah, since time.Time) shop.ShopAccount {
		name := fmt.Sprint("Toko Melati ", n)
		return shop.ShopAccount{Name: shop.ShopName{Person: int64(n), Shop: name, Phone: "6281234567890"}, Account: &shop.Account{
			Dropshipper: shop.Dropshipper{Shop: name, Limit: 300_000, Used: used}, DueSince: since,
			Unpaid: []shop.Unpaid{{Order: shop.Order{PlacedAt: since}, Rest: used}},
		}}
	}
	one, two := account(1, 288_468, at.AddDate(0, 0, -40)), account(2, 0, time.Time{})
	two.Suspended, two.Deposit, two.Pending = at, 12_000, 50_001
	two.Account.Parked = []shop.Order{{Total: 90_000}}
	var many []shop.ShopAccount
	for n := range 30 {
		many = append(many, account(n, 1_288_468, at.AddDate(0, 0, n-20)))
	}
	name := shop.ShopName{Shop: "Toko Melati Indah", Phone: "6281234567890"}
	odd := shop.ShopDay{ShopName: name, Booked: 10, Cost: 1_000_000, Waiting: 2, Reports: 1, Reported: 15, Cancelled: 1, Sales: 1_500_000, Open: 1, Announced: 150_123}
	day := shop.BooksOfDay{Day: shop.DayOf(at), Shops: []shop.ShopDay{odd, odd, {ShopName: name, Booked: 3, Cost: 5}, {ShopName: name, Booked: 3, Reports: 1, Reported: 1}, odd}}
	fits := shop.BooksOfDay{Day: shop.DayOf(at), Cash: 150_123, Shops: []shop.ShopDay{{ShopName: name, Booked: 1, TakenBack: 1, Cost: 9_000, Reports: 1, Reported: 1, Payments: 1, Paid: 150_123}}}
	out := slices.Concat(AgingOf(nil, 0, at), AgingOf([]shop.ShopAccount{one}, 24*time.Hour, at), AgingOf(many, 24*time.Hour, at), BooksOf(day), BooksOf(fits))
	fits.Cash = 0
	return append(out, BooksOf(fits)[0], BooksOf(shop.BooksOfDay{})[0],
		ShopBalance{one, one.Due(24 * time.Hour), at}, ShopBalance{two, time.Time{}, at},
		ShopWhich{"mutasi", []shop.ShopAccount{one, two}, "20"}, ShopWhich{"saldo", []shop.ShopAccount{one, two}, ""},
		ShopUnfound{"saldo", "melti"})
}
