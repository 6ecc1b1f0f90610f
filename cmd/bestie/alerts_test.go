package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/rs/zerolog"

	"bestie/scheduler"
	"bestie/shop"
	"bestie/store"
)

// tower is a second channel that a test owns: a real server of HTTP.
type tower struct {
	*httptest.Server
	mu     sync.Mutex
	got    []string
	answer int           // the status, 0 for 200
	stall  chan struct{} // requests wait until it is closed; nil: they do not
}

func newTower(t *testing.T) *tower {
	t.Helper()
	w := &tower{}
	w.Server = httptest.NewServer(http.HandlerFunc(w.serve))
	t.Cleanup(w.Close)
	return w
}

func (w *tower) serve(rw http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	w.mu.Lock()
	status, stall := w.answer, w.stall
	if status == 0 {
		w.got = append(w.got, string(body))
	}
	w.mu.Unlock()
	if stall != nil {
		<-stall
	}
	if status != 0 {
		rw.WriteHeader(status)
		return
	}
	_, _ = io.WriteString(rw, "{}")
}

func (w *tower) set(status int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answer = status
}

func (w *tower) texts() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.got)
}

// secretPath stands in every address of the tests: nobody may ever read it.
const secretPath = "rahasia9731"

func (w *tower) webhook() string {
	u, _ := url.Parse(w.URL)
	return "generic://" + u.Host + "/" + secretPath + "?disabletls=yes"
}

func (w *tower) ntfy() string {
	u, _ := url.Parse(w.URL)
	return "ntfy://" + u.Host + "/" + secretPath + "?scheme=http"
}

func TestChannelsReachARealServer(t *testing.T) {
	w := newTower(t)
	send := channels([]string{w.webhook(), w.ntfy()})
	for channel := 1; channel <= 2; channel++ {
		if err := send(t.Context(), channel, fmt.Sprint("peringatan ", channel)); err != nil {
			t.Errorf("channel %d: %v", channel, err)
		}
	}
	if got := w.texts(); !slices.Equal(got, []string{"peringatan 1", "peringatan 2"}) {
		t.Errorf("the server got %q", got)
	}
}

// Whatever goes wrong, the error says so without the address.
func TestChannelErrorsAreDiscreet(t *testing.T) {
	w, gone := newTower(t), newTower(t)
	w.set(http.StatusForbidden)
	gone.Close()
	for address, want := range map[string]error{
		w.webhook(): errRefused, w.ntfy(): errRefused, gone.webhook(): errUnreachable, gone.ntfy(): errUnreachable,
		"nosuch://" + secretPath: errAddress, "": errAddress,
	} {
		err := channels([]string{address})(t.Context(), 1, "x")
		if !errors.Is(err, want) || strings.Contains(fmt.Sprintf("%+v", err), secretPath) {
			t.Errorf("%s: %v, want %v", service(address), err, want)
		}
	}
	if err := channels(nil)(t.Context(), 1, "x"); !errors.Is(err, errNoChannel) {
		t.Errorf("no channel: %v", err)
	}
}

func TestAlertsAreSecret(t *testing.T) {
	for name, text := range map[string]string{
		"good": "ntfy://ntfy.sh/" + secretPath, "unknown": "nosuch://" + secretPath, "broken list": "[ntfy://ntfy.sh/" + secretPath,
		"no address": secretPath, "broken": "generic://%zz" + secretPath,
	} {
		c := DefaultConfig()
		err := c.Set("alerts", text)
		if (err == nil) != (name == "good") || err != nil && strings.Contains(err.Error(), secretPath) {
			t.Errorf("%s: %v", name, err)
		}
		if shown := findSetting("alerts").kind.show(c); strings.Contains(shown, secretPath) {
			t.Errorf("%s is shown as %s", name, shown)
		}
		l := &loader{config: DefaultConfig(), origin: map[string]Mistake{}}
		l.variable("BESTIE_ALERTS", text, *findSetting("alerts"), false)
		if said := fmt.Sprint((&ConfigError{l.mistakes}).Error()); strings.Contains(said, secretPath) {
			t.Errorf("%s: %s", name, said)
		}
	}
}

// alarmLab is the worker of the alarms on a real database and a clock of its own.
type alarmLab struct {
	*testing.T
	db    *store.DB
	dir   string
	clock *clockwork.FakeClock
	log   strings.Builder
	*scheduler.Alarms
}

