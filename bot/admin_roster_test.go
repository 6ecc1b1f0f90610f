package bot

import (
	"strings"
	"testing"
	"time"

	"bestie/shop"
)

// TestDuty: an admin asks who is on duty. It is Tuesday, 24 Nov 16.30.
func TestDuty(t *testing.T) {
	const h = time.Hour
	days := []time.Weekday{0, 1, 2, 3, 4, 5, 6}
	rani := shop.Person{ID: 7, Name: "Rani", Roles: []shop.Role{shop.RoleStaff}}
	budi := shop.Person{ID: 6, Name: "Budi", Roles: []shop.Role{shop.RoleOwner}}
	plan := shop.Plan{People: []shop.Person{sari, dewi, rani, budi}, Shifts: []shop.Shift{
		{Days: days, From: 6 * h, Until: 14 * h, Duty: "Dewi"},
		{Days: days, From: 14 * h, Until: 22 * h, Duty: "Sari", Second: "Rani", PIC: "Dewi"},
		{Days: days[1:4], From: 22 * h, Until: 6 * h, Duty: "Rani"},
	}, Absences: []shop.Absence{{Person: "Rani", From: shop.Midnight(now), To: shop.Midnight(now), StandIn: "Budi"}}}
	const (
		present = "👤 Jaga sekarang: *Sari* sampai 22.00\nAdmin kedua: Budi\nPIC: Dewi\nTidak masuk hari ini: Rani\nBerikutnya: Budi, mulai 22.00\nKetik jaga besok"
		rabu    = "Jadwal jaga Rabu, 25 Nov:\n• 00.00–06.00 *Budi*, kedua Dewi\n• 06.00–14.00 *Dewi*\n• 14.00–22.00 *Sari*, kedua Rani, PIC Dewi\n• 22.00–24.00 *Rani*, kedua Dewi"
	)
	for text, want := range map[string]string{
		"jaga":              present,
		"Jadwal":            present,
		"siapa jaga?":       present,
		"siapa yang jaga":   present,
		"jaga hari ini":     "Jadwal jaga Selasa, 24 Nov:",
		"jaga besok":        rabu,
		"jaga rabu":         rabu,
		"jadwal hari Rabu":  rabu,
		"siapa jaga besok?": rabu,
		"jaga selasa":       "Jadwal jaga Selasa, 24 Nov:",
		"jaga lusa":         "Jadwal jaga Kamis, 26 Nov:",
		"jaga senin":        "Jadwal jaga Senin, 30 Nov:",
		"jaga minggu":       "• 22.00–24.00 kosong, panggilan masuk ke Budi",
		"jaga kemisan":      `Hari "kemisan" belum saya kenal Kak. Contoh: jaga besok`,
	} {
		turn := with(heard(said(text)), func(c *shop.Turn) { c.Person, c.Plan, c.Roster = sari, plan, plan.At(now) })
		if o := decide(t, turn); !strings.Contains(o.reply, want) || o.StartWait {
			t.Errorf("%s: %q, want %q", text, o.reply, want)
		}
	}
	night := with(heard(said("jaga")), func(c *shop.Turn) {
		c.Person, c.Plan, c.Now = sari, plan, time.Date(2026, 11, 28, 23, 0, 0, 0, shop.WIB) // Saturday
	})
	const gap = "⚠️ Sekarang tidak ada yang jaga sampai besok 06.00, panggilan masuk ke Budi\nBerikutnya: Dewi, mulai besok 06.00\n" +
		"Jam kosong hari ini dan besok:\n• besok 22.00 sampai besok 24.00\n"
	if o := decide(t, night); !strings.Contains(o.reply, gap) {
		t.Errorf("in a gap: %q, want %q", o.reply, gap)
	}
	alone := with(heard(said("jaga")), func(c *shop.Turn) { c.Person, c.Plan = sari, shop.Plan{People: []shop.Person{sari, dewi}} })
	if o := decide(t, alone); o.reply != "👤 Jaga sekarang: *Sari* (belum ada jadwal shift)\nAdmin kedua: Dewi\nPIC: Sari\n" {
		t.Errorf("without shifts: %q", o.reply)
	}
	customer := with(heard(said("siapa yang jaga")), func(c *shop.Turn) { c.Plan = plan })
	if o := decide(t, customer); strings.Contains(o.reply, "Sari") {
		t.Errorf("a customer is told %q", o.reply)
	}
}
