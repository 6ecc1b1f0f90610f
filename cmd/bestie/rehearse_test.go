package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// slots bounds how many stages play at once: each is some ten real clients.
var slots = make(chan struct{}, 8)

// turnOnStage waits for a place on stage; the caller gives it back. Nobody asks
// for a second one while holding one.
func turnOnStage() (leave func()) {
	slots <- struct{}{}
	return func() { <-slots }
}

// rehearse plays a script and returns its transcript, and how many ciphertexts
// the stand-in relayed meanwhile. Nothing secret may stand in the log.
func rehearse(t testing.TB, script *Script, seed uint64) (text string, lines, relayed int, err error) {
	t.Helper()
	defer turnOnStage()()
	var out bytes.Buffer
	log := NewTranscript(&out)
	said := &secretLog{}
	p, err := NewPlayer(t.Context(), script, DefaultConfig(), StageOptions{Seed: seed, Log: said.logger()}, log)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		said.learn(t, p)
		if err := p.stage.Close(); err != nil {
			t.Error(err)
		}
		said.check(t)
	}()
	before := p.stage.srv.Relayed()
	err = p.Play(t.Context())
	return out.String(), log.Lines, p.stage.srv.Relayed() - before, err
}

func mustParse(t testing.TB, name, source string) *Script {
	t.Helper()
	script, err := ParseScript(name, strings.NewReader(source))
	if err != nil {
		t.Fatal(err)
	}
	return script
}

func readScript(t testing.TB, name string) *Script {
	t.Helper()
	script, err := parseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return script
}

