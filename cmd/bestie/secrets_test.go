package main

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/rs/zerolog"

	"bestie/store"
	"bestie/store/sqlite"
	"bestie/whatsapp"
)

// secretLog takes the program's log at its most talkative level and knows what it
// must not hold (field guide, section 0, rule 12).
type secretLog struct {
	mu        sync.Mutex
	text      bytes.Buffer
	forbidden map[string]string // by what must not be there: what it is
}

func (l *secretLog) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(line)
}

func (l *secretLog) logger() zerolog.Logger { return zerolog.New(l).Level(zerolog.DebugLevel) }

// secrets are the statements that find what is secret in the two databases.
var secrets = []struct{ what, file, query string }{
	{"a message that came in", store.FileName, "SELECT text FROM inbox"},
	{"a message that went out", store.FileName, "SELECT text FROM outbox"},
	{"what a customer waits for", store.FileName, "SELECT words FROM waits"},
	{"words of consent", store.FileName, "SELECT words FROM consents"},
	{"a telephone number", store.FileName, "SELECT phone FROM people WHERE phone IS NOT NULL"},
	{"a LID", store.FileName, "SELECT lid FROM people WHERE lid IS NOT NULL"},
	{"a push name", store.FileName, "SELECT push_name FROM people"},
	{"a name", store.FileName, "SELECT name FROM people"},
	{"the link's own LID", whatsapp.SessionFile, "SELECT substr(lid, 1, instr(lid, ':') - 1) FROM whatsmeow_device"},
	{"a key of the pairing code", whatsapp.SessionFile, "SELECT adv_key FROM whatsmeow_device"},
	{"the key of the connection", whatsapp.SessionFile, "SELECT noise_key FROM whatsmeow_device"},
	{"the identity key", whatsapp.SessionFile, "SELECT identity_key FROM whatsmeow_device"},
	{"a message secret", whatsapp.SessionFile, "SELECT key FROM whatsmeow_message_secrets"},
}

// learn notes what is secret in a play: what its people said and heard, who they
// are, and what the databases hold.
func (l *secretLog) learn(t testing.TB, p *Player) {
	t.Helper()
	l.forbidden = map[string]string{}
	for _, line := range p.script.Lines {
		switch c := line.Command.(type) {
		case SayLine:
			l.forbid("what somebody wrote", c.Text)
		case PhoneLine:
			l.forbid("what was typed on the shop phone", c.Text)
		case PromoLine:
			l.forbid("a promo", c.Text)
		case PersonLine:
			l.forbid("a push name", c.Display)
			l.forbid("a telephone number", c.Phone)
			l.forbid("a bank account", c.BankAccount)
		}
	}
	for _, a := range p.actors {
		for _, m := range a.person.Received() {
			l.forbid("what somebody got", m.Text)
		}
	}
	for _, s := range secrets {
		db, err := sqlite.OpenReadOnly(filepath.Join(p.stage.dir, s.file), 1)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := db.QueryContext(t.Context(), s.query)
		if err != nil {
			t.Fatalf("%s: %v", s.query, err)
		}
		for rows.Next() {
			var v any
			if err = rows.Scan(&v); err != nil {
				t.Fatal(err)
			}
			switch v := v.(type) {
			case string:
				l.forbid(s.what, v)
			case []byte:
				l.forbid(s.what, base64.StdEncoding.EncodeToString(v))
				l.forbid(s.what, base64.RawURLEncoding.EncodeToString(v))
				l.forbid(s.what, hex.EncodeToString(v))
			}
		}
		if err = rows.Err(); err != nil {
			t.Fatal(err)
		}
		if err = db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// telling is how much of a text would tell something: eight letters or digits in
// a line. Names of people may be shorter.
const telling = 8

// forbid notes every line of a text that would tell something.
func (l *secretLog) forbid(what, text string) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		letters := strings.Count(strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return 'x'
			}
			return -1
		}, line), "x")
		if letters >= telling || strings.HasSuffix(what, "name") && letters >= 3 {
			l.forbidden[line] = what
		}
	}
}

// alphanumeric is a run of letters and digits; a message ID is one, and so is a number.
var alphanumeric = regexp.MustCompile(`[0-9A-Za-z]+`)

// check looks for all of it. Numbers of eight digits and more are none of the
// program's own: it logs no time stamps but those of the log.
func (l *secretLog) check(t testing.TB) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	log := l.text.String()
	if !strings.Contains(log, whatsapp.StateOnline.English()) || !strings.Contains(log, "ended in order") {
		t.Errorf("that is not the log of a whole life:\n%s", log)
	}
	for line := range strings.Lines(log) {
		for text, what := range l.forbidden {
			if strings.Contains(line, text) {
				t.Errorf("the log holds %s, %q:\n%s", what, text, line)
			}
		}
		for _, w := range alphanumeric.FindAllString(line, -1) {
			if len(w) >= telling && strings.Trim(w, "0123456789") == "" {
				t.Errorf("the log holds the number %s:\n%s", w, line)
			}
		}
	}
}
