package standin

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/coder/websocket"

	waBinary "go.mau.fi/whatsmeow/binary"
)

const (
	// handshakeTime is how long a client may take for the Noise handshake.
	handshakeTime = 20 * time.Second
	// maxMessage bounds one websocket message, in bytes (whatsmeow's frames are
	// below 16 MiB: socket.FrameMaxSize).
	maxMessage = 1 << 24
	// lastWords is how long a connection outlives a farewell (failure, stream
	// error). whatsmeow hands stanzas to a worker that stops when the socket
	// closes, so a close right behind the farewell would often hide it.
	lastWords = 300 * time.Millisecond
)

// conn is one websocket. Its stanzas go through a queue and a writer goroutine,
// so that no client can block another one.
type conn struct {
	s    *Server
	ws   *websocket.Conn
	link *link // nil when the client is in another process
	rx   *halfDuplex
	tx   *halfDuplex

	// Guarded by s.mu.
	wake    *sync.Cond
	out     [][]byte
	writing bool
	closed  bool
	frozen  bool
	reg     *registration // of a client that wants to be linked
	dev     *device       // nil before login and after a farewell
	active  bool          // the client has said <active/>
	held    func()        // goes on with a login that a fault holds back
}

// Traced is one stanza on its way, for Config.Trace.
type Traced struct {
	Out    bool   // from the server to the device
	Device Device // zero before login
	Node   *waBinary.Node
}

// name is for reasons and logs. s.mu held.
func (c *conn) name() string {
	if c.dev == nil {
		return "unpaired"
	}
	return c.dev.public().String()
}

// serveChat runs one connection from handshake to end.
func (s *Server) serveChat(w http.ResponseWriter, r *http.Request) {
	if !s.enter() {
		return
	}
	defer s.served.Done()
	if s.refuseUpgrade(w) {
		return
	}
	ws, err := websocket.Accept(w, r, &websocket.AcceptOptions{InsecureSkipVerify: true})
	if err != nil {
		return // the answer has been written
	}
	defer func() { _ = ws.CloseNow() }()
	ws.SetReadLimit(maxMessage)
	ctx := context.Background()
	fr := &frameReader{ws: ws}
	limit, cancel := context.WithTimeout(ctx, handshakeTime)
	h, err := handshake(limit, fr, s.id)
	cancel()
	if err != nil {
		s.logf("handshake failed: %v", err)
		return
	}
	c := &conn{s: s, ws: ws, rx: h.rx, tx: h.tx, wake: sync.NewCond(&s.mu)}
	c.link, _ = r.Context().Value(linkKey{}).(*link)
	if c.join(h) {
		c.readLoop(ctx, fr)
		c.leave()
	}
}

// join makes the connection known and answers the handshake's payload; false
// after Close.
func (c *conn) join(h *hello) bool {
	s := c.s
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.touch()
	s.conns[c] = struct{}{}
	s.served.Go(c.writeLoop)
	c.login(h)
	return true
}

// leave forgets a connection that has ended.
func (c *conn) leave() {
	s := c.s
	s.mu.Lock()
	defer s.mu.Unlock()
	s.touch()
	c.drop()
	delete(s.conns, c)
}

// readLoop handles one frame after the other until the connection ends.
func (c *conn) readLoop(ctx context.Context, fr *frameReader) {
	for {
		frame, err := fr.next(ctx)
		if err != nil {
			return // the client hung up, or we did
		}
		plain, err := c.rx.open(frame)
		if err != nil {
			c.s.logf("undecryptable frame: %v", err)
			return
		}
		if err := c.frame(plain); err != nil {
			c.s.logf("malformed stanza: %v", err)
		}
	}
}

// frame decodes and handles one stanza. A frozen connection swallows it.
func (c *conn) frame(plain []byte) error {
	raw, err := waBinary.Unpack(plain)
	if err != nil {
		return err
	}
	n, err := waBinary.Unmarshal(raw)
	if err != nil {
		return err
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.s.touch()
	if c.frozen || c.closed {
		return nil
	}
	c.trace(n, false)
	c.handle(n)
	return nil
}

func (c *conn) trace(n *node, out bool) {
	if c.s.cfg.Trace == nil {
		return
	}
	t := Traced{Out: out, Node: n}
	if c.dev != nil {
		t.Device = c.dev.public()
	}
	c.s.cfg.Trace(t)
}

// send queues a stanza. It never blocks. s.mu held.
func (c *conn) send(n node) {
	if c.frozen || c.closed {
		return
	}
	c.s.touch()
	c.trace(&n, true)
	data, err := waBinary.Marshal(n)
	if err != nil {
		c.s.logf("marshal <%s>: %v", n.Tag, err)
		return
	}
	c.out = append(c.out, data)
	c.wake.Signal()
}

// farewell says one last thing and closes once it has been read. s.mu held.
func (c *conn) farewell(n node) {
	c.send(n)
	c.s.later(c, lastWords, "last words", c.drop)
}

// drop cuts the connection now; what is queued is lost, and its device is away
// from this moment. s.mu held.
func (c *conn) drop() {
	if c.closed {
		return
	}
	c.s.touch()
	c.closed, c.out = true, nil
	c.s.forget(c)
	for j := range c.s.jobs {
		if j.c == c {
			j.cancel()
		}
	}
	c.wake.Signal()
	if !c.s.closed {
		c.s.served.Go(func() { _ = c.ws.CloseNow() })
	}
}

// writeLoop encrypts and writes, several frames per websocket message if they
// have piled up.
func (c *conn) writeLoop() {
	for {
		batch := c.nextBatch()
		if batch == nil {
			return
		}
		var buf []byte
		for _, data := range batch {
			buf = appendFrame(buf, c.tx.seal(data))
		}
		if c.ws.Write(context.Background(), websocket.MessageBinary, buf) != nil {
			c.s.mu.Lock()
			c.drop()
			c.s.mu.Unlock()
			return
		}
	}
}

// nextBatch waits for something to write; nil when the connection is closed.
func (c *conn) nextBatch() [][]byte {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.s.touch()
	c.writing = false
	for len(c.out) == 0 && !c.closed {
		c.wake.Wait()
	}
	if c.closed {
		return nil
	}
	batch := c.out
	c.out, c.writing = nil, true
	return batch
}
