package templates

import (
	"bufio"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var (
	dealAgain = flag.Bool("deal", false, "deal the lines of testdata/intents_dev.tsv to the folds again")
	everyFold = flag.Bool("folds", false, "cross-validate on every fold, not on one")
)

const folds = 5

// labelled is one line of a file "intent<TAB>utterance"; several intents are
// joined by "|".
type labelled struct {
	intents []string
	text    string
	fold    int
}

func readLabelled(t testing.TB, file string) []labelled {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []labelled
	for lines := bufio.NewScanner(f); lines.Scan(); {
		intents, text, ok := strings.Cut(lines.Text(), "\t")
		if ok && intents[0] != '#' {
			out = append(out, labelled{intents: strings.Split(intents, "|"), text: text})
		}
	}
	return out
}

// stems is the set of words by which two phrasings are compared.
func stems(text string) map[string]bool {
	out := map[string]bool{}
	for _, w := range maskProducts(Normalise(text), nil) {
		if !vocatives[w] {
			out[words().stem(w)] = true
		}
	}
	return out
}

// alike tells that two phrasings say the same in nearly the same words.
func alike(a, b map[string]bool) bool {
	both := 0
	for w := range a {
		if b[w] {
			both++
		}
	}
	return 10*both >= 6*(len(a)+len(b)-both) && both > 0
}

const foldsFile = "testdata/intents_dev.folds"

// readFolds reads intents_dev.tsv and the fold of each of its lines.
func readFolds(t testing.TB) []labelled {
	t.Helper()
	lines := readLabelled(t, "testdata/intents_dev.tsv")
	if *dealAgain {
		deal(t, lines)
	}
	data, err := os.ReadFile(foldsFile)
	if err != nil {
		t.Fatal(err)
	}
	dealt := strings.Fields(string(data))
	if len(dealt) != len(lines) {
		t.Fatalf("%s holds %d folds for %d lines: go test ./templates -run CrossValidation -deal", foldsFile, len(dealt), len(lines))
	}
	for i, n := range dealt {
		lines[i].fold = int(n[0] - '0')
	}
	return lines
}

// deal writes the split: lines of like phrasing are one group, and a group goes
// to the fold that has the fewest of its intent.
func deal(t testing.TB, lines []labelled) {
	t.Helper()
	sets := make([]map[string]bool, len(lines))
	group := make([]int, len(lines))
	for i, l := range lines {
		sets[i], group[i] = stems(l.text), i
		for j := range i {
			if alike(sets[i], sets[j]) {
				from, to := group[i], group[j]
				for k := range group[:i+1] {
					if group[k] == from {
						group[k] = to
					}
				}
			}
		}
	}
	fold, dealt := map[int]int{}, map[string]*[folds]int{}
	var out strings.Builder
	for i, l := range lines {
		counts := dealt[l.intents[0]]
		if counts == nil {
			counts = &[folds]int{}
			dealt[l.intents[0]] = counts
		}
		n, ok := fold[group[i]]
		if !ok {
			n = slices.Index(counts[:], slices.Min(counts[:]))
			fold[group[i]] = n
		}
		counts[n]++
		fmt.Fprintln(&out, n)
	}
	if err := os.WriteFile(foldsFile, []byte(out.String()), 0o644); err != nil {
		t.Fatal(err)
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
	if err != nil {
		t.Fatal(err, mistakes)
	}
	for intent, lines := range s.others { // DEV: as if all had templates
		if intent != unknown && os.Getenv("ALL") != "" {
			s.templates = append(s.templates, &Template{Intent: intent, examples: lines})
			delete(s.others, intent)
		}
	}
	return s
}

// without is a library that knows no phrasing like the held-out lines.
func without(s *shelf, held []labelled) *shelf {
	sets := make([]map[string]bool, len(held))
	for i, l := range held {
		sets[i] = stems(l.text)
	}
	keep := func(all []line) (kept []line) {
		for _, l := range all {
			set := stems(l.text)
			same := func(o map[string]bool) bool { return alike(set, o) }
			if !slices.ContainsFunc(sets, same) {
				kept = append(kept, l)
			}
		}
		return kept
	}
	learn := &shelf{others: map[string][]line{}, where: s.where}
	for _, t := range s.templates {
		part := *t
		part.examples = keep(t.examples)
		learn.templates = append(learn.templates, &part)
	}
	for intent, lines := range s.others {
		learn.others[intent] = keep(lines)
	}
	return learn
}

// paper lets a library answer one line.
func paper(lib *Library, l labelled) Paper {
	m := lib.Match(l.text)
	p := Paper{Want: l.intents}
	for _, part := range m.Parts {
		p.Got = append(p.Got, part.Intent)
	}
	for _, r := range m.Ranked {
		p.Ranked = append(p.Ranked, r.Intent)
	}
	return p
}

func logMarks(t testing.TB, name string, e *Exam) Marks {
	t.Helper()
	m := e.Marks()
	t.Logf("%-14s n %4d  top1 %.3f  top3 %.3f  answered %.3f  wrong %.4f  menu right %.2f (%d)  unknown recall %.3f  macro F1 %.3f",
		name, m.N, m.Top1, m.Top3, m.AnsweredRate, m.WrongRate, m.MenuRightRate, e.menus, m.UnknownRecall, m.MacroF1)
	return m
}

// TestCrossValidation answers every line of intents_dev.tsv by a library that
// has not seen it, nor anything that says it in nearly the same words.
func TestCrossValidation(t *testing.T) {
	lines, s := readFolds(t), readShelf(t)
	var e Exam
	for n := range folds {
		if n > 0 && !*everyFold {
			break
		}
		var held []labelled
		for _, l := range lines {
			if l.fold == n {
				held = append(held, l)
			}
		}
		lib := newLibrary(without(s, held))
		for _, l := range held {
			p := paper(lib, l)
			e.Add(p)
			if os.Getenv("SHOW") != "" && (len(p.Got) == 0) != (l.intents[0] == unknown) || len(p.Got) > 0 && !slices.Equal(p.Got, p.Want) {
				t.Logf("%s: %q got %v ranked %v", l.intents[0], l.text, p.Got, lib.Match(l.text).Ranked)
			}
		}
	}
	m := logMarks(t, "intents_dev", &e)
	if m.Top1 < 0.8 || m.Top3 < 0.9 || m.WrongRate > 0.03 || m.UnknownRecall < 0.9 {
		t.Errorf("below the floors: %+v", m)
	}
}

// TestExams reports on the files that were written apart from the library.
func TestExams(t *testing.T) {
	files, _ := filepath.Glob("testdata/exam/*.tsv")
	lib := newLibrary(readShelf(t))
	for _, file := range append(files, "testdata/unseen.tsv", "testdata/intents_multi_dev.tsv") {
		name := strings.TrimSuffix(filepath.Base(file), ".tsv")
		lines := readLabelled(t, file)
		if strings.Contains(name, "multi") {
			var papers []Paper
			for _, l := range lines {
				papers = append(papers, paper(lib, l))
				if p := papers[len(papers)-1]; os.Getenv("SHOW") != "" && name == "intents_multi_dev" && !slices.Equal(p.Got, p.Want) {
					t.Logf("%v: %q got %v", p.Want, l.text, p.Got)
				}
			}
			t.Logf("%-14s %+v", name, MarkMulti(papers))
			continue
		}
		var e Exam
		for _, l := range lines {
			e.Add(paper(lib, l))
		}
		logMarks(t, name, &e)
		if os.Getenv("CONFUSED") != "" {
			for _, c := range e.Confusions()[:min(25, len(e.Confusions()))] {
				t.Logf("   %d  %s -> %s", c.Times, c.Want, c.Got)
			}
		}
	}
}

// TestExamsAreNew keeps the library from learning its own examination.
func TestExamsAreNew(t *testing.T) {
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
	files, _ := filepath.Glob("testdata/exam/*.tsv")
	for _, file := range append(files, "testdata/unseen.tsv") {
		for _, l := range readLabelled(t, file) {
			if examples[strings.ToLower(l.text)] {
				t.Errorf("%s: %q is an example of the library", file, l.text)
			}
		}
	}
}
