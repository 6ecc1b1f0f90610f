package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/rs/zerolog"
)

// settingKind is a type of setting: what it accepts, where it puts it, how it shows it.
type settingKind struct {
	allowed string                            // in words, for errors and documents
	shape   shape                             // of its text in the environment and in scripts
	set     func(*Config, rawValue) []Mistake // changes nothing when there is a mistake
	show    func(*Config) string              // as YAML, "" when unset
}

// scalar is a kind made of one word. parse says what is wrong so that it reads
// well behind the value: `"x" is not a duration`.
func scalar[T any](at func(*Config) *T, allowed string, parse func(string) (T, error), show func(T) string) settingKind {
	return settingKind{
		allowed: allowed,
		shape:   shapeScalar,
		set: func(c *Config, v rawValue) []Mistake {
			if v.shape != shapeScalar {
				return []Mistake{{Line: v.line, Problem: "found " + v.found() + " where a single value belongs"}}
			}
			parsed, err := parse(v.text)
			if err != nil {
				return []Mistake{{Line: v.line, Problem: v.found() + " " + err.Error()}}
			}
			*at(c) = parsed
			return nil
		},
		show: func(c *Config) string { return show(*at(c)) },
	}
}

// refusal says what a value is or is not; it reads on behind the value.
type refusal string

func (r refusal) Error() string { return string(r) }

const outOfBounds refusal = "is out of bounds"

// textKind is one line or several, of at most this many letters.
func textKind(at func(*Config) *string, least, most int) settingKind {
	allowed := fmt.Sprintf("text of up to %d letters", most)
	return scalar(at, allowed, func(s string) (string, error) {
		switch n := utf8.RuneCountInString(s); {
		case n < least:
			return "", refusal("is empty")
		case n > most:
			return "", refusal(fmt.Sprintf("has %d letters", n))
		}
		return s, nil
	}, showText)
}

// showText quotes only where YAML would misread the plain text.
func showText(s string) string {
	plain := s != "" && strings.IndexFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && !strings.ContainsRune(" ./-_", r)
	}) < 0
	if plain || s == "" {
		return s
	}
	return strconv.Quote(s)
}

// choiceKind is one of a few words.
func choiceKind(at func(*Config) *string, words ...string) settingKind {
	return scalar(at, strings.Join(words, ", "), func(s string) (string, error) {
		if word := strings.ToLower(s); slices.Contains(words, word) {
			return word, nil
		}
		return "", refusal("is none of them")
	}, showText)
}

// levelKind is a level of zerolog that an operator may choose.
func levelKind(at func(*Config) *zerolog.Level) settingKind {
	levels := []zerolog.Level{zerolog.DebugLevel, zerolog.InfoLevel, zerolog.WarnLevel, zerolog.ErrorLevel}
	return scalar(at, "debug, info, warn, error", func(s string) (zerolog.Level, error) {
		level, err := zerolog.ParseLevel(strings.ToLower(s))
		if err != nil || !slices.Contains(levels, level) {
			return 0, refusal("is none of them")
		}
		return level, nil
	}, zerolog.Level.String)
}

// countKind is a whole number within bounds, both included.
func countKind(at func(*Config) *int, least, most int) settingKind {
	return scalar(at, fmt.Sprintf("%d to %d", least, most), func(s string) (int, error) {
		return parseCount(s, least, most)
	}, strconv.Itoa)
}

func parseCount(s string, least, most int) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0, refusal("is not a whole number")
	}
	if n < least || n > most {
		return 0, outOfBounds
	}
	return n, nil
}

// spanKind is a duration within bounds, both included.
func spanKind(at func(*Config) *time.Duration, least, most time.Duration) settingKind {
	return scalar(at, spanBounds(least, most), func(s string) (time.Duration, error) {
		return parseBoundSpan(s, least, most)
	}, formatSpan)
}

func spanBounds(least, most time.Duration) string {
	return fmt.Sprintf("%s to %s, written like 2m30s", formatSpan(least), formatSpan(most))
}

func parseBoundSpan(s string, least, most time.Duration) (time.Duration, error) {
	d, err := parseSpan(s)
	if err != nil {
		return 0, err
	}
	if d < least || d > most {
		return 0, outOfBounds
	}
	return d, nil
}
