package shop

// segmentKeyNames are the keys and the words that stand alone, in one spelling each.
func segmentKeyNames() (names []string) {
	for _, k := range segmentKeys {
		names = append(names, string(k.key))
	}
	for _, k := range segmentKeys {
		if never, ok := neverWords[k.key]; ok {
			names = append(names, never)
		}
	}
	return append(names, segmentAll)
}

// segmentNames are all spellings that a query knows.
func segmentNames() []string {
	names := segmentKeyNames()
	for _, k := range segmentKeys {
		names = append(names, k.words...)
	}
	for word := range segmentWords {
		names = append(names, word)
	}
	return append(names, "semua")
}

// examples are how a key is asked.
func (k segmentKeyRule) examples() (list []string) {
	for _, test := range k.tests {
		if test == SegmentIs {
			list = append(list, string(k.key)+":…")
		} else {
			list = append(list, string(k.key)+string(test)+"28d")
		}
	}
	if never, ok := neverWords[k.key]; ok {
		list = append(list, never)
	}
	return list
}

// near is the candidate that a misspelt word most likely meant, "" when none is near.
// Of equally near ones it is the first in the order of letters.
func near(word string, candidates []string) string {
	best, bound := "", max(1, len(word)/3)
	if len(word) < 2 {
		return ""
	}
	for _, c := range candidates {
		if d := letterDistance(word, c); d < bound || d == bound && (best == "" || c < best) {
			best, bound = c, d
		}
	}
	return best
}

// letterDistance counts the letters to insert, drop, change or swap with the next one
// (optimal string alignment).
func letterDistance(a, b string) int {
	before, row := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		next := make([]int, len(b)+1)
		next[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			next[j+1] = min(row[j+1]+1, next[j]+1, row[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row = row, next
	}
	return row[len(b)]
}
