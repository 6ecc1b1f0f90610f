package shop

import (
	"strings"
)

// AmountProblem is why words are no amount that money can be booked by.
type AmountProblem string

// The problems.
const (
	AmountNone      AmountProblem = "none"      // the words are no number
	AmountZero      AmountProblem = "zero"      // nothing
	AmountNegative  AmountProblem = "negative"  // less than nothing
	AmountTooMuch   AmountProblem = "too_much"  // above MostAmount: a typing mistake
	AmountAmbiguous AmountProblem = "ambiguous" // "1.50": one and a half, or a dot too many?
)

// Error implements error.
func (p AmountProblem) Error() string { return "no amount: " + string(p) }

// MostAmount is the largest amount that ParseAmount takes.
const MostAmount Rupiah = 99_000_000_000

// mostAmountText bounds what is read as an amount, in bytes.
const mostAmountText = 200

// ParseAmount reads words that are one amount of money and nothing else, as people type
// it: "150rb", "1,5jt", "Rp 150.000,-", "150k", "seratus lima puluh ribu", "1.5 juta",
// "rp150.000,00". Unlike ParseRupiah, which finds an amount in a sentence, it tells why
// the words are none: the error is an AmountProblem. It never guesses.
func ParseAmount(text string) (Rupiah, error) {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" || len(text) > mostAmountText {
		return 0, AmountNone
	}
	text, negative := cutSign(text)
	text = strings.TrimSpace(strings.TrimSuffix(text, "rupiah"))
	for _, currency := range []string{"rp.", "rp", "idr"} {
		if rest, cut := strings.CutPrefix(text, currency); cut {
			text = strings.TrimSpace(rest)
			break
		}
	}
	if !negative {
		text, negative = cutSign(text)
	}
	amount, err := figures(text)
	if err == AmountNone && !strings.ContainsAny(text, "0123456789") {
		amount, err = spelt(text)
	}
	switch {
	case err != nil && (err != AmountTooMuch || !negative):
		return 0, err
	case negative:
		return 0, AmountNegative
	case amount == 0:
		return 0, AmountZero
	case amount > MostAmount:
		return 0, AmountTooMuch
	}
	return amount, nil
}

func cutSign(text string) (rest string, negative bool) {
	for _, sign := range []string{"-", "−", "–", "minus ", "min "} {
		if rest, cut := strings.CutPrefix(text, sign); cut {
			return strings.TrimSpace(rest), true
		}
	}
	return text, false
}

// amountUnits are the endings of a number, the longest first where one begins another.
var amountUnits = []struct {
	name   string
	zeroes int
}{{"ribu", 3}, {"rebu", 3}, {"rbu", 3}, {"rb", 3}, {"k", 3}, {"juta", 6}, {"jt", 6}, {"jta", 6}, {"miliar", 9}, {"milyar", 9}, {"m", 9}}

// figures reads a number in figures with its unit.
func figures(text string) (Rupiah, error) {
	text = strings.TrimSuffix(strings.TrimSuffix(text, ",-"), ".-")
	zeroes := 0
	for _, unit := range amountUnits {
		if rest, cut := strings.CutSuffix(text, unit.name); cut && rest != "" {
			text, zeroes = strings.TrimSpace(rest), unit.zeroes
			break
		}
	}
	whole, fraction, err := parts(text, zeroes > 0)
	if err != nil {
		return 0, err
	}
	if zeroes == 0 && strings.Trim(fraction, "0") == "" {
		fraction = "" // ",00"
	}
	if fraction = strings.TrimRight(fraction, "0"); len(fraction) > zeroes {
		return 0, AmountAmbiguous // parts of a rupiah
	}
	digits := strings.TrimLeft(whole+fraction+strings.Repeat("0", zeroes-len(fraction)), "0")
	if len(digits) > 12 {
		return 0, AmountTooMuch
	}
	var amount Rupiah
	for _, d := range digits {
		amount = amount*10 + Rupiah(d-'0')
	}
	return amount, nil
}

// parts takes a number in figures apart: dots or commas between groups of three are
// thousands; what follows another mark is a fraction. With a unit one mark with three
// figures behind it may be either ("1.500 rb"): it is not guessed.
func parts(text string, unit bool) (whole, fraction string, err error) {
	for i, r := range text {
		if (r < '0' || r > '9') && (i == 0 || r != '.' && r != ',') {
			return "", "", AmountNone
		}
	}
	at := strings.IndexAny(text, ".,")
	if text == "" {
		return "", "", AmountNone
	} else if at < 0 {
		if !unit && len(text) > 1 && text[0] == '0' && strings.Trim(text, "0") != "" {
			return "", "", AmountAmbiguous // a number of a phone or an account
		}
		return text, "", nil
	}
	mark := text[at : at+1]
	last := strings.LastIndexAny(text, ".,")
	tail := text[last+1:]
	if text[last:last+1] != mark { // "150.000,00"
		fraction, text = tail, text[:last]
		if fraction == "" || strings.ContainsAny(strings.ReplaceAll(text, mark, ""), ".,") {
			return "", "", AmountAmbiguous
		}
	} else if strings.Count(text, mark) == 1 && len(tail) != 3 { // "1,5"
		if tail == "" || !unit && strings.Trim(tail, "0") != "" || !unit && (mark == "." || len(tail) != 2) {
			return "", "", AmountAmbiguous
		}
		return text[:at], tail, nil
	} else if unit && strings.Count(text, mark) == 1 {
		return "", "", AmountAmbiguous
	}
	groups := strings.Split(text, mark)
	for i, group := range groups {
		if i > 0 && len(group) != 3 || i == 0 && (len(group) > 3 || group[0] == '0') {
			return "", "", AmountAmbiguous
		}
	}
	return strings.Join(groups, ""), fraction, nil
}
