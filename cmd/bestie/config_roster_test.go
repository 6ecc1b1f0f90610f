package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bestie/shop"
)

const team = `admins:
  - {name: Sari, phone: 081211112222}
  - {name: Dewi, phone: 081211112223, role: [second, supervisor]}
  - {name: Budi, phone: 081211112224, role: owner}
  - {name: Rani, phone: 081211112225, role: none}
`

func TestRosterOfAFile(t *testing.T) {
	c, err := LoadConfig(writeFile(t, team+`
roster:
  - days: senin-jumat
    hours: 08.00 - 16:00
    duty: sari
    second: Dewi
  - {hours: "22:00-06:00", duty: Rani, supervisor: Budi, pic: Dewi}
  - {days: [sat, "sun, mon"], hours: 08:00-22:00, duty: Sari}
absences:
  - {name: Sari, from: 2026-12-24, to: 2026-12-26, stand_in: Rani}
  - {name: Rani, from: 2026-12-31}
`), nil, false)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]shop.Role{{shop.RoleDuty}, {shop.RoleSecond, shop.RoleSupervisor}, {shop.RoleOwner}, nil},
		[][]shop.Role{c.Admins[0].Roles, c.Admins[1].Roles, c.Admins[2].Roles, c.Admins[3].Roles}); diff != "" {
		t.Error(diff)
	}
	const h = time.Hour
	day := func(d int) time.Time { return time.Date(2026, 12, d, 0, 0, 0, 0, shop.WIB) }
	want := shop.Plan{Shifts: []shop.Shift{
		{Days: []time.Weekday{1, 2, 3, 4, 5}, From: 8 * h, Until: 16 * h, Duty: "sari", Second: "Dewi"},
		{Days: []time.Weekday{1, 2, 3, 4, 5, 6, 0}, From: 22 * h, Until: 6 * h, Duty: "Rani", Supervisor: "Budi", PIC: "Dewi"},
		{Days: []time.Weekday{1, 6, 0}, From: 8 * h, Until: 22 * h, Duty: "Sari"},
	}, Absences: []shop.Absence{{Person: "Sari", From: day(24), To: day(26), StandIn: "Rani"}, {Person: "Rani", From: day(31), To: day(31)}}}
	if diff := cmp.Diff(want, c.plan()); diff != "" {
		t.Error(diff)
	}
}

