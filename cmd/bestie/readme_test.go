package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// TestReadmeTranscript keeps the transcript in both READMEs a real one: it is cut
// from what the demo prints, and `go test ./cmd/bestie -run Readme -update` cuts
// it anew.
func TestReadmeTranscript(t *testing.T) {
	var out, errs bytes.Buffer
	code := execute(t.Context(), []string{"demo"}, &Environment{In: strings.NewReader(""), Out: &out, Err: &errs})
	if code != exitOK {
		t.Fatalf("demo ended with %d: %s", code, errs.String())
	}
	_, tour, ok := strings.Cut(out.String(), "\n1. ")
	tour, _, end := strings.Cut(tour, "\n5. ")
	if !ok || !end {
		t.Fatalf("the tour has no parts 1 and 5:\n%s", out.String())
	}
	want := "```\n1. " + strings.TrimRight(trimLines(tour), "\n") + "\n```"
	for _, name := range []string{"../../README.md", "../../README.id.md"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(data), want) {
			continue
		}
		if !*update {
			t.Errorf("%s does not hold what the demo prints; run with -update", name)
			continue
		}
		head, rest, _ := strings.Cut(string(data), "```\n")
		_, tail, _ := strings.Cut(rest, "\n```")
		if err = os.WriteFile(name, []byte(head+want+tail), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// trimLines removes the spaces that empty lines of a message leave.
func trimLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n")
}
