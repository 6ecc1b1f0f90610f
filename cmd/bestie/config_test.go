package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"bestie/shop"
)

// writeFile puts a configuration into a folder of its own.
func writeFile(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bestie.yaml")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// problems are the lines of a ConfigError, nil when there is none.
func problems(t *testing.T, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	var config *ConfigError
	if !errors.As(err, &config) {
		t.Fatalf("not a ConfigError: %v", err)
	}
	var out []string
	for _, m := range config.Mistakes {
		out = append(out, m.String())
	}
	return out
}

func TestDefaultsAreTheShopsRules(t *testing.T) {
	c := DefaultConfig()
	if diff := cmp.Diff(shop.DefaultSLA(), c.SLA); diff != "" {
		t.Errorf("sla:\n%s", diff)
	}
	if diff := cmp.Diff(shop.DefaultPromo(), c.Promo); diff != "" {
		t.Errorf("promo:\n%s", diff)
	}
	if c.Dropship.Limit != shop.DefaultLimit {
		t.Errorf("limit %v", c.Dropship.Limit)
	}
	if err := c.Check(); err != nil {
		t.Error(err)
	}
}

func TestTable(t *testing.T) {
	env := map[string]bool{}
	for _, s := range settings {
		if !strings.HasSuffix(s.doc, ".") || s.risk != "" && !strings.HasSuffix(s.risk, ".") || s.kind.allowed == "" {
			t.Errorf("%s: not documented", s.path)
		}
		if env[s.env()] {
			t.Errorf("%s: %s is another setting's variable too", s.path, s.env())
		}
		env[s.env()], env[s.env()+envFile] = true, true
		c := DefaultConfig()
		if err := c.Set(s.path, s.def+s.example); s.def+s.example == "" || err != nil {
			t.Errorf("%s: neither default nor example: %v", s.path, err)
		}
		if isSection(s.path) {
			t.Errorf("%s: other settings lie below it", s.path)
		}
		if s.secret {
			continue // it is shown as a secret
		}
		shown := s.kind.show(c)
		if err := c.Set(s.path, shown); err != nil || s.kind.show(c) != shown {
			t.Errorf("%s: %s does not come back: %v, %s", s.path, shown, err, s.kind.show(c))
		}
	}
}

const wrongFile = `business:
  number: 0812-34
  naem: Toko
  name: [Toko, Kita]
sla:
  levels: [2m, 90s, soon]
  target: 5
guards:
  per_chat_day: 0
guards:
  per_chat_hour: many
  per_chat_hour: 30
promo:
  slots: [wed 17:00, someday 19:00, fri 25:00]
  cap_ceiling: unlimited
  window_from: 8 am
admins:
  - {name: Sari, phone: 0812-1111-2222, role: boss}
  - {name: Budi, phone: "+62 812 1111 2222", telp: 1}
  - Tono
facts:
  cod: "Bisa
  city_rates: {bandung: 12.50, solo: 15000}
log: info
	level: x
link: {age: 1d}
takeover:
`

// wrongLines is what must be said about wrongFile: everything at once, with
// line, key and allowed values.
var wrongLines = []string{
	`F:2: business.number: "0812-34" is not a valid telephone number; allowed: a telephone number such as "0812-3456-7890" or "+62 812 3456 7890"`,
	"F:3: business.naem: is not a setting, did you mean business.name?",
	"F:4: business.name: found a list where a single value belongs; allowed: text of up to 60 letters",
	`F:6: sla.levels: "90s" is not later than the 2m before it; allowed: 1 to 8 ascending times from 1s to 12h, written like 2m30s`,
	`F:6: sla.levels: "soon" is not a length of time; allowed: 1 to 8 ascending times from 1s to 12h, written like 2m30s`,
	`F:7: sla.target: "5" has no unit (s, m, h or d); allowed: 1m to 12h, written like 2m30s`,
	`F:9: guards.per_chat_day: "0" is out of bounds; allowed: 1 to 500`,
	"F:10: guards: is given twice",
	`F:11: guards.per_chat_hour: "many" is not a whole number; allowed: 1 to 120`,
	"F:12: guards.per_chat_hour: is given twice",
	`F:14: promo.slots: "someday 19:00" names no weekday; allowed: 1 to 14 different slots such as "wed 17:00" or "jumat 19.00" (WIB)`,
	`F:14: promo.slots: "fri 25:00" has no time of day; allowed: 1 to 14 different slots such as "wed 17:00" or "jumat 19.00" (WIB)`,
	`F:15: promo.cap_ceiling: "unlimited" is not a whole number; allowed: 1 to 1000`,
	`F:16: promo.window_from: "8 am" is not a time of day; allowed: 06:00 to 22:00 (WIB)`,
	`F:18: admins[0].role: "boss" is none of them; allowed: admin, second, supervisor, owner, several of them in brackets, or none`,
	"F:19: admins[1].telp: is not a known key; allowed: name, phone, role",
	`F:19: admins[1].phone: "62812*****222" is there twice; allowed: a number of their own for everybody`,
	`F:20: admins[2]: found "Tono" where a person belongs; allowed: up to 20 people, each {name, phone, role: admin, second, supervisor, owner, several of them in brackets, or none}`,
	"F:22: is not valid YAML: could not find end character of double-quoted text",
	`F:23: facts.city_rates.bandung: "12.50" is not an amount in whole rupiah; allowed: cities with amounts of 0 to 10000000 rupiah, such as {bandung: 12000, surabaya: 20000}`,
	`F:24: log: found "info" where a section belongs`,
	"F:25: is not valid YAML: tab character cannot be used for indentation in double-quoted text",
	"F:26: link.age: is for rehearsal scripts alone",
}

func TestEveryMistakeOfAFile(t *testing.T) {
	path := writeFile(t, wrongFile)
	_, err := LoadConfig(path, nil, true)
	got := problems(t, err)
	for i := range got {
		got[i] = strings.Replace(got[i], path, "F", 1)
	}
	if diff := cmp.Diff(wrongLines, got); diff != "" {
		t.Error(diff)
	}
}

func TestFile(t *testing.T) {
	for name, tc := range map[string]struct {
		src  string
		want func(*Config) bool
	}{
		"empty":            {"", func(c *Config) bool { return c.Business.Name == "Bestie Sejahtera" }},
		"only a comment":   {"# nothing\n", func(c *Config) bool { return c.DataDir == "data" }},
		"empty section":    {"sla:\n", func(c *Config) bool { return len(c.SLA.Levels) == 4 }},
		"nothing given":    {"data_dir:\nsla:\n  target: null\n", func(c *Config) bool { return c.DataDir == "data" && c.SLA.Target == 5*time.Minute }},
		"leading zero":     {"business:\n  number: 081234567890", func(c *Config) bool { return c.Business.Number == "6281234567890" }},
		"dotted key":       {"sla.warn: 2m", func(c *Config) bool { return c.SLA.Levels[0].After == 2*time.Minute }},
		"block text":       {"facts:\n  signup_steps: |\n    1. Daftar\n    2. Tunggu\n", func(c *Config) bool { return c.Facts.SignupSteps == "1. Daftar\n2. Tunggu" }},
		"block list":       {"promo:\n  slots:\n    - rabu 17.00\n    - Jumat 19:00\n", func(c *Config) bool { return len(c.Promo.Slots) == 2 && c.Promo.Slots[1].Weekday == time.Friday }},
		"number as text":   {"business:\n  name: 1234", func(c *Config) bool { return c.Business.Name == "1234" }},
		"grouped rupiah":   {"dropship:\n  limit: 500.000", func(c *Config) bool { return c.Dropship.Limit == 500000 }},
		"rp rupiah":        {"dropship:\n  limit: Rp 1.500.000", func(c *Config) bool { return c.Dropship.Limit == 1500000 }},
		"city with spaces": {"facts:\n  city_rates:\n    Jakarta  Selatan: 9000\n", func(c *Config) bool { return c.Facts.CityRates["jakarta selatan"] == 9000 }},
		"admin roles": {"admins: [{name: A, phone: 081211112222}, {name: B, phone: 081211112223, role: Owner}]", func(c *Config) bool {
			return c.Admins[0].Roles[0] == shop.RoleDuty && c.Admins[1].Roles[0] == shop.RoleOwner
		}},
		"no admins":     {"admins: []", func(c *Config) bool { return c.Admins == nil }},
		"windows lines": {"business:\r\n  name: Toko\r\n", func(c *Config) bool { return c.Business.Name == "Toko" }},
		"size":          {"media: {max: 500 kb}", func(c *Config) bool { return c.Media.Max == 500_000 }},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := LoadConfig(writeFile(t, tc.src), nil, false)
			if err != nil {
				t.Fatal(err)
			}
			if !tc.want(c) {
				t.Errorf("not as expected: %+v", c)
			}
		})
	}
}

