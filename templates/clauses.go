package templates

import (
	"slices"
	"strings"
	"unicode"
)

// sentence is a piece of a message up to a mark of punctuation.
type sentence struct {
	text string
	asks bool // a question mark ended it
}

// sentences cuts a message at punctuation and line ends. Dots and commas inside
// numbers do not cut.
func sentences(text string) []sentence {
	var out []sentence
	rs := []rune(text)
	start := 0
	cut := func(end int, asks bool) {
		if s := strings.TrimSpace(string(rs[start:end])); s != "" {
			out = append(out, sentence{s, asks})
		} else if asks && len(out) > 0 {
			out[len(out)-1].asks = true
		}
		start = end + 1
	}
	for i, r := range rs {
		inNumber := i > 0 && i+1 < len(rs) && unicode.IsDigit(rs[i-1]) && unicode.IsDigit(rs[i+1])
		switch {
		case r == '?':
			cut(i, true)
		case r == '\n' || r == '!' || r == ';', (r == '.' || r == ',') && !inNumber:
			cut(i, false)
		}
	}
	cut(len(rs), false)
	return out
}

// joiners begin another question inside one sentence.
var joiners = map[string]bool{
	"terus": true, "dan": true, "sama": true, "sekalian": true, "kalau": true, "lalu": true, "serta": true,
	"plus": true, "sekaligus": true, "trus": true,
}

// maxClauses bounds the work for one message; nobody asks more at once.
const maxClauses = 8

// clause is what may be one question of several, as the matcher reads it.
type clause struct {
	words []string
	asks  bool // a question mark ended its sentence
}

// clauses cuts a message into what may be separate questions. Pieces that only
// address somebody ("kak") are dropped.
func clauses(text string, read func(string) []string) []clause {
	var out []clause
	add := func(words []string, asks bool) {
		if slices.ContainsFunc(words, func(w string) bool { return !vocatives[w] }) && len(out) < maxClauses {
			out = append(out, clause{words, asks})
		}
	}
	for _, s := range sentences(clip(text, maxText)) {
		said := read(s.text)
		start := 0
		for i, w := range said {
			if joiners[w] && i > start {
				add(said[start:i], s.asks)
				start = i + 1
			}
		}
		add(said[start:], s.asks)
	}
	return out
}

// callers are the people one calls for.
var callers = wordSet("kak min sis gan bro mas mbak bang pak bu om tante admin bestie")

// vocatives address somebody and say nothing else.
var vocatives = wordSet("kak min sis gan bro mas mbak bang pak bu om tante admin bestie ya dong deh sih nih ini tolong")