// TestRosterMistakes: each is named with the line of its item.
func TestRosterMistakes(t *testing.T) {
	for name, tc := range map[string]struct{ src, want string }{
		"unknown name":      {"roster:\n  - {hours: 06:00-14:00, duty: Sari}\n  - hours: 14:00-22:00\n    duty: Devi\n", `F:8: roster[1].duty: nobody under admins is called "Devi", did you mean Dewi?; allowed: Budi, Dewi, Rani, Sari`},
		"no time":           {"roster:\n  - {duty: Sari}\n", "F:7: roster[0].hours: is missing; allowed: up to 100 shifts"},
		"wrong time":        {"roster:\n  - {hours: 06:00-25:00, duty: Sari}\n", `F:7: roster[0].hours: "06:00-25:00" has a wrong time, "25:00"; allowed: two times such as`},
		"no span":           {"roster:\n  - {hours: pagi, duty: Sari}\n", `F:7: roster[0].hours: "pagi" is not a span of the clock`},
		"from 24:00":        {"roster:\n  - {hours: 24:00-06:00, duty: Sari}\n", `F:7: roster[0].hours: "24:00-06:00" begins at 24:00`},
		"wrong day":         {"roster:\n  - {days: mon-fry, hours: 06:00-14:00, duty: Sari}\n", `F:7: roster[0].days: "mon-fry" names no weekday; allowed: mon, sat-sun`},
		"no days":           {"roster:\n  - {days: [], hours: 06:00-14:00, duty: Sari}\n", `F:7: roster[0].days: found a list where weekdays belong`},
		"unknown key":       {"roster:\n  - {hours: 06:00-14:00, duty: Sari, backup: Dewi}\n", "F:7: roster[0].backup: is not a known key; allowed: days, hours, duty, second, supervisor, pic"},
		"not a shift":       {"roster:\n  - Sari\n", `F:7: roster[0]: found "Sari" where a shift belongs`},
		"two on duty":       {"roster:\n  - {days: mon-fri, hours: 22:00-06:00, duty: Sari}\n  - {days: sat, hours: 05:30-14:00, duty: Dewi}\n", "F:8: roster[1].hours: overlaps roster[0] on sat from 05:30, but Sari and Dewi cannot both be on duty; allowed: shifts that follow each other, or one of the two as second"},
		"away, unknown":     {"absences:\n  - {name: Sri, from: 2026-12-24}\n", `F:7: absences[0].name: nobody under admins is called "Sri"`},
		"stand-in unknown":  {"absences:\n  - name: Sari\n    from: 2026-12-24\n    stand_in: Tono\n", `F:7: absences[0].stand_in: nobody under admins is called "Tono"; allowed: Budi, Dewi, Rani, Sari`},
		"own stand-in":      {"absences:\n  - {name: Sari, from: 2026-12-24, stand_in: sari}\n", "F:7: absences[0].stand_in: Sari cannot stand in for themselves"},
		"no day":            {"absences:\n  - {name: Sari, from: 2026-02-30}\n", `F:7: absences[0].from: "2026-02-30" is no day of the calendar; allowed: a day such as 2026-12-24`},
		"ends before":       {"absences:\n  - {name: Sari, from: 2026-12-24, to: 2026-12-23}\n", "F:7: absences[0].to: 2026-12-23 is before from, 2026-12-24"},
		"no absence from":   {"absences:\n  - {name: Sari}\n", "F:7: absences[0].from: is missing"},
		"overlap, same one": {"roster:\n  - {hours: 06:00-14:00, duty: Sari, second: Dewi}\n  - {hours: 12:00-16:00, duty: sari}\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			path := writeFile(t, team+tc.src)
			_, err := LoadConfig(path, nil, false)
			if tc.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if got := problems(t, err); len(got) != 1 || !strings.HasPrefix(strings.Replace(got[0], path, "F", 1), tc.want) {
				t.Errorf("got  %q\nwant %q", got, tc.want)
			}
		})
	}
}

func TestTwoPeopleOfOneName(t *testing.T) {
	src := "admins: [{name: Sari, phone: 081211112222}, {name: sari, phone: 081211112223}]\n"
	if _, err := LoadConfig(writeFile(t, src), nil, false); err != nil {
		t.Errorf("without a roster it does not matter: %v", err)
	}
	_, err := LoadConfig(writeFile(t, src+"roster: [{hours: 06:00-14:00, duty: Sari}]"), nil, false)
	if got := problems(t, err); len(got) != 1 || !strings.Contains(got[0], `roster[0].duty: 2 people under admins are called "Sari"; allowed: a name that only one of them has`) {
		t.Errorf("got %q", got)
	}
}

// TestRosterElsewhere: the environment holds a roster on one line, and what is shown
// can be read again.
func TestRosterElsewhere(t *testing.T) {
	environ := []string{
		`BESTIE_ROSTER={days: fri-mon, hours: "22:00-06:00", duty: Sari, pic: Dewi}, {days: tue, hours: 6:00-24:00, duty: Rani}`,
		"BESTIE_ABSENCES={name: Sari, from: 2026-12-24, stand_in: Rani}",
	}
	c, err := LoadConfig(writeFile(t, team), environ, false)
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{
		"roster":   `[{days: [mon, fri-sun], hours: "22:00-06:00", duty: "Sari", pic: "Dewi"}, {days: tue, hours: "06:00-24:00", duty: "Rani"}]`,
		"absences": `[{name: "Sari", from: 2026-12-24, to: 2026-12-24, stand_in: "Rani"}]`,
	} {
		shown := findSetting(key).kind.show(c)
		if shown != want {
			t.Errorf("%s is shown as %s, want %s", key, shown, want)
		}
		if err = c.Set(key, shown); err != nil || findSetting(key).kind.show(c) != want {
			t.Errorf("%s does not come back: %v", key, err)
		}
	}
	_, err = LoadConfig(writeFile(t, team), []string{"BESTIE_ROSTER={hours: 06:00-14:00, duty: Tono}"}, false)
	if got := problems(t, err); len(got) != 1 || !strings.HasPrefix(got[0], `BESTIE_ROSTER: roster[0].duty: nobody under admins is called "Tono"`) {
		t.Errorf("got %q", got)
	}
}
