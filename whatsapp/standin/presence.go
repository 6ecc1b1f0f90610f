package standin

import "go.mau.fi/whatsmeow/types"

// handlePresence stores the push name, subscribes or announces. s.mu held.
func (s *Server) handlePresence(c *conn, n *node) {
	switch str(n, "type") {
	case "subscribe":
		to := jidAttr(n, "to")
		if a := s.find(to); a != nil {
			a.subs[c.dev] = to
			c.send(s.presence(to, a.online()))
		}
		return
	case "unavailable":
		c.dev.available = false
	default:
		c.dev.available = true
	}
	if name := str(n, "name"); name != "" {
		c.dev.acct.name = name
	}
	s.announcePresence(c.dev.acct)
}

func (s *Server) presence(from types.JID, online bool) node {
	a := attrs{"from": from}
	if !online {
		a["type"], a["last"] = "unavailable", s.unix()
	}
	return node{Tag: "presence", Attrs: a}
}

// announcePresence tells the subscribers. s.mu held.
func (s *Server) announcePresence(a *account) {
	for d, addr := range a.subs {
		if d.listening() {
			d.conn.send(s.presence(addr, a.online()))
		}
	}
}

// handleChatState relays "typing" to the peer's devices that are online. s.mu
// held.
func (s *Server) handleChatState(c *conn, n *node) {
	to := jidAttr(n, "to")
	a := s.find(to)
	if a == nil {
		return
	}
	from := c.dev.jid(to.Server).ToNonAD()
	for _, d := range a.sorted() {
		if d.listening() && d.available {
			d.conn.send(node{Tag: "chatstate", Attrs: attrs{"from": from}, Content: n.Content})
		}
	}
}
