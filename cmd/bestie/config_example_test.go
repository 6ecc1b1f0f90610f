package main

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the files that tests compare with")

const examplePath = "../../bestie.example.yaml"

// exampleYAML writes the table as the file that owners start from.
func exampleYAML() string {
	var b strings.Builder
	b.WriteString(`# Settings of Bestie. Copy this file to bestie.yaml and change what you need: everything but the
# business number is optional, and a line that is left out keeps the default shown here.
# Every setting can also be given as the environment variable named beside it; with _FILE behind the
# name the variable names a file that holds the value. Variables win over the file.
# Times are written 90s, 2m30s, 4h or 1d; days and hours of the clock are WIB (Asia/Jakarta).
`)
	section := ""
	for _, s := range settings {
		if s.rehearse {
			continue
		}
		head, key, nested := strings.Cut(s.path, ".")
		indent := "  "
		if !nested {
			head, key, indent = "", s.path, ""
		}
		b.WriteString("\n")
		if head != section && head != "" {
			b.WriteString(head + ":\n")
		}
		section = head
		writeSetting(&b, indent, key, s)
	}
	return b.String()
}

func writeSetting(b *strings.Builder, indent, key string, s setting) {
	comment := func(text string) {
		line := indent + "#"
		for _, w := range strings.Fields(text) {
			if len(line)+1+len(w) > 100 {
				b.WriteString(line + "\n")
				line = indent + "#"
			}
			line += " " + w
		}
		b.WriteString(line + "\n")
	}
	comment(s.doc)
	if s.risk != "" {
		comment("Risk: " + s.risk)
	}
	comment("Allowed: " + s.kind.allowed + ". " + s.env())
	if s.def == "" {
		b.WriteString(indent + "# " + key + ": " + s.example + "\n")
		return
	}
	b.WriteString(indent + key + ": " + s.kind.show(DefaultConfig()) + "\n")
}

// TestExample keeps bestie.example.yaml true to the table. After a change of the
// table: go test ./cmd/bestie -run TestExample -update
func TestExample(t *testing.T) {
	want := exampleYAML()
	if *update {
		if err := os.WriteFile(examplePath, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(examplePath)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("bestie.example.yaml does not show the table (run with -update):\n%s", diff)
	}
}

// TestExampleLoads reads the example as it is, which must change nothing, and
// with every commented setting switched on, which must be allowed.
func TestExampleLoads(t *testing.T) {
	c, err := LoadConfig(examplePath, nil, false)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(DefaultConfig(), c); diff != "" {
		t.Errorf("the example differs from the defaults:\n%s", diff)
	}

	src, err := os.ReadFile(examplePath)
	if err != nil {
		t.Fatal(err)
	}
	full := string(src)
	for _, s := range settings {
		_, key, nested := strings.Cut(s.path, ".")
		if !nested {
			key = s.path
		}
		if s.def == "" {
			full = strings.Replace(full, "# "+key+": ", key+": ", 1)
		}
	}
	c, err = LoadConfig(writeFile(t, full), nil, true)
	if err != nil {
		t.Fatalf("with every setting switched on: %v", err)
	}
	if facts := c.UnsetFacts(); len(facts) > 0 {
		t.Errorf("facts still unset: %v", facts)
	}
	if len(c.Admins) != 2 || len(c.Roster) != 1 || len(c.Absences) != 1 || c.Business.Number != "6281234567890" || c.Facts.CityRates["bandung"] != 12000 {
		t.Errorf("the switched-on settings did not arrive: %+v", c)
	}
}
