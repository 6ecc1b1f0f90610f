package main

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"bestie/shop"
)

// mostScriptBytes bounds a script; a week of talk is a thousandth of it.
const mostScriptBytes = 8 << 20

// scriptStart is where the clock of a script without a first `at` begins: a
// Monday morning.
func scriptStart() time.Time { return time.Date(2026, time.January, 5, 10, 0, 0, 0, shop.WIB) }

// ParseScript reads a script; name stands in its messages. What does not follow
// the format is reported all at once as a *ScriptError, any other error is r's.
func ParseScript(name string, r io.Reader) (*Script, error) {
	src, err := io.ReadAll(io.LimitReader(r, mostScriptBytes+1))
	if err != nil {
		return nil, err
	}
	p := scriptParser{
		script: &Script{Name: name, Start: scriptStart()},
		now:    scriptStart(),
		names:  map[string]bool{},
		phones: map[string]string{},
		config: DefaultConfig(),
	}
	if len(src) > mostScriptBytes {
		return nil, &ScriptError{[]ScriptMistake{{name, 1, fmt.Sprintf("the script is longer than %d bytes", mostScriptBytes)}}}
	}
	text := strings.TrimPrefix(string(src), "\ufeff")
	for i, line := range strings.Split(text, "\n") {
		p.line(i+1, strings.TrimSuffix(line, "\r"))
	}
	if err := p.config.Check(); err != nil {
		p.refuse(p.lastConfig, err)
	}
	if len(p.mistakes) > 0 {
		return nil, &ScriptError{p.mistakes}
	}
	return p.script, nil
}

// scriptParser keeps what earlier lines decided about later ones.
type scriptParser struct {
	script     *Script
	mistakes   []ScriptMistake
	now        time.Time         // the clock when the line is played: only `at` and `+` move it
	moved      bool              // the clock was set or moved before
	names      map[string]bool   // people declared so far
	phones     map[string]string // their phone numbers, to the names
	said       bool              // somebody has written
	config     *Config           // on which config lines are tried
	lastConfig int               // the last config line
}

func (p *scriptParser) mistake(line int, message string) {
	p.mistakes = append(p.mistakes, ScriptMistake{p.script.Name, line, message})
}

// refuse notes an error of a line; one of settings may be several mistakes.
func (p *scriptParser) refuse(line int, err error) {
	var config *ConfigError
	if !errors.As(err, &config) {
		p.mistake(line, err.Error())
		return
	}
	for _, m := range config.Mistakes {
		p.mistake(line, m.String())
	}
}

func (p *scriptParser) line(number int, line string) {
	text := strings.TrimSpace(line)
	if text == "" || strings.HasPrefix(line, "#") {
		return
	}
	if !utf8.ValidString(line) {
		p.mistake(number, "the line is not valid UTF-8")
		return
	}
	command, err := p.command(number, text)
	if err != nil {
		p.refuse(number, err)
		return
	}
	p.script.Lines = append(p.script.Lines, Line{number, text, command})
}

// A chat line is a name and, with no space between, what happens: > < << or <!.
var chatForm = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9_]*)(>|<<|<!|<)(.*)$`)

// command parses one line that is neither empty nor a comment.
func (p *scriptParser) command(number int, text string) (Command, error) {
	if parts := chatForm.FindStringSubmatch(text); parts != nil {
		return p.chat(parts[1], parts[2], strings.TrimSpace(parts[3]))
	}
	if strings.HasPrefix(text, "+") {
		return p.advance(text[1:])
	}
	verb, rest, _ := strings.Cut(text, " ")
	if verb, tail, ok := strings.Cut(verb, "\t"); ok {
		return p.command(number, verb+" "+tail+" "+rest)
	}
	rest = strings.TrimSpace(rest)
	switch verb {
	case "promo":
		return p.promo(rest)
	case "config":
		return p.setting(number, rest)
	case string(NetworkOffline), string(NetworkOnline), string(NetworkRestart):
		if rest != "" {
			return nil, fmt.Errorf("%s stands alone on its line, found %s", verb, quote(rest))
		}
		return NetworkLine{Network(verb)}, nil
	}
	words, err := splitWords(rest)
	if err != nil {
		return nil, err
	}
	switch verb {
	case "at":
		return p.at(words)
	case string(PersonContact), string(PersonAdmin), string(PersonDropshipper):
		return p.person(PersonKind(verb), words)
	case "product":
		return p.product(words)
	case "products":
		if len(words) != 1 || words[0].text == "" {
			return nil, errors.New("write products FILE, such as products list.yaml")
		}
		return ProductsLine{words[0].text}, nil
	case "optin":
		return p.optIn(words)
	case "fault":
		return p.fault(words)
	}
	return nil, unknownVerb(text, verb)
}

// scriptVerbs are the words that a line may begin with.
var scriptVerbs = []string{"at", "contact", "admin", "dropshipper", "product", "products", "optin", "promo", "offline", "online", "restart", "fault", "config"}

func unknownVerb(text, verb string) error {
	switch {
	case strings.HasPrefix(verb, "#"):
		return fmt.Errorf("a comment begins in the first column, without spaces before the #")
	case strings.HasPrefix(text, verb+" >") || strings.HasPrefix(text, verb+" <"):
		return fmt.Errorf("write the name and the sign together: %s%s", verb, text[len(verb)+1:len(verb)+2])
	}
	if near := nearest(verb, scriptVerbs); near != "" {
		return fmt.Errorf("%s is no command, did you mean %s?", quote(verb), near)
	}
	return fmt.Errorf("%s is no command; a line is one of %s, +TIME, NAME> or NAME<", quote(verb), strings.Join(scriptVerbs, ", "))
}
