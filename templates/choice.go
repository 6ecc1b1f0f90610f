package templates

import (
	"slices"
	"strconv"
	"strings"
)

// choiceFillers may stand beside the number of a choice: "yang nomor 2 aja kak".
var choiceFillers = wordSet(`nomor no nomer yang yg pilih pilihan opsi angka ke kak min admin ya dong aja saja deh sih mau saya
	itu dan sama iya maaf oh ok oke tolong`)

var choiceNumbers = map[string]int{
	"nol": 0, "satu": 1, "pertama": 1, "kesatu": 1, "siji": 1, "hiji": 1, "dua": 2, "kedua": 2, "loro": 2, "tiga": 3, "ketiga": 3, "telu": 3,
	"empat": 4, "keempat": 4, "lima": 5, "kelima": 5,
}

// Choices reads an answer to a numbered menu: "1", "no 2 kak", "yang pertama", "satu
// dan tiga", or a title itself. It returns the numbers in order, 0 for the person
// that every menu offers; nil when the message is no choice ("2 pcs", a question).
func Choices(text string, titles []string) []int {
	said := slices.DeleteFunc(slices.Clone(Normalise(text)), in(vocatives))
	if i := titleSaid(said, titles); i >= 0 {
		return []int{i + 1}
	}
	var picked []int
	for _, word := range tokens(clip(text, maxText)) {
		n, ok := choice(word)
		switch {
		case ok && n > len(titles):
			return nil
		case ok && !slices.Contains(picked, n):
			picked = append(picked, n)
		case !ok && !choiceFillers[word]:
			return nil
		}
	}
	if len(picked) > 3 {
		return nil
	}
	return picked
}

// titleSaid finds the only title that a message says, or of which it says a part: "harga"
// of "Harga produk"; -1 when there is none or more than one.
func titleSaid(said []string, titles []string) int {
	found := -1
	for i, title := range titles {
		words := Normalise(title)
		if slices.Equal(said, words) {
			return i
		}
		if len(said) > 0 && !slices.ContainsFunc(said, func(w string) bool { return w != "tanya" && !slices.Contains(words, w) }) {
			if found >= 0 {
				return -1
			}
			found = i
		}
	}
	return found
}

func choice(word string) (n int, ok bool) {
	if n, ok = choiceNumbers[word]; ok {
		return n, true
	}
	word = strings.TrimPrefix(strings.TrimPrefix(word, "no"), "ke")
	if len(word) != 1 {
		return 0, false
	}
	n, err := strconv.Atoi(word)
	return n, err == nil
}
