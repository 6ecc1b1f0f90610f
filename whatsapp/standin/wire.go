package standin

import (
	"context"
	"net"
	"sync"
	"syscall"
)

// wire knows every byte in flight between this process's clients and the
// server, because it holds both ends of each connection. It closes the gap that
// the stanza queues leave: a frame a client has written and the server has not
// yet read. Its lock comes after Server.mu and is held for a few instructions.
type wire struct {
	touch func()
	mu    sync.Mutex
	links map[string]*link // by the client's address
}

// link is one connection.
type link struct {
	wire *wire
	addr string
	gate *gate // whose client dialled it; nil from another process

	up, down       int  // bytes one end wrote and the other has not read
	serving        bool // the server's end reads or works on what it read
	receiving      bool // the client's end does
	server, client net.Conn
}

// gate is the network of one HTTPClient: it can be shut.
type gate struct{ shut bool } // guarded by wire.mu

// find returns the link of a client address; the end that comes first makes it.
// w.mu held.
func (w *wire) find(addr string) *link {
	l := w.links[addr]
	if l == nil {
		l = &link{wire: w, addr: addr}
		w.links[addr] = l
	}
	return l
}

// dial connects to the server; through a gate that is shut nothing passes.
func (w *wire) dial(ctx context.Context, g *gate, addr string) (net.Conn, error) {
	c, err := new(net.Dialer).DialContext(ctx, "tcp", addr)
	if err != nil {
		return nil, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if g.shut {
		_ = c.Close()
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ENETUNREACH}
	}
	w.touch()
	l := w.find(c.LocalAddr().String())
	l.gate, l.client = g, c
	return &clientEnd{Conn: c, link: l}, nil
}

// shut closes or opens a gate for new connections.
func (w *wire) shut(g *gate, on bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	g.shut = on
}

// cut ends every connection that passed through a gate.
func (w *wire) cut(g *gate) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, l := range w.links {
		if l.gate == g {
			l.cut()
		}
	}
}

func (w *wire) cutAll() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, l := range w.links {
		l.cut()
	}
}

// cut closes both ends under their owners' hands. w.mu held.
func (l *link) cut() {
	if l.client != nil {
		_ = l.client.Close()
	}
	if l.server != nil {
		_ = l.server.Close()
	}
}

// busy tells that bytes are in flight or being worked on. w.mu held.
func (l *link) busy() bool {
	switch {
	case l.gate == nil: // the other end is in another process, or still dialling
		return l.serving
	case l.server == nil || l.client == nil: // one end is not there yet, or not any more
		return true
	}
	return l.serving || l.receiving || l.up > 0 || l.down > 0
}

// wiredListener hands out the server's ends.
type wiredListener struct {
	net.Listener
	wire *wire
}

func (ln *wiredListener) Accept() (net.Conn, error) {
	c, err := ln.Listener.Accept()
	if err != nil {
		return nil, err
	}
	ln.wire.mu.Lock()
	defer ln.wire.mu.Unlock()
	ln.wire.touch()
	l := ln.wire.find(c.RemoteAddr().String())
	l.server, l.serving = c, true
	return &serverEnd{Conn: c, link: l}, nil
}

// serverEnd counts what the server reads and writes. The goroutine that reads
// handles every frame before it reads again, so a server that waits in Read
// with nothing in flight has nothing left to do.
type serverEnd struct {
	net.Conn
	link *link
}

func (e *serverEnd) Read(b []byte) (int, error) {
	e.link.note(func(l *link) { l.serving = false })
	n, err := e.Conn.Read(b)
	e.link.note(func(l *link) { l.serving, l.up = true, l.up-n })
	return n, err
}

func (e *serverEnd) Write(b []byte) (int, error) {
	e.link.note(func(l *link) { l.down += len(b) })
	n, err := e.Conn.Write(b)
	e.link.note(func(l *link) { l.down -= len(b) - n })
	return n, err
}

func (e *serverEnd) Close() error {
	e.link.note(func(l *link) { l.server = nil; l.end() })
	return e.Conn.Close()
}

// clientEnd is the mirror image of serverEnd.
type clientEnd struct {
	net.Conn
	link *link
}

func (e *clientEnd) Read(b []byte) (int, error) {
	e.link.note(func(l *link) { l.receiving = false })
	n, err := e.Conn.Read(b)
	e.link.note(func(l *link) { l.receiving, l.down = true, l.down-n })
	return n, err
}

func (e *clientEnd) Write(b []byte) (int, error) {
	e.link.note(func(l *link) { l.up += len(b) })
	n, err := e.Conn.Write(b)
	e.link.note(func(l *link) { l.up -= len(b) - n })
	return n, err
}

func (e *clientEnd) Close() error {
	e.link.note(func(l *link) { l.client = nil; l.end() })
	return e.Conn.Close()
}

// end strikes the link off the books when both ends are closed. w.mu held.
func (l *link) end() {
	if l.server == nil && l.client == nil && l.wire.links[l.addr] == l {
		delete(l.wire.links, l.addr)
	}
}

// note changes the books; whoever looks at them sees that something happened.
func (l *link) note(change func(*link)) {
	l.wire.mu.Lock()
	defer l.wire.mu.Unlock()
	l.wire.touch()
	change(l)
}
