package main

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"bestie/shop"
)

// cast are declarations that most tests of single lines need.
const cast = `contact rina 6281200000001 "Rina"
admin sari 6281200000002 "Sari"
dropshipper toko 6281200000003 "Toko Budi"
`

// parseLine parses one line that follows the declarations.
func parseLine(t *testing.T, line string) Command {
	t.Helper()
	s, err := ParseScript("t.txt", strings.NewReader(cast+line+"\n"))
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	if len(s.Lines) != 4 {
		t.Fatalf("%s: %d lines", line, len(s.Lines))
	}
	last := s.Lines[3]
	if last.Number != 4 || last.Text != strings.TrimSpace(line) {
		t.Errorf("%s: is line %d, %q", line, last.Number, last.Text)
	}
	return last.Command
}

// verbLines are lines of every kind and what they mean.
var verbLines = []struct {
	line string
	want Command
}{
	{"at 2026-11-24 16:30", AtLine{At: time.Date(2026, 11, 24, 16, 30, 0, 0, shop.WIB)}},
	{"at 2026-11-24 16:30:05", AtLine{At: time.Date(2026, 11, 24, 16, 30, 5, 0, shop.WIB)}},
	{"+90s", AdvanceLine{90 * time.Second}},
	{"+3m", AdvanceLine{3 * time.Minute}},
	{"+2h", AdvanceLine{2 * time.Hour}},
	{"+5d", AdvanceLine{120 * time.Hour}},
	{"+1d2h3m4s", AdvanceLine{26*time.Hour + 3*time.Minute + 4*time.Second}},
	{"  +1h30m  ", AdvanceLine{90 * time.Minute}},
	{`contact dewi 6281200000009 "Dewi \"D\" \\ Putri"`, PersonLine{Kind: PersonContact, Name: "dewi", Phone: "6281200000009", Display: `Dewi "D" \ Putri`}},
	{`admin budi_2 6281200000009 "Budi"`, PersonLine{Kind: PersonAdmin, Name: "budi_2", Phone: "6281200000009", Display: "Budi"}},
	{`dropshipper d 6281200000009 "Toko D"`, PersonLine{Kind: PersonDropshipper, Name: "d", Phone: "6281200000009", Display: "Toko D"}},
	{`dropshipper d 6281200000009 "Toko D" limit 500000 account "BCA 123"`, PersonLine{Kind: PersonDropshipper, Name: "d", Phone: "6281200000009", Display: "Toko D", Limit: 500000, LimitGiven: true, BankAccount: "BCA 123"}},
	{`dropshipper d 6281200000009 "Toko D" account "BCA 123" limit 0`, PersonLine{Kind: PersonDropshipper, Name: "d", Phone: "6281200000009", Display: "Toko D", LimitGiven: true, BankAccount: "BCA 123"}},
	{"product bakso 25000 18000 40", ProductLine{shop.Product{Name: "bakso", Price: 25000, Cost: 18000, Stock: 40}}},
	{`products "my list.xlsx"`, ProductsLine{"my list.xlsx"}},
	{`product "Bakso Sapi" 25000 0 0`, ProductLine{shop.Product{Name: "Bakso Sapi", Price: 25000}}},
	{"optin rina", OptInLine{"rina"}},
	{`promo "Diskon 25% hari ini!\nBalas ya"`, PromoLine{"Diskon 25% hari ini!\nBalas ya"}},
	{"rina> halo kak, ongkir ke bandung brp?", SayLine{"rina", Spoken{Text: "halo kak, ongkir ke bandung brp?"}}},
	{"rina>halo", SayLine{"rina", Spoken{Text: "halo"}}},
	{`rina> satu\ndua # tiga`, SayLine{"rina", Spoken{Text: "satu\ndua # tiga"}}},
	{"rina> [image] ini barangnya", SayLine{"rina", Spoken{Text: "ini barangnya", Image: true}}},
	{"rina> [image]", SayLine{"rina", Spoken{Image: true}}},
	{"rina> [image foto/rusak 1.jpg] rusak", SayLine{"rina", Spoken{Text: "rusak", Image: true, File: "foto/rusak 1.jpg"}}},
	{"phone> rina Sebentar ya kak", PhoneLine{"rina", Spoken{Text: "Sebentar ya kak"}}},
	{"phone> rina [image] ini", PhoneLine{"rina", Spoken{Text: "ini", Image: true}}},
	{"rina< ongkir", ExpectLine{Name: "rina", Want: ExpectNext, Text: "ongkir"}},
	{`rina<< a\nb`, ExpectLine{Name: "rina", Want: ExpectSome, Text: "a\nb"}},
	{"rina<!", ExpectLine{Name: "rina", Want: ExpectNothing}},
	{"rina<! promo", ExpectLine{Name: "rina", Want: ExpectNothing, Text: "promo"}},
	{"offline", NetworkLine{NetworkOffline}},
	{"online", NetworkLine{NetworkOnline}},
	{"restart", NetworkLine{NetworkRestart}},
	{"fault send 463 2", FaultLine{463, 2}},
	{"fault send 429", FaultLine{429, 1}},
	{"config sla.warn 2m", ConfigLine{"sla.warn", "2m"}},
	{"config sla.levels 1m, 2m", ConfigLine{"sla.levels", "1m, 2m"}},
	{"config\tsla.levels\t[1m, 2m]", ConfigLine{"sla.levels", "[1m, 2m]"}},
}

