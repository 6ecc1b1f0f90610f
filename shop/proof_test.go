package shop_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bestie/shop"
)

var noon = time.Date(2026, 11, 25, 12, 0, 0, 0, shop.WIB)

func TestParseTransfer(t *testing.T) {
	day := func(d, hour, minute int) time.Time { return time.Date(2026, 11, d, hour, minute, 0, 0, shop.WIB) }
	for text, want := range map[string]shop.Transfer{
		"":                                    {},
		"bukti tf ya kak":                     {},
		"150rb":                               {Amount: 150_000},
		"sudah tf 150.123 ":                   {Amount: 150_123},
		"150123 ref 998877AB dari 1234567890": {Amount: 150_123, Reference: "998877AB", From: "1234567890"},
		"No. Ref: 000123456789, Rp 150.123":   {Amount: 150_123, Reference: "000123456789"},
		"dari rek BCA 123-456-7890 sebesar 1,5jt": {Amount: 1_500_000, From: "1234567890"},
		"tgl 22/11 jam 14.05 nominal 150123":      {Amount: 150_123, At: day(22, 14, 5), Clocked: true},
		"22-11-2026 09:30:11":                     {At: day(22, 9, 30), Clocked: true},
		"24/11/26 150rb":                          {Amount: 150_000, At: day(24, 0, 0)},
		"150rb jam 09.15":                         {Amount: 150_000, At: day(25, 9, 15), Clocked: true},
		"28/12 200rb":                             {Amount: 200_000, At: time.Date(2025, 12, 28, 0, 0, 0, 0, shop.WIB)},
		"31/02 200rb":                             {Amount: 200_000},
		"1.50":                                    {},
		"reff 12345678 pukul 23.59 WIB rek 764-588-81": {Reference: "12345678", From: "76458881", At: day(25, 23, 59), Clocked: true},
	} {
		if got := shop.ParseTransfer(text, noon); !cmp.Equal(got, want) {
			t.Errorf("%q: %s", text, cmp.Diff(want, got))
		}
	}
}

func TestFlags(t *testing.T) {
	p := shop.Payment{ID: 3, Amount: 150_000, Code: 123, OpenedAt: noon}
	for name, c := range map[string]struct {
		transfer shop.Transfer
		known    shop.Earlier
		want     []shop.Flag
	}{
		"nothing known":      {},
		"as announced":       {transfer: shop.Transfer{Amount: 150_123, From: "1234567890", At: noon, Clocked: true}},
		"without the code":   {transfer: shop.Transfer{Amount: 150_000}, want: []shop.Flag{{Kind: shop.FlagCode}}},
		"less":               {transfer: shop.Transfer{Amount: 120_000}, want: []shop.Flag{{Kind: shop.FlagAmount}}},
		"another account":    {transfer: shop.Transfer{From: "999"}, want: []shop.Flag{{Kind: shop.FlagAccount}}},
		"yesterday evening":  {transfer: shop.Transfer{At: noon.Add(-16 * time.Hour), Clocked: true}},
		"yesterday":          {transfer: shop.Transfer{At: shop.Midnight(noon).AddDate(0, 0, -1)}},
		"two days before":    {transfer: shop.Transfer{At: shop.Midnight(noon).AddDate(0, 0, -2)}, want: []shop.Flag{{Kind: shop.FlagOld}}},
		"tomorrow":           {transfer: shop.Transfer{At: noon.AddDate(0, 0, 1)}, want: []shop.Flag{{Kind: shop.FlagFuture}}},
		"everything at once": {shop.Transfer{Amount: 9, From: "9"}, shop.Earlier{Picture: 1, Reference: 2, Moment: 1}, []shop.Flag{{Kind: shop.FlagPicture, Payment: 1}, {Kind: shop.FlagReference, Payment: 2}, {Kind: shop.FlagMoment, Payment: 1}, {Kind: shop.FlagAccount}, {Kind: shop.FlagAmount}}},
	} {
		if got := p.Flags(c.transfer, "BCA 123-456-7890", c.known, noon.Add(time.Hour)); !cmp.Equal(got, c.want) {
			t.Errorf("%s: %s", name, cmp.Diff(c.want, got))
		}
	}
	if got := p.Flags(shop.Transfer{From: "999"}, "", shop.Earlier{}, noon); got != nil {
		t.Errorf("no account is registered, yet %v", got)
	}
}