func TestFileThatIsNone(t *testing.T) {
	for name, tc := range map[string]struct{ src, want string }{
		"a list":           {"- a\n", "F:1: holds a list where sections with settings belong"},
		"a word":           {"hello", `F:1: holds "hello" where sections with settings belong`},
		"two documents":    {"data_dir: a\n---\ndata_dir: b\n", "F:3: begins a second YAML document (a line ---); only one is read"},
		"block of a fault": {"business:\n  name: x\n@log:\n  leavel: info\n", "F:3: is not valid YAML: '@' is a reserved character"},
		"anchor":           {"data_dir: &a x\n", "F:1: uses a YAML feature that is not read here (Anchor)"},
		"merge key":        {"<<: {data_dir: x}\n", "F:1: uses a YAML feature that is not read here (MergeKey)"},
		"many lines":       {strings.Repeat("a:\n", 20_000), "F:3001: has too many lines; allowed: up to 3000 lines"},
		"many brackets":    {"log:\n  level: " + strings.Repeat("[", 60_000), "F:2: nests too deep; allowed: up to 20 levels"},
		"brackets closed":  {strings.Repeat("[", 21) + strings.Repeat("]", 21), "F:1: nests too deep; allowed: up to 20 levels"},
		"many dashes":      {strings.Repeat("- ", 30_000), "F:1: nests too deep; allowed: up to 20 levels"},
		"too big":          {strings.Repeat("#", configBounds.bytes+1), "F: is too large; allowed: up to 65536 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			path := writeFile(t, tc.src)
			_, err := LoadConfig(path, nil, false)
			got := problems(t, err)
			if len(got) != 1 || strings.Replace(got[0], path, "F", 1) != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
	if _, err := LoadConfig("/dev/zero", nil, false); err == nil || !strings.Contains(err.Error(), "is too large") {
		t.Errorf("a file without end: %v", err)
	}
	c, err := LoadConfig(writeFile(t, byteOrderMark+"log:\r\n  level: error\r\n"), nil, false)
	if err != nil || c.Log.Level != zerolog.ErrorLevel {
		t.Errorf("a file from Windows: %v", err)
	}
	_, err = LoadConfig(filepath.Join(t.TempDir(), "none.yaml"), nil, false)
	if got := problems(t, err); len(got) != 1 || !strings.HasSuffix(got[0], "cannot be read: no such file or directory") {
		t.Errorf("missing file: %q", got)
	}
}

func TestNumberIsNeededOnlyWhenAsked(t *testing.T) {
	if _, err := LoadConfig("", nil, false); err != nil {
		t.Error(err)
	}
	_, err := LoadConfig("", nil, true)
	if got := problems(t, err); len(got) != 1 || !strings.HasPrefix(got[0], "business.number: is missing") {
		t.Errorf("got %q", got)
	}
	_, err = LoadConfig("", []string{"BESTIE_BUSINESS_NUMBER=123"}, true)
	if got := problems(t, err); len(got) != 1 || !strings.HasPrefix(got[0], "BESTIE_BUSINESS_NUMBER: business.number: \"123\" is not") {
		t.Errorf("a wrong number is reported once: %q", got)
	}
}

func TestUnsetFacts(t *testing.T) {
	c := DefaultConfig()
	if got := len(c.UnsetFacts()); got != 17 {
		t.Errorf("%d facts unset by default", got)
	}
	if err := c.Set("facts.cod", "Bisa"); err != nil {
		t.Fatal(err)
	}
	if err := c.Set("facts.city_rates", "bandung: 12000, solo: 15000"); err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, f := range c.UnsetFacts() {
		keys = append(keys, f.Key)
	}
	want := []string{
		"facts.opening_hours", "facts.payment_methods", "facts.minimum_order", "facts.group_links", "facts.signup_steps",
		"facts.delivery_times", "facts.current_promo", "facts.order_links", "facts.wholesale", "facts.return_rules", "facts.exchange_rules", "facts.about",
		"facts.website_login", "facts.certificates", "facts.withdrawal_fees",
	}
	if diff := cmp.Diff(want, keys); diff != "" {
		t.Error(diff)
	}
}
