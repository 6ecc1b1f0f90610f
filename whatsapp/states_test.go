package whatsapp_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"testing"
	"time"

	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types/events"

	"bestie/shop"
	"bestie/whatsapp"
)

func TestDropIsRepairedByItself(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.online()
	if err := l.srv.Drop(l.dev); err != nil {
		t.Fatal(err)
	}
	eventually(t, "online again", func() bool { return l.states.count(whatsapp.StateOnline) == 2 })
	if l.states.count(whatsapp.StateDisconnected) == 0 {
		t.Error("nobody was told of the drop")
	}
	l.await(c, whatsapp.StateOnline)
}

// 503 while connected and 503 at login are the service's own trouble: the
// library goes on trying.
func TestServiceUnavailable(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.online()
	l.srv.Unavailable(l.dev)
	if err := l.srv.StreamError(l.dev, "503"); err != nil {
		t.Fatal(err)
	}
	l.await(c, whatsapp.StateDisconnected)
	l.srv.AllowLogins(l.dev)
	l.await(c, whatsapp.StateOnline)
}

// A program that starts without a network gets online when there is one.
func TestFirstConnectFails(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	if err := l.online().Close(l.ctx); err != nil {
		t.Fatal(err)
	}
	c := l.open()
	l.srv.FailConnects(0, 1)
	l.srv.FailConnects(http.StatusServiceUnavailable, 1)
	if err := c.Connect(l.ctx); err != nil {
		t.Fatal(err)
	}
	if got := c.Status().State; got != whatsapp.StateDisconnected {
		t.Errorf("after the first attempt: %s", got)
	}
	c.Nudge()
	l.await(c, whatsapp.StateOnline)
}

func TestRefusedByHTTP(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.online()
	l.srv.FailConnects(http.StatusForbidden, 1)
	if err := l.srv.Drop(l.dev); err != nil {
		t.Fatal(err)
	}
	l.await(c, whatsapp.StateFailed)
	l.await(c, whatsapp.StateOnline) // after the back-off
}

func TestNudge(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.opt.Timing.Patience = time.Hour
	c := l.online()
	c.Discourage() // only the nudge may help
	l.srv.Refuse(l.dev, true)
	l.await(c, whatsapp.StateDisconnected)
	before := l.dials.Load()
	c.Nudge() // fails and goes on
	eventually(t, "an attempt", func() bool { return l.dials.Load() > before })
	l.srv.Refuse(l.dev, false)
	c.Nudge()
	l.await(c, whatsapp.StateOnline)
	before = l.dials.Load()
	c.Nudge() // healthy: nothing to do
	l.mustSendTo(c, rinaNumber)
	if got := l.dials.Load(); got != before {
		t.Error("a healthy connection was replaced")
	}
}

// The library tries the login after pairing, or after some errors, only once.
// A login that hangs is not even an error to it. The keeper dials again.
func TestWatchdog(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.opt.Timing.Patience, l.opt.Timing.SyncWait = time.Second, time.Second
	c := l.online()
	before := l.dials.Load()
	l.srv.HoldLogins(l.dev)
	if err := l.srv.Drop(l.dev); err != nil {
		t.Fatal(err)
	}
	l.await(c, whatsapp.StateDisconnected)
	if _, err := l.send(c, shop.Outgoing{Text: "x"}); err == nil {
		t.Error("sent without a login")
	}
	eventually(t, "the keeper dials again and again", func() bool { return l.dials.Load() >= before+3 })
	if got := l.states.count(whatsapp.StateOnline); got != 1 {
		t.Error("online without a login") // a late Connected of the old connection proves nothing
	}
	l.srv.AllowLogins(l.dev)
	l.await(c, whatsapp.StateOnline)
}

// The library's Connected may come late and mean a connection that is gone. The
// one that is there now has to prove itself before anything is sent.
func TestLateConnectedProvesNothing(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.opt.Timing.SyncWait = 100 * time.Millisecond
	c := l.online()
	l.srv.HoldLogins(l.dev)
	before := l.dials.Load()
	if err := l.srv.Drop(l.dev); err != nil {
		t.Fatal(err)
	}
	for round := range int32(3) {
		eventually(t, "a connection without a login", func() bool { return l.dials.Load() > before+round })
		c.Dispatch(&events.Connected{})
	}
	if got := l.states.count(whatsapp.StateOnline); got != 1 {
		t.Error("online without a login")
	}
	l.srv.AllowLogins(l.dev)
	l.await(c, whatsapp.StateOnline)
}

func TestDeafConnection(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.online()
	if err := l.srv.Freeze(l.dev); err != nil {
		t.Fatal(err)
	}
	eventually(t, "degraded", func() bool { return l.states.count(whatsapp.StateDegraded) > 0 })
	eventually(t, "online again", func() bool { return l.states.count(whatsapp.StateOnline) == 2 })
	l.mustSendTo(c, rinaNumber)
}

func TestLoggedOut(t *testing.T) {
	for name, away := range map[string]bool{"while connected": false, "while away": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLab(t)
			c := l.online()
			if away {
				l.srv.Unavailable(l.dev)
				if err := l.srv.Drop(l.dev); err != nil {
					t.Fatal(err)
				}
				l.await(c, whatsapp.StateDisconnected)
			}
			if err := l.srv.Logout(l.dev); err != nil {
				t.Fatal(err)
			}
			l.srv.AllowLogins(l.dev)
			l.await(c, whatsapp.StateLoggedOut)
			<-c.Ended()
			if c.Paired() {
				t.Error("still paired")
			}
			n, ok := l.inbox.notice(shop.NoticeLoggedOut)
			if !ok || n.Code != 401 || !n.At.Equal(start) {
				t.Errorf("notice %+v", n)
			}
			if err := c.Connect(l.ctx); code(err) != string(whatsapp.StateLoggedOut) {
				t.Errorf("connect: %v", err)
			}
			if err := c.Close(l.ctx); err != nil {
				t.Fatal(err)
			}
			again := l.online() // linked anew in the same folder
			l.mustSendTo(again, rinaNumber)
		})
	}
}

