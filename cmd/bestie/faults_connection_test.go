package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"time"

	"bestie/shop"
	"bestie/whatsapp"
)

// connectionFaults are the rows about the life of the connection.
var connectionFaults = []fault{
	{"401 logged out while connected", func(t *trial) {
		t.queued()
		t.must(t.srv.Logout(t.bot))
		t.await(t.T, whatsapp.StateLoggedOut)
		t.stopsQuietly()
	}, whatsapp.StateLoggedOut, false},
	{"401 logged out while away", refusedLogin(401), whatsapp.StateLoggedOut, false},
	{"403 main device gone", refusedLogin(403), whatsapp.StateLoggedOut, false},
	{"406 unknown or banned account", refusedLogin(406), whatsapp.StateLoggedOut, false},
	{"405 outdated, no newer version", refusedLogin(405), whatsapp.StateOutdated, false},
	{"405 outdated, newer version fetched", outdatedOnce, "", true},
	{"402 ban with an end", banned, "", false},
	{"503 service unavailable", func(t *trial) {
		t.queued()
		t.srv.Unavailable(t.bot)
		t.must(t.srv.StreamError(t.bot, "503"))
		t.await(t.T, whatsapp.StateDisconnected)
		t.srv.AllowLogins(t.bot)
		t.after(20 * time.Second)
		t.reached(t.rina, price, 1)
	}, "", false},
	{"unknown failure", func(t *trial) {
		t.queued()
		t.srv.FailLogins(t.bot, 418)
		t.must(t.srv.Drop(t.bot))
		t.await(t.T, whatsapp.StateFailed)
		if !t.log.has(`"code":418`) {
			t.Error("the log does not name the reason")
		}
		t.replies("queued")
		t.srv.AllowLogins(t.bot)
		t.after(20 * time.Second)
		t.reached(t.rina, price, 1)
	}, "", false},
	{"unknown stream error", func(t *trial) {
		t.queued()
		t.must(t.srv.StreamError(t.bot, "777"))
		eventually(t.T, "the log names the code", func() bool { return t.log.has(`"code":"777"`) })
		t.after(20 * time.Second)
		t.reached(t.rina, price, 1)
	}, "", false},
	{"stream replaced", func(t *trial) {
		t.queued()
		t.must(t.srv.Replace(t.bot))
		t.await(t.T, whatsapp.StateReplaced)
		t.stopsQuietly()
	}, whatsapp.StateReplaced, false},
	{"connection lost", func(t *trial) {
		t.queued()
		t.must(t.srv.Drop(t.bot))
		t.after(20 * time.Second)
		t.reached(t.rina, price, 1)
		if !t.log.has(`"state":"disconnected"`) {
			t.Error("the loss was not noticed")
		}
	}, "", false},
	{"first connect fails", func(t *trial) {
		t.srv.FailConnects(0, 1)
		t.srv.FailConnects(http.StatusServiceUnavailable, 1)
		t.must(t.app.Kill())
		t.must(t.open(t.Context()))
		t.must(t.app.Start(t.Context())) // a start without a network is a start
		t.watch()
		t.await(t.T, whatsapp.StateOnline)
	}, "", false},
	{"reconnect after pairing fails", func(t *trial) {
		t.must(t.srv.Logout(t.bot))
		t.await(t.T, whatsapp.StateLoggedOut)
		t.shut(t.T)
		counter := &dials{RoundTripper: t.net.Transport}
		t.Stage.net = &http.Client{Transport: counter}
		t.must(t.open(t.Context()))
		var scanned error
		t.must(t.app.wa.PairQR(t.Context(), func(code string) {
			t.srv.FailConnects(0, 1) // the library tries the login after code 515 once
			t.bot, scanned = t.srv.PairQR(code, stageNumber, "Bestie")
		}))
		t.must(scanned)
		if n := counter.n.Load(); n < 3 {
			t.Errorf("%d connections: the one after the pairing did not fail", n)
		}
		t.must(t.app.Start(t.Context()))
		t.watch()
	}, "", false},
	{"no network for an hour", func(t *trial) {
		t.queued()
		t.must(t.Offline(t.Context()))
		pass(t.T, t.Stage, time.Hour)
		t.replies("queued")
		t.must(t.Online(t.Context()))
		t.after(20 * time.Second)
		t.reached(t.rina, price, 1)
	}, "", false},
}

