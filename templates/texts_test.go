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
	if n := len([]rune(text)); n > maxWording {
		t.Errorf("%s is a wall of %d characters", name, n)
	}
}

var _ = fstest.MapFS{}
