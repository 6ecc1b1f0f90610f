package main

import (
	"fmt"
	"slices"
	"strings"
)

// itemKey is one key of the items of a list, such as the phone of an admin.
type itemKey struct {
	name   string
	needed bool
	read   func(rawValue) (problem, allowed string)
}

// part is a key whose value is one word.
func part[T any](name string, into *T, parse func(string) (T, error), allowed string) itemKey {
	return itemKey{name, false, func(v rawValue) (problem, _ string) {
		*into, problem, _ = readScalar(v, parse, allowed)
		return problem, allowed
	}}
}

// must is a key without which the item means nothing.
func must(k itemKey) itemKey {
	k.needed = true
	return k
}

// readItem reads one item of a list; the keys of its mistakes begin with a dot.
func readItem(v rawValue, what string, keys ...itemKey) (mistakes []Mistake) {
	if v.shape != shapeMap {
		return []Mistake{{Line: v.line, Problem: "found " + v.found() + " where " + what + " belongs"}}
	}
	given := map[string]bool{}
	for _, f := range v.fields {
		at := slices.IndexFunc(keys, func(k itemKey) bool { return k.name == f.key })
		var problem, allowed string
		switch {
		case given[f.key]:
			problem = "is given twice"
		case at < 0:
			problem, allowed = "is not a known key", keyNames(keys)
		default:
			problem, allowed = keys[at].read(f.value)
		}
		if problem != "" {
			mistakes = append(mistakes, Mistake{Key: "." + f.key, Line: f.line, Problem: problem, Allowed: allowed})
		}
		given[f.key] = true
	}
	for _, k := range keys {
		if k.needed && !given[k.name] {
			mistakes = append(mistakes, Mistake{Key: "." + k.name, Line: v.line, Problem: "is missing"})
		}
	}
	return mistakes
}

func keyNames(keys []itemKey) string {
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = k.name
	}
	return strings.Join(names, ", ")
}

// readItems reads a list of at most most items, so that every wrong one is named.
func readItems[T any](v rawValue, most int, read func(rawValue) (T, []Mistake)) (items []T, mistakes []Mistake) {
	if v.shape != shapeList {
		return nil, []Mistake{{Line: v.line, Problem: "found " + v.found() + " where a list belongs"}}
	}
	if len(v.items) > most {
		return nil, []Mistake{{Line: v.line, Problem: fmt.Sprintf("has %d items", len(v.items))}}
	}
	for i, item := range v.items {
		one, wrong := read(item)
		for j := range wrong {
			wrong[j].Key = fmt.Sprintf("[%d]%s", i, wrong[j].Key)
		}
		items, mistakes = append(items, one), append(mistakes, wrong...)
	}
	return items, mistakes
}
