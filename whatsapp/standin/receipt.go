package standin

import "go.mau.fi/whatsmeow/types"

// handleReceipt takes the message off the reader's queue, answers the client and
// forwards the receipt to the author. s.mu held.
func (s *Server) handleReceipt(c *conn, n *node) {
	d, to, id, typ := c.dev, jidAttr(n, "to"), str(n, "id"), str(n, "type")
	s.stats.Receipts++
	d.acknowledge("message", id, to, "")
	c.send(node{Tag: "ack", Attrs: attrs{
		"class": "receipt", "id": id, "from": to, "type": n.Attrs["type"], "participant": n.Attrs["participant"],
	}})
	switch typ {
	case "peer_msg", "hist_sync", "server-error": // for the server alone
		return
	}
	author, grp := to, s.groups[to]
	if grp != nil {
		author = jidAttr(n, "participant")
	}
	a := s.find(author)
	if a == nil {
		return
	}
	fwd := attrs{"id": id, "t": s.unix(), "type": n.Attrs["type"], "from": d.jid(author.Server)}
	if grp != nil {
		fwd["from"], fwd["participant"] = to, d.jid(author.Server)
	}
	if r, ok := n.Attrs["recipient"]; ok {
		fwd["recipient"] = r
	}
	if typ == "retry" || typ == "sender" { // for the device that sent it
		s.forward(d, a.devices[author.Device], n, fwd)
		return
	}
	s.forwardAll(d, a, n, fwd)
	if typ == "read" && a != d.acct { // the reader's other devices
		s.forwardAll(d, d.acct, n, with(fwd, "recipient", to))
	}
}

func (s *Server) forwardAll(from *device, to *account, n *node, a attrs) {
	for _, d := range to.sorted() {
		s.forward(from, d, n, a)
	}
}

func (s *Server) forward(from, to *device, n *node, a attrs) {
	if to == nil || to == from {
		return
	}
	sender, _ := a["from"].(types.JID)
	s.enqueue(to, &stanza{
		class: "receipt", id: str(n, "id"), typ: str(n, "type"), from: sender,
		node: node{Tag: "receipt", Attrs: a, Content: n.Content},
	})
}
