package standin

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	mrand "math/rand/v2"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// Config is the behaviour of one server. Only Now is required.
type Config struct {
	// Now is the clock of every time stamp in a stanza (seconds are kept). It is
	// called under the server's lock and must not call back into the Server.
	Now func() time.Time
	// Listen is the loopback address to listen on, "127.0.0.1:0" by default.
	Listen string
	// NoPhone leaves device 0 out of device lists unless a client logs in as it.
	// By default every account has a (virtual) phone, as in reality.
	NoPhone bool
	// PNAddressing delivers messages with the sender's phone number in "from"
	// and the LID beside it, as for accounts that are not migrated. By default
	// it is the reverse.
	PNAddressing bool
	// FewKeys makes a new client upload 50 one-time prekeys at its first login
	// instead of 812, by telling it that one is there already. Making 812 takes
	// some 40 ms, and seconds under the race detector.
	FewKeys bool
	// OnSend decides the fate of every message stanza, before the faults ordered
	// by method. It runs under the server's lock like Now.
	OnSend func(Send) Verdict
	// Tamper spoils copies. It runs under the server's lock like Now.
	Tamper Tamper
	// Trace sees every stanza. It runs under the server's lock like Now.
	Trace func(Traced)
	// Logf receives what should not happen (malformed stanzas, failed
	// handshakes); nil drops it.
	Logf func(format string, args ...any)
}

// Tamper may change the copy of a message that is about to be queued for a device
// into any stanza at all: what a broken or malicious WhatsApp would deliver.
type Tamper func(to Device, n *waBinary.Node)

// Stats counts what went through a server since Start.
type Stats struct {
	Messages    int // message stanzas taken from senders
	Copies      int // ciphertext copies relayed, one for each addressed device
	Receipts    int // receipts taken
	Redelivered int // stanzas sent again on a later connection
	Refused     int // messages refused with a code
}

// Server is one WhatsApp. All methods are safe for concurrent use.
type Server struct {
	cfg    Config
	id     *identity
	wire   *wire
	ln     net.Listener
	http   *http.Server
	ca     authority
	run    string         // makes stanza IDs differ from those of other servers
	served sync.WaitGroup // every goroutine of this server

	activity atomic.Uint64

	mu      sync.Mutex // guards everything below
	closed  bool
	byPhone map[string]*account
	byLID   map[string]*account
	nextLID uint64
	nextID  uint64
	conns   map[*conn]struct{}
	jobs    map[*job]struct{}
	uploads int                  // media requests being served
	scans   map[string]*conn     // QR reference -> waiting client
	codes   map[string]*linkCode // phone number -> waiting client
	groups  map[types.JID]*group
	media   map[string][]byte
	unknown map[string]int
	awaited map[awaited]func(*node)
	faults  faults
	stats   Stats
}

// Start listens on the loopback interface and serves until Close. From the
// first Start on, no client of this process can reach the real service.
func Start(cfg Config) (*Server, error) {
	if cfg.Now == nil {
		return nil, errors.New("stand-in: Config.Now is required")
	}
	if cfg.Listen == "" {
		cfg.Listen = "127.0.0.1:0"
	}
	if err := onlyLoopback(cfg.Listen); err != nil {
		return nil, err
	}
	root, err := claim()
	if err != nil {
		return nil, err
	}
	s := &Server{
		cfg: cfg, run: fmt.Sprintf("%06x", mrand.Uint32N(1<<24)),
		nextLID: 1e14 + mrand.Uint64N(8e14), // so that adopted LIDs do not collide
		byPhone: map[string]*account{}, byLID: map[string]*account{},
		conns: map[*conn]struct{}{}, jobs: map[*job]struct{}{},
		scans: map[string]*conn{}, codes: map[string]*linkCode{},
		groups: map[types.JID]*group{}, media: map[string][]byte{},
		unknown: map[string]int{}, awaited: map[awaited]func(*node){},
		faults: newFaults(),
	}
	s.wire = &wire{touch: s.touch, links: map[string]*link{}}
	if s.id, err = newIdentity(root); err != nil {
		return nil, err
	}
	if s.ca, err = newAuthority(); err != nil {
		return nil, err
	}
	return s, s.listen()
}

// onlyLoopback refuses addresses that other machines could reach.
func onlyLoopback(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("stand-in: listen address: %w", err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("stand-in: %q is not a loopback address", addr)
	}
	return nil
}

func (s *Server) listen() error {
	ln, err := net.Listen("tcp", s.cfg.Listen)
	if err != nil {
		return fmt.Errorf("stand-in: %w", err)
	}
	s.ln = &wiredListener{Listener: ln, wire: s.wire}
	mux := http.NewServeMux()
	mux.HandleFunc("/ws/chat", s.serveChat)
	mux.HandleFunc("/", s.serveMedia)
	s.http = &http.Server{
		Handler:      mux,
		ConnContext:  rememberLink,
		TLSConfig:    &tls.Config{Certificates: []tls.Certificate{s.ca.cert}},
		TLSNextProto: map[string]func(*http.Server, *tls.Conn, http.Handler){}, // websockets need HTTP/1.1
		ErrorLog:     log.New(io.Discard, "", 0),
	}
	s.served.Go(func() { _ = s.http.ServeTLS(s.ln, "", "") })
	return nil
}

// Close drops every connection, stops listening and waits until no goroutine of
// the server is left. It may be called twice.
func (s *Server) Close() {
	s.mu.Lock()
	s.closed = true
	for c := range s.conns {
		c.drop()
	}
	for j := range s.jobs {
		j.cancel()
	}
	s.mu.Unlock()
	_ = s.http.Close()
	s.wire.cutAll()
	s.served.Wait()
}

// enter registers a goroutine that serves a request; false after Close.
func (s *Server) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.served.Add(1)
	return true
}

// Addr is the loopback address and port.
func (s *Server) Addr() string { return s.ln.Addr().String() }

// Stats returns the counters so far.
func (s *Server) Stats() Stats {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stats
}

// Relayed is the number of ciphertext copies relayed so far (Stats.Copies).
func (s *Server) Relayed() int { return s.Stats().Copies }

// UnknownIQs lists the queries that were answered with a bare result because
// there is no handler for them, with how often each came. Tests want it empty.
func (s *Server) UnknownIQs() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make(map[string]int, len(s.unknown))
	for k, v := range s.unknown {
		out[k] = v
	}
	return out
}

func (s *Server) logf(format string, args ...any) {
	if s.cfg.Logf != nil {
		s.cfg.Logf("stand-in: "+format, args...)
	}
}

// unix is the script's clock as stanzas carry it. s.mu held.
func (s *Server) unix() int64 { return s.cfg.Now().Unix() }

// newID is a fresh stanza ID. s.mu held.
func (s *Server) newID() string {
	s.nextID++
	return fmt.Sprintf("%s-%d", s.run, s.nextID)
}

// rememberLink lets a request's handler find the connection it came by.
func rememberLink(ctx context.Context, c net.Conn) context.Context {
	if t, ok := c.(*tls.Conn); ok {
		if end, ok := t.NetConn().(*serverEnd); ok {
			return context.WithValue(ctx, linkKey{}, end.link)
		}
	}
	return ctx
}

type linkKey struct{}
