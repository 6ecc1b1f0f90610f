package main

import (
	"slices"
	"strings"
)

// unknownKey is the mistake of a key that the table does not know: it names the
// setting that was meant, or else everything that may stand in its place.
func unknownKey(path string) Mistake {
	m := Mistake{Key: path, Problem: "is not a setting"}
	if isSection(path) {
		m.Problem = "is a section, not a setting"
		m.Allowed = strings.Join(namesIn(path), ", ")
	} else if near := meant(path); near != "" {
		m.Problem += ", did you mean " + near + "?"
	} else {
		section, _, _ := strings.Cut(path, ".")
		if !isSection(section) {
			section = ""
		}
		m.Allowed = strings.Join(namesIn(section), ", ")
	}
	return m
}

// meant is the setting or section that a misspelt path most likely stands for,
// "" when none is near. A setting may also have been put into the wrong section.
func meant(path string) string {
	var known []string
	for _, s := range settings {
		if s.rehearse {
			continue
		}
		known = append(known, s.path)
		if section, _, deep := strings.Cut(s.path, "."); deep && !slices.Contains(known, section) {
			known = append(known, section)
		}
	}
	if near := nearest(path, known); near != "" {
		return near
	}
	word := path[strings.LastIndexByte(path, '.')+1:]
	for _, candidate := range known {
		if _, last, deep := strings.Cut(candidate, "."); deep && last == word {
			return candidate
		}
	}
	return ""
}

// namesIn lists the settings of a section, or the sections and settings of the
// top level for "".
func namesIn(section string) (names []string) {
	for _, s := range settings {
		rest, below := strings.CutPrefix(s.path, section+".")
		if section == "" {
			rest, below = s.path, true
		}
		name, _, _ := strings.Cut(rest, ".")
		if below && !s.rehearse && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// nearest returns the candidate that a misspelt word most likely meant, "" when
// none is near.
func nearest(word string, candidates []string) string {
	best, bound := "", max(2, len(word)/3)+1
	for _, c := range candidates {
		if d := editDistance(word, c); d < bound {
			best, bound = c, d
		}
	}
	return best
}

// editDistance counts the letters to insert, drop or change (Levenshtein).
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j]+1, row[j+1]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}
