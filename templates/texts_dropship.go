package templates

import (
	"strconv"
	"strings"
	"time"

	"bestie/shop"
)

// The texts of the commands about money that dropshippers give.

// DropshipMenu lists the commands.
type DropshipMenu struct{ Name string }

// DropshipUsage shows a command written well.
type DropshipUsage struct{ Name, Example string }

// AmountRefused answers an amount that is none: nothing was booked.
type AmountRefused struct {
	Name    string
	Problem shop.AmountProblem
	Example string
}

// PaymentOpened tells where to pay an announced amount, and how it is recognised.
type PaymentOpened struct {
	Name    string
	Payment shop.Payment
	Ahead   bool // nothing is owed: it becomes a deposit
}

// PaymentBusy answers an announcement while no code is free.
type PaymentBusy struct{ Name string }

// PaymentDropped confirms that an announced payment was taken back; an amount of 0: there
// was none.
type PaymentDropped struct {
	Name   string
	Amount shop.Rupiah
}

// Due lists what is owed. More orders than Lines are owed together with Rest.
type Due struct {
	Name    string
	Account *shop.Account
	Lines   []shop.Unpaid
	More    int
}

// Statement is one part of a statement, numbered as in the ledger.
type Statement struct {
	Of          string // whose it is, if an admin asks
	Lines       []shop.Line
	Part, Parts int
	Owed        shop.Rupiah // after the last line
	Now         shop.Rupiah // after those that are on no part, too
	Older       bool        // there are more lines before
}

// StatementEmpty answers a statement of a span without lines; Never: there are none at all.
type StatementEmpty struct {
	Name, Of string
	Never    bool
}

// Says is what a line of a statement is about.
func (Statement) Says(l shop.Line) string {
	step, rest, _ := strings.Cut(l.Reference, ":")
	number, _, _ := strings.Cut(rest, ":")
	switch step {
	case "order":
		return "Order " + number
	case "cancel":
		return "Batal order " + number
	case "return":
		return "Retur order " + number
	case "pay":
		return "Bayar"
	}
	return "Koreksi"
}

// Change is how a line changes what is owed, with its sign.
func (Statement) Change(l shop.Line) string {
	if l.Amount > 0 {
		return "+" + l.Amount.String()
	}
	return l.Amount.String()
}

// MarginRow is what is left on some platforms, between the lowest and the highest fee.
type MarginRow struct {
	Platforms string
	Low, High shop.Margin // with the lower and with the higher fee
}

// Exact tells that the fee is known.
func (r MarginRow) Exact() bool { return r.Low == r.High }

// Margins compares what is left of a sale.
type Margins struct {
	Price, Cost shop.Rupiah
	Rows        []MarginRow
}

// RekonNoted repeats a daily report; Old is what it replaced, nil for nothing.
type RekonNoted struct {
	Name     string
	New      shop.Rekon
	Old      *shop.Rekon
	Missing  []shop.RekonGap
	Repeated bool // it was reported so before
}

// RekonTable shows the reports of a week.
type RekonTable struct {
	Name    string
	Rows    []shop.Rekon
	Missing []shop.RekonGap
}

// Total adds the reports up.
func (t RekonTable) Total() (sum shop.Rekon) {
	for _, r := range t.Rows {
		sum.Orders, sum.Items, sum.Sales, sum.Cancelled = sum.Orders+r.Orders, sum.Items+r.Items, sum.Sales+r.Sales, sum.Cancelled+r.Cancelled
	}
	return sum
}

func (DropshipMenu) text() string   { return "dropship_menu" }
func (DropshipUsage) text() string  { return "dropship_usage" }
func (AmountRefused) text() string  { return "amount_refused" }
func (PaymentOpened) text() string  { return "payment_opened" }
func (PaymentBusy) text() string    { return "payment_busy" }
func (PaymentDropped) text() string { return "payment_dropped" }
func (Due) text() string            { return "due" }
func (Statement) text() string      { return "statement" }
func (StatementEmpty) text() string { return "statement_empty" }
func (Margins) text() string        { return "margins" }
func (RekonNoted) text() string     { return "rekon_noted" }
func (RekonTable) text() string     { return "rekon_table" }

// PlatformName is what a platform is called.
func PlatformName(p shop.Platform) string { return platformNames[p].title }

