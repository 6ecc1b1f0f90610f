package shop

import (
	"strings"
	"unicode"
)

// hiddenIn finds a sign that nobody sees, or a word whose letters pose as others, "" for
// none. Signs that hold emoji together are fine.
func hiddenIn(s string) string {
	rs := []rune(s)
	for i, r := range rs {
		if r != '\n' && r != '\t' && unseen(r) && !holdsEmoji(rs, i) {
			return string(r)
		}
	}
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) || r == 0x2139 }) {
		latin := strings.ContainsFunc(w, func(r rune) bool { return unicode.Is(unicode.Latin, r) })
		if latin && strings.ContainsFunc(w, func(r rune) bool { return !unicode.Is(unicode.Latin, r) }) || strings.ContainsFunc(w, mathLetter) {
			return w
		}
	}
	return ""
}

// unseen tells signs without a shape: of formatting and control, selectors of a shape,
// the empty letters of Hangul and Braille.
func unseen(r rune) bool {
	switch r {
	case 0x034F, 0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800:
		return true
	}
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Variation_Selector, r)
}

// holdsEmoji tells that the unseen sign at i does its work: a joiner between two emoji
// (👩‍🍳), or the selector that gives a sign (‼️), or the digit of a key (1️⃣), its colours.
func holdsEmoji(rs []rune, i int) bool {
	if i == 0 {
		return false
	}
	before, after := rs[i-1], rune(0)
	if i+1 < len(rs) {
		after = rs[i+1]
	}
	switch rs[i] {
	case 0x200D:
		return (emoji(before) || before == 0xFE0F) && emoji(after)
	case 0xFE0F:
		return emoji(before) || before < 0x7F && after == 0x20E3
	}
	return false
}

// emoji tells signs that may be drawn in colours; ℹ is the only letter among them.
func emoji(r rune) bool {
	return r > 0x7F && (unicode.In(r, unicode.S, unicode.P) && !unseen(r) || r == 0x2139)
}

// mathLetter tells letters that only look like ours (𝗗𝗶𝘀𝗸𝗼𝗻): readers read them aloud sign
// by sign, and filters take them for a trick.
func mathLetter(r rune) bool { return r >= 0x1D400 && r <= 0x1D7FF || r >= 0xFF21 && r <= 0xFF5A }
