package main

import (
	"strings"
	"testing"
	"time"

	"bestie/shop"
)

// Working hours are shown as they are read, and do what they say.
func TestHoursSettings(t *testing.T) {
	for _, c := range [][3]string{
		{"hours.week", "mon-fri 8.00-12.00 13:00-17:00, sabtu 20:00-02:00", `["mon 08:00-12:00 13:00-17:00", "tue 08:00-12:00 13:00-17:00", "wed 08:00-12:00 13:00-17:00", "thu 08:00-12:00 13:00-17:00", "fri 08:00-12:00 13:00-17:00", "sat 20:00-02:00", "sun closed"]`},
		{"hours.week", "sat-mon 00:00-24:00", `["mon 00:00-24:00", "tue closed", "wed closed", "thu closed", "fri closed", "sat 00:00-24:00", "sun 00:00-24:00"]`},
		{"hours.days", "2026-12-31..2027-01-01 closed, 2026-12-24 08:00-12:00, 2026-12-25 open", `["2026-12-24 08:00-12:00", "2026-12-25 open", "2026-12-31 closed", "2027-01-01 closed"]`},
		{"hours.holidays", "closed", "closed"},
		{"hours.holidays", "AUTO", "auto"},
		{"hours.joint_leave", "closed", "closed"},
	} {
		config := DefaultConfig()
		for _, text := range []string{c[1], c[2]} { // what is shown is read again
			if err := config.Set(c[0], text); err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			if got := findSetting(c[0]).kind.show(config); got != c[2] {
				t.Errorf("%s: %s\nwant %s", text, got, c[2])
			}
		}
	}
	config := DefaultConfig()
	if !config.SLA.Hours.Always() {
		t.Error("without hours the clocks stand still at times")
	}
	if err := config.Set("hours.week", "mon-fri 08:00-12:00 13:00-17:00"); err != nil {
		t.Fatal(err)
	}
	lunch := time.Date(2026, 11, 24, 11, 58, 0, 0, shop.WIB)
	if got := config.SLA.Hours.After(lunch, 5*mnt); got.Sub(lunch) != 65*mnt {
		t.Errorf("five minutes from 11:58 on: %v", got)
	}
}

// Every mistake is named with its line and what is allowed; hours that never come are
// refused.
func TestHoursMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"week: [\"mon-fri 08:00-12:00\",\n    \"fri 13:00-17:00\"]": `bestie.yaml:3: hours.week: "fri 13:00-17:00" names fri a second time`,
		`week: ["mon"]`:                                  "is not a weekday with hours",
		`week: ["someday 08:00-12:00"]`:                  "names no weekday",
		`week: ["mon 08:00-12:00 12:00-17:00"]`:          "overlap, touch or are out of order",
		`week: ["mon 08:00-12:00 11:00-17:00"]`:          "overlap, touch or are out of order",
		`week: ["mon 08:00-25:00"]`:                      "has no hours in",
		`week: ["mon 08:00-12:00 22:00-09:00"]`:          "run into the next day's",
		`week: ["mon-sun closed"]`:                       "is never open: no clock would ever run",
		`days: ["2026-02-30 closed"]`:                    "has no date like",
		`days: ["2026-12-25"]`:                           "is not a date with hours",
		`days: ["2026-12-25..2026-12-20 closed"]`:        "is not a range",
		`days: ["2026-12-25 open", "2026-12-25 closed"]`: "decides about 2026-12-25 a second time",
		`holidays: maybe`:                                "is none of them",
		`joint_leave: maybe`:                             "is none of them",
	} {
		path := writeFile(t, "hours:\n  "+text+"\n")
		_, err := LoadConfig(path, nil, false)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "bestie.yaml:") {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}
