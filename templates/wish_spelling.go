package templates

import "slices"

// clearWish undoes what hides a wish: spaced letters ("s t o p"), letters changed about in
// a word for stopping ("sotp", "janga"), and a Javanese "aja" (don't) that was read as
// "saja", which never begins a sentence.
func clearWish(said []string) []string {
	var out []string
	spaced := 0
	for i, w := range said {
		switch {
		case i == 0 && w == "saja" && len(said) > 1:
			w = "jangan"
		case wishMeanings[bareWish(w)] == nil:
			w = unswapped(w)
		}
		if len(w) > 1 {
			spaced = 0
		} else if spaced++; spaced > 1 {
			out[len(out)-1] += w
			continue
		}
		out = append(out, w)
	}
	return out
}

// hardToSpell are the words of which also a mistyped one counts.
var hardToSpell = []string{"jangan", "berhenti", "hentikan", "unsubscribe", "promo", "promosi", "broadcast"}

// unswapped is the word for stopping that differs from a word by two neighbours that
// changed places, or one of hardToSpell that begins alike and differs by one letter.
func unswapped(word string) string {
	if len(word) > 20 {
		return word
	}
	for i := 1; i < len(word); i++ {
		turned := word[:i-1] + word[i:i+1] + word[i-1:i] + word[i+1:]
		if slices.Contains(wishMeanings[turned], "stop") && len(turned) > 3 {
			return turned
		}
	}
	for _, known := range hardToSpell {
		if len(word) > 3 && word[0] == known[0] && distance(word, known, 1) <= 1 {
			return known
		}
	}
	return word
}
