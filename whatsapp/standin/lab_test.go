package standin_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/store/sqlstore"
	waLog "go.mau.fi/whatsmeow/util/log"
	_ "modernc.org/sqlite"

	"bestie/whatsapp/standin"
)

const (
	shop = "628111000111"
	rina = "6281200000001"
	budi = "6281200000002"
)

// bound is how long a test waits for anything.
const bound = 15 * time.Second

// noon is where the script's clock stands in these tests.
var noon = time.Date(2026, 1, 5, 5, 0, 0, 0, time.UTC)

// Short keepalives, so that every test exercises them and a silent server is
// noticed in seconds.
func TestMain(m *testing.M) {
	whatsmeow.KeepAliveIntervalMin, whatsmeow.KeepAliveIntervalMax = 300*time.Millisecond, 400*time.Millisecond
	whatsmeow.KeepAliveResponseDeadline, whatsmeow.KeepAliveMaxFailTime = 2*time.Second, time.Second
	os.Exit(m.Run())
}

// lab is one stand-in with its clients.
type lab struct {
	t    testing.TB
	srv  *standin.Server
	ctx  context.Context
	dir  string
	logs *logs
}

func newLab(t testing.TB, cfg standin.Config) *lab {
	t.Helper()
	cfg.FewKeys = true
	return startLab(t, cfg)
}

func startLab(t testing.TB, cfg standin.Config) *lab {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	l := &lab{t: t, ctx: ctx, dir: t.TempDir(), logs: &logs{t: t}}
	if cfg.Now == nil {
		cfg.Now = func() time.Time { return noon }
	}
	cfg.Logf = func(format string, args ...any) { l.logs.emit("WARN", "server", format, args...) }
	srv, err := standin.Start(cfg)
	if err != nil {
		t.Fatal(err)
	}
	l.srv = srv
	t.Cleanup(func() {
		if u := srv.UnknownIQs(); len(u) > 0 {
			t.Errorf("unknown queries: %v", u)
		}
		l.logs.close()
		srv.Close()
		cancel()
	})
	return l
}

// container is a device database as a program would have it, without fsync: the
// tests kill clients, not the machine.
func (l *lab) container(name string) *sqlstore.Container {
	l.t.Helper()
	dsn := "file:" + filepath.Join(l.dir, name+".db") + "?_fk=1&_journal=WAL&_timeout=10000&_sync=OFF&_txlock=immediate"
	c, err := sqlstore.New(l.ctx, "sqlite", dsn, watch{l.logs, name + "/db"})
	if err != nil {
		l.t.Fatal(err)
	}
	l.t.Cleanup(func() { _ = c.Close() })
	return c
}

// eventually waits for a state.
func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(bound); time.Now().Before(end); {
		if ok() {
			return
		}
		time.Sleep(2 * time.Millisecond)
	}
	t.Fatalf("never: %s", what)
}

// quiet waits until the server has nothing under way and its counter stands.
func (l *lab) quiet() {
	l.t.Helper()
	var busy []string
	for end := time.Now().Add(bound); time.Now().Before(end); {
		before := l.srv.Activity()
		if busy = l.srv.Busy(); len(busy) == 0 && l.srv.Activity() == before {
			return
		}
		time.Sleep(time.Millisecond)
	}
	l.t.Fatalf("never quiet: %v", busy)
}

// logs fails the test on any warning or error that nobody allowed.
type logs struct {
	t      testing.TB
	mu     sync.Mutex
	allow  []string
	closed bool
}

// netNoise is what a client says when its connection ends.
var netNoise = []string{
	"reading from websocket", "websocket not connected", "socket is closed", "Received stream end", "already wrote close", "Error sending close",
}

func (l *lab) allow(parts ...string) {
	l.logs.mu.Lock()
	defer l.logs.mu.Unlock()
	l.logs.allow = append(l.logs.allow, parts...)
}

// close ends the checks: what clients say while they are torn down is noise.
func (g *logs) close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed = true
}

func (g *logs) emit(level, name, format string, args ...any) {
	if level != "WARN" && level != "ERROR" {
		return
	}
	line := fmt.Sprintf("%s %s: %s", level, name, fmt.Sprintf(format, args...))
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.closed && !slices.ContainsFunc(g.allow, func(a string) bool { return strings.Contains(line, a) }) {
		g.t.Errorf("unexpected log: %s", line)
	}
}

// watch is the logger of one client.
type watch struct {
	*logs
	name string
}

func (w watch) Warnf(f string, a ...any)  { w.emit("WARN", w.name, f, a...) }
func (w watch) Errorf(f string, a ...any) { w.emit("ERROR", w.name, f, a...) }
func (w watch) Infof(string, ...any)      {}
func (w watch) Debugf(string, ...any)     {}
func (w watch) Sub(s string) waLog.Logger { return watch{w.logs, w.name + "/" + s} }
