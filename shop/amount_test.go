package shop_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bestie/shop"
)

func TestParseAmount(t *testing.T) {
	for text, want := range map[string]shop.Rupiah{
		"150000": 150_000, "150rb": 150_000, "150 rb": 150_000, "1,5jt": 1_500_000, "Rp 150.000,-": 150_000, "150.000": 150_000, "150k": 150_000,
		"seratus lima puluh ribu": 150_000, "1.5 juta": 1_500_000, "rp150.000,00": 150_000, "Rp. 88.468": 88_468, "150,000": 150_000, "150000,00": 150_000,
		"dua juta lima ratus ribu": 2_500_000, "sejuta": 1_000_000, "satu setengah juta": 1_500_000, "setengah juta": 500_000, "sebelas ribu": 11_000,
		"seribu lima ratus": 1_500, "99 miliar": 99_000_000_000, "1.234.567": 1_234_567, "2,25 jt": 2_250_000, "150.000 rupiah": 150_000, "dua belas": 12,
		"dua puluh satu ribu": 21_000, "1": 1, "IDR 20.000": 20_000,
	} {
		if got, err := shop.ParseAmount(text); err != nil || got != want {
			t.Errorf("%q is %s, %v, not %s", text, got, err, want)
		}
	}
	for text, want := range map[string]shop.AmountProblem{
		"0": shop.AmountZero, "Rp0": shop.AmountZero, "0 rb": shop.AmountZero, "nol": shop.AmountZero, "-150000": shop.AmountNegative, "Rp -5.000": shop.AmountNegative,
		"minus 20rb": shop.AmountNegative, "99.000.000.001": shop.AmountTooMuch, "100 miliar": shop.AmountTooMuch, "999999999999999999999999": shop.AmountTooMuch,
		"banyak": shop.AmountNone, "": shop.AmountNone, "   ": shop.AmountNone, "seratus kucing": shop.AmountNone, "1.50": shop.AmountAmbiguous, "1,5": shop.AmountAmbiguous,
		"1.500 rb": shop.AmountAmbiguous, "15.00.000": shop.AmountAmbiguous, "0812345678": shop.AmountAmbiguous, "1,0001 rb": shop.AmountAmbiguous,
		"12e5": shop.AmountNone, "٣": shop.AmountNone, "lima enam": shop.AmountNone, "puluh": shop.AmountNone, "ribu": shop.AmountNone, "150 200": shop.AmountNone,
		strings.Repeat("9", 500): shop.AmountNone,
	} {
		got, err := shop.ParseAmount(text)
		if problem := shop.AmountProblem(""); !errors.As(err, &problem) || problem != want || got != 0 {
			t.Errorf("%q: %s, %v, not %s", text, got, err, want)
		}
	}
}

func TestAmountsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := shop.Rupiah(rapid.Int64Range(1, int64(shop.MostAmount)).Draw(t, "amount"))
		dotted := strings.TrimPrefix(want.String(), "Rp")
		for _, text := range []string{want.String(), fmt.Sprint(int64(want)), "Rp " + dotted + ",-", "rp." + dotted + ",00", dotted, strings.ReplaceAll(dotted, ".", ",")} {
			if got, err := shop.ParseAmount(text); err != nil || got != want {
				t.Fatalf("%q is %s, %v, not %s", text, got, err, want)
			}
		}
		if k := want / 1000; k > 0 {
			text := fmt.Sprintf("%drb", int64(k))
			if got, err := shop.ParseAmount(text); err != nil || got != k*1000 {
				t.Fatalf("%q is %s, %v, not %s", text, got, err, k*1000)
			}
		}
	})
}

func FuzzParseAmount(f *testing.F) {
	for _, text := range []string{"150rb", "1,5jt", "Rp 150.000,-", "seratus lima puluh ribu", "-0", "1.50", "satu setengah juta"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := shop.ParseAmount(text)
		if problem := shop.AmountProblem(""); err != nil && (!errors.As(err, &problem) || got != 0) || err == nil && (got <= 0 || got > shop.MostAmount) {
			t.Errorf("%q: %d, %v", text, got, err)
		}
	})
}
