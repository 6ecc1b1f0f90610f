package whatsapp_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"net/http"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rs/zerolog"
	"go.mau.fi/whatsmeow"

	"bestie/shop"
	"bestie/whatsapp"
	"bestie/whatsapp/standin"
	"bestie/whatsapp/standin/people"
)

const (
	shopNumber = "628111000111"
	rinaNumber = "6281200000001"
)

// bound is how long a test waits for a state before it fails.
const bound = 20 * time.Second

// start is where the script's clock stands.
var start = time.Date(2026, 1, 5, 3, 0, 0, 0, time.UTC)

// Pings are short enough that a deaf connection is noticed within a test, and
// rare enough that they do not meet every teardown: the library closes the
// channel of an unanswered query without a lock.
func TestMain(m *testing.M) {
	whatsmeow.KeepAliveIntervalMin, whatsmeow.KeepAliveIntervalMax = 1200*time.Millisecond, 1600*time.Millisecond
	whatsmeow.KeepAliveResponseDeadline, whatsmeow.KeepAliveMaxFailTime = 2*time.Second, 3*time.Minute
	// The tests wait for the disk and for each other's pings more than they
	// compute: more of them at a time than there are processors halves the run.
	flag.Parse()
	if err := flag.Set("test.parallel", "6"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// lab is a stand-in, the people around it and the client under test.
type lab struct {
	t       *testing.T
	ctx     context.Context
	srv     *standin.Server
	world   *people.World
	inbox   *inbox
	store   *settings
	clock   *clock
	states  *states
	dir     string
	logs    *syncBuffer
	dev     standin.Device // the client under test, once linked
	network http.RoundTripper
	opt     whatsapp.Options
	gets    atomic.Int32 // downloads
	dials   atomic.Int32 // websocket connections that the client under test asked for
}

// RoundTrip counts what passes to the stand-in.
func (l *lab) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Path == "/ws/chat" {
		l.dials.Add(1)
	} else if r.Method == http.MethodGet {
		l.gets.Add(1)
	}
	return l.network.RoundTrip(r)
}

func newLab(t *testing.T) *lab {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 3*bound)
	l := &lab{
		t: t, ctx: ctx, inbox: newInbox(), store: &settings{values: map[string]string{}},
		clock: &clock{now: start}, dir: t.TempDir() + "/data", logs: &syncBuffer{}, states: &states{},
	}
	srv, err := standin.Start(standin.Config{Now: l.clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	l.srv, l.world, l.network = srv, people.New(srv, zerolog.Nop()), srv.HTTPClient().Transport
	l.opt = whatsapp.Options{
		Dir: l.dir, Number: shopNumber, Log: zerolog.New(l.logs).Level(zerolog.DebugLevel),
		OnState: l.states.add, Inbox: l.inbox, Settings: l.store, Now: l.clock.Now, Network: &http.Client{Transport: l},
		Timing: whatsapp.Timing{
			Send: 5 * time.Second, Tick: 20 * time.Millisecond, Patience: 10 * time.Second, SyncWait: 10 * time.Second,
			Backoff: 500 * time.Millisecond, Redeliver: 50 * time.Millisecond, Pair: bound,
		},
	}
	t.Cleanup(func() {
		l.world.Close()
		if unknown := srv.UnknownIQs(); len(unknown) > 0 {
			t.Errorf("queries the stand-in does not know: %v", unknown)
		}
		srv.Close()
		cancel()
		if t.Failed() {
			t.Logf("log:\n%s", l.logs.String())
		}
	})
	return l
}

// open opens the client under test in the lab's folder.
func (l *lab) open() *whatsapp.Client {
	l.t.Helper()
	c, err := whatsapp.Open(l.ctx, l.opt)
	if err != nil {
		l.t.Fatal(err)
	}
	l.t.Cleanup(func() { _ = c.Close(context.Background()) })
	return c
}

// online returns a client that is linked and online.
func (l *lab) online() *whatsapp.Client {
	l.t.Helper()
	c := l.open()
	if err := c.PairQR(l.ctx, l.scan("Toko Bestie")); err != nil {
		l.t.Fatal(err)
	}
	l.await(c, whatsapp.StateOnline)
	return c
}

// scan is the shop's phone in front of the terminal.
func (l *lab) scan(business string) func(string) {
	return func(code string) {
		dev, err := l.srv.PairQR(code, shopNumber, business)
		if err != nil {
			l.t.Errorf("scan: %v", err)
		}
		l.dev = dev
	}
}

func (l *lab) phone(number, name string) *people.Person {
	l.t.Helper()
	p, err := l.world.Phone(l.ctx, number, name)
	if err != nil {
		l.t.Fatal(err)
	}
	return p
}

func (l *lab) await(c *whatsapp.Client, state whatsapp.State) {
	l.t.Helper()
	eventually(l.t, "state "+string(state), func() bool { return c.Status().State == state })
}

func (l *lab) say(p *people.Person, text string) string {
	l.t.Helper()
	id, err := p.Say(l.ctx, shopNumber, text)
	if err != nil {
		l.t.Fatal(err)
	}
	return id
}

// send sends a text to Rina and returns its ID.
func (l *lab) send(c *whatsapp.Client, m shop.Outgoing) (string, error) {
	m.ID = c.NewMessageID()
	if m.To.IsZero() {
		m.To = shop.Address{Phone: rinaNumber}
	}
	_, err := c.Send(l.ctx, m)
	return m.ID, err
}

func (l *lab) mustSend(c *whatsapp.Client, m shop.Outgoing) string {
	l.t.Helper()
	id, err := l.send(c, m)
	if err != nil {
		l.t.Fatalf("send: %v", err)
	}
	return id
}

// fate asserts what is known of a message that was not sent.
func fate(t *testing.T, err error, want shop.SendFate, code int) {
	t.Helper()
	var e *shop.SendError
	if !errors.As(err, &e) {
		t.Fatalf("got %v, want a SendError", err)
	}
	if e.Fate != want || e.Code != code {
		t.Fatalf("got %s %d (%v), want %s %d", e.Fate, e.Code, e.Cause, want, code)
	}
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(bound); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("never: %s", what)
}

// inbox keeps what came in. fail says how many writes still fail, panics how
// many still panic.
type inbox struct {
	mu           sync.Mutex
	fail, panics int
	block        chan struct{}
	tries        int
	messages     []shop.Incoming
	receipts     []shop.Receipt
	notices      []shop.Notice
	failReceipts int
}

func newInbox() *inbox { return &inbox{} }

func (b *inbox) Receive(ctx context.Context, m shop.Incoming) error {
	b.mu.Lock()
	block := b.block
	b.mu.Unlock()
	if block != nil {
		<-block
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tries++
	if b.panics > 0 {
		b.panics--
		panic("isi pesan rahasia")
	}
	if b.fail > 0 {
		b.fail--
		return errors.New("disk full")
	}
	for i, old := range b.messages {
		if old.ID == m.ID && old.Chat == m.Chat {
			b.messages[i] = m
			return nil
		}
	}
	b.messages = append(b.messages, m)
	return nil
}

func (b *inbox) Receipt(_ context.Context, r shop.Receipt) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.failReceipts > 0 {
		b.failReceipts--
		return errors.New("disk full")
	}
	b.receipts = append(b.receipts, r)
	return nil
}

func (b *inbox) Notice(_ context.Context, n shop.Notice) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.notices = append(b.notices, n)
	return nil
}

func (b *inbox) set(change func(*inbox)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	change(b)
}

func (b *inbox) tried() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.tries
}

