package main

import (
	"fmt"
	"io"
	"os"
	"strings"
)

// bounds are what a file may hold that people write. The YAML parser takes
// quadratic time over the keys of one map and over nesting: a file beyond its
// bounds is not parsed at all.
type bounds struct {
	bytes int
	lines int
	depth int // of lists and maps inside each other
}

var (
	configBounds  = bounds{bytes: 64 << 10, lines: 3000, depth: 20}
	productBounds = bounds{bytes: 1 << 20, lines: 20_000, depth: 5}
)

// read reads a file, and of a larger one no more than tells that it is too large:
// a path may be a device without end.
func (b bounds) read(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read
	return io.ReadAll(io.LimitReader(f, int64(b.bytes)+1))
}

// broken tells which bound a YAML text breaks, and where.
func (b bounds) broken(src []byte) (Mistake, bool) {
	if len(src) > b.bytes {
		return Mistake{Problem: "is too large", Allowed: fmt.Sprintf("up to %d bytes", b.bytes)}, true
	}
	line, depth := 0, 0
	for text := range strings.Lines(string(src)) {
		if line++; line > b.lines {
			return Mistake{Line: line, Problem: "has too many lines", Allowed: fmt.Sprintf("up to %d lines", b.lines)}, true
		}
		deepest := depth
		for _, sign := range text {
			switch sign {
			case '[', '{':
				depth++
				deepest = max(deepest, depth)
			case ']', '}':
				depth = max(0, depth-1)
			}
		}
		if deepest > b.depth || dashes(text) > b.depth {
			return Mistake{Line: line, Problem: "nests too deep", Allowed: fmt.Sprintf("up to %d levels", b.depth)}, true
		}
	}
	return Mistake{}, false
}

// dashes is how many lists a line begins: "- - - x".
func dashes(line string) (n int) {
	for rest, more := strings.TrimLeft(line, " "), true; ; n++ {
		if rest, more = strings.CutPrefix(rest, "- "); !more {
			return n
		}
		rest = strings.TrimLeft(rest, " ")
	}
}
