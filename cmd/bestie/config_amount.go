package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"bestie/shop"
)

// rupiahKind is an amount of at least 0.
func rupiahKind(at func(*Config) *shop.Rupiah, most shop.Rupiah) settingKind {
	return scalar(at, fmt.Sprintf("0 to %d rupiah, such as 300000 or Rp300.000", most), func(s string) (shop.Rupiah, error) {
		return parseBoundRupiah(s, most)
	}, func(r shop.Rupiah) string { return strconv.FormatInt(int64(r), 10) })
}

func parseBoundRupiah(s string, most shop.Rupiah) (shop.Rupiah, error) {
	n, err := parseRupiah(s)
	if err != nil {
		return 0, err
	}
	if n > most {
		return 0, outOfBounds
	}
	return n, nil
}

// parseRupiah reads whole rupiah, plain or as Indonesians write them: with Rp
// before and dots between thousands.
func parseRupiah(s string) (shop.Rupiah, error) {
	const no refusal = "is not an amount in whole rupiah"
	digits := s
	if len(s) >= 2 && strings.EqualFold(s[:2], "rp") {
		digits = strings.TrimSpace(strings.TrimPrefix(s[2:], "."))
	}
	groups := strings.Split(digits, ".")
	for i, g := range groups {
		if i > 0 && len(g) != 3 || len(groups) > 1 && i == 0 && len(g) > 3 {
			return 0, no
		}
	}
	n, err := strconv.ParseUint(strings.Join(groups, ""), 10, 53)
	if err != nil {
		return 0, no
	}
	return shop.Rupiah(n), nil
}

// bytesKind is a size of a file.
func bytesKind(at func(*Config) *int64, least, most int64) settingKind {
	return scalar(at, formatBytes(least)+" to "+formatBytes(most), func(s string) (int64, error) {
		n, err := parseBytes(s)
		if err != nil {
			return 0, err
		}
		if n < least || n > most {
			return 0, outOfBounds
		}
		return n, nil
	}, formatBytes)
}

// Units of files as phones show them: decimal.
const (
	kilobyte = 1000
	megabyte = 1000 * kilobyte
)

func parseBytes(s string) (int64, error) {
	upper, unit := strings.ToUpper(s), int64(0)
	if before, ok := strings.CutSuffix(upper, "MB"); ok {
		upper, unit = before, megabyte
	} else if before, ok := strings.CutSuffix(upper, "KB"); ok {
		upper, unit = before, kilobyte
	}
	n, err := strconv.ParseUint(strings.TrimSpace(upper), 10, 32)
	if err != nil || unit == 0 {
		return 0, refusal("is not a size in KB or MB")
	}
	return int64(n) * unit, nil
}

func formatBytes(n int64) string {
	if n%megabyte == 0 {
		return fmt.Sprintf("%dMB", n/megabyte)
	}
	return fmt.Sprintf("%dKB", n/kilobyte)
}

// phoneKind is a number in any usual spelling; it is kept as international digits.
func phoneKind(at func(*Config) *string) settingKind {
	return scalar(at, phoneAllowed, parsePhone, func(s string) string {
		if s == "" {
			return ""
		}
		return strconv.Quote(s)
	})
}

const phoneAllowed = `a telephone number such as "0812-3456-7890" or "+62 812 3456 7890"`

// parsePhone normalises a number to international digits without a plus.
// Numbers without a country code are Indonesian.
func parsePhone(s string) (string, error) {
	const no refusal = "is not a valid telephone number"
	if strings.HasPrefix(s, "62") { // international, the plus forgotten
		s = "+" + s
	}
	n, err := phonenumbers.Parse(s, "ID")
	if err != nil || !phonenumbers.IsValidNumber(n) {
		return "", no
	}
	return strings.TrimPrefix(phonenumbers.Format(n, phonenumbers.E164), "+"), nil
}
