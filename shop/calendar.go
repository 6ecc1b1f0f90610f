package shop

import (
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // the host may have no time zone database
)

// WIB is the shop's time zone, Asia/Jakarta. Rules about days and hours use it;
// instants at rest are UTC.
var WIB = mustZone("Asia/Jakarta")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // cannot happen: the database is part of the program
	}
	return zone
}

var (
	weekdays = [...]string{"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"}
	months   = [...]string{"Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"}
)

// Date writes the day of an instant in WIB: "Rabu, 25 Nov".
func Date(t time.Time) string {
	t = t.In(WIB)
	return fmt.Sprintf("%s, %d %s", weekdays[t.Weekday()], t.Day(), months[t.Month()-1])
}

// Clock writes the time of day of an instant in WIB: "17.00".
func Clock(t time.Time) string { return t.In(WIB).Format("15.04") }

// DateClock writes an instant in WIB: "Rabu, 25 Nov 17.00".
func DateClock(t time.Time) string { return Date(t) + " " + Clock(t) }

// Age writes how long something has been waiting, in at most two units:
// "45 detik", "2 menit 30 detik", "1 jam 5 menit", "2 hari 3 jam". It rounds
// down to the second; a negative age is "0 detik".
func Age(d time.Duration) string {
	units := []struct {
		name string
		size time.Duration
	}{{"hari", 24 * time.Hour}, {"jam", time.Hour}, {"menit", time.Minute}, {"detik", time.Second}}
	for i, u := range units {
		if d < u.size {
			continue
		}
		parts := []string{fmt.Sprintf("%d %s", d/u.size, u.name)}
		if i+1 < len(units) {
			if next := units[i+1]; d%u.size >= next.size {
				parts = append(parts, fmt.Sprintf("%d %s", d%u.size/next.size, next.name))
			}
		}
		return strings.Join(parts, " ")
	}
	return "0 detik"
}
