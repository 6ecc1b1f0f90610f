package shop

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Transfer is what people type about one: below its picture, or behind "terima". What
// they did not say is empty.
type Transfer struct {
	Amount    Rupiah
	Reference string    // the bank's number, digits and capital letters
	From      string    // the account it came from, digits
	At        time.Time // its day, WIB, with the time of day if it was given
	Clocked   bool      // the time of day was given
}

var (
	transferReference = regexp.MustCompile(`(?i)\b(?:no\.?\s*)?(?:reff?|referensi|ref\s*no)\b[\s.:#=]*([0-9a-z]{6,24})\b`)
	transferFrom      = regexp.MustCompile(`(?i)\b(?:dari|dr|rek(?:ening)?|norek)\b[\s.:#=]*(?:(?:rek(?:ening)?|norek|bca|bri|bni|mandiri|bsi|seabank|jago|dana|ovo|gopay)[\s.:]*)*([0-9][0-9-]{6,20}[0-9])`)
	transferDay       = regexp.MustCompile(`\b(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}|\d{2}))?\b`)
	transferClock     = regexp.MustCompile(`(?i)\b(?:jam|pukul|pkl)?\s*([01]?\d|2[0-3])[.:]([0-5]\d)(?:[.:][0-5]\d)?(?:\s*wib)?\b`)
)

// ParseTransfer reads what is said about a transfer: "150rb ref 998877 dari 1234567890
// tgl 22/11 jam 14.05". A day without a year is the last one of that name.
func ParseTransfer(text string, now time.Time) (t Transfer) {
	take := func(form *regexp.Regexp) []string {
		m := form.FindStringSubmatchIndex(text)
		if m == nil {
			return nil
		}
		var parts []string
		for i := 2; i < len(m); i += 2 {
			part := ""
			if m[i] >= 0 {
				part = text[m[i]:m[i+1]]
			}
			parts = append(parts, part)
		}
		text = text[:m[0]] + " " + text[m[1]:]
		return parts
	}
	if m := take(transferReference); m != nil {
		t.Reference = strings.ToUpper(m[0])
	}
	if m := take(transferFrom); m != nil {
		t.From = AccountNumber(m[0])
	}
	if m := take(transferDay); m != nil {
		t.At = dayNamed(m, now)
	}
	if strings.Contains(text, ":") || !t.At.IsZero() || clockWord.MatchString(text) { // "1.50" alone may be an amount
		if m := take(transferClock); m != nil {
			hour, _ := strconv.Atoi(m[0])
			minute, _ := strconv.Atoi(m[1])
			if t.At.IsZero() {
				t.At = Midnight(now)
			}
			t.At, t.Clocked = t.At.Add(time.Duration(hour)*time.Hour+time.Duration(minute)*time.Minute), true
		}
	}
	t.Amount, _ = ParseRupiah(text)
	return t
}

var clockWord = regexp.MustCompile(`(?i)\b(?:jam|pukul|pkl|wib)\b`)

// dayNamed is the midnight of "22/11" or "22/11/26"; zero for a day that does not exist.
func dayNamed(m []string, now time.Time) time.Time {
	d, _ := strconv.Atoi(m[0])
	month, _ := strconv.Atoi(m[1])
	year := now.In(WIB).Year()
	if m[2] != "" {
		year, _ = strconv.Atoi(m[2])
		if year < 100 {
			year += 2000
		}
	}
	at := time.Date(year, time.Month(month), d, 0, 0, 0, 0, WIB)
	if at.Day() != d || int(at.Month()) != month {
		return time.Time{}
	}
	if m[2] == "" && at.After(now) {
		at = at.AddDate(-1, 0, 0)
	}
	return at
}

// AccountNumber is the digits of a bank account as people write it: "BCA 123-456 7890".
func AccountNumber(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
}
