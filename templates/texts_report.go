package templates

import (
	"fmt"
	"strings"
	"time"

	"bestie/shop"
)

// Bounds of a report in chat: it must be short enough for the caption of a picture.
const (
	mostReport = 1024 // runes: more than a phone lets anybody type as a caption
	mostNames  = 2    // breaches that are named
	mostTopics = 3
	mostAdmins = 3
	mostName   = 14 // runes of a name
)

// Report is the desk's figures in chat. Title says for which span; Advice adds how many
// people they call for (the owner's on Monday).
type Report struct {
	shop.Report
	Title  string
	Advice bool
}

// Titles of reports.
const (
	TitleDay   = "hari ini"
	TitleWeek  = "7 hari"
	TitleMonth = "30 hari"
	TitleShift = "akhir shift"
	TitleLast  = "minggu lalu"
)

// TitleOf is the title for a span that was asked for.
func TitleOf(s shop.Span) string {
	switch s {
	case shop.SpanWeek:
		return TitleWeek
	case shop.SpanMonth:
		return TitleMonth
	}
	return TitleDay
}

// ReportUsage answers a span that there is none of.
type ReportUsage struct{ Said string }

// InTime writes a share: "94% (31/33)", or that there is none yet.
func (Report) InTime(n, of int) string {
	if of == 0 {
		return "belum ada"
	}
	return fmt.Sprintf("%d%% (%d/%d)", n*100/of, n, of)
}

// Pace writes how fast answers were.
func (Report) Pace(r shop.Response, p shop.Pace) string {
	if r.Answered == 0 {
		return "belum ada"
	}
	return fmt.Sprintf("p50 %s, p90 %s", shop.Age(p.Median), shop.Age(p.P90))
}

// Differs tells that outages made a difference.
func (r Report) Differs() bool { return r.First.Any.True != r.First.Any.Fair }

// Minutes writes the target.
func (r Report) Minutes() string { return shop.Age(r.Target) }

// Stars writes a mean rating: "4,6".
func (Report) Stars(s shop.Satisfaction) string {
	return strings.Replace(fmt.Sprintf("%.1f", s.Mean()), ".", ",", 1)
}

// Late names the longest breaches: "Rina 12 menit, Tanpa nama 6 menit (belum)".
func (r Report) Late() string {
	var names []string
	for _, b := range r.Breaches.Worst[:min(mostNames, len(r.Breaches.Worst))] {
		name := short(b.Name)
		if name == "" {
			name = "Tanpa nama"
		}
		name += " " + shop.Age(b.Waited)
		if b.Open {
			name += " (belum)"
		}
		names = append(names, name)
	}
	if more := r.Breaches.Count - len(names); more > 0 {
		names = append(names, fmt.Sprintf("+%d lagi", more))
	}
	return strings.Join(names, ", ")
}

// Top names the most frequent reasons.
func (r Report) Top() string {
	var names []string
	for _, reason := range r.Reasons[:min(mostTopics, len(r.Reasons))] {
		names = append(names, fmt.Sprintf("%s %d", short(strings.ReplaceAll(reason.Intent, "_", " ")), reason.Count))
	}
	return strings.Join(names, ", ")
}

// Staffed lists who did most, each on a line.
func (r Report) Staffed() (lines []string) {
	for _, a := range r.Admins[:min(mostAdmins, len(r.Admins))] {
		name := short(a.Name)
		if a.ID == 0 {
			name = "HP toko"
		}
		line := fmt.Sprintf("%s: jawab %d", name, a.Answered)
		if a.Answered > 0 {
			line += ", p50 " + shop.Age(a.Median)
		}
		if a.Claimed > 0 {
			line += fmt.Sprintf(", ambil %d", a.Claimed)
		}
		if a.Rating.Rated > 0 {
			line += ", rating " + r.Stars(a.Rating)
		}
		lines = append(lines, line)
	}
	return lines
}

