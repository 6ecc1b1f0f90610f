package shop

import (
	"regexp"
	"strconv"
	"strings"
)

// Rupiah is an amount of money. Money is whole rupiah everywhere: no cents, no
// floats. Debts and corrections are negative.
type Rupiah int64

// String writes an amount the Indonesian way: "Rp150.000", "-Rp7.500", "Rp0".
func (r Rupiah) String() string {
	digits := strconv.FormatInt(int64(r), 10)
	sign := ""
	if digits[0] == '-' {
		sign, digits = "-", digits[1:]
	}
	var b strings.Builder
	b.WriteString(sign + "Rp")
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte('.')
		}
		b.WriteRune(d)
	}
	return b.String()
}

// amount finds what may be an amount as people type it: "150rb", "Rp 150.000",
// "1,5jt". After the number comes neither a letter nor more of a number, so that
// dates, times and order numbers are not cut into amounts.
var amount = regexp.MustCompile(`(?i)(?:^|[^\p{L}\d.,])(?:rp\.?\s*)?(\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d+(?:[.,]\d{1,2})?)` +
	`\s*(rb|ribu|rbu|k|jt|juta)?(?:,-|,00)?(?:$|[^\p{L}\d.,]|[.,](?:$|[^\d]))`)

// MostParsed is the largest amount that ParseRupiah believes; more is a typing
// mistake or an order number.
const MostParsed Rupiah = 1_000_000_000

// ParseRupiah finds the first amount of money in a text as people type it in
// chat: "150000", "Rp150.000", "150rb", "150k", "1,5jt", "150,000". It passes
// over zero, amounts above MostParsed and fractions of a rupiah.
func ParseRupiah(text string) (Rupiah, bool) {
	for len(text) > 0 {
		m := amount.FindStringSubmatchIndex(text)
		if m == nil {
			return 0, false
		}
		unit := ""
		if m[4] >= 0 {
			unit = strings.ToLower(text[m[4]:m[5]])
		}
		if r, ok := exact(text[m[2]:m[3]], unit); ok {
			return r, true
		}
		text = text[m[3]:] // the sign after one number may stand before the next
	}
	return 0, false
}

// exact is a number with its unit in whole rupiah; false when it is none.
func exact(number, unit string) (Rupiah, bool) {
	scale := Rupiah(1)
	switch unit {
	case "rb", "ribu", "rbu", "k":
		scale = 1_000
	case "jt", "juta":
		scale = 1_000_000
	}
	whole, fraction := number, ""
	if i := strings.LastIndexAny(number, ".,"); i >= 0 && len(number)-i != 4 {
		whole, fraction = number[:i], number[i+1:] // not a group of thousands
	}
	if fraction == "" && whole[0] == '0' {
		return 0, false // a phone or account number
	}
	n, err := strconv.ParseInt(strings.NewReplacer(".", "", ",", "").Replace(whole)+fraction, 10, 64)
	if err != nil || n <= 0 || n > int64(MostParsed)*100 {
		return 0, false
	}
	parts := Rupiah(1) // n counts tenths or hundredths
	for range fraction {
		parts *= 10
	}
	r := Rupiah(n) * scale
	if fraction != "" && scale == 1 || r%parts != 0 || r/parts > MostParsed {
		return 0, false
	}
	return r / parts, true
}
