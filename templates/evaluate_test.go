package templates

import (
	"bufio"
	"io/fs"
	"os"
	"strings"
	"testing"
)

// score counts what became of a list of labelled messages.
type score struct{ lines, known, answered, wrong, unknown, rejected int }

// count compares what was wanted ("" for: no template) with what was answered.
func (s *score) count(want, got string) (wrong bool) {
	s.lines++
	if want == "" {
		s.unknown++
		if got == "" {
			s.rejected++
		}
	} else {
		s.known++
		if got == want {
			s.answered++
		}
	}
	wrong = got != "" && got != want
	if wrong {
		s.wrong++
	}
	return wrong
}

// check reports the shares and fails below the floors.
func (s *score) check(t *testing.T, answered, rejected, wrong float64) {
	t.Helper()
	share := func(part, whole int) float64 { return float64(part) / float64(whole) }
	a, r, w := share(s.answered, s.known), share(s.rejected, s.unknown), share(s.wrong, s.lines)
	t.Logf("%d lines: answered %.1f %% of %d in scope, left alone %.1f %% of %d others, wrong %.1f %% of all",
		s.lines, 100*a, s.known, 100*r, s.unknown, 100*w)
	if a < answered || r < rejected || w > wrong {
		t.Errorf("floors: answered %.2f, left alone %.2f, wrong at most %.3f", answered, rejected, wrong)
	}
}

func readShelf(t testing.TB) *shelf {
	t.Helper()
	sub, err := fs.Sub(libraryFiles, "library")
	if err != nil {
		t.Fatal(err)
	}
	var mistakes Mistakes
	s, err := parseShelf(sub, &mistakes)
	if err != nil || mistakes.err() != nil {
		t.Fatal(err, mistakes)
	}
	return s
}

const folds = 5

// fold splits a library into one to learn from and the lines held back: every
// fifth line of every intent, starting at n.
func fold(s *shelf, n int) (learn *shelf, held map[string][]line) {
	learn, held = &shelf{others: map[string][]line{}, where: s.where}, map[string][]line{}
	split := func(intent string, all []line) (kept []line) {
		for i, l := range all {
			if i%folds == n {
				held[intent] = append(held[intent], l)
			} else {
				kept = append(kept, l)
			}
		}
		return kept
	}
	for _, t := range s.templates {
		part := *t
		part.examples = split(t.Intent, t.examples)
		learn.templates = append(learn.templates, &part)
	}
	for intent, lines := range s.others {
		learn.others[intent] = split(intent, lines)
	}
	return learn, held
}

// TestCrossValidation answers every line of the library by a matcher that has
// not seen it. Wishes without a template must be left alone.
func TestCrossValidation(t *testing.T) {
	if testing.Short() {
		t.Skip("trains five times")
	}
	var s score
	for n := range folds {
		learn, held := fold(readShelf(t), n)
		lib := newLibrary(learn)
		for intent, lines := range held {
			want := intent
			if lib.Template(intent) == nil {
				want = ""
			}
			for _, l := range lines {
				s.count(want, lib.Match(l.text).Intent)
			}
		}
	}
	s.check(t, 0.83, 0.96, 0.03)
}

// unseen reads testdata/unseen.tsv.
func unseen(t testing.TB) (intents, texts []string) {
	t.Helper()
	f, err := os.Open("testdata/unseen.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if intent, text, ok := strings.Cut(lines.Text(), "\t"); ok && intent[0] != '#' {
			intents, texts = append(intents, intent), append(texts, text)
		}
	}
	return intents, texts
}

// TestUnseen answers everyday messages that were written apart from the library.
func TestUnseen(t *testing.T) {
	lib := library(t)
	var s score
	intents, texts := unseen(t)
	for i, text := range texts {
		want := intents[i]
		if lib.Template(want) == nil {
			want = ""
		}
		if m := lib.Match(text); s.count(want, m.Intent) {
			t.Logf("wrong: %q is %q, not %q (%v)", text, m.Intent, intents[i], m.Ranked)
		}
	}
	s.check(t, 0.95, 0.96, 0.02)
}

// TestUnseenIsNew keeps the library from learning its own examination.
func TestUnseenIsNew(t *testing.T) {
	examples := map[string]bool{}
	s := readShelf(t)
	for _, tp := range s.templates {
		s.others[tp.Intent] = tp.examples
	}
	for _, lines := range s.others {
		for _, l := range lines {
			examples[strings.ToLower(l.text)] = true
		}
	}
	_, texts := unseen(t)
	for _, text := range texts {
		if examples[strings.ToLower(text)] {
			t.Errorf("%q is an example of the library", text)
		}
	}
}
