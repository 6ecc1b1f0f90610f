package main

import (
	"fmt"
	"math"
	"strconv"

	"github.com/go-analyze/charts"

	"bestie/shop"
)

// Sizes of a report's picture in pixels, for a phone held upright.
const (
	chartWidth  = 900
	chartTitle  = 70
	chartHeight = 430 // of one panel
)

// The picture has a ground of its own, so that it reads alike on a light and a dark phone.
var (
	chartGround = charts.ColorWhite
	chartInk    = charts.Color{R: 40, G: 44, B: 52, A: 255}
	chartGood   = charts.Color{R: 30, G: 136, B: 95, A: 255}
	chartLate   = charts.Color{R: 214, G: 69, B: 65, A: 255}
)

// drawReport draws how many questions came by hour, and by day if there are several, and
// how many of them waited too long, as a PNG. The library reads its font when it is
// first used, not before.
func drawReport(r shop.Report, title string) ([]byte, error) {
	panels := []panel{hourPanel(r)}
	if len(r.Days) > 1 {
		panels = append([]panel{dayPanel(r)}, panels...)
	}
	options := make([]charts.BarChartOption, len(panels))
	for i, panel := range panels {
		options[i] = panel.option(r)
	}
	return drawPanels("Laporan "+title, r.Period.String(), options)
}

// drawPanels draws rows of bars below a title, on a phone's width.
func drawPanels(title, below string, panels []charts.BarChartOption) ([]byte, error) {
	p := charts.NewPainter(charts.PainterOptions{
		OutputFormat: charts.ChartOutputPNG, Width: chartWidth, Height: chartTitle + chartHeight*len(panels),
	}, charts.PainterThemeOption(charts.GetTheme(charts.ThemeLight)))
	p.FilledRect(0, 0, chartWidth, chartTitle+chartHeight*len(panels), chartGround, chartGround, 0)
	p.Text(title, 24, 34, 0, charts.FontStyle{FontSize: 20, FontColor: chartInk})
	p.Text(below, 24, 60, 0, charts.FontStyle{FontSize: 13, FontColor: chartInk})
	for i, panel := range panels {
		top := chartTitle + i*chartHeight
		box := charts.PainterBoxOption(charts.NewBox(0, top, chartWidth, top+chartHeight))
		if err := p.Child(box).BarChart(panel); err != nil {
			return nil, fmt.Errorf("chart: %w", err)
		}
	}
	return p.Bytes()
}

// panel is one row of bars.
type panel struct {
	title  string
	labels []string
	volume []shop.Volume
}

func hourPanel(r shop.Report) (p panel) {
	p.title = "Pertanyaan per jam (WIB)"
	for hour, v := range r.Hours {
		p.labels, p.volume = append(p.labels, strconv.Itoa(hour)), append(p.volume, v)
	}
	return p
}

func dayPanel(r shop.Report) (p panel) {
	p.title = "Pertanyaan per hari"
	for _, d := range r.Days {
		p.labels, p.volume = append(p.labels, label(d, len(r.Days))), append(p.volume, d.Volume)
	}
	return p
}

// label is a day's: in a long period there is room for the day of the month alone.
func label(d shop.DayVolume, of int) string {
	day := d.Day.In(shop.WIB)
	if of > 14 {
		return strconv.Itoa(day.Day())
	}
	return day.Format("2/1")
}

func (p panel) option(r shop.Report) charts.BarChartOption {
	good, late := make([]float64, len(p.volume)), make([]float64, len(p.volume))
	most := 0
	for i, v := range p.volume {
		good[i], late[i] = float64(v.Asked-v.Late), float64(v.Late)
		most = max(most, v.Asked)
	}
	opt := barPanel(p.title, p.labels, [][]float64{good, late}, most)
	opt.Theme = opt.Theme.WithSeriesColors([]charts.Color{chartGood, chartLate})
	opt.StackSeries = charts.Ptr(true)
	opt.Legend.SeriesNames = []string{"Tepat waktu", "Lewat " + shop.Age(r.Target)}
	return opt
}

// barPanel is one row of bars, without colours and legend of its own. most is the highest
// value.
func barPanel(title string, labels []string, values [][]float64, most int) charts.BarChartOption {
	opt := charts.NewBarChartOptionWithData(values)
	opt.Theme = charts.GetTheme(charts.ThemeLight).WithBackgroundColor(chartGround)
	opt.Padding = charts.NewBox(20, 14, 24, 14)
	opt.Title = charts.TitleOption{Text: title, FontStyle: charts.FontStyle{FontSize: 15, FontColor: chartInk}}
	opt.Legend = charts.LegendOption{Offset: charts.OffsetRight, FontStyle: charts.FontStyle{FontSize: 13, FontColor: chartInk}}
	opt.XAxis = charts.XAxisOption{
		Labels: labels, LabelCount: len(labels), BoundaryGap: charts.Ptr(true), LabelFontStyle: charts.FontStyle{FontSize: 9, FontColor: chartInk},
	}
	opt.YAxis = []charts.YAxisOption{{
		Min: charts.Ptr(0.0), Max: charts.Ptr(roundTop(most)), LabelCount: 6, RangeValuePaddingScale: charts.Ptr(0.0),
		LabelFontStyle: charts.FontStyle{FontSize: 11, FontColor: chartInk},
	}}
	opt.ValueFormatter = func(v float64) string { return strconv.Itoa(int(math.Round(v))) }
	return opt
}

// roundTop is the upper end of an axis of five equal steps that are easy to read.
func roundTop(most int) float64 {
	for unit := 1; ; unit *= 10 {
		for _, step := range []int{1, 2, 3, 4, 5, 6, 8} {
			if top := 5 * step * unit; top >= most {
				return float64(top)
			}
		}
	}
}