func TestReplaced(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.online()
	if err := l.srv.Replace(l.dev); err != nil {
		t.Fatal(err)
	}
	l.await(c, whatsapp.StateReplaced)
	<-c.Ended()
	if p := c.Status().Problem(); p == nil || p.Code != string(whatsapp.StateReplaced) {
		t.Errorf("problem %v", p)
	}
	l.stays(c, whatsapp.StateReplaced)
}

// A ban is over when WhatsApp said, by the clock that everything else goes by,
// and a restart does not forget it.
func TestBan(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.online()
	l.srv.Ban(l.dev, 104, 2*time.Hour)
	l.await(c, whatsapp.StateBanned)
	n, _ := l.inbox.notice(shop.NoticeBan)
	if until := start.Add(2 * time.Hour); n.Code != 104 || !n.Until.Equal(until) || !c.Status().Until.Equal(until) {
		t.Errorf("notice %+v, status %+v", n, c.Status())
	}
	l.srv.AllowLogins(l.dev)
	c.Nudge()
	l.stays(c, whatsapp.StateBanned)

	if err := c.Close(l.ctx); err != nil {
		t.Fatal(err)
	}
	c = l.open()
	if err := c.Connect(l.ctx); err != nil {
		t.Fatal(err)
	}
	l.stays(c, whatsapp.StateBanned)
	l.clock.advance(2 * time.Hour)
	l.await(c, whatsapp.StateOnline)
}

func TestUnknownRefusal(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.online()
	l.srv.FailLogins(l.dev, 418)
	if err := l.srv.Drop(l.dev); err != nil {
		t.Fatal(err)
	}
	l.await(c, whatsapp.StateFailed)
	l.srv.AllowLogins(l.dev)
	l.await(c, whatsapp.StateOnline) // after the back-off
}

func TestOutdatedWithoutANewerVersion(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.online()
	l.srv.Outdated(l.dev)
	if err := l.srv.Drop(l.dev); err != nil {
		t.Fatal(err)
	}
	l.await(c, whatsapp.StateOutdated)
	<-c.Ended()
	if !c.Paired() {
		t.Error("the session stays valid")
	}
}

func TestTimelock(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.online()
	until := start.Add(24 * time.Hour)
	if err := l.srv.Timelock(l.dev, "RESTRICT_ALL_COMPANIONS", true, until); err != nil {
		t.Fatal(err)
	}
	eventually(t, "notice", func() bool { _, ok := l.inbox.notice(shop.NoticeTimelock); return ok })
	n, _ := l.inbox.notice(shop.NoticeTimelock)
	if !n.Active || n.Type != "RESTRICT_ALL_COMPANIONS" || !n.Until.Equal(until) {
		t.Errorf("notice %+v", n)
	}
	if c.Status().State != whatsapp.StateOnline {
		t.Error("a time lock is no reason to be offline")
	}
}

// stays asserts that a state is not left while the keeper looks several times.
func (l *lab) stays(c *whatsapp.Client, state whatsapp.State) {
	l.t.Helper()
	l.await(c, state)
	for end := time.Now().Add(10 * l.opt.Timing.Tick); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if got := c.Status().State; got != state {
			l.t.Fatalf("went from %s to %s", state, got)
		}
	}
}

// mustSendTo sends a text to a number that may not have a phone in the lab.
func (l *lab) mustSendTo(c *whatsapp.Client, number string) {
	l.t.Helper()
	if _, err := l.world.Phone(l.ctx, number, "Rina"); err != nil {
		l.t.Fatal(err)
	}
	eventually(l.t, "online", func() bool { return c.Status().State == whatsapp.StateOnline })
	l.mustSend(c, shop.Outgoing{To: shop.Address{Phone: number}, Text: "Halo Kak"})
}

// A newer version on WhatsApp's page is tried once before we give up. This test
// changes the version of the whole process, so it runs alone.
func TestOutdatedWithANewerVersion(t *testing.T) {
	l := newLab(t)
	known := store.GetWAVersion()
	defer store.SetWAVersion(known)
	page := &versionPage{next: l.opt.Network.Transport, revision: known[2] + 1}
	l.opt.Network = &http.Client{Transport: page}
	c := l.online()
	l.srv.Outdated(l.dev)
	page.then = func() { l.srv.AllowLogins(l.dev) }
	if err := l.srv.Drop(l.dev); err != nil {
		t.Fatal(err)
	}
	eventually(t, "online again", func() bool { return l.states.count(whatsapp.StateOnline) == 2 })
	want := fmt.Sprintf("2.3000.%d", known[2]+1)
	if got := l.store.get(whatsapp.SettingVersion); got != want || store.GetWAVersion().String() != want {
		t.Errorf("version kept %q, used %s, want %s", got, store.GetWAVersion(), want)
	}
	l.await(c, whatsapp.StateOnline)
}

// versionPage is WhatsApp's page that names the client version.
type versionPage struct {
	next     http.RoundTripper
	revision uint32
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
