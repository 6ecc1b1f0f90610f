package whatsapp

import (
	"strconv"
	"time"

	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"

	"bestie/shop"
)

// onReceipt stores how far messages of ours have come.
func (c *Client) onReceipt(evt *events.Receipt) bool {
	if evt.IsFromMe && evt.Sender.Device == 0 {
		c.sawPhone(evt.Timestamp)
	}
	receipt, ok := receiptOf(evt)
	if !ok {
		return true
	}
	return c.commit("receipt", func() error { return c.opt.Inbox.Receipt(c.ctx, receipt) })
}

// receiptOf maps WhatsApp's receipts to progress of our messages (field guide,
// section 4). Those of our own devices tell nothing about the recipient, and a
// retry means that the library is sending once more.
func receiptOf(evt *events.Receipt) (shop.Receipt, bool) {
	if evt.IsFromMe || evt.IsGroup || len(evt.MessageIDs) == 0 {
		return shop.Receipt{}, false
	}
	receipt := shop.Receipt{MessageIDs: evt.MessageIDs, At: evt.Timestamp}
	switch evt.Type {
	case types.ReceiptTypeDelivered, types.ReceiptTypeInactive:
		receipt.Kind = shop.ReceiptDelivered
	case types.ReceiptTypeRead, types.ReceiptTypePlayed:
		receipt.Kind = shop.ReceiptRead
	default:
		return shop.Receipt{}, false
	}
	return receipt, true
}

// phoneStep is how exactly phone_last_seen is kept.
const phoneStep = time.Minute

// sawPhone notes a sign of life of the shop phone. Losing one is no harm.
func (c *Client) sawPhone(at time.Time) {
	c.mu.Lock()
	fresh := at.After(c.phone.Add(phoneStep))
	if fresh {
		c.phone = at
	}
	c.mu.Unlock()
	if !fresh {
		return
	}
	if err := c.opt.Settings.SetSetting(c.ctx, SettingPhoneLastSeen, strconv.FormatInt(at.UnixMilli(), 10)); err != nil {
		c.log.Warn().Err(err).Msg("sign of life of the phone not stored")
	}
}
