package shop_test

import (
	"testing"
	"time"

	"bestie/shop"
)

// TestParseWhen reads days as admins write them, on Tuesday 24 November 2026, 10:00.
func TestParseWhen(t *testing.T) {
	now := time.Date(2026, 11, 24, 10, 0, 0, 0, shop.WIB)
	for text, want := range map[string]string{
		"Rabu 17.00": "2026-11-25 17:00", "rabu jam 5 sore": "2026-11-25 17:00", "Wednesday 17:00": "2026-11-25 17:00", "wed": "2026-11-25 00:00",
		"Jum'at 19.00": "2026-11-27 19:00", "jumat jam 7 malam": "2026-11-27 19:00", "jumaat": "2026-11-27 00:00", "Friday": "2026-11-27 00:00", "fri 7.00 pm": "2026-11-27 19:00",
		"rabo 17:00": "2026-11-25 17:00", "Selasa 09.00": "2026-12-01 09:00", "selasa 17.00": "2026-11-24 17:00", "hari Rabu, jam 17": "2026-11-25 17:00",
		"besok": "2026-11-25 00:00", "besok 19.00": "2026-11-25 19:00", "lusa": "2026-11-26 00:00", "hari ini jam 19": "2026-11-24 19:00",
		"25 Nov": "2026-11-25 00:00", "25 november 2026 17.00": "2026-11-25 17:00", "4 Des": "2026-12-04 00:00", "2 Januari": "2027-01-02 00:00", "25/11": "2026-11-25 00:00",
		"25/11/2026 19:00": "2026-11-25 19:00", "2026-11-25 17:00": "2026-11-25 17:00", "2026-11-25": "2026-11-25 00:00", "Rabu, 25 Nov 17.00": "2026-11-25 17:00",
		"kapan-kapan": "", "31 Feb": "", "25 Foo": "", "99/99": "", "hari apa saja": "",
	} {
		got, err := shop.ParseWhen(text, now)
		switch {
		case want == "" && err == nil:
			t.Errorf("%q is %s", text, got)
		case want != "" && (err != nil || got.Format("2006-01-02 15:04") != want):
			t.Errorf("%q: %s %v, want %s", text, got, err, want)
		}
	}
}

func FuzzParseWhen(f *testing.F) {
	f.Add("Rabu 17.00")
	f.Add("25/11 jam 7 malam")
	f.Fuzz(func(t *testing.T, text string) {
		now := time.Date(2026, 11, 24, 10, 0, 0, 0, shop.WIB)
		if got, err := shop.ParseWhen(text, now); err == nil && got.Location() != shop.WIB {
			t.Error(got)
		}
	})
}
