package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"bestie/templates"
)

// ownTemplate is what an owner makes of a shipped template: other words, the same
// examples.
var ownTemplate = sync.OnceValue(func() string {
	shipped, err := os.ReadFile("../../templates/library/layanan/jam_operasional.yaml")
	if err != nil {
		panic(err)
	}
	head, _, _ := strings.Cut(string(shipped), "\nreplies:")
	return head + `
replies:
  - answers: true
    wordings: ["Kami buka tiap hari ya {{kak}}.", "Tiap hari kami buka, {{kak}}."]
tests:
  positive: [kak tokonya buka jam brp ya]
`
})

// shelfOf is a keeper on a folder of its own, and what an admin was told.
type shelfOf struct {
	*keeper
	t    *testing.T
	now  time.Time
	told []templates.Text
	log  bytes.Buffer
}

func newShelf(t *testing.T) *shelfOf {
	texts, err := templates.LoadTexts()
	if err != nil {
		t.Fatal(err)
	}
	s := &shelfOf{t: t, now: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)}
	s.keeper = &keeper{
		dir: filepath.Join(t.TempDir(), "templates"), judge: newJudge(DefaultConfig(), texts, nil, s.now), log: zerolog.New(&s.log),
		alert: func(_ context.Context, _ time.Time, text templates.Text) error {
			s.told = append(s.told, text)
			return nil
		},
	}
	return s
}

func (s *shelfOf) write(name, text string) {
	s.t.Helper()
	path := filepath.Join(s.dir, name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
		s.t.Fatal(err)
	}
}

// steps runs the worker as the metronome would for a span.
func (s *shelfOf) steps(span time.Duration) {
	s.t.Helper()
	for end := s.now.Add(span); !s.now.After(end); {
		next, err := s.step(context.Background(), s.now)
		if err != nil {
			s.t.Fatal(err)
		}
		if next.IsZero() {
			next = s.now.Add(30 * time.Second)
		}
		s.now = next
	}
}

// says is what the library in force answers about the opening hours.
func (s *shelfOf) says() string {
	s.t.Helper()
	r, err := s.current().Render("jam_operasional", templates.RoleCustomer, nil, nil)
	if err != nil {
		return err.Error()
	}
	return r.Text
}

func TestLibraryIsTakenOver(t *testing.T) {
	s := newShelf(t)
	if err := s.open(); err != nil {
		t.Fatal(err)
	}
	first := s.says()
	s.write("toko/jam_operasional.yaml", ownTemplate())
	s.steps(time.Second)
	if got := s.says(); got != "Kami buka tiap hari ya Kak." {
		t.Fatalf("after the owner's file: %q", got)
	}
	if n := len(s.told); n != 0 {
		t.Errorf("an admin was told %v", s.told)
	}
	for what, broken := range map[string]string{
		"broken YAML":    strings.Replace(ownTemplate(), "examples:", "examples: [", 1),
		"half a file":    ownTemplate()[:len(ownTemplate())/2],
		"an empty file":  "",
		"a wrong key":    "titel: x\n" + ownTemplate(),
		"a red test":     strings.Replace(ownTemplate(), "kak tokonya buka jam brp ya", "minta nomor rekening bca dong", 1),
		"not text":       "\xff\xfe\x00",
		"deep brackets":  strings.Repeat("[", 100_000),
		"endless dashes": strings.Repeat("- ", 50_000),
	} {
		s.write("toko/jam_operasional.yaml", broken)
		s.steps(2 * time.Minute)
		if got := s.says(); got != "Kami buka tiap hari ya Kak." {
			t.Fatalf("%s: the library in force says %q", what, got)
		}
		told, ok := s.told[len(s.told)-1].(templates.LibraryBroken)
		if !ok || !strings.Contains(told.First, "toko/jam_operasional.yaml") {
			t.Fatalf("%s: an admin was told %+v", what, s.told)
		}
	}
	s.write("toko/jam_operasional.yaml", strings.ReplaceAll(ownTemplate(), "buka tiap", "selalu buka tiap"))
	s.steps(2 * time.Minute)
	if got := s.says(); got != "Kami selalu buka tiap hari ya Kak." {
		t.Errorf("after mending: %q", got)
	}
	if _, ok := s.told[len(s.told)-1].(templates.LibraryMended); !ok {
		t.Errorf("an admin was told %+v", s.told)
	}
	if err := os.RemoveAll(s.dir); err != nil {
		t.Fatal(err)
	}
	s.steps(time.Second)
	if got := s.says(); got != first {
		t.Errorf("without the folder: %q, want %q", got, first)
	}
}

// TestLibraryWaitsForTheEnd edits a file again and again: nothing is read before
// it holds still, and an admin gets one message a minute at most.
func TestLibraryWaitsForTheEnd(t *testing.T) {
	s := newShelf(t)
	if err := s.open(); err != nil {
		t.Fatal(err)
	}
	before := s.current()
	for i := range 100 {
		s.write("toko/jam_operasional.yaml", fmt.Sprintf("intent: jam_operasional # %d\nexamples: [", i))
		next, err := s.step(context.Background(), s.now)
		if err != nil || !next.Equal(s.now.Add(settle)) {
			t.Fatalf("edit %d: next %v, %v", i, next, err)
		}
		if next, err = s.step(context.Background(), s.now.Add(settle/2)); err != nil || !next.Equal(s.now.Add(settle)) {
			t.Fatalf("edit %d, woken twice: next %v, %v", i, next, err)
		}
		s.now = s.now.Add(settle)
	}
	if s.current() != before || len(s.told) != 0 || s.log.Len() != 0 {
		t.Fatalf("read while it was written: told %v, logged %s", s.told, s.log.String())
	}
	for i := range 12 { // a new fault every 10 s
		s.write("toko/jam_operasional.yaml", fmt.Sprintf("intent: jam_operasional # %d\nexamples: [", -i))
		s.steps(10 * time.Second)
	}
	if n := len(s.told); n < 2 || n > 7 {
		t.Errorf("%d messages in six minutes", n)
	}
}

