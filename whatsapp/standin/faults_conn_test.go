package standin_test

import (
	"bytes"
	"errors"
	"syscall"
	"testing"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types/events"

	"bestie/whatsapp/standin"
)

func TestDropAndReconnect(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	bot, customer := pair(l)
	l.allow(netNoise...)
	if err := l.srv.Drop(bot.device()); err != nil {
		t.Fatal(err)
	}
	await[*events.Disconnected](bot, "Disconnected", nil)
	await[*events.Connected](bot, "Connected again", nil)
	customer.say(pn(shop), "sudah kembali?")
	bot.hear("sudah kembali?")
}

// The server goes silent without closing: keepalives fail, whatsmeow reconnects
// by itself and the message sent meanwhile arrives.
func TestFreeze(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	bot, customer := pair(l)
	l.allow(append(netNoise, "Keepalive timed out", "Failed to send keepalive")...)
	if err := l.srv.Freeze(bot.device()); err != nil {
		t.Fatal(err)
	}
	customer.say(pn(shop), "dalam sunyi")
	if m, _ := l.srv.Pending(bot.device()); m != 1 {
		t.Fatalf("%d messages wait", m)
	}
	l.quiet() // a frozen device is no work
	if m, _ := l.srv.Pending(bot.device()); m != 1 {
		t.Fatal("it was not quiet before the bot came back")
	}
	await[*events.KeepAliveTimeout](bot, "KeepAliveTimeout", nil)
	await[*events.Connected](bot, "Connected again", nil)
	bot.hear("dalam sunyi")
}

func TestStreamErrors(t *testing.T) {
	t.Parallel()
	t.Run("503", func(t *testing.T) {
		l := newLab(t, standin.Config{})
		bot, _ := pair(l)
		l.allow(append(netNoise, "503 stream error")...)
		if err := l.srv.StreamError(bot.device(), "503"); err != nil {
			t.Fatal(err)
		}
		await[*events.Disconnected](bot, "Disconnected", nil)
		await[*events.Connected](bot, "Connected again", nil)
	})
	t.Run("unknown", func(t *testing.T) {
		l := newLab(t, standin.Config{})
		bot, _ := pair(l)
		l.allow(append(netNoise, "Unknown stream error")...)
		if err := l.srv.StreamError(bot.device(), "518"); err != nil {
			t.Fatal(err)
		}
		if e := await[*events.StreamError](bot, "StreamError", nil); e.Code != "518" {
			t.Fatalf("%+v", e)
		}
	})
	t.Run("replaced by order", func(t *testing.T) {
		l := newLab(t, standin.Config{})
		bot, _ := pair(l)
		l.allow(netNoise...)
		if err := l.srv.Replace(bot.device()); err != nil {
			t.Fatal(err)
		}
		await[*events.StreamReplaced](bot, "StreamReplaced", nil)
	})
	t.Run("replaced by a second login", func(t *testing.T) {
		l := newLab(t, standin.Config{})
		db := l.container("bot")
		bot := l.client("bot", db.NewDevice())
		bot.pairQR(shop, "")
		l.allow(netNoise...)
		restart(l, db, "second")
		await[*events.StreamReplaced](bot, "StreamReplaced", nil)
		l.quiet()
	})
}

func TestVerbsThatNeedAConnection(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	nobody := standin.Device{Phone: budi, ID: 3}
	away := standin.Device{Phone: l.srv.Phone(l.srv.LID(rina))}
	for name, verb := range map[string]func(standin.Device) error{
		"Drop": l.srv.Drop, "Freeze": l.srv.Freeze, "Replace": l.srv.Replace,
		"StreamError": func(d standin.Device) error { return l.srv.StreamError(d, "503") },
	} {
		for _, d := range []standin.Device{nobody, away} {
			if verb(d) == nil {
				t.Errorf("%s of %s, which is not connected, is no error", name, d)
			}
		}
	}
	if l.srv.Logout(nobody) == nil || l.srv.Timelock(nobody, "X", true, noon) == nil || l.srv.TrimPreKeys(nobody, 0) == nil {
		t.Error("a device that does not exist is no error")
	}
}

