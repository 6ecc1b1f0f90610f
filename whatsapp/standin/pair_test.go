package standin_test

import (
	"strings"
	"testing"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"

	"bestie/whatsapp/standin"
)

func TestPairByQR(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	db := l.container("bot")
	bot := l.client("bot", db.NewDevice())
	bot.pairQR(shop, "Bestie Sejahtera")

	ps := await[*events.PairSuccess](bot, "PairSuccess", nil)
	if ps.ID.User != shop || ps.ID.Device != 1 || ps.LID.Server != types.HiddenUserServer {
		t.Fatalf("pair success: %+v", ps)
	}
	if ps.BusinessName != "Bestie Sejahtera" || ps.Platform != "smba" {
		t.Fatalf("not a business app: %+v", ps)
	}
	if !bot.IsLoggedIn() || bot.Store.LID.User != l.srv.LID(shop) {
		t.Fatal("not logged in with the LID")
	}

	bot.Disconnect() // a second run with the same database logs in without pairing
	dev, err := db.GetFirstDevice(l.ctx)
	if err != nil {
		t.Fatal(err)
	}
	again := l.client("again", dev)
	again.connect()
	await[*events.OfflineSyncCompleted](again, "OfflineSyncCompleted", nil)
}

func TestPairByCode(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	bot := l.client("bot", l.container("bot").NewDevice())
	if err := bot.Connect(); err != nil {
		t.Fatal(err)
	}
	await[*events.QR](bot, "QR", nil)
	code, err := bot.PairPhone(l.ctx, "+"+shop, true, whatsmeow.PairClientChrome, "Chrome (Linux)")
	if err != nil {
		t.Fatal(err)
	}
	if err := l.srv.PairCode(budi, code, ""); err == nil {
		t.Fatal("another number accepted the code")
	}
	if err = l.srv.PairCode(shop, code, "Bestie Sejahtera"); err != nil {
		t.Fatal(err)
	}
	if ps := await[*events.PairSuccess](bot, "PairSuccess", nil); ps.BusinessName != "Bestie Sejahtera" || ps.Platform != "smba" {
		t.Fatalf("%+v", ps)
	}
	await[*events.Connected](bot, "Connected", nil)
}

func TestWrongPairingCodeLinksNothing(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	bot := l.client("bot", l.container("bot").NewDevice())
	if err := bot.Connect(); err != nil {
		t.Fatal(err)
	}
	await[*events.QR](bot, "QR", nil)
	code, err := bot.PairPhone(l.ctx, shop, true, whatsmeow.PairClientChrome, "Chrome (Linux)")
	if err != nil {
		t.Fatal(err)
	}
	l.allow("wrong code")
	wrong := strings.Map(func(r rune) rune {
		if r == 'A' {
			return 'B'
		} else if r != '-' {
			return 'A'
		}
		return r
	}, code)
	if err := l.srv.PairCode(shop, wrong, ""); err != nil {
		t.Fatal(err)
	}
	l.quiet()
	if l.srv.Connected(standin.Device{Phone: shop, ID: 1}) || bot.Store.ID != nil {
		t.Fatal("a wrong code linked the device")
	}
}

// A client may refuse the number that scanned (whatsmeow PrePairCallback).
func TestClientRefusesNumber(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	bot := l.client("bot", l.container("bot").NewDevice())
	bot.PrePairCallback = func(jid types.JID, _, _ string) bool { return jid.User == shop }
	l.allow("refused the pairing", "Failed to pair device")
	ch, err := bot.GetQRChannel(l.ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := bot.Connect(); err != nil {
		t.Fatal(err)
	}
	dev, err := l.srv.PairQR((<-ch).Code, budi, "")
	if err != nil {
		t.Fatal(err)
	}
	if item := <-ch; item.Event != "error" {
		t.Fatalf("%+v", item)
	}
	l.quiet()
	if l.srv.Connected(dev) || bot.Store.ID != nil {
		t.Fatal("the device was linked all the same")
	}
}

func TestPairQRMistakes(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	for name, code := range map[string]string{
		"no code": "nonsense", "unknown reference": "2@x,a,b,c2VjcmV0,1", "bad secret": "2@x,a,b,%,1",
	} {
		if _, err := l.srv.PairQR(code, shop, ""); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

// A paired database goes on with a new, empty stand-in that adopts it.
func TestAdopt(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	db := l.container("bot")
	bot := l.client("bot", db.NewDevice())
	bot.pairQR(shop, "")
	bot.Disconnect()

	l2 := newLab(t, standin.Config{})
	if err := l2.srv.Adopt(db.NewDevice()); err == nil {
		t.Fatal("an unpaired device was adopted")
	}
	dev, err := db.GetFirstDevice(l.ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := l2.srv.Adopt(dev); err != nil {
		t.Fatal(err)
	}
	again := l2.client("again", dev)
	again.connect()
	l2.phone("rina", rina).say(pn(shop), "masih di sana?")
	again.hear("masih di sana?")
}
