package main

import (
	"testing"
	"time"

	"bestie/shop"
)

// TestDoctorRoster: it is Monday, 5 Jan 2026, 10.00. Every gap is told with its exact
// span.
func TestDoctorRoster(t *testing.T) {
	const (
		admins   = "{name: Sari, phone: 081211112222}, {name: Dewi, phone: 081211112223, role: second}, {name: Tuti, phone: 081211112224, role: supervisor}"
		owner    = ", {name: Budi, phone: 081211112225, role: owner}"
		weekdays = `{days: mon-sat, hours: 06:00-22:00, duty: Sari}, {hours: "22:00-06:00", duty: Dewi}`
		all      = weekdays + ", {days: sun, hours: 06:00-22:00, duty: Sari}"
	)
	for _, c := range []struct{ name, admins, roster, absences, want string }{
		{"no shifts", admins + owner, "", "", "ok roster is complete\n"},
		{"no shifts, nobody above", "{name: Sari, phone: 081211112222}", "", "", "note roster: no second, supervisor, owner\n"},
		{"covered", admins + owner, all, "", "ok roster: 3 shifts, somebody is on duty at every instant of the next 14 days\n"},
		{
			"two gaps", admins + owner, weekdays, "",
			"note roster: nobody is on duty from Sun 11 Jan 2026 06:00 to Sun 11 Jan 2026 22:00\nnote roster: nobody is on duty from Sun 18 Jan 2026 06:00 to Sun 18 Jan 2026 22:00\n",
		},
		{
			"an absence", admins + owner, all, "{name: Sari, from: 2026-01-06}, {name: Dewi, from: 2026-01-06}",
			"note roster: nobody is on duty from Tue 6 Jan 2026 06:00 to Wed 7 Jan 2026 06:00\n",
		},
		{"an absence that the second fills", admins + owner, all, "{name: Sari, from: 2026-01-06}", "ok roster: 3 shifts, somebody is on duty at every instant of the next 14 days\n"},
		{
			"a gap without owner", admins, all, "{name: Sari, from: 2026-01-06}, {name: Dewi, from: 2026-01-06}",
			"note roster: no owner\nred roster: nobody is on duty from Tue 6 Jan 2026 06:00 to Wed 7 Jan 2026 06:00\n",
		},
		{
			"the gap is now", admins + owner, `{hours: "11:00-10:30", duty: Sari}`, "{name: Tuti, from: 2026-01-01, to: 2026-02-01}, {name: Sari, from: 2026-01-06, to: 2026-02-01, stand_in: Dewi}",
			"",
		},
		{"nobody's shift", admins + owner + ", {name: Rani, phone: 081211112226}, {name: Wati, phone: 081211112227, role: none}", all, "", "note roster: never paged: Rani, Wati\nok roster: 3 shifts, somebody is on duty at every instant of the next 14 days\n"},
		{"no role but shifts", "{name: Sari, phone: 081211112222, role: none}, {name: Tuti, phone: 081211112224, role: [second, supervisor, owner]}", `{hours: 00:00-24:00, duty: Sari}`, "", "ok roster: 1 shift, somebody is on duty at every instant of the next 14 days\n"},
		{"stands in", admins + owner + ", {name: Rani, phone: 081211112226}", all, "{name: Sari, from: 2026-01-06, stand_in: Rani}", "ok roster: 3 shifts, somebody is on duty at every instant of the next 14 days\n"},
		{"supervisor of a shift", "{name: Sari, phone: 081211112222}" + owner, `{hours: 00:00-24:00, duty: Sari, second: Budi, supervisor: Budi}`, "", "ok roster: 1 shift, somebody is on duty at every instant of the next 14 days\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			config := DefaultConfig()
			for key, text := range map[string]string{"admins": c.admins, "roster": c.roster, "absences": c.absences} {
				if err := config.Set(key, "["+text+"]"); err != nil {
					t.Fatal(err)
				}
			}
			if err := config.Check(); err != nil {
				t.Fatal(err)
			}
			p := &patient{config: config, now: time.Date(2026, 1, 5, 10, 0, 0, 0, shop.WIB)}
			p.roster()
			got := p.said()
			if c.want == "" { // one gap a day
				if len(p.list) != 14 || p.list[0].What != "roster: nobody is on duty from Mon 5 Jan 2026 10:30 to Mon 5 Jan 2026 11:00" || p.list[0].Hint != "Budi is paged instead; put a shift or a stand-in there" {
					t.Errorf("%d findings:\n%s%v", len(p.list), got, p.list[0])
				}
			} else if got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}
