package standin

import (
	"slices"

	"go.mau.fi/whatsmeow/types"
)

// stanza is a message, receipt or notification a device must acknowledge. It
// stays in the device's queue, across connections, until it is.
type stanza struct {
	class, id string
	from      types.JID // in the exact form of the stanza's "from"
	typ       string    // receipts only: one ID has several of them
	node      node
	sent      bool // written to some connection at least once
}

// enqueue stores a stanza and sends it if the device listens. s.mu held.
func (s *Server) enqueue(d *device, st *stanza) {
	if d.virtual {
		return
	}
	s.touch()
	d.queue = append(d.queue, st)
	if d.listening() {
		st.sent = true
		d.conn.send(st.node)
	}
}

// acknowledge removes a stanza from the device's queue. s.mu held.
func (d *device) acknowledge(class, id string, from types.JID, typ string) {
	for i, st := range d.queue {
		if st.class == class && st.id == id && st.from == from && (class != "receipt" || st.typ == typ) {
			d.queue = slices.Delete(d.queue, i, i+1)
			return
		}
	}
}

// activate sends everything that waits, framed by the offline markers. s.mu held.
func (c *conn) activate() {
	if c.dev == nil || c.active {
		return
	}
	c.active = true
	count := map[string]int{}
	for _, st := range c.dev.queue {
		count[st.class]++
	}
	n := len(c.dev.queue)
	if n > 0 {
		c.send(ib(node{Tag: "offline_preview", Attrs: attrs{
			"count": n, "message": count["message"], "receipt": count["receipt"],
			"notification": count["notification"], "appdata": 0,
		}}))
	}
	for i, st := range c.dev.queue {
		if st.sent {
			c.s.stats.Redelivered++
		}
		st.sent = true
		again := st.node
		again.Attrs = with(again.Attrs, "offline", i)
		c.send(again)
	}
	c.send(ib(node{Tag: "offline", Attrs: attrs{"count": n}})) // also with 0
}

// handle processes one stanza of a client. s.mu held.
func (c *conn) handle(n *node) {
	switch n.Tag {
	case "iq":
		c.handleIQ(n)
		return
	case "ib":
		return // unified_session, offline_batch: nothing to do
	}
	if c.dev == nil {
		return // not logged in, or told to go
	}
	s := c.s
	switch n.Tag {
	case "message":
		s.handleMessage(c, n)
	case "receipt":
		s.handleReceipt(c, n)
	case "ack":
		c.dev.acknowledge(str(n, "class"), str(n, "id"), jidAttr(n, "to"), str(n, "type"))
	case "presence":
		s.handlePresence(c, n)
	case "chatstate":
		s.handleChatState(c, n)
	default:
		s.logf("unhandled <%s> from %s", n.Tag, c.name())
	}
}
