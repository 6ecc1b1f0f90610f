package shop

import (
	"testing"
	"time"
)

func TestDateClock(t *testing.T) {
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC), "Rabu, 25 Nov 17.00"},
		{time.Date(2026, 1, 5, 10, 0, 0, 0, WIB), "Senin, 5 Jan 10.00"},
		{time.Date(2026, 8, 16, 17, 5, 59, 0, time.UTC), "Senin, 17 Agu 00.05"},
		{time.Date(2026, 5, 3, 7, 9, 0, 0, WIB), "Minggu, 3 Mei 07.09"},
	} {
		if got := DateClock(c.at); got != c.want {
			t.Errorf("DateClock(%v) = %q, want %q", c.at, got, c.want)
		}
	}
}

func TestAge(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Second: "0 detik", 0: "0 detik", 999 * time.Millisecond: "0 detik", 45 * time.Second: "45 detik",
		time.Minute: "1 menit", 150 * time.Second: "2 menit 30 detik", 5 * time.Minute: "5 menit",
		time.Hour: "1 jam", 65 * time.Minute: "1 jam 5 menit", time.Hour + 30*time.Second: "1 jam",
		51 * time.Hour: "2 hari 3 jam", 48*time.Hour + time.Minute: "2 hari",
	} {
		if got := Age(d); got != want {
			t.Errorf("Age(%v) = %q, want %q", d, got, want)
		}
	}
}
