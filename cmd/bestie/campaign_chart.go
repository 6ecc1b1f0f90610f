package main

import (
	"fmt"
	"strings"

	"github.com/go-analyze/charts"

	"bestie/shop"
)

// chartNeutral is for what is neither good nor bad.
var chartNeutral = charts.Color{R: 66, G: 118, B: 190, A: 255}

// drawCampaign draws how far a campaign came, and what came of it by hour of sending and
// by wording, as a PNG. A panel with a single bar says nothing and is left out.
func drawCampaign(r shop.CampaignReport) ([]byte, error) {
	panels := []charts.BarChartOption{funnelPanel(r)}
	var labels []string
	var groups []shop.PromoFigures
	for hour, f := range r.Hours {
		if f.Reached() > 0 {
			labels, groups = append(labels, fmt.Sprintf("%02d.00", hour)), append(groups, f)
		}
	}
	if len(groups) > 0 {
		panels = append(panels, groupPanel("Per jam kirim (WIB)", labels, groups))
	}
	if len(r.Wordings) > 1 {
		labels = nil
		for i := range r.Wordings {
			labels = append(labels, fmt.Sprintf("Teks %d", i+1))
		}
		panels = append(panels, groupPanel("Per teks", labels, r.Wordings))
	}
	title := fmt.Sprintf("Promo #%d %s", r.Campaign.Number, drawable(r.Campaign.Title()))
	return drawPanels(title, "sampai "+shop.DateClock(r.AsOf), panels)
}

// funnelPanel are the figures of the whole campaign, each a bar with its number.
func funnelPanel(r shop.CampaignReport) charts.BarChartOption {
	labels := []string{"Dipilih", "Terkirim", "Sampai", "Dibaca", "Dibalas", "Memesan", "STOP"}
	var values []float64
	for _, n := range []int{r.Chosen, r.Sent, r.Delivered, r.Read, r.Replied, r.Ordered, r.Stopped} {
		values = append(values, float64(n))
	}
	opt := barPanel("Perjalanan promo (orang)", labels, [][]float64{values}, headroom(r.Chosen))
	opt.Theme = opt.Theme.WithSeriesColors([]charts.Color{chartNeutral})
	opt.XAxis.LabelFontStyle.FontSize = 12
	opt.SeriesList[0].Label = numbered()
	return opt
}

// groupPanel are a few figures side by side for each of several groups.
func groupPanel(title string, labels []string, groups []shop.PromoFigures) charts.BarChartOption {
	values := make([][]float64, 4)
	most := 0
	for _, f := range groups {
		for i, n := range []int{f.Sent, f.Read, f.Replied, f.Stopped} {
			values[i] = append(values[i], float64(n))
		}
		most = max(most, f.Sent)
	}
	opt := barPanel(title, labels, values, headroom(most))
	opt.Theme = opt.Theme.WithSeriesColors([]charts.Color{chartNeutral, {R: 120, G: 190, B: 220, A: 255}, chartGood, chartLate})
	opt.Legend.SeriesNames = []string{"Terkirim", "Dibaca", "Dibalas", "STOP"}
	opt.XAxis.LabelFontStyle.FontSize = 12
	for i := range opt.SeriesList {
		opt.SeriesList[i].Label = numbered()
	}
	return opt
}

// headroom leaves a place above the highest bar for its number.
func headroom(most int) int { return most + most/10 + 1 }

func numbered() charts.SeriesLabel {
	return charts.SeriesLabel{Show: charts.Ptr(true), FontStyle: charts.FontStyle{FontSize: 12, FontColor: chartInk}}
}

// mostTitle is how many letters of a name fit beside each other.
const mostTitle = 48

// drawable is a name without what the font of the picture has no signs for.
func drawable(name string) string {
	out := []rune(strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r >= 0x250 {
			return -1
		}
		return r
	}, oneLine(name))), " "))
	if len(out) > mostTitle {
		out = append(out[:mostTitle-3], []rune("...")...)
	}
	return string(out)
}
