package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"bestie/whatsapp"
)

// TestManual keeps docs/operations.md complete and true: every state and every
// command is in it, and it names no command and no variable that does not exist.
func TestManual(t *testing.T) {
	src, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	manual := string(src)
	for _, state := range whatsapp.States() {
		if !strings.Contains(manual, "`"+string(state)+"`") {
			t.Errorf("what to do about the state %s is not told", state)
		}
	}
	parser, err := kong.New(&CLI{})
	if err != nil {
		t.Fatal(err)
	}
	var commands []string
	for _, command := range parser.Model.Children {
		commands = append(commands, command.Name)
		if !regexp.MustCompile("`(bestie )?" + command.Name + "\\b").MatchString(manual) {
			t.Errorf("the command %s is not told of", command.Name)
		}
	}
	for _, found := range regexp.MustCompile("(?m)(?:`|^)bestie ([a-z]+)").FindAllStringSubmatch(manual, -1) {
		if !slices.Contains(commands, found[1]) {
			t.Errorf("there is no command bestie %s", found[1])
		}
	}
	known := []string{envConfig}
	for _, s := range settings {
		known = append(known, s.env())
	}
	for _, name := range regexp.MustCompile(`BESTIE_[A-Z_]+`).FindAllString(manual, -1) {
		if !slices.Contains(known, name) {
			t.Errorf("there is no variable %s", name)
		}
	}
}
