package standin

import (
	"fmt"
	"slices"
	"time"
)

// Activity grows with everything that happens: a byte read or written, a stanza
// queued or acknowledged, a connection made or lost. Nothing in the server
// becomes busy without it growing first, so a caller that reads the same value
// before and after a Busy that was empty knows that the server was quiet all
// the time between. Keepalives count too: every 20 to 30 seconds for each
// client.
func (s *Server) Activity() uint64 { return s.activity.Load() }

// touch records that something happens. Whoever makes the server busy calls it
// first, or in the same critical section.
func (s *Server) touch() { s.activity.Add(1) }

// Busy tells, one reason each, what is still under way; it is empty when the
// server is quiet:
//
//   - every stanza for a connected device has been acknowledged (whatsmeow with
//     SynchronousAck acknowledges after its handler returned), nobody is between
//     handshake and log-in, no delayed acknowledgement or farewell is due;
//   - nothing that a client of this process wrote is unread or being handled,
//     nothing that the server wrote is unread.
//
// Stanzas for devices that are away, frozen or held at log-in do not count, nor
// does a client that waits to be scanned. What a client does on its own without
// a stanza to show for it is invisible: a send that has not been written yet, a
// reconnect that waits, an event that carries no acknowledgement (typing,
// presence) between the socket and its handler.
func (s *Server) Busy() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var why []string
	for c := range s.conns {
		if reason := c.busy(); reason != "" {
			why = append(why, reason)
		}
	}
	for j := range s.jobs {
		why = append(why, j.what)
	}
	if s.uploads > 0 {
		why = append(why, fmt.Sprintf("%d media requests", s.uploads))
	}
	s.wire.mu.Lock()
	defer s.wire.mu.Unlock()
	for _, l := range s.wire.links {
		if l.busy() {
			why = append(why, fmt.Sprintf("%s: %d bytes up, %d down", l.addr, l.up, l.down))
		}
	}
	slices.Sort(why)
	return why
}

// busy is the reason why a connection is not at rest, or "". s.mu held.
func (c *conn) busy() string {
	switch {
	case c.frozen || c.closed:
		return ""
	case len(c.out) > 0 || c.writing:
		return c.name() + ": writing"
	case c.dev == nil:
		return "" // waits to be scanned, is held at log-in, or has been told to go
	case !c.active:
		return c.name() + ": logging in"
	case len(c.dev.queue) > 0:
		return fmt.Sprintf("%s: %d unacked", c.name(), len(c.dev.queue))
	}
	return ""
}

// job is work that the server will do by itself after a while.
type job struct {
	s     *Server
	c     *conn
	what  string
	timer *time.Timer
}

// later runs fn for a connection after a span of real time, unless the
// connection ends before. s.mu held, also by fn.
func (s *Server) later(c *conn, after time.Duration, what string, fn func()) {
	s.touch()
	j := &job{s: s, c: c, what: c.name() + ": " + what}
	s.jobs[j] = struct{}{}
	j.timer = time.AfterFunc(after, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if _, due := s.jobs[j]; due {
			s.touch()
			fn()
			delete(s.jobs, j)
		}
	})
}

// cancel forgets a job. s.mu held.
func (j *job) cancel() {
	j.timer.Stop()
	delete(j.s.jobs, j)
}
