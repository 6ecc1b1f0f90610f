package standin

import "go.mau.fi/whatsmeow/types"

// lowPreKeys is when the server asks for more one-time keys; whatsmeow uploads
// below the same number (whatsmeow.MinPreKeyCount).
const lowPreKeys = 5

// serveKeys is the prekey service: upload, rotation, count and bundles. s.mu
// held.
func (s *Server) serveKeys(q query) answer {
	if q.typ == "set" {
		q.c.dev.storeKeys(q.node)
		return reply()
	}
	if _, ok := q.node.GetOptionalChildByTag("count"); ok {
		return reply(node{Tag: "count", Attrs: attrs{"value": s.keyCount(q.c.dev)}})
	}
	if _, ok := q.node.GetOptionalChildByTag("digest"); ok { // whatsmeow never asks
		return refused(errNotFound)
	}
	req, ok := q.node.GetOptionalChildByTag("key")
	if !ok {
		return refused(errBadRequest)
	}
	var users []node
	for _, u := range req.GetChildrenByTag("user") {
		jid := jidAttr(&u, "jid")
		out := node{Tag: "user", Attrs: attrs{"jid": jid}}
		if d := s.at(jid); d != nil {
			out.Content = s.bundle(d)
		} else {
			out.Content = []node{{Tag: "error", Attrs: attrs{"code": errNotFound.code, "text": errNotFound.text}}}
		}
		users = append(users, out)
	}
	return reply(node{Tag: "list", Content: users})
}

// keyCount is how many keys the client is told it has here (see Config.FewKeys).
func (s *Server) keyCount(d *device) int {
	if s.cfg.FewKeys && !d.uploaded {
		return 1
	}
	return len(d.oneTime)
}

// storeKeys takes an upload (everything) or a rotation (the signed key alone).
func (d *device) storeKeys(n *node) {
	d.uploaded = true
	if b := content(n, "identity"); b != nil {
		d.identity = b
	}
	if b := content(n, "registration"); b != nil {
		d.regID = b
	}
	if ch, ok := n.GetOptionalChildByTag("skey"); ok {
		d.signedKey = parsePreKey(&ch)
	} else if ch, ok = n.GetOptionalChildByTag("rotate", "skey"); ok {
		d.signedKey = parsePreKey(&ch)
	}
	list := n.GetChildByTag("list")
	for _, k := range list.GetChildrenByTag("key") {
		d.oneTime = append(d.oneTime, parsePreKey(&k))
	}
}

// bundle takes one one-time key, if there is one, and asks for more in time.
func (s *Server) bundle(d *device) []node {
	sk := d.signedKey
	out := []node{
		{Tag: "registration", Content: d.regID},
		{Tag: "type", Content: []byte{5}},
		{Tag: "identity", Content: d.identity},
		{Tag: "skey", Content: []node{{Tag: "id", Content: sk.id}, {Tag: "value", Content: sk.pub}, {Tag: "signature", Content: sk.sig}}},
	}
	if len(d.oneTime) == 0 {
		return out
	}
	k := d.oneTime[0]
	d.oneTime = d.oneTime[1:]
	if len(d.oneTime) < lowPreKeys {
		s.notify(d, "encrypt", types.ServerJID, nil, node{Tag: "count", Attrs: attrs{"value": len(d.oneTime)}})
	}
	return append(out, node{Tag: "key", Content: []node{{Tag: "id", Content: k.id}, {Tag: "value", Content: k.pub}}})
}

func parsePreKey(n *node) preKey {
	return preKey{id: content(n, "id"), pub: content(n, "value"), sig: content(n, "signature")}
}

// PreKeys is the number of one-time prekeys left for a device.
func (s *Server) PreKeys(dev Device) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if d, err := s.device(dev); err == nil {
		return len(d.oneTime)
	}
	return 0
}

// TrimPreKeys keeps only the first n one-time prekeys of a device. With 0, peers
// start sessions from the signed prekey alone.
func (s *Server) TrimPreKeys(dev Device, n int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	d, err := s.device(dev)
	if err == nil && len(d.oneTime) > n {
		d.oneTime = d.oneTime[:n]
	}
	return err
}