func TestEveryVerb(t *testing.T) {
	for _, tc := range verbLines {
		got := parseLine(t, tc.line)
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s:\n%s", tc.line, diff)
		}
		again := parseLine(t, got.String())
		if diff := cmp.Diff(got, again); diff != "" {
			t.Errorf("%s: written as %s:\n%s", tc.line, got, diff)
		}
	}
}

// wrongScriptLines are lines that do not follow the format and how the message
// about them begins.
var wrongScriptLines = []struct{ line, want string }{
	{"at 2026-01-05", "write at YYYY-MM-DD HH:MM"},
	{"at 2026-13-05 10:00", `"2026-13-05 10:00" is not an instant`},
	{"at 2026-02-30 10:00", `"2026-02-30 10:00" is not an instant`},
	{"at 2026-01-05 10:00:00.5", `"2026-01-05 10:00:00.5" is not an instant`},
	{"at 2026-01-05 09:59", "the clock only goes forward: it is 2026-01-05 10:00:00 here already"},
	{"+", `"+" is not a length of time; write +90s`},
	{"+0s", `"+0s" does not move the clock`},
	{"+-3m", `"+-3m" is not a length of time`},
	{"+3", `"+3" has no unit`},
	{"+2m3h", `"+2m3h" is not a length of time`},
	{"+3m +2m", `"+3m +2m" is not a length of time`},
	{"+3661d", `"+3661d" does not move the clock by 1s to 3660d`},
	{"+1d # soon", `"+1d # soon" is not a length of time`},
	{`contact dewi 6281200000009`, "write contact NAME PHONE"},
	{`contact dewi 6281200000009 Dewi`, "write contact NAME PHONE"},
	{`contact Dewi 6281200000009 "Dewi"`, `"Dewi" is not a name`},
	{`contact 1d 6281200000009 "Dewi"`, `"1d" is not a name`},
	{`contact phone 6281200000009 "Dewi"`, "phone is the shop phone"},
	{`contact rina 6281200000009 "Rina"`, "rina is declared already"},
	{`contact dewi 081200000009 "Dewi"`, `"08120****009" is not a phone number`},
	{`contact dewi +6281200000009 "Dewi"`, `"+62812*****009" is not a phone number`},
	{`contact dewi 6281200000001 "Dewi"`, "rina has the phone number 6281200000001 already"},
	{`contact dewi 6281200000009 " "`, "the quoted name of dewi is empty"},
	{`contact dewi 6281200000009 "Dewi" limit 3`, `"limit" is too much here`},
	{`contact dewi 6281200000009 "Dewi`, `the closing quote " is missing`},
	{`contact dewi 6281200000009 "Dewi\"`, `the closing quote " is missing`},
	{`contact dewi 6281200000009 "De\wi"`, `\w means nothing in quotes`},
	{`contact dewi 6281200000009 "Dewi"x`, `a space is missing behind the quote: "x"`},
	{`contact dewi 6281200000009 “Dewi”`, `"“Dewi”" has quotes inside`},
	{`dropshipper d 6281200000009 "D" limit`, "limit has no value"},
	{`dropshipper d 6281200000009 "D" limit x`, `limit "x" is not a whole number`},
	{`dropshipper d 6281200000009 "D" limit 1 limit 2`, "limit is given twice"},
	{`dropshipper d 6281200000009 "D" account ""`, "the account is empty"},
	{`dropshipper d 6281200000009 "D" account "a" account "b"`, "account is given twice"},
	{`dropshipper d 6281200000009 "D" bank "a"`, `"bank" is too much here`},
	{"products", "write products FILE"},
	{"products a.csv b.csv", "write products FILE"},
	{"product bakso 25000 18000", "write product NAME PRICE COST STOCK"},
	{"product bakso 25.000 18000 40", `price "25.000" is not a whole number in plain digits`},
	{"product bakso 25000 -1 40", `cost "-1" is not a whole number`},
	{"product bakso 25000 18000 9999999999", "stock 9999999999 is more than"},
	{"product bakso 25000 18000 +4", `stock "+4" is not a whole number`},
	{"optin", "write optin NAME"},
	{"optin rina sari", "write optin NAME"},
	{"optin dewi", `nobody is called "dewi" here`},
	{"promo Diskon", `write promo "TEXT"`},
	{`promo "  "`, `write promo "TEXT"`},
	{`promo "a" "b"`, `write promo "TEXT"`},
	{"dewi> halo", `nobody is called "dewi" here`},
	{"Rina> halo", `nobody is called "Rina" here`},
	{"rina>", "there is no text to write"},
	{`rina> \n`, "there is no text to write"},
	{"rina> [image foto.jpg rusak", "write [image] or [image FILE] before the caption"},
	{"rina > halo", "write the name and the sign together: rina>"},
	{"rina < halo", "write the name and the sign together: rina<"},
	{"rina halo", `"rina" is no command`},
	{"phone> rina", "there is no text to write"},
	{"phone> dewi halo", `nobody is called "dewi" here`},
	{"phone< halo", "phone< is nothing"},
	{"rina<", "the expectation is empty; write rina< TEXT"},
	{"rina<<", "the expectation is empty; write rina<< TEXT"},
	{"rina< ~", "the regular expression behind ~ is empty"},
	{"rina<! ~", "the regular expression behind ~ is empty"},
	{`rina<! \n`, "the expectation is empty"},
	{"rina< ~[a", "error parsing regexp: missing closing ]: `[a`"},
	{"offline now", `offline stands alone on its line, found "now"`},
	{"online # back", `online stands alone on its line, found "# back"`},
	{"fault send", "write fault send CODE"},
	{"fault receive 463", "write fault send CODE"},
	{"fault send 46", `"46" is not a code of 100 to 999`},
	{"fault send 463 0", `"0" is not a number of 1 to 1000`},
	{"fault send 463 2 3", "write fault send CODE"},
	{"config sla.warn", "write config KEY VALUE"},
	{"config", "write config KEY VALUE"},
	{"config sla.wrn 2m", "sla.wrn: is not a setting, did you mean sla.warn?"},
	{"config sla.warn soon", `sla.warn: "soon" is not a length of time; allowed: 1s to 12h`},
	{"config promo.pace_min 5m", "promo.pace_min: 5m is more than promo.pace_max, 1m"},
	{"contcat dewi", `"contcat" is no command, did you mean contact?`},
	{" # indented", "a comment begins in the first column"},
	{"\xff", "the line is not valid UTF-8"},
}

