package templates

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestEveryTextRenders(t *testing.T) {
	texts, err := LoadTexts()
	if err != nil {
		t.Fatal(err)
	}
	for _, sample := range textSamples {
		for i := range len(texts.wordings[sample.text()]) {
			r, err := texts.Render(sample, func(int) int { return i })
			if err != nil {
				t.Error(err)
				continue
			}
			t.Logf("--- %s/%d\n%s", r.Template, i, r.Text)
			checkReadable(t, r.Template, r.Text)
		}
	}
}

// checkReadable finds what a template with a hole in it looks like.
func checkReadable(t *testing.T, name, text string) {
	t.Helper()
	for _, bad := range []string{"  ", " ,", " .", "{{", "}}", "<no value>", "()", "\n\n", "#0 ", "Rp-", "%!"} {
		if strings.Contains(text, bad) && (bad != "#0 " || !strings.HasPrefix(name, "texts/page")) {
			t.Errorf("%s holds %q:\n%s", name, bad, text)
		}
	}
	most := maxWording
	if name == "texts/report" || name == "texts/promo_report" { // figures, as the caption of a picture
		most = mostReport
	}
	if n := len([]rune(text)); n > most {
		t.Errorf("%s is a wall of %d characters", name, n)
	}
}

func TestTextMistakes(t *testing.T) {
	for name, c := range map[string]struct{ file, data, want string }{
		"misspelt field":   {"holding.tmpl", "Ya {{.Nama}}", "Nama"},
		"unknown function": {"holding.tmpl", "{{kakak .Name}}", "kakak"},
		"says nothing":     {"holding.tmpl", "{{if false}}x{{end}}", "says nothing"},
		"used by nothing":  {"extra.tmpl", "x", "texts/extra.tmpl is used by nothing"},
	} {
		fsys := fstest.MapFS{}
		for _, sample := range textSamples {
			fsys[sample.text()+".tmpl"] = &fstest.MapFile{Data: []byte("ada")}
		}
		fsys[partFile] = &fstest.MapFile{Data: []byte(`{{define "who"}}x{{end}}`)}
		if _, err := loadTexts(fsys); err != nil {
			t.Fatalf("before spoiling: %v", err)
		}
		fsys[c.file] = &fstest.MapFile{Data: []byte(c.data)}
		if _, err := loadTexts(fsys); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := loadTexts(fstest.MapFS{partFile: {Data: []byte("x")}}); err == nil || !strings.Contains(err.Error(), "texts/holding.tmpl is missing") {
		t.Errorf("without files: %v", err)
	}
}
