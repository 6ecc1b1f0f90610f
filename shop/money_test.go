package shop

import (
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
		"": 0, "0": 0, "kak": 0, "240611ABCD": 0, "99999999999": 0, "2,75": 0, "a150": 0, "15.5": 0,
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
