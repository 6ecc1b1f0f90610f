package standin

import (
	"bytes"
	"maps"
	"strconv"

	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

// login answers the handshake's payload: pairing for an unknown client, success
// or failure for a known one. s.mu held.
func (c *conn) login(h *hello) {
	s, p := c.s, h.payload
	if p.GetDevicePairingData() != nil {
		c.reg = &registration{noise: h.static, data: p.GetDevicePairingData()}
		s.offerPairing(c)
		return
	}
	name := Device{Phone: strconv.FormatUint(p.GetUsername(), 10), ID: uint16(p.GetDevice())}
	switch f := s.faults.login[name]; {
	case s.faults.refused[name]:
		c.cutOff(name)
	case f.hold:
		c.held = func() { c.login(h) }
		c.send(nothing)
	case f.reason != 0:
		c.fail(f)
	default:
		d, err := s.device(name)
		if err != nil || !bytes.Equal(d.noise[:], h.static[:]) {
			c.fail(loginFault{reason: int(events.ConnectFailureLoggedOut)})
			return
		}
		c.succeed(d)
	}
}

// succeed makes the connection the device's own; an older one is told that it
// was replaced.
func (c *conn) succeed(d *device) {
	if old := d.conn; old != nil {
		old.farewell(streamError("", "conflict", "replaced"))
		old.dev = nil
	}
	d.conn, c.dev, c.active = c, d, false
	if c.link != nil {
		d.gate = c.link.gate
	}
	c.send(node{Tag: "success", Attrs: attrs{
		"t": c.s.unix(), "lid": d.jid(types.HiddenUserServer),
		"props": "27", "companion_enc_static": "", "location": "lo",
	}})
}

// fail refuses the login with <failure reason=… [code=… expire=…]/>.
func (c *conn) fail(f loginFault) {
	a := attrs{"reason": f.reason, "location": "lo"}
	if f.code != 0 {
		a["code"], a["expire"] = f.code, int64(f.expire.Seconds())
	}
	c.farewell(node{Tag: "failure", Attrs: a})
}

func streamError(code, child, typ string) node {
	n := node{Tag: "stream:error", Attrs: attrs{"code": code}}
	if child != "" {
		n.Content = []node{{Tag: child, Attrs: attrs{"type": typ}}}
	}
	return n
}

// forget detaches a connection from its device and from everything that waits
// for it. s.mu held.
func (s *Server) forget(c *conn) {
	maps.DeleteFunc(s.scans, func(_ string, waiting *conn) bool { return waiting == c })
	maps.DeleteFunc(s.codes, func(_ string, lc *linkCode) bool { return lc.c == c })
	maps.DeleteFunc(s.awaited, func(key awaited, _ func(*node)) bool { return key.c == c })
	if d := c.dev; d != nil && d.conn == c {
		d.conn = nil
		if d.available {
			d.available = false
			s.announcePresence(d.acct)
		}
	}
	c.dev, c.held = nil, nil
}
