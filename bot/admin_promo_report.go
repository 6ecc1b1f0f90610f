package bot

import (
	"bestie/shop"
	"bestie/templates"
)

// reportPromo answers "promo laporan 7". The figures need rows, which a decision does not
// read: it leaves a request, written with the turn, and the broadcaster answers it.
func (o *order) reportPromo(_ *shop.TicketView, _ string) templates.Text {
	o.act(shop.Action{Kind: shop.ActPromoReport})
	return nil
}
