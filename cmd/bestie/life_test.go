package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bestie/shop"
	"bestie/whatsapp/standin"
)

// child is one life of the program.
type child struct {
	cmd   *exec.Cmd
	in    io.Writer     // standard input: the child lives as long as it is open
	said  chan string   // lines of standard output
	log   *bytes.Buffer // standard error; read it when done is closed
	ready chan struct{} // closed when the program is online
	done  chan struct{} // closed when the process has ended
	err   error         // how it ended
}

// launch starts the program and does not wait for it. At most one child of a
// site is alive.
func (s *site) launch() *child {
	s.tb.Helper()
	order, err := json.Marshal(childOrder{
		Role: s.opt.Role, Addr: s.srv.Addr(), Root: standin.Root(), CA: s.srv.CAPEM(),
		Dir: s.dir, Seed: s.opt.Seed, Shift: s.opt.Shift, Config: s.config(),
	})
	if err != nil {
		s.tb.Fatal(err)
	}
	c := &child{
		cmd: exec.Command(os.Args[0]), said: make(chan string, 1), log: &bytes.Buffer{}, ready: make(chan struct{}), done: make(chan struct{}),
	}
	c.cmd.Env = append(os.Environ(), childVariable+"="+string(order))
	c.cmd.Stderr = c.log
	out, err := c.cmd.StdoutPipe()
	if err == nil {
		c.in, err = c.cmd.StdinPipe()
	}
	if err == nil {
		err = c.cmd.Start()
	}
	if err != nil {
		s.tb.Fatal(err)
	}
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if lines.Text() == childReady {
				close(c.ready)
			} else {
				c.said <- lines.Text()
			}
		}
		c.err = c.cmd.Wait()
		close(c.done)
	}()
	s.child = c
	return c
}

// start starts the program and waits until it is online.
func (s *site) start() *child {
	s.tb.Helper()
	c := s.launch()
	s.await(c)
	return c
}

// await waits until a child is online.
func (s *site) await(c *child) {
	s.tb.Helper()
	limit := time.NewTimer(patienceOfSite)
	defer limit.Stop()
	select {
	case <-c.ready:
	case <-c.done:
		s.tb.Fatalf("the program ended before it was online: %v\n%s", c.err, c.log)
	case <-limit.C:
		c.dump()
		s.tb.Fatalf("the program does not come online\n%s", c.log)
	}
}

// awaitEnd waits until a child that is to be killed inside a send is dead.
func (s *site) awaitEnd(c *child) {
	s.tb.Helper()
	limit := time.NewTimer(patienceOfSite)
	defer limit.Stop()
	select {
	case <-c.done:
	case <-limit.C:
		c.kill()
		s.tb.Fatalf("no send came in which the program could have been killed\n%s", c.log)
	}
}

// kill ends the process as a power cut would and returns when it is gone. It may
// be called from anywhere, also from within the stand-in, and twice.
func (c *child) kill() {
	_ = c.cmd.Process.Kill()
	<-c.done
}

// dump ends a process that hangs and leaves the stacks of its goroutines in its log.
func (c *child) dump() {
	_ = c.cmd.Process.Signal(syscall.SIGQUIT)
	select {
	case <-c.done:
	case <-time.After(10 * time.Second):
		c.kill()
	}
}

// stop ends the program in order, as a supervisor would, and waits for it.
func (s *site) stop(c *child) {
	s.tb.Helper()
	_ = c.cmd.Process.Signal(syscall.SIGTERM)
	limit := time.NewTimer(patienceOfSite)
	defer limit.Stop()
	select {
	case <-c.done:
	case <-limit.C:
		c.dump()
		s.tb.Fatalf("the program does not end\n%s", c.log)
	}
	if c.err != nil {
		s.tb.Errorf("the program did not end in order: %v\n%s", c.err, c.log)
	}
	c.sane(s.tb)
}

// sane tells of what no life of the program may contain. The child is dead.
func (c *child) sane(tb testing.TB) {
	tb.Helper()
	log := c.log.String()
	for _, never := range []string{"DATA RACE", "panic", "goroutine "} {
		if strings.Contains(log, never) {
			tb.Errorf("the program's log holds %q:\n%s", never, log)
		}
	}
}

// TestChildOrder: a configuration of Go values reaches the child as it is.
func TestChildOrder(t *testing.T) {
	t.Parallel()
	config := swiftConfig()
	config.Admins = []Admin{{"Sari", "6281300000001", []shop.Role{shop.RoleDuty}}}
	config.Facts.CityRates = map[string]shop.Rupiah{"bandung": 15000}
	order := childOrder{Role: "bot", Root: [32]byte{1}, CA: []byte{2}, Shift: -time.Hour, Config: config}
	text, err := json.Marshal(order)
	if err != nil {
		t.Fatal(err)
	}
	var there childOrder
	if err = json.Unmarshal(text, &there); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(order, there); diff != "" {
		t.Error(diff)
	}
}
