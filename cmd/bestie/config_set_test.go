package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bestie/shop"
)

func TestLevelsAndWarn(t *testing.T) {
	levels := func(pairs ...any) []shop.Level {
		var out []shop.Level
		for i := 0; i < len(pairs); i += 2 {
			d, err := time.ParseDuration(pairs[i].(string))
			if err != nil {
				t.Fatal(err)
			}
			rank := pairs[i+1].(int) // with 10 more where the customer is told, too
			out = append(out, shop.Level{After: d, Rank: shop.Rank(rank % 10), Hold: rank > 10})
		}
		return out
	}
	for name, tc := range map[string]struct {
		set  [][2]string
		want []shop.Level
	}{
		"default":                {nil, levels("2m30s", 1, "3m30s", 2, "4m30s", 13, "5m", 4)},
		"warn earlier":           {[][2]string{{"sla.warn", "2m"}}, levels("2m", 1, "3m30s", 2, "4m30s", 13, "5m", 4)},
		"warn drops the second":  {[][2]string{{"sla.warn", "4m"}}, levels("4m", 1, "4m30s", 13, "5m", 4)},
		"warn equals a level":    {[][2]string{{"sla.warn", "3m30s"}}, levels("3m30s", 1, "4m30s", 13, "5m", 4)},
		"warn after all":         {[][2]string{{"sla.warn", "6m"}}, levels("6m", 1)},
		"two levels":             {[][2]string{{"sla.levels", "1m,2m"}}, levels("1m", 1, "2m", 4)},
		"as YAML":                {[][2]string{{"sla.levels", "[1m, 2m, 3m]"}}, levels("1m", 1, "2m", 2, "3m", 14)},
		"one level":              {[][2]string{{"sla.levels", "90s"}}, levels("90s", 1)},
		"five levels":            {[][2]string{{"sla.levels", "1m,2m,3m,4m,5m"}}, levels("1m", 1, "2m", 2, "3m", 13, "4m", 3, "5m", 4)},
		"levels undo warn":       {[][2]string{{"sla.warn", "6m"}, {"sla.levels", "1m, 2m"}}, levels("1m", 1, "2m", 4)},
		"warn changes the first": {[][2]string{{"sla.levels", "1m, 2m"}, {"sla.warn", "30s"}}, levels("30s", 1, "2m", 4)},
	} {
		t.Run(name, func(t *testing.T) {
			c := DefaultConfig()
			for _, s := range tc.set {
				if err := c.Set(s[0], s[1]); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(tc.want, c.SLA.Levels); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSet(t *testing.T) {
	for _, tc := range []struct {
		key, text string
		shown     string // what the setting is afterwards
	}{
		{"business.name", `"Toko Kita"`, "Toko Kita"},
		{"business.name", "Toko: Kita", `"Toko: Kita"`},
		{"business.number", "+62 812-3456-7890", `"6281234567890"`},
		{"data_dir", "/var/lib/bestie", "/var/lib/bestie"},
		{"log.level", "WARN", "warn"},
		{"log.format", "JSON", "json"},
		{"promo.slots", "rabu 17.00, JUMAT 19:30", "[wed 17:00, fri 19:30]"},
		{"promo.cap_weeks", "0, 10", "[0, 10]"},
		{"promo.window_from", "7.30", `"07:30"`},
		{"reply.typing_min", "0s", "0s"},
		{"takeover.pause", "1d12h", "1d12h"},
		{"facts.city_rates", "Bandung: 12.000, kota solo: Rp15.000", "{bandung: 12000, kota solo: 15000}"},
		{"facts.city_rates", "{}", ""},
		{"admins", "[{name: Sari, phone: 081211112222, role: owner}]", `[{name: "Sari", phone: "6281211112222", role: owner}]`},
		{"link.age", "10d", "10d"},
	} {
		c := DefaultConfig()
		if err := c.Set(tc.key, tc.text); err != nil {
			t.Errorf("%s %s: %v", tc.key, tc.text, err)
		}
		if got := findSetting(tc.key).kind.show(c); got != tc.shown {
			t.Errorf("%s %s: is %s, want %s", tc.key, tc.text, got, tc.shown)
		}
	}
}

func TestSetRefuses(t *testing.T) {
	for _, tc := range []struct{ key, text, want string }{
		{"sla.wern", "2m", "sla.wern: is not a setting, did you mean sla.warn?"},
		{"sla", "2m", "sla: is a section, not a setting; allowed: levels, warn, target, repeat, claim, page_gap"},
		{"xyzzyxyzzyxyzzy", "2m", "xyzzyxyzzyxyzzy: is not a setting; allowed: business, data_dir, products_file, templates_dir, log, admins, roster, absences, divisions, sla, alerts, hours, reply, takeover, rating, guards, send, promo, report, warehouse, dropship, media, facts"},
		{"reply.debouce", "2s", "reply.debouce: is not a setting, did you mean reply.debounce?"},
		{"debounce", "2s", "debounce: is not a setting, did you mean reply.debounce?"},
		{"send.debounce", "2s", "send.debounce: is not a setting, did you mean reply.debounce?"},
		{"guard", "2s", "guard: is not a setting, did you mean guards?"},
		{"reply.xyzzyxyzzy", "2s", "reply.xyzzyxyzzy: is not a setting; allowed: debounce, typing_min, typing_max, freshness, apology_until"},
		{"sla.warn", "500ms", `sla.warn: "500ms" is not a length of time; allowed: 1s to 12h, written like 2m30s`},
		{"sla.warn", "0s", `sla.warn: "0s" is out of bounds; allowed: 1s to 12h, written like 2m30s`},
		{"sla.levels", "", "sla.levels: has 0 items; allowed: 1 to 8 ascending"},
		{"sla.levels", "2m, 2m", `sla.levels: "2m" is not later than the 2m before it`},
		{"sla.levels", "[1m", `sla.levels: "[1m" cannot be read as a list`},
		{"sla.levels", "{a: 1}", "sla.levels: found a section as an item of the list"},
		{"promo.batch", "2.5", `promo.batch: "2.5" is not a whole number; allowed: 1 to 100`},
		{"promo.batch", "101", `promo.batch: "101" is out of bounds`},
		{"promo.slots", "wed 17:60", `promo.slots: "wed 17:60" has no time of day`},
		{"promo.slots", "wed 17:00, rabu 17.00", `promo.slots: "rabu 17.00" is there twice`},
		{"promo.slots", "wed 24:00", `promo.slots: "wed 24:00" has no time of day`},
		{"promo.slots", "17:00", `promo.slots: "17:00" is not a weekday and a time`},
		{"log.format", "xml", `log.format: "xml" is none of them; allowed: auto, json, console`},
		{"log.level", "trace", `log.level: "trace" is none of them; allowed: debug, info, warn, error`},
		{"media.max", "1GB", `media.max: "1GB" is not a size in KB or MB; allowed: 100KB to 100MB`},
		{"media.max", "101MB", `media.max: "101MB" is out of bounds`},
		{"business.name", "", `business.name: "" is empty`},
		{"facts.cod", strings.Repeat("x", 1501), "facts.cod: \"" + strings.Repeat("x", 60) + "…\" has 1501 letters"},
		{"dropship.limit", "-1", `dropship.limit: "-1" is not an amount in whole rupiah`},
		{"dropship.limit", "1.5", `dropship.limit: "1.5" is not an amount in whole rupiah`},
		{"dropship.limit", "2000000000", `dropship.limit: "2000000000" is out of bounds`},
		{"admins", "Sari", `admins[0]: found "Sari" where a person belongs`},
		{"admins", "[{phone: 081211112222}]", "admins[0].name: is missing"},
		{"facts.city_rates", "bandung", "facts.city_rates.bandung: found nothing where a single value belongs"},
	} {
		c := DefaultConfig()
		err := c.Set(tc.key, tc.text)
		if got := problems(t, err); len(got) != 1 || !strings.HasPrefix(got[0], tc.want) {
			t.Errorf("%s %s:\n got %q\nwant %q", tc.key, tc.text, got, tc.want)
		}
		if diff := cmp.Diff(DefaultConfig(), c); diff != "" {
			t.Errorf("%s %s: refused, yet it changed\n%s", tc.key, tc.text, diff)
		}
	}
}

// No limit on promos and replies can be switched off in a file: only Go code can (field
// guide, section 5).
func TestPromoLimitsHaveBounds(t *testing.T) {
	limits := []string{
		"promo.pace_min", "promo.pace_max", "promo.batch", "promo.rest_min", "promo.rest_max", "promo.late", "promo.cap_ceiling",
		"promo.yield_slow", "promo.yield_stop", "promo.window_from", "promo.window_until",
	}
	for _, key := range limits {
		for _, text := range []string{"0", "0s", "-1", "-20s", "unlimited", "none", "off", "1000000", "1000000h", "24:00", ""} {
			c := DefaultConfig()
			if err := c.Set(key, text); err == nil {
				t.Errorf("%s: %q is taken", key, text)
			}
		}
	}
	for _, text := range []string{"", "unlimited", "1000000", "-1"} {
		c := DefaultConfig()
		if err := c.Set("promo.cap_weeks", text); err == nil {
			t.Errorf("promo.cap_weeks: %q is taken", text)
		}
	}
}

func TestSettingsThatDoNotFitTogether(t *testing.T) {
	for _, tc := range []struct {
		set  [][2]string
		want string
	}{
		{[][2]string{{"reply.typing_min", "5s"}}, "reply.typing_min: 5s is more than reply.typing_max, 4s"},
		{[][2]string{{"reply.freshness", "12h"}, {"reply.apology_until", "1h"}}, "reply.freshness: 12h is more than reply.apology_until, 1h"},
		{[][2]string{{"promo.pace_min", "2m"}}, "promo.pace_min: 2m is more than promo.pace_max, 1m"},
		{[][2]string{{"promo.rest_max", "5m"}}, "promo.rest_min: 10m is more than promo.rest_max, 5m"},
		{[][2]string{{"promo.window_from", "21:00"}, {"promo.window_until", "22:00"}, {"promo.slots", "wed 21:30, fri 22:00"}}, "promo.slots: fri 22:00 is outside"},
		{[][2]string{{"promo.window_until", "08:00"}, {"promo.slots", "wed 08:00"}}, "promo.window_from: 08:00 is not before promo.window_until, 08:00"},
		{[][2]string{{"business.number", "081211112222"}, {"admins", "[{name: A, phone: 081211112222}]"}}, "admins: [0] has the business number itself"},
	} {
		c := DefaultConfig()
		for _, s := range tc.set {
			if err := c.Set(s[0], s[1]); err != nil {
				t.Fatal(err)
			}
		}
		if got := problems(t, c.Check()); len(got) == 0 || !strings.HasPrefix(got[0], tc.want) {
			t.Errorf("%v:\n got %q\nwant %q", tc.set, got, tc.want)
		}
	}
	path := writeFile(t, "promo:\n\n  pace_min: 2m\n")
	_, err := LoadConfig(path, nil, false)
	if got := problems(t, err); len(got) != 1 || got[0] != path+":3: promo.pace_min: 2m is more than promo.pace_max, 1m" {
		t.Errorf("from a file: %q", got)
	}
}

func TestEnvironment(t *testing.T) {
	file := filepath.Join(t.TempDir(), "value")
	if err := os.WriteFile(file, []byte("Toko Rahasia\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	path := writeFile(t, "sla:\n  warn: 1m\nbusiness:\n  name: Toko\n")
	c, err := LoadConfig(path, []string{
		"BESTIE_SLA_WARN=2m", "BESTIE_BUSINESS_NAME_FILE=" + file, "BESTIE_DATA_DIR=", "BESTIE_CONFIG=x.yaml",
		"BESTIE_PORT=tcp://10.0.0.1:80", "BESTIE_SERVICE_HOST=10.0.0.1", "BESTIE_ADMINS=[{name: A, phone: '081211112222'}]", "OTHER=1",
	}, false)
	if err != nil {
		t.Fatal(err)
	}
	if c.SLA.Levels[0].After != 2*time.Minute || c.Business.Name != "Toko Rahasia" || c.DataDir != "data" || len(c.Admins) != 1 {
		t.Errorf("not as expected: %+v", c)
	}
}

func TestEveryMistakeOfTheEnvironment(t *testing.T) {
	file := filepath.Join(t.TempDir(), "value")
	if err := os.WriteFile(file, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := LoadConfig("", []string{
		"BESTIE_SLA_WRAN=2m", "BESTIE_SLA_TARGET=soon", "BESTIE_PROMO_BATCH_FILE=" + file, "BESTIE_SLA_LEVELS_FILE=" + file,
		"BESTIE_LOG_LEVEL=info", "BESTIE_LOG_LEVEL_FILE=" + file, "BESTIE_MEDIA_MAX_FILE=/none/here", "BESTIE_LINK_AGE=1d", "BESTIE_PROMO_PACE_MIN=10m", "BESTIE_DATDIR_FILE=" + file,
	}, false)
	want := []string{
		`BESTIE_LOG_LEVEL: log.level: is given twice, also as BESTIE_LOG_LEVEL_FILE`,
		`BESTIE_SLA_LEVELS_FILE: sla.levels: its content is not a length of time; allowed: 1 to 8 ascending times from 1s to 12h, written like 2m30s`,
		`BESTIE_SLA_TARGET: sla.target: "soon" is not a length of time; allowed: 1m to 12h, written like 2m30s`,
		`BESTIE_PROMO_BATCH_FILE: promo.batch: its content is not a whole number; allowed: 1 to 100`,
		`BESTIE_MEDIA_MAX_FILE: media.max: "/none/here" cannot be read: no such file or directory`,
		`BESTIE_LINK_AGE: link.age: is for rehearsal scripts alone`,
		`BESTIE_DATDIR_FILE: is not a setting, did you mean BESTIE_DATA_DIR_FILE?`,
		`BESTIE_SLA_WRAN: is not a setting, did you mean BESTIE_SLA_WARN?`,
		`BESTIE_PROMO_PACE_MIN: promo.pace_min: 10m is more than promo.pace_max, 1m`,
	}
	if diff := cmp.Diff(want, problems(t, err)); diff != "" {
		t.Error(diff)
	}
}

func TestPhones(t *testing.T) {
	for in, want := range map[string]string{
		"0812-3456-7890":     "6281234567890",
		"+62 812 3456 7890":  "6281234567890",
		"62 812 3456 7890":   "6281234567890",
		"6281234567890":      "6281234567890",
		"812 3456 7890":      "6281234567890",
		"(0812) 3456.7890":   "6281234567890",
		"+65 9123 4567":      "6591234567",
		"6281200000001":      "6281200000001",
		"0812":               "",
		"628120000":          "",
		"":                   "",
		"nomor saya":         "",
		"0812-3456-7890-123": "",
		"+1":                 "",
	} {
		got, err := parsePhone(in)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v; want %q", in, got, err, want)
		}
	}
}

// Whatever bytes a file holds, they make a configuration or a list of mistakes.
func FuzzConfig(f *testing.F) {
	f.Add([]byte(wrongFile))
	f.Add([]byte(exampleYAML()))
	f.Add([]byte("a: [[[[{"))
	f.Add([]byte("? {a: b}\n: - &x !!y *z\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		l := loader{config: DefaultConfig(), origin: map[string]Mistake{}}
		l.yaml("fuzz", src)
		for _, m := range l.mistakes {
			if m.Problem == "" || m.Source != "fuzz" {
				t.Errorf("a mistake that tells nothing: %+v", m)
			}
		}
		if len(l.config.SLA.Levels) == 0 || l.config.Promo.CapCeiling < 1 || l.config.Promo.PaceMin < 5*time.Second {
			t.Errorf("bounds broken: %+v", l.config)
		}
	})
}
