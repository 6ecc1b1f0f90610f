package standin

import (
	"fmt"
	"net/http"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types"
)

// connected finds the live connection of a device. s.mu held.
func (s *Server) connected(dev Device) (*conn, error) {
	d, err := s.device(dev)
	if err != nil {
		return nil, err
	}
	if d.conn == nil {
		return nil, fmt.Errorf("stand-in: %s is not connected", dev)
	}
	return d.conn, nil
}

// Drop cuts a device's connection without a goodbye. It is an error if the
// device is not connected, as for all verbs that need a connection.
func (s *Server) Drop(dev Device) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.connected(dev)
	if err == nil {
		c.drop()
	}
	return err
}

// Freeze turns a device's present connection into a black hole (half-open): it
// stays open, but nothing is answered or sent any more. whatsmeow notices by its
// keepalives (Pings).
func (s *Server) Freeze(dev Device) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.connected(dev)
	if err == nil {
		s.touch()
		c.frozen = true
	}
	return err
}

// Pings sets how often every client of this process pings its server and how long
// it waits for the answer: by default every 20 to 30 seconds, and 10 seconds. To be
// called before the first client connects.
func Pings(every, patience time.Duration) {
	whatsmeow.KeepAliveIntervalMin, whatsmeow.KeepAliveIntervalMax = every, every+every/4
	whatsmeow.KeepAliveResponseDeadline = patience
}

// StreamError sends <stream:error code=…/> and closes, e.g. "503" when a server
// restarts.
func (s *Server) StreamError(dev Device, code string) error {
	return s.dismiss(dev, streamError(code, "", ""))
}

// Replace tells a device that another process logged in with its keys and
// closes. A second login with the same keys does the same by itself.
func (s *Server) Replace(dev Device) error {
	return s.dismiss(dev, streamError("", "conflict", "replaced"))
}

func (s *Server) dismiss(dev Device, n node) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.connected(dev)
	if err == nil {
		c.farewell(n)
	}
	return err
}

// Refuse takes a device's network away (on) or gives it back. Its connection is
// cut and every HTTPClient it logged in with can dial nothing, media included,
// as when a cable is pulled; other devices are not affected. A device that
// comes by an HTTPClient it has not used before is cut shortly after the
// handshake, and then has no network either.
func (s *Server) Refuse(dev Device, on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.touch()
	s.refuse(dev, on)
}

// refuse is Refuse. s.mu held.
func (s *Server) refuse(dev Device, on bool) {
	if on {
		s.faults.refused[dev] = true
	} else {
		delete(s.faults.refused, dev)
	}
	d, err := s.device(dev)
	if err != nil {
		return // it will be met at its login
	}
	if d.gate != nil {
		s.wire.shut(d.gate, on)
	}
	if !on {
		return
	}
	if d.conn != nil {
		d.conn.drop()
	}
	if d.gate != nil {
		s.wire.cut(d.gate)
	}
}

// cutOff shuts the network a refused device came by and ends its login. s.mu
// held.
func (c *conn) cutOff(dev Device) {
	if d, err := c.s.device(dev); err == nil && c.link != nil && c.link.gate != nil {
		d.gate = c.link.gate
		c.s.wire.shut(d.gate, true)
	}
	c.farewell(nothing)
}

// nothing is a stanza that clients ignore. A login that is not answered gets it,
// because whatsmeow is only ready to notice the end of a connection once a first
// stanza has come (socket.newNoiseSocket sets OnDisconnect without a lock).
var nothing = node{Tag: "ib", Attrs: attrs{"from": types.ServerJID}}

// FailConnects answers the next n websocket connections, whoever makes them,
// with an HTTP status, or cuts them if it is 0: a first connect that fails, a
// service that is down (503).
func (s *Server) FailConnects(status, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for range n {
		s.faults.upgrades = append(s.faults.upgrades, status)
	}
}

// refuseUpgrade serves one order of FailConnects; false if there is none.
func (s *Server) refuseUpgrade(w http.ResponseWriter) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.faults.upgrades) == 0 {
		return false
	}
	status := s.faults.upgrades[0]
	s.faults.upgrades = s.faults.upgrades[1:]
	if status != 0 {
		w.Header().Set("Connection", "close")
		w.WriteHeader(status)
		return true
	}
	if h, ok := w.(http.Hijacker); ok {
		if raw, _, err := h.Hijack(); err == nil {
			_ = raw.Close()
		}
	}
	return true
}
