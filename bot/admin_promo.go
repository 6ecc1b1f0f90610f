package bot

import (
	"bestie/shop"
	"bestie/templates"
)

// sendMissed answers "kirim 7": a slot that was missed is sent now.
func (o *order) sendMissed(v *shop.TicketView, _ string) templates.Text {
	return o.missed(v, shop.ActPromoSend)
}

// skipMissed answers "lewati 7": it is not sent at all.
func (o *order) skipMissed(v *shop.TicketView, _ string) templates.Text {
	return o.missed(v, shop.ActPromoSkip)
}

func (o *order) missed(v *shop.TicketView, kind shop.ActionKind) templates.Text {
	told := templates.MissedSlot{Number: v.Number, Send: kind == shop.ActPromoSend, Slots: v.Missed}
	if v.Missed > 0 {
		o.act(shop.Action{Kind: kind})
		v.Missed = 0
	}
	return told
}
