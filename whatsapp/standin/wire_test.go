package standin

import (
	"context"
	"errors"
	"net"
	"slices"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// bench is a wire with a listener whose server ends the test reads by hand.
type bench struct {
	*testing.T
	wire    *wire
	touched atomic.Uint64
	ln      net.Listener
	gate    *gate
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{T: t, gate: &gate{}}
	b.wire = &wire{touch: func() { b.touched.Add(1) }, links: map[string]*link{}}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	b.ln = &wiredListener{Listener: ln, wire: b.wire}
	return b
}

func (b *bench) connect() (client, server net.Conn) {
	b.Helper()
	client, err := b.wire.dial(context.Background(), b.gate, b.ln.Addr().String())
	if err != nil {
		b.Fatal(err)
	}
	if server, err = b.ln.Accept(); err != nil {
		b.Fatal(err)
	}
	return client, server
}

func (b *bench) busy() bool {
	b.wire.mu.Lock()
	defer b.wire.mu.Unlock()
	for _, l := range b.wire.links {
		if l.busy() {
			return true
		}
	}
	return false
}

// until waits for the wire to be busy, or not.
func (b *bench) until(want bool, when string) {
	b.Helper()
	for end := time.Now().Add(10 * time.Second); b.busy() != want; {
		if time.Now().After(end) {
			b.Fatalf("%s: busy is not %v", when, want)
		}
		time.Sleep(time.Millisecond)
	}
}

// read starts one Read and hands out its result.
func read(c net.Conn) <-chan []byte {
	got := make(chan []byte, 1)
	go func() {
		buf := make([]byte, 16)
		n, _ := c.Read(buf)
		got <- buf[:n]
	}()
	return got
}

// The wire is busy from the moment in which a client writes until the server has
// read it, worked on it and waits for more; and the same in reverse.
func TestWireCountsBytes(t *testing.T) {
	b := newBench(t)
	client, server := b.connect()
	b.until(true, "a fresh connection")
	atServer, atClient := read(server), read(client)
	b.until(false, "both ends wait")

	before := b.touched.Load()
	if _, err := client.Write([]byte("halo")); err != nil {
		t.Fatal(err)
	}
	if b.touched.Load() == before || !b.busy() {
		t.Fatal("a write leaves the wire quiet")
	}
	if got := <-atServer; !slices.Equal(got, []byte("halo")) {
		t.Fatalf("%q", got)
	}
	if !b.busy() {
		t.Fatal("quiet while the server works on what it read")
	}
	atServer = read(server)
	b.until(false, "the server waits for more")

	if _, err := server.Write([]byte("halo kak")); err != nil {
		t.Fatal(err)
	}
	<-atClient
	if !b.busy() {
		t.Fatal("quiet while the client works on what it read")
	}
	atClient = read(client)
	b.until(false, "the client waits for more")

	_ = client.Close()
	if !b.busy() {
		t.Fatal("quiet although the server has not noticed that the client hung up")
	}
	if got := <-atServer; len(got) != 0 {
		t.Fatalf("%q after the end", got)
	}
	_ = server.Close()
	<-atClient
	if b.busy() || len(b.wire.links) != 0 {
		t.Fatalf("links left: %v", b.wire.links)
	}
}

func TestGate(t *testing.T) {
	b := newBench(t)
	client, server := b.connect()
	b.wire.shut(b.gate, true)
	b.wire.cut(b.gate)
	if _, err := server.Read(make([]byte, 1)); err == nil {
		t.Fatal("the server's end is still open")
	}
	if _, err := client.Read(make([]byte, 1)); err == nil {
		t.Fatal("the client's end is still open")
	}
	if _, err := b.wire.dial(context.Background(), b.gate, b.ln.Addr().String()); !errors.Is(err, syscall.ENETUNREACH) {
		t.Fatalf("dialled through a shut gate: %v", err)
	}
	b.wire.shut(b.gate, false)
	c, err := b.wire.dial(context.Background(), b.gate, b.ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	_ = c.Close()
}
