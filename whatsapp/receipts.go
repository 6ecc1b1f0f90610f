package whatsapp

import (
	"context"
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

// maxReceipt is how many messages one receipt may be about. Phones send some
// dozens at a time; each costs a statement while the library's queue stands still.
const maxReceipt = 1000

// receiptOf maps WhatsApp's receipts to progress of our messages (field guide,
// section 4). Those of our own devices tell nothing about the recipient, and a
// retry means that the library is sending once more.
func receiptOf(evt *events.Receipt) (shop.Receipt, bool) {
	if evt.IsFromMe || evt.IsGroup || len(evt.MessageIDs) == 0 {
		return shop.Receipt{}, false
	}
	receipt := shop.Receipt{MessageIDs: evt.MessageIDs[:min(len(evt.MessageIDs), maxReceipt)], At: evt.Timestamp}
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
	at = believable(at, c.opt.Now())
	c.mu.Lock()
	fresh := at.After(c.phone.Add(phoneStep))
	if fresh {
		c.phone = at
	}
	c.mu.Unlock()
	if !fresh || !at.After(c.instant(c.ctx, SettingPhoneLastSeen)) {
		return
	}
	if err := c.setInstant(c.ctx, SettingPhoneLastSeen, at); err != nil {
		c.log.Warn().Err(err).Msg("sign of life of the phone not stored")
	}
}

// instant reads a setting that holds an instant; zero if there is none.
func (c *Client) instant(ctx context.Context, key string) time.Time {
	value, err := c.opt.Settings.Setting(ctx, key)
	if err != nil {
		c.log.Warn().Err(err).Str("key", key).Msg("setting not readable")
		return time.Time{}
	}
	ms, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

func (c *Client) setInstant(ctx context.Context, key string, at time.Time) error {
	return c.opt.Settings.SetSetting(ctx, key, strconv.FormatInt(at.UnixMilli(), 10))
}