func TestEveryMistakeOfALine(t *testing.T) {
	for _, tc := range wrongScriptLines {
		_, err := ParseScript("t.txt", strings.NewReader(cast+tc.line+"\n"))
		var bad *ScriptError
		if !errors.As(err, &bad) {
			t.Errorf("%s: no mistake found: %v", tc.line, err)
			continue
		}
		if got, want := bad.Mistakes[0].String(), "t.txt:4: "+tc.want; !strings.HasPrefix(got, want) || len(bad.Mistakes) != 1 {
			t.Errorf("%s:\n got %s\nwant %s", tc.line, err, want)
		}
	}
}

func TestEveryMistakeOfAScript(t *testing.T) {
	_, err := ParseScript("a/b.txt", strings.NewReader("\ufeff# start\r\n\r\nhalo\r\n"+cast+"rina<\r\nrina> halo\nconfig sla.warn 2m\n+0s\n"))
	want := `a/b.txt:3: "halo" is no command; a line is one of at, contact, admin, dropshipper, product, products, optin, promo, offline, online, restart, fault, config, +TIME, NAME> or NAME<
a/b.txt:7: the expectation is empty; write rina< TEXT or rina< ~REGEXP, or rina<! for no message
a/b.txt:9: config stands before the first message
a/b.txt:10: "+0s" does not move the clock by 1s to 3660d`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestClockOfAScript(t *testing.T) {
	for name, tc := range map[string]struct {
		src    string
		start  string // "" when the script is wrong
		starts int    // the line of the `at` that only sets the start, 0 for none
	}{
		"no at":                    {cast + "rina> halo", "2026-01-05 10:00:00", 0},
		"first at":                 {"at 2026-11-24 16:30\n" + cast, "2026-11-24 16:30:00", 1},
		"first at may be earlier":  {"at 2025-12-01 08:00\n" + cast, "2025-12-01 08:00:00", 1},
		"after config and product": {"config sla.warn 2m\nproduct a 1 1 1\nat 2026-11-24 16:30", "2026-11-24 16:30:00", 3},
		"after a person":           {cast + "at 2026-11-24 16:30", "2026-01-05 10:00:00", 0},
		"second at":                {"at 2026-11-24 16:30\nat 2026-11-24 16:31", "2026-11-24 16:30:00", 1},
		"same instant":             {"at 2026-11-24 16:30\nat 2026-11-24 16:30", "2026-11-24 16:30:00", 1},
		"backward":                 {"at 2026-11-24 16:30\nat 2026-11-24 16:29", "", 0},
		"backward after advances":  {cast + "+1h\n+30m\nat 2026-01-05 11:29", "", 0},
		"forward after advances":   {cast + "+1h\n+30m\nat 2026-01-05 11:30", "2026-01-05 10:00:00", 0},
		"backward after one":       {"+1h\nat 2026-01-05 10:30", "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := ParseScript("t.txt", strings.NewReader(tc.src))
			if (err != nil) != (tc.start == "") {
				t.Fatal(err)
			}
			if err != nil {
				return
			}
			if got := s.Start.Format(time.DateTime); got != tc.start {
				t.Errorf("starts at %s, want %s", got, tc.start)
			}
			for _, l := range s.Lines {
				if at, ok := l.Command.(AtLine); ok && at.Start != (l.Number == tc.starts) {
					t.Errorf("line %d: start is %v", l.Number, at.Start)
				}
			}
		})
	}
}

