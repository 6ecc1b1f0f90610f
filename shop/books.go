package shop

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"
)

// BooksKind is what an admin asks about the books of dropshippers (domain facts, section 4).
type BooksKind string

// The kinds, by the word that asks for them.
const (
	BooksAging     BooksKind = "piutang"
	BooksStatement BooksKind = "mutasi"
	BooksBalance   BooksKind = "saldo"
	BooksDay       BooksKind = "rekonsiliasi"
)

// WantsBooks is what a message of an admin may ask of the books, so that it is worth
// reading: generous, for typing mistakes; "" for nothing.
func WantsBooks(text string) BooksKind {
	words := strings.Fields(strings.ToLower(text))
	if len(words) == 0 || len(words) > 10 {
		return ""
	}
	return BooksKind(near(strings.Trim(words[0], ".,!:/*_"), []string{string(BooksAging), string(BooksStatement), string(BooksBalance), string(BooksDay)}))
}

// Books is what an admin asked for, as it stands.
type Books struct {
	Found   []ShopAccount // whose name or number the words hold; several: it is not clear whose
	Rest    string        // what follows the name
	Debtors []ShopAccount // who owes something
	Day     *BooksOfDay
}

// ShopAccount is a dropshipper with the books.
type ShopAccount struct {
	Name ShopName
	*Account
}

// ShopName is by what a dropshipper is found.
type ShopName struct {
	Person      int64
	Shop, Phone string
}

// MostFound bounds how many shops of similar names are asked about.
const MostFound = 6

// FindShops finds the dropshippers whom words begin with, by telephone number or by the
// name of the shop, and what follows. "Toko" may be left out; one whose name is said in full
// comes before those that are only like it, and up to two words may follow the name.
func FindShops(all []ShopName, said string) (found []ShopName, rest string) {
	words := strings.Fields(said)
	for n := len(words); n > max(0, len(words)-3); n-- {
		name := strings.Join(words[:n], " ")
		for _, alike := range []func(string, string) bool{sameShop, likeShop} {
			for _, s := range all {
				if phone, ok := PhoneNumber(name); ok && phone == s.Phone || alike(name, s.Shop) {
					found = append(found, s)
				}
			}
			if len(found) > 0 {
				return found, strings.Join(words[n:], " ")
			}
		}
	}
	return nil, ""
}

// shopWords are the words of a shop's name that tell it from others.
func shopWords(name string) []string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return slices.DeleteFunc(words, func(w string) bool { return w == "toko" || w == "tk" })
}

func sameShop(said, name string) bool {
	a, b := shopWords(said), shopWords(name)
	return len(a) > 0 && slices.Equal(a, b)
}

// likeShop tells that every word said begins or nearly is one of the name.
func likeShop(said, name string) bool {
	a, b := shopWords(said), shopWords(name)
	for _, w := range a {
		if !slices.ContainsFunc(b, func(of string) bool { return likeWord(w, of) }) {
			return false
		}
	}
	return len(a) > 0
}

func likeWord(said, word string) bool {
	if said == word || strings.ContainsAny(said, "0123456789") {
		return said == word
	}
	return len(said) >= 3 && strings.HasPrefix(word, said) || len(said) >= 4 && letterDistance(said, word) <= len(said)/4
}

// WorstFirst sorts dropshippers by how long something has been due, then by how much.
func WorstFirst(all []ShopAccount) {
	slices.SortStableFunc(all, func(a, b ShopAccount) int {
		return cmp.Or(a.DueSince.Compare(b.DueSince), cmp.Compare(b.Used, a.Used), strings.Compare(a.Shop, b.Shop))
	})
}

// Add counts one aging into a total.
func (g *Aging) Add(o Aging) {
	g.Current += o.Current
	g.Week += o.Week
	g.Month += o.Month
	g.Older += o.Older
	g.Total += o.Total
}

// Late is what is due.
func (g Aging) Late() Rupiah { return g.Total - g.Current }

// DayNamed reads a day that is at most so many days back: "kemarin", "24", "24/11",
// "2026-11-24"; of several the last one.
func DayNamed(text string, today Day, back int) (Day, bool) {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	text = strings.TrimPrefix(strings.TrimPrefix(text, "tanggal "), "tgl ")
	switch text {
	case "hari ini":
		return today, true
	case "kemarin", "kmrn", "kemaren", "kemrin":
		return today - 1, true
	}
	for d := today; d > today-Day(back); d-- {
		start := d.Start()
		for _, layout := range []string{"2", "2/1", "02/01", "2-1", "02-01", "2/1/2006", "02/01/2006", "02-01-2006", time.DateOnly} {
			if start.Format(layout) == text {
				return d, true
			}
		}
	}
	return 0, false
}

// BooksBack is how many days back a day is understood in the books.
const BooksBack = 366

// AfterWord is what follows the first word of a text.
func AfterWord(text string) string {
	_, rest, _ := strings.Cut(strings.Join(strings.Fields(text), " "), " ")
	return rest
}
