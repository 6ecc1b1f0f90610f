package standin

import (
	"slices"

	"go.mau.fi/whatsmeow/types"
)

// envelope is a client's message stanza taken apart.
type envelope struct {
	node   *node
	id     string
	from   *device
	to     types.JID // as the client wrote it
	chat   *account  // who "to" is, nil for a group or nobody
	group  *group
	server string // the addressing of the copies: LID or phone number
	at     int64

	fan      bool // addressed device by device; else a retry or a peer message
	encs     map[*device][]node
	direct   *node // the ciphertext of a retry, a peer message or a group
	identity *node // goes with copies that start a session
	shared   []node
}

// copied is one device's copy of a message.
type copied struct {
	to *device
	st *stanza
}

// open takes a message stanza apart. s.mu held.
func (s *Server) open(c *conn, n *node) *envelope {
	e := &envelope{
		node: n, id: str(n, "id"), from: c.dev, to: jidAttr(n, "to"), at: s.unix(), encs: map[*device][]node{},
	}
	e.chat, e.group = s.find(e.to), s.groups[e.to]
	e.server = s.addressing(e)
	for _, ch := range n.GetChildren() {
		switch ch.Tag {
		case "participants":
			e.fan = true
			for _, p := range ch.GetChildrenByTag("to") {
				if d := s.at(jidAttr(&p, "jid")); d != nil {
					e.encs[d] = p.GetChildrenByTag("enc")
				}
			}
		case "tctoken", "cstoken": // for the server: proof of an earlier relationship
		case "device-identity":
			e.identity = &ch
		case "enc":
			e.direct = &ch
		default:
			e.shared = append(e.shared, ch)
		}
	}
	return e
}

// addressing is how the copies name people: by number only if both sides show
// theirs.
func (s *Server) addressing(e *envelope) string {
	hidden := e.from.acct.hidden || e.chat != nil && e.chat.hidden
	byNumber := s.cfg.PNAddressing || e.to.Server != types.HiddenUserServer
	if e.group != nil || hidden || !byNumber {
		return types.HiddenUserServer
	}
	return types.DefaultUserServer
}

// handleMessage relays one message and acknowledges it, unless a fault says
// otherwise. s.mu held.
func (s *Server) handleMessage(c *conn, n *node) {
	e := s.open(c, n)
	v := s.verdict(e)
	if v.DropBefore {
		c.drop()
		return
	}
	ack := attrs{"class": "message", "id": e.id, "from": e.to, "t": e.at}
	if v.Error != 0 {
		ack["error"] = v.Error
		s.stats.Refused++
	} else {
		s.relay(e, ack, v.Duplicate)
	}
	switch {
	case v.DropAfter:
		c.drop()
	case v.NoAck:
	case v.AckDelay > 0:
		s.later(c, v.AckDelay, "delayed ack", func() { c.send(node{Tag: "ack", Attrs: ack}) })
	default:
		c.send(node{Tag: "ack", Attrs: ack})
	}
}

// relay hands out the copies; ack learns if the sender's device list is wrong.
func (s *Server) relay(e *envelope, ack attrs, twice bool) {
	s.stats.Messages++
	for _, cp := range s.copies(e, ack) {
		s.stats.Copies++
		s.tamper(cp)
		s.enqueue(cp.to, cp.st)
		if twice && cp.to.listening() {
			cp.to.conn.send(cp.st.node)
		}
	}
}

// tamper lets the configuration spoil a copy; what it has become is what must be
// acknowledged. s.mu held.
func (s *Server) tamper(cp copied) {
	if s.cfg.Tamper == nil {
		return
	}
	n := &cp.st.node
	s.cfg.Tamper(cp.to.public(), n)
	cp.st.class, cp.st.id, cp.st.from = n.Tag, str(n, "id"), jidAttr(n, "from")
}

