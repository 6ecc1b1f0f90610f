package templates

import "slices"

// A word that nobody knows is often a known one mistyped ("penegmbalian",
// "kadaluwrasa"). The matcher puts it right when exactly one word of its
// vocabulary is a single slip away: a letter too many, too few, wrong, or two
// swapped. Rules of the program never see a repaired word.
const (
	shortestRepaired = 5 // letters; short words have too many neighbours
	longestRepaired  = 20
)

// repairs finds the words a slip away without comparing with all of them: two
// words one slip apart share a spelling with one letter dropped.
type repairs map[string][]string // spelling with a letter dropped -> words

// newRepairs indexes a vocabulary.
func newRepairs(vocabulary []string) repairs {
	r := repairs{}
	for _, w := range vocabulary {
		if !repairable(w) {
			continue
		}
		dropped(w, func(key string) {
			if !slices.Contains(r[key], w) {
				r[key] = append(r[key], w)
			}
		})
	}
	return r
}

func repairable(w string) bool {
	return len(w) >= shortestRepaired && len(w) <= longestRepaired && w[0] != '<'
}

// dropped calls use with the word itself and with each letter dropped but the
// first: hardly anybody mistypes that one, and it keeps strangers apart. Words are
// taken byte by byte; others than Latin ones find nothing.
func dropped(w string, use func(string)) {
	use(w)
	for i := 1; i < len(w); i++ {
		use(w[:i] + w[i+1:])
	}
}

// repair returns the one known word a slip away, or the word itself.
func (r repairs) repair(word string) string {
	if !repairable(word) {
		return word
	}
	found := ""
	dropped(word, func(key string) {
		for _, w := range r[key] {
			if w != found && distance(word, w, 1) == 1 {
				if found != "" {
					found = word // two candidates: leave it
					return
				}
				found = w
			}
		}
	})
	if found == "" {
		return word
	}
	return found
}
