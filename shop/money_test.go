package shop

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestRupiahString(t *testing.T) {
	for r, want := range map[Rupiah]string{
		0: "Rp0", 5: "Rp5", 999: "Rp999", 1000: "Rp1.000", 150000: "Rp150.000", 1234567: "Rp1.234.567",
		-7500: "-Rp7.500", -100: "-Rp100", -9223372036854775808: "-Rp9.223.372.036.854.775.808",
	} {
		if got := r.String(); got != want {
			t.Errorf("Rupiah(%d) = %q, want %q", int64(r), got, want)
		}
	}
}

func TestParseRupiah(t *testing.T) {
	for text, want := range map[string]Rupiah{
		"150000": 150000, "Rp150.000": 150000, "Rp 150.000,-": 150000, "rp.150.000": 150000, "150rb": 150000,
		"150 ribu": 150000, "150k": 150000, "1,5jt": 1500000, "1.5 juta": 1500000, "2jt": 2000000, "150,000": 150000,
		"sudah tf 176.936 ke bca": 176936, "bayar 150000": 150000, "1.250.000 ya kak": 1250000, "udah tf 88,5rb": 88500,
		"0,5jt": 500000, "1.250rb": 1250000, "Rp150.000,00": 150000, "tf 25000, ya": 25000, "tf 25.000.": 25000,
		"order 240611123456 sudah tf 176.936": 176936, "jam 17.00 tf 150rb": 150000, "0 dulu, nanti 5rb": 5000,
		"1000jt": 1000000000, "1000,1jt": 0, "1001jt": 0, "1,234jt": 0, "0,25k": 250, "0,001": 0,
		"150.0000": 0, "12.5.26": 0, "17.00": 0, "25,00": 0, "1.50.000": 0, "9223372036854775808": 0,
		"0812345678": 0, "": 0, "0": 0, "kak": 0, "240611ABCD": 0, "99999999999": 0, "2,75": 0, "a150": 0, "15.5": 0,
	} {
		got, ok := ParseRupiah(text)
		if got != want || ok != (want != 0) {
			t.Errorf("ParseRupiah(%q) = %d, %t, want %d", text, got, ok, want)
		}
	}
}

func TestParseRupiahReadsWhatStringWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := Rupiah(rapid.Int64Range(1, 1_000_000_000).Draw(t, "amount"))
		if got, ok := ParseRupiah(want.String()); !ok || got != want {
			t.Fatalf("ParseRupiah(%q) = %d, %t", want.String(), got, ok)
		}
	})
}

// Whatever people type is either no amount or one that is read the same way
// when it is written properly.
func FuzzParseRupiah(f *testing.F) {
	for _, seed := range []string{"", "150rb", "Rp 150.000,-", "1,5jt", "sudah tf 176.936 ke bca", "9999999999999999999jt", "0,01 juta", "\xff12"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := ParseRupiah(text)
		if ok != (got != 0) || got < 0 || got > MostParsed {
			t.Fatalf("ParseRupiah(%q) = %d, %t", text, got, ok)
		}
		if !ok {
			return
		}
		if again, _ := ParseRupiah(got.String()); again != got {
			t.Fatalf("%q is read as %s, that as %s", text, got, again)
		}
	})
}

func TestParseRupiahUnits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hundredths := rapid.Int64Range(1, 99_999).Draw(t, "hundredths")
		unit := rapid.SampledFrom([]string{"rb", " ribu", "k", "jt", " juta"}).Draw(t, "unit")
		point := rapid.SampledFrom([]string{",", "."}).Draw(t, "point")
		text := fmt.Sprintf("tf %d%s%02d%s kak", hundredths/100, point, hundredths%100, unit)
		want := Rupiah(hundredths) * 10
		if strings.HasPrefix(strings.TrimSpace(unit), "j") {
			want *= 1000
		}
		if got, ok := ParseRupiah(text); !ok || got != want {
			t.Fatalf("ParseRupiah(%q) = %d, %t, want %d", text, got, ok, want)
		}
	})
}