// stopsQuietly shows that what was written stays in the queue.
func (tr *trial) stopsQuietly() {
	tr.Helper()
	pass(tr.T, tr.Stage, 5*time.Minute)
	tr.replies("queued")
	tr.reached(tr.rina, price, 0)
	if state := tr.Stage.app.Status().State; state.Indonesian() == "" {
		tr.Errorf("no sentence for people about %s", state)
	}
}

// refusedLogin is a refusal for good at the next login.
func refusedLogin(reason int) func(t *trial) {
	return func(t *trial) {
		t.queued()
		t.srv.FailLogins(t.bot, reason)
		t.must(t.srv.Drop(t.bot))
		eventually(t.T, "a permanent state", func() bool { return t.app.Status().State.Permanent() })
		t.stopsQuietly()
	}
}

// banned: everything stops until the end that WhatsApp named, also over a restart;
// then answers go on by themselves, promos only by the word of a person.
func banned(t *trial) {
	t.queued()
	t.srv.Ban(t.bot, 104, 2*time.Hour)
	t.await(t.T, whatsapp.StateBanned)
	t.srv.AllowLogins(t.bot)
	t.promosRest(string(shop.NoticeBan), 365*24*time.Hour)
	pass(t.T, t.Stage, time.Hour)
	t.must(t.Restart(t.Context()))
	t.watch()
	if state := t.app.Status().State; state != whatsapp.StateBanned {
		t.Fatalf("after a restart the state is %s", state)
	}
	if problem := t.app.Status().Problem(); problem == nil || problem.Sentence != whatsapp.StateBanned.English() {
		t.Errorf("the operator reads %v", problem)
	}
	pass(t.T, t.Stage, 50*time.Minute)
	t.replies("queued")
	pass(t.T, t.Stage, 11*time.Minute)
	t.after(time.Minute)
	t.reached(t.rina, price, 1)
	t.reached(t.sari, "diblokir sementara oleh WhatsApp", 1)
	t.promosRest(string(shop.NoticeBan), 365*24*time.Hour)
	ask(t.T, t.Stage, t.sari, "promo on")
	t.reached(t.sari, "promo diizinkan jalan lagi", 1)
	t.promosRest("", -1<<63)
}

// outdatedOnce: a refused version is replaced by the one that WhatsApp's own page
// names, once.
func outdatedOnce(t *trial) {
	newest++
	page := &versionPage{next: t.net.Transport, revision: newest, then: func() { t.srv.AllowLogins(t.bot) }}
	t.Stage.net = &http.Client{Transport: page}
	t.must(t.Restart(t.Context()))
	t.watch()
	t.queued()
	t.srv.Outdated(t.bot)
	t.must(t.srv.Drop(t.bot))
	eventually(t.T, "the newer version is kept", func() bool {
		kept, err := t.app.db.Setting(t.Context(), whatsapp.SettingVersion)
		return err == nil && kept == fmt.Sprintf("2.3000.%d", newest)
	})
	t.after(20 * time.Second)
	t.reached(t.rina, price, 1)
}

// newest is far beyond the version of any build. The library keeps the version
// for the whole process and never goes back, so it grows; a stand-in takes any.
var newest = 2_000_000_000

// versionPage is WhatsApp's page that names the client version.
type versionPage struct {
	next     http.RoundTripper
	revision int
	then     func()
}

func (v *versionPage) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Path != "" && r.URL.Path != "/" {
		return v.next.RoundTrip(r)
	}
	v.then()
	body := fmt.Appendf(nil, `{"client_revision":%d,"x":1}`, v.revision)
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(body)), Request: r}, nil
}