// Again names the template that was asked about again most often, "" for none.
func (r Report) Again() string {
	var worst shop.Effect
	for _, e := range r.Templates {
		if e.AskedAgain > worst.AskedAgain {
			worst = e
		}
	}
	if worst.AskedAgain == 0 {
		return ""
	}
	return fmt.Sprintf("%s (%d/%d)", strings.ReplaceAll(worst.Template, "_", " "), worst.AskedAgain, worst.Said)
}

// Busy is the busiest hour: "19.00-20.00".
func (r Report) Busy() string {
	hour, ok := r.Busiest()
	if !ok {
		return ""
	}
	return fmt.Sprintf("%02d.00-%02d.00", hour, hour+1)
}

// People writes the staffing advice.
func (r Report) People() string {
	s := r.Staff()
	per := strings.Replace(fmt.Sprintf("%.1f", s.PerDay), ".", ",", 1)
	switch {
	case s.All:
		return per + " percakapan/hari: cukup 1 orang"
	case s.Marketing == 0:
		return per + " percakapan/hari: 1 CS khusus"
	case s.More:
		return per + " percakapan/hari: minimal 2 CS, 1 marketing, 1 kirim"
	}
	return per + " percakapan/hari: 2 CS, 1 marketing, 1 kirim"
}

// short is a name that fits into a list.
func short(name string) string {
	rs := []rune(plain(name))
	if len(rs) > mostName {
		return strings.TrimSpace(string(rs[:mostName-1])) + "…"
	}
	return string(rs)
}

func (Report) text() string      { return "report" }
func (ReportUsage) text() string { return "report_usage" }

// reportSamples are an empty report, and one that is as long as any can be.
func reportSamples() []Text {
	at := time.Date(2026, 11, 25, 21, 0, 0, 0, shop.WIB)
	long := 23*time.Hour + 59*time.Minute
	name := strings.Repeat("Budi Santoso ", 8)
	pace := shop.Response{Counted: 9999, Answered: 9999, True: shop.Pace{InTime: 8888, Median: long, P90: long}, Fair: shop.Pace{InTime: 9999, Median: long, P90: long}}
	r := shop.Report{
		Period: shop.Period{From: at.AddDate(0, 0, -30), To: at}, AsOf: at, Target: 5 * time.Minute, Questions: 9999, Conversations: 9999,
		Cancelled: 9999, Open: 9999, First: shop.Responses{Any: pace, Human: pace}, Next: shop.Responses{Any: pace, Human: pace},
		Handling: shop.Handling{Chats: 9999, Total: 9999 * (time.Hour - time.Second)}, Contact: shop.Resolution{Counted: 9999, Resolved: 8888, Open: 999},
		Rating: shop.Satisfaction{Asked: 9999, Rated: 9999, Stars: 44444}, Outage: long, Outages: 99, Days: make([]shop.DayVolume, 31),
		Templates: []shop.Effect{{Template: "pengiriman/ongkos_kirim_luar_jawa", Said: 9999, AskedAgain: 999}},
	}
	r.Hours[19].Asked = 9
	for range 9 {
		r.Breaches.Worst = append(r.Breaches.Worst, shop.Breach{Name: name, Waited: long, Open: true})
		r.Reasons = append(r.Reasons, shop.Reason{Intent: "konfirmasi_pembayaran", Count: 9999})
		r.Admins = append(r.Admins, shop.AdminFigures{ID: 1, Name: name, Answered: 9999, Claimed: 9999, Median: long, Rating: r.Rating})
	}
	r.Breaches.Count = 9999
	empty := shop.Report{Period: shop.Period{From: at.Add(-time.Hour), To: at}, AsOf: at, Target: 5 * time.Minute}
	out := []Text{Report{empty, TitleDay, false}, Report{empty, TitleLast, true}, Report{r, TitleMonth, true}, ReportUsage{"tahun"}, ReportUsage{}}
	r.Open, r.Breaches, r.Admins, r.Rating, r.Handling, r.Contact, r.Outages = 0, shop.Breaches{}, nil, shop.Satisfaction{Asked: 2}, shop.Handling{}, shop.Resolution{Open: 4}, 0
	return append(out, Report{r, TitleDay, false})
}
