package main

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const day = 24 * time.Hour

var spanForm = regexp.MustCompile(`^(?:(\d{1,5})d)?(?:(\d{1,6})h)?(?:(\d{1,8})m)?(?:(\d{1,9})s)?$`)

// parseSpan reads a length of time as settings and scripts write it: days,
// hours, minutes, seconds in this order, each at most once: 5d, 1h30m, 1d2h, 90s.
func parseSpan(text string) (time.Duration, error) {
	parts := spanForm.FindStringSubmatch(text)
	if parts == nil || text == "" {
		if _, err := strconv.Atoi(text); err == nil {
			return 0, refusal("has no unit (s, m, h or d)")
		}
		return 0, refusal("is not a length of time")
	}
	var seconds int64
	for i, unit := range []int64{86400, 3600, 60, 1} {
		if parts[i+1] == "" {
			continue
		}
		n, err := strconv.ParseInt(parts[i+1], 10, 64)
		if err != nil {
			return 0, refusal("is not a length of time")
		}
		seconds += n * unit
	}
	if seconds > int64(math.MaxInt64/time.Second) {
		return 0, refusal("is too long")
	}
	return time.Duration(seconds) * time.Second, nil
}

// formatSpan writes a length of time the way parseSpan reads it, without the
// empty units: 2m30s, 5m, 1d12h, 0s. Fractions of a second are dropped.
func formatSpan(d time.Duration) string {
	var b strings.Builder
	for _, u := range []struct {
		length time.Duration
		name   string
	}{{day, "d"}, {time.Hour, "h"}, {time.Minute, "m"}, {time.Second, "s"}} {
		if n := d / u.length; n > 0 {
			b.WriteString(strconv.FormatInt(int64(n), 10) + u.name)
			d %= u.length
		}
	}
	if b.Len() == 0 {
		return "0s"
	}
	return b.String()
}
