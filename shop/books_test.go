package shop_test

import (
	"testing"
	"time"

	"bestie/shop"
)

func TestFindShops(t *testing.T) {
	all := []shop.ShopName{
		{Person: 1, Shop: "Toko Melati", Phone: "6281400000001"},
		{Person: 2, Shop: "Toko Melati Dua", Phone: "6281400000002"},
		{Person: 3, Shop: "Mawar Collection", Phone: "6281400000003"},
		{Person: 4, Shop: "Toko 99", Phone: "6281400000004"},
	}
	for said, want := range map[string]struct {
		found []int64
		rest  string
	}{
		"toko melati":           {[]int64{1}, ""},
		"Melati":                {[]int64{1}, ""},
		"melati dua":            {[]int64{2}, ""},
		"melati du":             {nil, ""}, // set below: two letters are no beginning
		"melati bulan lalu":     {[]int64{1}, "bulan lalu"},
		"melti":                 {[]int64{1, 2}, ""},
		"mel":                   {[]int64{1, 2}, ""},
		"mawar":                 {[]int64{3}, ""},
		"mawar colection 20":    {[]int64{3}, "20"},
		"99":                    {[]int64{4}, ""},
		"0814-0000-0003":        {[]int64{3}, ""},
		"0814 0000 0003":        {[]int64{3}, ""},
		"+6281400000003 bulan":  {[]int64{3}, "bulan"},
		"kenanga":               {nil, ""},
		"":                      {nil, ""},
		"toko":                  {nil, ""},
		"satu dua tiga empat l": {nil, ""},
	} {
		if said == "melati du" {
			want.found, want.rest = []int64{1}, "du"
		}
		found, rest := shop.FindShops(all, said)
		same := len(found) == len(want.found) && rest == want.rest
		for i := range found {
			same = same && found[i].Person == want.found[i]
		}
		if !same {
			t.Errorf("%q: %v, %q; want %v, %q", said, found, rest, want.found, want.rest)
		}
	}
}

func TestWantsBooks(t *testing.T) {
	for text, want := range map[string]shop.BooksKind{
		"piutang": shop.BooksAging, "Piutng!": shop.BooksAging, "mutasi Toko Melati": shop.BooksStatement, "sldo melati": shop.BooksBalance,
		"rekonsilasi kemarin": shop.BooksDay, "rekon shopee 1 1 1 1": "", "rekening": "", "saya": "", "mulai": "", "status": "", "": "", "antrian": "", "mau": "",
	} {
		if got := shop.WantsBooks(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestDayNamed(t *testing.T) {
	today := shop.DayAt(2026, time.November, 24)
	for text, want := range map[string]shop.Day{
		"hari ini": today, "kemarin": today - 1, "24": today, "25": shop.DayAt(2026, time.October, 25), "1/11": shop.DayAt(2026, time.November, 1),
		"tgl 25/12": shop.DayAt(2025, time.December, 25), "2026-11-20": today - 4, "besok": 0, "31/2": 0, "20/11/2024": 0,
	} {
		if got, ok := shop.DayNamed(text, today, shop.BooksBack); ok != (want != 0) || got != want {
			t.Errorf("%q: %v %v, want %v", text, got, ok, want)
		}
	}
}

func TestGap(t *testing.T) {
	for _, c := range []struct {
		day  shop.ShopDay
		want shop.DayGap
		n    int
	}{
		{shop.ShopDay{}, shop.GapNone, 0},
		{shop.ShopDay{Booked: 2}, shop.GapNoReport, 2},
		{shop.ShopDay{Booked: 2, Waiting: 1, Reports: 1, Reported: 4, Cancelled: 1}, shop.GapNone, 0},
		{shop.ShopDay{Booked: 2, Reports: 2, Reported: 4, Cancelled: 1}, shop.GapMissing, 1},
		{shop.ShopDay{Booked: 2, Reports: 1, Reported: 1}, shop.GapMore, 1},
		{shop.ShopDay{Reports: 1}, shop.GapNone, 0},
	} {
		if got, n := c.day.Gap(); got != c.want || n != c.n {
			t.Errorf("%+v: %q %d, want %q %d", c.day, got, n, c.want, c.n)
		}
	}
}

// A line of the bank and a payment are paired once, by the amount with its code; the
// nearest day and the shop in the note decide among several.
func TestMatchBank(t *testing.T) {
	day := shop.DayAt(2026, time.November, 24)
	at := func(d shop.Day) time.Time { return d.Start().Add(10 * time.Hour) }
	posted := func(id int64, name string, sum shop.Rupiah, d shop.Day) shop.Payment {
		return shop.Payment{ID: id, Shop: name, Amount: sum - 1, Code: 1, Received: sum, State: shop.PaymentPosted, OpenedAt: at(d - 1), ClosedAt: at(d)}
	}
	payments := []shop.Payment{
		posted(1, "Toko Melati", 50_001, day), posted(2, "Toko Mawar", 50_001, day), posted(3, "Toko Ayu", 70_002, day), posted(4, "Toko Ayu", 80_003, day-1),
		{ID: 5, Shop: "Toko Ayu", Amount: 90_000, Code: 4, State: shop.PaymentPending, OpenedAt: at(day)},
		{ID: 6, Shop: "Toko Ayu", Amount: 95_000, Code: 4, State: shop.PaymentVoid, OpenedAt: at(day - 1), ClosedAt: at(day)},
	}
	m := shop.MatchBank(day, []shop.BankLine{
		{2, day, 50_001, "TRSF TOKO MAWAR"},
		{3, day - 1, 70_002, ""},
		{4, day - 1, 80_003, ""},
		{5, day, 80_003, ""},
		{6, day, 90_004, ""},
		{7, day, 95_004, ""},
		{8, day, 95_000, "tanpa kode"},
		{9, day - 5, 1, "lama"},
	}, payments)
	pairs := map[int]int64{}
	for _, p := range append(m.Matched, m.Unconfirmed...) {
		pairs[p.Line.Row] = p.Payment.ID
	}
	for row, id := range map[int]int64{2: 2, 3: 3, 4: 4, 6: 5, 7: 6} {
		if pairs[row] != id {
			t.Errorf("row %d is payment %d, want %d", row, pairs[row], id)
		}
	}
	if len(m.Unconfirmed) != 2 || len(m.OnlyBank) != 2 || m.OnlyBank[0].Row != 5 || m.OnlyBank[1].Row != 8 || len(m.OnlyLedger) != 1 || m.OnlyLedger[0].ID != 1 {
		t.Errorf("%+v", m)
	}
}
