package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bestie/shop"
	"bestie/templates"
)

// mark begins a block of a golden conversation: "# golden: ongkir". What follows it
// is an intent, or a theme and what it shows.
const mark = "# golden: "

// TestGoldens: the golden conversations cover every wish of the library and the
// talk around them, and none of their lines is one that the library learnt from:
// TestRehearsals plays them.
func TestGoldens(t *testing.T) {
	names, err := filepath.Glob("testdata/rehearse/golden_*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var blocks, lines []string
	for _, name := range names {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(source)) {
			if block, ok := strings.CutPrefix(strings.TrimSpace(line), mark); ok {
				blocks = append(blocks, block)
			}
		}
		for _, cmd := range readScript(t, name).Lines {
			if say, ok := cmd.Command.(SayLine); ok && strings.TrimSpace(say.Text) != "" {
				lines = append(lines, say.Text)
			}
		}
	}
	if len(blocks) < 60 {
		t.Errorf("%d golden conversations, want 60 at least", len(blocks))
	}
	library, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	learnt := map[string]string{}
	for _, tmpl := range library.Templates() {
		if !slices.Contains(blocks, tmpl.Intent) {
			t.Errorf("no golden conversation is about %s", tmpl.Intent)
		}
		for _, e := range tmpl.Examples {
			learnt[strings.Join(templates.Normalise(e), " ")] = tmpl.ID()
		}
	}
	for _, line := range lines {
		if id := learnt[strings.Join(templates.Normalise(line), " ")]; id != "" && id != "sapaan/terima_kasih" && id != "layanan/berhenti" {
			t.Errorf("%q is an example of %s", line, id)
		}
	}
}

// TestPictureIsSeen: the picture of a product arrives as a picture with the answer
// below it, also after the program was killed; without one the answer is text.
func TestPictureIsSeen(t *testing.T) {
	t.Parallel()
	text, _, _, err := rehearse(t, readScript(t, "testdata/rehearse/golden_picture.txt"), 1)
	if err != nil {
		t.Fatal(err)
	}
	for who, want := range map[string]bool{"ani": true, "beni": false, "citra": true} {
		if seen := strings.Contains(text, who+" < [image]"); seen != want {
			t.Errorf("%s sees a picture: %v, want %v\n%s", who, seen, want, text)
		}
	}
}

// TestPictureToSend: a product's picture by its path, a template's from the owner's
// library, nothing from anywhere else.
func TestPictureToSend(t *testing.T) {
	dir, err := filepath.Abs("testdata/rehearse")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		dir, name string
		want      bool
	}{
		{"", filepath.Join(dir, "bakso.png"), true},
		{dir, "bakso.png", true},
		{"", "bakso.png", false},
		{filepath.Join(dir, "none"), "../bakso.png", false},
		{dir, "pictures.yaml", false},
		{dir, "gone.png", false},
	} {
		k := &keeper{dir: tt.dir}
		if got := k.pictureToSend(tt.name); (got != nil) != tt.want || got != nil && (got.MIME != "image/png" || got.Kind != shop.FileImage) {
			t.Errorf("%q of %q is %+v", tt.name, tt.dir, got)
		}
	}
}
