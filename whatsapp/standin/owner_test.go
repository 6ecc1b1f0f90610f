package standin_test

import (
	"testing"

	"go.mau.fi/whatsmeow/types"

	"bestie/whatsapp/standin"
)

// The owner answers from the phone (device 0); the bot's device must see it as a
// message from itself in the customer's chat.
func TestOwnerAnswersFromThePhone(t *testing.T) {
	t.Parallel()
	for name, byNumber := range map[string]bool{"LID": false, "number": true} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t, standin.Config{PNAddressing: byNumber})
			bot, owner, customer := l.companion("bot", shop), l.phone("owner", shop), l.phone("rina", rina)
			testOwner(l, bot, owner, customer)
		})
	}
}

// The same from a second linked device, paired while the bot and the customer
// know the account's device list already.
func TestSecondLinkedDevice(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	bot, customer := pair(l)
	l.allow("different participant list hash") // a send may race the notification
	web := l.companion("web", shop)
	testOwner(l, bot, web, customer)
}

// The shop phone switched on after the bot was linked keeps the bot's signature
// valid.
func TestPhoneAfterLinkedDevice(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	bot, customer := pair(l)
	l.allow("different participant list hash")
	owner := l.phone("owner", shop)
	if err := l.srv.NewPrimary(l.ctx, l.container("thief").NewDevice(), shop, "thief"); err == nil {
		t.Error("the number got a second phone")
	}
	l.allow(netNoise...)
	bot.Disconnect()
	bot.connect()
	l.quiet()
	testOwner(l, bot, owner, customer)
}

func testOwner(l *lab, bot, owner, customer *client) {
	l.t.Helper()
	q := customer.say(pn(shop), "ada orang?")
	bot.hear("ada orang?")
	asked := owner.hear("ada orang?") // every device of the shop gets it
	r := owner.say(asked.Info.Chat, "ini pemiliknya")
	customer.hear("ini pemiliknya")
	m := bot.hear("ini pemiliknya")
	if !m.Info.IsFromMe || m.Info.IsGroup || m.Info.ID != r.ID || m.Info.DeviceSentMeta == nil || m.Info.Sender.Device != owner.device().ID {
		l.t.Fatalf("info %+v", m.Info)
	}
	if u := m.Info.Chat.User; u != l.srv.LID(rina) && u != rina {
		l.t.Fatalf("chat %s", m.Info.Chat)
	}
	e := bot.say(m.Info.Chat, "saya bot") // and the other way round
	customer.hear("saya bot")
	if o := owner.hear("saya bot"); !o.Info.IsFromMe {
		l.t.Fatalf("info %+v", o.Info)
	}
	l.quiet()
	if bot.again(e.ID) != 0 {
		l.t.Fatal("the bot heard its own message")
	}
	if err := owner.MarkRead(l.ctx, []types.MessageID{q.ID}, asked.Info.Timestamp, asked.Info.Chat, asked.Info.Sender); err != nil {
		l.t.Fatal(err)
	}
	customer.receipt(q.ID, types.ReceiptTypeRead)
	if rr := bot.receipt(q.ID, types.ReceiptTypeRead); !rr.IsFromMe { // a read on one device is told to the others
		l.t.Fatalf("receipt %+v", rr)
	}
}