// threeDigits writes the code of a payment as it is added: "007".
func threeDigits(n int) string {
	text := strconv.Itoa(n)
	return strings.Repeat("0", max(0, 3-len(text))) + text
}

// gapsOf names the first days that were left out.
func gapsOf(gaps []shop.RekonGap) string {
	var names []string
	for i, g := range gaps {
		if i == 5 {
			names = append(names, strconv.Itoa(len(gaps)-i)+" lagi")
			break
		}
		names = append(names, PlatformName(g.Platform)+" "+shop.Date(g.Day.Start()))
	}
	return listed(names)
}

func dropshipSamples() []Text {
	at := time.Date(2026, 11, 25, 17, 0, 0, 0, shop.WIB)
	day := shop.DayOf(at)
	p := shop.Payment{Number: 15, Amount: 150_000, Code: 7, Shop: "Toko Dina", ExpiresAt: at}
	unpaid := []shop.Unpaid{{Order: shop.Order{ID: 12, PlacedAt: at, Total: 36_000}, Rest: 36_000}, {Order: shop.Order{ID: 13, PlacedAt: at, Total: 36_000}, Rest: 6_000}}
	a := &shop.Account{Dropshipper: shop.Dropshipper{Shop: "Toko Dina", Limit: 300_000, Used: 42_000}, Pending: 150_007, DueSince: at}
	r := shop.Rekon{Platform: shop.PlatformShopee, Day: day, Orders: 12, Items: 15, Sales: 1_200_000, Cancelled: 1}
	gaps := []shop.RekonGap{{Platform: shop.PlatformShopee, Day: day - 1}}
	m := shop.MarginOf(120_000, 88_468, 750, 450)
	var lines []shop.Line
	for i := range StatementPart {
		lines = append(lines, shop.Line{Number: int64(i + 123456), Reference: "order:123456", At: at, Amount: 1_200_000, Owed: 12_345_678})
	}
	out := []Text{
		DropshipMenu{"Dina"},
		DropshipMenu{},
		DropshipUsage{"Dina", "bayar 150000"},
		PaymentOpened{"Dina", p, false},
		PaymentOpened{"", p, true},
		PaymentBusy{"Dina"},
		PaymentDropped{"Dina", 150_000},
		PaymentDropped{"", 0},
		Due{"Dina", a, unpaid, 3},
		Due{"", a, unpaid, 0},
		Due{Account: &shop.Account{}},
		Statement{Lines: lines, Part: 1, Parts: 2},
		Statement{Lines: lines[:1], Part: 1, Parts: 1, Owed: 36_000, Now: 36_000, Older: true},
		Statement{Lines: lines[:1], Part: 2, Parts: 2, Owed: -36_000, Now: -36_000},
		Statement{Lines: lines[:1], Part: 2, Parts: 2, Owed: 36_000, Now: -36_000},
		Statement{Of: "Toko Melati", Lines: lines[:1], Part: 1, Parts: 1, Owed: 36_000, Older: true},
		StatementEmpty{"Dina", "", false},
		StatementEmpty{"Dina", "Toko Melati", false},
		StatementEmpty{"Dina", "", true},
		StatementEmpty{"Dina", "Toko Melati", true},
		Margins{120_000, 88_468, []MarginRow{{"Shopee", m, m}}},
		Margins{120_000, 88_468, []MarginRow{{"Shopee", m, shop.MarginOf(120_000, 88_468, 975, 450)}, {"WhatsApp", m, m}, {"Tokopedia/TikTok", m, shop.MarginOf(120_000, 88_468, 1400, 450)}}},
		RekonNoted{"Dina", r, nil, nil, false},
		RekonNoted{"", r, &r, gaps, false},
		RekonNoted{"", r, &r, nil, true},
		RekonTable{"Dina", []shop.Rekon{r, r}, gaps},
		RekonTable{"Dina", nil, nil},
	}
	for _, problem := range []shop.AmountProblem{shop.AmountNone, shop.AmountZero, shop.AmountNegative, shop.AmountTooMuch, shop.AmountAmbiguous} {
		out = append(out, AmountRefused{"Dina", problem, "bayar 150000"})
	}
	return out
}

// StatementPart is how many lines one message of a statement holds.
const StatementPart = 6