// Refuse takes the network of one device away: dialling fails as without a
// cable, media included, and nobody else notices.
func TestRefuse(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	bot, customer := pair(l)
	second := l.phone("budi", budi)
	l.allow(append(netNoise, "reconnect", "network is unreachable")...)
	bot.EnableAutoReconnect = false
	l.srv.Refuse(bot.device(), true)
	await[*events.Disconnected](bot, "Disconnected", nil)
	if err := bot.Connect(); !errors.Is(err, syscall.ENETUNREACH) {
		t.Fatalf("connect without a network: %v", err)
	}
	if _, err := bot.Upload(l.ctx, []byte("x"), whatsmeow.MediaImage); err == nil {
		t.Fatal("upload without a network")
	}
	customer.say(pn(shop), "halo?")
	second.say(pn(rina), "dia luring")
	customer.hear("dia luring")
	l.quiet()
	l.srv.Refuse(bot.device(), false)
	bot.connect()
	bot.hear("halo?")
}

// A device that comes back with a network the server has not seen it use is cut
// after the handshake, then has no network either.
func TestRefuseAfterRestart(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	db := l.container("bot")
	bot := l.client("bot", db.NewDevice())
	bot.pairQR(shop, "")
	l.allow(netNoise...)
	l.srv.Refuse(bot.device(), true)
	bot.Disconnect()
	dev, err := db.GetFirstDevice(l.ctx)
	if err != nil {
		t.Fatal(err)
	}
	again := l.client("again", dev)
	again.EnableAutoReconnect = false
	if err := again.Connect(); err != nil {
		t.Fatal(err)
	}
	await[*events.Disconnected](again, "Disconnected", nil)
	if err := again.Connect(); !errors.Is(err, syscall.ENETUNREACH) {
		t.Fatalf("second connect: %v", err)
	}
	l.srv.ClearFaults()
	again.connect()
}

// A client of another process reaches the server by address and certificate.
func TestRemoteClient(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	if _, err := standin.RemoteHTTPClient("192.0.2.1:443", l.srv.CAPEM()); err == nil {
		t.Error("an address that is not loopback")
	}
	if _, err := standin.RemoteHTTPClient(l.srv.Addr(), []byte("nonsense")); err == nil {
		t.Error("a certificate that is none")
	}
	remote, err := standin.RemoteHTTPClient(l.srv.Addr(), l.srv.CAPEM())
	if err != nil {
		t.Fatal(err)
	}
	bot := l.client("bot", l.container("bot").NewDevice())
	bot.useHTTP(remote)
	bot.EnableAutoReconnect = false
	bot.pairQR(shop, "")
	customer := l.phone("rina", rina)
	customer.say(pn(shop), "dari jauh")
	bot.hear("dari jauh")
	l.quiet()

	l.allow(netNoise...)
	l.srv.Refuse(bot.device(), true) // its network cannot be shut, but it is cut each time
	await[*events.Disconnected](bot, "Disconnected", nil)
	if err := bot.Connect(); err != nil {
		t.Fatal(err)
	}
	await[*events.Disconnected](bot, "Disconnected again", nil)
	remote.CloseIdleConnections()
}

func TestFailConnects(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	bot, _ := pair(l)
	l.allow(append(netNoise, "Initial connection failed", "Error reconnecting")...)
	bot.Disconnect()
	eventually(t, "gone", func() bool { return !l.srv.Connected(bot.device()) })
	l.srv.FailConnects(503, 1)
	if err := bot.Connect(); err == nil {
		t.Fatal("connected although the service is down")
	}
	l.srv.FailConnects(0, 1)
	if err := bot.Connect(); err == nil {
		t.Fatal("connected although the connection was cut")
	}
	bot.InitialAutoReconnect = true
	l.srv.FailConnects(503, 1)
	bot.connect() // it retries by itself
}

func TestImage(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	bot, customer := pair(l)
	picture := bytes.Repeat([]byte("gambar "), 40_000)
	up, err := customer.Upload(l.ctx, picture, whatsmeow.MediaImage)
	if err != nil {
		t.Fatal(err)
	}
	r, err := customer.SendMessage(l.ctx, pn(shop), image(up, "bukti transfer"))
	if err != nil {
		t.Fatal(err)
	}
	m := await(bot, "the image", func(m *events.Message) bool { return m.Info.ID == r.ID })
	img := m.Message.GetImageMessage()
	if m.Info.Type != "media" || m.Info.MediaType != "image" || img.GetCaption() != "bukti transfer" {
		t.Fatalf("%+v", m.Info)
	}
	got, err := bot.Download(l.ctx, img)
	if err != nil || !bytes.Equal(got, picture) || l.srv.MediaCount() != 1 {
		t.Fatalf("%d bytes, %v", len(got), err)
	}
	*img.DirectPath = "/v/t62/tidakada?ccb=1" // a file the host has lost is a clean error
	if _, err = bot.Download(l.ctx, img); !errors.Is(err, whatsmeow.ErrMediaDownloadFailedWith404) {
		t.Fatal(err)
	}
	l.quiet()
}
