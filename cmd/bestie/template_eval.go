package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
	"unicode/utf8"

	"bestie/templates"
)

// TemplateEvalCommand answers labelled messages as production would answer the
// first message of a chat, and counts.
type TemplateEvalCommand struct {
	File        string `arg:"" help:"Lines of intent<TAB>message; the intent unknown must not be answered by a template."`
	Multi       bool   `help:"Lines of intent1|intent2<TAB>message: several questions in one message, in their order."`
	Dropshipper bool   `help:"As if registered dropshippers wrote them."`
	JSON        bool   `name:"json" help:"Print one JSON object."`
}

// Bounds of a file of labelled messages.
const (
	mostEvalBytes = 16 << 20
	mostConfused  = 15 // confusions that are listed
)

// evaluation is what --json prints of a file with one intent in each line.
type evaluation struct {
	templates.Marks
	Threshold  float64               `json:"threshold"`
	P50        float64               `json:"p50_us"`
	P99        float64               `json:"p99_us"`
	LoadMS     float64               `json:"load_ms"`
	Confusions []templates.Confusion `json:"confusions,omitempty"`
}

// Run evaluates the file. A line that is not understood evaluates nothing and ends
// with exit code 2.
func (c *TemplateEvalCommand) Run(ctx context.Context, env *Environment) error {
	b, err := newBench(ctx, env)
	if err != nil {
		return err
	}
	lines, err := c.read(b.library)
	if err != nil {
		return &UsageError{err}
	}
	reader := templates.RoleCustomer
	if c.Dropshipper {
		reader = templates.RoleDropshipper
	}
	var exam templates.Exam
	papers := make([]templates.Paper, len(lines))
	took := make([]time.Duration, len(lines))
	for i, l := range lines {
		if papers[i], took[i], err = b.answer(reader, l); err != nil {
			return err
		}
		exam.Add(papers[i])
	}
	if c.Multi {
		return c.printMulti(env.Out, templates.MarkMulti(papers))
	}
	slices.Sort(took)
	at := func(share float64) float64 {
		return float64(took[int(share*float64(len(took)-1))].Nanoseconds()) / 1e3
	}
	e := evaluation{
		Marks: exam.Marks(), Threshold: b.library.Threshold(), P50: at(0.5), P99: at(0.99),
		LoadMS: float64(b.loading.Microseconds()) / 1e3, Confusions: exam.Confusions(),
	}
	e.Confusions = e.Confusions[:min(len(e.Confusions), mostConfused)]
	if c.JSON {
		return printJSON(env.Out, e)
	}
	return e.write(env.Out)
}

// answer decides one message; only the decision is timed.
func (b bench) answer(reader templates.Role, l labelled) (templates.Paper, time.Duration, error) {
	start := time.Now()
	out, err := b.judge.outcome(b.library, reader, l.text)
	took := time.Since(start)
	if err != nil {
		return templates.Paper{}, 0, err
	}
	p := templates.Paper{Want: l.intents, Got: chosen(out, b.library)}
	m := b.library.Match(l.text, b.judge.products...)
	for _, r := range b.library.Likeliest(l.text, b.judge.products...) {
		p.Ranked = append(p.Ranked, r.Intent)
	}
	if len(p.Got) == 0 {
		p.Menu = m.Menu
	}
	return p, took, nil
}

// labelled is one line of the file.
type labelled struct {
	intents []string
	text    string
}

// read takes the file apart. Every mistake is told with its line.
func (c *TemplateEvalCommand) read(library *templates.Library) (lines []labelled, err error) {
	f, err := os.Open(c.File)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, mostEvalBytes+1))
	switch {
	case err != nil:
		return nil, err
	case len(data) > mostEvalBytes:
		return nil, fmt.Errorf("%s: is larger than %d MB", c.File, mostEvalBytes>>20)
	}
	var mistakes []error
	scan := bufio.NewScanner(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	scan.Buffer(nil, mostEvalBytes+1)
	for n := 1; scan.Scan(); n++ {
		row := strings.TrimSuffix(scan.Text(), "\r")
		if strings.TrimSpace(row) == "" || row[0] == '#' {
			continue
		}
		l, problem := c.parse(row, library)
		if problem != "" {
			mistakes = append(mistakes, fmt.Errorf("%s:%d: %s", c.File, n, problem))
			continue
		}
		lines = append(lines, l)
	}
	if len(mistakes) == 0 && len(lines) == 0 {
		return nil, fmt.Errorf("%s: holds no line; write intent<TAB>message", c.File)
	}
	return lines, errors.Join(append(mistakes, scan.Err())...)
}

// parse reads one line, or says what is wrong with it.
func (c *TemplateEvalCommand) parse(row string, library *templates.Library) (l labelled, problem string) {
	label, text, tab := strings.Cut(row, "\t")
	switch {
	case !utf8.ValidString(row):
		return l, "is not UTF-8"
	case !tab:
		return l, "has no tab; write intent<TAB>message"
	case strings.TrimSpace(text) == "":
		return l, "has no message after the tab"
	}
	l = labelled{strings.Split(label, "|"), text}
	if len(l.intents) > 1 && !c.Multi {
		return l, fmt.Sprintf("%q names several intents; use --multi", label)
	}
	for _, intent := range l.intents {
		if intent != templates.Unknown && library.Template(intent) == nil {
			return l, fmt.Sprintf("there is no template for the intent %q; bestie template list", intent)
		}
	}
	return l, ""
}

func (e evaluation) write(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	row := func(name string, share float64, of string) { fmt.Fprintf(w, "%s\t%5.1f %%\t%s\n", name, 100*share, of) }
	fmt.Fprintf(w, "messages\t%d\n", e.N)
	row("ranked first", e.Top1, "of those with an intent, without threshold")
	row("among three", e.Top3, "")
	row("answered", e.AnsweredRate, "of those with an intent, by their own template")
	row("wrong", e.WrongRate, "of all, by another template")
	row("menu right", e.MenuRightRate, "of the menus offered to those with an intent")
	row("unknown recall", e.UnknownRecall, "of those without, answered by no template")
	row("accuracy", e.Accuracy, "")
	fmt.Fprintf(w, "macro F1\t%7.3f\n", e.MacroF1)
	fmt.Fprintf(w, "threshold\t%7.2f\n", e.Threshold)
	fmt.Fprintf(w, "decision\t%5.0f µs\thalf of them; 99 %% within %.0f µs\n", e.P50, e.P99)
	fmt.Fprintf(w, "loading\t%5.0f ms\n", e.LoadMS)
	for i, c := range e.Confusions {
		if i == 0 {
			fmt.Fprintln(w, "\nworst confusions")
		}
		fmt.Fprintf(w, "%d\t%s\tas %s\n", c.Times, c.Want, c.Got)
	}
	return w.Flush()
}

func (c *TemplateEvalCommand) printMulti(out io.Writer, m templates.MultiMarks) error {
	if c.JSON {
		return printJSON(out, m)
	}
	_, err := fmt.Fprintf(out, "messages %d\nall and in order %.1f %%\nat least one right, none wrong %.1f %%\n", m.N, 100*m.Exact, 100*m.SomeRightNoneWrong)
	return err
}