func newAlarmLab(t *testing.T, addresses ...string) *alarmLab {
	l := &alarmLab{T: t, dir: t.TempDir(), clock: clockwork.NewFakeClockAt(time.Date(2026, 1, 5, 10, 0, 0, 0, shop.WIB))}
	l.open(addresses...)
	return l
}

func (l *alarmLab) open(addresses ...string) {
	db, err := store.Open(l.Context(), l.dir, zerolog.Nop())
	if err != nil {
		l.Fatal(err)
	}
	l.Cleanup(func() { _ = db.Close() })
	db.SetChannels(len(addresses))
	l.db, l.Alarms = db, &scheduler.Alarms{Store: db, Send: channels(addresses), Log: zerolog.New(&l.log)}
}

func (l *alarmLab) raise(reference string) {
	l.Helper()
	if err := l.db.RaiseAlarm(l.Context(), l.clock.Now(), reference, "alarm "+reference); err != nil {
		l.Fatal(err)
	}
}

// play works until the clock has moved so far.
func (l *alarmLab) play(by time.Duration) {
	l.Helper()
	for end := l.clock.Now().Add(by); ; {
		next, err := l.Step(l.Context(), l.clock.Now())
		if err != nil {
			l.Fatal(err)
		}
		if next.IsZero() || next.After(end) {
			l.clock.Advance(end.Sub(l.clock.Now()))
			return
		}
		l.clock.Advance(next.Sub(l.clock.Now()))
	}
}

// A channel that fails holds nobody else up, is tried again, and is given up after a
// day.
func TestAlarmsBackOffAndGiveUp(t *testing.T) {
	good, bad := newTower(t), newTower(t)
	bad.set(http.StatusInternalServerError)
	l := newAlarmLab(t, good.webhook(), bad.webhook())
	l.raise("satu")
	l.raise("satu")
	l.raise("dua")
	l.play(time.Minute)
	if got := good.texts(); !slices.Equal(got, []string{"alarm satu", "alarm dua"}) {
		t.Errorf("the good channel got %q", got)
	}
	bad.set(0)
	l.play(11 * time.Minute)
	if got := bad.texts(); !slices.Equal(got, []string{"alarm satu", "alarm dua"}) {
		t.Errorf("the mended channel got %q", got)
	}
	bad.set(http.StatusInternalServerError)
	l.raise("tiga")
	l.play(25 * time.Hour)
	bad.set(0)
	l.play(time.Hour)
	if got := bad.texts(); len(got) != 2 || !strings.Contains(l.log.String(), "given up") {
		t.Errorf("after a day the channel got %q", got)
	}
	if strings.Contains(l.log.String(), secretPath) || strings.Contains(l.log.String(), "alarm satu") {
		t.Error("the log holds an address or a text")
	}
}

// What was raised and not taken is sent by the next process.
func TestAlarmsSurviveARestart(t *testing.T) {
	w := newTower(t)
	w.set(http.StatusBadGateway)
	l := newAlarmLab(t, w.ntfy())
	l.raise("satu")
	l.play(time.Minute)
	if err := l.db.Close(); err != nil {
		t.Fatal(err)
	}
	w.set(0)
	l.open(w.ntfy())
	l.play(11 * time.Minute)
	if got := w.texts(); !slices.Equal(got, []string{"alarm satu"}) {
		t.Errorf("the server got %q", got)
	}
}

// bestie doctor --alert tells of every channel whether it took the message.
func TestDoctorTriesEveryChannel(t *testing.T) {
	good, bad := newTower(t), newTower(t)
	bad.set(http.StatusForbidden)
	p := &patient{config: DefaultConfig()}
	p.alerts()
	if p.list[0].Level != yellow {
		t.Errorf("without a channel: %+v", p.list)
	}
	p = &patient{config: DefaultConfig()}
	p.config.Alerts = []string{good.webhook(), bad.ntfy()}
	p.alerts()
	p.alert(t.Context())
	if len(p.list) != 3 || p.list[0].Level != green || p.list[1].Level != green || p.list[2].Level != red {
		t.Errorf("%+v", p.list)
	}
	if got := good.texts(); len(got) != 1 || !strings.Contains(got[0], "Tes peringatan") {
		t.Errorf("the server got %q", got)
	}
	if strings.Contains(fmt.Sprint(p.list), secretPath) {
		t.Errorf("an address is shown: %+v", p.list)
	}
}
