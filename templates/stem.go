package templates

import "strings"

// Indonesian builds words by affixes; a wish is the same with and without them.
// The particles and possessives come off last-to-first, then suffixes, then
// prefixes; a cut counts only if a known root remains (words/roots.txt).
var (
	particles = []string{"lah", "kah", "pun", "nya", "ku", "mu", "e", "ne", "in"}
	suffixes  = []string{"kan", "an", "i", "in", "nya"}
	prefixes  = []struct{ cut, put string }{
		{"di", ""},
		{"ke", ""},
		{"se", ""},
		{"ter", ""},
		{"ber", ""},
		{"be", ""},
		{"per", ""},
		{"pe", ""},
		{"meny", "s"},
		{"peny", "s"},
		{"ny", "s"},
		{"meng", ""},
		{"meng", "k"},
		{"peng", ""},
		{"peng", "k"},
		{"nge", ""},
		{"ng", ""},
		{"ng", "k"},
		{"mem", ""},
		{"mem", "p"},
		{"pem", ""},
		{"pem", "p"},
		{"men", ""},
		{"men", "t"},
		{"pen", ""},
		{"pen", "t"},
		{"me", ""},
		{"n", "t"},
		{"n", ""},
		{"m", "p"},
		{"m", ""},
	}
)

// stem returns the root of a word, or the word itself when no known root is
// found.
func (l *lexicon) stem(word string) string {
	if l.roots[word] || len(word) < 4 || word[0] == '<' {
		return word
	}
	for _, w := range ends(word) {
		if root, ok := l.root(w); ok {
			return root
		}
		for _, p := range prefixes {
			rest, cut := strings.CutPrefix(w, p.cut)
			if !cut {
				continue
			}
			if root, ok := l.root(p.put + rest); ok {
				return root
			}
		}
	}
	return word
}

// root resolves a candidate, also through its chat spelling ("dibyr").
func (l *lexicon) root(candidate string) (string, bool) {
	if len(candidate) < 3 {
		return "", false
	}
	if l.roots[candidate] {
		return candidate, true
	}
	if meaning := l.forms[candidate]; len(meaning) == 1 {
		return meaning[0], true
	}
	return "", false
}

// ends lists a word without its endings, the shortest cut first.
func ends(word string) []string {
	out := []string{word}
	add := func(from, end string) {
		if rest, cut := strings.CutSuffix(from, end); cut && len(rest) >= 3 {
			out = append(out, rest)
		}
	}
	for _, p := range particles {
		add(word, p)
	}
	for _, w := range out {
		for _, s := range suffixes {
			add(w, s)
		}
	}
	return out
}
