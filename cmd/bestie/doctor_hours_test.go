package main

import (
	"strings"
	"testing"
	"time"

	"bestie/shop"
)

func TestDoctorHours(t *testing.T) {
	at := func(year int, month time.Month, day, hour int) time.Time {
		return time.Date(year, month, day, hour, 0, 0, 0, shop.WIB)
	}
	for _, c := range []struct {
		week string
		now  time.Time
		want []string
	}{
		{"", at(2026, 11, 24, 12), []string{"ok the desk's clocks run at all hours"}},
		{"mon-fri 08:00-17:00", at(2026, 12, 24, 18), []string{
			"ok working hours (WIB): mon 08:00-17:00, tue", "sun closed; 0 own days; now closed; open again Mon 28 Dec 2026 08:00",
			"ok next holiday: 2026-12-25, Natal; the list reaches to 2027-12-31",
		}},
		{"mon-fri 08:00-17:00", at(2026, 12, 28, 8), []string{"now open", "next holiday: 2027-01-01, Tahun Baru 2027 Masehi, provisional"}},
		{"mon-fri 08:00-17:00", at(2027, 12, 1, 8), []string{"note the list of holidays ends in 30 days, on 2027-12-31"}},
		{"mon-fri 08:00-17:00", at(2028, 1, 1, 8), []string{"red the list of holidays ended on 2027-12-31"}},
	} {
		p := &patient{config: DefaultConfig(), now: c.now}
		if c.week != "" {
			if err := p.config.Set("hours.week", c.week); err != nil {
				t.Fatal(err)
			}
		}
		p.hours()
		for _, want := range c.want {
			if !strings.Contains(p.said(), want) {
				t.Errorf("at %v: %s\nwant %q", c.now, p.said(), want)
			}
		}
	}
}