// find returns the stored message with this ID.
func (b *inbox) find(id string) (shop.Incoming, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, m := range b.messages {
		if m.ID == id {
			return m, true
		}
	}
	return shop.Incoming{}, false
}

func (b *inbox) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.messages)
}

// reached tells whether a receipt of this kind came for the message.
func (b *inbox) reached(id string, kind shop.ReceiptKind) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.ContainsFunc(b.receipts, func(r shop.Receipt) bool {
		return r.Kind == kind && slices.Contains(r.MessageIDs, id)
	})
}

func (b *inbox) notice(kind shop.NoticeKind) (shop.Notice, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, n := range b.notices {
		if n.Kind == kind {
			return n, true
		}
	}
	return shop.Notice{}, false
}

// awaitMessage waits until the message is stored.
func (l *lab) awaitMessage(id string) shop.Incoming {
	l.t.Helper()
	var found shop.Incoming
	eventually(l.t, "message "+id+" in the inbox", func() bool {
		m, ok := l.inbox.find(id)
		found = m
		return ok
	})
	return found
}

type settings struct {
	mu     sync.Mutex
	values map[string]string
}

func (s *settings) Setting(_ context.Context, key string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.values[key], nil
}

func (s *settings) SetSetting(_ context.Context, key, value string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.values[key] = value
	return nil
}

func (s *settings) get(key string) string {
	v, _ := s.Setting(context.Background(), key)
	return v
}

type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// states keeps what OnState told.
type states struct {
	mu  sync.Mutex
	all []whatsapp.Status
}

func (s *states) add(now whatsapp.Status) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all = append(s.all, now)
}

// count is how often a state was entered.
func (s *states) count(state whatsapp.State) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, one := range s.all {
		if one.State == state {
			n++
		}
	}
	return n
}

type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}
