package shop

import (
	"slices"
	"time"
)

// Holiday is a day off for the whole country, or a day of cuti bersama (Joint), which
// shops keep as they like.
type Holiday struct {
	Day   Day
	Name  string // in Indonesian, as the decree calls it
	Joint bool
}

// HolidaysUntil is the last day of which the list knows whether it is a holiday, and
// HolidaysDecreed the last one decreed: what comes after it is provisional.
var (
	HolidaysUntil   = DayAt(2027, time.December, 31)
	HolidaysDecreed = DayAt(2026, time.December, 31)
)

// Holidays lists the public holidays of Indonesia in order of date.
//
// 2026 is as decreed: SKB 3 Menteri 1497/2025, 2/2025 and 5/2025 of 19 September 2025,
// 17 holidays and 8 days of cuti bersama. 2027 is PROVISIONAL: the fixed dates are
// certain, the movable ones are reckoned (Idul Fitri, Idul Adha and the other dates of
// the moon may fall a day earlier or later), and its cuti bersama is missing. Add a year
// when its decree is out, usually in September or October.
func Holidays() []Holiday { return slices.Clone(holidays) }

// HolidayOn finds the holiday of a day.
func HolidayOn(d Day) (Holiday, bool) {
	i, ok := slices.BinarySearchFunc(holidays, d, func(h Holiday, d Day) int { return int(h.Day - d) })
	if !ok {
		return Holiday{}, false
	}
	return holidays[i], true
}

// NextHoliday is the first national holiday on a day or after it; ok is false past the
// end of the list.
func NextHoliday(from Day) (Holiday, bool) {
	for _, h := range holidays {
		if h.Day >= from && !h.Joint {
			return h, true
		}
	}
	return Holiday{}, false
}

func off(year int, month time.Month, day int, name string) Holiday {
	return Holiday{Day: DayAt(year, month, day), Name: name}
}

func joint(year int, month time.Month, day int, name string) Holiday {
	return Holiday{Day: DayAt(year, month, day), Name: "Cuti bersama " + name, Joint: true}
}

var holidays = []Holiday{
	off(2026, 1, 1, "Tahun Baru 2026 Masehi"),
	off(2026, 1, 16, "Isra Mikraj Nabi Muhammad SAW"),
	joint(2026, 2, 16, "Tahun Baru Imlek"),
	off(2026, 2, 17, "Tahun Baru Imlek 2577 Kongzili"),
	joint(2026, 3, 18, "Hari Suci Nyepi"),
	off(2026, 3, 19, "Hari Suci Nyepi (Tahun Baru Saka 1948)"),
	joint(2026, 3, 20, "Idul Fitri"),
	off(2026, 3, 21, "Idul Fitri 1447 Hijriah"),
	off(2026, 3, 22, "Idul Fitri 1447 Hijriah (hari kedua)"),
	joint(2026, 3, 23, "Idul Fitri"),
	joint(2026, 3, 24, "Idul Fitri"),
	off(2026, 4, 3, "Wafat Yesus Kristus"),
	off(2026, 4, 5, "Kebangkitan Yesus Kristus (Paskah)"),
	off(2026, 5, 1, "Hari Buruh Internasional"),
	off(2026, 5, 14, "Kenaikan Yesus Kristus"),
	joint(2026, 5, 15, "Kenaikan Yesus Kristus"),
	off(2026, 5, 27, "Idul Adha 1447 Hijriah"),
	joint(2026, 5, 28, "Idul Adha"),
	off(2026, 5, 31, "Hari Raya Waisak 2570 BE"),
	off(2026, 6, 1, "Hari Lahir Pancasila"),
	off(2026, 6, 16, "Tahun Baru Islam 1448 Hijriah"),
	off(2026, 8, 17, "Proklamasi Kemerdekaan"),
	off(2026, 8, 25, "Maulid Nabi Muhammad SAW"),
	joint(2026, 12, 24, "Natal"),
	off(2026, 12, 25, "Natal"),

	off(2027, 1, 1, "Tahun Baru 2027 Masehi"),
	off(2027, 1, 5, "Isra Mikraj Nabi Muhammad SAW"),
	off(2027, 2, 6, "Tahun Baru Imlek 2578 Kongzili"),
	off(2027, 3, 8, "Hari Suci Nyepi (Tahun Baru Saka 1949)"),
	off(2027, 3, 10, "Idul Fitri 1448 Hijriah"),
	off(2027, 3, 11, "Idul Fitri 1448 Hijriah (hari kedua)"),
	off(2027, 3, 26, "Wafat Yesus Kristus"),
	off(2027, 3, 28, "Kebangkitan Yesus Kristus (Paskah)"),
	off(2027, 5, 1, "Hari Buruh Internasional"),
	off(2027, 5, 6, "Kenaikan Yesus Kristus"),
	off(2027, 5, 17, "Idul Adha 1448 Hijriah"),
	off(2027, 5, 20, "Hari Raya Waisak 2571 BE"),
	off(2027, 6, 1, "Hari Lahir Pancasila"),
	off(2027, 6, 6, "Tahun Baru Islam 1449 Hijriah"),
	off(2027, 8, 15, "Maulid Nabi Muhammad SAW"),
	off(2027, 8, 17, "Proklamasi Kemerdekaan"),
	off(2027, 12, 25, "Natal"),
}