// TestRehearsals plays every script of the folder. What a transcript shows has
// gone through the wire: each message is encrypted for the other side and for a
// second device of one side at least, so a short-cut past the real clients shows.
func TestRehearsals(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/rehearse/*.txt")
	if err != nil || len(names) < 22 {
		t.Fatalf("found %d scripts, want 22 at least; error %v", len(names), err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			t.Parallel()
			text, lines, relayed, err := rehearse(t, readScript(t, name), 1)
			if err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			if lines == 0 || relayed < 2*lines {
				t.Errorf("%d ciphertexts were relayed for %d messages, want two for each at least\n%s", relayed, lines, text)
			}
		})
	}
}

// TestTour plays the demo's tour as the script it is, and shows that its lines
// make the transcript: a changed question changes the answer.
func TestTour(t *testing.T) {
	t.Parallel()
	source, err := tourFile.ReadFile("tour.txt")
	if err != nil {
		t.Fatal(err)
	}
	tour, _, _, err := rehearse(t, mustParse(t, "tour.txt", string(source)), 1)
	if err != nil {
		t.Fatalf("%v\n%s", err, tour)
	}
	changed := strings.Replace(string(source), "rina> ongkir ke bandung brp kak", "rina> ongkir ke medan brp kak", 1)
	other, _, _, err := rehearse(t, mustParse(t, "tour.txt", changed), 1)
	if err != nil {
		t.Fatalf("%v\n%s", err, other)
	}
	if other == tour || !strings.Contains(other, "Medan") || strings.Contains(other, "Bandung") {
		t.Errorf("another question got the same transcript:\n%s", cmp.Diff(tour, other))
	}
}

// TestSameSeed plays two busy scripts three times: the transcript is the same to
// the byte, so that a failure of yesterday can be seen again today.
func TestSameSeed(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"ten_intents", "promo_restart"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			script := readScript(t, "testdata/rehearse/"+name+".txt")
			first, _, _, err := rehearse(t, script, 7)
			if err != nil {
				t.Fatalf("%v\n%s", err, first)
			}
			for range 2 {
				again, _, _, err := rehearse(t, script, 7)
				if err != nil || again != first {
					t.Fatalf("error %v; the transcript changed:\n%s", err, cmp.Diff(first, again))
				}
			}
		})
	}
}

var seeds = flag.Int("seeds", 1, "how many seeds TestSeeds plays")

// TestSeeds plays two busy scripts with other seeds: other wordings, other
// pauses, another order of recipients, and everything they promise holds. Run it
// with -seeds 50 -race after a change of the clock, the stage or the stand-in.
func TestSeeds(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"ten_intents", "promo_restart"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			script := readScript(t, "testdata/rehearse/"+name+".txt")
			for seed := range *seeds {
				if text, _, _, err := rehearse(t, script, uint64(seed)+2); err != nil {
					t.Errorf("seed %d: %v\n%s", seed+2, err, text)
				}
			}
		})
	}
}

// week is a shop's week: some talk every day, two campaigns.
func week() string {
	var b strings.Builder
	b.WriteString("at 2026-11-23 08:00\nproduct bakso 25000 18000 40\nadmin sari 6281300000001 \"Sari\"\n")
	for i, name := range []string{"ani", "beni", "citra"} {
		b.WriteString("contact " + name + " 628120000000" + string(rune('1'+i)) + " \"" + name + "\"\noptin " + name + "\n" + name + "> makasih kak\n+30s\n")
	}
	b.WriteString("promo \"Diskon 25%, hari ini saja. Yuk order!\"\npromo \"Gratis ongkir, hari ini saja. Yuk order!\"\n")
	for range 7 {
		b.WriteString("ani> harga bakso berapa kak?\n+1h\nbeni> kak bisa titip bingkisan?\n+3m\nphone> beni Bisa kak\n+4h\n" +
			"citra> makasih kak\n+5h\n+13h57m\n")
	}
	return b.String()
}

// TestWeek shows that a week is a walk from one due instant to the next, not a
// wait: a thousand looks at the clock would be one every ten minutes.
func TestWeek(t *testing.T) {
	t.Parallel()
	defer turnOnStage()()
	var out bytes.Buffer
	p, err := NewPlayer(t.Context(), mustParse(t, "week.txt", week()), DefaultConfig(), StageOptions{Seed: 1}, NewTranscript(&out))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := p.stage.Close(); err != nil {
			t.Error(err)
		}
	}()
	if err = p.Play(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := p.stage.jumps; got < 50 || got > 400 {
		t.Errorf("the clock jumped %d times in a week of %d messages", got, p.log.Lines)
	}
	if n := strings.Count(out.String(), "Balas STOP"); n != 6 {
		t.Errorf("%d promos reached three people in a week with two campaigns, want 6\n%s", n, out.String())
	}
}

// BenchmarkWeek is how long a script week takes in real time; the promise is 10 s.
func BenchmarkWeek(b *testing.B) {
	script := mustParse(b, "week.txt", week())
	for b.Loop() {
		if text, _, _, err := rehearse(b, script, 1); err != nil {
			b.Fatalf("%v\n%s", err, text)
		}
	}
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s/week")
}

// cli runs a command line in this process.
func cli(t *testing.T, stdin string, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	code = execute(ctx, args, &Environment{In: strings.NewReader(stdin), Out: &o, Err: &e})
	return code, o.String(), e.String()
}

func write(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const twoPeople = "contact rina 6281200000001 \"Rina\"\nadmin sari 6281300000001 \"Sari\"\n"

// TestRehearseMismatch: file:line, what was expected and what came instead.
func TestRehearseMismatch(t *testing.T) {
	t.Parallel()
	defer turnOnStage()()
	dir := t.TempDir()
	good := write(t, dir, "a.txt", twoPeople+"rina> halo kak\n+20s\nrina< rina\n")
	wrong := write(t, dir, "b.txt", twoPeople+"product bakso 25000 18000 40\nrina> harga bakso berapa\n+20s\nrina< Rp99.000\nrina<! never\n")
	write(t, dir, "c.md", "no script at all")

	code, out, errs := cli(t, "", "rehearse", dir)
	if code != exitFailed {
		t.Errorf("exit code %d, want %d", code, exitFailed)
	}
	for _, want := range []string{"ok " + good, "FAIL " + wrong, "rina > halo kak"} {
		if !strings.Contains(out, want) {
			t.Errorf("stdout lacks %q:\n%s", want, out)
		}
	}
	for _, want := range []string{wrong + ":6: expected rina< Rp99.000, got \"", "Rp25.000", "1 of 2 scripts failed"} {
		if !strings.Contains(errs, want) {
			t.Errorf("stderr lacks %q:\n%s", want, errs)
		}
	}

	code, out, _ = cli(t, "", "rehearse", "--json", "--seed", "3", good, wrong)
	if code != exitFailed {
		t.Errorf("exit code %d, want %d", code, exitFailed)
	}
	var got []result
	for line := range strings.Lines(out) {
		var r result
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		got = append(got, r)
	}
	if len(got) != 2 {
		t.Fatalf("%d results for two files:\n%s", len(got), out)
	}
	if !strings.Contains(got[1].Got, "Rp25.000") {
		t.Errorf("got %q, want the real price in it", got[1].Got)
	}
	got[1].Got = ""
	want := []result{
		{File: good, OK: true, Messages: 2},
		{File: wrong, Line: 6, Expected: "rina< Rp99.000", Messages: 2},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestExpectations: each way of expecting fails for its own reason.
func TestExpectations(t *testing.T) {
	t.Parallel()
	defer turnOnStage()()
	script := mustParse(t, "x.txt", twoPeople+"phone> rina Satu\nphone> rina Dua\nphone> rina Tiga\n")
	p, err := NewPlayer(t.Context(), script, DefaultConfig(), StageOptions{}, NewTranscript(&bytes.Buffer{}))
	if err != nil {
		t.Fatal(err)
	}
	defer p.stage.Close()
	if err = p.Play(t.Context()); err != nil {
		t.Fatal(err)
	}
	all := slices.Clone(p.actor("rina").waiting)
	for _, tt := range []struct {
		line string
		left int    // messages waiting afterwards
		got  string // "" when it is met
	}{
		{"rina< satu", 2, ""},
		{"rina< dua", 3, `"Satu"`},
		{"rina< ~^S", 2, ""},
		{"rina<< Dua", 1, ""},
		{"rina<< ~(?i)^t", 0, ""},
		{"rina<< Empat", 3, `"Satu" and "Dua" and "Tiga"`},
		{"rina<! Empat", 3, ""},
		{"rina<! ~^E", 3, ""},
		{"rina<! dua", 3, `"Dua"`},
		{"rina<!", 3, `"Satu"`},
		{"sari<!", 3, ""},
		{"sari< x", 3, "nothing waiting for sari"},
	} {
		p.actor("rina").waiting = slices.Clone(all)
		line := mustParse(t, "x.txt", twoPeople+tt.line+"\n").Lines[2]
		err := p.Do(t.Context(), line)
		got := ""
		if m, ok := err.(*Mismatch); ok {
			got = m.Got
		} else if err != nil {
			t.Fatal(err)
		}
		if left := len(p.actor("rina").waiting); got != tt.got || got == "" && left != tt.left {
			t.Errorf("%s: got %q and %d left, want %q and %d", tt.line, got, left, tt.got, tt.left)
		}
	}
}

// TestRehearseUsage: what cannot be played is not played at all.
func TestRehearseUsage(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	good := write(t, dir, "good.txt", twoPeople+"rina> halo\n")
	broken := write(t, dir, "broken.txt", twoPeople+"rina> halo\nrina<\nnobody> halo\n")
	config := write(t, dir, "bad.yaml", "sla:\n  warn: never\nlog:\n  level: loud\n")
	for _, tt := range []struct {
		name string
		args []string
		code int
		want []string // on stderr
		out  string   // on stdout
	}{
		{"syntax", []string{good, broken}, exitUsage, []string{broken + ":4:", broken + ":5:"}, ""},
		{"syntax as JSON", []string{"--json", broken}, exitUsage, []string{broken + ":4:"}, `"line":4`},
		{"no file", []string{filepath.Join(dir, "none.txt")}, exitUsage, []string{"none.txt"}, ""},
		{"empty folder", []string{t.TempDir()}, exitUsage, []string{"there is no *.txt"}, ""},
		{"no argument", nil, exitUsage, []string{"Hint: bestie"}, ""},
		{"bad configuration", []string{good, "--config", config}, exitUsage, []string{"sla.warn", "log.level"}, ""},
		{"configuration that is not there", []string{good, "--config", filepath.Join(dir, "none.yaml")}, exitUsage, []string{"none.yaml"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			code, out, errs := cli(t, "", append([]string{"rehearse"}, tt.args...)...)
			if code != tt.code {
				t.Errorf("exit code %d, want %d", code, tt.code)
			}
			for _, want := range tt.want {
				if !strings.Contains(errs, want) {
					t.Errorf("stderr lacks %q:\n%s", want, errs)
				}
			}
			if !strings.Contains(out, tt.out) || strings.Contains(out, "rina > ") {
				t.Errorf("stdout: %s", out)
			}
		})
	}
}

// TestRehearseConfig: settings come from --config and from nowhere else.
func TestRehearseConfig(t *testing.T) {
	t.Parallel()
	defer turnOnStage()()
	dir := t.TempDir()
	config := write(t, dir, "shop.yaml", "sla:\n  warn: 1m\nbusiness:\n  number: \"0811-2222-3333\"\n")
	script := write(t, dir, "a.txt", twoPeople+"rina> kak bisa bantu urus paspor ga?\n+59s\nsari<!\n+1s\nsari< 1 menit\n")
	if code, out, errs := cli(t, "", "rehearse", script, "--config", config); code != exitOK {
		t.Errorf("exit code %d\n%s%s", code, out, errs)
	}
	if code, _, _ := cli(t, "", "rehearse", script); code != exitFailed {
		t.Errorf("exit code %d without --config, want %d: the first level is 2m30s then", code, exitFailed)
	}
}
