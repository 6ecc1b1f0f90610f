package main

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// chat parses a line of a conversation: NAME, a sign, and what stands behind it.
func (p *scriptParser) chat(name, sign, rest string) (Command, error) {
	if name == reservedName {
		if sign != ">" {
			return nil, fmt.Errorf("phone%s is nothing: what reaches the shop is not expected, only phone> NAME TEXT", sign)
		}
		to, text, _ := strings.Cut(rest, " ")
		if err := p.declared(to); err != nil {
			return nil, err
		}
		spoken, err := parseSpoken(strings.TrimSpace(text))
		if err != nil {
			return nil, err
		}
		p.said = true
		return PhoneLine{to, spoken}, nil
	}
	if err := p.declared(name); err != nil {
		return nil, err
	}
	if sign == ">" {
		spoken, err := parseSpoken(rest)
		if err != nil {
			return nil, err
		}
		p.said = true
		return SayLine{name, spoken}, nil
	}
	return parseExpect(name, Expectation(sign), rest)
}

// imageForm is the mark of a picture: [image] or [image FILE].
var imageForm = regexp.MustCompile(`^\[image(?:\s+([^\]]*))?\](.*)$`)

// replyForm is the mark of a reply, [reply PART OF A MESSAGE], or [forward].
var replyForm = regexp.MustCompile(`^\[(reply\s+[^\]]+|forward)\]\s*(.+)$`)

func parseSpoken(text string) (Spoken, error) {
	s := Spoken{Text: text}
	if parts := replyForm.FindStringSubmatch(text); parts != nil {
		quotes, reply := strings.CutPrefix(parts[1], "reply")
		s = Spoken{Text: unescape(parts[2]), Forward: !reply}
		if reply {
			s.Quotes = strings.TrimSpace(quotes)
		}
		return s, nil
	} else if strings.HasPrefix(text, "[reply") || strings.HasPrefix(text, "[forward") {
		return s, errors.New("write [reply PART OF A MESSAGE] or [forward] before the text")
	}
	if parts := imageForm.FindStringSubmatch(text); parts != nil {
		s = Spoken{Text: strings.TrimSpace(parts[2]), Image: true, File: strings.TrimSpace(parts[1])}
	} else if strings.HasPrefix(text, "[image") {
		return s, errors.New("write [image] or [image FILE] before the caption")
	}
	s.Text = unescape(s.Text)
	if strings.TrimSpace(s.Text) == "" && !s.Image {
		return s, errors.New("there is no text to write")
	}
	return s, nil
}

func parseExpect(name string, want Expectation, rest string) (Command, error) {
	l := ExpectLine{Name: name, Want: want}
	if expr, ok := strings.CutPrefix(rest, "~"); ok {
		if strings.TrimSpace(expr) == "" {
			return nil, errors.New("the regular expression behind ~ is empty")
		}
		pattern, err := regexp.Compile(expr)
		if err != nil {
			return nil, err // "error parsing regexp: …" says what and where
		}
		l.Pattern = pattern
		return l, nil
	}
	l.Text = unescape(rest)
	if strings.TrimSpace(l.Text) == "" && (want != ExpectNothing || l.Text != "") {
		return nil, fmt.Errorf("the expectation is empty; write %s%s TEXT or %s%s ~REGEXP, or %s<! for no message", name, want, name, want, name)
	}
	return l, nil
}

// unescape turns the two characters \n into a new line; nothing else is special.
func unescape(s string) string { return strings.ReplaceAll(s, `\n`, "\n") }

// escape is the way back.
func escape(s string) string { return strings.ReplaceAll(s, "\n", `\n`) }

// word is a part of a line: plain, or in double quotes.
type word struct {
	text   string
	quoted bool
}

// splitWords cuts a line at spaces; double quotes keep a text together, with \"
// \\ and \n inside.
func splitWords(s string) ([]word, error) {
	var words []word
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		if s[0] != '"' {
			end := strings.IndexAny(s, " \t")
			if end < 0 {
				end = len(s)
			}
			if strings.ContainsAny(s[:end], `"“”`) {
				return nil, fmt.Errorf(`%s has quotes inside; a quoted text begins and ends with a straight " and a space`, quote(s[:end]))
			}
			words, s = append(words, word{text: s[:end]}), s[end:]
			continue
		}
		text, rest, err := cutQuoted(s[1:])
		if err != nil {
			return nil, err
		}
		words, s = append(words, word{text, true}), rest
	}
	return words, nil
}

// cutQuoted reads up to the closing quote; the opening one is gone already.
func cutQuoted(s string) (text, rest string, err error) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"':
			rest := s[i+1:]
			if rest != "" && rest[0] != ' ' && rest[0] != '\t' {
				return "", "", fmt.Errorf(`a space is missing behind the quote: %s`, quote(rest))
			}
			return b.String(), rest, nil
		case '\\':
			i++
			if i == len(s) {
				return "", "", errors.New(`the closing quote " is missing`)
			}
			letter := strings.IndexByte(`"\n`, s[i])
			if letter < 0 {
				return "", "", fmt.Errorf(`\%c means nothing in quotes; there are \" \\ and \n`, s[i])
			}
			b.WriteByte("\"\\\n"[letter])
		default:
			b.WriteByte(s[i])
		}
	}
	return "", "", errors.New(`the closing quote " is missing`)
}
