package whatsapp

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/rs/zerolog"
	"pgregory.net/rapid"
)

func TestRedact(t *testing.T) {
	for in, want := range map[string]string{
		"sending to 6281234567789@s.whatsapp.net":      "sending to 62812****789@s.whatsapp.net",
		"from 6281234567789:12@s.whatsapp.net in chat": "from 62812****789:12@s.whatsapp.net in chat",
		"LID 123456789012345@lid":                      "LID ****2345@lid",
		"LID 123456789012345:3@lid":                    "LID ****2345:3@lid",
		"session with 123456789012345_1:0":             "session with ****2345_1:0",
		"session with 6281234567789:0":                 "session with 62812****789:0",
		"+6281234567789":                               "+62812****789",
		`<message from="1" notify="Rina Kusuma">`:      `<message from="1" notify="…">`,
		"id 3EB0123456789012AB":                        "id 3EB0123456789012AB",
		"kontak6281234567890x":                         "kontak62812****890x",
		`<message notify="Ri\"na Kusuma" from="1">`:    `<message notify="…" from="1">`,
		`<message notify="Rina Kus`:                    `<message notify="…"`,
		"code 463 after 1234567 ms":                    "code 463 after 1234567 ms",
		"":                                             "",
	} {
		if got := redact(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

// Whatever surrounds a phone number, it never passes whole.
func TestRedactLetsNoNumberThrough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.StringMatching(`62[0-9]{8,13}`).Draw(t, "number")
		server := rapid.SampledFrom([]string{"@s.whatsapp.net", "@lid", ":4@lid", "_1:0", "", "\"", " ", ",", ")"}).Draw(t, "server")
		before := rapid.SampledFrom([]string{"", "to ", "(", "=", "\"", "+", "\n", "ü"}).Draw(t, "before")
		if got := redact(before + number + server); strings.Contains(got, number) {
			t.Fatalf("%q", got)
		}
	})
}

func TestLibraryLogger(t *testing.T) {
	var out bytes.Buffer
	closed := false
	log := libraryLogger(zerolog.New(&out), func() bool { return closed })
	log.Debug().Msg("a whole stanza")
	log.Error().Err(errors.New("no LID for 6281234567789")).Int64("ts", 1767585600000).Float64("took", 1.078823211).Strs("ids", []string{"6281234567789"}).
		Msg("failed for 6281234567789@s.whatsapp.net")
	var line map[string]any
	if err := json.Unmarshal(out.Bytes(), &line); err != nil {
		t.Fatalf("%v in %q", err, out.String())
	}
	if line["level"] != "error" || line["message"] != "failed for 62812****789@s.whatsapp.net" || line["error"] != "no LID for 62812****789" {
		t.Errorf("line %v", line)
	}
	if strings.Contains(out.String(), "34567") || !strings.Contains(out.String(), `"took":1.079`) || strings.Contains(out.String(), "stanza") {
		t.Errorf("not clean: %s", out.String())
	}
	closed = true
	out.Reset()
	log.Error().Msg("sql: database is closed")
	if out.Len() > 0 {
		t.Errorf("after the end: %s", out.String())
	}
}
