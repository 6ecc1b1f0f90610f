package main

import (
	"bytes"
	"flag"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"bestie/shop"
)

var chartFolder = flag.String("charts", "", "folder in which TestReportChart leaves its pictures")

// busyWeek is a week with a rush at lunch and in the evening.
func busyWeek(days int) shop.Report {
	to := time.Date(2026, 11, 24, 21, 0, 0, 0, shop.WIB)
	r := shop.Report{Target: 5 * time.Minute, Period: shop.Period{From: shop.Midnight(to).AddDate(0, 0, 1-days), To: to}}
	for day := range days {
		v := shop.Volume{Asked: 20 + day*7%31, Late: day % 4}
		r.Questions += v.Asked
		r.Days = append(r.Days, shop.DayVolume{Day: r.Period.From.AddDate(0, 0, day), Volume: v})
	}
	for hour := 7; hour < 22; hour++ {
		r.Hours[hour] = shop.Volume{Asked: 3 + hour*hour%17, Late: hour % 3}
	}
	return r
}

// TestReportChart: the picture is a PNG of the size meant, opaque, with both colours in it.
// Look at it with your own eyes: go test ./cmd/bestie -run ReportChart -charts DIR.
func TestReportChart(t *testing.T) {
	for name, r := range map[string]shop.Report{"day": busyWeek(1), "week": busyWeek(7), "month": busyWeek(30), "one": {
		Target: 5 * time.Minute, Period: busyWeek(1).Period, Hours: [24]shop.Volume{9: {Asked: 1}},
	}} {
		data, err := drawReport(r, "hari ini")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if *chartFolder != "" {
			if err = os.WriteFile(filepath.Join(*chartFolder, name+".png"), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		picture, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		want := chartTitle + chartHeight
		if len(r.Days) > 1 {
			want += chartHeight
		}
		if size := picture.Bounds(); size.Dx() != chartWidth || size.Dy() != want || len(data) > mostPicture {
			t.Errorf("%s: %v, %d bytes", name, size, len(data))
		}
		seen := map[[3]uint32]bool{}
		for y := range picture.Bounds().Dy() {
			for x := range chartWidth {
				red, green, blue, alpha := picture.At(x, y).RGBA()
				if alpha != 0xffff {
					t.Fatalf("%s: the ground shines through at %d, %d: a dark phone shows dark letters on black", name, x, y)
				}
				seen[[3]uint32{red >> 8, green >> 8, blue >> 8}] = true
			}
		}
		if !seen[[3]uint32{uint32(chartGood.R), uint32(chartGood.G), uint32(chartGood.B)}] || name != "one" && !seen[[3]uint32{uint32(chartLate.R), uint32(chartLate.G), uint32(chartLate.B)}] {
			t.Errorf("%s: a colour is missing", name)
		}
	}
}
