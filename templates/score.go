package templates

import (
	"slices"
	"strings"
	"unicode"
)

// scoreRest are the words that may stand beside a score and change nothing.
var scoreRest = wordSet(`kak min sis gan bro mas mbak bang pak bu admin bestie ya deh dong sih aja saja nih lah terima kasih
	nilai nilainya skor rating bintang angka kasih beri dari saya aku untuk pelayanan pelayanannya layanan layanannya responnya
	oke baik siap mantap bagus ramah cepat sangat sekali banget dan itu ini bintangnya poin sama juga membantu memuaskan
	sudah pol top keren jawabannya adminnya balasannya hehe hihi hi halo`)

// scoreWords are the scales in words; the longest that fits counts.
var scoreWords = []struct {
	words []string
	score int
}{
	{[]string{"tidak", "puas"}, 1},
	{[]string{"belum", "puas"}, 2},
	{[]string{"kurang", "puas"}, 2},
	{[]string{"kurang", "memuaskan"}, 2},
	{[]string{"tidak", "memuaskan"}, 1},
	{[]string{"cukup", "puas"}, 4},
	{[]string{"lumayan", "puas"}, 4},
	{[]string{"sangat", "puas"}, 5},
	{[]string{"puas", "sekali"}, 5},
	{[]string{"puas", "banget"}, 5},
	{[]string{"biasa"}, 3},
	{[]string{"lumayan"}, 3},
	{[]string{"cukup"}, 3},
	{[]string{"kurang"}, 2},
	{[]string{"kecewa"}, 1},
	{[]string{"mengecewakan"}, 1},
	{[]string{"jelek"}, 1},
	{[]string{"buruk"}, 1},
	{[]string{"puas"}, 4},
	{[]string{"memuaskan"}, 5},
}

// scoreSigns are faces from angry to delighted.
var scoreSigns = map[rune]int{
	'😡': 1, '🤬': 1, '👎': 1, '😤': 1, '😭': 1, '😠': 2, '😞': 2, '😟': 2, '🙁': 2, '☹': 2, '😒': 2, '😔': 2, '😢': 2,
	'😐': 3, '😑': 3, '😶': 3, '🙂': 4, '😊': 4, '😀': 4, '😃': 4, '😄': 4, '☺': 4, '😁': 4, '😍': 5, '🥰': 5, '🤩': 5, '😘': 5, '💯': 5,
}

// Score reads what somebody answers who was asked for 1 to 5: "5", "5 kak makasih",
// "⭐⭐⭐⭐", "😍", "puas banget". A question, a digit among other words ("5 pcs ya") and
// two scores that differ are none.
func Score(text string) (score int, ok bool) {
	if len(text) > longestGoodbye || asksAnything(text) {
		return 0, false
	}
	stars := strings.Count(text, "⭐") + strings.Count(text, "🌟") + strings.Count(text, "★")
	if stars > 5 {
		return 0, false
	}
	digit, digits := digitOf(text)
	said := Normalise(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsSpace(r) {
			return r
		}
		return ' '
	}, text))
	word, rest := wordScore(said)
	if digits > 1 || slices.ContainsFunc(rest, func(w string) bool { return !scoreRest[w] }) {
		return 0, false
	}
	switch {
	case digits == 1:
		return digit, digit > 0
	case stars > 0:
		return stars, true
	case word > 0:
		return word, true
	}
	for _, r := range text {
		if s := scoreSigns[r]; s > 0 {
			if score > 0 && score != s {
				return 0, false
			}
			score = s
		}
	}
	return score, score > 0
}

// digitOf finds the number in a text and how many there are; 0 when it is none of 1
// to 5. What it is out of ("4/5", "4 dari 5") does not count.
func digitOf(text string) (digit, found int) {
	for _, n := range strings.FieldsFunc(outOf.Replace(strings.ToLower(text)), func(r rune) bool { return !unicode.IsDigit(r) && r != ',' && r != '.' }) {
		n = strings.Trim(n, ".,")
		if n == "" {
			continue
		}
		found++
		if len(n) == 1 && n >= "1" && n <= "5" {
			digit = int(n[0] - '0')
		}
	}
	return digit, found
}

var outOf = strings.NewReplacer("/5", " ", "/ 5", " ", "dari 5", " ", "dr 5", " ")

// wordScore finds the scale in words and returns what else was said.
func wordScore(said []string) (score int, rest []string) {
	for _, s := range scoreWords {
		for i := 0; i+len(s.words) <= len(said); i++ {
			if slices.Equal(said[i:i+len(s.words)], s.words) {
				return s.score, slices.Concat(said[:i], said[i+len(s.words):])
			}
		}
	}
	return 0, said
}

// Mistyped returns the word of a list that somebody meant, with one mistake in a word
// of four or five letters and two in a longer one; "" when there is none, or several.
func Mistyped(word string, list []string) (found string) {
	limit := 0
	switch n := len(word); {
	case n > 20:
		return ""
	case n >= 6:
		limit = 2
	case n >= 4:
		limit = 1
	}
	best := limit + 1
	for _, known := range list {
		switch d := distance(word, known, limit); {
		case len(known) < 4 || d > limit:
		case d < best:
			best, found = d, known
		case d == best:
			found = ""
		}
	}
	return found
}