func TestSettingsOfAScript(t *testing.T) {
	s, err := ParseScript("t.txt", strings.NewReader("config promo.pace_min 2m\n"+cast+"config promo.pace_max 3m\nrina> halo\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []ConfigLine{{"promo.pace_min", "2m"}, {"promo.pace_max", "3m"}}
	if diff := cmp.Diff(want, s.Settings()); diff != "" {
		t.Error(diff)
	}
}

func TestMatch(t *testing.T) {
	for _, tc := range []struct {
		line, message string
		want          bool
	}{
		{"rina< ongkir", "Info ONGKIR ke Bandung", true},
		{"rina< ONGKIR", "info ongkir", true},
		{"rina< ongkir", "harga", false},
		{`rina< satu\ndua`, "Satu\nDua", true},
		{"rina< Rp1.000 (baru)", "harga rp1.000 (baru)", true},
		{"rina<< ~Rp ?12[0-9.]+", "Harga Rp 12.000", true},
		{"rina<< ~Rp ?12[0-9.]+", "harga rp 12.000", false},
		{"rina<< ~(?i)rp", "RP", true},
		{`rina< ~a\nb`, "a\nb", true},
		{"rina<!", "apa saja", true},
		{"rina<! promo", "Promo", true},
		{"rina<! promo", "halo", false},
	} {
		l, ok := parseLine(t, tc.line).(ExpectLine)
		if !ok || l.Match(tc.message) != tc.want {
			t.Errorf("%s on %q: not %v", tc.line, tc.message, tc.want)
		}
	}
}

func TestScriptThatCannotBeRead(t *testing.T) {
	_, err := ParseScript("t.txt", iotest.ErrReader(io.ErrUnexpectedEOF))
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("got %v", err)
	}
	_, err = ParseScript("t.txt", strings.NewReader(strings.Repeat("#", mostScriptBytes+1)))
	var bad *ScriptError
	if !errors.As(err, &bad) {
		t.Errorf("an endless script: %v", err)
	}
}

// Whatever bytes a script holds, they parse or are refused line by line; what
// parses is written in a form that parses to the same.
func FuzzScript(f *testing.F) {
	f.Add([]byte(cast + "at 2026-11-24 16:30\n+1h30m\nrina> [image a.jpg] x\\ny\nrina<< ~Rp ?12[0-9.]+\nrina<!\noffline\nfault send 463 2\n"))
	f.Add([]byte("config sla.levels [1m, 2m]\nproduct \"a \\\"b\" 1 2 3\npromo \"x\"\n"))
	f.Add([]byte("at 2025-01-01 10:00\n" + cast + "optin rina\nphone> rina hai\nrestart\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		s, err := ParseScript("fuzz", strings.NewReader(string(src)))
		if err != nil {
			var bad *ScriptError
			if !errors.As(err, &bad) || len(bad.Mistakes) == 0 {
				t.Fatalf("refused without a reason: %v", err)
			}
			return
		}
		written := s.String()
		again, err := ParseScript("fuzz", strings.NewReader(written))
		if err != nil {
			t.Fatalf("%q was written as %q: %v", src, written, err)
		}
		if again.String() != written || !again.Start.Equal(s.Start) || len(again.Lines) != len(s.Lines) {
			t.Fatalf("%q is not stable: %q", written, again)
		}
	})
}
