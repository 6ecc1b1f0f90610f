package standin_test

import (
	"testing"
	"time"

	"go.mau.fi/whatsmeow/store/sqlstore"
	"go.mau.fi/whatsmeow/types/events"

	"bestie/whatsapp/standin"
)

func TestLoginFailures(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	bot, _ := pair(l)
	l.allow(append(netNoise, "Client outdated", "Temporary ban", "503/", "Unknown connect failure")...)
	try := func() {
		t.Helper()
		bot.Disconnect()
		if err := bot.Connect(); err != nil {
			t.Fatal(err)
		}
	}
	l.srv.Outdated(bot.device())
	try()
	await[*events.ClientOutdated](bot, "ClientOutdated", nil)

	l.srv.Ban(bot.device(), 104, 36*time.Hour)
	try()
	if e := await[*events.TemporaryBan](bot, "TemporaryBan", nil); e.Code != 104 || e.Expire != 36*time.Hour {
		t.Fatalf("%+v", e)
	}

	l.srv.FailLogins(bot.device(), 499)
	try()
	if e := await[*events.ConnectFailure](bot, "ConnectFailure", nil); e.Reason != 499 {
		t.Fatalf("%+v", e)
	}

	l.srv.Unavailable(bot.device())
	try()
	await[*events.Disconnected](bot, "Disconnected", nil)
	l.srv.AllowLogins(bot.device()) // the automatic reconnection gets through
	await[*events.Connected](bot, "Connected", nil)
	l.quiet()
}

func TestBanCutsTheConnection(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	bot, _ := pair(l)
	l.allow(append(netNoise, "Temporary ban")...)
	l.srv.Ban(bot.device(), 101, time.Hour)
	await[*events.TemporaryBan](bot, "TemporaryBan", nil) // on its way back
}

func TestHoldLogins(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	bot, customer := pair(l)
	l.allow(netNoise...)
	bot.Disconnect()
	l.srv.HoldLogins(bot.device())
	if err := bot.Connect(); err != nil {
		t.Fatal(err)
	}
	customer.say(pn(shop), "tunggu")
	l.quiet()
	if seen[*events.Connected](bot, nil) != 0 || l.srv.Connected(bot.device()) {
		t.Fatal("the login was not held")
	}
	l.srv.AllowLogins(bot.device())
	bot.hear("tunggu")
}

func TestLoggedOut(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	db := l.container("bot")
	bot := l.client("bot", db.NewDevice())
	bot.pairQR(shop, "")
	l.allow(append(netNoise, "device deleted", "invalid use of deleted device")...)
	if err := l.srv.Logout(bot.device()); err != nil {
		t.Fatal(err)
	}
	if e := await[*events.LoggedOut](bot, "LoggedOut", nil); e.OnConnect || e.Reason != events.ConnectFailureLoggedOut {
		t.Fatalf("%+v", e)
	}
	waitForgotten(l, db)
	l.companion("bot again", shop) // the same number can be linked again
}

func TestLoggedOutWhileAway(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	bot, _ := pair(l)
	l.allow(append(netNoise, "device deleted", "invalid use of deleted device")...)
	dev := bot.device()
	bot.Disconnect()
	if err := l.srv.Logout(dev); err != nil {
		t.Fatal(err)
	}
	if err := bot.Connect(); err != nil {
		t.Fatal(err)
	}
	if e := await[*events.LoggedOut](bot, "LoggedOut", nil); !e.OnConnect {
		t.Fatalf("%+v", e)
	}
}

// The client unlinks itself.
func TestLogoutByTheClient(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	bot, customer := pair(l)
	dev := bot.device()
	l.allow(netNoise...)
	if err := bot.Logout(l.ctx); err != nil {
		t.Fatal(err)
	}
	if l.srv.Connected(dev) {
		t.Fatal("still there")
	}
	l.allow("different participant list hash")
	customer.say(pn(shop), "ke telepon saja")
	l.quiet()
}

func waitForgotten(l *lab, db *sqlstore.Container) {
	l.t.Helper()
	// whatsmeow dispatches LoggedOut before it deletes the session.
	eventually(l.t, "session deleted", func() bool {
		all, err := db.GetAllDevices(l.ctx)
		return err == nil && len(all) == 0
	})
}
