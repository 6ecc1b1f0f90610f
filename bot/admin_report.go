package bot

import (
	"strings"

	"bestie/shop"
	"bestie/templates"
)

// report answers "laporan", "laporan minggu", "laporan bulan". The figures need rows,
// which a decision does not read: it leaves a request, written with the turn, and the
// reporter answers it a moment later. nil says nothing now.
func (c *turn) report(args []string) templates.Text {
	span := shop.SpanDay
	if len(args) > 0 {
		span = shop.Span(args[0])
	}
	if span.Days() == 0 || len(args) > 1 {
		return templates.ReportUsage{Said: strings.Join(args, " ")}
	}
	c.out.Report = span
	return nil
}
