package shop_test

import (
	"errors"
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
		"rabuu 17.00": "2026-11-25 17:00", "rbu 17.00": "2026-11-25 17:00", "wednsday 19:00": "2026-11-25 19:00", "wednesdy": "2026-11-25 00:00", "juma't 19:00": "2026-11-27 19:00", "Jum at 17.00": "2026-11-27 17:00", "jmat": "2026-11-27 00:00",
		"RABU  17:00 WIB": "2026-11-25 17:00", "Rabu jam 7 malam": "2026-11-25 19:00", "Rabu 7 malam": "2026-11-25 19:00", "rabu malam jam 7": "2026-11-25 19:00", "jam 7 malam rabu": "2026-11-25 19:00", "17.00 Rabu": "2026-11-25 17:00", "rabu pkl 17.00": "2026-11-25 17:00",
		"Rabu, 25 November 2026 pukul 17.00": "2026-11-25 17:00", "bsk jam 5 sore": "2026-11-25 17:00", "Fri 19:00": "2026-11-27 19:00", "Fri 7pm": "2026-11-27 19:00", "Rabu depan 17.00": "2026-12-02 17:00", "1 Des 2026 jam 19": "2026-12-01 19:00", "25-11-2026": "2026-11-25 00:00",
		"Kamis, 25 Nov": "", "Jumat 25/11": "", "2026-13-01": "", "2026-02-30 17:00": "", "Rabu 25.00": "", "Rabu 17.61": "",
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

// TestParseSlot: promos start at the shop's slots; anything else is told with the nearest.
func TestParseSlot(t *testing.T) {
	now := time.Date(2026, 11, 24, 10, 0, 0, 0, shop.WIB)
	for text, want := range map[string]string{
		"Rabu 17.00": "25 Nov 17.00", "rabo jam 7 malam": "25 Nov 19.00", "Fri 19:00": "27 Nov 19.00", "Kamis": "26 Nov 00.00", "hari ini": "24 Nov 00.00",
		"Rabu 18.00":       "slot: Rabu, 25 Nov 17.00 or Rabu, 25 Nov 19.00",
		"Kamis 17.00":      "slot: Rabu, 25 Nov 19.00 or Jumat, 27 Nov 17.00",
		"hari ini 19.00":   "slot: Rabu, 25 Nov 17.00",
		"23 Nov":           "slot_past: Rabu, 25 Nov 17.00",
		"2026-11-20 17:00": "slot_past: Rabu, 25 Nov 17.00",
		"entah":            `when_unreadable: "Rabu 17.00", "25 Nov" or "2026-11-25 17:00"`,
	} {
		at, err := shop.DefaultPromo().ParseSlot(text, now)
		got := at.Format("2 Jan 15.04")
		if told := (*shop.Error)(nil); errors.As(err, &told) {
			got = told.Code + ": " + told.Hint
		}
		if got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
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
		promo := shop.DefaultPromo()
		if got, err := promo.ParseSlot(text, now); err == nil && got.Before(shop.Midnight(now)) {
			t.Error(got)
		} else if err == nil && len(promo.NearestSlots(got, now)) == 0 {
			t.Error("no slots near", got)
		}
	})
}
