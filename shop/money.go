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

// amount finds one amount as people type it: "150rb", "Rp 150.000", "1,5jt".
var amount = regexp.MustCompile(`(?i)(?:^|[^\p{L}\d.,])(?:rp\.?\s*)?(\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d+(?:[.,]\d{1,2})?)\s*(rb|ribu|rbu|k|jt|juta)?(?:,-)?(?:$|[^\p{L}\d])`)

// ParseRupiah finds the first amount of money in a text as people type it in
// chat: "150000", "Rp150.000", "150rb", "150k", "1,5jt", "150,000". It refuses
// zero, amounts above Rp1 billion (a typing mistake or an order number) and
// fractions of a rupiah.
func ParseRupiah(text string) (Rupiah, bool) {
	m := amount.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	number, unit := m[1], strings.ToLower(m[2])
	if grouped(number) {
		number = strings.NewReplacer(".", "", ",", "").Replace(number)
	}
	value, err := strconv.ParseFloat(strings.Replace(number, ",", ".", 1), 64)
	if err != nil {
		return 0, false
	}
	switch unit {
	case "rb", "ribu", "rbu", "k":
		value *= 1_000
	case "jt", "juta":
		value *= 1_000_000
	}
	whole := Rupiah(value + 0.5)
	if value != float64(int64(value)) || whole <= 0 || whole > 1_000_000_000 {
		return 0, false
	}
	return whole, true
}

// grouped tells that the dots or commas of a number separate thousands.
func grouped(number string) bool {
	i := strings.LastIndexAny(number, ".,")
	return i >= 0 && len(number)-i == 4
}