// copies makes the copy of each addressed device.
func (s *Server) copies(e *envelope, ack attrs) (out []copied) {
	if !e.fan && e.group == nil {
		return s.single(e)
	}
	want, list := s.audience(e)
	for _, d := range want {
		if d == e.from {
			continue
		}
		encs := e.encs[d]
		if e.group != nil && e.direct != nil {
			encs = append(encs, *e.direct)
		}
		if len(encs) == 0 { // the sender does not know this device
			ack["phash"] = phash(list)
			continue
		}
		out = append(out, e.copy(d, encs))
	}
	if e.group == nil && len(e.encs)+1 > len(want) { // the sender knows devices that are gone
		ack["phash"] = phash(list)
	}
	return out
}

// single is the one copy of a retry or of a peer message to the own phone.
func (s *Server) single(e *envelope) []copied {
	if e.direct == nil {
		return nil
	}
	dst := e.to
	if p := jidAttr(e.node, "participant"); !p.IsEmpty() {
		dst = p
	}
	d := s.at(dst)
	if d == nil {
		return nil
	}
	return []copied{e.copy(d, []node{*e.direct})}
}

// audience is every device that should get a copy, the sender's included, and
// their addresses as the sender hashes them.
func (s *Server) audience(e *envelope) (want []*device, list []types.JID) {
	if e.group != nil {
		return e.group.devices()
	}
	if e.chat == nil {
		return nil, nil
	}
	want, list = e.chat.sorted(), e.chat.jids(e.to.Server)
	if own := e.from.acct; e.chat != own {
		want, list = append(want, own.sorted()...), append(list, own.jids(e.to.Server)...)
	}
	return want, list
}

// copy is the stanza for one device.
func (e *envelope) copy(d *device, encs []node) copied {
	a := attrs{
		"id": e.id, "type": e.node.Attrs["type"], "t": e.at, "notify": e.from.acct.name,
		"edit": e.node.Attrs["edit"], "category": e.node.Attrs["category"],
	}
	switch {
	case e.group != nil:
		e.addressGroup(a)
	case d.acct == e.from.acct:
		e.addressOwn(a)
	default:
		e.addressPeer(a)
	}
	body := slices.Clone(encs)
	startsSession := slices.ContainsFunc(encs, func(n node) bool { return str(&n, "type") == "pkmsg" })
	if startsSession && e.identity != nil {
		body = append(body, *e.identity)
	}
	n := node{Tag: "message", Attrs: a, Content: append(body, e.shared...)}
	return copied{d, &stanza{class: "message", id: e.id, from: jidAttr(&n, "from"), node: n}}
}

func (e *envelope) addressGroup(a attrs) {
	a["from"], a["participant"], a["addressing_mode"] = e.to, e.from.jid(e.server), "lid"
	if !e.from.acct.hidden {
		a["participant_pn"] = e.from.jid(types.DefaultUserServer)
	}
}

// addressOwn is for another device of the sender: it learns whom it was sent to.
func (e *envelope) addressOwn(a attrs) {
	a["from"] = e.from.jid(e.server)
	rcpt := e.to.ToNonAD()
	switch {
	case e.chat == nil:
	case e.server == types.HiddenUserServer:
		rcpt = e.chat.lid
		if !e.chat.hidden {
			a["peer_recipient_pn"] = e.chat.pn
		}
	default:
		rcpt = e.chat.pn
		a["peer_recipient_lid"] = e.chat.lid
	}
	if a["category"] != "peer" {
		a["recipient"] = rcpt
	}
	if r := jidAttr(e.node, "recipient"); !r.IsEmpty() { // retry of such a copy
		a["recipient"] = r
	}
}

func (e *envelope) addressPeer(a attrs) {
	own := e.from.acct
	a["from"] = e.from.jid(e.server)
	if e.server == types.DefaultUserServer {
		a["sender_lid"], a["addressing_mode"] = own.lid, "pn"
		return
	}
	a["addressing_mode"] = "lid"
	if !own.hidden {
		a["sender_pn"] = own.pn
	}
}