func TestLibraryBrokenAtTheStart(t *testing.T) {
	s := newShelf(t)
	s.write("toko/jam_operasional.yaml", "intent: [")
	if err := s.open(); err != nil {
		t.Fatal(err)
	}
	if s.current().Template("jam_operasional") == nil {
		t.Error("the shipped library is not in force")
	}
	s.steps(time.Second)
	if told, ok := s.told[0].(templates.LibraryBroken); !ok || !strings.Contains(told.First, "toko/jam_operasional.yaml:1: ") {
		t.Errorf("an admin was told %+v", s.told)
	}
	s.write("toko/jam_operasional.yaml", ownTemplate())
	s.steps(2 * time.Minute)
	if _, ok := s.told[len(s.told)-1].(templates.LibraryMended); !ok || len(s.told) != 2 {
		t.Errorf("an admin was told %+v", s.told)
	}
}

// TestWatch plays what editors and people do to a folder; each must wake.
func TestWatch(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "later", "templates")
	woken := make(chan struct{}, 1)
	w, err := newWatch(dir, zerolog.Nop(), func() {
		select {
		case woken <- struct{}{}:
		default:
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.close() }()
	file := filepath.Join(dir, "toko", "jam.yaml")
	for _, act := range []struct {
		what string
		do   func() error
	}{
		{"a folder above appears", func() error { return os.Mkdir(filepath.Dir(dir), 0o700) }},
		{"the folder appears", func() error { return os.Mkdir(dir, 0o700) }},
		{"a theme appears", func() error { return os.Mkdir(filepath.Dir(file), 0o700) }},
		{"a file is written", func() error { return os.WriteFile(file, []byte("a"), 0o600) }},
		{"an editor renames", func() error {
			return errors.Join(os.WriteFile(file+"~", []byte("b"), 0o600), os.Rename(file+"~", file))
		}},
		{"a file is removed", func() error { return os.Remove(file) }},
		{"a theme is removed", func() error { return os.Remove(filepath.Dir(file)) }},
		{"the folder is moved away", func() error { return os.Rename(dir, dir+".old") }},
		{"it comes back", func() error { return os.Rename(dir+".old", dir) }},
	} {
		w.aim(foldersOf(dir))
		for len(woken) > 0 {
			<-woken
		}
		before := fingerprint(dir)
		if err := act.do(); err != nil {
			t.Fatal(act.what, err)
		}
		select {
		case <-woken:
		case <-time.After(10 * time.Second):
			t.Fatalf("%s: nobody was woken", act.what)
		}
		if act.what != "a folder above appears" && act.what != "the folder appears" && fingerprint(dir) == before {
			t.Errorf("%s: the fingerprint is the same", act.what)
		}
	}
}

func TestWatchLeavesNeighboursAlone(t *testing.T) {
	for path, want := range map[string]bool{
		"a/b": true, "a/b/c/d.yaml": true, "a": true, ".": true, "a/x": false, "a/bc": false, "app.db-wal": false,
	} {
		if got := beneath(path, "a/b") || beneath("a/b", path); got != want {
			t.Errorf("%s: %t", path, got)
		}
	}
}

// TestOwnersLibraryOfABot plays it with the whole program: a running bot takes a
// change over, and an admin gets the message about a broken one. What the machine
// tells of a folder does not keep the clock of the stage: the test waits for it.
func TestOwnersLibraryOfABot(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "templates")
	s, sari := newStage(t, func(o *StageOptions) { o.Config.TemplatesDir = dir })
	write := func(text string) {
		t.Helper()
		if err := writeWhole(filepath.Join(dir, "toko", "jam_operasional.yaml"), text); err != nil {
			t.Fatal(err)
		}
	}
	until := func(what string, ok func() bool) {
		t.Helper()
		for end := time.Now().Add(time.Minute); !ok(); {
			if time.Now().After(end) {
				t.Fatalf("%s: not within a minute; Sari got %+v", what, sari.Received())
			}
			pass(t, s, settle)
		}
	}
	first := s.app.library.current()
	write(ownTemplate())
	until("a change is taken over", func() bool { return s.app.library.current() != first })
	rina := newPerson(t, s, "6281200000001", "Rina")
	ask(t, s, rina, "jam buka tokonya kapan kak")
	if got(rina, "Kami buka tiap hari ya Kak Rina.")+got(rina, "Tiap hari kami buka, Kak Rina.") != 1 {
		t.Errorf("Rina got %+v", rina.Received())
	}
	write("intent: [")
	until("an admin is told", func() bool {
		return got(sari, "Balasan yang lama tetap jalan.") == 1 && got(sari, "toko/jam_operasional.yaml:1: not valid YAML") == 1
	})
	write(ownTemplate())
	until("an admin is told of the end", func() bool { return got(sari, "sudah beres") == 1 })
}
